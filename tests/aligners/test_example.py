"""The 1955 chain against its gold alignment."""

from benchmarks.agreement import agreement
from benchmarks.gold import load
from corpora.example import SEEDS


def test_whole_units_of_the_example_agree_with_the_gold(example_review):
    gold = load(SEEDS / "gold.json")
    first = {version.id: version.body[0].index for version in example_review.document.versions}
    units = [
        {id: [i - first[id] for i in side.indexes] for id, side in zip(first, unit.sides, strict=True) if len(side)}
        for unit in example_review.alignment.units
        if unit.origin != "set aside"
    ]
    assert agreement([(gold, units)])["units"] >= 0.95


def test_the_gold_names_the_bodies_as_they_are_segmented(example_review):
    gold = load(SEEDS / "gold.json")
    for version in example_review.document.versions:
        assert [segment.text for segment in version.body] == gold.versions[version.id]
