"""The order in which a page is read: columns from left to right, between what goes across them.

A gutter is a stretch without text, high and wide enough, with prose on both sides; narrow or ragged sides are cells of a
table, which is read row by row.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpora.readers.drawn.page import Word
from corpora.readers.printed.lines import Line, lines

# The least width of a gutter, as a share of the size of type and in points.
GUTTER, NARROWEST = 0.8, 6.0
# What a line of prose in a narrow column has at least, in characters; letters of Hangul and Han count twice. How many
# such lines each side must have, and which share of its lines they must be; where other pages have a gutter at the same
# place, less is enough.
CHARACTERS = 18
LINES, SHARE = 4, 0.3
KNOWN_CHARACTERS, KNOWN_LINES, KNOWN_SHARE = 12, 2, 0.1
SAME_PLACE, SAME_EDGE = 8.0, 2.0
# A narrow column, in sizes of its type.
WIDE = 8
DEEPEST, MOST_PLACES = 4, 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a line that no gutter can part."""

    left: float
    right: float
    characters: int


def gutters(words: Sequence[Word], page: int) -> list[float]:
    """Where the gutters of a page are, in points from its left edge."""
    return [place for place, _, _ in _found(lines(words, page), ())]


def columns(words: Iterable[Word], page: int, known: Sequence[float] = (), depth: int = DEEPEST) -> list[list[Line]]:
    """The columns of a page in the order in which they are read, each as its lines.

    Args:
        words: of the page or of a part of it.
        page: its number.
        known: where other pages have gutters.
        depth: how many more times a part can have parts.
    """
    rows = lines(words, page)
    bands = _found(rows, known) if depth else []
    if not bands:
        return [rows] if rows else []
    found: list[list[Line]] = []
    done = 0
    for place, start, stop in sorted(bands, key=lambda band: band[1]):
        found += columns(_words(rows[done:start]), page, known, depth - 1)
        inside = list(_words(rows[start:stop]))
        for side in (
            [word for word in inside if _middle(word) < place],
            [word for word in inside if _middle(word) >= place],
        ):
            found += columns(side, page, known, depth - 1)
        done = stop
    return found + columns(_words(rows[done:]), page, known, depth - 1)


def _words(rows: Iterable[Line]) -> Iterator[Word]:
    return (word for row in rows for word in row.words)


def _middle(word: Word) -> float:
    return (word.left + word.right) / 2


def _found(rows: Sequence[Line], known: Sequence[float]) -> list[tuple[float, int, int]]:
    """The best gutter with the rows it goes through: place, first row, row behind the last; none where there is none."""
    if len(rows) < KNOWN_LINES:
        return []
    stretches = [list(_stretches(row)) for row in rows]
    best: list[tuple[float, int, int]] = []
    most = (0.0, 0.0)
    for place in _places(stretches, known):
        is_known = any(abs(place - one) <= SAME_PLACE for one in known)
        bands = [
            (place, start, stop)
            for start, stop in _bands(stretches, place)
            if _is_columns(rows[start:stop], stretches[start:stop], place, is_known)
        ]
        held = float(sum(stop - start for _, start, stop in bands))
        if bands and (held, _width(stretches, bands)) > most:
            best, most = bands, (held, _width(stretches, bands))
    return best


def _stretches(row: Line) -> Iterator[Stretch]:
    least = max(NARROWEST, GUTTER * row.size)
    left, right, characters = row.words[0].left, row.words[0].right, 0
    for word in row.words:
        if word.left - right >= least:
            yield Stretch(left, right, characters)
            left, characters = word.left, 0
        right = max(right, word.right)
        characters += sum(1 if ord(letter) < 0x1100 else 2 for letter in word.text) + 1
    yield Stretch(left, right, characters)


def _places(stretches: Sequence[Sequence[Stretch]], known: Sequence[float]) -> list[float]:
    """Places worth looking at: in gaps of lines, and left of where many lines begin."""
    counts: Counter[int] = Counter()
    for row in stretches:
        for one, other in itertools.pairwise(row):
            counts[round((one.right + other.left) / 4) * 2] += 1
            counts[round((other.left - NARROWEST / 2) / 2) * 2] += 1
        counts[round((row[0].left - NARROWEST / 2) / 2) * 2] += 1
    found = [float(place) for place, times in counts.most_common(MOST_PLACES) if times > 1]
    return [*known, *found]


def _bands(stretches: Sequence[Sequence[Stretch]], place: float) -> Iterator[tuple[int, int]]:
    """The runs of rows that no text crosses at this place."""
    start = None
    for number, row in enumerate(stretches):
        crosses = any(one.left < place - 1 and one.right > place + 1 for one in row)
        if crosses and start is not None:
            yield start, number
            start = None
        elif not crosses and start is None:
            start = number
    if start is not None:
        yield start, len(stretches)


def _is_columns(rows: Sequence[Line], stretches: Sequence[Sequence[Stretch]], place: float, is_known: bool) -> bool:
    """True where prose stands on both sides of a place, side by side and not one below the other."""
    size = rows[0].size
    sides = []
    for is_left in (True, False):
        found = [
            (row.baseline, inside)
            for row, several in zip(rows, stretches, strict=True)
            if (inside := [one for one in several if (one.right <= place + 1) == is_left])
        ]
        if not found or not _is_prose([inside for _, inside in found], size, is_known):
            return False
        sides.append((found[0][0], found[-1][0]))
    common = min(bottom for _, bottom in sides) - max(top for top, _ in sides)
    return common >= (0 if is_known else LINES - 2) * size


def _is_prose(side: Sequence[Sequence[Stretch]], size: float, is_known: bool) -> bool:
    """True where enough of the lines on one side are long, or spread from edge to edge of a narrow column."""
    characters, least, share = (KNOWN_CHARACTERS, KNOWN_LINES, KNOWN_SHARE) if is_known else (CHARACTERS, LINES, SHARE)
    edges = [(round(row[0].left / SAME_EDGE), round(row[-1].right / SAME_EDGE)) for row in side]
    usual, _ = Counter(edges).most_common(1)[0]
    is_wide = (usual[1] - usual[0]) * SAME_EDGE >= WIDE * size
    # Of a figure's labels and a table's cells the longest of a line counts.
    full = sum(
        max(one.characters for one in row) >= characters or (is_wide and edge == usual)
        for row, edge in zip(side, edges, strict=True)
    )
    return full >= max(least, share * len(side))


def _width(stretches: Sequence[Sequence[Stretch]], bands: Sequence[tuple[float, int, int]]) -> float:
    """How wide the gutter is where it is narrowest."""
    widths = [
        min((one.left for one in row if one.left >= place - 1), default=place + 100)
        - max((one.right for one in row if one.right <= place + 1), default=place - 100)
        for place, start, stop in bands
        for row in stretches[start:stop]
    ]
    return min(widths)
