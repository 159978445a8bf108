"""Meaning: how far apart the encoder sees the two sides.

Source: cosine of sentence vectors (Yang et al. 2020). The raw value is 1 - cosine, 0 for the same text; what is usual in
the hop is taken out of it later, in `divergence/calibration.py`.
"""

from aligners.encoders import Encoder
from divergence.score import Reason, Score
from divergence.side import Side

# Shortest stretch that is pointed at, in words.
STRETCH = 4


def measure(source: Side, target: Side, encoder: Encoder) -> Score:
    """1 - cosine of the sides; the reasons point at the stretch of each side that is least like the other side."""
    cosine = float(source.vector @ target.vector)
    if source.text == target.text:
        return Score(0.0)
    reasons: list[Reason] = []
    for side, other in ((source, target), (target, source)):
        if place := weakest(side, other, encoder):
            reasons += side.reasons(*place, f"These words are the least like anything in the {other.language.name}.")
    return Score(max(0.0, 1.0 - cosine), tuple(reasons))


def weakest(side: Side, other: Side, encoder: Encoder) -> tuple[int, int] | None:
    """Characters of the stretch of a side whose vector is furthest from the other side, None for a short side."""
    trace = side.trace
    if trace is None or len(trace.words) < 2 * STRETCH:
        return None
    import numpy as np

    starts = range(len(trace.words) - STRETCH + 1)
    sums, counts = zip(*(trace.stretch(start, start + STRETCH) for start in starts), strict=True)
    likeness = encoder.head(np.array(sums), np.array(counts)) @ other.vector  # type: ignore[attr-defined]
    start = int(likeness.argmin())
    return trace.words[start][0], trace.words[start + STRETCH - 1][1]
