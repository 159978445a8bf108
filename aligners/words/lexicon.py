"""A lexicon of one pair of languages, counted from links: which words of a document stand for each other.

Words are counted by the beginning they share with their other forms. A lexicon holds no text but these beginnings, is
made for one document, and grows with what its readers confirm.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TypeVar

import numpy as np

from aligners.encoders import Array

Key = TypeVar("Key")
# Letters that the forms of one word usually share; a Hangul syllable is two or three letters.
BEGINNING, SYLLABLES = 5, 2
# A link is evidence for others only: one count stands for the very place that is being linked.
OWN = 1.0
# A link that a person confirmed counts as much as this many sure ones of the machine.
CONFIRMED = 4.0
# Decimal places of a weight that is kept.
DIGITS = 6


@dataclass(frozen=True)
class Lexicon:
    """Weighted counts of linked beginnings, and how often each beginning occurs on its side.

    `together` has a weight (0 or more) for a pair of beginnings, `source` and `target` the occurrences of each.
    """

    together: Mapping[tuple[str, str], float]
    source: Mapping[str, float]
    target: Mapping[str, float]

    def likeness(self, source: Sequence[str], target: Sequence[str]) -> Array:
        """How often each source word is linked to each target word, 0 to 1, shape (source words, target words).

        It is the geometric mean of the two conditional probabilities, with one count taken off.
        """
        found = np.zeros((len(source), len(target)))
        for (i, one), (j, other) in product(enumerate(map(beginning, source)), enumerate(map(beginning, target))):
            weight = self.together.get((one, other), 0.0) - OWN
            if weight > 0:
                found[i, j] = min(weight / math.sqrt(self.source[one] * self.target[other]), 1.0)
        return found

    @cached_property
    def turned(self) -> "Lexicon":
        """The lexicon from target to source."""
        together = {(other, one): weight for (one, other), weight in self.together.items()}
        return Lexicon(together, self.target, self.source)

    @property
    def telling(self) -> "Lexicon":
        """The lexicon without what no likeness can come of, rounded: to be kept and asked, not to be added to.

        >>> count([(["land"], ["земля"], [(0, 0, 1.0)])] * 2 + [(["war"], ["война"], [(0, 0, 1.0)])]).telling.together
        {('land', 'земля'): 2.0}
        """
        together = {both: round(weight, DIGITS) for both, weight in self.together.items() if weight > OWN}
        source, target = ({both[place] for both in together} for place in (0, 1))
        return Lexicon(
            together,
            {one: count for one, count in self.source.items() if one in source},
            {other: count for other, count in self.target.items() if other in target},
        )

    def joined(self, other: "Lexicon") -> "Lexicon":
        """Both lexicons' counts added up."""
        return Lexicon(
            _sum(self.together, other.together), _sum(self.source, other.source), _sum(self.target, other.target)
        )


EMPTY = Lexicon({}, {}, {})


def count(
    units: Iterable[tuple[Sequence[str], Sequence[str], Iterable[tuple[int, int, float]]]], *, weight: float = 1.0
) -> Lexicon:
    """The lexicon of some units: the words of both sides and their links with a confidence of 0 to 1 each.

    `weight` is what a sure link counts; use CONFIRMED for links that a person confirmed.
    """
    together: defaultdict[tuple[str, str], float] = defaultdict(float)
    sides: tuple[defaultdict[str, float], ...] = defaultdict(float), defaultdict(float)
    for source, target, links in units:
        begun = [beginning(word) for word in source], [beginning(word) for word in target]
        for side, words in zip(sides, begun, strict=True):
            for word in words:
                side[word] += weight
        for i, j, confidence in links:
            together[begun[0][i], begun[1][j]] += weight * confidence
    return Lexicon(dict(together), dict(sides[0]), dict(sides[1]))


def _sum(one: Mapping[Key, float], other: Mapping[Key, float]) -> dict[Key, float]:
    return {key: one.get(key, 0.0) + other.get(key, 0.0) for key in [*one, *other]}


def beginning(word: str) -> str:
    """The part of a word that its other forms usually share, small; digits and short words are kept whole.

    >>> beginning("кооперативов"), beginning("농민들에게"), beginning("1955")
    ('коопе', '농민', '1955')
    """
    small = word.lower()
    if small[:1].isdigit():
        return small
    return small[: SYLLABLES if "가" <= small[:1] <= "힣" else BEGINNING]
