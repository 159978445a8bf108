"""What a metric finds in two sides of a unit before it is judged: features, and the places that show why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aligners import words
from aligners.encoders import Array, Encoder
from aligners.words import lexicon
from aligners.words.lexicon import Lexicon
from divergence.side import Side

# The logit of a difference that is known for a fact.
CERTAIN = 5.0
# What points less strongly than this is no evidence; what points more strongly than the second is shown as a reason.
HINT, SHOWN = 0.1, 0.5


@dataclass(frozen=True, slots=True)
class Pointed:
    """Characters `start:stop` of the text of a version's side, what they show, and how strongly (0..1)."""

    version: str
    start: int
    stop: int
    text: str
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a metric found.

    `features` are numbers in the order of the metric's FEATURES, to be weighed; None when nothing speaks for a
    difference. `pointed` are the places of either side that show it. `sure` is the least logit of a difference, where
    something is known for a fact.
    """

    features: tuple[float, ...] | None
    pointed: tuple[Pointed, ...] = ()
    sure: float | None = None


@dataclass(frozen=True)
class Pair:
    """The two sides of a unit over a hop.

    `links` is the certainty that each source word stands for each target word, shape (source words, target words);
    None when the encoder cannot link words. `lexicon` is what the links of the whole document teach, source to target.
    """

    source: Side
    target: Side
    encoder: Encoder
    links: Array | None
    lexicon: Lexicon | None = None

    @cached_property
    def turned(self) -> "Pair":
        """The same sides the other way round."""
        links = None if self.links is None else self.links.T
        return Pair(self.target, self.source, self.encoder, links, self.lexicon and self.lexicon.turned)

    @property
    def other(self) -> str:
        """What reasons call the target: by its language, which two texts in one language share."""
        same = self.source.language.code == self.target.language.code
        return "the other text" if same else f"the {self.target.language.name}"

    @cached_property
    def best(self) -> tuple[Array, Array]:
        """How surely each word of either side is linked to any word of the other."""
        assert self.links is not None
        return self.links.max(axis=1, initial=0.0), self.links.max(axis=0, initial=0.0)

    def linked(self, start: int, stop: int, other_start: int, other_stop: int) -> float:
        """How surely characters of the source stand for characters of the target: their best link, 0 when unknown."""
        if self.links is None:
            return 0.0
        rows, columns = self.source.words_at(start, stop), self.target.words_at(other_start, other_stop)
        return float(self.links[np.ix_(rows, columns)].max(initial=0.0))


def widened(words: Sequence[int], before: int, behind: int, count: int) -> range:
    """Words with some before and behind them, within a side of so many words."""
    return range(max(0, words[0] - before), min(count, words[-1] + 1 + behind)) if words else range(0)


def pairs(
    sides: Sequence[tuple[Side, Side]], encoder: Encoder, taught: Lexicon | None = None,
    links: Sequence[Array | None] | None = None,
) -> list[Pair]:  # fmt: skip
    """The pairs of a hop with the links between their words.

    Args:
        sides: the two sides of each unit.
        encoder: what reads them.
        taught: what the words of the document stand for; learnt from these pairs if it is not given.
        links: the links of each pair where they are known, as `link` gives them.
    """
    tables = [link(*both, encoder) for both in sides] if links is None else links
    if taught is None and words.can_link(encoder):
        taught = lexicon.count(
            (_words(source), _words(target), _sure(table))
            for (source, target), table in zip(sides, tables, strict=True)
            if table is not None
        )
    return [Pair(*both, encoder, table, taught) for both, table in zip(sides, tables, strict=True)]


def link(source: Side, target: Side, encoder: Encoder) -> Array | None:
    """How surely each word of the source stands for each of the target; None when the encoder cannot link words."""
    if not words.can_link(encoder):
        return None
    return words.certainty(_words(source), _words(target), (source.language.code, target.language.code), encoder)


def _words(side: Side) -> list[str]:
    return [side.text[start:stop] for start, stop in side.words]


def _sure(links: Array) -> Iterable[tuple[int, int, float]]:
    rows, columns = np.nonzero(links >= words.model().threshold)
    return zip(rows.tolist(), columns.tolist(), links[rows, columns].tolist(), strict=True)
