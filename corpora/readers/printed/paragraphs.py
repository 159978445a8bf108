"""The lines of a column -> paragraphs, headings, captions, rows of tables.

A paragraph begins where the type changes, behind a gap, at an indent, behind a line that had room for the next word, and
at the mark of a list.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpora.readers.printed.lines import Line
from corpora.segmenters.paragraphs import CLOSED, LIST_MARK

# As shares of the size of type: another size, an indent, a gap beyond the usual distance of lines, a line's free end.
OTHER_SIZE, OTHER_SIZE_READ, INDENT, GAP, ROOM, ROOM_READ = 0.12, 0.3, 0.7, 0.4, 0.3, 1.5
# Blanks of one line that was spread differ by no more.
SAME_BLANK = 0.3
# Lines farther apart than this have no distance in common.
FARTHEST = 2.3
# Lines before and after one that tell how wide the column is there: text can run around a picture.
NEAR = 5
SAME_EDGE = 2.0
# Headings: type larger than that of the text by this; characters and lines at most.
LARGER, LARGER_READ, LONGEST_HEADING, MOST_LINES = 1.12, 1.5, 200, 4
LONGEST_BOLD, LONGEST_CAPTION = 150, 600
CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|plate|map|chart|рис(?:унок|\.)?|табл(?:ица|\.)?|карта|схема|그림|표|사진|도표)"
    r"\s*[A-ZА-Я]?\d+(?:[.\-]\d+)*(?:(?P<mark>[.:](?=\s)|\s*$|\s*[—–])|\s)",
    re.IGNORECASE,
)
# The end of a line in which its leaders are looked for.
TAIL = 40
LEADERS = re.compile(r"(?:\.\s?|…\s?|·\s?){3,}\s*[\divxlc]{1,5}$", re.IGNORECASE)
HEADING, CELL, CAPTION_KIND, ITEM = "heading", "table cell", "caption", "list item"
BULLET = re.compile(r"[�•▪■●○◦‣➢·–—-]\s?\S|\((?:\d{1,2}|[a-zа-я가-힣])\)\s*\S|[①-⑳]")
# Signs that nothing but an item of a list begins with.
SIGN = re.compile(r"[�•▪■●○◦‣➢]\s?\S|[①-⑳]")
FLOATS = (CAPTION_KIND, CELL)
# Lines that labels of pictures do not have.
LEAST_PROSE = 3
# Numbers of sections: "4.2", "1.6.1".
SECTION = re.compile(r"(?:\d{1,2}\.)*\d{1,2}\.?\s+\S|(?:[IVX]+|[A-ZА-Я])\.\s+\S|제\s?\d+\s?[장절]")
DEEP = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+\S")


@dataclass(frozen=True)
class Passage:
    """A paragraph, or the part of one that stands in one column.

    Args:
        lines: from the top.
        kind: as of a block.
        column: its number, over all pages.
        first: it is the first of its column.
        indented: its first line begins more to the right than the column.
        room: how much of its last line is free, in points.
        floats: it belongs to a picture or table, which stands where there was room for it.
    """

    lines: tuple[Line, ...]
    kind: str
    column: int
    first: bool = False
    indented: bool = False
    room: float = 0.0
    floats: bool = False

    @cached_property
    def text(self) -> str:
        """Its lines with blanks between."""
        return " ".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """The size of its type."""
        return self.lines[0].size


def cut(column: Sequence[Line], number: int, size: float, headings: frozenset[str] = frozenset()) -> list[Passage]:
    """The passages of a column.

    Args:
        column: its lines.
        number: of the column.
        size: of most type of the text.
        headings: texts that the file itself lists as headings of this page, by `plain`.
    """
    view = _Column(column)
    parts: list[list[int]] = []
    for place in range(len(column)):
        if not parts or view.begins(place, parts[-1]):
            parts.append([])
        parts[-1].append(place)
    found = [_passage(view, part, number, size, headings) for part in parts]
    return _with_floats(list(_headings_joined(found)))


def plain(text: str) -> str:
    """The letters and digits of a text, for comparing headings."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


