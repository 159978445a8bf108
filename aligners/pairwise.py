"""Hop by hop: every two neighbouring versions alone, then the cuts they share."""

import itertools
from collections.abc import Callable, Sequence

import numpy as np

from aligners import joint
from aligners.costs.measures import Side, Stretch, whole
from aligners.search import Shape

Cut = tuple[int, ...]


def search_units(sides: Sequence[Side], stretches: Sequence[Stretch] | None = None) -> list[tuple[Shape, float]]:
    """The units in reading order with their confidence, joined over the hops; as `joint.search_units`.

    A unit that the middle version leaves out falls apart into two; the joint method does not have this fault.
    """
    return hop_by_hop(joint.search_units, sides, stretches)


def hop_by_hop(
    search_two: Callable[[Sequence[Side], Sequence[Stretch]], list[tuple[Shape, float]]],
    sides: Sequence[Side],
    stretches: Sequence[Stretch] | None,
) -> list[tuple[Shape, float]]:
    """Units of neighbouring versions, found two by two and chained, stretch by stretch."""
    chosen = whole(sides) if stretches is None else stretches
    hops = []
    for place, two in enumerate(itertools.pairwise(sides)):
        projected = [(begin[place : place + 2], end[place : place + 2]) for begin, end in chosen]
        hops.append(dealt_out(search_two(two, projected), projected))
    units = []
    for stretch, found in zip(chosen, zip(*hops, strict=True), strict=True):
        units += chained(found) if stretch[0] != stretch[1] else []
    return units


def dealt_out(units: Sequence[tuple[Shape, float]], stretches: Sequence[Stretch]) -> list[list[tuple[Shape, float]]]:
    """Units one after the other, as those of each stretch.

    >>> dealt_out([((1, 1), 0.9), ((1, 0), 0.8)], [((0, 0), (1, 1)), ((1, 1), (2, 1))])
    [[((1, 1), 0.9)], [((1, 0), 0.8)]]
    """
    rest = iter(units)
    found = []
    for begin, end in stretches:
        missing = np.array(end) - begin
        mine = []
        while missing.any():
            shape, confidence = next(rest)
            missing -= shape
            mine.append((shape, confidence))
        found.append(mine)
    return found


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
