"""The nouns of the third stage: reasons, scores, issues, the divergence of a unit over a hop, and what brought it in."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """What to highlight, why, and how strongly (0..1): characters `start:stop` of the text of `version`."""

    version: str
    start: int
    stop: int
    text: str
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """What one metric says of one unit over one hop: 0 the same, 1 different, 0.5 an issue.

    `own` is the logit of the hop's own evidence, before other versions were heard; None when there was none.
    """

    value: float
    reasons: tuple[Reason, ...] = ()
    own: float | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """A metric's alarm: its name as `kind`, how strong it is (0.5..1), and the reasons for it."""

    kind: str
    strength: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Words that differ between two texts in one language: what they change, as `kind`, and where they stand.

    `kind` is "quantities", "names", "negation", "modality", or "wording" for what changes none of these.
    """

    kind: str
    places: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Divergence:
    """How far one unit departs over one hop.

    `value` is 0..1; `percentile` (0..100) ranks it among the units of the same hop, because hops between
    different languages are not comparable with one another; it is 0 until `divergence.ranked` has seen it among them
    all. `metrics` holds only what applies; `issues` are those of
    its alarms, the strongest first. `highlights` are the words without counterpart, by strength, where they
    were asked for; `changes` is every difference of two texts in one language. `triangles` are the scores of `divergence.chain.triangle`, kinds by versions, for every three
    versions of the chain that have the unit, the same over all its hops.
    """

    unit: int
    hop: str
    value: float
    percentile: int
    metrics: Mapping[str, Score] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    highlights: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()
    triangles: Mapping[tuple[str, str, str], tuple[tuple[float, ...], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Which step of the chain brought a unit's differences in.

    `hop` is the id of a step, "detour" (a middle version departs and the last is true to the first again), "several",
    "none" or "unknown"; `version` is the one that stands apart, None where there is none; `probabilities` has one for
    every hop that was possible. `statement` says it in a sentence.
    """

    hop: str
    version: str | None
    probabilities: Mapping[str, float]
    statement: str
