"""Raw features -> features that mean the same in every hop: how far a unit stands out among the units of its own hop.

Languages differ, so a hop is measured against its own usual level, never against another hop.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligners.encoders import Array

# The prior weighs as much as this many units.
PRIOR_UNITS = 6
# A median absolute deviation is this much smaller than a standard deviation (normal distribution).
NORMAL = 1.4826
# Spreads beyond which standing out further says nothing more.
LOWEST, HIGHEST = -6.0, 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Usual:
    """The usual level of features and their spread (median and scaled median deviation), each shape (features,)."""

    level: Array
    spread: Array

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Usual)
            and np.array_equal(self.level, other.level)
            and np.array_equal(self.spread, other.spread)
        )


def usual(rows: Array, prior: Usual) -> Usual:
    """The usual level of a hop's features, shape (units, features), drawn towards the prior when there are few."""
    if not len(rows):
        return prior
    level = np.median(rows, axis=0)
    spread = NORMAL * np.median(np.abs(rows - level), axis=0)
    share = len(rows) / (len(rows) + PRIOR_UNITS)
    level = share * level + (1 - share) * prior.level
    return Usual(level, np.maximum(share * spread + (1 - share) * prior.spread, prior.spread / 2))


def levelled(rows: Array, found: Usual, places: Sequence[int]) -> Array:
    """The rows with the features at these places told in spreads above the usual level."""
    rows = np.array(rows, float)
    rows[:, places] = np.clip((rows[:, places] - found.level) / found.spread, LOWEST, HIGHEST)
    return rows


def percentiles(values: Sequence[float]) -> list[int]:
    """Rank of every value among all, 0..100: the share of the others that are lower, equal ones counting half."""
    ordered = np.sort(np.array(values))
    below, upto = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
    others = max(len(values) - 1, 1)
    return [round(100 * float(share)) for share in (below + (upto - below - 1) / 2) / others]
