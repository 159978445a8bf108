"""Diagonal baseline: every version cut at the same share of its segments, whatever they say."""

import itertools
from collections.abc import Sequence

from aligners.measures import Side
from aligners.search import Shape


def search_units(sides: Sequence[Side]) -> list[tuple[Shape, float]]:
    """As many units as the longest version has segments; the confidence is 0, since nothing was compared."""
    count = max(len(side) for side in sides)
    cuts = [tuple(k * len(side) // count for side in sides) for k in range(count + 1)]
    return [
        (tuple(b - a for a, b in zip(before, after, strict=True)), 0.0) for before, after in itertools.pairwise(cuts)
    ]
