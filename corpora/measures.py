"""What numbers measure: lengths, weights, areas and the like, each in its SI unit.

Factors: NIST Special Publication 811, appendix B; for the old Russian and Korean units the decree of 1899 on weights
and measures and the yearbooks of the Korean Central News Agency.
"""

import re
from dataclasses import dataclass

from corpora.languages import Language

# Dimension, factor and offset of each unit that a language file may name: amount in SI = number * factor + offset.
UNITS: dict[str, tuple[str, float, float]] = {
    "kilometre": ("length", 1000, 0),
    "metre": ("length", 1, 0),
    "centimetre": ("length", 0.01, 0),
    "millimetre": ("length", 0.001, 0),
    "mile": ("length", 1609.344, 0),
    "yard": ("length", 0.9144, 0),
    "foot": ("length", 0.3048, 0),
    "inch": ("length", 0.0254, 0),
    "verst": ("length", 1066.8, 0),
    "ri": ("length", 392.7, 0),
    "tonne": ("mass", 1000, 0),
    "kilogram": ("mass", 1, 0),
    "gram": ("mass", 0.001, 0),
    "pound": ("mass", 0.45359237, 0),
    "ounce": ("mass", 0.028349523, 0),
    "stone": ("mass", 6.35029318, 0),
    "pood": ("mass", 16.3804964, 0),
    "hectare": ("area", 10000, 0),
    "chongbo": ("area", 9917, 0),
    "acre": ("area", 4046.856, 0),
    "litre": ("volume", 0.001, 0),
    "gallon": ("volume", 0.003785412, 0),
    "celsius": ("temperature", 1, 273.15),
    "fahrenheit": ("temperature", 5 / 9, 459.67 * 5 / 9),
    "kilometre_an_hour": ("speed", 1 / 3.6, 0),
    "mile_an_hour": ("speed", 0.44704, 0),
}
# What may stand between the two numbers of a range: "2 to 4 inches", "2-4 см".
RANGE = re.compile(r"\s?(?:[-–—~∼]|to|and|or|до|и|или|내지|에서)\s?")


@dataclass(frozen=True, slots=True)
class Amount:
    """A measured amount in the SI unit of its dimension; a number may be read in more than one way."""

    dimension: str
    value: float


def amounts(text: str, value: float, stop: int, pack: Language) -> tuple[tuple[Amount, ...], int]:
    """The readings of a number that ends at `stop`, by the unit behind it, and where the unit ends.

    >>> from corpora.languages import language
    >>> amounts("40 miles away", 40, 2, language("en"))
    ((Amount(dimension='length', value=64373.76),), 8)
    """
    found, end = [], stop
    for name, pattern in pack.measures.items():
        if match := pattern.match(text, stop):
            dimension, factor, offset = UNITS[name]
            found.append(Amount(dimension, value * factor + offset))
            end = max(end, match.end())
    return tuple(found), end


def is_range(text: str, stop: int, start: int) -> bool:
    """True when the number that ends at `stop` and the one that begins at `start` are the ends of a range."""
    return bool(RANGE.fullmatch(text, stop, start))
