"""Numbers, dates, labels and names that two versions share, whatever their languages."""

import numpy as np
import pytest

from aligners.costs.anchors import FAINT, MOST, forms, names, numbers, ties

NOTHING: frozenset[str] = frozenset()


def found(*texts):
    return [frozenset(text.split()) for text in texts]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "On 31 January 1955 twenty-five delegates voted."),
        ("ru", "31 января 1955 года голосовали двадцать пять делегатов."),
        ("ko", "1955년 1월 31일 대표 25명이 투표하였다."),
    ],
)
def test_a_date_and_a_number_are_the_same_in_every_language(code, text):
    assert numbers(text, code) == {"1955-01-31", "25"}


def test_a_month_is_an_anchor_without_a_year():
    assert numbers("It was sent in May.", "en") == numbers("Отправлено в мае.", "ru") == {"month 5"}


@pytest.mark.parametrize(("code", "label"), [("en", "c)"), ("ru", "в)"), ("ko", "다)"), ("en", "3.")])
def test_list_labels_count_by_their_place_in_the_alphabet(code, label):
    assert numbers(f"{label} …", code) == {"label 3"}


def test_a_language_without_a_pack_has_its_digits():
    assert numbers("Am 5. Juli kamen 1200 Leute.", "de") >= {"1200"}


def test_no_name_is_written_small_elsewhere():
    assert names(["Growth slowed.", "The growth of Harrison County"]) == (NOTHING, {"Harrison", "County"})


def test_every_korean_word_may_be_a_name():
    assert names(["김 하리슨은 왔다"]) == ({"하리슨은", "왔다"},)


def test_an_anchor_that_stands_once_in_both_ties_most():
    table = ties((found("7", "8 9", "9"), found("9", "7", "")), (found("", "", ""),) * 2)
    assert table[0, 1] == 1
    assert table[1, 0] == table[2, 0] == pytest.approx(2**-0.5)
    assert np.count_nonzero(table) == 3


def test_what_stands_everywhere_ties_nothing():
    many = found(*["1955"] * int(1 / FAINT + 1))
    assert not ties((many, many), ([NOTHING] * len(many),) * 2).any()


def test_ties_have_a_highest_sum():
    side = found(" ".join(map(str, range(10))))
    assert ties((side, side), (found(""),) * 2).tolist() == [[MOST]]


def test_names_tie_across_scripts():
    spelt = (found("Харрисона", "", "Пусан"), found("Busan", "Harrison", ""))
    table = ties((found("", "", ""),) * 2, spelt)
    assert set(zip(*np.nonzero(table), strict=True)) == {(0, 1), (2, 0)}


def test_all_forms_of_a_name_are_one_group():
    (group,) = forms(["Харрисон", "Харрисона", "Харрисону", "страна"], ["Harrison", "Country"])
    assert group[:2] == (["Харрисон", "Харрисона", "Харрисону"], ["Harrison"])


def test_no_names_make_no_groups():
    assert forms([], ["Harrison"]) == []
