"""Steps of the lattice with what speaks for and against each: the cost of a unit is the weighted sum of its features.

A unit of several versions is judged pair by pair (`pairs.FEATURES`, added up over the pairs it fills), by what its
meaning gains from the segments it joins, and would gain from one segment more (`GAINS`, against all other versions
together), by its borders (`BORDERS`: whether the text before it asks for more, and how likely every two versions by
themselves make them cuts), and by what it leaves out (`ABSENT`): a version that is passed over costs more the better
the unit would match something there.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from aligners.costs import pairs
from aligners.costs.measures import LONGEST, OPEN, Side
from aligners.costs.pairs import Pair
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
    parts = [_of_shape(grid, column, sides, compared, cuts) for column in range(len(grid.shapes))]
    return Steps(*(np.concatenate([part[k] for part in parts]) for k in range(3)))


def costs(
    grid: Lattice,
    sides: Sequence[Side],
    compared: dict[tuple[int, int], Pair],
    cuts: Mapping[tuple[int, int], Array],
    weights: Array,
) -> Array:
    """As `measure(...).costs(...)`, without keeping the features: they take much memory."""
    found = np.full(grid.before.shape, np.inf)
    for column in range(len(grid.shapes)):
        rows, columns, features = _of_shape(grid, column, sides, compared, cuts)
        found[rows, columns] = -(features @ weights)
    return found


def _of_shape(
    grid: Lattice,
    column: int,
    sides: Sequence[Side],
    compared: dict[tuple[int, int], Pair],
    cuts: Mapping[tuple[int, int], Array],
) -> tuple[Array, Array, Array]:
    shape = grid.shapes[column]
    rows, starts = whole_steps(grid, column, sides)
    features = np.zeros((len(rows), len(FEATURES)), np.float32)
    if len(rows):
        own = len(pairs.FEATURES)
        gains, borders = own + len(GAINS), own + len(GAINS) + len(BORDERS)
        for (a, b), pair in compared.items():
            if shape[a] and shape[b]:
                features[:, :own] += pair.measured(starts[:, a], starts[:, b], shape[a], shape[b])
        features[:, own:gains] = _gains(shape, starts, compared)
        features[:, gains:borders] = _borders(shape, starts, grid.positions[0], sides, cuts)
        features[:, borders:] = _absent(shape, starts, sides, compared)
    return rows, np.full(len(rows), column), features


def whole_steps(grid: Lattice, column: int, sides: Sequence[Side]) -> tuple[Array, Array]:
    """Rows that a shape can be taken into, and where each step begins; none joins what may not be joined."""
    shape = grid.shapes[column]
    rows = np.flatnonzero(grid.before[:, column] < len(grid.positions))
    starts = grid.positions[rows] - np.array(shape)
    whole = np.ones(len(rows), bool)
    for side, size, start in zip(sides, shape, starts.T, strict=True):
        for k in range(size - 1):
            whole &= side.joinable[start + k]
    return rows[whole], starts[whole]


def _gains(shape: Shape, starts: Array, compared: dict[tuple[int, int], Pair]) -> Array:
    """What joining gained at least, and what going on would gain at most, over every end of every side."""
    joined: list[Array] = []
    further: list[Array] = []
    filled = [pair for pair in compared if shape[pair[0]] and shape[pair[1]]]
    at = {(a, b): compared[a, b].at(starts[:, a], starts[:, b]) for a, b in filled}
    base = {(a, b): compared[a, b].meaning_at(at[a, b], shape[a], shape[b]) for a, b in filled}
    for version, size in enumerate(shape):
        mine = [pair for pair in filled if version in pair]
        if not mine:
            continue
        for change, shift in ((-1, 0), (-1, 1), (1, 0), (1, -1)):
            if not 1 <= size + change <= LONGEST:
                continue
            changed = list(shape)
            changed[version] += change
            gains = np.zeros(len(starts), np.float32)
            for a, b in mine:
                moved = at[a, b] + shift * (compared[a, b].width if version == a else 1)
                gains += compared[a, b].meaning_at(moved, changed[a], changed[b]) - base[a, b]
            (joined if change < 0 else further).append(gains)
    gained = -np.max(joined, axis=0) if joined else np.zeros(len(starts))
    to_gain = np.max(further, axis=0) if further else np.full(len(starts), -np.inf)
    to_gain = np.where(np.isfinite(to_gain), to_gain, 0.0)
    return np.stack([gained, np.minimum(gained, 0), to_gain, np.maximum(to_gain, 0)], axis=1)


def _borders(
    shape: Shape, starts: Array, begin: Array, sides: Sequence[Side], cuts: Mapping[tuple[int, int], Array]
) -> Array:
    """What the text before a unit asks for, and how likely the unit's end is a cut in every two versions."""
    found = np.zeros((len(starts), len(BORDERS)))
    for side, size, start in zip(sides, shape, starts.T, strict=True):
        if size:
            found[:, 0] += side.goes_on[start]
            found[:, 1 : 1 + len(OPEN)] += side.open_ends[start - 1] * (start > 0)[:, None]
    if cuts:
        ends = starts + np.array(shape) - begin
        likely = np.stack([logs[ends[:, a], ends[:, b]] for (a, b), logs in cuts.items()])
        found[:, -2:] = np.stack([likely.mean(axis=0), likely.min(axis=0)], axis=1)
    return found


def _absent(shape: Shape, starts: Array, sides: Sequence[Side], compared: dict[tuple[int, int], Pair]) -> Array:
    filled = [place for place, size in enumerate(shape) if size]
    found = np.zeros((len(starts), len(ABSENT)), np.float32)
    found[:, 0] = 1
    if len(filled) == len(shape):
        return found
    values = []
    for missing in (place for place, size in enumerate(shape) if not size):
        for place in filled:
            pair, turned = (compared[place, missing], 0) if place < missing else (compared[missing, place], 1)
            values.append(_missed(pair, turned, starts[:, place], shape[place], starts[:, missing]))
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


def _missed(pair: Pair, turned: int, start: Array, size: int, place: Array) -> Array:
    """What a run of the source (turned 0) or target (1) has in the version that the unit lacks, shape (runs, MISSED).

    `place` is where that version stands.
    """
    segments = start[:, None] + np.arange(size)
    inside = pair.ends.inside[0] if turned == 0 else pair.ends.inside[1].T
    last = inside.shape[1] - 1
    around = np.stack([inside[segments, np.clip(place + k, 0, last)[:, None]] for k in (-1, 0)])
    columns = [
        pair.best[turned][segments].max(axis=1),
        pair.near[turned][segments, place[:, None]].max(axis=1),
        *(links.of(turned, start, size) for links in (pair.sentences, pair.clauses, pair.anchors)),
        around.mean(axis=2).max(axis=0),
    ]
    return np.stack(columns, axis=1)
