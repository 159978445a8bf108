"""Raw values -> values that mean the same in every hop: how far a unit stands out among the units of its own hop.

Languages differ, so a hop is measured against its own usual level, never against another hop.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual level of a raw value and its spread (median and scaled median deviation)."""

    level: float
    spread: float


# What a metric measures in clean translations of news and scripture between Korean, Russian and English; a short
# document is drawn towards it. Metrics that are not named here count what they find and need no level.
PRIORS = {"meaning": Usual(0.33, 0.08), "coverage": Usual(0.02, 0.015)}
# The prior weighs as much as this many units.
PRIOR_UNITS = 6
# Spreads above the usual level at which a unit is as likely an outlier as not, and over which that changes.
TURN, WIDTH = 3.5, 0.8
# A calibrated value below this is usual, and its reasons are left out.
WORTH_A_REASON = 0.25
# A median absolute deviation is this much smaller than a standard deviation (normal distribution).
NORMAL = 1.4826


def usual(metric: str, raw: Sequence[float]) -> Usual:
    """The usual level of a hop's raw values, drawn towards the prior when there are few."""
    prior = PRIORS[metric]
    level = float(np.median(raw)) if raw else prior.level
    spread = NORMAL * float(np.median(np.abs(np.array(raw) - level))) if raw else prior.spread
    share = len(raw) / (len(raw) + PRIOR_UNITS)
    level = share * level + (1 - share) * prior.level
    return Usual(level, max(share * spread + (1 - share) * prior.spread, prior.spread / 2))


def calibrated(value: float, level: Usual) -> float:
    """The raw value on the scale 0..1: 0 for nothing at all, one half where the unit begins to stand out."""
    if value <= 0:
        return 0.0
    return float(1 / (1 + np.exp(-((value - level.level) / level.spread - TURN) / WIDTH)))


def percentiles(values: Sequence[float]) -> list[int]:
    """Rank of every value among all, 0..100: the share of the others that are lower, equal ones counting half."""
    ordered = np.sort(np.array(values))
    below, upto = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
    others = max(len(values) - 1, 1)
    return [round(100 * float(share)) for share in (below + (upto - below - 1) / 2) / others]


def overall(metrics: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """One number from all: the chance that at least one of them is right, each believed by its weight."""
    left = 1.0
    for name, value in metrics.items():
        left *= 1 - weights[name] * value
    return 1 - left
