"""Segments that versions in one language have in common, word for word or nearly: the search works between them.

First come segments with the same words that stand once in every version, chained in reading order (the patience
method for comparing files); then, between those, segments with nearly the same words that are each other's best match
by far. Only what is long enough not to be the same by chance is believed, and only where no word of a neighbour
belongs to it.
"""

import itertools
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from aligners import pieces
from aligners.alignment import Span, Unit
from aligners.costs.measures import Stretch
from aligners.pieces import Position
from corpora.document import Version

# Words by which texts are compared; scripts without blanks have one a character.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
# Fewest words of an anchor: two translations may well have "What do you mean by that?" at different places.
LEAST = 8
# Most words of a near match: to compare longer texts word by word takes much memory.
MOST = 2000
# Share of words in common, in percent, from which segments are nearly the same, and by how much any other must be less.
ALIKE, BETTER = 90.0, 10.0
# Words by which one text may be longer than the other before their first run of FIRM common words, and behind the last.
EDGE, FIRM = 2, 3
# Segments to either side of the straight way between two exact matches that are compared; rows compared at a time.
BAND, ROWS = 100, 64
# Of a segment with the same words that stands once in every version. Another one may still be meant.
EXACT = 0.99
# Tags that name no one language (BCP 47).
NO_LANGUAGE = ("", "und", "mul", "mis", "zxx")
# The private use area, from which code points run on without surrogates.
PRIVATE = 0xE000


def is_one_language(versions: Sequence[Version]) -> bool:
    """True when all versions have the same primary language tag, and it names a language."""
    primary = {version.language.split("-")[0].lower() for version in versions}
    return len(primary) == 1 and not primary & set(NO_LANGUAGE)


def signs(texts: Iterable[Sequence[str]]) -> list[str]:
    """Each text, given as words, as a string with one character a word, the same one for the same word."""
    known: dict[str, str] = {}
    return ["".join([known.setdefault(word, chr(PRIVATE + len(known))) for word in words]) for words in texts]


def anchors(versions: Sequence[Version], fences: Sequence[Stretch] = ()) -> list[tuple[Stretch, Unit]]:
    """The segments that are the same or nearly so in all versions, one of each, in reading order.

    Args:
        versions: two or more with segments; nothing is found when they are not all in one language.
        fences: stretches of body segments in reading order that no anchor takes from, crosses or runs through.

    Returns:
        The stretch that each takes, counted in body segments, and its unit.
    """
    if not is_one_language(versions):
        return []
    bodies = [version.body for version in versions]
    sizes = list(map(len, bodies))
    coded = iter(signs(_words(segment.text) for body in bodies for segment in body))
    texts = [list(itertools.islice(coded, size)) for size in sizes]
    once = [{text for text, count in Counter(side).items() if count == 1 and len(text) >= LEAST} for side in texts]
    begins, ends = [begin for begin, _ in fences], [end for _, end in fences]
    firsts = [end[0] for end in ends]

    def is_free(place: Position) -> bool:
        # A fence that ends before the place in one version is not behind it in any.
        count = bisect_right(firsts, place[0])
        return (count == 0 or _before(ends[count - 1], place)) and (
            count == len(ends) or _before(_next(place), begins[count])
        )

    places = [{text: place for place, text in enumerate(side)} for side in texts]
    common = [text for text in texts[0] if all(text in unique for unique in once)]
    exact = pieces.follow(place for text in common if is_free(place := tuple(where[text] for where in places)))
    found = dict.fromkeys(exact, EXACT)
    borders = [(-1,) * len(sizes), *exact, tuple(sizes)]
    for before, after in itertools.pairwise(borders):
        close = {
            place: ratio
            for place, ratio in _near(texts, _next(before), after)
            if is_free(place)
            and all(
                side[at] in unique and len(side[at]) <= MOST
                for side, at, unique in zip(texts, place, once, strict=True)
            )
            and _is_whole(texts, place)
        }
        found |= {place: min(close[place] / 100, EXACT) for place in pieces.follow(close)}
    return [
        (
            (place, _next(place)),
            Unit(tuple(_span(body[at].index) for body, at in zip(bodies, place, strict=True)), sure),
        )
        for place, sure in sorted(found.items())
    ]


