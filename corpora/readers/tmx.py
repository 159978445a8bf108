"""Translation memories (TMX 1.1 to 1.4b): every language is a version, every translation unit an alignment unit.

Source: TMX 1.4b Specification (LISA OSCAR, 26 April 2005).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpora.contents import Contents, File
from corpora.errors import ReadError
from corpora.exchange import counted
from corpora.readers import inline, markup
from corpora.readers.pairing import TOLD_EVERY, Pairing, Placed, listed, tag

# The properties of our own files, whose names begin so; those of others that say which document a unit comes from.
OWN = "x-"
DOCUMENT = re.compile(r"(?:x-|txt::|att::)?(?:document|doc|file|original-?file)(?:-?name|-?id)?", re.IGNORECASE)
# What says that a person confirmed a unit.
CONFIRMING = {("x-status", "confirmed"), ("approved", "yes")}
EVERY_LANGUAGE = "*all*"
PROPERTIES = "properties"


@dataclass(slots=True)
class Said:
    """What stands before the texts of a unit, a variant or the file: properties, and notes with where they stand."""

    properties: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def own(self) -> dict[str, str]:
        """The properties that our files have, without the mark before their names."""
        return {name.removeprefix(OWN): text for name, text in self.properties if name.startswith(OWN)}


def read(file: File) -> Contents:
    """Translation memories (TMX), any number of languages.

    Raises:
        ReadError: the file is no TMX, damaged, or holds no text.
    """
    where = f'"{file.base}"'
    root = markup.parse(file.data, where)
    body = inline.child(root, "body")
    if inline.name(root) != "tmx" or body is None:
        raise ReadError(f"{where} is not a translation memory (TMX); export one from the program that has it.")
    return _Memory(file).read(inline.child(root, "header"), list(inline.children(body, "tu")))


class _Memory:
    """What is known of a memory half-way through it."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._pairing = Pairing(file)
        self._languages: dict[str, str] = {}
        self._documents: dict[str, None] = {}
        self._properties: Counter[str] = Counter()

    def read(self, header: Any | None, units: list[Any]) -> Contents:
        """All of it."""
        said = Said() if header is None else said_by(header)
        own = [text for name, text in said.properties if name == f"{OWN}version"]
        for number, unit in enumerate(units, 1):
            if not number % TOLD_EVERY:
                self._file.progress(number / len(units))
            self._unit(unit, number, bool(own))
        source = "" if header is None else header.get("srclang", "")
        described = {id: of_version(said.own, id) for id in own}
        # The text is called what one of its versions is; another file's header gives it no title.
        return self._pairing.contents(
            own or self._first(tag(source)),
            self._languages,
            described,
            warnings=self._decided(source, bool(own)),
            left_out=self._left_out(said, bool(own)),
        )

    def _unit(self, unit: Any, number: int, is_own: bool) -> None:
        said = said_by(unit)
        id = unit.get("tuid", "") or str(number)
        group = self._pairing.group(id, said.own.get("moved", "") if is_own else "")
        placed: list[Placed] = []
        taken: Counter[str] = Counter()
        confirmed = not CONFIRMING.isdisjoint(said.properties)
        for variant in inline.children(unit, "tuv"):
            about = said_by(variant)
            key = self._key(variant, about, taken, is_own)
            text = inline.child(variant, "seg")
            self._count(about, is_own)
            if text is None:
                continue
            found = inline.flat(text)
            sure = confirmed or not CONFIRMING.isdisjoint(about.properties)
            side = self._pairing.side(key, found, id=id, group=group, confirmed=sure, said=about.own if is_own else {})
            if side:
                placed.append(side)
                self._note(side, about)
        self._count(said, is_own)
        if placed:
            self._note(placed[0], said)

    def _key(self, variant: Any, about: Said, taken: Counter[str], is_own: bool) -> str:
        """The version that a variant belongs to: the second in one language is a second version."""
        language = tag(inline.attribute(variant, "lang"))
        taken[language] += 1
        key = f"{language}{taken[language]}" if taken[language] > 1 else language
        key = about.own.get("version", key) if is_own else key
        self._languages.setdefault(key, language)
        return key

    def _note(self, side: Placed, said: Said) -> None:
        for text, place in said.notes:
            span, created, author = place_in(place)
            self._pairing.remark(side, text, author=author, created=created, span=span)

    def _count(self, said: Said, is_own: bool) -> None:
        for name, text in said.properties:
            if DOCUMENT.fullmatch(name):
                self._documents[text] = None
            if not (is_own and name.startswith(OWN)) and (name, text) not in CONFIRMING:
                self._properties[name] += 1

    def _first(self, source: str) -> list[str]:
        """The version in the language that the header calls the source, or in a variety of it."""
        if not source:
            return []
        exact = [key for key, language in self._languages.items() if language == source]
        primary = source.split("-")[0]
        return exact or [key for key, language in self._languages.items() if language.split("-")[0] == primary]

    def _decided(self, source: str, is_own: bool) -> Iterator[str]:
        if not is_own and source != EVERY_LANGUAGE and not self._first(tag(source)) and len(self._languages) > 1:
            yield "The memory does not say which of its languages is the source; they stand as they come in it."
        if len(self._documents) > 1:
            yield (
                f"It holds units of {len(self._documents)} documents ({listed(self._documents)}), read as one text in the "
                "order of the file."
            )

    def _left_out(self, header: Said, is_own: bool) -> Iterator[str]:
        if is_own:
            yield "Scores, issues and confidence of the file; they are measured anew."
            if missing := sum(bool(place) for _, place in header.notes):
                yield f"{counted(missing, 'note')} on words that are not in the file."
        elif header.notes or header.properties:
            notes, properties = (
                counted(len(header.notes), "note"),
                counted(len(header.properties), "property", PROPERTIES),
            )
            yield f"{notes} and {properties} of the whole memory, in its header."
        if total := self._properties.total():
            yield f"{counted(total, 'property', PROPERTIES)} of units and texts ({listed(self._properties)})."


def said_by(element: Any) -> Said:
    """The properties and notes of an element; in our files a note's place stands in a property before it."""
    found, place = Said(), ""
    for one in inline.children(element, "prop", "note"):
        text = inline.words(one)
        if inline.name(one) == "note":
            found.notes.append((text, place))
            place = ""
        elif one.get("type") == f"{OWN}note":
            place = text
        else:
            found.properties.append((one.get("type", ""), text))
    return found


def place_in(said: str) -> tuple[tuple[int, int] | None, str, str]:
    """The characters, the time and the author of a note, as our own files write them: "12-17 2026-11-26T12:00:00Z Kim"."""
    match = re.fullmatch(r"(\d{1,9})-(\d{1,9}) (\S+) ?(.*)", said)
    return ((int(match[1]), int(match[2])), match[3].strip("-"), match[4]) if match else (None, "", "")


def of_version(own: dict[str, str], id: str) -> dict[str, str]:
    """What our header says of a version: the property "x-title-ko" is the title of the Korean."""
    end = f"-{id}"
    return {name.removesuffix(end).replace("-", " "): text for name, text in own.items() if name.endswith(end)}
