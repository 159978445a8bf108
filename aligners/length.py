"""Length only: segments that belong together are about equally long, up to a ratio for the two languages.

Source: Gale and Church 1993, "A Program for Aligning Sentences in Bilingual Corpora", with its prior for each shape
and its variance. We depart from it in estimating the ratio from the two texts, since Korean is about half as long in
letters as English.
"""

import math
from collections.abc import Sequence

import numpy as np

from aligners import search
from aligners.costs.measures import Side, Stretch, cut_out
from aligners.costs.steps import whole_steps
from aligners.pairwise import hop_by_hop
from aligners.search import Array, Shape

# Gale and Church 1993, table 5 and section 3.
PRIORS: dict[Shape, float] = {
    (1, 1): 0.89, (1, 0): 0.0099 / 2, (0, 1): 0.0099 / 2, (2, 1): 0.089 / 2, (1, 2): 0.089 / 2, (2, 2): 0.011,
}  # fmt: skip
VARIANCE = 6.8


def search_units(sides: Sequence[Side], stretches: Sequence[Stretch] | None = None) -> list[tuple[Shape, float]]:
    """The units in reading order with their confidence, hop by hop; as `joint.search_units`."""
    return hop_by_hop(_two, sides, stretches)


def _two(sides: Sequence[Side], stretches: Sequence[Stretch]) -> list[tuple[Shape, float]]:
    units = []
    for stretch in stretches:
        units += _pair(*cut_out(sides, stretch)) if stretch[0] != stretch[1] else []
    return units


def _pair(source: Side, target: Side) -> list[tuple[Shape, float]]:
    grid = search.full((len(source), len(target)), tuple(PRIORS))
    ratio = max(target.reach[-1], 1.0) / max(source.reach[-1], 1.0)
    costs = np.full(grid.before.shape, np.inf)
    for column, (shape, prior) in enumerate(PRIORS.items()):
        rows, _, starts = whole_steps(grid, [column], (source, target))
        x = source.reach[starts[:, 0] + shape[0]] - source.reach[starts[:, 0]]
        y = target.reach[starts[:, 1] + shape[1]] - target.reach[starts[:, 1]]
        costs[rows, column] = _surprise(x, y, float(ratio)) - math.log(prior)
    best = search.reached(grid, costs)
    share = search.posteriors(grid, costs, best)
    return [(grid.shapes[column], float(share[row, column])) for row, column in search.cheapest(grid, costs, best)]


def _surprise(x: Array, y: Array, ratio: float) -> Array:
    """-log of the two-sided probability of lengths as different as these (normal distribution)."""
    expected = (x * ratio + y) / 2
    deviation = np.abs(y - x * ratio) / np.sqrt(np.maximum(expected, 1) * VARIANCE)
    tail = np.array([math.erfc(value / math.sqrt(2)) for value in deviation])
    return -np.log(np.maximum(tail, 1e-300))
