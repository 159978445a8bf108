"""Word links that two directions of a counting model agree on: the self-made data the word vectors are taught with.

IBM model 1 with a pull to the diagonal, both ways, smoothed by how alike the vectors of two words are. Sources: Brown
et al. 1993; Dyer, Chahuneau and Smith 2013; the agreement is that of Och and Ney 2003.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligners.encoders import Array
from aligners.words.evidence import orders_differ
from aligners.words.lexicon import beginning

ROUNDS = 8
# What no word gives rise to: the share of words without a counterpart.
NOTHING = 0.15
# How fast a link far from the diagonal becomes unlikely, in languages of like and of unlike word order.
DIAGONAL = (6.0, 1.5)
# The vectors speak as loudly as this many occurrences; how sharply; how alike an unlinked word's would be.
VOICE, SHARPNESS, UNLIKE = 3.0, 14.0, 0.25


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences as words, and their languages."""

    languages: tuple[str, str]
    source: tuple[str, ...]
    target: tuple[str, ...]

    def turned(self) -> "Pair":
        """The same pair from target to source."""
        return Pair((self.languages[1], self.languages[0]), self.target, self.source)


def agree(pairs: Sequence[Pair], alone: dict[str, Array]) -> list[tuple[Array, Array]]:
    """Two planes (source words, target words) a pair: the share of each target word's, and each source word's, links.

    `alone` has the vector of every word.
    """
    there = direct(pairs, alone)
    back = direct([pair.turned() for pair in pairs], alone)
    return [(a, b.T) for a, b in zip(there, back, strict=True)]


def direct(pairs: Sequence[Pair], alone: dict[str, Array]) -> Iterator[Array]:
    """The probability that a target word stands for each source word, a plane for each pair."""
    shapes = [(len(pair.source) + 1, len(pair.target)) for pair in pairs]
    column = np.repeat(np.arange(sum(m for _, m in shapes)), np.repeat([n for n, _ in shapes], [m for _, m in shapes]))
    keys, left = _numbered(pairs)
    prior = np.concatenate(
        [
            _prior(*shape, DIAGONAL[orders_differ(pair.languages)]).T.ravel()
            for pair, shape in zip(pairs, shapes, strict=True)
        ]
    )
    voice = np.bincount(keys, np.concatenate([_voice(pair, alone).T.ravel() for pair in pairs])) / np.bincount(keys)
    voice /= np.bincount(left, voice)[left]
    table = voice
    for _ in range(ROUNDS):
        share = table[keys] * prior
        share /= np.bincount(column, share)[column]
        counts = np.bincount(keys, share)
        table = (counts + VOICE * voice) / (np.bincount(left, counts) + VOICE)[left]
    stops = np.cumsum([n * m for n, m in shapes])
    for (n, m), part in zip(shapes, np.split(share, stops[:-1]), strict=True):
        yield part.reshape(m, n).T[1:].astype(np.float32)


def _numbered(pairs: Sequence[Pair]) -> tuple[Array, Array]:
    """The number of the pair of beginnings in every cell, and the source beginning of every number."""
    known: dict[tuple[str, str], int] = {}
    cells = []
    for pair in pairs:
        source = np.array([0, *(_number(known, pair.languages[0], word) for word in pair.source)])
        target = np.array([_number(known, pair.languages[1], word) for word in pair.target])
        cells.append((source[None] + (target[:, None] << 32)).ravel())
    found, keys = np.unique(np.concatenate(cells), return_inverse=True)
    return keys, found & (2**32 - 1)


def _number(known: dict[tuple[str, str], int], language: str, word: str) -> int:
    return known.setdefault((language, beginning(word)), len(known) + 1)


def _prior(rows: int, columns: int, diagonal: float) -> Array:
    """Probability of each place before any word is seen; the first row stands for no counterpart."""
    middle = (np.arange(rows - 1) + 0.5) / (rows - 1), (np.arange(columns) + 0.5) / columns
    pull = np.exp(-diagonal * np.abs(middle[0][:, None] - middle[1][None]))
    return np.vstack([np.full((1, columns), NOTHING), (1 - NOTHING) * pull / pull.sum(0)])


def _voice(pair: Pair, alone: dict[str, Array]) -> Array:
    source, target = (np.array([alone[word] for word in side]) for side in (pair.source, pair.target))
    same = np.array([[a.lower() == b.lower() for b in pair.target] for a in pair.source])
    likeness = np.vstack([np.full((1, len(target)), UNLIKE), np.where(same, 1.0, source @ target.T)])
    return np.exp(SHARPNESS * likeness)
