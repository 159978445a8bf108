"""TMX 1.4: a translation memory with one unit for every alignment unit that two or more versions share.

Source: TMX 1.4b Specification (LISA OSCAR, 26 April 2005).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO

from corpora import exchange
from corpora.program import NAME, VERSION
from exports import rows
from exports.provenance import facts, mark
from exports.selection import Selection
from exports.sides import (
    UNHOLDABLE,
    Noted,
    Side,
    holdable,
    hop_facts,
    issue_facts,
    notes,
    sides,
    unit_facts,
)

# What TMX calls the segments of each level.
SEGMENT_TYPES = {"paragraph": "paragraph", "sentence": "sentence", "line": "block"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# Properties that no standard knows begin so.
OWN = "x-"


def write(selection: Selection, file: BinaryIO) -> None:
    """Writes a translation memory (TMX 1.4), with all versions or the two of one hop."""
    from lxml import etree

    units = _shared(selection)
    placed, rest = notes(selection, units)
    root = etree.Element("tmx", version="1.4")
    _header(root, selection, rest)
    body = etree.SubElement(root, "body")
    ids = rows.unit_ids(selection.review.alignment)
    for number, unit in units.items():
        _unit(body, selection, number, id=ids[number], unit=unit, noted=placed.get(number, []))
    file.write(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def omitted(selection: Selection) -> list[str]:
    """What a translation memory leaves out of a selection."""
    units = _shared(selection)
    _, rest = notes(selection, units)
    alignment = selection.review.alignment
    missing = [alignment.units[number] for number in selection.numbers if number not in units]
    aside = sum(unit.origin == "set aside" for unit in missing)
    confirmed = sum(unit.status == "confirmed" for unit in missing)
    reasons = sum(len(score.reasons) for one in rows.divergences(selection) for score in one.metrics.values())
    controls = sum(
        len(UNHOLDABLE.findall(segment.text)) for version in selection.versions for segment in version.segments
    )
    told = (
        (
            len(missing) - aside,
            ("alignment unit", "alignment units"),
            f"that only one version has, {confirmed} of them confirmed",
        ),
        (aside, ("segment", "segments"), "of front matter and apparatus that were set aside"),
        (len(rest), ("note", "notes"), "on words that no unit of the file holds stand in its header"),
        (reasons, ("reason", "reasons"), "of scores and issues"),
        (controls, ("control character", "control characters"), "that XML cannot hold"),
    )
    return [f"{exchange.counted(number, *names)} {rest}." for number, names, rest in told if number]


def _shared(selection: Selection) -> dict[int, dict[str, Side]]:
    """The units that two or more versions of the file share, by their places in the alignment."""
    found = {number: sides(selection, number) for number in selection.numbers}
    return {number: unit for number, unit in found.items() if len(unit) > 1}


def _header(root: Any, selection: Selection, rest: list[Noted]) -> None:
    from lxml import etree

    created = datetime.fromisoformat(selection.created).astimezone(UTC)
    header = etree.SubElement(root, "header", {
        "creationtool": NAME, "creationtoolversion": VERSION,
        "segtype": SEGMENT_TYPES.get(selection.review.level, "block"), "o-tmf": NAME, "adminlang": "en",
        "srclang": selection.versions[0].language, "datatype": "plaintext",
        "creationdate": created.strftime("%Y%m%dT%H%M%SZ"),
    })  # fmt: skip
    for name, value in facts(selection):
        _text(header, "note", f"{name}: {value}")
    for sentence in omitted(selection):
        _text(header, "note", f"left out: {sentence}")
    _properties(header, {"document": selection.review.document.id, "level": selection.review.level})
    for version in selection.versions:
        said = {**exchange.described(version), "mark": mark(version)}
        _properties(header, {"version": version.id})
        _properties(header, {f"{name}-{version.id}": value for name, value in said.items()})
    _notes(header, rest, "")


def _unit(
    body: Any, selection: Selection, number: int, *, id: str, unit: Mapping[str, Side], noted: list[Noted]
) -> None:
    from lxml import etree

    element = etree.SubElement(body, "tu", tuid=id)
    first = next(iter(unit.values())).version
    if first.language != selection.versions[0].language:
        element.set("srclang", first.language)
    _properties(element, unit_facts(selection, number))
    scores = selection.review.divergence(number)
    for hop in selection.comparisons:
        if one := scores.get(hop.id):
            _properties(element, {f"{name}-{hop.id}": value for name, value in hop_facts(one).items()})
            for issue in issue_facts(selection, number, one):
                said = ", ".join(filter(None, (issue["verdict"], issue.get("author"), issue.get("judged"))))
                _properties(element, {f"issue-{hop.id}": f"{issue['kind']} {issue['strength']}: {said}"})
    for version, side in unit.items():
        variant = etree.SubElement(element, "tuv", {LANGUAGE: side.version.language})
        _properties(variant, side.facts)
        _notes(variant, [one for one in noted if _home(one, unit) == version], version)
        _text(variant, "seg", side.text)


def _home(one: Noted, unit: Mapping[str, Side]) -> str:
    """The version of a unit that a note stands with: the first that holds words of it."""
    return one.spans[0][0] if one.spans else next(iter(unit))


def _notes(element: Any, noted: list[Noted], version: str) -> None:
    """Notes, each behind a property that says on which characters of the text it stands, when and by whom it was written."""
    for one in noted:
        start, stop = next(((start, stop) for id, start, stop in one.spans if id == version), (0, 0))
        created = one.note.created or "-"
        _properties(
            element, {"note": f"{start}-{stop} {created} {one.note.author}".rstrip(), "note-id": one.note.id or one.id}
        )
        _text(element, "note", one.text)


def _properties(element: Any, said: Mapping[str, str]) -> None:
    for name, value in said.items():
        if value:
            _text(element, "prop", value).set("type", f"{OWN}{name.replace(' ', '-')}")


def _text(element: Any, name: str, text: str) -> Any:
    from lxml import etree

    made = etree.SubElement(element, name)
    made.text = holdable(text)
    return made
