"""Percentiles and levels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from divergence import calibration, judging
from divergence.calibration import Usual
from divergence.metrics import METRICS

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


def test_a_short_document_is_drawn_to_the_prior():
    prior = Usual(np.array([0.3]), np.array([0.1]))
    few, many = (calibration.usual(np.full((count, 1), 0.9), prior) for count in (1, 100))
    assert prior.level < few.level < many.level < 0.9
    assert calibration.usual(np.zeros((0, 1)), prior) is prior


def test_features_are_told_in_spreads_above_the_usual_level_within_bounds():
    found = Usual(np.array([0.5]), np.array([0.1]))
    rows = calibration.levelled(np.array([[7.0, 0.7], [7.0, 0.5], [7.0, 50.0]]), found, [1])
    assert rows.round(6).tolist() == [[7.0, 2.0], [7.0, 0.0], [7.0, calibration.HIGHEST]]


@given(st.dictionaries(st.sampled_from(sorted(METRICS)), st.floats(0, 1, allow_nan=False)))
def test_the_overall_value_is_nothing_for_nothing_and_grows_with_every_metric(values):
    value = judging.overall(values)
    assert 0 <= value <= 1
    assert (value == 0) == (not any(values.values()))
    for name in values:
        assert judging.overall({**values, name: 1.0}) >= value
