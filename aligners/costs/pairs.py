"""What speaks for and against two runs of segments, one of each version, being the same passage.

Each function below measures many pairs of runs at once: `i`, `j` are the first segments, `x`, `y` how many segments the
runs have, arrays of one length. `FEATURES` names the columns of the result, in order.
"""

from functools import cached_property

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from aligners.costs import ends, lengths, numbers
from aligners.costs.anchors import ties
from aligners.costs.ends import Ends
from aligners.costs.lengths import Lengths
from aligners.costs.links import Links
from aligners.costs.meanings import CHANGES, Meanings
from aligners.costs.measures import Side, median
from aligners.costs.numbers import Numbers
from aligners.costs.runs import over
from aligners.encoders import Array

FEATURES = (
    "meaning", "meaning, lacking", "meaning, short", "neighbours, mean", "neighbours, best", *lengths.FEATURES,
    "one to one", "one to two", "two to two", "more", "extra segments",
    "kinds differ", *numbers.FEATURES, "endings differ",
    "sentence links kept", "clause links kept", "sentence links cut", "clause links cut",
    "anchors kept", "inside", "inside, least",
    *(f"{kind} {name}" for kind in ("sentences", "clauses") for name in ends.FEATURES),
)  # fmt: skip
# Letters below which a segment counts as short.
SHORT = 25.0
# A meaning below this share of the document's best matches is lacking.
LACKING = 0.5
# Segments to either side of a place among which a match is near.
NEAR = 2
# Where a table of rows has none yet.
NONE = -1
# Where hardly any segment stands out from the others, differences are not made larger than this would make them.
LEAST_SCALE = 0.2


