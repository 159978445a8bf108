"""Steps of the lattice with what speaks for and against each: the cost of a unit is the weighted sum of its features.

A unit of several versions is judged pair by pair (`pairs.FEATURES`, added up over the pairs it fills), by what its
meaning gains from the segments it joins, and would gain from one segment more (`GAINS`, against all other versions
together), by its borders (`BORDERS`: whether the text before it asks for more, and how likely every two versions by
themselves make them cuts), and by what it leaves out (`ABSENT`): a version that is passed over costs more the better
the unit would match something there.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from aligners.costs import pairs
from aligners.costs.meanings import CHANGES
from aligners.costs.measures import LONGEST, OPEN, Side
from aligners.costs.pairs import Pair
from aligners.costs.runs import over
from aligners.encoders import Array
from aligners.search import Lattice, Shape

MISSED = ("best match", "match near", "sentence links", "clause links", "anchors", "inside a neighbour")
ABSENT = (
    "units", "one-sided, short", "one-sided, inside a sentence",
    "one-sided", *(f"one-sided, {name}" for name in MISSED),
    "passed over", *(f"passed over, {name}" for name in MISSED),
)  # fmt: skip
GAINS = ("gain of joining", "gain of joining, lacking", "gain of going on", "gain of going on, some")
BORDERS = ("inside a sentence", *(f"behind {kind}" for kind in OPEN), "cut in pairs", "cut in pairs, least")
FEATURES = (*pairs.FEATURES, *GAINS, *BORDERS, *ABSENT)
# Segments in one unit, all versions together: up to 4:4 and 4:4:4.
LARGEST = {2: 8, 3: 12}
# Segments of one version in a unit of three or more versions.
WIDEST = 4
# Steps whose features are in memory at one time, but those of one shape at least.
AT_A_TIME = 12000
# By how many segments two filled sides of a unit of three or more versions may differ.
UNEVEN = 2


def shapes(versions: int) -> tuple[Shape, ...]:
    """The shapes a unit may take: up to LONGEST segments a side; one-sided units have one segment."""
    largest = LARGEST.get(versions, 3 * versions)
    widest = LONGEST if versions == 2 else WIDEST
    every = itertools.product(range(widest + 1), repeat=versions)
    fitting = (s for s in every if 0 < sum(s) <= largest)
    return tuple(s for s in fitting if sum(s) == 1 or (sum(map(bool, s)) > 1 and _is_even(s)))


def _is_even(shape: Shape) -> bool:
    filled = [size for size in shape if size]
    return len(shape) == 2 or max(filled) - min(filled) <= UNEVEN


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that can be taken: row and column in the lattice's tables, and features, shape (steps, FEATURES)."""

    rows: Array
    columns: Array
    features: Array

    def costs(self, grid: Lattice, weights: Array) -> Array:
        """Cost of every step, shape (positions, shapes), infinite where there is none."""
        found = np.full(grid.before.shape, np.inf)
        found[self.rows, self.columns] = -(self.features @ weights)
        return found


def compare(sides: Sequence[Side]) -> dict[tuple[int, int], Pair]:
    """Every two of the versions, by their places."""
    return {(a, b): Pair(sides[a], sides[b]) for a, b in itertools.combinations(range(len(sides)), 2)}


def measure(
    grid: Lattice, sides: Sequence[Side], compared: dict[tuple[int, int], Pair], cuts: Mapping[tuple[int, int], Array]
) -> Steps:
    """The steps of a lattice with their features.

    `cuts` holds for every two versions how likely they are cut at each two places when they are aligned alone:
    log probabilities, counted from the lattice's first position, shape (segments + 1, segments + 1). It may be empty.
    """
    parts = []
    for filled, rows, columns, starts in _groups(grid, sides):
        sizes = np.array(grid.shapes)[columns]
        features = np.zeros((len(rows), len(pairs.FEATURES)), np.float32)
        gains = _by_version(filled, starts)
        for a, b in itertools.combinations(filled, 2):
            of_pair, changes = compared[a, b].measured(starts[:, a], starts[:, b], sizes[:, a], sizes[:, b])
            features += of_pair
            _add(gains, changes, a, b)
        others = _others(filled, gains, starts, sizes, grid.positions[0], sides, compared, cuts)
        parts.append((rows, columns, np.concatenate([features, others], axis=1)))
    return Steps(*(np.concatenate([part[k] for part in parts]) for k in range(3)))


