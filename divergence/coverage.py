"""Coverage: words of one side that nothing in the other side answers to.

A stretch is without counterpart when the two sides become more alike once it is taken away; a whole sentence also
when no stretch of the other side is like it. The vectors come from the token sums, so every stretch can be tried.
"""

import re
from itertools import pairwise

import numpy as np

from aligners.encoders import Array, SummingEncoder, Trace
from divergence.score import Reason, Score
from divergence.side import Side

# Lengths of the stretches tried, in words; they begin a third of their length apart.
LENGTHS = (4, 6, 9, 13)
# A stretch may not take more of its side than this.
MOST = 0.75
# A gain below this is no sign of an omission: removing a few words moves any vector by about so much.
NOTICED = 0.02
# A sentence is answered when some stretch of the other side is at least this much as like it as the sides are alike;
# what is lacking to that counts by this weight beside a gain.
ANSWERED, WEIGHT = 0.75, 0.5
# Lengths of the stretches a sentence is compared with, in words.
WINDOWS = (4, 7, 11, 16)
# Sides less alike than this give no measure for their sentences.
LEAST_ALIKE = 0.3
# Behind a mark, quotation marks and brackets may still stand.
CLOSERS = r"[\"'”’“»›》〉」』）)\]]*"
SENTENCE = re.compile(rf"[.!?;:…。！？；：]{CLOSERS}$")
BORDER = re.compile(rf"[,;:.!?—–…。！？；：，、]{CLOSERS}$")


def measure(source: Side, target: Side, encoder: SummingEncoder) -> Score | None:
    """The greatest rise in likeness that taking a stretch away brings, on either side.

    None when the encoder does not sum its tokens.
    """
    if source.trace is None or target.trace is None:
        return None
    if source.text == target.text:
        return Score(0.0)
    found = []
    for side, other in ((source, target), (target, source)):
        gain, place = best_cut(side, other, encoder)
        name = other.language.name
        text = f"No counterpart was found for these words in the {name}."
        found.append((gain, side.reasons(*place, text) if place and gain > NOTICED else ()))
    value = max(0.0, *(gain for gain, _ in found))
    reasons: list[Reason] = []
    for gain, pointed in found:
        if gain >= value / 2:
            reasons += pointed
    return Score(value, tuple(reasons))


def best_cut(side: Side, other: Side, encoder: SummingEncoder) -> tuple[float, tuple[int, int] | None]:
    """The gain of the best stretch to take away, and its characters; 0 and None when there is none to try."""
    lone, sentence = lone_sentence(side, other, encoder)
    if lone > NOTICED:
        return lone, sentence
    trace = side.trace
    assert trace is not None
    stretches = _stretches(side.text, trace.words)
    if not stretches:
        return 0.0, None
    sums, counts = zip(*(trace.rest(start, stop) for start, stop in stretches), strict=True)
    without = encoder.head(np.array(sums), np.array(counts)) @ other.vector
    gains: Array = without - float(side.vector @ other.vector)
    best = int(gains.argmax())
    start, stop = stretches[best]
    return float(gains[best]), (trace.words[start][0], trace.words[stop - 1][1])


def lone_sentence(side: Side, other: Side, encoder: SummingEncoder) -> tuple[float, tuple[int, int] | None]:
    """What the least answered sentence lacks, weighted, and its characters; 0 and None when all are answered."""
    trace, opposite = side.trace, other.trace
    assert trace is not None
    assert opposite is not None
    borders = _borders(side.text, trace.words, SENTENCE)
    sentences = [(a, b) for a, b in pairwise(borders) if b - a > LENGTHS[0]]
    if len(borders) < 3 or not sentences:
        return 0.0, None
    count = len(opposite.words)
    windows = [(a, a + n) for n in WINDOWS for a in range(0, count - n + 1, 1 + n // 6)] or [(0, count)]
    likeness = (_vectors(trace, sentences, encoder) @ _vectors(opposite, windows, encoder).T).max(axis=1)
    least = int(likeness.argmin())
    lack = ANSWERED - float(likeness[least]) / max(float(side.vector @ other.vector), LEAST_ALIKE)
    start, stop = sentences[least]
    return max(0.0, WEIGHT * lack), (trace.words[start][0], trace.words[stop - 1][1])


def _vectors(trace: Trace, stretches: list[tuple[int, int]], encoder: SummingEncoder) -> Array:
    sums, counts = zip(*(trace.stretch(start, stop) for start, stop in stretches), strict=True)
    return encoder.head(np.array(sums), np.array(counts))


def _borders(text: str, words: list[tuple[int, int]], mark: re.Pattern[str]) -> list[int]:
    """Places between words where a mark stands, the ends included."""
    inner = (place + 1 for place, (start, stop) in enumerate(words) if mark.search(text[start:stop]))
    return sorted({0, *inner, len(words)})


def _stretches(text: str, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of words to try: clauses, neighbouring clauses, and runs of set lengths."""
    count = len(words)
    borders = _borders(text, words, BORDER)
    clauses = {(a, b) for size in (1, 2, 3) for a, b in zip(borders, borders[size:], strict=False)}
    runs = {(a, a + length) for length in LENGTHS for a in range(0, count - length + 1, max(2, length // 3))}
    return sorted((a, b) for a, b in clauses | runs if 2 <= b - a <= MOST * count)