class Pair:
    """Two versions side by side, and what can be measured of any two runs in them."""

    def __init__(self, source: Side, target: Side) -> None:
        self.source, self.target = source, target
        single = source.vectors[0] @ target.vectors[0].T
        # Two levels of the document itself: what unrelated segments reach and what the best match of each reaches.
        self.floor = median(single) if min(single.shape) > 1 else _unrelated(source, target, single)
        level = median(np.concatenate([single.max(axis=0), single.max(axis=1)]))
        self.scale = max(level - self.floor, LEAST_SCALE)
        self.single = (single - self.floor) / self.scale
        self.best = (self.single.max(axis=1), self.single.max(axis=0))
        i, j = mutual(single)
        self.lengths = Lengths(np.diff(source.reach)[i], np.diff(target.reach)[j])
        self.meanings = Meanings(source.vectors, target.vectors, self.floor, self.scale)
        self._numbers = Numbers(source.numbers, target.numbers)
        # Of some runs, the features and the gains of changes; for every two runs the row where they are, or NONE.
        self._known = np.zeros((0, len(FEATURES)), np.float32)
        self._gains = np.zeros((0, 2 * len(CHANGES)), np.float32)
        self._rows = np.full(len(self.meanings), NONE, np.int32)
        # The features' sums by their weights.
        self._sums: dict[bytes, Array] = {}
        kinds = ((source.sentences, target.sentences), (source.clauses, target.clauses))
        likeness = [(a.vectors @ b.vectors.T - self.floor) / self.scale for a, b in kinds]
        owners = [(a.segment, b.segment) for a, b in kinds]
        self.sentences, self.clauses = (
            _links(table, *owner, single.shape) for table, owner in zip(likeness, owners, strict=True)
        )
        self.ends = Ends(likeness, owners)
        self.anchors = Links(ties((source.numbers, target.numbers), (source.names, target.names)))

    @cached_property
    def near(self) -> tuple[Array, Array]:
        """The best match of each segment around each place in the other version: of the source's, of the target's.

        Shape (segments, segments of the other version + 1).
        """
        found = []
        for single in (self.single, self.single.T):
            padded = np.pad(single, ((0, 0), (NEAR, NEAR)), constant_values=-1.0)
            found.append(sliding_window_view(padded, 2 * NEAR, axis=1).max(axis=2))
        return found[0], found[1]

    def measured(self, i: Array, j: Array, x: Array, y: Array) -> tuple[Array, Array]:
        """FEATURES of runs, and what their meaning gains by changes at their ends (`Meanings.changes`)."""
        rows = self._rows_of(i, j, x, y)
        return self._known[rows], self._gains[rows]

    def weighed(self, i: Array, j: Array, x: Array, y: Array, weights: Array) -> tuple[Array, Array]:
        """As `measured`, with the sum of the features by their weights in the place of the features."""
        rows = self._rows_of(i, j, x, y)
        key = weights.tobytes()
        sums = self._sums.get(key, np.zeros(0))
        if len(sums) < len(self._known):
            self._sums[key] = sums = np.concatenate([sums, self._known[len(sums) :] @ weights])
        return sums[rows], self._gains[rows]

    def _rows_of(self, i: Array, j: Array, x: Array, y: Array) -> Array:
        """The rows of runs; those that stand in several positions, or in a wider lattice before, are measured once."""
        place = self.meanings.place(i, j, x, y)
        missing = place[self._rows[place] < 0]
        if len(missing):
            new = np.unique(missing)
            self._rows[new] = np.arange(len(self._known), len(self._known) + len(new))
            runs = self.meanings.runs(new)
            self._known = np.concatenate([self._known, self.features(*runs)])
            self._gains = np.concatenate([self._gains, self.meanings.changes(new, *runs[2:])])
        return self._rows[place]

    def features(self, i: Array, j: Array, x: Array, y: Array) -> Array:
        """Every feature of runs that lie inside their versions, shape (runs, features)."""
        meaning = self.meanings.at(self.meanings.place(i, j, x, y))
        letters_x = self.source.reach[i + x] - self.source.reach[i]
        letters_y = self.target.reach[j + y] - self.target.reach[j]
        columns = [
            meaning,
            np.maximum(LACKING - meaning, 0.0),
            meaning * (np.minimum(letters_x, letters_y) < SHORT),
            *self._neighbours(i, j, x, y),
            *self.lengths.features(letters_x, letters_y),
            *_shape_columns(x, y),
            _differ(self.source.kinds, self.target.kinds, i, j, x, y),
            *self._numbers.features(i, j, x, y),
            self.source.endings[i + x - 1] != self.target.endings[j + y - 1],
            *(links.inside(i, j, x, y) for links in (self.sentences, self.clauses)),
            *(links.cut(i, j, x, y) for links in (self.sentences, self.clauses)),
            self.anchors.inside(i, j, x, y),
            *self.ends.insides(i, j, x, y),
            *self.ends.features(i, j, x, y),
        ]
        return np.stack(columns, axis=1).astype(np.float32)

    def _neighbours(self, i: Array, j: Array, x: Array, y: Array) -> tuple[Array, Array]:
        """Mean and best meaning of either run with the segments next to the other one."""
        one = np.ones_like(x)
        near = [(i, j - 1, x, one), (i, j + y, x, one), (i - 1, j, one, y), (i + x, j, one, y)]
        values = np.stack([self.meanings.at(self.meanings.place(*runs)) for runs in near])
        known = np.isfinite(values)
        mean = np.where(known, values, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        return mean, np.where(known.any(axis=0), values.max(axis=0, initial=-np.inf), 0)


def _unrelated(source: Side, target: Side, single: Array) -> float:
    """What unrelated segments reach where one version has a single segment, which may match all of the other's."""
    longer = max(source, target, key=len).vectors[0]
    if len(longer) == 1:
        return median(single)
    return median((longer @ longer.T)[np.triu_indices(len(longer), 1)])


def _links(likeness: Array, source: Array, target: Array, shape: tuple[int, ...]) -> Links:
    """Links between segments by their parts, of which each lies in the segment that `source` or `target` names.

    A link joins two parts that are each other's best match in the document; it says where a border must not run even
    when the segments as wholes are undecided.
    """
    a, b = mutual(likeness)
    links = np.zeros(shape, np.float64)
    np.add.at(links, (source[a], target[b]), np.clip(likeness[a, b], 0, 1))
    return Links(links)


def mutual(likeness: Array) -> tuple[Array, Array]:
    """Rows and columns that are each other's best match."""
    there, back = likeness.argmax(axis=1), likeness.argmax(axis=0)
    rows = np.flatnonzero(back[there] == np.arange(len(there)))
    return rows, there[rows]


def _shape_columns(x: Array, y: Array) -> tuple[Array, ...]:
    shorter, longer = np.minimum(x, y), np.maximum(x, y)
    known = [(shorter == a) & (longer == b) for a, b in ((1, 1), (1, 2), (2, 2))]
    return (*known, ~np.any(known, axis=0), x + y - 2)


def _differ(kinds: Array, others: Array, i: Array, j: Array, x: Array, y: Array) -> Array:
    """True where some segment of either run has a kind that the first of the other has not."""
    source = over(x, lambda k, rows: kinds[i[rows] + k] != others[j[rows]], np.logical_or)
    return source | over(y, lambda k, rows: others[j[rows] + k] != kinds[i[rows]], np.logical_or)
