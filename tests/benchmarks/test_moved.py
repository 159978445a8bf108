"""What the benchmark of moved passages exchanges, and what it counts as right."""

import random

from aligners.alignment import from_kinds
from benchmarks.gold import Gold
from benchmarks.moved import exchanged, right

GOLD = Gold(
    "made up", "made up", "",
    {version: [f"{version} {place}" for place in range(5)] for version in ("ko", "ru", "en")},
    [{version: [place] for version in ("ko", "ru", "en")} for place in range(5)],
    {},
)  # fmt: skip


def test_two_segments_of_one_version_change_places_and_nothing_else():
    change = exchanged(GOLD, random.Random(3), near=True)
    assert change is not None
    moved, passages = change
    for (version, here), (other, there) in passages:
        assert moved.versions[version][here] == f"{version} {there}"
        assert moved.versions[other] == GOLD.versions[other]
        assert 2 <= abs(here - there) <= 4
    touched = {here for (_, here), _ in passages}
    (version,) = {version for (version, _), _ in passages}
    assert [text for place, text in enumerate(moved.versions[version]) if place not in touched] == [
        f"{version} {place}" for place in range(5) if place not in touched
    ]


def test_a_document_without_two_such_segments_is_left_out():
    assert (
        exchanged(Gold("", "", "", {"ko": ["a"], "ru": ["b"]}, [{"ko": [0], "ru": [0]}], {}), random.Random(1), False)
        is None
    )


def test_units_that_hold_a_passage_are_not_counted():
    alignment = from_kinds(("ko", "ru", "en"), [(1, 1, 1)] * 5, "by hand")
    assert right(GOLD, alignment, [(("en", 0), ("ko", 4)), (("en", 4), ("ko", 0))]) == 3
