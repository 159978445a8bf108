"""What speaks for and against two runs of segments, one of each version, being the same passage.

Each function below measures many pairs of runs at once: `i`, `j` are the first segments (arrays of one length), `x`,
`y` how many segments the runs have. `FEATURES` names the columns of the result, in order.
"""

from functools import cache, cached_property

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from aligners.costs import ends, lengths
from aligners.costs.anchors import ties
from aligners.costs.ends import Ends
from aligners.costs.lengths import Lengths
from aligners.costs.links import Links
from aligners.costs.measures import LONGEST, Side, median
from aligners.encoders import Array

FEATURES = (
    "meaning", "meaning, lacking", "meaning, short", "neighbours, mean", "neighbours, best", *lengths.FEATURES,
    "one to one", "one to two", "two to two", "more", "extra segments",
    "kinds differ", "numbers agree", "numbers differ", "endings differ",
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
# Where a table of rows has none yet, and where one is about to be made.
NONE, WANTED = -1, -2
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
        # What has been measured of all runs of two lengths; a document comes here in pieces of a few hundred segments.
        self._meanings: dict[tuple[int, int], Array] = {}
        # Numbers in a row of such a table, which has a border of one place before and two behind.
        self.width = len(target) + 3
        # Of some runs of two lengths, the features, and for every place in the table where they are, or NONE.
        self._measured: dict[tuple[int, int], tuple[Array, Array]] = {}
        self._shared_numbers: dict[tuple[int, int], tuple[Array, Array]] = {}
        self._number_marks = _number_marks(source, target)
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

    def meaning(self, i: Array, j: Array, x: int, y: int) -> Array:
        """Cosine of the two runs, 0 where unrelated segments of the document stand, 1 where best matches stand.

        Runs that leave their version, or are longer than LONGEST, get -inf; a run may begin one place outside.
        """
        return self.meaning_at(self.at(i, j), x, y)

    def at(self, i: Array, j: Array) -> Array:
        """The place of each two first segments in a table of all."""
        place: Array = (i + 1) * self.width + (j + 1)
        return place

    def meaning_at(self, at: Array, x: int, y: int) -> Array:
        """As `meaning`, by places."""
        if not (1 <= x <= LONGEST and 1 <= y <= LONGEST):
            return np.full(len(at), -np.inf, np.float32)
        if (x, y) not in self._meanings:
            self._meanings[x, y] = self._every_meaning(x, y).ravel()
        return np.take(self._meanings[x, y], at)

    def _every_meaning(self, x: int, y: int) -> Array:
        """The meaning of every two runs of these lengths, with a border of -inf."""
        table = np.full((len(self.source) + 3, self.width), -np.inf, np.float32)
        a, b = self.source.vectors[x - 1], self.target.vectors[y - 1]
        table[1 : 1 + len(a), 1 : 1 + len(b)] = (a @ b.T - self.floor) / self.scale
        return table

    def measured(self, i: Array, j: Array, x: int, y: int) -> Array:
        """As `features`; runs that stand in several positions, or in a wider lattice before, are measured once."""
        at = self.at(i, j)
        if (x, y) not in self._measured:
            empty = np.zeros((0, len(FEATURES)), np.float32)
            self._measured[x, y] = empty, np.full((len(self.source) + 3) * self.width, NONE, np.int32)
        known, rows = self._measured[x, y]
        rows[at[rows[at] < 0]] = WANTED
        new = np.flatnonzero(rows == WANTED)
        if len(new):
            rows[new] = np.arange(len(known), len(known) + len(new))
            found = self.features(new // self.width - 1, new % self.width - 1, x, y)
            known = np.concatenate([known, found])
            self._measured[x, y] = known, rows
        return known[rows[at]]

    def features(self, i: Array, j: Array, x: int, y: int) -> Array:
        """Every feature of runs that lie inside their versions, shape (runs, features)."""
        meaning = self.meaning(i, j, x, y)
        neighbours = self._neighbours(i, j, x, y)
        letters_x = self.source.reach[i + x] - self.source.reach[i]
        letters_y = self.target.reach[j + y] - self.target.reach[j]
        short = np.minimum(letters_x, letters_y) < SHORT
        agree, differ = self._numbers(i, j, x, y)
        shape = (x, y)
        columns = [
            meaning,
            np.maximum(LACKING - meaning, 0.0),
            meaning * short,
            *neighbours,
            *self.lengths.features(letters_x, letters_y),
            *(np.full(len(i), float(value)) for value in _shape_columns(shape)),
            _differ(self.source.kinds, self.target.kinds, i, j, x, y),
            agree,
            differ,
            self.source.endings[i + x - 1] != self.target.endings[j + y - 1],
            *(links.inside(i, j, x, y) for links in (self.sentences, self.clauses)),
            *(links.cut(i, j, x, y) for links in (self.sentences, self.clauses)),
            self.anchors.inside(i, j, x, y),
            *self.ends.insides(i, j, x, y),
            *self.ends.features(i, j, x, y),
        ]
        return np.stack(columns, axis=1).astype(np.float32)

    def _neighbours(self, i: Array, j: Array, x: int, y: int) -> tuple[Array, Array]:
        """Mean and best meaning of either run with the segments next to the other one."""
        near = [(i, j - 1, x, 1), (i, j + y, x, 1), (i - 1, j, 1, y), (i + x, j, 1, y)]
        values = np.stack([self.meaning(*run) for run in near])
        known = np.isfinite(values)
        mean = np.where(known, values, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        return mean, np.where(known.any(axis=0), values.max(axis=0, initial=-np.inf), 0)

    def _numbers(self, i: Array, j: Array, x: int, y: int) -> tuple[Array, Array]:
        """Share of the numbers in both runs that agree, and share of those that do not; 0 where there are none."""
        if (x, y) not in self._shared_numbers:
            a, b = _run_marks(self._number_marks[0], x), _run_marks(self._number_marks[1], y)
            both = a @ b.T
            either = a.sum(axis=1)[:, None] + b.sum(axis=1)[None, :] - both
            agree = np.divide(both, either, out=np.zeros_like(both), where=either > 0)
            self._shared_numbers[x, y] = agree, np.where(either > 0, 1 - agree, 0)
        agree, differ = self._shared_numbers[x, y]
        return agree[i, j], differ[i, j]


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


def _number_marks(source: Side, target: Side) -> tuple[Array, Array]:
    """Which numbers stand in each segment of either version, shape (segments, different numbers)."""
    known = {number: column for column, number in enumerate(sorted(set().union(*source.numbers, *target.numbers)))}
    marks = []
    for side in (source, target):
        found = np.zeros((len(side), len(known)), np.float32)
        for row, numbers in enumerate(side.numbers):
            found[row, [known[number] for number in numbers]] = 1
        marks.append(found)
    return marks[0], marks[1]


def _run_marks(marks: Array, size: int) -> Array:
    """Which numbers stand in each run of so many segments."""
    count = len(marks) - size + 1
    return np.max([marks[k : k + count] for k in range(size)], axis=0) if count > 0 else marks[:0]


@cache
def _shape_columns(shape: tuple[int, int]) -> tuple[int, ...]:
    ordered = tuple(sorted(shape))
    known = [ordered == (1, 1), ordered == (1, 2), ordered == (2, 2)]
    return (*map(int, known), int(not any(known)), sum(shape) - 2)


def _differ(kinds: Array, others: Array, i: Array, j: Array, x: int, y: int) -> Array:
    """1 where some segment of either run has a kind that the first of the other has not."""
    source = np.any([kinds[i + k] != others[j] for k in range(x)], axis=0)
    target = np.any([others[j + k] != kinds[i] for k in range(y)], axis=0)
    return source | target
