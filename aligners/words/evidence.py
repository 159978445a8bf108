"""What speaks for and against a word of one sentence standing for a word of the other.

Every function returns one plane of numbers, shape (source words, target words), or a stack of planes with the
evidence last. `EVIDENCE` names the planes of the first reading, `NEIGHBOURS` those that the second adds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from aligners.encoders import Array, SummingEncoder
from aligners.transliteration import alike_all, letters

EVIDENCE = (
    "projected", "alone", "in context", "share of target", "share of source",
    "projected, lead over row", "projected, lead over column", "alone, lead over row", "alone, lead over column",
    "in context, lead over row", "in context, lead over column", "letters", "sound", "same word", "same mark",
    "word and mark", "same digits", "other digits", "distance", "place", "source length", "target length",
    "source best", "target best", "lexicon", "orders differ", "both next", "both before", "source next", "source before", "target next",
    "target before", "next and before", "before and next", "source after next", "target after next",
)  # fmt: skip
NEIGHBOURS = (
    "first reading", "best other of row", "best other of column", "sum of row", "sum of column",
    "-1 -1", "-1 0", "-1 +1", "0 -1", "0 +1", "+1 -1", "+1 0", "+1 +1", "-2 0", "+2 0", "0 -2", "0 +2",
)  # fmt: skip
# Steps to the neighbours in the order in which their planes stand above.
STEPS = ((1, 1), (-1, -1), (1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1), (2, 0), (0, 2))
AROUND = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1), (-2, 0), (2, 0), (0, -2), (0, 2))
MARK = re.compile(r"^\W+$")
# The verb stands last in these languages, so that against others whole sentences turn round (Dryer 2013, WALS 81A).
VERB_LAST = frozenset(("ja", "ko", "tr"))
# Punctuation of one kind; other marks make a kind of their own.
KINDS = {".": 1, "!": 1, "。": 1, "?": 2, ",": 3, ";": 3, ":": 3, "、": 3, "-": 4, "–": 4, "—": 4}
OTHER_MARK = 5
# Letters beyond which a word is simply long.
LONG = 10
# Words as alike as this in letters, or with the same digits, hold their neighbours together.
ALIKE, SAME_DIGITS = 0.75, 0.9
# Words whose vectors are kept, 2 KB each.
REMEMBERED = 16384
# Keeps logarithms of shares and of certainties within bounds.
FAINT_SHARE, FAINT = 1e-4, 1e-3


@dataclass(frozen=True, slots=True)
class Side:
    """The words of one sentence with their vectors, float32.

    `features` (words, 1024) are the word's token features in its sentence beside its vector alone; `context` (words,
    512) its vector in the sentence.
    """

    words: tuple[str, ...]
    features: Array
    context: Array


@dataclass(frozen=True, slots=True)
class Projection:
    """A learnt space for words: `matrix` (1024, dimensions), the centre of each language, and how they are read.

    `scale` and `nothing` make shares of likeness and of no counterpart; `distance` is what it costs to be far from the
    diagonal, in languages that order their sentences alike and in others.
    """

    matrix: Array
    centres: dict[str, Array]
    scale: float
    distance: tuple[float, float]
    nothing: float

    def centre(self, language: str) -> Array:
        """The mean feature of a language's words; of all languages when it is not known."""
        known = self.centres.get(language)
        return known if known is not None else np.mean(list(self.centres.values()), axis=0)


def read(sentences: Sequence[Sequence[str]], encoder: SummingEncoder) -> list[Side]:
    """The words of each sentence as `Side`; words hold no white space and no sentence is empty."""
    by_itself = np.split(
        alone([word for words in sentences for word in words], encoder), np.cumsum([*map(len, sentences)])
    )
    sides = []
    for words, trace, apart in zip(
        sentences, encoder.trace([" ".join(words) for words in sentences]), by_itself, strict=False
    ):
        sums, counts = np.diff(trace.sums, axis=0), np.diff(trace.counts).astype(np.float32)
        inside = unit(sums / np.sqrt(np.maximum(counts, 1))[:, None])
        sides.append(Side(tuple(words), np.hstack([inside, apart]), encoder.head(sums + trace.edges, counts + 2)))
    return sides


def alone(words: Sequence[str], encoder: SummingEncoder) -> Array:
    """The vectors of the words by themselves (words, 512); most words of a document come again and again."""
    known = _known(encoder.signature)
    found = {word: known.get(word) for word in words}
    missing = [word for word, vector in found.items() if vector is None]
    if missing:
        found |= zip(missing, encoder.encode(missing), strict=True)
        if len(known) > REMEMBERED:
            known.clear()
        known.update({word: found[word] for word in missing})
    return np.array([found[word] for word in words])


@lru_cache(maxsize=2)
def _known(signature: str) -> dict[str, Array | None]:
    """Vectors of words met so far, by encoder."""
    return {}


