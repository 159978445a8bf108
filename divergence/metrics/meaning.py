"""Meaning: how far apart the encoder sees the two sides, and how few of their words stand for each other.

Source: cosine of sentence vectors (Yang et al. 2020), beside what is usual in the hop.
"""

from divergence.evidence import Evidence, Pair, Pointed
from divergence.side import Side, windows

FEATURES = ("not alike", "unlinked", "unlinked on the other side", "length")
LEVELLED = ("not alike", "unlinked", "unlinked on the other side")
# The stretch that is pointed at, in words; one of the lengths of `side.windows`.
STRETCH = 4


def measure(pair: Pair) -> Evidence:
    """How little alike the sides are; the places are the stretch of each side that is least like the other side."""
    unlinked = sorted(
        (0.5, 0.5) if pair.links is None else [1 - float(best.mean()) if best.size else 1.0 for best in pair.best]
    )
    shorter = min(len(side.words) for side in (pair.source, pair.target))
    features = 1 - float(pair.source.vector @ pair.target.vector), unlinked[1], unlinked[0], min(shorter, 30) / 30
    pointed = []
    for one in (pair, pair.turned):
        place = weakest(one.source, one)
        told = "These words are the least like anything" if place else "This is little like what stands"
        start, stop = place or (0, len(one.source.text))
        pointed.append(Pointed(one.source.version, start, stop, f"{told} in {one.other}."))
    return Evidence(features, tuple(pointed))


def weakest(side: Side, pair: Pair) -> tuple[int, int] | None:
    """Characters of the stretch of the source whose vector is furthest from the target, None for a short side."""
    trace = side.trace
    if trace is None or len(trace.words) < 2 * STRETCH:
        return None
    places, vectors = windows(side)
    short = [row for row, (start, stop) in enumerate(places) if stop - start == STRETCH]
    start, stop = places[short[int((vectors[short] @ pair.target.vector).argmin())]]
    return trace.words[start][0], trace.words[stop - 1][1]
