"""The deliberate differences of the 1955 chain."""

import pytest

from benchmarks import differences

WITHOUT_METRIC = {"term split", "term merge"}


@pytest.fixture(scope="module")
def told(example_review):
    found = {}
    for difference in differences.load():
        on_hop = [one for one in example_review.divergences if one.hop == difference.hop]
        found[difference.id] = [line for one in on_hop for line in differences.answers(one, difference, example_review)]
    return found


def test_most_differences_carry_a_reason_at_the_right_words(told):
    assert sum(map(bool, told.values())) >= 11


@pytest.mark.parametrize("kind", ["omission", "date", "number", "name", "negation", "modality"])
def test_every_difference_of_this_kind_is_told(told, kind):
    missed = [one.what for one in differences.load() if one.kind == kind and not told[one.id]]
    assert not missed


def test_few_alarms_for_no_deliberate_difference(example_review):
    alarms, others = differences.alarms(example_review)
    assert len(others) <= 3
    assert len(alarms) > len(others)


def test_a_paragraph_left_out_is_an_omission_at_its_hop(example_review):
    lone = next(
        n
        for n, unit in enumerate(example_review.alignment.units)
        if unit.kind == "1:0:0" and unit.origin != "set aside"
    )
    scores = example_review.divergence(lone)
    assert set(scores) == {"ko-ru", "ko-en"}
    assert scores["ko-ru"].value == 1
    assert "No counterpart was found" in scores["ko-ru"].metrics["omission"].reasons[0].text


def test_units_that_are_set_aside_are_not_scored(example_review):
    aside = {n for n, unit in enumerate(example_review.alignment.units) if unit.origin == "set aside"}
    assert aside
    assert not aside & {one.unit for one in example_review.divergences}
