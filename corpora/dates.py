"""Dates in running text, in the languages that have a pack."""

import re
from dataclasses import dataclass

from corpora.languages import Language

# Day month year and month day, year; Korean papers write year, month, day, each with its counter.
AROUND = re.compile(
    r"(?:(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?MONTH(?:\s+(?P<late>\d{1,2})(?:st|nd|rd|th)?,)?"
    r"\s+(?P<year>\d{4})(?!\d)"
)
YEAR = re.compile(r"\d{4}")
# In digits alone: "31.1.1955" everywhere, "1955.1.31" in Korean.
DAY_FIRST = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)")
YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>\d{4})\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})(?!\d)")
KOREAN = re.compile(r"(?P<year>\d{4})년\s*(?P<month>\d{1,2})월(?:\s*(?P<day>\d{1,2})일)?")


@dataclass(frozen=True, slots=True)
class Date:
    """A date and its place in the text; `day` is 0 when only month and year are given."""

    year: int
    month: int
    day: int
    start: int
    stop: int
    text: str


def find_dates(text: str, pack: Language) -> list[Date]:
    """Every date with at least month and year, in reading order.

    >>> from corpora.languages import language
    >>> [(d.year, d.month, d.day) for d in find_dates("Typed on 1 February 1955.", language("en"))]
    [(1955, 2, 1)]
    """
    # Most paragraphs name no year; the patterns of twelve months take their time.
    if not YEAR.search(text):
        return []
    in_digits = (DAY_FIRST, KOREAN, YEAR_FIRST) if pack.script == "Hangul" else (DAY_FIRST,)
    found = [
        _date(match, int(match["month"]), int(match["day"] or 0))
        for pattern in in_digits
        for match in pattern.finditer(text)
    ]
    if pack.script != "Hangul":
        for number, month in enumerate(pack.months_in_dates, 1):
            pattern = re.compile(AROUND.pattern.replace("MONTH", month.pattern), re.IGNORECASE)
            for match in pattern.finditer(text):
                found.append(_date(match, number, int(match["day"] or match["late"] or 0)))
    possible = (date for date in found if 1 <= date.month <= 12 and date.day <= 31)
    return sorted(possible, key=lambda date: date.start)


def _date(match: re.Match[str], month: int, day: int) -> Date:
    return Date(int(match["year"]), month, day, *match.span(), match.group())
