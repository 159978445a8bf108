"""The long document that is made up by chance."""

import re
from collections import Counter
from statistics import mean

import pytest

import corpora
from aligners.alignment import check, from_kinds
from benchmarks import made_up
from benchmarks.made_up import DEVIATIONS, LANGUAGES
from corpora.normalise import normalise

UNITS = 300


@pytest.fixture(scope="module")
def composed() -> list[made_up.Made]:
    return made_up.compose(UNITS)


def test_a_document_is_the_same_for_the_same_seed_and_another_for_another():
    assert made_up.chain(20) == made_up.chain(20, 0)
    assert made_up.versions(20)[0].text != made_up.versions(20, 1)[0].text


def test_only_what_says_the_same_in_every_version_is_put_together():
    rows = made_up.rows()
    assert len(rows) >= 20
    whole = ["\n".join(row[place] for row in rows) for place in range(3)]
    # Of the differences on purpose: a name, a denial, an obligation, an addition.
    assert "리범석" not in whole[0]
    assert "не достигнуты" not in whole[1]
    assert "should finish" not in whole[2]
    assert "using the market" not in whole[2]


@pytest.mark.parametrize("units", [1, 20, UNITS])
def test_it_is_cut_into_exactly_the_paragraphs_it_was_made_of(units):
    composed, (versions, kinds) = made_up.compose(units), made_up.chain(units)
    document = corpora.open_document(versions)
    for place, version in enumerate(document.versions):
        assert [segment.text for segment in version.segments] == [one for unit in composed for one in unit.sides[place]]
        assert {segment.kind for segment in version.segments} == {"paragraph"}
        assert version.repairs == ()
    check(from_kinds(LANGUAGES, kinds, "as made up"), [len(version.segments) for version in document.versions])


def test_it_says_that_it_is_made_up():
    document = corpora.open_document(made_up.versions(20))
    assert document.title == "Made-up document of 20 units"
    assert document.chain("en") == LANGUAGES
    assert all(version.is_placeholder and version.title == document.title for version in document.versions)
    assert all(version.text == normalise(version.text) for version in document.versions)


def test_cells_have_about_forty_five_words_and_no_two_paragraphs_are_the_same(composed):
    sizes = [
        mean(len(" ".join(unit.sides[place]).split()) for unit in composed if unit.sides[place]) for place in range(3)
    ]
    assert mean(sizes) == pytest.approx(45, abs=2)
    korean, russian, english = sizes
    assert korean < russian < english
    for place in range(3):
        texts = [" ".join(unit.sides[place]) for unit in composed if unit.sides[place]]
        assert len(set(texts)) == len(texts)


def test_as_many_units_deviate_as_the_rates_say(composed):
    found = Counter(unit.deviation for unit in composed)
    assert {name: found[name] for name in DEVIATIONS} == {"missing": 9, "split": 9, "number": 6, "negation": 3}
    for unit in composed:
        fitting = {"missing": [(0, 1, 1), (1, 0, 1), (1, 1, 0)], "split": [(1, 2, 1)]}
        assert unit.kind in fitting.get(unit.deviation, [(1, 1, 1)])


def test_numbers_differ_where_they_were_changed_and_nowhere_else(composed):
    def numbers(side: tuple[str, ...]) -> tuple[int, ...]:
        # A month is a number in Korean only.
        return tuple(sorted(int(number) for number in re.findall(r"\d+(?![\d월])", " ".join(side))))

    for unit in composed:
        found = {numbers(side) for side in unit.sides if side}
        assert len(found) == (2 if unit.deviation == "number" else 1), unit


def test_a_denial_is_dropped_where_that_was_planted_and_nowhere_else(composed):
    def denials(unit: made_up.Made) -> list[bool]:
        words = zip(("수행하지 않았다", "не выполнил", "did not fulfil"), unit.sides, strict=True)
        return [word in " ".join(side) for word, side in words if side]

    for unit in composed:
        if unit.deviation == "negation":
            assert denials(unit) in ([True, False, False], [True, True, False])
        else:
            assert len(set(denials(unit))) == 1, unit


def test_a_review_has_the_units_as_made_and_finds_most_of_the_changed_numbers():
    units = 60
    review, composed = made_up.review(units), made_up.compose(units)
    assert [tuple(map(len, unit.sides)) for unit in review.alignment.units] == [unit.kind for unit in composed]
    alarmed = {one.unit for one in review.divergences if one.issues}
    missing = {number for number, unit in enumerate(composed) if unit.deviation in ("missing", "number")}
    assert missing <= alarmed
    assert len(alarmed) <= len(missing) + 6
