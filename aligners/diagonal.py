"""Diagonal baseline: every version cut at the same share of its segments, whatever they say."""

import itertools
from collections.abc import Sequence

from aligners.costs.measures import Side, Stretch, whole
from aligners.search import Shape


def search_units(sides: Sequence[Side], stretches: Sequence[Stretch] | None = None) -> list[tuple[Shape, float]]:
    """As many units as the longest version has segments; the confidence is 0, since nothing was compared."""
    units = []
    for begin, end in whole(sides) if stretches is None else stretches:
        sizes = [b - a for a, b in zip(begin, end, strict=True)]
        count = max(sizes)
        cuts = [tuple(k * size // count for size in sizes) for k in range(count + 1)] if count else []
        shapes = (tuple(b - a for a, b in zip(*two, strict=True)) for two in itertools.pairwise(cuts))
        units += [(shape, 0.0) for shape in shapes]
    return units
