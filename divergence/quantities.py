"""Quantities: numbers in digits and words, and dates, that one side has and the other has not."""

import re
from collections import Counter
from dataclasses import dataclass

from corpora.dates import find_dates
from corpora.numbers import find_numbers
from divergence.score import Reason, Score
from divergence.side import Side

LIST_LABEL = re.compile(r"^\s*(?:\d{1,2}|[a-zа-я])[.)]\s|(?<=[.;:!?] )(?:\d{1,2})[.)]\s")
# How much one quantity without counterpart weighs. Small words ("two", "second") are no alarm however many there are: they
# also have uses in which they count nothing. The same holds of digits against such words.
IN_DIGITS, IN_WORDS = 0.9, 0.3


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or part of a date at characters `start:stop`; `what` is "month" or "number"."""

    what: str
    value: float
    start: int
    stop: int
    weight: float


def measure(source: Side, target: Side, encoder: object = None) -> Score | None:
    """Between 0 (every quantity is answered) and 1; None when neither side has any."""
    found = find(source), find(target)
    if not any(found):
        return None
    digits, words = 0, 0
    reasons: list[Reason] = []
    for (side, own), (other, answering) in zip(
        ((source, found[0]), (target, found[1])), ((target, found[1]), (source, found[0])), strict=True
    ):
        # A number the other side has in words may be the same one.
        in_words = any(quantity.weight == IN_WORDS for quantity in _unanswered(answering, own))
        for quantity in _unanswered(own, answering):
            if in_words or quantity.weight == IN_WORDS:
                words += 1
            else:
                digits += 1
            quote = side.text[quantity.start : quantity.stop]
            text = f'"{quote}" was not found in the {other.language.name}.'
            reasons += side.reasons(quantity.start, quantity.stop, text)
    value = max(1 - (1 - IN_DIGITS) ** digits, IN_WORDS if words else 0.0)
    # Day, month and year point at the whole date: it is told once.
    return Score(value, tuple(dict.fromkeys(reasons)))


def find(side: Side) -> list[Quantity]:
    """The quantities of a side, in reading order; labels of list items do not count."""
    text, pack = side.text, side.language
    taken = [label.span() for label in LIST_LABEL.finditer(text)]
    quantities = []
    for date in find_dates(text, pack):
        start = date.start
        for what, value in (("number", date.year), ("month", date.month), ("number", date.day)):
            if value:
                quantities.append(Quantity(what, value, start, date.stop, IN_DIGITS))
        taken.append((date.start, date.stop))
    for month, pattern in enumerate(pack.months, 1):
        for match in pattern.finditer(text):
            # "may" and "march" are months with a capital only.
            if _free(match, taken) and (pack.script != "Latin" or match.group()[0].isupper()):
                quantities.append(Quantity("month", month, *match.span(), IN_WORDS))
                taken.append(match.span())
    if pack.idioms:
        taken += [match.span() for match in pack.idioms.finditer(text)]
    for number in find_numbers(text, pack, taken):
        weight = IN_DIGITS if number.is_plain else IN_WORDS
        quantities.append(Quantity("number", number.value, number.start, number.stop, weight))
    return sorted(quantities, key=lambda quantity: quantity.start)


def _free(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return all(match.end() <= start or stop <= match.start() for start, stop in taken)


def _unanswered(own: list[Quantity], other: list[Quantity]) -> list[Quantity]:
    """The quantities that find no equal on the other side, each equal serving once."""
    left = Counter((quantity.what, quantity.value) for quantity in other)
    alone = []
    for quantity in own:
        key = (quantity.what, quantity.value)
        if left[key]:
            left[key] -= 1
        else:
            alone.append(quantity)
    return alone
