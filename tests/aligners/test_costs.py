"""What is measured of two runs: links, ends, lengths; each beside the plain sum or look that it stands for."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligners import joint
from aligners.costs import pairs, steps
from aligners.costs.ends import Ends
from aligners.costs.lengths import FAR, FAR_OUT, MATCHES, USUAL, Lengths
from aligners.costs.links import Links
from aligners.costs.meanings import Meanings
from aligners.costs.measures import whole
from aligners.costs.numbers import Numbers
from tests.aligners.made_up import document


@st.composite
def runs(draw, rows=6, columns=5):
    """A table of links, and one run of each side in it."""
    table = np.array(draw(st.lists(st.integers(0, 9), min_size=rows * columns, max_size=rows * columns)), float)
    x, y = draw(st.integers(1, rows)), draw(st.integers(1, columns))
    return table.reshape(rows, columns), draw(st.integers(0, rows - x)), draw(st.integers(0, columns - y)), x, y


@given(runs())
def test_links_are_sums_over_the_table(run):
    table, i, j, x, y = run
    links, at = Links(table), [np.array([value]) for value in (i, j, x, y)]
    mine = table[i : i + x, j : j + y].sum()
    assert links.inside(*at) == [mine]
    assert links.of(0, at[0], at[2]) == [table[i : i + x].sum()]
    assert links.of(1, at[1], at[3]) == [table[:, j : j + y].sum()]
    assert links.cut(*at) == [table[i : i + x].sum() + table[:, j : j + y].sum() - 2 * mine]


def test_lengths_are_judged_by_the_ratio_of_the_matches():
    lengths = Lengths(np.full(50, 200.0), np.full(50, 100.0))
    right, double = (lengths.features(np.array([200.0]), np.array([letters])) for letters in (100.0, 50.0))
    assert [value.item() for value in right] == [0, 0, 0, 0]
    assert double[0] == pytest.approx(np.log(2))
    assert double[2] > 1


def test_the_same_share_surprises_more_in_a_long_text():
    lengths = Lengths(np.full(50, 100.0), np.full(50, 100.0))
    off, _, surprise, _ = lengths.features(np.array([20.0, 2000.0]), np.array([24.0, 2400.0]))
    assert off[0] == pytest.approx(off[1])
    assert surprise[0] < surprise[1]


def test_no_length_says_more_than_a_limit():
    off, squared, surprise, surprise_squared = Lengths(np.array([9.0]), np.array([9.0])).features(
        np.array([1.0]), np.array([9999.0])
    )
    assert (off, squared, surprise, surprise_squared) == (FAR, FAR**2, FAR_OUT, FAR_OUT**2)


def test_few_matches_leave_the_spread_near_the_usual():
    one, many = (Lengths(np.full(count, 50.0), np.full(count, 50.0)).spread for count in (1, 100 * MATCHES))
    assert one == pytest.approx(USUAL, rel=0.1)
    assert many < USUAL / 5


def test_a_tail_that_lies_next_door_leaks():
    # Source segment 0 has two parts, the second of which is the target's second segment.
    ends = Ends([np.array([[1.0, 0], [0, 1], [0, 0]])], [(np.array([0, 0, 1]), np.array([0, 1]))])
    most, mean = ends.features(*(np.array([value]) for value in (0, 0, 1, 1)))
    assert (most, mean) == (1, 0.25)
    most, mean = ends.features(*(np.array([value]) for value in (0, 0, 1, 2)))
    assert most <= 0
    assert mean == 0


def test_a_segment_lies_in_what_its_parts_tell():
    ends = Ends([np.array([[1.0, 0], [0, 1], [0, 0]])], [(np.array([0, 0, 1]), np.array([0, 1]))])
    assert ends.inside[0].tolist() == [[0.5, 0.5], [0, 0]]
    assert ends.inside[1].tolist() == [[1, 1], [0, 0]]
    assert ends.insides(*(np.array([value]) for value in (0, 0, 1, 2))) == (pytest.approx(2.5 / 3), 0.5)


def test_every_run_of_a_pair_has_finite_features():
    pair = pairs.Pair(*document(12, 2, 5))
    for x, y in ((1, 1), (2, 3), (5, 1), (4, 4)):
        i, j = (grid.ravel() for grid in np.mgrid[: len(pair.source) - x + 1, : len(pair.target) - y + 1])
        found = pair.features(i, j, np.full_like(i, x), np.full_like(j, y))
        assert found.shape == (len(i), len(pairs.FEATURES))
        assert np.isfinite(found).all()


def test_meanings_know_every_run_and_what_lies_outside():
    source, target = document(7, 2, 3)
    meanings = Meanings(source.vectors, target.vectors, 0.1, 0.5)
    for x, y in ((1, 1), (3, 2), (5, 4)):
        i, j = (grid.ravel() for grid in np.mgrid[-1 : len(source) + 1, -1 : len(target) + 1])
        runs = i, j, np.full_like(i, x), np.full_like(j, y)
        place = meanings.place(*runs)
        assert all(np.array_equal(mine, wanted) for mine, wanted in zip(meanings.runs(place), runs, strict=True))
        inside = (i >= 0) & (j >= 0) & (i + x <= len(source)) & (j + y <= len(target))
        found = meanings.at(place)
        assert np.isneginf(found[~inside]).all()
        wanted = np.vecdot(source.vectors[x - 1][i[inside]], target.vectors[y - 1][j[inside]])
        assert np.allclose(found[inside], (wanted - 0.1) / 0.5, atol=1e-5)


def test_changes_are_differences_of_meanings():
    source, target = document(7, 2, 3)
    meanings = Meanings(source.vectors, target.vectors, 0.1, 0.5)
    i, j, x, y = (np.array([value]) for value in (1, 2, 2, 1))
    place = meanings.place(i, j, x, y)
    (found,) = meanings.changes(place, x, y)
    changed = [(1, 2, 1, 1), (2, 2, 1, 1), (1, 2, 3, 1), (0, 2, 3, 1), None, None, (1, 2, 2, 2), (1, 1, 2, 2)]
    for gain, run in zip(found, changed, strict=True):
        if run is None:
            assert np.isneginf(gain)
        else:
            at = meanings.at(meanings.place(*(np.array([value]) for value in run)))
            assert gain == pytest.approx((at - meanings.at(place)).item(), abs=1e-5)


@pytest.mark.parametrize("versions", [2, 3])
def test_costs_are_the_weighed_features(versions):
    sides = document(14, versions, 8)
    apart = sides[0].joinable.copy()
    apart[4] = False
    sides[0] = replace(sides[0], joinable=apart)
    compared = steps.compare(sides)
    grid, cuts = joint.prune(sides, compared, whole(sides)[0])
    weights = np.linspace(-1, 1, len(steps.FEATURES))
    costs = steps.costs(grid, sides, steps.compare(sides), cuts, weights)
    measured = steps.measure(grid, sides, compared, cuts)
    assert np.allclose(costs, measured.costs(grid, weights), atol=1e-3)
    starts = grid.positions[measured.rows] - np.array(grid.shapes)[measured.columns]
    assert not ((starts[:, 0] <= 4) & (grid.positions[measured.rows][:, 0] > 5)).any()
    assert ((starts[:, 0] == 5) | (grid.positions[measured.rows][:, 0] == 5)).any()


def test_numbers_of_runs_are_counted_once():
    numbers = Numbers([frozenset("12"), frozenset("2"), frozenset()], [frozenset("2"), frozenset("3")])
    runs = (np.array(values) for values in ((0, 0, 0, 2), (0, 0, 1, 0), (1, 2, 1, 1), (1, 2, 1, 1)))
    agree, differ = numbers.features(*runs)
    assert agree.tolist() == pytest.approx([1 / 2, 1 / 3, 0, 0])
    assert differ.tolist() == pytest.approx([1 / 2, 2 / 3, 1, 1])
