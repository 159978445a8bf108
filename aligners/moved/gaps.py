"""Passages apart where no version can be tried in another order: the units stay, but the two places are linked.

That is where one of the two is kept as it is, and where two or more versions have the passage at either place.
"""

import itertools
import math
from collections.abc import Iterable

import numpy as np

from aligners.encoders import Array
from aligners.moved.aligned import Aligned
from aligners.moved.matches import SHORTEST

# Likeness from which two such units count as one passage, where 1 is that of aligned units.
ALIKE = 0.6
# How far the likeness of unrelated passages strays: among many, some are alike by chance.
STRAY = 0.2
# With more units that lack a version, versions have hardly anything in common.
MOST = 3000


def left_apart(units: Aligned, links: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Units that lack one another's versions and hold one passage, by number.

    Args:
        units: the units.
        links: those that are linked already.
    """
    done = {unit for link in links for unit in link}
    apart = [
        unit for unit, shape in enumerate(units.shapes) if 0 in shape and unit not in done and _is_long(units, unit)
    ]
    if not 1 < len(apart) <= MOST:
        return []
    alike = _alike(units, apart)
    # What the likest of so many unrelated pairs is expected to reach (the normal distribution's greatest value).
    asked = max(ALIKE, STRAY * math.sqrt(2 * math.log(len(apart) ** 2)))
    best = alike.argmax(axis=1)
    return [
        (apart[row], apart[column])
        for row, column in enumerate(best)
        if row < column and best[column] == row and alike[row, column] >= asked
    ]


def _is_long(units: Aligned, unit: int) -> bool:
    """True when the unit is long enough in the mean over the versions that it has."""
    places = zip(units.begins[unit], units.begins[unit + 1], strict=True)
    return float(np.mean([units.letters(v, a, b) for v, (a, b) in enumerate(places) if a < b])) >= SHORTEST


def _alike(units: Aligned, apart: list[int]) -> Array:
    """How alike every two units are over all pairs of their versions; -inf where they share one, or could be tried."""
    total, count = np.zeros((len(apart), len(apart))), np.zeros((len(apart), len(apart)))
    filled = np.array([units.shapes[unit] for unit in apart]) > 0
    kept = np.array([units.is_fixed[unit] for unit in apart])
    for a, b in itertools.permutations(range(len(units.sides)), 2):
        rows, columns = np.flatnonzero(filled[:, a]), np.flatnonzero(filled[:, b])
        if len(rows) and len(columns):
            place = np.ix_(rows, columns)
            total[place] += units.unit_likeness(
                a, [apart[row] for row in rows], b, [apart[column] for column in columns]
            )
            count[place] += 1
    several = filled.sum(axis=1) > 1
    possible = kept[:, None] | kept[None, :] | (several[:, None] & several[None, :])
    possible &= filled.astype(int) @ filled.T.astype(int) == 0
    found: Array = np.where(possible, total / np.maximum(count, 1), -np.inf)
    return found
