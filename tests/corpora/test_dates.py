"""Dates in running text: a row is a language, a text, and the dates in it."""

import pytest

from corpora.dates import find_dates
from corpora.languages import language

DATES = [
    ("en", "Drafted on 31 January 1955", [(1955, 1, 31)]),
    ("en", "Typed on 1 February 1955.", [(1955, 2, 1)]),
    ("en", "January 31, 1955", [(1955, 1, 31)]),
    ("en", "on the 3rd of May 1950", [(1950, 5, 3)]),
    ("en", "in March 1954", [(1954, 3, 0)]),
    ("en", "30 MAY 1955", [(1955, 5, 30)]),
    ("en", "08544 12 March 1955\n12 March 1955] 440", [(1955, 3, 12), (1955, 3, 12)]),
    ("en", "from 2 March 1955 to 4 April 1956", [(1955, 3, 2), (1956, 4, 4)]),
    ("en", "4 April 1956, after 2 March 1955", [(1956, 4, 4), (1955, 3, 2)]),
    ("en", "you may leave; they march on 1955 times", []),
    ("en", "31 January, 1955", []),
    ("en", "a mayor of 1955", []),
    ("en", "No. 99 January 1955 and 45 March 1955", []),
    ("en", "file 1231 January 1955", [(1955, 1, 0)]),
    ("en", "March 19551", []),
    ("ru", "Составлено 31 января 1955 года", [(1955, 1, 31)]),
    ("ru", "1 февраля 1955 г.", [(1955, 2, 1)]),
    ("ru", "в марте 1954 года", [(1954, 3, 0)]),
    ("ru", "с 5 мая 1950 по 9 МАЯ 1951", [(1950, 5, 5), (1951, 5, 9)]),
    ("ru", "маяк 1954", []),
    ("ko", "1955년 1월 31일 작성", [(1955, 1, 31)]),
    ("ko", "1955년2월2일", [(1955, 2, 2)]),
    ("ko", "1954년 11월에 1955년 12월 1일까지", [(1954, 11, 0), (1955, 12, 1)]),
    ("ko", "1955년 13월 1일, 1955년 0월", []),
    ("ko", "1955년에 3월", []),
    ("en", "Feb. 14, 1955 and 3 Sept. 1954", [(1955, 2, 14), (1954, 9, 3)]),
    ("en", "Dec 1955, not decision 1955", [(1955, 12, 0)]),
    ("en", "It was in January. 1955 was a good year.", []),
    ("en", "31.1.1955, 1.13.1955 and section 2.31.1.1955", [(1955, 1, 31)]),
    ("ru", "31.1.1955 г., 14 февр. 1955 г. и 3 янв. 1954", [(1955, 1, 31), (1955, 2, 14), (1954, 1, 3)]),
    ("ko", "1955.1.31. 및 31.1.1955", [(1955, 1, 31), (1955, 1, 31)]),
    ("und", "31 January 1955", []),
]


@pytest.mark.parametrize(("code", "text", "dates"), DATES, ids=[row[1] for row in DATES])
def test_dates_are_found_in_reading_order(code, text, dates):
    found = find_dates(text, language(code))
    assert [(date.year, date.month, date.day) for date in found] == dates
    assert [text[date.start : date.stop] for date in found] == [date.text for date in found]


@pytest.mark.parametrize("code", ["en", "ru"])
def test_every_month_has_a_pattern(code):
    names = {
        "en": "January February March April May June July August September October November December",
        "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    }
    text = ", ".join(f"1 {name} 1950" for name in names[code].split())
    assert [date.month for date in find_dates(text, language(code))] == list(range(1, 13))
