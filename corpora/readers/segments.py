"""The segments of a unit of XLIFF 1.2 and 2, with what its programs say of them, and its notes.

memoQ and Trados Studio say more than XLIFF 1.2 does: how far a segment is confirmed, comments, tracked changes.
"""

import bisect
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corpora.readers.inline import Inline, Mark, attribute, child, children, flat, name, words

SOURCE, TARGET = "source", "target"
# What says that a person confirmed a translation: states of XLIFF, of memoQ (also in `subState`) and of Trados Studio.
STATES = ("final", "signed-off", "reviewed")
MEMOQ = (
    "confirmed", "manuallyconfirmed", "confirmedtranslator", "proofread", "proofreadconfirmed", "reviewer1confirmed",
    "reviewer2confirmed",
)  # fmt: skip
TRADOS = ("Translated", "ApprovedTranslation", "ApprovedSignOff")


@dataclass(frozen=True, slots=True)
class Row:
    """A segment with both sides as the file has them, and where its target stands among those of the unit.

    `state` is what XLIFF says of the target, "" where it says nothing.
    """

    id: str
    source: Inline | None
    target: Inline | None
    state: str = ""
    confirmed: bool = False
    order: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the file; `marks` are the elements that say on which words it stands."""

    text: str
    side: str = ""
    author: str = ""
    created: str = ""
    id: str = ""


def of_two(unit: Any, counts: Counter[str]) -> Iterator[Row]:
    """The segments of a unit of XLIFF 2; the text between them that is no text is counted."""
    for place, one in enumerate(children(unit, "segment", "ignorable"), 1):
        source, target = child(one, SOURCE), child(one, TARGET)
        if name(one) == "ignorable":
            counts["ignorable"] += any(
                character.isalnum() for side in (source, target) if side is not None for character in flat(side).text
            )
            continue
        level = one.get("subState", "").rpartition(":")[2].lower()
        order = "" if target is None else target.get("order", "")
        yield Row(
            one.get("id") or (unit.get("id", "") if place == 1 else f"{unit.get('id', '')}/{place}"),
            _filled(source),
            _filled(target),
            one.get("state", "initial"),
            one.get("state") in STATES or level in MEMOQ,
            int(order) if order.isdecimal() and len(order) < 9 else place,
        )


def of_one(unit: Any) -> Iterator[Row]:
    """The segments of a unit of XLIFF 1: all of it, or what the program cut it into."""
    id, levels = unit.get("id", ""), _trados_levels(unit)
    divided, target = _filled(child(unit, "seg-source")), child(unit, TARGET)
    state = "" if target is None else target.get("state", "")
    sure = unit.get("approved") == "yes" or state in STATES or attribute(unit, "status").lower() in MEMOQ
    found = _filled(target)
    if divided is None or not divided.segments or (found is not None and not found.segments):
        sure = sure or (len(levels) == 1 and all(levels.values()))
        yield Row(id, _filled(child(unit, SOURCE)), found, state, sure)
        return
    sources, targets = _cut(divided), {} if found is None else _cut(found)
    orders = {key: place for place, key in enumerate(targets)}
    for key in dict.fromkeys([*sources, *targets]):
        named, confirmed = f"{id}/{key}" if key else id, sure or levels.get(key, False)
        yield Row(named, sources.get(key), targets.get(key), state, confirmed, orders.get(key, 0))


def _filled(element: Any | None) -> Inline | None:
    """The text of a side; None where there is none."""
    found = None if element is None else flat(element)
    return found if found and (found.text.strip() or found.subs) else None


def _cut(found: Inline) -> dict[str, Inline]:
    """The segments of a side by their ids, in its order; words outside of them are one more, with the id ""."""
    cut: dict[str, Inline] = {}
    kept: list[Mark] = []
    taken: Counter[str] = Counter()
    outside, last = [], 0
    for segment in found.segments:
        if segment.start < last:
            continue
        outside.append(found.text[last : segment.start])
        last = segment.stop
        kept.append(segment)
        cut[_key(segment.element.get("mid", "1"), taken)] = Inline(found.text[segment.start : segment.stop])
    _share(found, kept, list(cut.values()))
    rest = "".join([*outside, found.text[last:]])
    if any(character.isalnum() for character in rest):
        cut[""] = Inline(rest)
    if cut:
        first = next(iter(cut.values()))
        first.codes, first.tracked = found.codes, found.tracked
    return cut


def _key(id: str, taken: Counter[str]) -> str:
    """The id of a segment, with a number where another one of the unit has it."""
    taken[id] += 1
    return id if taken[id] == 1 else _key(f"{id}+{taken[id]}", taken)


def _share(found: Inline, segments: list[Mark], cut: list[Inline]) -> None:
    """Gives each segment the annotations and the texts in codes that begin in it, or before it behind the one before."""
    stops = [segment.stop for segment in segments]
    for mark in found.marks:
        if (place := bisect.bisect_right(stops, mark.start)) < len(cut):
            start, stop = segments[place].start, segments[place].stop
            cut[place].marks.append(Mark(mark.element, max(mark.start - start, 0), min(mark.stop, stop) - start))
    for offset, kind, text in found.subs:
        place = min(bisect.bisect_left(stops, offset), len(cut) - 1)
        if place >= 0:
            cut[place].subs.append((max(offset - segments[place].start, 0), kind, text))


def notes(element: Any, said: Mapping[str, Mapping[str, str]]) -> list[Note]:
    """The notes of a unit, group or file with what our own metadata says of them, and the comments of memoQ."""
    found = []
    for holder in [element, *children(element, "notes", "comments")]:
        for one in children(holder, "note", "comment"):
            if one.get("deleted") == "true":
                continue
            id = one.get("id", "")
            about = said.get(f"note {id}", {})
            side = (one.get("appliesTo") or one.get("appliesto") or one.get("annotates", "")).lower()
            category = one.get("category", "") if name(one) == "note" and not said else ""
            text = words(one)
            found.append(
                Note(
                    f"{category}: {text}" if category and text.strip() else text,
                    side if side in (SOURCE, TARGET) else "",
                    one.get("from") or one.get("creatoruser") or about.get("author", ""),
                    one.get("time") or about.get("created", ""),
                    id,
                )
            )
    return found


def value(element: Any) -> str:
    """What an annotation of XLIFF 2 says of its words itself."""
    return element.get("value", "") if element.get("type") == "comment" else ""


def metadata(element: Any) -> dict[str, dict[str, str]]:
    """The metadata of an element (XLIFF 2, Metadata module): names and values by the category of their group."""
    found: dict[str, dict[str, str]] = {}
    for metadata in children(element, "metadata"):
        for group in children(metadata, "metaGroup"):
            values = found.setdefault(group.get("category", ""), {})
            for one in children(group, "meta"):
                values.setdefault(one.get("type", ""), words(one))
    return found


def _trados_levels(unit: Any) -> dict[str, bool]:
    """Whether a person confirmed each segment of a unit, as Trados Studio says it."""
    return {
        one.get("id", ""): one.get("conf") in TRADOS
        for defs in children(unit, "seg-defs")
        for one in children(defs, "seg")
    }


def trados_comments(root: Any) -> dict[str, list[tuple[str, str, str]]]:
    """The comments of a file of Trados Studio by their ids: text, author, time."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for info in children(root, "doc-info"):
        for one in info.iter("{*}cmt-def"):
            found[one.get("id", "")] = [
                (words(said), said.get("user", ""), said.get("date", "")) for said in one.iter("{*}Comment")
            ]
    return found
