"""Words of the source that nothing in the target answers to: what omission and addition are told by.

Three signs: the sides become more alike once a stretch is taken away; a sentence is like no stretch of the other side;
and a stretch of words has no links. The vectors come from the token sums, so that every stretch can be tried.
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from aligners.encoders import Array, Trace
from divergence.evidence import Pair
from divergence.side import REMEMBERED, Side, windows

FEATURES = (
    "gain", "lone sentence", "longest unlinked", "its share", "unlinked, more than the other side", "unlinked",
    "longer than usual", "whole sentence unlinked", "gain of the unlinked", "whole clause unlinked", "not alike",
)  # fmt: skip
# Features that depend on the languages: they are compared with what is usual in the hop.
LEVELLED = (
    "gain",
    "gain of the unlinked",
    "not alike",
    "unlinked, more than the other side",
    "unlinked",
    "longer than usual",
    "longest unlinked",
)
Place = tuple[int, int]
# Lengths of the stretches tried, in words; they begin a third of their length apart.
LENGTHS = (4, 6, 9, 13)
# A stretch may not take more of its side than this.
MOST = 0.75
# A sentence is answered when some stretch of the other side is at least this much as like it as the sides are alike.
ANSWERED = 0.75
# Sides less alike than this give no measure for their sentences.
LEAST_ALIKE = 0.3
# The certainty up to which a word counts as unlinked, and how much a linked word ends a run of unlinked ones: a link by
# chance inside a long run does not end it.
UNLINKED, ENDS = 0.4, 1.5
# Behind a mark, quotation marks and brackets may still stand.
CLOSERS = r"[\"'”’“»›》〉」』）)\]]*"
SENTENCE = re.compile(rf"[.!?;:…。！？；：]{CLOSERS}$")
BORDER = re.compile(rf"[,;:.!?—–…。！？；：，、]{CLOSERS}$")
MARK = re.compile(r"^\W+$")
# A sentence is pointed at as a whole when more of it than this is unlinked.
BARE = 0.5
# So many stretches are tried to be taken away.
TRIED = 12


@dataclass(frozen=True, slots=True)
class Uncovered:
    """The features of the source of a pair, and the characters of the stretch that most lacks a counterpart."""

    features: tuple[float, ...]
    place: Place | None


def measure(pair: Pair) -> Uncovered | None:
    """What of the source lacks a counterpart; None when the encoder does not sum its tokens."""
    if pair.source.trace is None or pair.target.trace is None or pair.links is None:
        return None
    gain, gain_place = best_cut(pair)
    lone, lone_place = lone_sentence(pair)
    bare, run_place, unlinked = _unlinked(pair)
    content = max(float(weights(pair.source).sum()), 1.0)
    other = _unlinked(pair.turned)[2]
    lengths = [max(len(side.text), 1) for side in (pair.source, pair.target)]
    features = (
        gain, lone, math.log1p(bare), bare / content, unlinked - other, unlinked, math.log(lengths[0] / lengths[1]),
        _bare_part(pair, SENTENCE, 2.0), _gain(pair, run_place), _bare_part(pair, BORDER, 2.5),
        1 - float(pair.source.vector @ pair.target.vector),
    )  # fmt: skip
    place = lone_place if lone > 0 and _is_bare(pair, lone_place) else _agreed(gain_place, run_place)
    return Uncovered(features, place)


def _is_bare(pair: Pair, place: Place | None) -> bool:
    """True when most of what the words of a place weigh is unlinked."""
    inside = list(pair.source.words_at(*place)) if place else []
    weigh = weights(pair.source)[inside]
    return float((weigh * lack(pair)[inside]).sum()) > BARE * float(weigh.sum())


def _agreed(gain: Place | None, run: Place | None) -> Place | None:
    """The stretch both signs point at: what they share if it is most of the shorter, else the unlinked run."""
    if not (gain and run):
        return run or gain
    shared = min(gain[1], run[1]) - max(gain[0], run[0])
    shorter = min(gain[1] - gain[0], run[1] - run[0])
    return (min(gain[0], run[0]), max(gain[1], run[1])) if 2 * shared > shorter else run


@lru_cache(maxsize=REMEMBERED)
def weights(side: Side) -> Array:
    """What the words of a side weigh: marks nothing, short words of an alphabet a little; shape (words,)."""
    found = []
    for start, stop in side.words:
        word = side.text[start:stop]
        short = len(word) <= 2 and not word[0].isdigit() and not "가" <= word[0] <= "힣"
        found.append(0.0 if MARK.match(word) else 0.3 if short else 1.0)
    return np.array(found)


def lack(pair: Pair) -> Array:
    """How surely each word of the source has no counterpart, 0 to 1, shape (words,)."""
    found: Array = np.clip(1 - pair.best[0] / UNLINKED, 0, 1)
    return found


def _unlinked(pair: Pair) -> tuple[float, Place | None, float]:
    """The weight of the longest run of unlinked words, its characters, and the unlinked share of the source."""
    weigh = weights(pair.source)
    if not weigh.size or not weigh.sum():
        return 0.0, None, 0.0
    lacking = lack(pair)
    score = weigh * np.where(lacking > 0, lacking, -ENDS)
    most, place, sum_, start = 0.0, None, 0.0, 0
    for index, value in enumerate(score.tolist()):
        if sum_ <= 0:
            sum_, start = 0.0, index
        sum_ += value
        if sum_ > most:
            most, place = sum_, (pair.source.words[start][0], pair.source.words[index][1])
    return most, place, float((weigh * lacking).sum() / weigh.sum())


def _gain(pair: Pair, place: Place | None) -> float:
    """How much more alike the sides become without these characters of the source."""
    trace = pair.source.trace
    if trace is None or not place:
        return 0.0
    start, stop = trace.words_in(*_whole_words(trace, place))
    if stop - start in (0, len(trace.words)):
        return 0.0
    without = pair.source.vectors_without([(start, stop)])[0] @ pair.target.vector
    return float(without - pair.source.vector @ pair.target.vector)


def _whole_words(trace: Trace, place: Place) -> Place:
    """The characters with the rest of the words they begin and end in."""
    touched = [word for word in trace.words if word[0] < place[1] and place[0] < word[1]]
    return (touched[0][0], touched[-1][1]) if touched else place


def _bare_part(pair: Pair, mark: re.Pattern[str], least: float) -> float:
    """The unlinked share of the sentence or clause that has most of it; 0 when there is but one."""
    trace = pair.source.trace
    assert trace is not None
    borders = _borders(pair.source.text, trace.words, mark)
    if len(borders) < 3:
        return 0.0
    weigh, bare = weights(pair.source), lack(pair) > 0
    shares = [0.0]
    for a, b in pairwise(borders):
        inside = list(pair.source.words_at(trace.words[a][0], trace.words[b - 1][1]))
        if weigh[inside].sum() >= least:
            shares.append(float((weigh[inside] * bare[inside]).sum() / weigh[inside].sum()))
    return max(shares)


def best_cut(pair: Pair) -> tuple[float, Place | None]:
    """The gain of the best stretch to take away, and its characters; 0 and None when there is none to try.

    Only the stretches that most lack links are tried.
    """
    trace = pair.source.trace
    assert trace is not None
    lacking = np.concatenate([[0.0], np.cumsum(_lacking(pair, trace))])
    stretches = sorted(
        _stretches(pair.source.text, trace.words), key=lambda place: lacking[place[0]] - lacking[place[1]]
    )[:TRIED]
    if not stretches:
        return 0.0, None
    gains: Array = pair.source.vectors_without(stretches) @ pair.target.vector
    gains = gains - float(pair.source.vector @ pair.target.vector)
    best = int(gains.argmax())
    start, stop = stretches[best]
    return float(gains[best]), (trace.words[start][0], trace.words[stop - 1][1])


def lone_sentence(pair: Pair) -> tuple[float, Place | None]:
    """What the least answered sentence lacks, and its characters; 0 and None when all are answered."""
    trace = pair.source.trace
    assert trace is not None
    borders = _borders(pair.source.text, trace.words, SENTENCE)
    sentences = [(a, b) for a, b in pairwise(borders) if b - a > LENGTHS[0]]
    if len(borders) < 3 or not sentences:
        return 0.0, None
    likeness = (pair.source.vectors_of(sentences) @ windows(pair.target)[1].T).max(axis=1)
    least = int(likeness.argmin())
    lack = ANSWERED - float(likeness[least]) / max(float(pair.source.vector @ pair.target.vector), LEAST_ALIKE)
    start, stop = sentences[least]
    return max(0.0, lack), (trace.words[start][0], trace.words[stop - 1][1])


def _borders(text: str, words: list[Place], mark: re.Pattern[str]) -> list[int]:
    """Places between words where a mark stands, the ends included."""
    inner = (place + 1 for place, (start, stop) in enumerate(words) if mark.search(text[start:stop]))
    return sorted({0, *inner, len(words)})


def _lacking(pair: Pair, trace: Trace) -> Array:
    """How much each word of the trace lacks links: above 0 unlinked, below 0 linked, shape (words,)."""
    bare = weights(pair.source) * (UNLINKED - pair.best[0])
    found = np.zeros(len(trace.words))
    for place, (start, stop) in enumerate(trace.words):
        inside = pair.source.words_at(start, stop)
        found[place] = bare[inside.start : inside.stop].sum()
    return found


def _stretches(text: str, words: list[Place]) -> list[Place]:
    """Stretches of words to try: clauses, neighbouring clauses, and runs of set lengths."""
    count = len(words)
    borders = _borders(text, words, BORDER)
    clauses = {(a, b) for size in (1, 2, 3) for a, b in zip(borders, borders[size:], strict=False)}
    runs = {(a, a + length) for length in LENGTHS for a in range(0, count - length + 1, max(2, length // 3))}
    return sorted((a, b) for a, b in clauses | runs if 2 <= b - a <= MOST * count)
