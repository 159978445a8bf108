"""Notes that stand apart from the text and point into it, as remarks on the characters they point at."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from corpora.contents import Remark
from corpora.readers.tei.elements import id_of, local, name_of, pointers, words
from corpora.readers.tei.passage import Place
from corpora.readers.tei.walk import Walk

# Parts of a note that are said elsewhere.
FACTS = ("date", "note", "respStmt", "revisionDesc")
# Elements that hold the text of notes in the text itself, or no notes on it.
ELSEWHERE = ("text", "teiHeader", "note", "annotation")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Marks:
    """Notes that stand `apart`, the spans they point at and the people who wrote them, by id; the ids of the `notes` in the
    text; and all ids that are `wanted` of the text.
    """

    apart: tuple[Any, ...]
    spans: Mapping[str, Any]
    people: Mapping[str, str]
    notes: frozenset[str]
    wanted: frozenset[str]


def marks(root: Any) -> Marks:
    """What of a file points into its text."""
    apart: list[Any] = []
    spans, people, notes, wanted = {}, {}, set(), set()
    for one in root.iter():
        name, id = name_of(one), id_of(one)
        if name in ("note", "annotation"):
            wanted |= _named(one, "target", "targetEnd")
            if next((name_of(above) for above in one.iterancestors() if name_of(above) in ELSEWHERE), "") in (
                "",
                "text",
            ):
                if any(name_of(above) == "text" for above in one.iterancestors()):
                    notes.add(id)
                elif one.get("target"):
                    apart.append(one)
        elif name == "span" and id:
            spans[id] = one
            wanted |= _named(one, "from", "to", "target")
        elif name in ("respStmt", "person", "editor", "name", "persName") and id:
            people[id] = _name(one)
    return Marks(tuple(apart), spans, people, frozenset(notes - {""}), frozenset(wanted))


def _named(element: Any, *attributes: str) -> set[str]:
    return {local(pointer) for name in attributes for pointer in pointers(element.get(name))} - {""}


def _name(person: Any) -> str:
    names = [words(one) for one in person.iter() if name_of(one) in ("name", "persName")]
    return next(filter(None, names), words(person))


def remarks(found: Marks, walks: Sequence[Walk]) -> tuple[tuple[Remark, ...], int]:
    """The remarks, one a place of each note, and the number of notes that have none."""
    told, lost = [], 0
    for note in found.apart:
        places = list(_places(note, found, walks))
        lost += not places
        for version, start, stop in places:
            told += [Remark(version, start, stop, *said) for said in _said(note, found)]
    return tuple(told), lost


def _said(note: Any, found: Marks) -> Iterator[tuple[str, str, str]]:
    """Text, author and time of a note, then of each reply to it."""
    yield _text(note), _author(note, found), _time(note)
    for reply in note:
        if name_of(reply) == "note" and reply.get("type") == "reply":
            yield _text(reply), _author(reply, found), _time(reply)


def _text(note: Any) -> str:
    if name_of(note) == "annotation":
        return "\n".join(filter(None, (words(one) for one in note if name_of(one) == "note")))
    lines, pieces = [], [note.text or ""]
    for one in note:
        name = name_of(one)
        if name in ("p", "ab", "list", "quote", "item"):
            lines.append("".join(pieces))
            pieces = [one.tail or ""]
            label = f"{one.get('type')}: " if one.get("type") else ""
            parts = [each for each in one if name_of(each) == "item"]
            lines += [label + _lined(part) for part in parts] if parts else [label + _lined(one)]
        else:
            pieces.append(("" if name in FACTS else words(one)) + (one.tail or ""))
    lines.append("".join(pieces))
    kept = ("\n".join(" ".join(part.split()) for part in line.split("\n")).strip() for line in lines)
    return "\n".join(line for line in kept if line)


def _lined(element: Any) -> str:
    """The text in an element, with its lines."""
    pieces = [SPACES.sub(" ", element.text or "")]
    for one in element.iterdescendants():
        pieces.append(("\n" if name_of(one) == "lb" else "") + SPACES.sub(" ", one.text or ""))
        pieces.append(SPACES.sub(" ", one.tail or ""))
    return "".join(pieces)


def _author(note: Any, found: Marks) -> str:
    named = [found.people.get(local(one), "") for one in pointers(note.get("resp"))]
    own = [_name(one) for one in note if name_of(one) == "respStmt"]
    return next(filter(None, (*named, *own)), "")


def _time(note: Any) -> str:
    """When a note was written, "" where that is not said to the second."""
    dates = [one.get("when") or "" for one in note.iter() if name_of(one) in ("date", "change")]
    for one in dates:
        try:
            when = datetime.fromisoformat(one)
        except ValueError:
            continue
        if when.tzinfo and "T" in one:
            return when.astimezone(UTC).isoformat(timespec="seconds")
    return ""


def _places(note: Any, found: Marks, walks: Sequence[Walk]) -> Iterator[tuple[int, int, int]]:
    """Version, start and stop of each place that a note points at."""
    ends = pointers(note.get("targetEnd"))
    for number, pointer in enumerate(pointers(note.get("target"))):
        begin = local(pointer)
        end = local(ends[number]) if number < len(ends) else begin
        if begin in found.spans:
            span = found.spans[begin]
            begin = local((pointers(span.get("from") or span.get("target")) or [""])[0])
            end = local((pointers(span.get("to")) or ["#" + begin])[-1])
        for walk in walks:
            if begin in walk.begins and end in walk.ends and (place := _place(walk, begin, end)):
                yield place
                break


def _place(walk: Walk, begin: str, end: str) -> tuple[int, int, int] | None:
    first, last = _at(walk, walk.begins[begin], 1), _at(walk, walk.ends[end], -1)
    if first is None or last is None or first[0] != last[0]:
        return None
    start, stop = first[1], last[1]
    if start >= stop:
        start, stop = max(0, stop - 1), stop
    return (first[0], start, stop) if start < stop else None


def _at(walk: Walk, place: Place, step: int) -> tuple[int, int] | None:
    """Version and character of a place; of an empty passage, of the nearest text in this direction."""
    block = place.passage.block
    if block:
        return place.passage.version, min(block.start + place.offset, block.stop)
    index = place.index if step > 0 else place.index - 1
    while 0 <= index < len(walk.found):
        if block := walk.found[index].block:
            return walk.found[index].version, block.start if step > 0 else block.stop
        index += step
    return None
