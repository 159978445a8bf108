"""Dates of versions as machines read them."""

import re

from corpora.dates import find_dates
from corpora.languages import language

ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
YEAR = re.compile(r"(?<!\d)([12]\d{3})(?!\d)")


def parts(text: str, *languages: str) -> tuple[int, ...]:
    """Year, month and day that a text names, as far as it names them; () where there is none, or more than one.

    >>> parts("31 января 1955 г.", "ru"), parts("January 31, 1955"), parts("spring of 1955"), parts("1954 or 1955")
    ((1955, 1, 31), (1955, 1, 31), (1955,), ())
    """
    found = {
        (one.year, one.month, *([one.day] if one.day else []))
        for code in dict.fromkeys((*languages, "en"))
        for one in find_dates(text, language(code))
    }
    for year, month, day in ISO.findall(text):
        if 1 <= int(month) <= 12 and (not day or 1 <= int(day) <= 31):
            found.add((int(year), int(month), *([int(day)] if day else [])))
    if not found:
        found = {(int(year),) for year in YEAR.findall(text)}
    return found.pop() if len(found) == 1 else ()


def iso(text: str, *languages: str) -> str:
    """The same as ISO 8601, "" where there is none: "1955-01-31"."""
    return "-".join(f"{number:02}" if place else f"{number:04}" for place, number in enumerate(parts(text, *languages)))
