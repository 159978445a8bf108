"""Spelling across scripts: names of one person or place against names of others."""

import pytest

from aligners.transliteration import alike_all, letters, sound

# A word, the same name elsewhere, another name.
NAMES = [
    ("Пикассо", "Picasso", "Poland"),
    ("Харрисон", "Harrison", "Henderson"),
    ("Владимира", "Vladimir", "Valentina"),
    ("파인스타인은", "Feinstein", "Baltimore"),
    ("동갈라에", "Donggala", "Jakarta"),
    ("차이콥스키는", "Чайковский", "Чаплин"),
    ("모스크바에서", "Москва", "Минск"),
    ("Пхеньяне", "평양에서", "서울에서"),
]


def alike(source, target):
    return tuple(alike_all([source], [target])[0, 0].tolist())


@pytest.mark.parametrize(("word", "same", "other"), NAMES)
def test_a_name_is_more_like_itself(word, same, other):
    assert sum(alike(word, same)) > sum(alike(word, other))


@pytest.mark.parametrize(("word", "same", "other"), NAMES)
def test_likeness_has_bounds_and_no_direction(word, same, other):
    for one in (same, other, word, "", "—", "a"):
        assert alike(word, one) == alike(one, word)
        assert all(0 <= value <= 1 for value in alike(word, one))
    assert alike(word, word) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("word", "spelt"),
    [("Щёлково", "shelkovo"), ("объект", "obekt"), ("Müller", "muler"), ("1955년", "1955nion"), ("—", ""), ("Philippe", "filipe")],
)  # fmt: skip
def test_letters(word, spelt):
    assert letters(word) == spelt


@pytest.mark.parametrize(("one", "other"), [("Боб", "Pop"), ("루마니아", "Rumania"), ("Гога", "Coca")])
def test_sound_hears_no_voice_and_no_liquids_apart(one, other):
    assert sound(one) == sound(other)


def test_sound_keeps_digits():
    assert sound("1955") != sound("195")


def test_short_words_are_alike_only_when_equal():
    assert alike("он", "on") == (1.0, 1.0)
    assert alike("и", "in") == (0.0, 0.0)
