"""The one dynamic program: the cheapest way through a lattice of positions, and how sure each step is.

A position is one count a version: how many segments have been taken. A step takes a shape, such as (1, 2, 1): one
segment of the first version, two of the second, one of the third. Steps have costs, and the cheapest way from the
beginning to the end is the alignment. With costs read as negative log potentials, the forward and backward sums
give every step its posterior probability.

Source: Gale and Church 1993 for the dynamic program; Rabiner 1989 for forward-backward; Sarawagi and Cohen 2004 for
steps of more than one segment.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Array = np.ndarray
Shape = tuple[int, ...]
NO_WAY = np.inf
# Sums beyond this are made smaller; they are looked at every so many layers, in which they cannot grow beyond all bounds.
LARGE, LAYERS = 1e90, 16


@dataclass(frozen=True, slots=True)
class Lattice:
    """Positions in order of their sum, and the steps between them.

    `positions` has shape (positions, versions). `before[p, s]` and `after[p, s]` are the positions that lie one step
    of shape s before and behind p; where there is none they hold the number of positions, a place past the end.
    `layers` are the rows of one sum each.
    """

    positions: Array
    shapes: tuple[Shape, ...]
    before: Array
    after: Array
    layers: tuple[tuple[int, int], ...]


def full(sizes: Sequence[int], shapes: Sequence[Shape]) -> Lattice:
    """The lattice of every position between nothing and `sizes` segments a version."""
    axes = np.meshgrid(*(np.arange(size + 1) for size in sizes), indexing="ij")
    return lattice(np.stack([axis.ravel() for axis in axes], axis=1), shapes)


def lattice(positions: Array, shapes: Sequence[Shape]) -> Lattice:
    """The lattice of these positions, shape (positions, versions), which hold the beginning and the end."""
    positions = np.asarray(positions, np.int64)
    limits = positions.max(axis=0) + 1
    weights = np.concatenate([np.cumprod(limits[::-1])[-2::-1], [1]])
    keys = positions @ weights
    sums = positions.sum(axis=1)
    order = np.lexsort((keys, sums))
    positions, keys, sums = positions[order], keys[order], sums[order]
    by_key = np.argsort(keys, kind="stable")
    sorted_keys = keys[by_key]

    steps = np.array(shapes).reshape(len(shapes), positions.shape[1])
    wanted = keys[:, None] - steps @ weights
    place = np.searchsorted(sorted_keys, wanted)
    found = np.take(sorted_keys, place, mode="clip") == wanted
    # A key that leaves the lattice on one side may be that of a position on the other.
    for version, size in enumerate(steps.T):
        found &= positions[:, version, None] >= size
    before = np.where(found, np.take(by_key, place, mode="clip"), len(keys)).astype(np.int32)
    after = np.full((len(keys) + 1, len(shapes)), len(keys), np.int32)
    after[before, np.arange(len(shapes))] = np.arange(len(keys), dtype=np.int32)[:, None]
    borders = np.concatenate([[0], np.flatnonzero(np.diff(sums)) + 1, [len(sums)]])
    return Lattice(
        positions=positions,
        shapes=tuple(shapes),
        before=before,
        after=after[:-1],
        layers=tuple((int(a), int(b)) for a, b in itertools.pairwise(borders)),
    )


def reached(grid: Lattice, costs: Array) -> Array:
    """The cost of the cheapest way to every position, infinite where none leads, and once more infinite at the end.

    Args:
        grid: the lattice.
        costs: cost of the step of each shape into each position, shape (positions, shapes); infinite where barred.
    """
    best = np.full(len(grid.positions) + 1, NO_WAY)
    best[0] = 0.0
    before = grid.before
    for first, last in grid.layers[1:]:
        (best[before[first:last]] + costs[first:last]).min(axis=1, out=best[first:last])
    return best


def cheapest(grid: Lattice, costs: Array, best: Array | None = None) -> list[tuple[int, int]]:
    """The cheapest way from the first position to the last, as (position reached, shape) of every step.

    Args:
        grid: the lattice.
        costs: as for `reached`.
        best: what `reached` gives, where it is known.

    Raises:
        ValueError: no way leads to the last position.
    """
    best = reached(grid, costs) if best is None else best
    place = len(grid.positions) - 1
    if not np.isfinite(best[place]):
        raise ValueError("no way leads through the lattice")
    steps = []
    while place:
        column = int((best[grid.before[place]] + costs[place]).argmin())
        steps.append((place, column))
        place = int(grid.before[place, column])
    return steps[::-1]


def posteriors(grid: Lattice, costs: Array, best: Array | None = None) -> Array:
    """Probability of every step, shape (positions, shapes): its share of all ways, weighted by exp(-cost).

    Args:
        grid: the lattice.
        costs: as for `reached`.
        best: what `reached` gives, where it is known.
    """
    return posteriors_and_total(grid, costs, best)[0]


def posteriors_and_total(grid: Lattice, costs: Array, best: Array | None = None) -> tuple[Array, float]:
    """As `posteriors`, and the log of the sum of exp(-cost) over all ways.

    Each step counts by what it costs more than the cheapest way to where it leads. Ways are then worth 1 or less, so
    that their sums need no logarithms.
    """
    best = reached(grid, costs) if best is None else best
    count, columns = len(grid.positions), np.arange(len(grid.shapes))
    worth = np.zeros((count + 1, len(grid.shapes)))
    with np.errstate(invalid="ignore"):
        np.exp(best[:count, None] - best[grid.before] - costs, out=worth[:-1])
    worth[np.isnan(worth)] = 0.0
    longest = max(map(sum, grid.shapes))
    ahead, lifted = _sums(grid.layers, grid.before, worth, 0, longest)
    behind, dropped = _sums(grid.layers[::-1], grid.after, worth[grid.after, columns], count - 1, longest)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = ahead[grid.before] * worth[:-1] * (behind[:count, None] / ahead[count - 1])
        powers = lifted[grid.before] + dropped[:count, None] - lifted[count - 1]
        if powers.any():
            share = np.exp(np.log(share) + powers * np.log(LARGE))
        total = np.log(ahead[count - 1]) + lifted[count - 1] * np.log(LARGE) - best[count - 1]
    # Rounding makes nothing more than certain.
    return np.minimum(np.nan_to_num(share, nan=0.0, posinf=0.0), 1.0), float(total)


def _sums(
    layers: Sequence[tuple[int, int]], steps: Array, worth: Array, begin: int, longest: int
) -> tuple[Array, Array]:
    """The worth of all ways to every position, in two parts: a number, and the power of LARGE it is multiplied with.

    Both have one entry more than positions, for the place past the end. No step takes more than `longest` segments.
    """
    sums, powers = np.zeros(len(steps) + 1), np.zeros(len(steps) + 1, np.int32)
    sums[begin] = 1.0
    power = 0
    for number, (first, last) in enumerate(layers[1:], 1):
        sums[first:last] = np.vecdot(sums[steps[first:last]], worth[first:last])
        powers[first:last] = power
        if number % LAYERS == 0 and sums[first:last].max() > LARGE:
            # What steps may still begin at becomes smaller; what lies behind stays as it is.
            near = layers[max(0, number - longest) : number + 1]
            low, high = min(one for one, _ in near), max(one for _, one in near)
            sums[low:high] /= LARGE
            power += 1
            powers[low:high] = power
    return sums, powers
