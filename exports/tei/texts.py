"""The versions of a TEI file: each a text whose segs are the segments, with anchors where notes begin and end."""

import bisect
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from corpora.document import Repair, Segment, Version
from exports.rows import segment_id
from exports.tei.element import NAMESPACE, add, name, pointer, printable

# Kinds that have an element of their own; the others are an ab of that type.
HEADS = {"title": "title", "heading": ""}
NOTES = {"footnote": "foot", "endnote": "end"}
# What stands at a character of a segment: the element and its attributes.
Mark = tuple[str, Mapping[str, str]]


def write_text(
    group: Any, version: Version, segments: Sequence[Segment], marks: Sequence[tuple[int, bool, str]]
) -> set[str]:
    """One version; returns the ids of the marks that have a place in it.

    Args:
        group: the element that holds the texts.
        version: what to write.
        segments: those of its segments that the file has, in order.
        marks: characters of the version's text at which notes begin or end (True), and the ids that they get.
    """
    text = add(group, "text", attributes={
        "xml:id": name("version", version.id), "xml:lang": version.language, "n": version.id, "decls": pointer("source", version.id),
        "type": "placeholder" if version.is_placeholder else "",
    })  # fmt: skip
    body = add(text, "body")
    placed = _placed(version, segments, marks)
    at, listed = body, None
    for (_, kind), several in groupby(segments, key=lambda one: (one.paragraph, one.kind)):
        if kind in HEADS and (at is body or any(not child.tag.endswith("head") for child in at)):
            at = add(body, "div")
        if kind != "list item":
            listed = None
        elif listed is None:
            listed = add(at, "list")
        pieces = list(several)
        element = _paragraph(listed if listed is not None else at, kind, version, pieces[0])
        for segment in pieces:
            _segment(element, version, segment, placed.get(segment.index, []))
        # Blanks stand between sentences where they did.
        element.text = None
        for seg, one, following in zip(element, pieces, [*pieces[1:], None], strict=True):
            seg.tail = "\n" if following and one.stop < following.start else None
    if not any(child.tag.endswith(("}p", "}ab", "}list", "}div")) for child in body):
        add(body, "ab")
    return {mark["xml:id"] for marked in placed.values() for _, (what, mark) in marked if what == "anchor"}


def _paragraph(parent: Any, kind: str, version: Version, first: Segment) -> Any:
    """The element of a paragraph."""
    if kind in HEADS:
        return add(parent, "head", attributes={"type": HEADS[kind]})
    if kind in NOTES:
        return add(parent, "note", attributes={"xml:id": _note_id(version, first), "place": NOTES[kind]})
    if kind in ("paragraph", "list item"):
        return add(parent, "p" if kind == "paragraph" else "item")
    return add(parent, "ab", attributes={"type": kind.replace(" ", "-")})


def _note_id(version: Version, first: Segment) -> str:
    return name("note", segment_id(version.id, first.index))


def _segment(parent: Any, version: Version, segment: Segment, marks: Sequence[tuple[int, Mark]]) -> None:
    """A seg with its marks; lines of it that were not joined are parted by lb."""
    from lxml import etree

    element = add(parent, "seg", attributes={"xml:id": name(segment_id(version.id, segment.index))})
    last, place = None, 0

    def write(text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                put("lb", {})
            if last is None:
                element.text = (element.text or "") + printable(line)
            else:
                last.tail = (last.tail or "") + printable(line)

    def put(what: str, attributes: Mapping[str, str]) -> None:
        nonlocal last
        last = etree.SubElement(element, f"{{{NAMESPACE}}}{what}")
        for key, value in attributes.items():
            last.set(key.replace("xml:", "{http://www.w3.org/XML/1998/namespace}"), value)

    for offset, (what, attributes) in sorted(marks, key=lambda one: one[0]):
        write(segment.text[place:offset])
        put(what, attributes)
        place = offset
    write(segment.text[place:])


def _placed(
    version: Version, segments: Sequence[Segment], marks: Sequence[tuple[int, bool, str]]
) -> dict[int, list[tuple[int, Mark]]]:
    """The marks by the index of the segment they stand in, with their places in its text; ends come before beginnings."""
    found: dict[int, list[tuple[int, Mark]]] = {}
    calls = [(one.anchor, _note_id(version, one)) for one in segments if one.anchor is not None and one.kind in NOTES]
    ends = [(place, is_end, ("anchor", {"xml:id": id})) for place, is_end, id in marks]
    called: Iterator[tuple[int, bool, Mark]] = (
        (place, True, ("ptr", {"type": "note", "target": f"#{id}"})) for place, id in calls
    )
    for place, is_end, mark in sorted([*ends, *called], key=lambda one: (one[0], not one[1])):
        if (segment := _holder(segments, place, is_end)) is not None:
            found.setdefault(segment.index, []).append((_shown(segment, place, version.repairs), mark))
    return found


def _holder(segments: Sequence[Segment], place: int, is_end: bool) -> Segment | None:
    """The segment that holds what begins, or what ends, at a character; None where it is not in the file."""
    if is_end:
        at = bisect.bisect_left(segments, place, key=lambda one: one.start) - 1
        return segments[at] if at >= 0 and place <= segments[at].stop else None
    at = bisect.bisect_right(segments, place, key=lambda one: one.start) - 1
    return segments[at] if at >= 0 and place < segments[at].stop else None


def _shown(segment: Segment, place: int, repairs: Sequence[Repair]) -> int:
    """The place in a segment's own text, where repairs are made, of a character of the version's text."""
    first = bisect.bisect_left(repairs, segment.start, key=lambda one: one.start)
    last = bisect.bisect_left(repairs, place, first, key=lambda one: one.start)
    longer = 0
    for one in repairs[first:last]:
        if one.stop > segment.stop:
            continue
        if place < one.stop:
            return one.start - segment.start + longer
        longer += len(one.text) - (one.stop - one.start)
    return max(0, min(place - segment.start + longer, len(segment.text)))
