"""Numbers in running text: a row is a language, a text, and the numbers in it."""

import pytest

from corpora.languages import language
from corpora.numbers import find_numbers

NUMBERS = [
    ("en", "three hundred and fifty men and five boys", [350, 5]),
    ("en", "two million five hundred thousand", [2_500_000]),
    ("en", "a thousand, thousands, one thousand", [1000, 1000]),
    ("en", "one of them, twenty-one of us", [21]),
    ("en", "the second five-year plan", [2, 5]),
    ("en", "ten two-storey houses", [10, 2]),
    ("en", "in 1950 five plants", [1950, 5]),
    ("en", "between 5 and 10 thousand", [5, 10_000]),
    ("en", "12,500 tons, 2.5 per cent", [12_500, 2.5]),
    ("ru", "сто двадцать пять тысяч", [125_000]),
    ("ru", "пять миллионов двести тысяч", [5_200_000]),
    ("ru", "тысячи тонн, пять тысяч тонн", [5000]),
    ("ru", "один из них, двадцать один год", [21]),
    ("ru", "семинар, семья, семью, четверть, пятиться", []),
    ("ru", "пятидесяти, пятилетка, двухэтажный", [50, 5, 2]),
    ("ru", "5 тыс. и 3 млрд рублей", [5000, 3_000_000_000]),
    ("ko", "만일 그렇다면 천만에, 이만 삼천리 사이사이", []),
    ("ko", "오천만 인민, 백만 명, 천 톤", [50_000_000, 1_000_000, 1000]),
    ("ko", "열두 명, 스물다섯 개, 열 명", [12, 25, 10]),
    ("ko", "1만 2천 5백 명", [12_500]),
    ("ko", "백오십, 십오 명", [150, 15]),
    ("und", "three, 3", [3]),
]


@pytest.mark.parametrize(("code", "text", "numbers"), NUMBERS, ids=[row[1] for row in NUMBERS])
def test_numbers_are_found_in_reading_order(code, text, numbers):
    found = find_numbers(text, language(code))
    assert [number.value for number in found] == numbers
    assert all(text[number.start : number.stop].strip() for number in found)


def test_places_that_are_taken_hold_no_number():
    assert [one.value for one in find_numbers("5 or 6", language("en"), [(0, 1)])] == [6]


def test_only_digits_compounds_and_words_above_ten_are_plain():
    found = find_numbers("5, five, fifteen, hundred, two hundred", language("en"))
    assert [one.is_plain for one in found] == [True, False, True, False, True]
