"""Two texts in one language: word by word what differs, and what each difference changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from aligners import encoders, words
from aligners.words.difference import Difference, differences
from corpora.languages import language
from divergence.evidence import Pointed
from divergence.metrics import names, negation, quantities
from divergence.metrics.cues import cues
from divergence.score import Change, Reason
from divergence.side import Side

# What a difference may change, loudest first; "wording" is what is left.
KINDS = ("quantities", "names", "negation", "modality", "term", "wording")


# What may stand elsewhere without anything having changed.
MOVING = ("quantities", "names")
# Two texts as alike as this (rapidfuzz ratio, 0..100) are one text with changes; less alike ones are two translations,
# whose words stand in other places.
ONE_TEXT = 75


@dataclass(frozen=True, slots=True)
class Changed:
    """A stretch of words that differs, and what it changes: one of KINDS."""

    kind: str
    difference: Difference

    def places(self, source: Side, target: Side) -> tuple[Pointed, ...]:
        """Where the words stand on either side, and what the other side has instead."""
        one = self.difference
        spans = (source, one.source_start, one.source_stop), (target, one.target_start, one.target_stop)
        return tuple(
            Pointed(side.version, start, stop, _instead(other.text[first:last]))
            for (side, start, stop), (other, first, last) in (spans, spans[::-1])
            if start < stop
        )


def _instead(words: str) -> str:
    return f'The other text has "{words}" here.' if words else "The other text has nothing here."


def is_one_text(source: Side, target: Side) -> bool:
    """True when the two are so alike that a word of one stands in the place of a word of the other."""
    return fuzz.ratio(source.text, target.text) >= ONE_TEXT


def changes(source: Side, target: Side, terms: Sequence[str] = ()) -> tuple[Changed, ...]:
    """The differences of two texts in one language, in reading order; equal stretches are left out.

    Args:
        source: one text.
        target: the other.
        terms: words that a glossary keeps, in any case.
    """
    found = []
    for one in differences(source.text, target.text):
        if one.kind != "equal":
            places = (source, one.source_start, one.source_stop), (target, one.target_start, one.target_stop)
            kind = next(kind for kind in KINDS if kind == "wording" or _differs(kind, *places, terms))
            found.append(Changed(kind, one))
    return tuple(found)


def _differs(kind: str, one: tuple[Side, int, int], other: tuple[Side, int, int], terms: Sequence[str]) -> bool:
    """True when two stretches hold different things of a kind; a number or name that stands elsewhere in the other text
    has only changed its place.
    """
    held, others = _held(kind, *one, terms), _held(kind, *other, terms)
    if kind in MOVING:
        there = [_held(kind, side, 0, len(side.text), terms) for side, *_ in (other, one)]
        return bool(set(held) - set(there[0]) or set(others) - set(there[1]))
    return held != others


def _held(kind: str, side: Side, start: int, stop: int, terms: Sequence[str]) -> tuple[str, ...]:
    """What of a kind stands in characters `start:stop` of a side, in an order of its own."""
    return tuple(sorted(HELD[kind](side, start, stop, terms)))


def _quantities(side: Side, start: int, stop: int, terms: Sequence[str]) -> list[str]:
    return [str(one.readings) for one in quantities.find(side) if one.start < stop and start < one.stop]


def _names(side: Side, start: int, stop: int, terms: Sequence[str]) -> list[str]:
    return [side.text[a:b] for a, b in names.places(side) if a < stop and start < b]


def _denials(side: Side, start: int, stop: int, terms: Sequence[str]) -> list[str]:
    return ["denial" for cue in negation.denials(side) if cue.start < stop and start < cue.stop]


def _moods(side: Side, start: int, stop: int, terms: Sequence[str]) -> list[str]:
    patterns = {"obliges": side.language.obligation, "permits": side.language.possibility}
    return [
        mood
        for mood, pattern in patterns.items()
        for cue in cues(side, pattern)
        if cue.start < stop and start < cue.stop
    ]


def _terms(side: Side, start: int, stop: int, terms: Sequence[str]) -> list[str]:
    words = side.text[start:stop].lower()
    return [term for term in terms if term.lower() in words]


HELD: dict[str, Callable[[Side, int, int, Sequence[str]], list[str]]] = {
    "quantities": _quantities,
    "names": _names,
    "negation": _denials,
    "modality": _moods,
    "term": _terms,
}


def between(source: tuple[str, str], target: tuple[str, str], code: str) -> tuple[Change, ...]:
    """The differences of two texts in one language that no step of the chain joins, as `changes` finds them.

    Args:
        source: id of a version and the text that is compared; the places of the changes are characters of this text.
        target: the same of the other.
        code: their language (BCP 47 tag).
    """
    one, other = (_unread(id, text, code) for id, text in (source, target))
    return tuple(
        Change(found.kind, tuple(Reason(at.version, at.start, at.stop, at.text) for at in found.places(one, other)))
        for found in changes(one, other)
    )


def _unread(version: str, text: str, code: str) -> Side:
    """A side for comparing words alone: nothing of it was encoded."""
    return Side(version, language(code), (), (), text, np.zeros(0), None, words.words(text), encoders.load())
