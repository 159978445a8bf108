"""Lines that end within a word. To add a row, write two lines and what they are read as."""

from collections import Counter

import pytest

from corpora.readers.drawn.page import Word
from corpora.readers.printed.lines import Line, line
from corpora.readers.written import hyphens

ROWS = [
    ("the pre-", "sent state", "the present state"),
    ("народно-", "демократической", "народнодемократической"),
    ("что-", "нибудь ещё", "что-нибудь ещё"),
    ("из-", "за войны", "из-за войны"),
    ("гла-", "за читателя", "глаза читателя"),
    ("мес-", "то работы", "место работы"),
    ("по-", "этому пути", "поэтому пути"),
    ("по-", "русски", "по-русски"),
    ("the Anglo-", "American union", "the Anglo-American union"),
    ("REVO-", "LUTION", "REVOLUTION"),
    ("self-", "government", "self-government"),
    ("soft\u00ad", "ened", "softened"),
    ("мяг¬", "кий", "мягкий"),
    ("the years 1954–", "1955", "the years 1954–1955"),
    ("in 1954-", "1955", "in 1954-1955"),
    ("at https://example.org/", "page", "at https://example.org/page"),
    ("at https:", "//example.org", "at https://example.org"),
    ("a dash -", "and more", "a dash - and more"),
    ("a word —", "and more", "a word — and more"),
    ("no", "hyphen", "no hyphen"),
]


@pytest.mark.parametrize(("one", "other", "read"), ROWS)
def test_two_lines(one, other, read):
    found = hyphens.joint(one, other, Counter())
    assert (f"{one[: -found[0]]}{found[1]}{other}" if found else f"{one} {other}") == read


@pytest.mark.parametrize(
    ("known", "read"),
    [
        ("народно-демократический строй", "народно-демократический"),
        ("демократический строй", "народно-демократический"),
        ("народнодемократический строй", "народнодемократический"),
    ],
)
def test_the_rest_of_the_text_tells_what_a_word_is(known, read):
    length, text = hyphens.joint("народно-", "демократический", hyphens.vocabulary([known]))
    assert f"{'народно-'[:-length]}{text}демократический" == read


def test_words_that_lines_cut_are_no_words_of_the_text():
    assert hyphens.vocabulary(["the pre-", "sent state of", "the work"]) == Counter(
        ["the", "state", "of", "the", "work"]
    )


def set_line(text: str, *, blank: bool = False) -> Line:
    return line([Word(text, 50, 300, 80, 10, blank=blank)], 1)


def test_korean_of_a_file_without_blanks_at_line_ends_is_told_by_its_words():
    lines = [
        set_line(text)
        for text in ("우리앞에는농업을복구할과", "업이나서고있다.모든농민들", "은협동조합에참가하여야한다")
    ]
    cut = hyphens.cut_lines([lines], Counter())
    assert [id(one) in cut for one in lines] == [True, True, False]


def test_korean_of_a_file_that_draws_its_blanks_is_told_by_them():
    lines = [set_line("가나다", blank=place % 3 > 0) for place in range(30)]
    cut = hyphens.cut_lines([lines], Counter())
    assert [id(one) in cut for one in lines[:-1]] == [place % 3 == 0 for place in range(29)]


def test_han_and_kana_meet_without_a_blank():
    lines = [set_line("朝鮮勞動黨"), set_line("中央委員會")]
    assert hyphens.cut_lines([lines], Counter()) == {id(lines[0])}
