"""XLIFF 2.1: the two versions of a hop, with the Metadata module for what the standard has no place for.

Source: XLIFF Version 2.1 (OASIS Standard, 13 February 2018), 4 and 5.1.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from corpora import exchange
from corpora.document import Version
from corpora.errors import ExportError
from exports import rows
from exports.provenance import facts, mark
from exports.selection import Selection
from exports.sides import (
    UNHOLDABLE,
    Noted,
    Side,
    as_it_is,
    holdable,
    hop_facts,
    issue_facts,
    notes,
    sides,
    unit_facts,
)

CORE, METADATA = "urn:oasis:names:tc:xliff:document:2.0", "urn:oasis:names:tc:xliff:metadata:2.0"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# xs:language, which the schema asks for.
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
UNKNOWN = "und"
SOURCE, TARGET = "source", "target"


def write(selection: Selection, file: BinaryIO) -> None:
    """Writes the two versions of a hop as XLIFF 2.1.

    Raises:
        ExportError: there is no unit, which XLIFF does not allow.
    """
    from lxml import etree

    check(selection)
    if not selection.hop:
        selection = replace(selection, hop=selection.comparisons[0].id)
    source, target = selection.versions
    root = etree.Element(f"{{{CORE}}}xliff", {
        "version": "2.1", "srcLang": _language(source), "trgLang": _language(target),
    }, nsmap={None: CORE, "mda": METADATA})  # fmt: skip
    _File(selection, root).fill()
    _indent(root, 1)
    file.write(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def check(selection: Selection) -> None:
    """Returns nothing when an XLIFF file can hold the selection.

    Raises:
        ExportError: there is no unit in it.
    """
    if not selection.numbers:
        raise ExportError("An XLIFF file holds at least one alignment unit and none was chosen; choose other units.")


def omitted(selection: Selection) -> list[str]:
    """What an XLIFF file leaves out of a selection."""
    reasons = sum(len(score.reasons) for one in rows.divergences(selection) for score in one.metrics.values())
    pointed = sum(len(issue.reasons) for one in rows.divergences(selection) for issue in one.issues)
    if reasons > pointed:
        return [f"{reasons - pointed} reasons of the scores that belong to no issue; the issues are in the file."]
    return []


def _language(version: Version) -> str:
    return version.language if LANGUAGE.fullmatch(version.language) else UNKNOWN


@dataclass(frozen=True, slots=True)
class _Mark:
    """Characters of a side that a note stands on."""

    id: str
    note: str
    start: int
    stop: int


class _File:
    """The file element of a hop, as it is filled."""

    def __init__(self, selection: Selection, root: Any) -> None:
        self._selection, self._root = selection, root
        self._sides = {version.id: name for version, name in zip(selection.versions, (SOURCE, TARGET), strict=True)}

    def fill(self) -> None:
        """Writes all of it into the root."""
        selection = self._selection
        source, target = selection.versions
        hop = selection.comparisons[0].id
        file = self._add(self._root, "file", {
            "id": re.sub(r"[^\w.-]", "_", hop, flags=re.ASCII), "canResegment": "no",
            "original": source.metadata.get("file") or source.title, SPACE: "preserve",
        })  # fmt: skip
        units = {number: sides(selection, number, as_it_is) for number in selection.numbers}
        placed, rest = notes(selection, units)
        about = [
            ("provenance", facts(selection)),
            ("document", {"id": selection.review.document.id, "hop": hop, "level": selection.review.level}.items()),
            *((f"{name} version", _version_facts(version)) for name, version in ((SOURCE, source), (TARGET, target))),
            *self._authors(rest),
        ]
        self._metadata(file, about)
        self._notes(file, rest)
        ids = rows.unit_ids(selection.review.alignment)
        for number, unit in units.items():
            self._unit(file, number, id=ids[number], unit=unit, noted=placed.get(number, []))

    def _unit(self, file: Any, number: int, *, id: str, unit: Mapping[str, Side], noted: list[Noted]) -> None:
        selection = self._selection
        said = unit_facts(selection, number)
        aside = selection.review.alignment.units[number].origin == "set aside"
        options = {"name": said.get("name", ""), "translate": "no" if aside else ""}
        element = self._add(
            file, "unit", {"id": id, **{key: holdable(value) for key, value in options.items() if value}}
        )
        one = selection.review.divergence(number).get(selection.hop)
        about = [("unit", said.items())]
        about += [(self._sides[version], side.facts.items()) for version, side in unit.items()]
        if one is not None:
            about += [(f"scores {one.hop}", hop_facts(one).items())]
            about += [("issue", issue.items()) for issue in issue_facts(selection, number, one)]
        self._metadata(element, [*about, *self._authors(noted)])
        self._notes(element, noted)
        both = len(unit) == 2
        state = "final" if both and said["status"] == "confirmed" else "translated" if both else "initial"
        segment = self._add(element, "segment", {"id": "s1", "state": state})
        marks = {
            version: [
                _Mark(f"m{place}-{count}-{name}", one.id, start, stop)
                for place, one in enumerate(noted, 1)
                for count, (id, start, stop) in enumerate(one.spans, 1)
                if id == version
            ]
            for version, name in self._sides.items()
        }
        for version, name in self._sides.items():
            if version in unit or name == SOURCE:
                self._text(self._add(segment, name), unit.get(version), marks[version])

    def _text(self, element: Any, side: Side | None, marks: list[_Mark]) -> None:
        """The text of a side with the marks on the words of notes."""
        text = side.text if side else ""
        ends = [(mark.stop, 0, "em", {"startRef": mark.id}) for mark in marks]
        starts = [(mark.start, 1, "sm", {"id": mark.id, "type": "comment", "ref": f"#n={mark.note}"}) for mark in marks]
        place, last = 0, None
        for offset, _, name, attributes in sorted(ends + starts, key=lambda one: one[:2]):
            last = _append(element, last, text[place:offset])
            last = self._add(element, name, attributes)
            place = offset
        _append(element, last, text[place:])

    def _authors(self, noted: list[Noted]) -> Iterator[tuple[str, Any]]:
        """What notes of XLIFF do not say: who wrote each of them and when, what it is called here, and its state."""
        for one in noted:
            said = {"id": one.note.id or one.id, "author": one.note.author, "created": one.note.created}
            said["state"] = one.note.state
            yield f"note {one.id}", [(key, value) for key, value in said.items() if value]

    def _metadata(self, element: Any, about: list[tuple[str, Any]]) -> None:
        from lxml import etree

        metadata = etree.SubElement(element, f"{{{METADATA}}}metadata")
        for category, values in about:
            group = etree.SubElement(metadata, f"{{{METADATA}}}metaGroup", category=holdable(category))
            for name, value in values:
                etree.SubElement(group, f"{{{METADATA}}}meta", type=holdable(name)).text = holdable(value)

    def _notes(self, element: Any, noted: list[Noted]) -> None:
        if not noted:
            return
        holder = self._add(element, "notes")
        for one in noted:
            options = {"id": one.id}
            if one.spans:
                options["appliesTo"] = self._sides[one.spans[0][0]]
            if one.note.categories:
                options["category"] = holdable(
                    ", ".join(f"{key}: {value}" for key, value in one.note.categories.items())
                )
            self._add(holder, "note", options).text = holdable(one.text)

    def _add(self, element: Any, name: str, attributes: Mapping[str, str] = {}) -> Any:
        from lxml import etree

        return etree.SubElement(element, f"{{{CORE}}}{name}", dict(attributes))


def _version_facts(version: Version) -> list[tuple[str, str]]:
    said = {"id": version.id, **exchange.described(version), "mark": mark(version)}
    return [(key, value) for key, value in said.items() if value]


def _append(element: Any, last: Any | None, text: str) -> Any | None:
    """Puts text behind the last child of an element; what XML cannot hold becomes an element each. The last child then."""
    from lxml import etree

    place = 0
    for match in [*UNHOLDABLE.finditer(text), None]:
        piece = text[place : match.start() if match else len(text)]
        if last is None:
            element.text = (element.text or "") + piece
        else:
            last.tail = (last.tail or "") + piece
        if match:
            last = etree.SubElement(element, f"{{{CORE}}}cp", hex=f"{ord(match.group()):04X}")
            place = match.end()
    return last


def _indent(element: Any, level: int) -> None:
    """Puts every element on a line of its own, for people who open the file in an editor; texts stay as they are."""
    names = {f"{{{CORE}}}{name}" for name in ("source", "target", "note")} | {f"{{{METADATA}}}meta"}
    children = list(element)
    for place, child in enumerate(children):
        child.tail = "\n" + " " * (level if place + 1 < len(children) else level - 1)
        if child.tag not in names:
            _indent(child, level + 1)
    if children:
        element.text = "\n" + " " * level
