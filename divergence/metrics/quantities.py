"""Quantities: numbers in digits and words, dates, times and measures that one side has and the other has not.

A number may be read in several ways ("8 часов" is a time and a duration); it is answered when the other side has any of
them. Measures are compared in SI units, as far as a translator may round.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpora.dates import find_dates
from corpora.languages import Language
from corpora.measures import Amount, amounts, is_range
from corpora.numbers import find_numbers
from divergence.evidence import Evidence, Pair, Pointed
from divergence.side import Side

FEATURES = ("replaced", "replaced and linked", "unanswered", "others unanswered", "answered")
LIST_LABEL = re.compile(r"^\s*(?:\d{1,2}|[a-zа-я])[.)]\s|(?<=[.;:!?] )(?:\d{1,2})[.)]\s")
# How surely a quantity counts something: digits, digits that may stand for a word or for a list, and words, which also
# have uses in which they count nothing ("the second", "one").
PLAIN, SMALL, IN_WORDS = 1.0, 0.7, 0.3
# The largest number that is often written in words on the other side.
SMALLEST_PLAIN = 13
# A translator rounds what he converts ("40 miles" is "65 km") by no more than this.
ROUNDED = 0.13
CLOCK = re.compile(r"(?<![\d.,:])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\d:])")
ROMAN = re.compile(r"(?<![\w.])(?=[IVXL]{2,}(?!\w)|[VX](?!\w|\.))(XL|X{0,3}L?)(X{0,3})(IX|IV|V?I{0,3})(?![\w])")
ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
# Half a day in minutes: what is left out of "7" when a text says "in the evening" somewhere else.
HALF_A_DAY = 720
Reading = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at characters `start:stop`: its readings (what it is, value), what it measures, and its weight."""

    start: int
    stop: int
    readings: tuple[Reading, ...]
    weight: float
    amounts: tuple[Amount, ...] = ()


def measure(pair: Pair) -> Evidence | None:
    """Quantities without counterpart on either side; None when neither side has any."""
    found = find(pair.source), find(pair.target)
    if not any(found):
        return None
    alone = unanswered(*found)
    weights = sorted((quantity.weight for side in alone for quantity in side), reverse=True)
    replaced = max(_replaced(*alone), default=0.0)
    linked = max(
        (weight * pair.linked(one.start, one.stop, other.start, other.stop) for one, other, weight in _pairs(*alone)),
        default=0.0,
    )
    features = (
        replaced, linked, weights[0] if weights else 0.0, min(sum(weights[1:]), 3.0),
        min(sum(map(len, found)) - len(weights), 6) / 6,
    )  # fmt: skip
    pointed = [
        Pointed(way.source.version, one.start, one.stop, _reason(one, way), one.weight)
        for way, own in ((pair, alone[0]), (pair.turned, alone[1]))
        for one in own
    ]
    return Evidence(features if weights else None, tuple(pointed))


def _reason(one: Quantity, pair: Pair) -> str:
    return f'"{pair.source.text[one.start : one.stop].strip()}" was not found in {pair.other}.'


def _pairs(source: Sequence[Quantity], target: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity, float]]:
    """What may stand in each other's place, and how much that would weigh."""
    for one in source:
        for other in target:
            if {what for what, _ in one.readings} & {what for what, _ in other.readings}:
                yield one, other, min(one.weight, other.weight)


def _replaced(source: Sequence[Quantity], target: Sequence[Quantity]) -> Iterator[float]:
    return (weight for _, _, weight in _pairs(source, target))


def find(side: Side) -> list[Quantity]:
    """The quantities of a side, in reading order; labels of list items do not count."""
    text, pack = side.text, side.language
    taken = [label.span() for label in LIST_LABEL.finditer(text)]
    found: list[Quantity] = []
    for date in find_dates(text, pack):
        for what, value in (("number", date.year), ("month", date.month), ("number", date.day)):
            if value:
                found.append(Quantity(date.start, date.stop, ((what, value),), PLAIN))
        taken.append((date.start, date.stop))
    for quantity in (*_decades(text, pack), *_times(text, pack), *_months(text, pack), *_roman(text, pack)):
        if _free(quantity.start, quantity.stop, taken):
            found.append(quantity)
            taken.append((quantity.start, quantity.stop))
    if pack.idioms:
        taken += [match.span() for match in pack.idioms.finditer(text)]
    found += _numbers(text, pack, taken)
    return sorted(found, key=lambda quantity: quantity.start)


