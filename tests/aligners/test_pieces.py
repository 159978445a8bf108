"""Long documents are cut only where nobody doubts it, and what is aligned between the cuts is what all together give."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligners import joint, pieces, search
from aligners.costs import measures, steps
from tests.aligners import made_up


def places(units):
    """Where the units end."""
    return list(
        itertools.accumulate((shape for shape, _ in units), lambda a, b: tuple(map(sum, zip(a, b, strict=True))))
    )


def test_a_short_document_is_one_piece():
    sides = made_up.document(pieces.WHOLE, 3, 1)
    assert pieces.borders(sides) == [(0, 0, 0), tuple(map(len, sides))]


@pytest.mark.parametrize("versions", [2, 3, 4])
def test_a_long_faithful_document_is_cut_between_the_same_segments_everywhere(versions):
    sides = made_up.document(1000, versions, 2, left_out=0.0)
    found = pieces.borders(sides)
    assert len(found) > 4
    assert all(len(set(place)) == 1 for place in found)
    assert all(b[0] - a[0] >= pieces.PIECE for a, b in itertools.pairwise(found[:-1]))


def test_cuts_follow_what_was_left_out():
    sides = made_up.document(1000, 2, 3, left_out=0.1)
    aligned = set(places(joint.search_units(sides)))
    assert len(pieces.borders(sides)) > 3
    assert set(pieces.borders(sides)[1:]) <= aligned


def test_versions_with_nothing_in_common_are_cut_all_the_same():
    chance = np.random.default_rng(4)
    sides = [made_up.side(chance.normal(size=(count, 32))) for count in (2000, 3000)]
    found = pieces.borders(sides)
    assert (found[0], found[-1]) == ((0, 0), (2000, 3000))
    for a, b in itertools.pairwise(found):
        assert all(x <= y for x, y in zip(a, b, strict=True))
        assert max(y - x for x, y in zip(a, b, strict=True)) <= pieces.MOST + pieces.PIECE


def test_a_piece_is_measured_as_a_version_of_its_own():
    whole = made_up.document(30, 1, 5)[0]
    part = measures.cut(whole, 10, 14)
    assert len(part) == 4
    assert [len(rows) for rows in part.vectors] == [4, 3, 2, 1, 0]
    assert np.array_equal(part.vectors[1][0], whole.vectors[1][10])
    assert part.reach[0] == 0
    assert list(part.sentences.segment) == [0, 1, 2, 3]
    assert len(measures.cut(whole, 3, 3)) == 0


def full_search(sides):
    """The slow, obvious twin of the joint search: the whole lattice."""
    compared = steps.compare(sides)
    sizes = [len(one) for one in sides]
    cuts = {}
    for a, b in compared if len(sides) > 2 else ():
        grid = search.full((sizes[a], sizes[b]), steps.shapes(2))
        costs = steps.measure(grid, [sides[a], sides[b]], {(0, 1): compared[a, b]}, {}).costs(grid, joint.weights()[2])
        likely = np.zeros((sizes[a] + 1, sizes[b] + 1))
        likely[tuple(grid.positions.T)] = search.posteriors(grid, costs).sum(axis=1)
        likely[0, 0] = 1
        cuts[a, b] = np.log(np.maximum(likely, joint.LEAST_CUT))
    grid = search.full(sizes, steps.shapes(len(sides)))
    costs = steps.measure(grid, sides, compared, cuts).costs(grid, joint.weights()[len(sides)])
    share = search.posteriors(grid, costs)
    worth = share * (np.array([sum(shape) for shape in grid.shapes]) - 0.5)
    way = search.cheapest(grid, np.where(np.isfinite(costs), -worth, np.inf))
    return [grid.shapes[column] for _, column in way]


@settings(max_examples=25)
@given(st.integers(2, 3), st.integers(3, 9), st.integers(0, 10_000), st.sampled_from([0.0, 0.1, 0.3]))
def test_the_banded_search_equals_the_full_one(versions, count, seed, left_out):
    sides = made_up.document(count, versions, seed, left_out=left_out)
    assert [shape for shape, _ in joint.search_units(sides)] == full_search(sides)
