"""Percentiles and levels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from divergence import calibration

SCORES = st.lists(st.floats(0, 1, allow_nan=False), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("values", "ranks"),
    [([0.1, 0.2, 0.3], [0, 50, 100]), ([0.5], [0]), ([0.2, 0.2], [50, 50]), ([0.9, 0.1, 0.1, 0.1], [100, 33, 33, 33])],
)
def test_percentiles(values, ranks):
    assert calibration.percentiles(values) == ranks


@given(SCORES)
def test_percentiles_keep_the_order(values):
    ranks = calibration.percentiles(values)
    assert all(0 <= rank <= 100 for rank in ranks)
    for a, b in zip(sorted(values), [r for _, r in sorted(zip(values, ranks, strict=True))], strict=True):
        assert ranks[values.index(a)] == b


@given(st.floats(0, 2, allow_nan=False), st.floats(0, 2, allow_nan=False))
def test_a_calibrated_value_grows_with_the_raw_one(low, high):
    level = calibration.PRIORS["meaning"]
    low, high = sorted((low, high))
    assert 0 <= calibration.calibrated(low, level) <= calibration.calibrated(high, level) <= 1


def test_a_short_document_is_drawn_to_the_prior():
    prior = calibration.PRIORS["meaning"]
    few, many = calibration.usual("meaning", [0.9]), calibration.usual("meaning", [0.9] * 100)
    assert prior.level < few.level < many.level < 0.9


def test_overall_is_nothing_for_nothing_and_grows():
    weights = {"meaning": 0.6, "names": 0.5}
    assert calibration.overall({"meaning": 0.0, "names": 0.0}, weights) == 0
    assert calibration.overall({"meaning": 0.5, "names": 1.0}, weights) > calibration.overall({"meaning": 0.5}, weights)
