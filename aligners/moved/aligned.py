"""Units that were aligned, and how alike any segments of their versions are."""

import itertools
from collections.abc import Sequence

import numpy as np

from aligners.costs.measures import Side, median
from aligners.encoders import Array
from aligners.search import Shape

# From this confidence and likeness on nobody doubts a unit of one segment a version; nothing in it has moved.
SURE, ALIKE = 0.9, 0.75


class Aligned:
    """The units of measured versions in reading order.

    `begins[i]` is where unit i begins, counted in segments of each version, and `begins[-1]` the end; `unit_of[v][s]`
    the unit that holds segment s of version v. `is_fixed[i]` is True where a unit stays as it is whatever is found.
    `doubted[v]` are the segments of a version whose unit is neither fixed nor beyond doubt; `gap[i]` counts those
    beyond doubt before unit i, so that units with one number have none between them.
    """

    def __init__(
        self, sides: Sequence[Side], shapes: Sequence[Shape], sure: Sequence[float], is_fixed: Sequence[bool]
    ) -> None:
        self.sides, self.shapes, self.sure, self.is_fixed = sides, shapes, sure, is_fixed
        self.begins = np.vstack([np.zeros((1, len(sides)), int), np.cumsum(np.array(shapes), axis=0)])
        self.unit_of = [np.repeat(np.arange(len(shapes)), column) for column in np.array(shapes).T]
        self._scales = {pair: self._scale(*pair) for pair in itertools.permutations(range(len(sides)), 2)}
        firm = (np.array(is_fixed) | self._are_firm()).astype(int)
        self.is_firm, self.gap = firm, np.concatenate([[0], np.cumsum(firm)])
        self.doubted = [np.flatnonzero(firm[units] == 0) for units in self.unit_of]
        self._doubted = [side.vectors[0][rows] for side, rows in zip(sides, self.doubted, strict=True)]

    def likeness(self, a: int, first: Array | Sequence[int], b: int, second: Array | Sequence[int]) -> Array:
        """How alike segments of two versions are, shape (first, second).

        0 is the usual likeness of unrelated units of the two versions and 1 that of aligned ones.
        """
        floor, level = self._scales[a, b]
        found: Array = (self.sides[a].vectors[0][first] @ self.sides[b].vectors[0][second].T - floor) / (level - floor)
        return found

    def doubted_likeness(self, a: int, segments: Array | Sequence[int], b: int) -> Array:
        """As `likeness`, with every segment of the second version that is in doubt."""
        floor, level = self._scales[a, b]
        found: Array = (self.sides[a].vectors[0][segments] @ self._doubted[b].T - floor) / (level - floor)
        return found

    def doubted_near(self, a: int, segments: Array | Sequence[int], b: int) -> Array:
        """True where no unit beyond doubt stands between segments and those in doubt of the second version."""
        gaps = self.gap[self.unit_of[a][segments]], self.gap[self.unit_of[b][self.doubted[b]]]
        found: Array = gaps[0][:, None] == gaps[1]
        return found

    def unit_likeness(self, a: int, first: Sequence[int], b: int, second: Sequence[int]) -> Array:
        """How alike the sides of units are in two versions, shape (first, second)."""
        floor, level = self._scales[a, b]
        found: Array = (self._vectors(first, a) @ self._vectors(second, b).T - floor) / (level - floor)
        return found

    def letters(self, version: int, start: int, stop: int) -> float:
        """Letters of segments `start:stop` of a version."""
        reach = self.sides[version].reach
        return float(reach[stop] - reach[start])

    def _vectors(self, units: Sequence[int], version: int) -> Array:
        """The vectors of units' sides; of the first segments where one has more than are ever joined."""
        runs = self.sides[version].vectors
        return np.array([runs[min(self.shapes[i][version], len(runs)) - 1][self.begins[i, version]] for i in units])

    def _scale(self, a: int, b: int) -> tuple[float, float]:
        """What unrelated units of two versions usually reach in cosine, and what aligned ones do."""
        filled = [unit for unit, shape in enumerate(self.shapes) if shape[a] and shape[b]]
        if len(filled) < 2:
            return 0.0, 1.0
        source, target = self._vectors(filled, a), self._vectors(filled, b)
        level = median((source * target).sum(axis=1))
        # Each unit beside another one, half the document away.
        floor = median((source * np.roll(target, len(filled) // 2, axis=0)).sum(axis=1))
        return floor, max(level, floor + 0.1)

    def _are_firm(self) -> Array:
        """For each unit whether it is beyond doubt by itself."""
        firm: Array = (np.array(self.sure) >= SURE) & (np.array(self.shapes) == 1).all(axis=1)
        units = np.flatnonzero(firm)
        rows = [side.vectors[0][self.begins[units, version]] for version, side in enumerate(self.sides)]
        for a, source in enumerate(rows):
            scaled = []
            for b, target in enumerate(rows):
                if a != b:
                    floor, level = self._scales[a, b]
                    scaled.append(((source * target).sum(axis=1) - floor) / (level - floor))
            firm[units] &= np.mean(scaled, axis=0) >= ALIKE
        return firm
