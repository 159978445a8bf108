"""The nouns of the third stage: reasons, scores of one metric, and the divergence of a unit over a hop."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """What to highlight, and why: characters `start:stop` of the text of `version`."""

    version: str
    start: int
    stop: int
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """What one metric says of one unit over one hop: 0 the same, 1 different."""

    value: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Divergence:
    """How far one unit departs over one hop.

    `value` is 0..1; `percentile` (0..100) ranks it among the units of the same hop, because hops between
    different languages are not comparable with one another. `metrics` holds only what applies.
    """

    unit: int
    hop: str
    value: float
    percentile: int
    metrics: Mapping[str, Score] = field(default_factory=dict)