class _Column:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        gaps = [
            round(other.baseline - one.baseline, 1)
            for one, other in itertools.pairwise(lines)
            if _same_size(one, other) and other.baseline - one.baseline <= FARTHEST * one.size
        ]
        self._usual_gap = sorted(gaps)[len(gaps) // 2] if gaps else 0.0
        gap_counts = Counter(round(gap * 2) / 2 for gap in gaps)
        if gap_counts and gap_counts.most_common(1)[0][1] >= 3:
            self._usual_gap = gap_counts.most_common(1)[0][0]
        lefts = Counter(round(line.left / SAME_EDGE) for line in lines)
        usual = [edge for edge, times in lefts.items() if times >= max(2, 0.15 * len(lines))] or list(lefts)
        self.left = min(usual) * SAME_EDGE
        rights = Counter(round(line.right / SAME_EDGE) for line in lines)
        edge, times = rights.most_common(1)[0]
        # Lines that end at one place are set to the width of the column.
        self._edge = edge * SAME_EDGE if times >= max(3, 0.3 * len(lines)) else None

    def right(self, place: int) -> float:
        """How far the lines about this place reach."""
        near = sorted(line.right for line in self.lines[max(0, place - NEAR) : place + NEAR + 1])
        farthest = near[-2] if len(near) > 4 and near[-1] - near[-2] > SAME_EDGE else near[-1]
        if self._edge is not None and farthest >= self._edge - SAME_EDGE:
            return self._edge
        return farthest

    def room(self, place: int) -> float:
        """How much of the line is free at its end."""
        return self.right(place) - self.lines[place].right

    def begins(self, place: int, part: Sequence[int]) -> bool:
        """True when this line does not go on with the paragraph whose lines are `part`."""
        one, other = self.lines[place - 1], self.lines[place]
        if self.is_row(place - 1) or self.is_row(place):
            return True
        if LEADERS.search(one.text[-TAIL:]):
            return True
        if not _same_size(one, other) or self._is_apart(one, other):
            return True
        if one.bold != other.bold and not self._runs_on(place - 1):
            return True
        if self._had_room(place - 1):
            return True
        return self._is_indented(place, part) or self._is_listed(place, part)

    def is_row(self, place: int) -> bool:
        """True for a line of a table: like a neighbour it stands in cells, with the gaps at the same place."""
        line = self.lines[place]
        return (
            bool(line.gaps)
            and not self._is_spread(line)
            and any(
                min(one[1], gap[1]) - max(one[0], gap[0]) > line.size
                for other in (place - 1, place + 1)
                if 0 <= other < len(self.lines)
                for one in self.lines[other].gaps
                for gap in line.gaps
            )
        )

    def _is_spread(self, line: Line) -> bool:
        """True for a line of prose that was spread to the width of a narrow column: all its blanks are as wide."""
        blanks = [other.left - one.right for one, other in itertools.pairwise(line.words) if not other.glued]
        return (
            self._edge is not None
            and abs(line.right - self._edge) <= SAME_EDGE
            and line.left < self.left + INDENT * 3 * line.size
            and max(blanks) - min(blanks) < SAME_BLANK * line.size
            and not any(map(str.isdigit, line.words[-1].text))
        )

    def _is_apart(self, one: Line, other: Line) -> bool:
        gap = other.baseline - one.baseline
        usual = self._usual_gap or 1.25 * one.size
        return gap > usual + GAP * one.size

    def _runs_on(self, place: int) -> bool:
        """True for a line that is full and in which no sentence ends."""
        return self.room(place) < INDENT * self.lines[place].size and not CLOSED.search(self.lines[place].text)

    def _had_room(self, place: int) -> bool:
        """True when the first word of the next line would have fitted into this one."""
        line, following = self.lines[place], self.lines[place + 1]
        first = following.words[0]
        width, blank = first.right - first.left, 0.25 * line.size
        for word in following.words[1:]:
            if not word.glued:
                break
            width = word.right - first.left
        spare = self.room(place) - width - blank
        return spare > (ROOM_READ if line.hidden else ROOM) * line.size

    def _is_indented(self, place: int, part: Sequence[int]) -> bool:
        """True for a line that begins a paragraph by where it begins, to the right or to the left of those before."""
        one, line = self.lines[place - 1], self.lines[place]
        step = INDENT * line.size
        ended = bool(CLOSED.search(one.text))
        if line.left - one.left > step:
            if self._runs_on(place - 1) or (not ended and line.text[0].islower()):
                return False
            if len(part) > 1:
                return True
            if _is_marked(self.lines[part[0]]):
                return ended and self.room(place - 1) > 4 * step
            # The first line stood out: a list or a bibliography, unless the next one goes back.
            goes_back = place + 1 < len(self.lines) and line.left - self.lines[place + 1].left > step
            return goes_back or (ended and one.left <= self.left + step)
        if one.left - line.left > step:
            return len(part) > 1
        # Two lines that are indented alike: two short paragraphs, where the first ends a sentence before the edge.
        alike = len(part) == 1 and line.left > self.left + step and abs(line.left - one.left) <= SAME_EDGE
        return alike and ended and self.room(place - 1) > step

    def _is_listed(self, place: int, part: Sequence[int]) -> bool:
        line = self.lines[place]
        if not _is_marked(line):
            return False
        first = self.lines[part[0]]
        ended = CLOSED.search(self.lines[place - 1].text) or self.lines[place - 1].text.endswith(",")
        sibling = _is_marked(first) and abs(first.left - line.left) <= 3
        hanging = place + 1 < len(self.lines) and self.lines[place + 1].left - line.left > INDENT * line.size
        return (
            bool(ended)
            and (sibling or hanging or line.left > first.left - 3)
            and (sibling or hanging or self.room(place - 1) > 1.5 * line.size or not line.text[0].isdigit())
        )


def _is_marked(line: Line) -> bool:
    """True for a line that begins with the mark of a list."""
    return bool(LIST_MARK.match(line.text) or BULLET.match(line.text))


def _same_size(one: Line, other: Line) -> bool:
    limit = OTHER_SIZE_READ if one.hidden or other.hidden else OTHER_SIZE
    return abs(one.size - other.size) <= limit * max(one.size, other.size)


def _passage(view: _Column, part: list[int], number: int, size: float, headings: frozenset[str]) -> Passage:
    lines = tuple(view.lines[place] for place in part)
    left = lines[1].left if len(lines) > 1 else view.left
    passage = Passage(
        lines=lines,
        kind="",
        column=number,
        first=part[0] == 0,
        indented=lines[0].left - left > INDENT * lines[0].size,
        room=view.room(part[-1]),
    )
    return replace(passage, kind=_kind(view, passage, part, size, headings))


def _kind(view: _Column, passage: Passage, part: list[int], size: float, headings: frozenset[str]) -> str:
    text = passage.text
    if len(part) == 1 and (view.is_row(part[0]) or LEADERS.search(text[-TAIL:])):
        return CELL
    caption = CAPTION.match(text)
    smaller = passage.size < (1 - OTHER_SIZE / 2) * size
    if caption and (smaller or (caption["mark"] is not None and len(text) < LONGEST_CAPTION)):
        return CAPTION_KIND
    if plain(text) in headings and any(map(str.isalpha, text)):
        return HEADING
    if _is_heading(passage, size):
        return HEADING
    return ITEM if SIGN.match(text) else ""


def _is_heading(passage: Passage, size: float) -> bool:
    text, lines = passage.text, passage.lines
    if len(text) > LONGEST_HEADING or len(lines) > MOST_LINES or not any(map(str.isalpha, text)):
        return False
    larger = LARGER_READ if lines[0].hidden else LARGER
    if passage.size >= larger * size:
        return True
    if len(lines) == 1 and DEEP.match(text) and not CLOSED.search(text) and passage.size > 1.04 * size:
        return True
    ends = CLOSED.search(text) and not SECTION.match(text)
    return all(line.bold for line in lines) and passage.size >= 0.9 * size and len(text) <= LONGEST_BOLD and not ends


def _headings_joined(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Lines of one heading together: it was cut where a line had room."""
    held: Passage | None = None
    for passage in passages:
        if held and _goes_on(held, passage):
            held = replace(held, lines=held.lines + passage.lines, room=passage.room)
            continue
        if held:
            yield held
        held = passage
    if held:
        yield held


def _with_floats(passages: list[Passage]) -> list[Passage]:
    """The passages with what belongs to the pictures and tables at the ends of the column marked."""
    prose = [place for place, passage in enumerate(passages) if _is_prose(passage)]
    captions = [place for place, passage in enumerate(passages) if passage.kind == CAPTION_KIND]
    first, last = (prose[0], prose[-1]) if prose else (len(passages), len(passages))
    head = max((place for place in captions if place < first), default=-1)
    has_tail = any(place > last for place in captions)
    return [
        replace(passage, floats=passage.kind in FLOATS or place <= head or (has_tail and place > last))
        for place, passage in enumerate(passages)
    ]


def _is_prose(passage: Passage) -> bool:
    return passage.kind in ("", ITEM) and (len(passage.lines) >= LEAST_PROSE or len(passage.text) >= 40 * LEAST_PROSE)


def _goes_on(one: Passage, other: Passage) -> bool:
    if not one.kind == other.kind == HEADING or SECTION.match(other.text) or CLOSED.search(one.text):
        return False
    last, first = one.lines[-1], other.lines[0]
    near = first.baseline - last.baseline <= 1.5 * last.size
    return near and abs(last.size - first.size) < 0.5 and last.bold == first.bold and len(one.lines) < MOST_LINES
