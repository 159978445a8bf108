"""The dynamic program against a slow, obvious twin."""

import itertools
import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligners import search

SHAPES = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))
TRIPLE = ((1, 1, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (2, 1, 1))


def every_way(sizes, shapes):
    """All ways from nothing to `sizes`, as lists of shapes; only for the smallest sizes."""

    @cache
    def ways(place):
        if place == tuple(sizes):
            return ((),)
        found = []
        for shape in shapes:
            after = tuple(a + b for a, b in zip(place, shape, strict=True))
            if all(a <= b for a, b in zip(after, sizes, strict=True)):
                found += [((after, shape), *rest) for rest in ways(after)]
        return tuple(found)

    return ways((0,) * len(sizes))


def random_costs(grid, seed):
    costs = np.random.default_rng(seed).uniform(-2, 2, grid.before.shape)
    costs[grid.before == len(grid.positions)] = np.inf
    return costs


def cost_of(way, grid, costs):
    rows = {tuple(position): row for row, position in enumerate(grid.positions.tolist())}
    return sum(costs[rows[after], grid.shapes.index(shape)] for after, shape in way)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([(2, 3), (3, 2), (4, 1), (2, 2, 2), (1, 2, 3)]), st.integers(0, 10_000))
def test_cheapest_way_is_the_cheapest_of_all_ways(sizes, seed):
    grid = search.full(sizes, SHAPES if len(sizes) == 2 else TRIPLE)
    costs = random_costs(grid, seed)
    best = min(cost_of(way, grid, costs) for way in every_way(sizes, grid.shapes))
    found = sum(costs[row, column] for row, column in search.cheapest(grid, costs))
    assert found == pytest.approx(best)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([(2, 2), (3, 1), (1, 2, 1), (2, 1, 2)]), st.integers(0, 10_000))
def test_posteriors_are_shares_of_all_ways(sizes, seed):
    grid = search.full(sizes, SHAPES if len(sizes) == 2 else TRIPLE)
    costs = random_costs(grid, seed)
    ways = every_way(sizes, grid.shapes)
    weights = [np.exp(-cost_of(way, grid, costs)) for way in ways]
    share, total = search.posteriors_and_total(grid, costs)
    assert total == pytest.approx(np.log(sum(weights)))
    for row, position in enumerate(grid.positions.tolist()):
        for column, shape in enumerate(grid.shapes):
            through = sum(w for way, w in zip(ways, weights, strict=True) if (tuple(position), shape) in way)
            assert share[row, column] == pytest.approx(through / sum(weights), abs=1e-9)


def test_a_lattice_with_holes_is_searched_within_them():
    positions = np.array([(0, 0), (1, 1), (2, 2), (0, 1), (1, 2)])
    grid = search.lattice(positions, SHAPES)
    costs = np.where(grid.before < len(grid.positions), 1.0, np.inf)
    way = [grid.shapes[column] for _, column in search.cheapest(grid, costs)]
    assert way == [(1, 1), (1, 1)]


def test_no_way_is_said():
    grid = search.lattice(np.array([(0, 0), (3, 3)]), SHAPES)
    with pytest.raises(ValueError, match="no way"):
        search.cheapest(grid, np.full(grid.before.shape, np.inf))


def test_every_step_leads_from_a_position_to_a_position():
    grid = search.full((2, 2), SHAPES)
    for row, column in itertools.product(range(len(grid.positions)), range(len(grid.shapes))):
        before = grid.before[row, column]
        if before < len(grid.positions):
            assert tuple(grid.positions[before] + grid.shapes[column]) == tuple(grid.positions[row])
            assert grid.after[before, column] == row


def test_more_ways_than_a_number_holds_are_summed():
    size, steps = 450, ((1, 1), (1, 0), (0, 1))
    # The number of ways to every place (Delannoy's), in whole numbers without bound: 10 to the 343 in the end.
    ways = [[1] * (size + 1)]
    for _ in range(size):
        row = [1]
        for above, left in itertools.pairwise(ways[-1]):
            row.append(row[-1] + above + left)
        ways.append(row)
    grid = search.full((size, size), steps)
    share, total = search.posteriors_and_total(grid, np.where(grid.before < len(grid.positions), 0.0, np.inf))
    whole = ways[size][size]
    assert total == pytest.approx(math.log(whole))
    rows = {tuple(place): row for row, place in enumerate(grid.positions.tolist())}
    for i, j in [(1, 1), (1, 0), (225, 225), (200, 240), (450, 450), (10, 440), (449, 450)]:
        for column, (x, y) in enumerate(steps):
            through = ways[i - x][j - y] * ways[size - i][size - j] if i >= x and j >= y else 0
            assert share[rows[i, j], column] == pytest.approx(through / whole, rel=1e-9)


def test_a_step_leads_back_where_it_came_from():
    positions = np.array([(i, j) for i in range(6) for j in range(6) if abs(i - j) < 3 and (i, j) != (2, 3)])
    grid = search.lattice(positions, SHAPES)
    places = [tuple(place) for place in grid.positions.tolist()]
    for row, place in enumerate(places):
        for column, shape in enumerate(SHAPES):
            for found, sign in ((grid.before, -1), (grid.after, 1)):
                wanted = tuple(a + sign * b for a, b in zip(place, shape, strict=True))
                assert found[row, column] == (places.index(wanted) if wanted in places else len(places))