def unit(rows: Array) -> Array:
    """Rows of length 1; a row of zeros stays one."""
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def first(
    source: Side, target: Side, languages: tuple[str, str], projection: Projection, lexicon: Array | None
) -> Array:
    """The evidence of each pair of words by itself: (source words, target words, len(EVIDENCE)), float32."""
    centred = [side.features - projection.centre(code) for side, code in zip((source, target), languages, strict=True)]
    projected, alone = (
        unit(a) @ unit(b).T
        for a, b in ((one @ projection.matrix for one in centred), (one[:, 512:] for one in centred))
    )
    turned = orders_differ(languages)
    context = source.context @ target.context.T
    place = _middle(len(source.words))[:, None] - _middle(len(target.words))[None]
    pull = np.exp(projection.scale * projected - projection.distance[turned] * np.abs(place))
    shares = [pull / (pull.sum(axis, keepdims=True) + np.exp(projection.nothing)) for axis in (0, 1)]
    written = _written(source.words, target.words)
    letter, _, _, mark, _, digits, _ = written
    joined = np.sqrt(shares[0] * shares[1])
    joined = np.maximum(joined, np.where(digits > 0, SAME_DIGITS, 0))
    joined = np.maximum(joined, np.where(letter > ALIKE, letter, 0) * (1 - mark))
    leads = [plane - best_other(plane, axis) for plane in (projected, alone, context) for axis in (0, 1)]
    planes = [
        projected, alone, context, *(np.log(share + FAINT_SHARE) for share in shares), *leads, *written,
        np.abs(place), place, _lengths(source.words)[:, None], _lengths(target.words)[None],
        projected.max(1)[:, None], projected.max(0)[None], np.zeros((1, 1)) if lexicon is None else lexicon,
        np.full((1, 1), float(turned)),
        *(shifted(joined, *step) for step in STEPS),
    ]  # fmt: skip
    return _stacked(planes, projected.shape)


def orders_differ(languages: tuple[str, str]) -> bool:
    """True when the verb stands last in one of the two languages only."""
    return (languages[0] in VERB_LAST) != (languages[1] in VERB_LAST)


def second(evidence: Array, certainty: Array) -> Array:
    """The evidence with what the first reading found around each pair: len(NEIGHBOURS) more planes."""
    planes = [
        np.log(certainty + FAINT) - np.log(1 - certainty + FAINT),
        best_other(certainty, 0), best_other(certainty, 1),
        certainty.sum(0, keepdims=True) - certainty, certainty.sum(1, keepdims=True) - certainty,
        *(shifted(certainty, *step) for step in AROUND),
    ]  # fmt: skip
    return np.concatenate([evidence, _stacked(planes, certainty.shape)], axis=-1)


def _written(source: Sequence[str], target: Sequence[str]) -> list[Array]:
    """Planes of likeness in writing: letters, sound, same word, same mark, word and mark, same and other digits."""
    likeness = alike_all(source, target)
    small = [np.array([word.lower() for word in side], object) for side in (source, target)]
    same = (small[0][:, None] == small[1][None]).astype(float)
    kinds = [np.array([_kind(word) for word in side]) for side in (source, target)]
    a, b = kinds[0][:, None], kinds[1][None]
    mark = ((a == b) & (a > 0)).astype(float)
    digits = [np.array(["".join(filter(str.isdigit, word)) for word in side], object) for side in (source, target)]
    have = (digits[0][:, None] != "") & (digits[1][None] != "")
    equal = digits[0][:, None] == digits[1][None]
    return [
        np.maximum(likeness[..., 0], same), likeness[..., 1], same * (1 - mark), mark,
        ((a > 0) != (b > 0)).astype(float), (have & equal).astype(float), (have & ~equal).astype(float),
    ]  # fmt: skip


def _kind(word: str) -> int:
    return KINDS.get(word, OTHER_MARK) if MARK.match(word) else 0


def _middle(count: int) -> Array:
    return (np.arange(count) + 0.5) / count


def _lengths(words: Sequence[str]) -> Array:
    """Letters of the words in plain Latin, in shares of a long word."""
    return np.minimum([len(letters(word)) for word in words], LONG) / LONG


def best_other(plane: Array, axis: int) -> Array:
    """For each cell the highest value of the other cells along an axis, 0 when there are none."""
    if plane.shape[axis] < 2:
        return np.zeros_like(plane)
    ordered = np.sort(plane, axis=axis)
    top, next_best = np.take(ordered, [-1], axis=axis), np.take(ordered, [-2], axis=axis)
    return np.where(plane >= top, next_best, top)


def shifted(plane: Array, down: int, right: int) -> Array:
    """The plane's value so many rows down and columns to the right of each cell, 0 outside."""
    rows, columns = plane.shape
    found = np.zeros_like(plane)
    a, b = max(0, -down), min(rows, rows - down)
    c, d = max(0, -right), min(columns, columns - right)
    if a < b and c < d:
        found[a:b, c:d] = plane[a + down : b + down, c + right : d + right]
    return found


def _stacked(planes: Sequence[Array], shape: tuple[int, ...]) -> Array:
    return np.stack([np.broadcast_to(plane, shape) for plane in planes], axis=-1).astype(np.float32)
