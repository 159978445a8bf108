"""Whether the ends of a run lie in its counterpart or next door to it, and whether a segment lies in another.

Segments are often cut at other places in a translation; their parts (sentences, clauses) tell where a border has to
run when the segments as wholes do not.
"""

from collections.abc import Sequence

import numpy as np

from aligners.costs.runs import over
from aligners.encoders import Array

FEATURES = ("leak, most", "leak")


class Ends:
    """What is likest to the parts of segments in each segment of the other version, for each kind of part.

    Args:
        likeness: of every two parts of a kind, shape (source parts, target parts).
        owners: for each kind, the segment that each part of the source lies in, and of the target, in order; every
            segment has a part.
    """

    def __init__(self, likeness: Sequence[Array], owners: Sequence[tuple[Array, Array]]) -> None:
        heads, tails, inside = [], [], []
        for table, (source, target) in zip(likeness, owners, strict=True):
            there, here = _borders(source), _borders(target)
            ahead = np.maximum.reduceat(table, here[:-1], axis=1)
            back = np.maximum.reduceat(table, there[:-1], axis=0)
            heads.append((ahead[there[:-1]], back[:, here[:-1]]))
            tails.append((ahead[there[1:] - 1], back[:, here[1:] - 1]))
            inside.append(
                (
                    np.add.reduceat(ahead, there[:-1], axis=0) / np.diff(there)[:, None],
                    np.add.reduceat(back, here[:-1], axis=1) / np.diff(here),
                )
            )
        # Of the source and of the target, shape (source segments + 2, target segments + 2, kinds), with a border of 0.
        self._heads = [_bordered(tables) for tables in zip(*heads, strict=True)]
        self._tails = [_bordered(tables) for tables in zip(*tails, strict=True)]
        # How much of each source segment has its like in each target segment, and the other way round, by the kind of
        # part that tells most: 0 like unrelated text, 1 like the best matches of the document.
        self.inside: tuple[Array, Array] = (
            np.max([there for there, _ in inside], axis=0),
            np.max([here for _, here in inside], axis=0),
        )

    def features(self, i: Array, j: Array, x: Array, y: Array) -> list[Array]:
        """FEATURES of runs that begin at segments `i`, `j` and have `x`, `y` of them, kind by kind.

        An end leaks by as much as it is more alike to the segment next to the other run than to any in it.
        """
        i, j = i + 1, j + 1
        last_i, last_j = i + x - 1, j + y - 1
        (heads, heads_of_target), (tails, tails_of_target) = self._heads, self._tails
        leaks = [
            heads[i, j - 1] - over(y, lambda k, rows: heads[i[rows], j[rows] + k], np.maximum),
            tails[last_i, j + y] - over(y, lambda k, rows: tails[last_i[rows], j[rows] + k], np.maximum),
            heads_of_target[i - 1, j] - over(x, lambda k, rows: heads_of_target[i[rows] + k, j[rows]], np.maximum),
            tails_of_target[i + x, last_j]
            - over(x, lambda k, rows: tails_of_target[i[rows] + k, last_j[rows]], np.maximum),
        ]
        most = np.clip(np.max(leaks, axis=0), -1, 1)
        mean = np.mean([np.clip(leak, 0, 1) for leak in leaks], axis=0)
        return [values for pair in zip(most.T, mean.T, strict=True) for values in pair]

    def insides(self, i: Array, j: Array, x: Array, y: Array) -> tuple[Array, Array]:
        """How much of the segments of either run has its like in one segment of the other: the mean, and the least."""
        there, here = self.inside
        total, least = np.zeros(len(i)), np.full(len(i), np.inf)
        for table, first, second, own, other in ((there, i, j, x, y), (here.T, j, i, y, x)):
            for place in range(own.max(initial=0)):
                rows = np.flatnonzero(own > place)
                held = _likest(table, first[rows] + place, second[rows], other[rows])
                total[rows] += held
                least[rows] = np.minimum(least[rows], held)
        return total / (x + y), least


def _likest(table: Array, segment: Array, first: Array, size: Array) -> Array:
    """What is likest to each segment in a run of the other version."""
    return over(size, lambda k, rows: table[segment[rows], first[rows] + k], np.maximum)


def _borders(owners: Array) -> Array:
    """Where the parts of each segment begin, and the number of all parts."""
    return np.concatenate([[0], np.flatnonzero(np.diff(owners)) + 1, [len(owners)]])


def _bordered(tables: Sequence[Array]) -> Array:
    return np.pad(np.stack(tables, axis=2), ((1, 1), (1, 1), (0, 0)))
