"""Whether two runs name the same numbers."""

from collections.abc import Sequence

import numpy as np

from aligners.costs.measures import LONGEST
from aligners.encoders import Array

FEATURES = ("numbers agree", "numbers differ")


class Numbers:
    """The numbers of two versions, and how many of them any two runs have in common.

    Args:
        source: the numbers in each segment.
        target: as `source`.
    """

    def __init__(self, source: Sequence[frozenset[str]], target: Sequence[frozenset[str]]) -> None:
        known = sorted(set().union(*source, *target))
        column = {number: place for place, number in enumerate(known)}
        marks = [_run_marks(side, column) for side in (source, target)]
        self._counts = [found.sum(axis=2) for found in marks]
        # Shape (LONGEST, source segments, LONGEST, target segments).
        self._both = np.tensordot(marks[0], marks[1], axes=(2, 2)).astype(np.uint16)

    def features(self, i: Array, j: Array, x: Array, y: Array) -> list[Array]:
        """FEATURES: share of the numbers in both runs that agree, and of those that do not; 0 where there are none."""
        both = self._both[x - 1, i, y - 1, j].astype(np.float32)
        either = self._counts[0][x - 1, i] + self._counts[1][y - 1, j] - both
        agree = np.divide(both, either, out=np.zeros_like(both), where=either > 0)
        return [agree, np.where(either > 0, 1 - agree, 0)]


def _run_marks(segments: Sequence[frozenset[str]], column: dict[str, int]) -> Array:
    """Which numbers stand in each run, shape (LONGEST, segments, numbers); a run ends with its version at the latest."""
    found = np.zeros((LONGEST, len(segments), len(column)), np.float32)
    for row, numbers in enumerate(segments):
        found[0, row, [column[number] for number in numbers]] = 1
    for size in range(1, LONGEST):
        found[size] = found[size - 1]
        np.maximum(found[size, :-size], found[0, size:], out=found[size, :-size])
    return found
