"""Units longer than the lattice has shapes for: what the search had to leave apart beside them is joined to them.

One paragraph may stand against a dozen short ones. The search takes as many of them as its largest unit holds and leaves
the rest next to it without that counterpart. Units side by side are joined when what one of them lacks and the other has
tells, more than what stands beside it, what the first tells.
"""

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from aligners.costs.measures import Side
from aligners.costs.pairs import Pair
from aligners.encoders import Array
from aligners.search import Shape

# What is joined tells at least this share of what the unit's own segments tell of each other.
SHARE = 1 / 3
# What a unit with a single side is taken to tell of itself.
ALONE = 1.5
# Segments to either side of a unit that could hold instead what is joined to it (a text may repeat itself far away), and
# by how much more they have to tell of it.
BESIDE, CLOSE = 12, 0.1
# A unit's shape and its confidence.
Found = tuple[Shape, float]


def joined(
    units: Sequence[Found],
    begin: Sequence[int],
    sides: Sequence[Side],
    compared: Mapping[tuple[int, int], Pair],
    shapes: Collection[Shape],
) -> list[Found]:
    """The units in reading order, those that had to be cut off joined again; as sure as they tell what stands there.

    Args:
        units: as they were searched.
        begin: the first segments of the stretch that was searched.
        sides: the measured versions.
        compared: every two of them.
        shapes: those the search knows.
    """
    sizes = np.array([shape for shape, _ in units])
    starts = np.cumsum([begin, *sizes], axis=0)
    known = set(shapes)
    found: list[Found] = []
    done = 0
    for number in range(len(units)):
        if number < done:
            continue
        first, last = number, number + 1
        told: list[float] = []
        for way in (range(number - 1, done - 1, -1), range(number + 1, len(units))):
            fitting = _fitting(way, number, sizes, starts, compared)
            told += fitting.values()
            first, last = min([first, *fitting]), max([last, *(other + 1 for other in fitting)])
        shape = tuple(int(size) for size in sizes[first:last].sum(axis=0))
        if told and shape not in known and _are_joinable(sides, starts[first], starts[last]):
            del found[len(found) - (number - first) :]
            # A unit that is the less sure the better it might be alone.
            sure = units[number][1] if np.count_nonzero(sizes[number]) > 1 else 1 - units[number][1]
            found.append((shape, sure * min(1.0, float(np.mean(told)))))
            done = last
        else:
            found.append(units[number])
    return found


def _fitting(
    way: Iterable[int], unit: int, sizes: Array, starts: Array, compared: Mapping[tuple[int, int], Pair]
) -> dict[int, float]:
    """The units on the way from a unit that may be joined to it, up to the first that may not, and what they tell of it."""
    filled = np.flatnonzero(sizes[unit]).tolist()
    fitting: dict[int, float] = {}
    usual = 0.0
    for other in way:
        lacking = [place for place in filled if not sizes[other, place]]
        if not lacking:
            break
        usual = usual or _usual(compared, unit, filled, starts)
        pairs = itertools.product(np.flatnonzero(sizes[other]).tolist(), lacking)
        share = _mean(_told(compared, other, unit, list(pairs), starts)) / usual
        if share < SHARE:
            break
        fitting[other] = share
    return fitting


def _usual(compared: Mapping[tuple[int, int], Pair], unit: int, filled: Sequence[int], starts: Array) -> float:
    """How much a unit's own sides tell of each other."""
    if len(filled) < 2:
        return ALONE
    return max(1.0, _mean(_told(compared, unit, unit, list(itertools.permutations(filled, 2)), starts)))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _told(
    compared: Mapping[tuple[int, int], Pair], one: int, other: int, pairs: Iterable[tuple[int, int]], starts: Array
) -> list[float]:
    """How much of each segment of one unit stands in the other's version, 0 where more of it stands beside it.

    `pairs` are versions: of the one unit, and of the other.
    """
    found: list[float] = []
    for version, place in pairs:
        first, second = sorted((version, place))
        there, here = compared[first, second].ends.inside
        rows = (there if version < place else here.T)[starts[one, version] : starts[one + 1, version]]
        begin, end = starts[other, place], starts[other + 1, place]
        best = rows[:, begin:end].max(axis=1)
        rows = rows[:, max(0, begin - BESIDE) : end + BESIDE]
        found += np.where(best >= rows.max(axis=1) - CLOSE, best, 0.0).tolist()
    return found


def _are_joinable(sides: Sequence[Side], begin: Array, end: Array) -> bool:
    runs = zip(sides, begin, end, strict=True)
    return all(side.joinable[first : max(first, last - 1)].all() for side, first, last in runs)
