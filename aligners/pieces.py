"""Long documents, piece by piece, so that time and memory grow with their length and not with its square.

A document is cut where nobody doubts that all versions may be cut: between two neighbouring segments of each version
that are, in every two versions, each other's best match in the whole document. Such places are chained in reading
order, and about every PIECE segments one of them becomes a cut.
"""

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np

from aligners.costs.measures import Side
from aligners.encoders import Array

Position = tuple[int, ...]
# Segments a version that one piece holds at least, and more than which a document is cut at all.
PIECE, WHOLE = 150, 300
# A piece that would grow past this is cut at a less sure place.
MOST = 300
# Rows compared with a whole version at a time.
ROWS = 1024


def borders(sides: Sequence[Side]) -> list[Position]:
    """Where the pieces of the versions begin and end: the beginning, the cuts in reading order, the end."""
    begin, end = (0,) * len(sides), tuple(len(side) for side in sides)
    if max(end) <= WHOLE:
        return [begin, end]
    chain = follow(_matches(sides))
    # Behind a match that is followed at once by another in every version.
    sure = {
        tuple(place + 1 for place in one)
        for one, following in itertools.pairwise(chain)
        if all(b == a + 1 for a, b in zip(one, following, strict=True))
    }
    found = [begin]
    for place in (*chain, end):
        while max(b - a for a, b in zip(found[-1], place, strict=True)) > MOST:
            found.append(_less_sure(found[-1], chain, end))
        if place in sure and min(b - a for a, b in zip(found[-1], place, strict=True)) >= PIECE:
            found.append(place)
    return [*found, end] if found[-1] != end else found


def _less_sure(begin: Position, chain: Sequence[Position], end: Position) -> Position:
    """Before or behind the last single match that keeps the piece small enough, or at the same share of every rest."""
    fitting = [
        place
        for match in chain
        for place in (match, tuple(at + 1 for at in match))
        if place != begin
        and all(a <= b for a, b in zip(begin, place, strict=True))
        and max(b - a for a, b in zip(begin, place, strict=True)) <= MOST
    ]
    if fitting:
        return fitting[-1]
    share = MOST / max(b - a for a, b in zip(begin, end, strict=True))
    return tuple(a + int((b - a) * share) for a, b in zip(begin, end, strict=True))


def _matches(sides: Sequence[Side]) -> list[Position]:
    """Segments, one of each version, of which every two are each other's best match; in the order of the first."""
    best = {
        (a, b): _mutual(sides[a].vectors[0], sides[b].vectors[0])
        for a, b in itertools.combinations(range(len(sides)), 2)
    }
    found = []
    for first in range(len(sides[0])):
        place = (first, *(int(best[0, other][first]) for other in range(1, len(sides))))
        if -1 not in place and all(best[a, b][place[a]] == place[b] for a, b in best):
            found.append(place)
    return found


def _mutual(source: Array, target: Array) -> Array:
    """For every row of the source its best row of the target when it is that row's best too, else -1."""
    there = np.zeros(len(source), np.int64)
    back, highest = np.zeros(len(target), np.int64), np.full(len(target), -np.inf, np.float32)
    for start in range(0, len(source), ROWS):
        likeness = source[start : start + ROWS] @ target.T
        there[start : start + ROWS] = likeness.argmax(axis=1)
        rows, values = likeness.argmax(axis=0), likeness.max(axis=0)
        better = values > highest
        back[better], highest[better] = rows[better] + start, values[better]
    return np.where(back[there] == np.arange(len(source)), there, -1)


def follow(matches: Iterable[Position]) -> list[Position]:
    """The most matches that follow one another in every version, one version after the other."""
    chain = sorted(matches)
    for version in range(1, len(chain[0]) if chain else 0):
        chain = _rising(chain, version)
    return chain


def _rising(places: Sequence[Position], version: int) -> list[Position]:
    """The longest part of the places in which this version rises (patience sorting: Fredman 1975)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for row, place in enumerate(places):
        pile = bisect_left(tops, place[version])
        before.append(ends[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place[version])
            ends.append(row)
        else:
            tops[pile], ends[pile] = place[version], row
    found = []
    row = ends[-1] if ends else -1
    while row >= 0:
        found.append(places[row])
        row = before[row]
    return found[::-1]
