"""What the benchmark of moved passages puts elsewhere, and what it counts as right."""

import random

import pytest

from aligners.alignment import from_kinds
from benchmarks.gold import Gold
from benchmarks.moved import WAYS, changed, right

GOLD = Gold(
    "made up", "made up", "",
    {version: [f"{version} {place}" for place in range(6)] for version in ("ko", "ru", "en")},
    [{version: [place] for version in ("ko", "ru", "en")} for place in range(6)],
    {},
)  # fmt: skip


@pytest.mark.parametrize(("way", "count"), [("near", 2), ("anywhere", 2), ("uneven", 3), ("alone", 1)])
@pytest.mark.parametrize("seed", range(5))
def test_passages_of_one_version_stand_elsewhere_and_nothing_else_is_changed(way, count, seed):
    change = changed(GOLD, random.Random(seed), way)
    assert change is not None
    assert len(change.passages) == len(change.units) == count
    (moving,) = {version for (version, _), _ in change.passages}
    for (_, here), (other, there) in change.passages:
        assert change.gold.versions[moving][here] == f"{moving} {there}"
        assert change.gold.versions[other] == GOLD.versions[other]
        assert way != "near" or 2 <= abs(here - there) <= 4
    rest = [text for text in GOLD.versions[moving] if int(text[-1]) not in change.units]
    assert [text for text in change.gold.versions[moving] if text in rest] == rest
    assert change.gold.versions[moving] != GOLD.versions[moving]
    for old, new in zip(GOLD.units, change.gold.units, strict=True):
        assert change.gold.versions[moving][new[moving][0]] == GOLD.versions[moving][old[moving][0]]


@pytest.mark.parametrize("way", WAYS)
def test_a_document_without_such_passages_is_left_out(way):
    assert (
        changed(Gold("", "", "", {"ko": ["a"], "ru": ["b"]}, [{"ko": [0], "ru": [0]}], {}), random.Random(1), way)
        is None
    )


def test_units_that_hold_a_passage_are_not_counted():
    alignment = from_kinds(("ko", "ru", "en"), [(1, 1, 1)] * 6, "by hand")
    assert right(GOLD, alignment, {0, 4}) == 4
