"""Scores on documents that are small enough to count by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.gold import Gold
from benchmarks.scoring import agreement, counts, f1, intervals, stretches

VERSIONS = ("ko", "ru", "en")
UNITS = [
    {"ko": [0], "ru": [0], "en": [0]},
    {"ko": [1, 2], "ru": [1], "en": [1]},
    {"ko": [3], "ru": [], "en": [2]},
    {"ru": [2]},
    {"ko": [4], "ru": [3], "en": [3]},
]


def document(units, name="made up") -> Gold:
    sizes = {v: sum(len(unit.get(v) or ()) for unit in units) for v in VERSIONS}
    return Gold(name, "made up", "", {v: [f"{v} {i}" for i in range(size)] for v, size in sizes.items()}, units, {})


def test_the_gold_itself_is_all_right():
    assert set(agreement([(document(UNITS), UNITS)]).values()) == {1.0}
    assert counts([(document(UNITS), UNITS)])["one-sided"] == [1, 1, 1, 1]


def test_a_glued_addition_costs_the_units_it_touches_and_the_one_sided_unit():
    glued = [*UNITS[:3], {"ko": [4], "ru": [2, 3], "en": [3]}]
    total = counts([(document(UNITS), glued)])
    # ko-ru: of 4 found three are right (the one-sided one too); the gold has 3 with both sides, two are found.
    assert total["ko-ru"] == [3, 4, 2, 3]
    assert total["ko-en"] == [4, 4, 4, 4]
    assert total["units"] == [3, 4, 3, 4]
    assert total["one-sided"] == [0, 0, 0, 1]


def test_a_segment_that_is_wrongly_left_alone_lowers_the_precision_of_one_sided_units():
    alone = [*UNITS[:4], {"ko": [4]}, {"ru": [3], "en": [3]}]
    assert counts([(document(UNITS), alone)])["one-sided"] == [1, 2, 1, 1]


def test_a_right_one_sided_pair_counts_for_precision_only():
    total = counts([(document(UNITS), UNITS)])
    assert total["ko-ru"] == [5, 5, 3, 3]


def test_counts_are_added_up_over_documents_and_not_averaged():
    wrong = [{"ko": [0], "ru": [0], "en": [1]}, {"en": [0]}]
    gold = [{"ko": [0], "ru": [0], "en": [0]}, {"en": [1]}]
    assert agreement([(document(UNITS), UNITS), (document(gold), wrong)])["units"] == f1(4, 5, 4, 5)


def test_no_units_give_zero():
    assert set(agreement([(document(UNITS), [])]).values()) == {0.0}


@st.composite
def cuttings(draw):
    """Ten or more segments a version, cut into units at will: as gold and as found."""
    size = draw(st.integers(10, 40))
    versions = {v: list(range(size)) for v in VERSIONS}

    def cut():
        places = [draw(st.lists(st.integers(0, size), min_size=3, max_size=12).map(sorted)) for _ in VERSIONS]
        ends = [[0, *some, size] for some in places]
        count = min(map(len, ends))
        ends = [[*some[: count - 1], size] for some in ends]
        return [
            {v: versions[v][some[k] : some[k + 1]] for v, some in zip(VERSIONS, ends, strict=True)}
            for k in range(count - 1)
            if any(some[k] < some[k + 1] for some in ends)
        ]

    return cut(), cut()


@given(cuttings())
def test_the_counts_of_the_stretches_add_up_to_those_of_the_document(both):
    gold, found = document(both[0]), both[1]
    total: dict[str, list[int]] = {}
    for part in stretches(gold, found):
        for name, values in part.items():
            total[name] = [a + b for a, b in zip(total.get(name, [0] * 4), values, strict=True)]
    assert total == counts([(gold, found)])


def test_the_interval_is_narrow_where_all_is_right_and_holds_the_score_where_it_is_not():
    long = [{v: [i] for v in VERSIONS} for i in range(200)]
    assert intervals([(document(long), long)]) == {"pairs": (1.0, 1.0), "units": (1.0, 1.0)}
    shifted = [*long[:180], *({"ko": [i], "ru": [i + 1], "en": [i]} for i in range(180, 199))]
    low, high = intervals([(document(long), shifted)])["units"]
    score = agreement([(document(long), shifted)])["units"]
    assert low < score < high
    assert high - low > 0.05


def test_the_interval_draws_documents_where_there_are_several():
    good, bad = (document(UNITS), UNITS), (document(UNITS), [])
    assert intervals([good, bad])["units"] == pytest.approx((0.0, 1.0))
    assert intervals([good, good])["units"] == (1.0, 1.0)
