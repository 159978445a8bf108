"""What is measured of two runs: links, ends, lengths; each beside the plain sum or look that it stands for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligners.costs import pairs
from aligners.costs.ends import Ends
from aligners.costs.lengths import FAR, FAR_OUT, MATCHES, USUAL, Lengths
from aligners.costs.links import Links
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
