"""Words -> lines: what stands on one baseline, from left to right, with raised marks and large initials in their places."""

import itertools
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpora.building import clean
from corpora.readers.drawn.page import Word

# As shares of the size of type. Baselines of one line differ by less; a mark of a note is smaller than this beside its
# line, at most so far from its word, and so far up or down.
SAME_BASELINE = 0.25
SMALLER, BESIDE, RAISED, LOWERED = 0.87, 0.6, 0.75, 0.35
# Words nearer than this have no blank between them, whatever order they were drawn in.
NO_BLANK = 0.1
# An initial is this many times as large as the text that it begins.
INITIAL, MOST_INITIALS = 1.7, 20
# What stands apart by this is no longer one stretch of text: a tab, a column.
APART, MOST_CELLS = 2.0, 40


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline.

    Args:
        words: from left to right.
        text: with a blank where there is one on the page.
        starts: where each word begins in the text.
        raised: the stretches of the text that are smaller and higher than the rest, as marks of notes are.
        left: where it begins, in points.
        right: where it ends.
        baseline: what most of it stands on.
        size: of most of its type.
        bold: all its letters are heavy.
        page: the number of its page.
    """

    words: tuple[Word, ...]
    text: str
    starts: tuple[int, ...]
    raised: tuple[tuple[int, int], ...]
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    page: int

    @property
    def gaps(self) -> list[tuple[float, float]]:
        """The stretches between words that stand apart, as left and right ends; of a table that is too wide the first."""
        pairs = itertools.pairwise(self.words)
        apart = ((one.right, other.left) for one, other in pairs if other.left - one.right > APART * self.size)
        return list(itertools.islice(apart, MOST_CELLS))

    @property
    def ends_blank(self) -> bool:
        """True when a blank was drawn behind it."""
        return self.words[-1].blank

    @property
    def hidden(self) -> bool:
        """True for the text layer of a scan, whose places and sizes are those of a machine."""
        return self.words[0].hidden or self.words[0].confidence < 1


def lines(words: Iterable[Word], page: int) -> list[Line]:
    """The lines of one column, or of a page of one column, from the top."""
    rows: list[list[Word]] = []
    heights: list[float] = []
    written = [replace(word, text=text) if text != word.text else word for word in words if (text := clean(word.text))]
    for main, word in sorted(_glued(_initials(written)), key=lambda pair: pair[0].baseline):
        if rows and main.baseline - heights[-1] <= SAME_BASELINE * min(main.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
            heights.append(main.baseline)
    _attach(rows)
    return [line(row, page) for row in rows if row]


def _glued(words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """Each word with the largest of those that it is glued to, on whose baseline it counts."""
    held: list[Word] = []
    for word in (*words, None):
        if held and (word is None or not word.glued or abs(word.baseline - held[-1].baseline) > held[-1].size):
            main = max(held, key=lambda one: one.size)
            yield from ((main, one) for one in held)
            held = []
        if word is not None:
            held.append(word)


def line(words: Sequence[Word], page: int) -> Line:
    """The line that words make."""
    words = sorted(words, key=lambda word: word.left)
    size, baseline = _usual(words)
    pieces, starts, raised = [], [], []
    length = 0
    for place, word in enumerate(words):
        if place and _has_blank(words[place - 1], word):
            pieces.append(" ")
            length += 1
        starts.append(length)
        if word.size <= SMALLER * size and baseline - word.baseline > 0.15 * size:
            raised.append((length, length + len(word.text)))
        pieces.append(word.text)
        length += len(word.text)
    # Marks that were drawn apart from their letters join them only here, which shortens a text.
    text = clean("".join(pieces))
    return Line(
        words=tuple(words),
        text=text,
        starts=tuple(min(start, len(text)) for start in starts),
        raised=tuple(raised),
        left=words[0].left,
        right=max(word.right for word in words),
        baseline=baseline,
        size=size,
        bold=all(word.bold for word in words if any(map(str.isalpha, word.text)))
        and any(map(str.isalpha, "".join(pieces))),
        page=page,
    )


def _has_blank(one: Word, other: Word) -> bool:
    gap = other.left - one.right
    if other.glued and gap <= BESIDE * min(one.size, other.size):
        return False
    return one.blank or gap > NO_BLANK * min(one.size, other.size)


def _usual(words: Sequence[Word]) -> tuple[float, float]:
    """The size and the baseline of most characters."""
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size] += len(word.text)
    size = max(sizes, key=lambda one: (sizes[one], one))
    return size, next(word.baseline for word in words if word.size == size)


def _attach(rows: list[list[Word]]) -> None:
    """Puts small words that stand beside larger ones of the row above or below into that row."""
    for row in rows:
        row.sort(key=lambda word: word.left)
    largest = [max(word.size for word in row) for row in rows]
    for place, row in enumerate(rows):
        near = [other for other in (place + 1, place - 1) if 0 <= other < len(rows)]
        others = [rows[other] for other in near]
        limit = SMALLER * max((largest[other] for other in near), default=0)
        kept = []
        for word in row:
            beside = (other for other in others if any(_is_mark(word, one) for one in _beside(word, other)))
            home = next(beside, None) if word.size <= limit else None
            if home is None:
                kept.append(word)
            else:
                insort(home, word, key=lambda one: one.left)
        row[:] = kept


def _beside(word: Word, row: Sequence[Word]) -> Sequence[Word]:
    """The words of a row, which are in order, between which a word stands."""
    place = bisect_left(row, word.left, key=lambda one: one.left)
    return row[max(0, place - 2) : place + 2]


def _is_mark(word: Word, beside: Word) -> bool:
    if word.size > SMALLER * beside.size:
        return False
    gap = max(word.left - beside.right, beside.left - word.right)
    rise = beside.baseline - word.baseline
    near = -BESIDE * beside.size <= gap <= BESIDE * beside.size
    return near and -LOWERED * beside.size <= rise <= RAISED * beside.size


def _initials(words: list[Word]) -> list[Word]:
    """The words with large initials as the first letters of the lines whose height they have."""
    usual = usual_size(words)
    found: list[tuple[int, int]] = []
    for place, word in enumerate(words):
        if len(found) < MOST_INITIALS and len(word.text) == 1 and word.text.isalpha() and word.size >= INITIAL * usual:
            beside = [
                number
                for number, other in enumerate(words)
                if other.size <= word.size / INITIAL and -0.5 * usual <= other.left - word.right <= 1.2 * usual
                and word.top - 0.6 * usual <= other.baseline - other.size <= word.baseline
            ]  # fmt: skip
            if len({round(words[number].baseline) for number in beside}) > 1:
                found.append((place, min(beside, key=lambda number: words[number].baseline)))
    for place, first in found:
        beside_it = words[first]
        words[place] = replace(words[place], baseline=beside_it.baseline, size=beside_it.size)
        words[first] = replace(beside_it, glued=True, left=words[place].right)
    return words


def usual_size(words: Iterable[Word]) -> float:
    """The size of type of most characters, in half points; 10 where there are none."""
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(2 * word.size) / 2] += len(word.text)
    return max(sizes, key=lambda one: sizes[one]) if sizes else 10.0
