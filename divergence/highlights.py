"""Highlights: the words of either side whose meaning has no counterpart on the other, and how surely they have none.

A logistic regression judges every word by its links, by how like the words around it are to any stretch of the other
side, by sound and spelling, by what is gained without it, and by how alike the sides are as a whole. What is usual
differs between languages, so a word is judged beside the better aligned pairs of its own hop.

Source: the task is that of the rationales of REFreSD (Briakou and Carpuat 2020, "Detecting Fine-Grained Cross-Lingual
Semantic Divergences without Supervision by Learning to Rank"), which the turning point is chosen on. The weights are
learnt from stretches put into clean texts and taken out of them, see `benchmarks/injections/train_highlights.py`.
"""

import json
import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import dropwhile, groupby
from pathlib import Path
from typing import Any

import numpy as np

from aligners.encoders import Array
from aligners.transliteration import alike_all
from divergence.calibration import PRIOR_UNITS
from divergence.evidence import Pair, Pointed
from divergence.metrics.uncovered import MARK
from divergence.side import AROUND, Side, around, stretches_around
from divergence.weights import Judge, judge

WEIGHTS = Path(__file__).with_name("highlights.json")
# Of the words of both sides, each shape (words,).
Logits = tuple[Array, Array]
# Lengths of the stretches that are taken away, in words.
AWAY = (1, 3)
# Words before and behind over which links and sounds are averaged.
NEAR, NEAR_SOUND = (1, 2, 4, 8), 3
FEATURES = (
    "link", "mutual link", "usual link", "sound", "same word", "number not there", "length",
    *(f"like {size} around" for size in AROUND), *(f"gain without {size}" for size in AWAY),
    *(f"links of {reach} either way" for reach in NEAR), "sounds near", "sides alike", "links of the side",
    "links of the other side", "same words of the side", "longer than the other side",
)  # fmt: skip
# Letters beyond which a word is simply long.
LONG = 12
# Marks count this much in averages over words, so that a stretch of marks alone has one too.
FAINT = 0.05
# The share of a hop's pairs that is taken to be better aligned: few enough to be clean in a free translation.
BETTER = 0.25
# So many pairs, evenly spread, tell what is usual in a hop where not all are looked at.
SAMPLE = 24
# From here on a word is one to mark.
MARKED = 0.5
# Strengths at which a place ends and another begins; weaker words are not shown.
BANDS = (0.25, MARKED, 0.75)


def of_pairs(pairs: Sequence[Pair], judged: Sequence[Logits | None], usual: float) -> list[tuple[Pointed, ...]]:
    """The words without counterpart in some pairs of a hop, the source's first, in the order of the texts.

    A place is a run of words about as strong, `strength` their mean (0..1); from MARKED on it is one to mark. Marks
    go with the weaker of the words beside them.

    Args:
        pairs: the pairs that are looked at.
        judged: the logits of their words, as `logits` gives them.
        usual: the logit that is usual in the hop, as `level` gives it.
    """
    found = []
    for pair, (source, target) in zip(pairs, beside(pairs, judged, usual + learnt()["turn"]), strict=True):
        missing = pair.other, pair.turned.other
        found.append((*_places(pair.source, source, missing[0]), *_places(pair.target, target, missing[1])))
    return found


def of_pair(pair: Pair) -> tuple[Pointed, ...]:
    """The words without counterpart in a pair that belongs to no document."""
    judged = [logits(pair)]
    return of_pairs([pair], judged, level([pair], judged, learnt()["usual"]))[0]


def strengths(pairs: Sequence[Pair]) -> list[tuple[Array, Array]]:
    """How surely each word of either side has no counterpart, 0..1, shape (words,), for all pairs of a hop.

    Where the encoder cannot link words, and in two sides that are the same text, all are 0.
    """
    judged = [logits(pair) for pair in pairs]
    return beside(pairs, judged, level(pairs, judged, learnt()["usual"]) + learnt()["turn"])


