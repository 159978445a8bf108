"""Passages that stand elsewhere in another version: a second, unordered look at what has no counterpart.

The alignment keeps the order of reading, so a passage that one version has in another place is left alone twice, or
stands beside a stranger. Such parts of units are linked, the likest first, when they are nearly as alike as units that
were aligned well; a unit that held a stranger falls apart there.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aligners.costs.measures import Side, median
from aligners.encoders import Array
from aligners.search import Shape

# Likeness from which two parts count as one passage, where 0 is the usual likeness of unrelated units of the two
# versions and 1 that of aligned ones. More is asked of short parts (headings), none is believed of the shortest
# ("Ditto."), which turn up anywhere, and most is asked before a unit is taken apart.
ALIKE, ALIKE_SHORT, ALIKE_SPLIT = 0.45, 0.6, 0.8
SHORT, SHORTEST = 25.0, 12.0
# How far the likeness of unrelated passages strays: among many, some are alike by chance.
STRAY = 0.2
# A side may be a stranger in its unit below this likeness, and is when another place suits it better by so much.
STRANGE, BETTER = 0.75, 0.3
# Versions with more passages without counterpart than this have hardly anything in common.
MOST_PARTS = 3000
Link = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """Some versions' sides of a unit: its number, and how alike these sides are to the others, None without others."""

    unit: int
    versions: tuple[int, ...]
    bound: float | None

    @property
    def is_split(self) -> bool:
        """True where the unit has other sides beside these."""
        return self.bound is not None


