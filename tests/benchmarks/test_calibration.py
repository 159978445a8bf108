"""Calibration of made-up confidences."""

import numpy as np
import pytest

from benchmarks.calibration import by_count, by_width, error, found_first, judged, line, table
from benchmarks.gold import Gold

SURE = np.array([0.05] * 20 + [0.95] * 80)


def right(of_unsure: int, of_sure: int) -> np.ndarray:
    """So many of every twenty units are right."""
    return np.array([i < of_unsure for i in range(20)] + [i % 20 < of_sure for i in range(80)])


def test_a_unit_is_right_when_the_gold_has_exactly_it_one_sided_ones_too():
    gold = Gold(
        "", "", "", {"ko": ["a", "b"], "ru": ["c", "d"]}, [{"ko": [0], "ru": [0]}, {"ko": [1]}, {"ru": [1]}], {}
    )
    found = [({"ko": [0], "ru": [0]}, 0.9), ({"ko": [1], "ru": []}, 0.8), ({"ru": [1, 0]}, 0.3)]
    assert judged(gold, found) == [(0.9, True), (0.8, True), (0.3, False)]


@pytest.mark.parametrize("bins", [by_count, by_width])
def test_a_calibrated_confidence_has_no_error(bins):
    assert error(table(SURE, right(1, 19), bins(SURE, 5))) == pytest.approx(0.0)


@pytest.mark.parametrize("bins", [by_count, by_width])
def test_the_error_is_how_far_the_share_that_is_right_is_off(bins):
    # 20 of 100 are unsure and half of them are right: .45 too much; the sure ones are off by .05.
    assert error(table(SURE, right(10, 20), bins(SURE, 5))) == pytest.approx(0.2 * 0.45 + 0.8 * 0.05)


def test_bins_of_equal_counts_hold_equally_many_and_those_of_equal_width_hold_what_lies_there():
    assert [count for count, _, _ in table(SURE, SURE > 0, by_count(SURE, 4))] == [25] * 4
    assert [count for count, _, _ in table(SURE, SURE > 0, by_width(SURE, 10))] == [20, 80]
    assert by_width(np.array([0.0, 1.0])).tolist() == [0, 14]


def test_errors_among_the_least_sure():
    confidence = np.linspace(0, 1, 50)
    wrong_where = {0, 3, 4, 5, 40}
    assert found_first(confidence, np.array([i not in wrong_where for i in range(50)])) == pytest.approx(3 / 5)
    assert found_first(confidence, np.ones(50, bool)) == 1.0


def test_a_line_of_the_table():
    pairs = list(zip(SURE.tolist(), right(0, 20).tolist(), strict=True))
    assert line("made up", pairs) == "| made up | 100 | 20 | 0.770 | 0.800 | 0.050 | 0.050 | 0.500 |"
