"""Whether the ends of a run lie in its counterpart or next door to it, and whether a segment lies in another.

Segments are often cut at other places in a translation; their parts (sentences, clauses) tell where a border has to
run when the segments as wholes do not.
"""

from collections.abc import Sequence

import numpy as np

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
        # Of the source and of the target, shape (kinds, source segments + 2, target segments + 2), with a border of 0.
        self._heads = [_bordered(tables) for tables in zip(*heads, strict=True)]
        self._tails = [_bordered(tables) for tables in zip(*tails, strict=True)]
        # How much of each source segment has its like in each target segment, and the other way round, by the kind of
        # part that tells most: 0 like unrelated text, 1 like the best matches of the document.
        self.inside: tuple[Array, Array] = (
            np.max([there for there, _ in inside], axis=0),
            np.max([here for _, here in inside], axis=0),
        )

    def features(self, i: Array, j: Array, x: int, y: int) -> list[Array]:
        """FEATURES of runs that begin at segments `i`, `j` and have `x`, `y` of them, kind by kind.

        An end leaks by as much as it is more alike to the segment next to the other run than to any in it.
        """
        i, j = i + 1, j + 1
        last_i, last_j = i + x - 1, j + y - 1
        leaks = [
            self._heads[0][:, i, j - 1] - _most([self._heads[0][:, i, j + k] for k in range(y)]),
            self._tails[0][:, last_i, j + y] - _most([self._tails[0][:, last_i, j + k] for k in range(y)]),
            self._heads[1][:, i - 1, j] - _most([self._heads[1][:, i + k, j] for k in range(x)]),
            self._tails[1][:, i + x, last_j] - _most([self._tails[1][:, i + k, last_j] for k in range(x)]),
        ]
        most = np.clip(_most(leaks), -1, 1)
        mean = np.mean([np.clip(leak, 0, 1) for leak in leaks], axis=0)
        return [values for pair in zip(most, mean, strict=True) for values in pair]

    def insides(self, i: Array, j: Array, x: int, y: int) -> tuple[Array, Array]:
        """How much of the segments of either run has its like in one segment of the other: the mean, and the least."""
        there, here = self.inside
        held = [_most([there[i + k, j + m] for m in range(y)]) for k in range(x)]
        held += [_most([here[i + k, j + m] for k in range(x)]) for m in range(y)]
        return np.mean(held, axis=0), np.min(held, axis=0)


def _borders(owners: Array) -> Array:
    """Where the parts of each segment begin, and the number of all parts."""
    return np.concatenate([[0], np.flatnonzero(np.diff(owners)) + 1, [len(owners)]])


def _bordered(tables: Sequence[Array]) -> Array:
    return np.pad(np.stack(tables), ((0, 0), (1, 1), (1, 1)))


def _most(values: Sequence[Array]) -> Array:
    found = values[0]
    for more in values[1:]:
        found = np.maximum(found, more)
    return found