def sampled(pairs: Mapping[int, Pair]) -> dict[int, Logits | None]:
    """The logits of the words of some pairs, evenly spread over all of a hop, by unit: they tell what is usual there."""
    return {unit: logits(pairs[unit]) for unit in list(pairs)[:: max(1, len(pairs) // SAMPLE)]}


def usual_of(pairs: Mapping[int, Pair], judged: Mapping[int, Logits | None]) -> float:
    """The logit of a word that is usual in a hop, from its pairs and what `sampled` gives of them."""
    return level([pairs[unit] for unit in judged], list(judged.values()), learnt()["usual"])


def beside(pairs: Sequence[Pair], judged: Sequence[Logits | None], turn: float) -> list[tuple[Array, Array]]:
    """The strengths of both sides' words from their logits; a word whose logit is `turn` has one half."""
    found = []
    for pair, of_both in zip(pairs, judged, strict=True):
        sides = pair.source, pair.target
        if of_both is None:
            found.append((np.zeros(len(sides[0].words)), np.zeros(len(sides[1].words))))
        else:
            source, target = (_bridged(s, 1 / (1 + np.exp(turn - one))) for s, one in zip(sides, of_both, strict=True))
            found.append((source, target))
    return found


def level(pairs: Sequence[Pair], judged: Sequence[Logits | None], usual: Mapping[str, float]) -> float:
    """The logit that is usual in the better aligned pairs of a hop, drawn to what was learnt when they are few.

    Args:
        pairs: the pairs of a hop.
        judged: the logits of their words.
        usual: what was learnt of two languages ("ko-ru"), and of any.
    """
    middle = [middle_of(pair, one) for pair, one in zip(pairs, judged, strict=True) if one is not None]
    if not middle:
        return usual["any"]
    prior = usual.get(f"{pairs[0].source.language.code}-{pairs[0].target.language.code}", usual["any"])
    share = len(middle) / (len(middle) + PRIOR_UNITS)
    return float(share * np.quantile(middle, BETTER) + (1 - share) * prior)


def middle_of(pair: Pair, judged: Logits) -> float:
    """The median logit of the words of both sides, marks left out when there is anything else."""
    found = np.concatenate(judged)
    words = ~np.concatenate([_marks(pair.source), _marks(pair.target)])
    return float(np.median(found[words] if words.any() else found))


def logits(pair: Pair) -> Logits | None:
    """The logits of both sides' words, not yet beside what is usual; None where nothing can be told or nothing differs."""
    table = features(pair)
    return None if table is None else (model().logits(table[0]), model().logits(table[1]))


def features(pair: Pair) -> tuple[Array, Array] | None:
    """FEATURES of the words of either side, shape (words, features); None without links, words or a difference."""
    if pair.links is None or not pair.links.size or pair.source.text == pair.target.text:
        return None
    return _of_source(pair), _of_source(pair.turned)


@cache
def learnt() -> Mapping[str, Any]:
    """Everything that is shipped, as plain values."""
    found: Mapping[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return found


@cache
def model() -> Judge:
    """The judge of words."""
    return judge(learnt()["judge"])


def _of_source(pair: Pair) -> Array:
    """FEATURES of the source's words, shape (words, features)."""
    words, others = _texts(pair.source), _texts(pair.target)
    assert pair.links is not None
    own, answered = pair.best
    weights = np.where(_marks(pair.source), FAINT, 1.0)
    usual = pair.lexicon.likeness(words, others) if pair.lexicon else np.zeros(pair.links.shape)
    sound = alike_all(words, others)[..., 1].max(axis=1)
    small = {word.lower() for word in others}
    same = np.array([word.lower() in small for word in words]) & ~_marks(pair.source)
    digits = {_digits(word) for word in others}
    at = _in_trace(pair.source)
    sizes = np.array([len(side.text) for side in (pair.source, pair.target)])
    columns: list[Array | float] = [
        own,
        (pair.links**2 / np.maximum(answered, 1e-6)).max(axis=1),
        usual.max(axis=1),
        sound,
        same.astype(float),
        np.array([word[0].isdigit() and _digits(word) not in digits for word in words], float),
        np.array([min(len(word), LONG) / LONG for word in words]),
        *(_likest(around(pair.source), around(pair.target), size)[at] for size in AROUND),
        *(_gain(pair, size)[at] for size in AWAY),
        *(_near(own, weights, reach) for reach in NEAR),
        _near(sound, weights, NEAR_SOUND),
        float(pair.source.vector @ pair.target.vector),
        float(np.average(own, weights=weights)),
        float(np.average(answered, weights=np.where(_marks(pair.target), FAINT, 1.0))),
        float(np.average(same, weights=weights)),
        math.log(sizes[0] / sizes[1]),
    ]
    return np.stack([np.broadcast_to(column, len(words)) for column in columns], axis=1)


def _texts(side: Side) -> list[str]:
    return [side.text[start:stop] for start, stop in side.words]


def _marks(side: Side) -> Array:
    return np.array([bool(MARK.match(word)) for word in _texts(side)], bool)


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))


def _in_trace(side: Side) -> Array:
    """The word of the trace, a run without white space, in which each word of the side begins."""
    assert side.trace is not None
    begins = [start for start, _ in side.trace.words]
    return np.array([max(bisect_right(begins, start) - 1, 0) for start, _ in side.words])


def _likest(around: Mapping[int, Array], opposite: Mapping[int, Array], size: int) -> Array:
    """How like the stretch around each word is to the likest of the other side that is not much shorter."""
    return np.max([(around[size] @ opposite[other].T).max(axis=1) for other in AROUND if other >= size // 2], axis=0)


def _gain(pair: Pair, size: int) -> Array:
    """How much more alike the sides become without the stretch around each word of the trace."""
    trace = pair.source.trace
    assert trace is not None
    if len(trace.words) <= size:
        return np.zeros(len(trace.words))
    without: Array = pair.source.vectors_without(stretches_around(len(trace.words), size)) @ pair.target.vector
    return without - float(pair.source.vector @ pair.target.vector)


def _near(values: Array, weights: Array, reach: int) -> Array:
    """The weighted mean of the values so many words before and behind each."""
    total = np.concatenate([[0], np.cumsum(values * weights)])
    weight = np.concatenate([[0], np.cumsum(weights)])
    spans = np.array(stretches_around(len(values), 2 * reach + 1))
    found: Array = (total[spans[:, 1]] - total[spans[:, 0]]) / (weight[spans[:, 1]] - weight[spans[:, 0]])
    return found


def _bridged(side: Side, values: Array) -> Array:
    """The strengths, a mark's being the least of those of the words beside it, so that it never stands out alone."""
    marks = _marks(side)
    found = np.where(marks, 0.0, values)
    words = np.flatnonzero(~marks)
    for place in np.flatnonzero(marks).tolist():
        behind = int(np.searchsorted(words, place))
        found[place] = min(values[words[max(behind - 1, 0) : behind + 1]], default=0.0)
    return found


def _places(side: Side, values: Array, missing: str) -> Iterator[Pointed]:
    """The runs of words within one band of strength, as characters of the side."""
    bands = np.searchsorted(BANDS, values, side="right").tolist()
    text = f"Nothing in {missing} answers to this."
    for band, group in groupby(range(len(bands)), key=bands.__getitem__):
        # A mark before a place belongs to the word before it.
        run = list(dropwhile(lambda place: MARK.match(side.text[slice(*side.words[place])]), group))
        if band and run:
            strength = round(float(values[run].mean()), 4)
            yield Pointed(side.version, side.words[run[0]][0], side.words[run[-1]][1], text, strength)
