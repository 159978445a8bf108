"""Word links inside a unit: which words of one text stand for which words of another, and how surely.

Every pair of words is judged twice by small learnt networks: first by its own evidence (vectors in and out of context,
spelling across scripts, place, the document's lexicon), then again with what the first reading found around it. A word
may have any number of links. Articles and prepositions go with the noun they belong to where the other language has
none.

Sources: two directions and their agreement as in Och and Ney 2003; embeddings instead of counts as in Jalili Sabet et
al. 2020, "SimAlign". The weights come from `benchmarks/words/train.py`.
"""

import base64
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from aligners.encoders import Array, Encoder, SummingEncoder
from aligners.words import evidence
from aligners.words.evidence import Projection
from aligners.words.lexicon import CONFIRMED, Lexicon, count
from corpora.errors import AlignmentError

WEIGHTS = Path(__file__).with_name("weights.json")
# A number with its separators; letters with inner hyphens, dots and apostrophes; any other mark by itself.
WORD = re.compile(r"\d+(?:[.,:]\d+)*(?!\w)|\w+(?:[-'’.]\w+)*|[^\w\s]")
# Sentences whose reading is kept: a sentence is linked to its counterparts one after another.
REMEMBERED = 16
# Decimal places of a confidence.
DIGITS = 4
# The weights were learnt with the languages in this order; any other pair is put in order first.
ORDER = {"en": 1, "ru": 2, "ko": 3}


@dataclass(frozen=True, slots=True)
class Link:
    """One word standing for another: their indexes, and a confidence between 0 and 1."""

    source: int
    target: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer and a straight path beside it; `mean` and `spread` scale the evidence."""

    mean: Array
    spread: Array
    hidden: Array
    hidden_bias: Array
    output: Array
    straight: Array
    bias: Array

    def certainty(self, planes: Array) -> Array:
        """Probability of a link from evidence, the last axis taken away."""
        scaled = (planes - self.mean) / self.spread
        hidden = np.tanh(scaled @ self.hidden + self.hidden_bias)
        return 1 / (1 + np.exp(-(hidden @ self.output + scaled @ self.straight + self.bias)))


@dataclass(frozen=True, slots=True)
class Model:
    """Everything learnt: the projection, the networks of both readings, and the least certainty of a link."""

    encoder: str
    projection: Projection
    first: tuple[Network, ...]
    second: tuple[Network, ...]
    threshold: float


def words(text: str) -> tuple[tuple[int, int], ...]:
    """The places of the words of a text in reading order, marks apart, as half-open code points.

    Korean words keep their particles.

    >>> [text[a:b] for text in ["Kim's 3.5% (농민들의)"] for a, b in words(text)]
    ["Kim's", '3.5', '%', '(', '농민들의', ')']
    """
    return tuple(match.span() for match in WORD.finditer(text))


def link(
    source: Sequence[str],
    target: Sequence[str],
    *,
    source_language: str,
    target_language: str,
    encoder: Encoder,
    lexicon: Lexicon | None = None,
) -> tuple[Link, ...]:
    """The links between the words of two sentences, by source and target word.

    Args:
        source: words without white space inside; may be empty.
        target: the same of the other text.
        source_language: BCP 47 tag.
        target_language: BCP 47 tag.
        encoder: the encoder that the weights were learnt with.
        lexicon: what the document has taught so far, source to target; see `induce`.

    Raises:
        AlignmentError: a word is empty or holds white space, or the encoder is not the one of the weights.
    """
    sure = certainty(source, target, (source_language, target_language), encoder, lexicon)
    rows, columns = np.nonzero(sure >= model().threshold)
    # The last digits depend on which words were encoded together.
    return tuple(
        Link(i, j, round(float(sure[i, j]), DIGITS)) for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
    )


def certainty(
    source: Sequence[str],
    target: Sequence[str],
    languages: tuple[str, str],
    encoder: Encoder,
    lexicon: Lexicon | None = None,
) -> Array:
    """The probability that each source word is linked to each target word, shape (source words, target words).

    Raises:
        AlignmentError: as `link`.
    """
    check(source, target, encoder)
    assert isinstance(encoder, SummingEncoder)
    if not source or not target:
        return np.zeros((len(source), len(target)))
    codes = languages[0].split("-")[0].lower(), languages[1].split("-")[0].lower()
    known = lexicon.likeness(source, target) if lexicon is not None else None
    if (ORDER.get(codes[0], 0), codes[0]) <= (ORDER.get(codes[1], 0), codes[1]):
        return _read_twice(source, target, codes, encoder, known)
    return _read_twice(target, source, (codes[1], codes[0]), encoder, known if known is None else known.T).T


@lru_cache(maxsize=REMEMBERED)
def _read(words: tuple[str, ...], encoder: SummingEncoder) -> evidence.Side:
    """The words of one sentence; it is soon linked to those of another version as well."""
    return evidence.read([words], encoder)[0]


def _read_twice(
    source: Sequence[str], target: Sequence[str], codes: tuple[str, str], encoder: SummingEncoder, known: Array | None
) -> Array:
    """The second reading's probabilities, languages in the order of the weights."""
    one, other = _read(tuple(source), encoder), _read(tuple(target), encoder)
    planes = evidence.first(one, other, codes, model().projection, known)
    return judged(model().second, evidence.second(planes, judged(model().first, planes)))


