"""How strongly runs of two versions are linked: sums over a table of what links each two segments."""

import numpy as np

from aligners.encoders import Array


class Links:
    """Links between the segments of two versions, shape (source segments, target segments).

    Running sums make the links of any two runs, or of any one run, a few look-ups. `i`, `j` are the first segments of
    runs, `x`, `y` how many segments they have, arrays of one length.
    """

    def __init__(self, table: Array) -> None:
        self._sums = np.pad(table.astype(np.float64), ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)

    def inside(self, i: Array, j: Array, x: Array, y: Array) -> Array:
        """The links between two runs."""
        return self._between(i, i + x, j, j + y)

    def of(self, side: int, start: Array, size: Array) -> Array:
        """All links of a run of the source (side 0) or the target (side 1)."""
        total = self._sums[:, -1] if side == 0 else self._sums[-1]
        return total[start + size] - total[start]

    def cut(self, i: Array, j: Array, x: Array, y: Array) -> Array:
        """The links of either run that do not lead into the other."""
        return self.of(0, i, x) + self.of(1, j, y) - 2 * self.inside(i, j, x, y)

    def _between(self, first: Array, last: Array, left: Array, right: Array) -> Array:
        total = self._sums
        found: Array = total[last, right] - total[first, right] - total[last, left] + total[first, left]
        return found
