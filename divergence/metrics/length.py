"""Length: how far the ratio of the sides' lengths departs from what is usual in the hop."""

import math

from divergence.evidence import Evidence, Pair

FEATURES = ("log ratio",)
LEVELLED = FEATURES
# Shorter sides have any ratio.
SHORTEST = 12


def measure(pair: Pair) -> Evidence | None:
    """The logarithm of target by source in characters; None for short sides, whose ratio says nothing."""
    lengths = [len(side.text) for side in (pair.source, pair.target)]
    if min(lengths) < SHORTEST:
        return None
    return Evidence((math.log(lengths[1] / lengths[0]),))
