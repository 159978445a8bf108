"""Glyphs to words, and letters of types that do not say which they are."""

import pytest

from corpora.readers.drawn.comments import utc
from corpora.readers.drawn.glyphs import DRAWN, FREE, NOTHING, Glyph, Once, words
from corpora.readers.drawn.page import Page, Word
from corpora.readers.printed import letters


def glyphs(text: str, *, gap: float = 0, size: float = 10, left: float = 50) -> list[Glyph]:
    """Letters of half their size, a blank for each drawn one and a stretch of `gap` between."""
    found, before = [], NOTHING
    for letter in text:
        if letter == " ":
            before, left = DRAWN, left + size / 4
        elif letter == "_":
            before, left = FREE, left + size / 4
        else:
            found.append(Glyph(letter, left, left + size / 2, 80, size, before=before))
            before, left = NOTHING, left + size / 2 + gap
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("two words", ["two", "words"]),
        ("two_words", ["two", "words"]),
        ("ﬁne oﬃce", ["fine", "office"]),
        ("a¨", ["a¨"]),
    ],
)
def test_words_are_parted_by_blanks(text, found):
    assert [word.text for word in words(glyphs(text))] == found


def test_letters_far_apart_are_words():
    assert [word.text for word in words(glyphs("ab", gap=4))] == ["a", "b"]
    assert [word.text for word in words(glyphs("ab", gap=1))] == ["ab"]


def test_a_raised_mark_is_glued_to_its_word():
    mark = Glyph("1", 60, 63, 76, 6.5)
    one, other = words([*glyphs("ab"), mark])
    assert (one.glued, other.glued, other.text) == (False, True, "1")


def test_a_drawn_blank_behind_a_word_is_kept():
    one, other = words(glyphs("ab cd"))
    assert (one.blank, other.blank) == (True, False)


def test_digits_that_a_word_processor_sets_apart_from_hangul_stand_together():
    text = glyphs("a b c d e f g h 1946_년")
    assert [word.text for word in words(text)][-1] == "1946년"


@pytest.mark.parametrize(("left", "is_new"), [(50.3, False), (49.7, False), (51.19, False), (52.6, True), (45, True)])
def test_a_glyph_is_drawn_twice_where_it_hardly_moved(left, is_new):
    once = Once()
    assert once.is_new("l", 50, 80, 10)
    assert once.is_new("l", left, 80, 10) is is_new
    assert once.is_new("i", 50, 80, 10)


def page(text: str) -> list[Page]:
    return [Page(1, 100, 100, tuple(Word(word, 0, 10, 10, 10, unknown=len(word)) for word in text.split(" ")))]


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("Íàøà ñòðàíà âñå åùå íå âîññîåäèíåíà", "Наша страна все еще не воссоединена"),
        ("¾Íàøà ñòðàíà¿ \x16 âñ¼ åù¼ îäíà, íî íå âîñ\x7f", "«Наша страна» — всё ещё одна, но не вос-"),
    ],
    ids=["Windows", "TeX"],
)
def test_cyrillic_that_a_file_only_draws_is_read(drawn, read):
    (found,), count = letters.recoded(page(drawn))
    assert " ".join(word.text for word in found.words) == read
    assert count > 20


@pytest.mark.parametrize("drawn", ["naïve café à la carte", "\x88 \x0f", "ÿÿÿÿ þþþþ ýýýý üüüü"])
def test_other_letters_are_left_alone(drawn):
    (found,), count = letters.recoded(page(drawn))
    assert count == 0
    assert not set("".join(word.text for word in found.words)) & set(map(chr, range(0x400, 0x500)))


@pytest.mark.parametrize(
    ("date", "told"),
    [("D:20240131", "2024-01-31T00:00:00+00:00"), ("D:2024", "2024-01-01T00:00:00+00:00"), ("yesterday", ""), ("D:20249931", ""),
     ("D:20240131091500Z", "2024-01-31T09:15:00+00:00"), ("D:20240131091500-05'30'", "2024-01-31T14:45:00+00:00"), ("", "")],
)  # fmt: skip
def test_dates(date, told):
    assert utc(date) == told