class Units:
    """Aligned units with the vectors of their sides, and how alike sides of two versions usually are."""

    def __init__(self, sides: Sequence[Side], shapes: Sequence[Shape]) -> None:
        self.sides, self.shapes = sides, shapes
        self.begins = np.vstack([np.zeros((1, len(sides)), int), np.cumsum(np.array(shapes), axis=0)])
        self._scales = {pair: self._scale(*pair) for pair in itertools.permutations(range(len(sides)), 2)}

    def vector(self, unit: int, version: int) -> Array:
        """The vector of a unit's side; of its first segments where it has more than are ever joined."""
        runs = self.sides[version].vectors
        found: Array = runs[min(self.shapes[unit][version], len(runs)) - 1][self.begins[unit][version]]
        return found

    def letters(self, part: Part) -> float:
        """Letters of the part in the version that has most of it."""
        reach = [self.sides[version].reach for version in part.versions]
        places = [self.begins[part.unit : part.unit + 2, version] for version in part.versions]
        return max(float(letters[b] - letters[a]) for letters, (a, b) in zip(reach, places, strict=True))

    def likeness(self, one: Part, other: Part) -> float:
        """How alike two parts are over all pairs of their versions."""
        found = []
        for a, b in itertools.product(one.versions, other.versions):
            floor, level = self._scales[a, b]
            cosine = float(self.vector(one.unit, a) @ self.vector(other.unit, b))
            found.append((cosine - floor) / (level - floor))
        return float(np.mean(found))

    def every_likeness(self, parts: Sequence[Part]) -> Array:
        """How alike every two parts are, shape (parts, parts); -inf where they are of one unit or share a version."""
        total, count = np.zeros((len(parts), len(parts))), np.zeros((len(parts), len(parts)))
        rows = {
            version: np.array([row for row, part in enumerate(parts) if version in part.versions], int)
            for version in range(len(self.sides))
        }
        vectors = {
            version: np.array([self.vector(parts[row].unit, version) for row in mine])
            for version, mine in rows.items()
            if len(mine)
        }
        for a, b in itertools.permutations(vectors, 2):
            floor, level = self._scales[a, b]
            total[np.ix_(rows[a], rows[b])] += (vectors[a] @ vectors[b].T - floor) / (level - floor)
            count[np.ix_(rows[a], rows[b])] += 1
        likeness = np.divide(total, count, out=np.full_like(total, -np.inf), where=count > 0)
        # A version that has the passage at both places has not moved it.
        for mine in rows.values():
            likeness[np.ix_(mine, mine)] = -np.inf
        owner = np.array([part.unit for part in parts])
        likeness[owner[:, None] == owner[None, :]] = -np.inf
        return likeness

    def parts(self) -> Iterator[Part]:
        """Units that some version passes over, and both parts of units that hold a stranger."""
        for unit, shape in enumerate(self.shapes):
            filled = tuple(version for version, size in enumerate(shape) if size)
            if len(filled) < len(shape):
                yield Part(unit, filled, None)
            if len(filled) > 1:
                bound, version = min((self._bound(unit, version, filled), version) for version in filled)
                if bound < STRANGE:
                    yield Part(unit, (version,), bound)
                    yield Part(unit, tuple(other for other in filled if other != version), bound)

    def is_crossed(self, unit: int) -> bool:
        """True where two segments of one version stand crosswise to those of all others inside a unit."""
        size = self.shapes[unit][0]
        if size < 2 or set(self.shapes[unit]) != {size}:
            return False
        singles = [
            side.vectors[0][begin : begin + size] for side, begin in zip(self.sides, self.begins[unit], strict=True)
        ]
        for version in range(len(self.sides)):
            likeness = np.mean(
                [
                    (singles[version] @ singles[other].T - floor) / (level - floor)
                    for other in range(len(self.sides))
                    if other != version
                    for floor, level in [self._scales[version, other]]
                ],
                axis=0,
            )
            for i, j in itertools.combinations(range(size), 2):
                asked = max(ALIKE_SPLIT, max(likeness[i, i], likeness[j, j]) + BETTER)
                if min(likeness[i, j], likeness[j, i]) >= asked:
                    return True
        return False

    def _bound(self, unit: int, version: int, filled: Sequence[int]) -> float:
        """How alike a unit's side in a version is to its other sides."""
        others = tuple(other for other in filled if other != version)
        return self.likeness(Part(unit, (version,), None), Part(unit, others, None))

    def _scale(self, a: int, b: int) -> tuple[float, float]:
        """What unrelated units of two versions usually reach in cosine, and what aligned ones do."""
        filled = [unit for unit, shape in enumerate(self.shapes) if shape[a] and shape[b]]
        if len(filled) < 2:
            return 0.0, 1.0
        source = np.array([self.vector(unit, a) for unit in filled])
        target = np.array([self.vector(unit, b) for unit in filled])
        level = median((source * target).sum(axis=1))
        # Each unit beside another one, half the document away.
        floor = median((source * np.roll(target, len(filled) // 2, axis=0)).sum(axis=1))
        return floor, max(level, floor + 0.1)


def loosen(sides: Sequence[Side], shapes: Sequence[Shape]) -> list[list[Shape]]:
    """For every unit the units in which to look for passages: segment by segment where two of them stand crosswise."""
    units = Units(sides, shapes)
    return [
        [(1,) * len(shape)] * shape[0] if units.is_crossed(number) else [shape] for number, shape in enumerate(shapes)
    ]


def find(sides: Sequence[Side], shapes: Sequence[Shape]) -> list[tuple[Part, Part]]:
    """Parts of units that are one passage at two places, each with its best match.

    Args:
        sides: the measured versions.
        shapes: the units in reading order: how many segments each takes of each version.
    """
    units = Units(sides, shapes)
    parts = [part for part in units.parts() if units.letters(part) >= SHORTEST]
    if not 1 < len(parts) <= MOST_PARTS:
        return []
    # What the likest of so many unrelated pairs is expected to reach (the normal distribution's greatest value).
    by_chance = STRAY * math.sqrt(2 * math.log(len(parts) * (len(parts) - 1) / 2 + 1))
    asked = [max(by_chance, _asked(part, units.letters(part))) for part in parts]
    likeness = units.every_likeness(parts)
    found = []
    # The likest first; what has found its place no longer stands in the way of others.
    taken: set[int] = set()
    rows, columns = np.nonzero(np.triu(likeness >= ALIKE))
    for place in np.argsort(-likeness[rows, columns], kind="stable"):
        row, column = int(rows[place]), int(columns[place])
        if likeness[row, column] >= max(asked[row], asked[column]) and not taken & {row, column}:
            taken |= {row, column}
            found.append((parts[row], parts[column]))
    return found


def _asked(part: Part, letters: float) -> float:
    """The likeness from which a part is believed to be another one's passage."""
    least = ALIKE if letters >= SHORT else ALIKE_SHORT
    return least if part.bound is None else max(ALIKE_SPLIT, part.bound + BETTER)


def fall_apart(shapes: Sequence[Shape], found: Sequence[tuple[Part, Part]]) -> tuple[list[list[Shape]], list[Link]]:
    """For every unit the units that it becomes, and the links by the numbers of the new units.

    A unit that holds a stranger becomes two: the side that moved away, and the rest.
    """
    split = {part.unit: part for two in found for part in two if part.is_split}
    pieces = []
    for number, shape in enumerate(shapes):
        part = split.get(number)
        mine = tuple(size if part and version in part.versions else 0 for version, size in enumerate(shape))
        rest = tuple(a - b for a, b in zip(shape, mine, strict=True))
        pieces.append([mine, rest] if part else [shape])
    first = np.concatenate([[0], np.cumsum([len(one) for one in pieces])])

    def number_of(part: Part) -> int:
        second = part.is_split and part.versions != split[part.unit].versions
        return int(first[part.unit]) + int(second)

    return pieces, sorted(
        (min(pair), max(pair)) for one, other in found for pair in [(number_of(one), number_of(other))]
    )
