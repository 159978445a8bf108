"""Footnotes: what stands at the foot of a page or column in smaller type or under a rule and begins with a mark."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpora.readers.drawn.page import Box
from corpora.readers.printed.lines import Line

# Type of notes as a share of the type of the text; a machine that reads a scan measures it roughly.
SMALLER, SMALLER_READ = 0.93, 0.86
MARK = re.compile(r"([0-9]{1,3}|[*∗†‡§¶]{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?=[\s)\].]|[^\W\d]|[^\w\s])[)\].]?\s*")
SIGN = re.compile(r"[*∗†‡§¶]{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}")
# Notes of a page, and calls of them, that are looked for in each other: the most learned page has some dozens.
MOST = 300
# A rule over notes begins with the column, is not as wide as it, and stands in the lower part of the page.
AT_EDGE, WIDEST, HIGHEST = 12.0, 0.75, 0.3


# A stretch of a line that may be the mark of a note.
Call = tuple[Line, int, int]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its lines, its mark, and where the mark stands in the text, if it does.

    One without a mark goes on from the page before. `raised` tells that the mark in the text is nothing else.
    """

    lines: tuple[Line, ...]
    mark: str
    called: Call | None
    raised: bool = False


def split(
    columns: Sequence[Sequence[Line]], rules: Sequence[Box], height: float, size: float, calls: list[Call]
) -> tuple[list[list[Line]], list[Note]]:
    """The columns of a page without their footnotes, and those.

    Args:
        columns: in reading order.
        rules: of the page.
        height: of the page.
        size: of most type of the text.
        calls: those of the page before that no note was found for, as a note may follow on the next page; those of this
            page are put in their place.
    """
    kept: list[list[Line]] = [list(column) for column in columns]
    found: list[list[Line]] = []
    for place, column in enumerate(kept):
        if not any(_is_below(other, column) for other in kept if other and other is not column):
            start = _start(kept, column, rules, height, size)
            if start is not None:
                found.append(column[start:])
                kept[place] = column[:start]
    stretches = ((line, *stretch) for column in kept for line in column for stretch in _calls(line))
    own = list(itertools.islice(stretches, MOST))
    here = [*own, *calls]
    notes = list(_notes(found, here))
    notes = [*(_called_plainly(note, kept) for note in notes[:MOST]), *notes[MOST:]]
    mine = set(map(id, own))
    calls[:] = [call for call in here if id(call) in mine]
    return [column for column in kept if column], notes


def _is_below(one: Sequence[Line], column: Sequence[Line]) -> bool:
    """True when one column stands below another."""
    if not column:
        return True
    left, right = min(line.left for line in one), max(line.right for line in one)
    beside = right < min(line.left for line in column) or left > max(line.right for line in column)
    return one[0].baseline > column[-1].baseline and not beside


def _start(
    columns: Sequence[Sequence[Line]], column: Sequence[Line], rules: Sequence[Box], height: float, size: float
) -> int | None:
    """Where the notes of a column begin."""
    small = len(column)
    while small and column[small - 1].size <= (SMALLER_READ if column[small - 1].hidden else SMALLER) * size:
        small -= 1
    ruled = _ruled(column, rules, height)
    if ruled is not None and (ruled >= small or _begins(column[ruled], plain=True)):
        return ruled
    called = {line.text[start:stop] for other in columns for line in other for start, stop in line.raised}
    for place in range(small, len(column)):
        raised = _begins(column[place], plain=False)
        mark = raised or _begins(column[place], plain=True)
        if mark and (raised or mark in called or SIGN.fullmatch(mark)):
            return place if place or len(columns) > 1 else None
    return None


def _ruled(column: Sequence[Line], rules: Sequence[Box], height: float) -> int | None:
    """The first line that stands right under a rule for notes."""
    left, right = min(one.left for one in column), max(one.right for one in column)
    wanted = [
        rule.top
        for rule in rules
        if rule.top > HIGHEST * height
        and abs(rule.left - left) <= AT_EDGE
        and rule.right - rule.left <= WIDEST * max(right - left, 1)
    ]
    above = column[0].baseline - 4 * column[0].size
    for place, line in enumerate(column):
        if any(above <= top <= line.baseline - 0.4 * line.size for top in wanted):
            return place
        above = line.baseline
    return None


def _begins(line: Line, *, plain: bool) -> str:
    """The mark that a line begins with: raised, or `plain`."""
    if plain:
        match = MARK.match(line.text)
        return match[1] if match else ""
    if line.raised and line.raised[0][0] == 0:
        return line.text[slice(*line.raised[0])].strip(").]")
    return ""


def _calls(line: Line) -> Iterable[tuple[int, int]]:
    """The stretches of a line that may call a note: raised ones, and signs behind a word."""
    yield from line.raised
    for match in SIGN.finditer(line.text):
        if match.start() and not any(start <= match.start() < stop for start, stop in line.raised):
            yield match.span()


def _notes(found: Sequence[Sequence[Line]], calls: list[Call]) -> Iterable[Note]:
    """The notes of a page; a call that one was found for is taken out."""
    for column in found:
        note: list[Line] = []
        mark, last = "", 0
        for line in column:
            begins = _begins(line, plain=False) or _next(_begins(line, plain=True), last)
            if begins:
                if note:
                    yield _note(note, mark, calls)
                note, mark = [], begins
                last = int(begins) if begins.isdecimal() else last
            note.append(line)
        if note:
            yield _note(note, mark, calls)


def _next(mark: str, last: int) -> str:
    """A mark that is not raised, where it can be the next one: numbers count on."""
    return mark if not mark.isdecimal() or not last or int(mark) == last + 1 else ""


def _note(lines: Sequence[Line], mark: str, calls: list[Call]) -> Note:
    wanted = mark.strip()
    for place, (line, start, stop) in enumerate(calls):
        if wanted and line.text[start:stop].strip("()[]., ") == wanted:
            del calls[place]
            return Note(tuple(lines), mark, (line, start, stop), raised=True)
    return Note(tuple(lines), mark, None)


def _called_plainly(note: Note, columns: Sequence[Sequence[Line]]) -> Note:
    """The note with its place, where its number stands in the text once, as a number of the usual size."""
    if note.called or not note.mark.isdecimal():
        return note
    number = re.compile(rf"(?<=\s){note.mark}(?=[.,;:)]?(?:\s|$))")
    places = [(line, *match.span()) for column in columns for line in column for match in number.finditer(line.text)]
    return replace(note, called=places[0]) if len(places) == 1 else note