def costs(
    grid: Lattice,
    sides: Sequence[Side],
    compared: dict[tuple[int, int], Pair],
    cuts: Mapping[tuple[int, int], Array],
    weights: Array,
) -> Array:
    """As `measure(...).costs(...)`, without spelling the features of every step out: they take much memory."""
    found = np.full(grid.before.shape, np.inf)
    own, rest = weights[: len(pairs.FEATURES)], weights[len(pairs.FEATURES) :]
    for filled, rows, columns, starts in _groups(grid, sides):
        sizes = np.array(grid.shapes)[columns]
        total = np.zeros(len(rows))
        gains = _by_version(filled, starts)
        for a, b in itertools.combinations(filled, 2):
            of_pair, changes = compared[a, b].weighed(starts[:, a], starts[:, b], sizes[:, a], sizes[:, b], own)
            total += of_pair
            _add(gains, changes, a, b)
        others = _others(filled, gains, starts, sizes, grid.positions[0], sides, compared, cuts)
        found[rows, columns] = -(total + others @ rest)
    return found


def _groups(grid: Lattice, sides: Sequence[Side]) -> Iterator[tuple[tuple[int, ...], Array, Array, Array]]:
    """Some steps at a time, all of which fill the same versions: these, rows, columns and where the steps begin."""
    columns_of = defaultdict(list)
    for column, shape in enumerate(grid.shapes):
        columns_of[tuple(place for place, size in enumerate(shape) if size)].append(column)
    at_a_time = max(1, AT_A_TIME // len(grid.positions))
    for filled, every in columns_of.items():
        for first in range(0, len(every), at_a_time):
            yield filled, *whole_steps(grid, every[first : first + at_a_time], sides)


def whole_steps(grid: Lattice, columns: Sequence[int], sides: Sequence[Side]) -> tuple[Array, Array, Array]:
    """Rows that these shapes can be taken into, the shape's column, and where each step begins.

    None joins what may not be joined.
    """
    rows, which = np.nonzero(grid.before[:, columns] < len(grid.positions))
    sizes = np.array(grid.shapes)[columns][which]
    starts = grid.positions[rows] - sizes
    whole = np.ones(len(rows), bool)
    for side, size, start in zip(sides, sizes.T, starts.T, strict=True):
        if not side.joinable.all():
            # How many joints before each segment hold nothing together.
            apart = np.pad(np.cumsum(~side.joinable), (1, 1), mode="edge")
            apart[0] = 0
            whole &= apart[start] == apart[start + np.maximum(size - 1, 0)]
    return rows[whole], np.array(columns)[which[whole]], starts[whole]


def _by_version(filled: Sequence[int], starts: Array) -> dict[int, Array]:
    return {version: np.zeros((len(starts), len(CHANGES)), np.float32) for version in filled}


def _add(gains: dict[int, Array], changes: Array, a: int, b: int) -> None:
    gains[a] += changes[:, : len(CHANGES)]
    gains[b] += changes[:, len(CHANGES) :]


def _others(
    filled: Sequence[int],
    gains: Mapping[int, Array],
    starts: Array,
    sizes: Array,
    begin: Array,
    sides: Sequence[Side],
    compared: dict[tuple[int, int], Pair],
    cuts: Mapping[tuple[int, int], Array],
) -> Array:
    """The features behind `pairs.FEATURES`."""
    parts = (
        _gains(gains) if len(filled) > 1 else np.zeros((len(starts), len(GAINS)), np.float32),
        _borders(filled, starts, sizes, begin, sides, cuts),
        _absent(filled, starts, sizes, sides, compared),
    )
    return np.concatenate(parts, axis=1)


def _gains(by_version: Mapping[int, Array]) -> Array:
    """GAINS: what joining gained at least, and what going on would gain at most, over every end of every side.

    `by_version` holds what all pairs together gain by each of CHANGES of a version, shape (steps, CHANGES).
    """
    found = []
    for ends in (
        [k for k, (more, _) in enumerate(CHANGES) if more < 0],
        [k for k, (more, _) in enumerate(CHANGES) if more > 0],
    ):
        most = np.max([values[:, k] for values in by_version.values() for k in ends], axis=0)
        found.append(np.where(np.isfinite(most), most, 0))
    gained, to_gain = -found[0], found[1]
    return np.stack([gained, np.minimum(gained, 0), to_gain, np.maximum(to_gain, 0)], axis=1)


def _borders(
    filled: Sequence[int],
    starts: Array,
    sizes: Array,
    begin: Array,
    sides: Sequence[Side],
    cuts: Mapping[tuple[int, int], Array],
) -> Array:
    """What the text before a unit asks for, and how likely the unit's end is a cut in every two versions."""
    found = np.zeros((len(starts), len(BORDERS)), np.float32)
    for version in filled:
        side, start = sides[version], starts[:, version]
        found[:, 0] += side.goes_on[start]
        found[:, 1 : 1 + len(OPEN)] += side.open_ends[start - 1] * (start > 0)[:, None]
    if cuts:
        ends = starts + sizes - begin
        likely = np.stack([logs[ends[:, a], ends[:, b]] for (a, b), logs in cuts.items()])
        found[:, -2:] = np.stack([likely.mean(axis=0), likely.min(axis=0)], axis=1)
    return found


def _absent(
    filled: Sequence[int], starts: Array, sizes: Array, sides: Sequence[Side], compared: dict[tuple[int, int], Pair]
) -> Array:
    """ABSENT: what the unit leaves out, and what of it stands in the versions it leaves out."""
    found = np.zeros((len(starts), len(ABSENT)), np.float32)
    found[:, 0] = 1
    if len(filled) == len(sides):
        return found
    values = []
    for missing in (place for place in range(len(sides)) if place not in filled):
        for place in filled:
            pair, turned = (compared[place, missing], 0) if place < missing else (compared[missing, place], 1)
            values.append(_missed(pair, turned, starts[:, place], sizes[:, place], starts[:, missing]))
    column = 3 if len(filled) == 1 else 4 + len(MISSED)
    found[:, column] = 1
    found[:, column + 1 : column + len(MISSED)] = np.mean(values, axis=0)[:, :-1]
    found[:, column + len(MISSED)] = np.max(values, axis=0)[:, -1]
    if len(filled) == 1:
        side, start = sides[filled[0]], starts[:, filled[0]]
        letters = side.reach[start + 1] - side.reach[start]
        found[:, 1] = letters < side.reach[-1] / len(side) / 2
        found[:, 2] = side.goes_on[start] | np.append(side.goes_on, False)[start + 1]
    return found


def _missed(pair: Pair, turned: int, start: Array, size: Array, place: Array) -> Array:
    """What a run of the source (turned 0) or target (1) has in the version that the unit lacks, shape (runs, MISSED).

    `place` is where that version stands.
    """
    inside = pair.ends.inside[0] if turned == 0 else pair.ends.inside[1].T
    best, near = pair.best[turned], pair.near[turned]

    def held(at: Array) -> Array:
        total = over(size, lambda k, rows: inside[start[rows] + k, at[rows]], np.add)
        return np.asarray(total / size)

    last = inside.shape[1] - 1
    columns = [
        over(size, lambda k, rows: best[start[rows] + k], np.maximum),
        over(size, lambda k, rows: near[start[rows] + k, place[rows]], np.maximum),
        *(links.of(turned, start, size) for links in (pair.sentences, pair.clauses, pair.anchors)),
        np.maximum(held(np.clip(place - 1, 0, last)), held(np.clip(place, 0, last))),
    ]
    return np.stack(columns, axis=1)
