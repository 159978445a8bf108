"""How alike two runs of segments are in meaning, for all runs of up to LONGEST segments at once."""

from collections.abc import Sequence

import numpy as np

from aligners.costs.measures import LONGEST
from aligners.encoders import Array

# What a run may change at either end: by how many segments it grows, and where it then begins.
CHANGES = ((-1, 0), (-1, 1), (1, 0), (1, -1))


class Meanings:
    """Cosines of runs, 0 where unrelated segments of the document stand, 1 where best matches stand.

    `i`, `j` are the first segments of runs, `x`, `y` how many segments they have, arrays of one length. A run may begin
    one place outside its version; runs that leave their version get -inf.

    Args:
        source: vectors of runs of 1, 2 ... segments, shape (runs, dimensions) each.
        target: as `source`.
        floor: the cosine that counts 0.
        scale: what a cosine is above it for 1.
    """

    def __init__(self, source: Sequence[Array], target: Sequence[Array], floor: float, scale: float) -> None:
        rows, columns = len(source[0]) + 3, len(target[0]) + 3
        table = np.full((LONGEST, rows, LONGEST, columns), -np.inf, np.float32)
        for x, one in enumerate(source):
            for y, other in enumerate(target):
                table[x, 1 : 1 + len(one), y, 1 : 1 + len(other)] = (one @ other.T - floor) / scale
        self._table = table.ravel()
        # How far apart in the table are: a segment more in the source, a source segment, the same for the target.
        self._strides = (rows * LONGEST * columns, LONGEST * columns, columns, 1)

    def __len__(self) -> int:
        return len(self._table)

    def place(self, i: Array, j: Array, x: Array, y: Array) -> Array:
        """The place of each two runs in the table."""
        longer_x, next_i, longer_y, next_j = self._strides
        found: Array = (x - 1) * longer_x + (i + 1) * next_i + (y - 1) * longer_y + (j + 1) * next_j
        return found

    def runs(self, place: Array) -> tuple[Array, Array, Array, Array]:
        """The first segments and the sizes of the two runs at each place."""
        found = []
        for stride in self._strides:
            part, place = np.divmod(place, stride)
            found.append(part)
        x, i, y, j = found
        return i - 1, j - 1, x + 1, y + 1

    def at(self, place: Array) -> Array:
        """The cosines at these places."""
        return np.take(self._table, place)

    def changes(self, place: Array, x: Array, y: Array) -> Array:
        """What the meaning gains by each of CHANGES of the source and of the target, shape (runs, 2 * CHANGES).

        It is -inf where there is no such run.
        """
        base = self.at(place)
        found = np.full((len(place), 2 * len(CHANGES)), -np.inf, np.float32)
        for side, size in enumerate((x, y)):
            longer, following = self._strides[2 * side : 2 * side + 2]
            for number, (more, begin) in enumerate(CHANGES):
                rows = np.flatnonzero((size + more >= 1) & (size + more <= LONGEST))
                changed = place[rows] + more * longer + begin * following
                found[rows, side * len(CHANGES) + number] = self.at(changed) - base[rows]
        return found
