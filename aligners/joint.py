"""All versions together: one lattice, pruned by what the pairs of versions make likely, weights learnt once."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from aligners import search, steps
from aligners.encoders import Array
from aligners.measures import Side
from aligners.pairs import Pair
from aligners.search import Lattice, Shape

WEIGHTS = Path(__file__).with_name("weights.json")
# Positions less likely than this in the coarser search are not searched again ...
UNLIKELY = 1e-3
# ... unless they lie this near to its best way.
BESIDE = 1
# The coarsest search knows single segments only: a pair counts what it resembles, a skipped segment this much.
COARSE_SKIP = 0.35
COARSE_SHARPNESS = 4.0


@lru_cache(maxsize=1)
def weights() -> dict[int, Array]:
    """Learnt weights by number of versions, in the order of `steps.FEATURES`."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {int(n): np.array([values[name] for name in steps.FEATURES]) for n, values in stored["weights"].items()}


def search_units(sides: Sequence[Side]) -> list[tuple[Shape, float]]:
    """The units in reading order: segments taken of each version, and the posterior probability of exactly this unit.

    Args:
        sides: the measured versions, two or more, none empty.

    The way through the lattice is the one with the most segments expected to stand in a right unit (Kumar and Byrne
    2004, minimum Bayes risk), not the single most probable way.
    """
    compared = steps.compare(sides)
    grid = prune(sides, compared)
    model = weights()
    costs = steps.measure(grid, sides, compared).costs(grid, model[min(len(sides), max(model))])
    share = search.posteriors(grid, costs)
    # A segment counts as right when its unit is; the half keeps a unit from falling apart for nothing.
    worth = share * (np.array([sum(shape) for shape in grid.shapes]) - 0.5)
    way = search.cheapest(grid, np.where(np.isfinite(costs), -worth, np.inf))
    return [(grid.shapes[column], float(share[row, column])) for row, column in way]


def prune(sides: Sequence[Side], compared: dict[tuple[int, int], Pair]) -> Lattice:
    """The lattice of positions that are likely enough in every pair of versions."""
    coarse = {place: _coarse(pair) for place, pair in compared.items()}
    if len(sides) > 2:
        coarse = {place: _fine(sides, place, compared[place], cells) for place, cells in coarse.items()}
    positions = np.argwhere(coarse[0, 1]) if (0, 1) in coarse else np.zeros((0, 2), int)
    for place in range(2, len(sides)):
        positions = _extend(positions, [coarse[earlier, place] for earlier in range(place)])
    ends = np.array([[0] * len(sides), [len(side) for side in sides]])
    return search.lattice(np.unique(np.vstack([positions, ends]), axis=0), steps.shapes(len(sides)))


def _coarse(pair: Pair) -> Array:
    """Cells worth a closer look: likely when segments are matched one to one or skipped. Shape (n + 1, m + 1)."""
    grid = search.full(pair.single.shape, ((1, 1), (1, 0), (0, 1)))
    costs = np.full(grid.before.shape, COARSE_SKIP)
    starts = grid.positions - 1
    costs[:, 0] = 1 - np.clip(pair.single, 0, 1.5)[np.maximum(starts[:, 0], 0), np.maximum(starts[:, 1], 0)]
    costs[grid.before == len(grid.positions)] = np.inf
    return _likely(grid, costs * COARSE_SHARPNESS)


def _fine(sides: Sequence[Side], place: tuple[int, int], pair: Pair, cells: Array) -> Array:
    """Cells that stay likely when the pair is searched with all features."""
    grid = search.lattice(np.argwhere(cells), steps.shapes(2))
    two = [sides[place[0]], sides[place[1]]]
    measured = steps.measure(grid, two, {(0, 1): pair})
    return _likely(grid, measured.costs(grid, weights()[2]))


def _likely(grid: Lattice, costs: Array) -> Array:
    share = search.posteriors(grid, costs).sum(axis=1)
    cells = np.zeros(grid.positions.max(axis=0) + 1, bool)
    cells[tuple(grid.positions[share > UNLIKELY].T)] = True
    cells[0, 0] = True
    for row, _ in search.cheapest(grid, costs):
        i, j = grid.positions[row]
        cells[max(0, i - BESIDE) : i + BESIDE + 1, max(0, j - BESIDE) : j + BESIDE + 1] = True
    return cells


def _extend(positions: Array, cells: list[Array]) -> Array:
    """The positions with a further version: its places that are likely beside every version before it."""
    found = []
    order = np.argsort(positions[:, -1], kind="stable")
    groups = np.split(positions[order], np.flatnonzero(np.diff(positions[order][:, -1])) + 1)
    for group in groups:
        places = np.flatnonzero(cells[-1][group[0, -1]])
        rows, columns = (grid.ravel() for grid in np.meshgrid(np.arange(len(group)), places, indexing="ij"))
        fits = np.ones(len(rows), bool)
        for version, likely in enumerate(cells):
            fits &= likely[group[rows, version], columns]
        found.append(np.column_stack([group[rows[fits]], columns[fits]]))
    return np.vstack(found)
