"""Versions with some segments elsewhere, to be aligned like any others."""

import itertools
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligners.costs.measures import Parts, Side, Stretch, cut
from aligners.encoders import Array
from aligners.moved.aligned import Aligned
from aligners.moved.moves import Move, Region
from aligners.search import Shape

Search = Callable[[Sequence[Side], Stretch], tuple[list[tuple[Shape, float]], float]]
# Segments to either side of a region that tell what is usual around it.
AROUND = 40


@dataclass(frozen=True, slots=True)
class Reordered:
    """A region of the units in another order: its segments of each version, its units then, and how well it fits."""

    orders: tuple[tuple[int, ...], ...]
    units: tuple[tuple[Shape, float], ...]
    fit: float

    @property
    def spelt_out(self) -> Iterator[tuple[list[tuple[int, ...]], float]]:
        """The units with their segments of each version and their confidence."""
        places = [0] * len(self.orders)
        for shape, confidence in self.units:
            ends = [place + size for place, size in zip(places, shape, strict=True)]
            yield [order[a:b] for order, a, b in zip(self.orders, places, ends, strict=True)], confidence
            places = ends


def reordered(units: Aligned, region: Region, moves: Collection[Move], search: Search) -> Reordered:
    """The region without the segments that moved away, and with those that moved here, as the search aligns it."""
    away = {(move.version, segment) for move in moves for segment in move.segments}
    orders, sides, begin = [], [], []
    for version, side in enumerate(units.sides):
        start, stop = (int(units.begins[unit, version]) for unit in region)
        order = _order(range(start, stop), [move for move in moves if move.version == version], region)
        ahead = [s for s in range(max(0, start - AROUND), start) if (version, s) not in away]
        behind = [s for s in range(stop, min(len(side), stop + AROUND)) if (version, s) not in away]
        orders.append(tuple(order))
        sides.append(rearranged(side, [*ahead, *order, *behind]))
        begin.append(len(ahead))
    end = tuple(at + len(order) for at, order in zip(begin, orders, strict=True))
    found, fit = search(sides, (tuple(begin), end))
    return Reordered(tuple(orders), tuple(found), fit)


def _order(segments: range, moves: Sequence[Move], region: Region) -> list[int]:
    """The segments of a version in the region, with its moves made."""
    away = {segment for move in moves for segment in move.segments}
    here = sorted(
        (m for m in moves if region[0] <= m.targets[0] < region[1]), key=lambda move: (move.before, move.targets)
    )
    order: list[int] = []
    for place in range(segments.start, segments.stop + 1):
        for move in here:
            if move.before == place:
                order += move.segments
        if place < segments.stop and place not in away:
            order.append(place)
    return order


def rearranged(side: Side, order: Sequence[int]) -> Side:
    """A version of these segments in this order; those that were not neighbours are not joined.

    Names are left out: to find them takes longer than all else, and every order is searched without them.
    """
    jumps = np.flatnonzero(np.diff(order) != 1) + 1
    parts = [cut(side, int(run[0]), int(run[-1]) + 1) for run in np.split(np.asarray(order, int), jumps) if len(run)]
    if not parts:
        return cut(side, 0, 0)
    joinable = np.concatenate([np.append(part.joinable, False) for part in parts])
    return Side(
        vectors=tuple(_row_by_row([(part.vectors[k], len(part)) for part in parts], k) for k in range(len(side.vectors))),
        reach=np.concatenate([[0.0], np.cumsum(np.concatenate([np.diff(part.reach) for part in parts]))]),
        kinds=np.concatenate([part.kinds for part in parts]),
        endings=np.concatenate([part.endings for part in parts]),
        numbers=tuple(itertools.chain.from_iterable(part.numbers for part in parts)),
        names=(frozenset[str](),) * len(joinable),
        joinable=joinable[:-1],
        goes_on=np.concatenate([part.goes_on for part in parts]),
        open_ends=np.concatenate([part.open_ends for part in parts]),
        sentences=_together([part.sentences for part in parts], parts),
        clauses=_together([part.clauses for part in parts], parts),
    )  # fmt: skip


def _row_by_row(parts: Sequence[tuple[Array, int]], more: int) -> Array:
    """Vectors of runs of 1 + `more` segments; zeros for those that would reach from one part into the next."""
    found: Array = np.concatenate([np.pad(rows, ((0, size - len(rows)), (0, 0))) for rows, size in parts])
    return found[: max(0, len(found) - more)]


def _together(parts: Sequence[Parts], sides: Sequence[Side]) -> Parts:
    firsts = itertools.accumulate([len(side) for side in sides], initial=0)
    return Parts(
        np.concatenate([part.vectors for part in parts]),
        np.concatenate([part.segment + first for part, first in zip(parts, firsts, strict=False)]),
    )
