"""The lexicon that links make, and the likeness it gives."""

import pytest

from aligners.words.lexicon import CONFIRMED, beginning, count

UNITS = [
    (["a", "red", "house"], ["красный", "дом"], [(1, 0, 0.9), (2, 1, 0.8)]),
    (["the", "house"], ["дома"], [(1, 0, 1.0)]),
    (["houses", "burn"], ["дома", "горят"], [(0, 0, 1.0), (1, 1, 1.0)]),
]


def test_words_linked_again_and_again_are_alike():
    found = count(UNITS).likeness(["house", "burn"], ["дома", "горят", "лес"])
    assert found.shape == (2, 3)
    # "house" and "houses" begin alike, "дом" and "дома" do not: two links of two and three occurrences, one taken off.
    assert found[0, 0] == pytest.approx(1 / (3 * 2) ** 0.5)
    assert found[1, 1] == 0
    assert found[0, 1] == found[0, 2] == 0


def test_one_confirmed_link_is_evidence():
    assert count(UNITS[:1], weight=CONFIRMED).likeness(["red"], ["красный"])[0, 0] > 0.6


def test_joined_adds_up():
    one, other = count(UNITS[:2]), count(UNITS[2:])
    assert one.joined(other) == count(UNITS)


def test_an_unknown_word_has_no_likeness():
    assert not count(UNITS).likeness(["tree"], ["дома"]).any()
    assert count([]).likeness([], ["дома"]).shape == (0, 1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("кооперативов", "Кооперативы", True),
        ("농민들의", "농민은", True),
        ("1954", "1955", False),
        ("партия", "правда", False),
    ],
)
def test_beginnings(one, other, same):
    assert (beginning(one) == beginning(other)) is same
