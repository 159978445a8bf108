"""What word processors' files share: places of marks in cleaned text, lists' numbers, names of styles, what a file states."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.building import CONTROL, clean, places
from corpora.readers.flow import Comment, Flow
from corpora.readers.naming import kind_named
from corpora.readers.numerals import numeral
from corpora.readers.stated import in_utc, language_of, title_of
from tests.strategies import ODDITIES, untidy

piece = st.one_of(
    untidy("ko"), untidy("ru"), st.sampled_from([*ODDITIES, "\n", " \n ", "\t", "  "]), st.text(max_size=3)
)
RUSSIAN = "Перед нами стоит задача восстановить сельское хозяйство. " * 3
ENGLISH = "We are faced with the task of reviving agriculture in the north of the country. " * 3


@given(before=st.lists(piece, max_size=4).map("".join), after=st.lists(piece, max_size=4).map("".join))
def test_a_place_has_the_same_characters_before_it_as_in_the_text_that_was_not_cleaned(before, after):
    text = before + after
    [place] = places(text, [len(before)])
    cleaned = clean(text)
    assert 0 <= place <= len(cleaned)
    # A mark on the last letter belongs to it, whether one character can hold both or not.
    rest = after.lstrip("".join(map(chr, range(0x1160, 0x1200))))
    if after and (unicodedata.category(after[0])[0] == "M" or rest != after or CONTROL.match(after)):
        return
    assert "".join(cleaned[:place].split()) == "".join(clean(before).split())


def test_places_are_found_in_rising_order_in_one_walk():
    assert places("  a \u00a0 b\n\n c", [0, 3, 3, 7, 11]) == [0, 1, 1, 3, 5]


def test_a_comment_without_words_of_its_own_stands_on_the_word_beside_it():
    flow = Flow()
    flow.write("Первое слово")
    flow.point("end")
    flow.end()
    flow.point("alone")
    flow.end()
    flow.write("… ")
    flow.point("sign")
    flow.write("…")
    flow.end()
    comments = [Comment(key, key) for key in ("end", "alone", "sign", "nowhere")]
    text = flow.builder.text
    assert {one.text: text[one.start : one.stop] for one in flow.remarks(comments)} == {
        "end": "слово",
        "alone": "слово",
        "sign": "… …",
    }


def test_an_answer_stands_where_its_question_does():
    flow = Flow()
    flow.write("one ")
    flow.edge("1")
    flow.write("two")
    flow.edge("1")
    flow.end()
    comments = [Comment("2", "answer", created="2", parent="1"), Comment("1", "question", created="1")]
    assert [(one.text, one.start, one.stop) for one in flow.remarks(comments)] == [("question", 4, 7), ("answer", 4, 7)]


@pytest.mark.parametrize(
    ("format", "numbers", "written"),
    [
        ("decimal", (1, 40), ["1", "40"]),
        ("decimalZero", (4, 12), ["04", "12"]),
        ("upperRoman", (4, 1955), ["IV", "MCMLV"]),
        ("lowerLetter", (1, 26, 27, 53), ["a", "z", "aa", "aaa"]),
        ("russianLower", (6, 7, 28), ["е", "ж", "я"]),
        ("ganada", (1, 14), ["가", "하"]),
        ("chosung", (3,), ["ㄷ"]),
        ("decimalEnclosedCircle", (3, 21), ["③", "21"]),
        ("chineseCounting", (3, 10, 21), ["三", "十", "二十一"]),
        ("lowerRoman", (0, -3, 10**6), ["0", "-3", "1000000"]),
        ("never heard of", (7,), ["7"]),
    ],
)
def test_numbers_of_lists(format, numbers, written):
    assert [numeral(number, format) for number in numbers] == written


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("heading 3", "heading"), ("Überschrift 1", "heading"), ("Заголовок 2", "heading"), ("제목 1", "heading"),
        ("Title", "title"), ("Название", "title"), ("제목", "title"), ("Subtitle", "heading"), ("caption", "caption"),
        ("toc 2", "front matter"), ("Contents Heading", "front matter"), ("Normal", ""), ("Heading 1 Char", ""),
    ],
)  # fmt: skip
def test_names_of_styles(name, kind):
    assert kind_named(name) == kind


@pytest.mark.parametrize(
    ("text", "stated", "code"),
    [
        (RUSSIAN, {"en-US": 900}, "ru"),
        (ENGLISH, {"ru-RU": 900, "en-US": 3}, "en"),
        (ENGLISH, {"de-DE": 900}, "en"),
        ("Guten Tag.", {"de-AT": 9}, "de"),
        ("Наша країна ще не об'єднана.", {"uk-UA": 20}, "uk"),
        ("Наша страна.", {"de-DE": 20}, "ru"),
        ("これはペンです。", {"ja-JP": 8}, "ja"),
        ("1955", {"ru-RU": 4}, "und"),
        ("Наша страна.", {"not a tag!": 20, "und": 3}, "ru"),
        ("", {}, "und"),
    ],
)
def test_what_a_file_says_of_its_language_is_a_hint(text, stated, code):
    assert language_of(text, stated) == code


@pytest.mark.parametrize(
    "title",
    [
        "Microsoft Word - отчёт",
        "Document1",
        "Документ 3",
        "문서1",
        "untitled",
        "minutes.docx",
        ".",
        "",
        "Contents",
        "목차",
    ],
)
def test_titles_that_nobody_chose_are_none(title):
    assert title_of(title, (), "") == ""


def test_the_title_in_the_text_goes_before_the_one_that_the_file_states():
    flow = Flow()
    flow.write("О  кооперативе\nв деревне")
    flow.end("title")
    assert title_of("Template", flow.blocks, flow.builder.text) == "О кооперативе в деревне"
    assert title_of(" Отчёт\t1955 ", (), "") == "Отчёт 1955"


def test_times_are_told_in_utc():
    assert in_utc("2024-01-01T00:30:00+09:00") == "2023-12-31T15:30:00+00:00"
    assert in_utc("2024-01-01T00:30:00.123456789") == "2024-01-01T00:30:00+00:00"
    assert [in_utc(time) for time in ("", "0000-00-00", "9999-12-31T23:59:59-12:00", "\x00")] == [""] * 4