def _numbers(text: str, pack: Language, taken: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    numbers = find_numbers(text, pack, taken)
    measured = [amounts(text, number.value, number.stop, pack) for number in numbers]
    # The first of a range is measured by the unit behind the second.
    for place in range(len(numbers) - 2, -1, -1):
        one, after = numbers[place], numbers[place + 1]
        if not measured[place][0] and measured[place + 1][0] and is_range(text, one.stop, after.start):
            ahead = text[: one.stop] + text[after.stop :]
            measured[place] = amounts(ahead, one.value, one.stop, pack)[0], one.stop
    for number, (held, _) in zip(numbers, measured, strict=True):
        readings: list[Reading] = [("number", number.value)]
        stop = number.stop
        in_digits = text[number.start].isdigit()
        for suffix, factor in pack.suffixes.items() if in_digits else ():
            if re.compile(rf"\s?{suffix}(?!\w)").match(text, number.stop):
                readings.append(("number", number.value * factor))
        if in_digits:
            weight = PLAIN if number.value >= SMALLEST_PLAIN or number.value % 1 else SMALL
        else:
            weight = SMALL if number.is_plain else IN_WORDS
        yield Quantity(number.start, stop, tuple(readings), weight, held)


def _months(text: str, pack: Language) -> Iterator[Quantity]:
    for month, pattern in enumerate(pack.months, 1):
        for match in pattern.finditer(text):
            # "may" and "march" are months with a capital only.
            if pack.script != "Latin" or match.group()[0].isupper():
                yield Quantity(*match.span(), (("month", month),), SMALL)


def _decades(text: str, pack: Language) -> Iterator[Quantity]:
    for match in pack.decades.finditer(text) if pack.decades else ():
        yield Quantity(*match.span(), (("decade", float(_named(match, "decade"))),), PLAIN)


def _times(text: str, pack: Language) -> Iterator[Quantity]:
    """Clock times; what has no sign of the half of the day is also its plain numbers."""
    for pattern in (pack.times, CLOCK) if pack.times else (CLOCK,):
        for match in pattern.finditer(text):
            hour, minute = int(_named(match, "hour")), int(_named(match, "minute") or 0)
            if hour <= 24 and minute < 60:
                number = float(match.group().replace(":", ".")) if re.fullmatch(r"\d+[.:]\d\d", match.group()) else hour
                readings = ("time", float((hour * 60 + minute) % HALF_A_DAY)), ("number", float(number))
                yield Quantity(match.start(), match.start() + len(match.group().rstrip()), readings, PLAIN)


def _roman(text: str, pack: Language) -> Iterator[Quantity]:
    for match in ROMAN.finditer(text) if pack.has_roman else ():
        if match.group():
            digits = [ROMAN_DIGITS[letter] for letter in match.group()]
            value = sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))
            yield Quantity(*match.span(), (("number", float(value)),), IN_WORDS)


def _named(match: re.Match[str], name: str) -> str:
    """What a group caught, or one of the groups that are named like it with something added."""
    return next((value for key, value in match.groupdict().items() if key.startswith(name) and value), "")


def _free(start: int, stop: int, taken: Sequence[tuple[int, int]]) -> bool:
    return all(stop <= a or b <= start for a, b in taken)


def unanswered(source: Sequence[Quantity], target: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """The quantities of either side that find no equal on the other, each equal serving once."""
    left = list(source), list(target)
    for same in (_same_reading, _same_amount):
        for one in list(left[0]):
            answer = next((other for other in left[1] if same(one, other)), None)
            if answer:
                left[0].remove(one)
                left[1].remove(answer)
    return left


def _same_reading(one: Quantity, other: Quantity) -> bool:
    return any(
        what == kind and (value == number or (what == "decade" and _same_decade(value, number)))
        for what, value in one.readings
        for kind, number in other.readings
    )


def _same_decade(one: float, other: float) -> bool:
    """Decades with their century agree in it; "the thirties" are those of any century."""
    return one % 100 == other % 100 and min(one, other) < 100


def _same_amount(one: Quantity, other: Quantity) -> bool:
    return any(
        a.dimension == b.dimension and abs(a.value - b.value) <= ROUNDED * max(abs(a.value), abs(b.value))
        for a in one.amounts
        for b in other.amounts
    )
