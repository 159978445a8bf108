"""Dates in running text, in the languages that have a pack."""

import re
from dataclasses import dataclass

from corpora.languages import Language

# Day month year and month day, year; Korean papers write year, month, day, each with its counter.
AROUND = re.compile(
    r"(?:(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?MONTH(?:\s+(?P<late>\d{1,2})(?:st|nd|rd|th)?,)?"
    r"\s+(?P<year>\d{4})(?!\d)"
)
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
    found = []
    if pack.script == "Hangul":
        for match in KOREAN.finditer(text):
            found.append(_date(match, int(match["month"]), int(match["day"] or 0)))
    else:
        for number, month in enumerate(pack.months, 1):
            pattern = re.compile(AROUND.pattern.replace("MONTH", month.pattern), re.IGNORECASE)
            for match in pattern.finditer(text):
                found.append(_date(match, number, int(match["day"] or match["late"] or 0)))
    possible = (date for date in found if 1 <= date.month <= 12 and date.day <= 31)
    return sorted(possible, key=lambda date: date.start)


def _date(match: re.Match[str], month: int, day: int) -> Date:
    return Date(int(match["year"]), month, day, *match.span(), match.group())
