"""Numbers in running text, in digits and in words, in the languages that have a pack."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpora.languages import Language, Numeral

DIGITS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f,.]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f,.]\d{3})+")
# What stands between the parts of one number, besides the words of the language file: "twenty-five", "5 млн", "5만".
LINK = re.compile(r"[\s-]?")
# Parts of the longest number that is read as one.
LONGEST = 24


@dataclass(frozen=True, slots=True)
class Number:
    """A number at characters `start:stop`.

    `is_plain` is True when it can hardly be anything but a number: digits, several words together, or a word above ten
    that is no round figure of speech (hundred, thousand).
    """

    value: float
    start: int
    stop: int
    is_plain: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a number: digits, a word, or both a word and what it multiplies ("hundred")."""

    start: int
    stop: int
    numeral: Numeral
    in_digits: bool = False


def find_numbers(text: str, pack: Language, taken: Sequence[tuple[int, int]] = ()) -> list[Number]:
    """Every number in reading order; number words that belong together are one number.

    Args:
        text: running text.
        pack: its language.
        taken: places that are spoken for already, such as dates.

    >>> from corpora.languages import language
    >>> [n.value for n in find_numbers("three hundred and fifty men, 2.5 million tons", language("en"))]
    [350.0, 2500000.0]
    """
    parts = _parts(text, pack, taken)
    found, place = [], 0
    while place < len(parts):
        size, value = _read(text, parts[place : place + LONGEST], pack)
        if value is not None:
            first, last = parts[place], parts[place + size - 1]
            is_round = size == 1 and bool(first.numeral.times)
            is_plain = first.in_digits or size > 1 or (value > 10 and not is_round)
            found.append(Number(float(value), first.start, last.stop, is_plain))
        place += size
    return found


def _parts(text: str, pack: Language, taken: Sequence[tuple[int, int]]) -> list[Part]:
    def is_free(match: re.Match[str]) -> bool:
        return all(match.end() <= start or stop <= match.start() for start, stop in taken)

    parts = [
        Part(*match.span(), Numeral(_value(match.group())), in_digits=True)
        for match in DIGITS.finditer(text)
        if is_free(match)
    ]
    if pack.numeral:
        runs = [match.span() for match in pack.numeral_runs.finditer(text)] if pack.numeral_runs else [(0, len(text))]
        for match in pack.numeral.finditer(text):
            numeral = pack.numerals[int((match.lastgroup or "")[1:])]
            in_run = any(start <= match.start() and match.end() <= stop for start, stop in runs)
            if is_free(match) and (in_run or numeral.stands_alone):
                parts.append(Part(*match.span(), numeral))
    return sorted(parts, key=lambda part: part.start)


def _value(digits: str) -> float:
    return float(re.sub(r"\D", "", digits)) if GROUPED.fullmatch(digits) else float(digits.replace(",", "."))


def _read(text: str, parts: Sequence[Part], pack: Language) -> tuple[int, float | None]:
    """How many of the parts, from the first, make one number, and its value; None when they make none.

    What stands before a multiplier and is smaller is multiplied, the rest is added: [200, 50] thousand -> [250000].
    """
    sums: list[float] = []
    done: tuple[int, float | None] = (1, parts[0].numeral.value if parts[0].numeral.stands_alone else None)
    before: Part | None = None
    for size, part in enumerate(parts, 1):
        if before and not _are_linked(text, before, part, pack):
            break
        numeral = part.numeral
        smaller: list[float] = []
        while numeral.times and sums and sums[-1] < numeral.times:
            smaller.append(sums.pop())
        value = sum(smaller) * numeral.times if smaller else numeral.value
        if sums and not (_magnitude(sums[-1]) > value and _may_follow(before, part, parts[size:], pack)):
            break
        sums.append(value)
        # A word that only counts as a part ("one") makes no number by itself, and does not end one it only begins.
        if size > 1 or numeral.stands_alone:
            done = size, sum(sums)
        before = part
    return done


def _are_linked(text: str, before: Part, part: Part, pack: Language) -> bool:
    between = text[before.stop : part.start]
    if LINK.fullmatch(between):
        return True
    return bool(pack.number_link and before.numeral.times and pack.number_link.fullmatch(between.strip()))


def _may_follow(before: Part | None, part: Part, rest: Sequence[Part], pack: Language) -> bool:
    """Whether a part can be added to what stands before it, as far as size does not tell."""
    if before is None or part.numeral.times:
        return True
    if before.in_digits:
        return False
    if part.in_digits:
        # "1만 2천", but not "5 million 1955".
        return bool(before.numeral.times and rest and rest[0].numeral.times)
    # "ten two-storey houses" are not twelve; Korean writes 열둘 in one word.
    return before.numeral.value != 10 or before.stop == part.start


def _magnitude(value: float) -> float:
    """The largest power of ten that divides the value: 350 -> 10."""
    power = 1.0
    while value and value % (power * 10) == 0:
        power *= 10
    return power
