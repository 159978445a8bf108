"""The table of a Word file: a row an alignment unit, a column a version."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from aligners.alignment import Unit
from corpora.document import Segment, Version
from corpora.languages import language
from corpora.readers.word.table import ASIDE, CONFIRMED, HEAD, NO_COUNTERPART, NONE, UNIT, style_name
from exports.provenance import mark
from exports.rows import linked_ids, unit_ids
from exports.selection import Selection
from exports.word.comments import Marks, begin, end
from exports.word.elements import cell, made, paragraph, row, run
from exports.word.styles import (
    ASIDE_GROUND,
    FIRST,
    GREY,
    HEAD_GROUND,
    HUMAN,
    INK,
    UNEVEN_GROUND,
    WARNING,
    name_of,
    signs,
    width,
)  # fmt: skip
from exports.wording import role

# Lines under a unit's number that have a style of their own.
STYLED = {"confirmed": CONFIRMED, "set aside": ASIDE}
# Rows with no longer side stay on one page, in characters.
WHOLE = 600
LINE = "C9CDD3"


def table(selection: Selection, styles: Mapping[str, str], marks: Marks) -> Any:
    """The table of all the units of a file.

    Args:
        selection: what the file holds.
        styles: the ids of the styles by their names.
        marks: where comments stand.
    """
    versions = selection.versions
    each = (width(selection) - FIRST) // len(versions)
    edges = [
        made(f"w:{edge}", val="single", sz=4, space=0, color=LINE)
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    margins = [
        made(f"w:{side}", w=size, type="dxa")
        for side, size in (("top", 50), ("left", 90), ("bottom", 50), ("right", 90))
    ]
    properties = made(
        "w:tblPr",
        made("w:tblW", w=FIRST + each * len(versions), type="dxa"),
        made("w:tblBorders", *edges),
        made("w:tblLayout", type="fixed"),
        made("w:tblCellMar", *margins),
    )
    grid = made("w:tblGrid", *(made("w:gridCol", w=size) for size in (FIRST, *[each] * len(versions))))
    return made("w:tbl", properties, grid, _head(selection, styles, each), *_rows(selection, styles, marks, each))


def _head(selection: Selection, styles: Mapping[str, str], each: int) -> Any:
    cells = [cell(paragraph(styles[UNIT], run("Unit", made("w:b"))), width=FIRST, shade=HEAD_GROUND)]
    for number, version in enumerate(selection.versions):
        style = styles[style_name(name_of(version, number), HEAD)]
        called = f"{role(selection.review.document, version)} ({language(version.language).name})"
        color = WARNING if version.is_placeholder else GREY
        status = run(mark(version), made("w:b", val=0), made("w:i"), made("w:color", val=color), made("w:sz", val=16))
        cells.append(cell(paragraph(style, run(called)), paragraph(style, status), width=each, shade=HEAD_GROUND))
    return row(*cells, is_head=True)


def _rows(selection: Selection, styles: Mapping[str, str], marks: Marks, each: int) -> Iterator[Any]:
    ids = unit_ids(selection.review.alignment)
    for is_aside, several in groupby(selection.units, key=lambda one: one[1].origin == "set aside"):
        numbers = [number for number, _ in several]
        # What was set aside was aligned with nothing: what follows each other shares a row.
        for together in [numbers] if is_aside else [[number] for number in numbers]:
            first, last = ids[together[0]], ids[together[-1]]
            called = first if first == last else f"{first}–{last}"
            yield _row(selection, styles, marks, together, called=called, each=each)


def _row(
    selection: Selection, styles: Mapping[str, str], marks: Marks, numbers: Sequence[int], *, called: str, each: int
) -> Any:
    alignment = selection.review.alignment
    units = [alignment.units[number] for number in numbers]
    unit, is_aside = units[0], units[0].origin == "set aside"
    sides = [alignment.versions.index(version.id) for version in selection.versions]
    held = [[index for unit in units for index in unit.sides[side].indexes] for side in sides]
    sizes = list(map(len, held))
    ground = ASIDE_GROUND if is_aside else "" if set(sizes) == {1} else UNEVEN_GROUND
    lines = [
        paragraph(styles[STYLED.get(line, UNIT)], run(line)) for line in _about(selection, numbers[0], unit, sizes)
    ]
    name = paragraph(styles[UNIT], run(called, made("w:b"), made("w:color", val=INK), made("w:sz", val=18)))
    cells = [cell(name, *lines, width=FIRST, shade=ground, left=HUMAN if unit.status == "confirmed" else "")]
    for place, (version, indexes) in enumerate(zip(selection.versions, held, strict=True)):
        paragraphs = [
            paragraph(styles[style_name(name_of(version, place), segment.kind)], *_signs(version, segment, marks))
            for segment in (version.segments[index] for index in indexes)
        ]
        cells.append(cell(*(paragraphs or [_none(styles, is_aside)]), width=each, shade=ground))
    longest = max(
        sum(len(version.segments[index].text) for index in indexes)
        for version, indexes in zip(selection.versions, held, strict=True)
    )
    return row(*cells, is_whole=longest < WHOLE)


def _none(styles: Mapping[str, str], is_aside: bool) -> Any:
    """What a side shows that has nothing here; what was set aside was never looked for there."""
    return paragraph(styles[NONE], *([] if is_aside else [run(NO_COUNTERPART)]))


def _about(selection: Selection, number: int, unit: Unit, sizes: Sequence[int]) -> list[str]:
    """The lines under a unit's number."""
    review = selection.review
    if unit.origin == "set aside":
        return ["set aside"]
    lines = [":".join(map(str, sizes)), unit.status]
    whole = round(100 * unit.confidence)
    sure = "over 99\u00a0%" if whole == 100 and unit.confidence < 1 else f"{whole}\u00a0%"
    lines.append(f"automatic, {sure}" if unit.origin == "automatic" else unit.origin)
    if moved := linked_ids(review.alignment, unit):
        lines.append(f"moved: {', '.join(moved)}")
    if review.ids and review.ids[number] in review.bookmarks:
        lines.append("bookmarked")
    return lines


def _signs(version: Version, segment: Segment, marks: Marks) -> Iterator[Any]:
    """The characters of a segment, cut where comments begin and end."""
    key = (version.id, segment.index)
    begins, ends = marks.begins.get(key, []), marks.ends.get(key, [])
    text = segment.text
    cuts = sorted({0, len(text), *(offset for offset, _ in (*begins, *ends))})
    for start, stop in zip(cuts, [*cuts[1:], len(text)], strict=True):
        # What ends here does so before something else begins.
        for offset, ids in ends:
            if offset == start:
                for id in ids:
                    yield from end(id)
        yield from (begin(id) for offset, ids in begins if offset == start for id in ids)
        if start < stop:
            yield run(text[start:stop], *signs(version))
