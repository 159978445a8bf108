"""Hop by hop: every two neighbouring versions alone, then the cuts they share."""

import itertools
from collections.abc import Sequence

from aligners import joint
from aligners.measures import Side
from aligners.search import Shape

Cut = tuple[int, ...]


def search_units(sides: Sequence[Side]) -> list[tuple[Shape, float]]:
    """The units in reading order with their confidence, joined over the hops; as `joint.search_units`.

    A unit that the middle version leaves out falls apart into two; the joint method does not have this fault.
    """
    return chained([joint.search_units(list(two)) for two in itertools.pairwise(sides)])


def chained(hops: Sequence[Sequence[tuple[Shape, float]]]) -> list[tuple[Shape, float]]:
    """Alignments of neighbouring versions as one: it is cut where all of them cut.

    The confidence of a joined unit is that of its least sure part.

    >>> chained([[((1, 1), 0.9), ((1, 1), 0.8)], [((2, 1), 0.7)]])
    [((2, 2, 1), 0.7)]
    """
    cuts: list[Cut] = [(place,) for place in range(sum(shape[0] for shape, _ in hops[0]) + 1)]
    sure: list[dict[Cut, float]] = []
    for hop in hops:
        steps, place = [(0, 0)], (0, 0)
        ends: dict[Cut, float] = {}
        for (x, y), confidence in hop:
            place = (place[0] + x, place[1] + y)
            steps.append(place)
            ends[place] = confidence
        sure.append(ends)
        cuts = _shared(cuts, steps)
    units = []
    for before, after in itertools.pairwise(cuts):
        shape = tuple(b - a for a, b in zip(before, after, strict=True))
        units.append((shape, _least_sure(before, after, sure)))
    return units


def _shared(cuts: list[Cut], hop: list[tuple[int, int]]) -> list[Cut]:
    """Cuts over one more version. Where several cuts meet at one place of the middle version, the earlier version goes first."""
    found: list[Cut] = []
    for middle in sorted({cut[-1] for cut in cuts} & {a for a, _ in hop}):
        left = [cut for cut in cuts if cut[-1] == middle]
        right = [b for a, b in hop if a == middle]
        found += [(*cut, right[0]) for cut in left]
        found += [(*left[-1], b) for b in right[1:]]
    return found


def _least_sure(before: Cut, after: Cut, sure: list[dict[Cut, float]]) -> float:
    inside = [
        confidence
        for place, ends in enumerate(sure)
        for end, confidence in ends.items()
        if before[place : place + 2] < end <= after[place : place + 2]
        and end[0] <= after[place]
        and end[1] <= after[place + 1]
    ]
    return min(inside, default=1.0)
