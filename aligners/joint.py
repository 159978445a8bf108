"""All versions together: one lattice, pruned by what the pairs of versions make likely, weights learnt once."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from aligners import longer, search
from aligners.costs import steps
from aligners.costs.measures import Side, Stretch, whole
from aligners.costs.pairs import Pair
from aligners.encoders import Array
from aligners.search import Lattice, Shape

WEIGHTS = Path(__file__).with_name("weights.json")
# Positions less likely than this in the coarser search are not searched again ...
UNLIKELY = 1e-3
# ... unless they lie this near to its best way: further where the pairs of versions have no way in common.
BESIDE = (0, 1, 4, 16)
# Two versions alone are never surer than this that they are not cut at a place.
LEAST_CUT = 0.02
# The coarsest search knows single segments only: a pair counts what it resembles, a skipped segment this much.
COARSE_SKIP = 0.35
COARSE_SHARPNESS = 4.0


@lru_cache(maxsize=1)
def weights() -> dict[int, Array]:
    """Learnt weights by number of versions, in the order of `steps.FEATURES`."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {int(n): np.array([values[name] for name in steps.FEATURES]) for n, values in stored["weights"].items()}


def search_units(sides: Sequence[Side], stretches: Sequence[Stretch] | None = None) -> list[tuple[Shape, float]]:
    """The units in reading order: segments taken of each version, and the posterior probability of exactly this unit.

    Args:
        sides: the measured versions, two or more, none empty.
        stretches: where to search, beginning and end of each; everywhere when it is None. What lies between two
            stretches is passed over, but still says what is usual in the document.

    The way through the lattice is the one with the most segments expected to stand in a right unit (Kumar and Byrne
    2004, minimum Bayes risk), not the single most probable way.
    """
    compared = steps.compare(sides)
    units = []
    for stretch in whole(sides) if stretches is None else stretches:
        units += _search(sides, compared, stretch)[0]
    return units


def search_stretch(sides: Sequence[Side], stretch: Stretch) -> tuple[list[tuple[Shape, float]], float]:
    """The units of one stretch as in `search_units`, and how well it fits: the log of the sum of exp(-cost) over all ways."""
    return _search(sides, steps.compare(sides), stretch)


def _search(
    sides: Sequence[Side], compared: dict[tuple[int, int], Pair], stretch: Stretch
) -> tuple[list[tuple[Shape, float]], float]:
    if stretch[0] == stretch[1]:
        return [], 0.0
    model = weights()[min(len(sides), max(weights()))]
    for beside in BESIDE:
        grid, cuts = prune(sides, compared, stretch, beside)
        costs = steps.costs(grid, sides, compared, cuts, model)
        best = search.reached(grid, costs)
        if np.isfinite(best[len(grid.positions) - 1]):
            break
    share, fit = search.posteriors_and_total(grid, costs, best)
    # A segment counts as right when its unit is; the half keeps a unit from falling apart for nothing.
    worth = share * (np.array([sum(shape) for shape in grid.shapes]) - 0.5)
    way = search.cheapest(grid, np.where(np.isfinite(costs), -worth, np.inf))
    units = [(grid.shapes[column], float(share[row, column])) for row, column in way]
    return longer.joined(units, stretch[0], sides, compared, grid.shapes), fit


def prune(
    sides: Sequence[Side], compared: dict[tuple[int, int], Pair], stretch: Stretch, beside: int = 1
) -> tuple[Lattice, dict[tuple[int, int], Array]]:
    """The lattice of positions that are likely enough in every pair of versions, and how likely the pairs are cut there.

    Positions up to `beside` the pairs' best ways are likely enough, too.

    The latter are log probabilities by pair, shape (segments + 1, segments + 1) of the stretch; there are none for two
    versions.
    """
    begin, end = np.array(stretch)
    likely = {place: _coarse(pair, begin[[*place]], end[[*place]]) for place, pair in compared.items()}
    cuts: dict[tuple[int, int], Array] = {}
    if len(sides) > 2:
        fine = {
            place: _fine(sides, place, compared[place], cells, begin, beside) for place, (cells, _) in likely.items()
        }
        cuts = {place: np.log(np.maximum(share, LEAST_CUT)) for place, (_, share) in fine.items()}
        likely = fine
    positions = np.argwhere(likely[0, 1][0])
    for place in range(2, len(sides)):
        positions = _extend(positions, [likely[earlier, place][0] for earlier in range(place)])
    positions = positions + begin
    lacking = [place for place in (begin, end) if not (positions == place).all(axis=1).any()]
    positions = np.vstack([positions, *lacking])
    return search.lattice(positions, steps.shapes(len(sides))), cuts


def _coarse(pair: Pair, begin: Array, end: Array) -> tuple[Array, Array]:
    """Cells worth a closer look: likely when segments are matched one to one or skipped; as `_likely`."""
    grid = search.full(end - begin, ((1, 1), (1, 0), (0, 1)))
    costs = np.full(grid.before.shape, COARSE_SKIP)
    inside = pair.single[begin[0] : end[0], begin[1] : end[1]]
    rows = np.flatnonzero((grid.positions > 0).all(axis=1))
    i, j = grid.positions[rows].T - 1
    costs[rows, 0] = 1 - np.clip(inside[i, j], 0, 1.5)
    costs[grid.before == len(grid.positions)] = np.inf
    return _likely(grid, costs * COARSE_SHARPNESS, 1)


def _fine(
    sides: Sequence[Side], place: tuple[int, int], pair: Pair, cells: Array, begin: Array, beside: int
) -> tuple[Array, Array]:
    """Cells that stay likely when the pair is searched with all features; as `_likely`."""
    grid = search.lattice(np.argwhere(cells) + begin[[*place]], steps.shapes(2))
    two = [sides[place[0]], sides[place[1]]]
    return _likely(grid, steps.costs(grid, two, {(0, 1): pair}, {}, weights()[2]), beside)


def _likely(grid: Lattice, costs: Array, beside: int) -> tuple[Array, Array]:
    """Cells that are likely enough or up to `beside` the best way, and how likely each is, both of shape (n + 1, m + 1).

    The first cell is the beginning of the lattice.
    """
    places = grid.positions - grid.positions[0]
    share = np.zeros(places[-1] + 1)
    best = search.reached(grid, costs)
    share[tuple(places.T)] = search.posteriors(grid, costs, best).sum(axis=1)
    # Every way begins at the beginning.
    share[0, 0] = 1.0
    cells = share > UNLIKELY
    for row, _ in search.cheapest(grid, costs, best):
        i, j = places[row]
        cells[max(0, i - beside) : i + beside + 1, max(0, j - beside) : j + beside + 1] = True
    return cells, share


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
