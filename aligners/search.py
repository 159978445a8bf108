"""The one dynamic program: the cheapest way through a lattice of positions, and how sure each step is.

A position is one count a version: how many segments have been taken. A step takes a shape, such as (1, 2, 1): one
segment of the first version, two of the second, one of the third. Steps have costs, and the cheapest way from the
beginning to the end is the alignment. With costs read as negative log potentials, the forward and backward sums
give every step its posterior probability.

Source: Gale and Church 1993 for the dynamic program; Rabiner 1989 for forward-backward; Sarawagi and Cohen 2004 for
steps of more than one segment.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

Array = np.ndarray
Shape = tuple[int, ...]
NO_WAY = np.inf


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

    def find(shape: Shape, sign: int) -> Array:
        wanted = positions + sign * np.array(shape)
        inside = ((wanted >= 0) & (wanted < limits)).all(axis=1)
        place = np.minimum(np.searchsorted(sorted_keys, wanted @ weights), len(keys) - 1)
        found = inside & (sorted_keys[place] == wanted @ weights)
        return np.where(found, by_key[place], len(keys)).astype(np.int32)

    borders = np.concatenate([[0], np.flatnonzero(np.diff(sums)) + 1, [len(sums)]])
    return Lattice(
        positions=positions,
        shapes=tuple(shapes),
        before=np.stack([find(shape, -1) for shape in shapes], axis=1),
        after=np.stack([find(shape, 1) for shape in shapes], axis=1),
        layers=tuple((int(a), int(b)) for a, b in itertools.pairwise(borders)),
    )


def cheapest(grid: Lattice, costs: Array) -> list[tuple[int, int]]:
    """The cheapest way from the first position to the last, as (position reached, shape) of every step.

    Args:
        grid: the lattice.
        costs: cost of the step of each shape into each position, shape (positions, shapes); infinite where barred.

    Raises:
        ValueError: no way leads to the last position.
    """
    count = len(grid.positions)
    best = np.full(count + 1, NO_WAY)
    best[0] = 0.0
    taken = np.zeros(count, np.int32)
    for first, last in grid.layers[1:]:
        sums = best[grid.before[first:last]] + costs[first:last]
        taken[first:last] = sums.argmin(axis=1)
        best[first:last] = sums.min(axis=1)
    if not np.isfinite(best[count - 1]):
        raise ValueError("no way leads through the lattice")
    return list(_walk(grid, taken))


def _walk(grid: Lattice, taken: Array) -> Iterator[tuple[int, int]]:
    steps = []
    place = len(grid.positions) - 1
    while place:
        steps.append((place, int(taken[place])))
        place = int(grid.before[place, taken[place]])
    return reversed(steps)


def posteriors(grid: Lattice, costs: Array) -> Array:
    """Probability of every step, shape (positions, shapes): its share of all ways, weighted by exp(-cost).

    Args:
        grid: the lattice.
        costs: as for `cheapest`.
    """
    return posteriors_and_total(grid, costs)[0]


def posteriors_and_total(grid: Lattice, costs: Array) -> tuple[Array, float]:
    """As `posteriors`, and the log of the sum of exp(-cost) over all ways."""
    count = len(grid.positions)
    ahead, behind = np.full(count + 1, NO_WAY), np.full(count + 1, NO_WAY)
    ahead[0] = behind[count - 1] = 0.0
    for first, last in grid.layers[1:]:
        ahead[first:last] = _soft_minimum(ahead[grid.before[first:last]] + costs[first:last])
    padded = np.vstack([costs, np.full((1, costs.shape[1]), NO_WAY)])
    columns = np.arange(costs.shape[1])
    for first, last in reversed(grid.layers[:-1]):
        following = grid.after[first:last]
        behind[first:last] = _soft_minimum(behind[following] + padded[following, columns])
    total = ahead[count - 1]
    with np.errstate(invalid="ignore", over="ignore"):
        share = np.exp(total - ahead[grid.before] - costs - behind[:count, None])
    # Rounding makes nothing more than certain.
    return np.minimum(np.nan_to_num(share, nan=0.0, posinf=0.0), 1.0), -float(total)


def _soft_minimum(costs: Array) -> Array:
    """-log of the sum of exp(-cost) over the last axis, infinite where all costs are."""
    least = costs.min(axis=1)
    safe = np.where(np.isfinite(least), least, 0.0)
    with np.errstate(divide="ignore"):
        return safe - np.log(np.exp(safe[:, None] - costs).sum(axis=1))
