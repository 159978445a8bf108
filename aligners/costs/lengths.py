"""Whether two runs are as long as a passage and its translation are in this document.

Source: Gale and Church 1993, for a difference of lengths that grows with the root of the length. Ratio and spread are
those of the document itself, of the segments that are each other's best match.
"""

import numpy as np

from aligners.costs.measures import median
from aligners.encoders import Array

FEATURES = ("length", "length, squared", "length, surprise", "length, surprise squared")
# A log length ratio further off than this says no more, nor does a surprise of more standard deviations.
FAR, FAR_OUT = 2.0, 4.0
# The spread that is usual (Gale and Church 1993: variance 6.8 a letter), and how many matches of the document outweigh it.
USUAL, MATCHES = 6.8**0.5, 10
# A normal distribution's standard deviation, in median distances from its middle.
SPREAD_OF_MEDIAN = 1.4826


class Lengths:
    """Ratio and spread of the lengths of two versions.

    Args:
        source: letters of the segments that have a match, shape (matches,).
        target: letters of their matches.
    """

    def __init__(self, source: Array, target: Array) -> None:
        self.ratio = float(source.sum() / target.sum())
        away = np.abs(source - self.ratio * target) / np.sqrt(source + self.ratio * target)
        own = SPREAD_OF_MEDIAN * median(away)
        weight = len(source) / (len(source) + MATCHES)
        self.spread = (weight * own**2 + (1 - weight) * USUAL**2) ** 0.5

    def features(self, source: Array, target: Array) -> list[Array]:
        """FEATURES of runs with so many letters: how far their ratio is off, and in how many standard deviations."""
        expected = self.ratio * target
        off = np.minimum(np.abs(np.log(source / expected)), FAR)
        surprise = np.minimum(np.abs(source - expected) / np.sqrt(source + expected) / self.spread, FAR_OUT)
        return [off, off * off, surprise, surprise * surprise]
