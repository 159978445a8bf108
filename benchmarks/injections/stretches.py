"""Pairs of clean texts with stretches put in, taken out or replaced, and the words that then have no counterpart.

The words put in are known. Those that answered to what was taken out are told by the links of the clean pair; where
the links leave it open, nothing is said of a word.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from aligners import words
from aligners.encoders import Array
from divergence.evidence import Pair

Texts = tuple[str, str]
# Shares of the pairs that stay clean and of those in which one side is another text; the others are edited.
CLEAN, OTHER_TEXT = 0.3, 0.22
# How often the other text is a neighbour, which speaks of the same things.
NEIGHBOUR = 0.6
# How many stretches of a text are edited.
EDITS = (1, 1, 2, 3)
# Mean and greatest length of a stretch in words, and how much shorter or longer what replaces it may be.
MEAN_LENGTH, GREATEST, SHORTER, LONGER = 4.0, 14, 0.6, 1.5
# The share of a text that one stretch may take at most.
MOST_SHARE = 0.7
# Links of the clean pair from which a word surely answers to another, and up to which it may not.
ANSWERS, MAY_ANSWER = 0.5, 0.1
# What is said of a word: it has a counterpart, has none, or that is not known.
HAS, LACKS, UNKNOWN = 0, 1, -1


@dataclass(frozen=True, slots=True)
class Edited:
    """A pair of texts, and for the words of either side whether they lack a counterpart."""

    texts: Texts
    lacks: tuple[Array, Array]


@dataclass(frozen=True, slots=True)
class Edit:
    """Words `start:stop` of a text, with `new` in their place."""

    start: int
    stop: int
    new: str


def edited(pairs: Sequence[Pair], seed: str) -> list[Edited]:
    """The clean pairs of a document, most of them edited in one side.

    Args:
        pairs: the pairs in the order of the document.
        seed: begins the chance.
    """
    chance = random.Random(seed)
    texts = [(pair.source.text, pair.target.text) for pair in pairs]
    found = []
    for place, pair in enumerate(pairs):
        draw, side = chance.random(), chance.randrange(2)
        before = texts[place][side]
        near = [texts[k][side] for k in (place - 1, place + 1) if 0 <= k < len(texts) and texts[k][side] != before]
        far = [texts[k][side] for k in (chance.randrange(len(texts)) for _ in range(3)) if texts[k][side] != before]
        others = near + far
        if draw < CLEAN or not others:
            found.append(Edited(texts[place], _counted(texts[place], HAS)))
        elif draw < CLEAN + OTHER_TEXT:
            other = chance.choice(near if near and chance.random() < NEIGHBOUR else far or near)
            both = (other, texts[place][1]) if side == 0 else (texts[place][0], other)
            found.append(Edited(both, _counted(both, LACKS)))
        else:
            way = pair if side == 0 else pair.turned
            text, own = _put(way.source.text, edits := _edits(chance, way.source.text, others))
            opposite = _unanswered(way, {k for one in edits for k in range(one.start, one.stop)})
            both, lacks = (text, texts[place][1]), (own, opposite)
            found.append(Edited(both, lacks) if side == 0 else Edited((texts[place][0], text), lacks[::-1]))
    return found


def _counted(texts: Texts, value: int) -> tuple[Array, Array]:
    one, other = (np.full(len(words.words(text)), value) for text in texts)
    return one, other


def _edits(chance: random.Random, text: str, others: Sequence[str]) -> list[Edit]:
    """Some edits of a text that do not touch each other, in their order."""
    count = len(words.words(text))
    found: list[Edit] = []
    for _ in range(chance.choice(EDITS)):
        length = min(1 + int(chance.expovariate(1 / MEAN_LENGTH)), GREATEST)
        kind = chance.choice(("put in", "replace", "take out"))
        start = chance.randrange(count + 1) if kind == "put in" else chance.randrange(max(1, count - length + 1))
        stop = start if kind == "put in" else min(count, start + length)
        new_length = max(1, round(length * chance.uniform(SHORTER, LONGER)))
        new = "" if kind == "take out" else _stretch(chance, chance.choice(others), new_length)
        apart = all(stop < one.start or one.stop < start for one in found)
        if apart and stop - start <= MOST_SHARE * count:
            found.append(Edit(start, stop, new))
    return sorted(found, key=lambda one: one.start)


def _stretch(chance: random.Random, text: str, length: int) -> str:
    """Some words of a text that follow one another."""
    places = words.words(text)
    start = chance.randrange(max(1, len(places) - length + 1))
    return text[places[start][0] : places[min(start + length, len(places)) - 1][1]]


def _put(text: str, edits: Sequence[Edit]) -> tuple[str, Array]:
    """The text with the edits made, and which of its words are new."""
    places = [*words.words(text), (len(text), len(text))]
    parts: list[tuple[str, bool]] = []
    for before, after in pairwise([Edit(0, 0, ""), *edits, Edit(len(places) - 1, len(places) - 1, "")]):
        parts += [(before.new, True), (text[places[before.stop][0] : places[after.start][0]].strip(), False)]
    made, new = "", []
    for part, is_new in parts:
        made += (" " if made and part else "") + part
        new += [is_new] * len(words.words(part))
    # A mark may join the word beside it, which the blanks between the parts prevent.
    assert len(new) == len(words.words(made))
    return made, np.where(new, LACKS, HAS)


def _unanswered(pair: Pair, gone: set[int]) -> Array:
    """Which target words answered to the source words that are gone."""
    assert pair.links is not None
    best, sure = pair.links.argmax(axis=0), pair.links.max(axis=0)
    inside = np.isin(best, list(gone))
    found = np.where(inside & (sure >= ANSWERS), LACKS, np.where(inside & (sure >= MAY_ANSWER), UNKNOWN, HAS))
    beside = np.zeros(len(found), bool)
    beside[1:] |= found[:-1] == LACKS
    beside[:-1] |= found[1:] == LACKS
    found[beside & (sure < ANSWERS) & (found == HAS)] = UNKNOWN
    return found