def induce(
    units: Iterable[tuple[Sequence[str], Sequence[str]]],
    *,
    source_language: str,
    target_language: str,
    encoder: Encoder,
) -> Lexicon:
    """The lexicon of a document's units, each the words of its two sides, from links made without one.

    Raises:
        AlignmentError: as `link`.
    """

    def links(source: Sequence[str], target: Sequence[str]) -> list[tuple[int, int, float]]:
        found = link(source, target, source_language=source_language, target_language=target_language, encoder=encoder)
        return [(one.source, one.target, one.confidence) for one in found]

    return count((source, target, links(source, target)) for source, target in units)


def confirm(units: Iterable[tuple[Sequence[str], Sequence[str], Iterable[tuple[int, int]]]]) -> Lexicon:
    """The lexicon of links that a person confirmed: words of both sides and pairs of their indexes.

    Join it to that of the document: `induce(...).joined(confirm(...))`.
    """
    return count(
        ((source, target, [(i, j, 1.0) for i, j in pairs]) for source, target, pairs in units),
        weight=CONFIRMED,
    )


def judged(networks: Sequence[Network], planes: Array) -> Array:
    """The mean certainty of some networks."""
    return np.mean([network.certainty(planes) for network in networks], axis=0)


def check(source: Sequence[str], target: Sequence[str], encoder: Encoder) -> None:
    """Nothing when words and encoder are fit for linking.

    Raises:
        AlignmentError: they are not.
    """
    for side in (source, target):
        for place, word in enumerate(side):
            if len(word.split()) != 1 or word.strip() != word:
                raise AlignmentError(f"Word {place} ({word!r}) is empty or holds white space; split the text first.")
    if not can_link(encoder):
        raise AlignmentError(
            f"Words are linked with the encoder {model().encoder}, not {encoder.signature}; choose that encoder."
        )


def can_link(encoder: Encoder) -> bool:
    """True when the encoder is the one that the weights were learnt with."""
    return isinstance(encoder, SummingEncoder) and encoder.signature.split()[0] == model().encoder.split()[0]


@cache
def model() -> Model:
    """The weights that are shipped."""
    return unpack(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def unpack(record: Mapping[str, Any]) -> Model:
    """A model from its record; see `benchmarks/words/train.py`, which writes it."""
    held = record["projection"]
    matrix = _table(held["matrix"])
    centres = dict(zip(held["languages"], _table(held["centres"]), strict=True))
    projection = Projection(matrix, centres, held["scale"], tuple(held["distance"]), held["nothing"])
    first, second = (tuple(map(_network, record[stage])) for stage in ("first", "second"))
    return Model(record["encoder"], projection, first, second, record["threshold"])


def _network(record: Mapping[str, Any]) -> Network:
    return Network(*(np.array(record[field.name]) for field in fields(Network)))


def _table(packed: Mapping[str, Any]) -> Array:
    """Rows of bytes, each row or column scaled: value * scale, float32."""
    numbers = np.frombuffer(base64.b64decode(packed["bytes"]), np.int8).reshape(packed["shape"])
    return numbers.astype(np.float32) * np.array(packed["scale"], np.float32)