def _words(text: str) -> list[str]:
    """The words of a text without case, marks and forms of one letter.

    >>> _words("“Don’t,” he  SAID.")
    ['don', 't', 'he', 'said']
    """
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _span(index: int) -> Span:
    return Span(index, index + 1)


def _next(place: Position) -> Position:
    return tuple(at + 1 for at in place)


def _before(a: Position, b: Position) -> bool:
    return all(x <= y for x, y in zip(a, b, strict=True))


def _near(texts: Sequence[Sequence[str]], begin: Position, end: Position) -> list[tuple[Position, float]]:
    """Segments between two places of which every two are each other's best match, with the least of their ratios."""
    if any(a == b for a, b in zip(begin, end, strict=True)):
        return []
    best = {
        (a, b): _best([texts[a][begin[a] : end[a]], texts[b][begin[b] : end[b]]])
        for a, b in itertools.combinations(range(len(texts)), 2)
    }
    found = []
    for first in best[0, 1]:
        others = [best[0, other].get(first) for other in range(1, len(texts))]
        place = (first, *(other[0] for other in others if other))
        if len(place) < len(texts):
            continue
        pairs = [best[a, b].get(place[a], (-1, 0.0)) for a, b in best]
        if all(there == place[b] for (there, _), (_, b) in zip(pairs, best, strict=True)):
            found.append((tuple(x + y for x, y in zip(begin, place, strict=True)), min(ratio for _, ratio in pairs)))
    return found


def _best(sides: Sequence[Sequence[str]]) -> dict[int, tuple[int, float]]:
    """For rows of the first side the row of the second and their ratio, where each is by far the other's best."""
    source, target = sides
    slope = len(target) / len(source)
    cells: list[tuple[float, int, int]] = []
    for start in range(0, len(source), ROWS):
        some = source[start : start + ROWS]
        low = max(0, int(start * slope) - BAND)
        high = int((start + len(some)) * slope) + BAND
        ratios = process.cdist(some, target[low:high], scorer=fuzz.ratio, score_cutoff=ALIKE - BETTER, dtype=np.float32)
        cells += [
            (float(ratios[row, column]), start + int(row), low + int(column)) for row, column in np.argwhere(ratios)
        ]
    rows: dict[int, list[float]] = {}
    columns: dict[int, list[float]] = {}
    for ratio, row, column in cells:
        rows.setdefault(row, []).append(ratio)
        columns.setdefault(column, []).append(ratio)
    return {
        row: (column, ratio)
        for ratio, row, column in cells
        if ratio >= ALIKE and _stands_out(ratio, rows[row]) and _stands_out(ratio, columns[column])
    }


def _stands_out(ratio: float, ratios: Sequence[float]) -> bool:
    """True when all but one of the ratios, which is the given one, are clearly less."""
    return sum(other > ratio - BETTER for other in ratios) == 1


def _is_whole(texts: Sequence[Sequence[str]], place: Position) -> bool:
    """True when no neighbour of these segments, one of each version, holds words that belong to them."""
    for a, b in itertools.permutations(range(len(texts)), 2):
        source, target = texts[a][place[a]], texts[b][place[b]]
        ratio = fuzz.ratio(source, target)
        before = texts[a][place[a] - 1] if place[a] else ""
        after = texts[a][place[a] + 1] if place[a] + 1 < len(texts[a]) else ""
        if max(fuzz.ratio(before + source, target), fuzz.ratio(source + after, target)) > ratio:
            return False
        if (before or after) and not _have_even_edges(source, target):
            return False
    return True


def _have_even_edges(source: str, target: str) -> bool:
    """True when about as many words stand in both texts before what they have in common, and behind it."""
    firm = [block for block in LCSseq.opcodes(source, target).as_matching_blocks() if block.size >= FIRM]
    if not firm:
        return False
    first, last = firm[0], firm[-1]
    behind = (len(source) - last.a) - (len(target) - last.b)
    return abs(first.a - first.b) <= EDGE and abs(behind) <= EDGE
