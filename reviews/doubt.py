"""Doubtful places: which units a person should look at first, and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from aligners.alignment import Unit
from corpora.document import Document
from divergence.score import Divergence, Issue
from reviews.review import Review
from reviews.work import Row, Verdict

# What a person can check against the paper comes first, in this order.
VERIFIABLE = ("quantities", "names", "negation", "omission", "addition", "modality")
# Units below this confidence are doubtful: among the least sure tenth stand three quarters of the aligner's errors.
UNSURE = 0.6
# Units from this percentile of their hop on are doubtful, whatever the single measures say.
FAR = 95


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a unit is doubtful: a kind of issue, "confidence" or "divergence"; `hop` is "" for confidence.

    `rank` is the place of the ground among all grounds, the first to be looked at 0. `is_done` is true once a person
    decided about the unit: its status, or all of its issues.
    """

    unit: str
    kind: str
    hop: str
    is_done: bool
    rank: int


def doubtful(review: Review) -> tuple[Doubt, ...]:
    """The doubtful units, each once by its strongest ground: what can be verified, low confidence, far divergence."""
    found = []
    for number, (id, unit) in enumerate(zip(review.ids, review.alignment.units, strict=True)):
        one = doubt(review.document, review.level, id, unit, review.divergence(number), review.verdicts)
        if one:
            found.append((one.rank, number, one))
    return tuple(one for *_, one in sorted(found, key=lambda each: each[:2]))


def doubt(
    document: Document,
    level: str,
    id: str,
    unit: Unit | Row,
    scores: Mapping[str, Divergence],
    verdicts: Iterable[Verdict],
) -> Doubt | None:
    """The strongest ground for doubt of one unit, None where there is none or the unit is set aside."""
    if unit.origin == "set aside":
        return None
    ends = document.ends
    steps = [hop.id for hop in document.comparisons if hop not in ends and hop.id in scores]
    grounds = sorted(_grounds(unit, steps, scores))
    if not grounds:
        return None
    issues = [(hop, issue) for hop in steps for issue in scores[hop].issues]
    judged = bool(issues) and all(verdict_on(level, id, hop, issue, verdicts) for hop, issue in issues)
    rank, kind, hop = grounds[0]
    return Doubt(id, kind, hop, unit.status != "unconfirmed" or judged, rank)


def verdict_on(level: str, unit: str, hop: str, issue: Issue, verdicts: Iterable[Verdict]) -> Verdict | None:
    """What a person said of an issue, found again by the words it points at."""
    places = [(reason.version, reason.start, reason.stop) for reason in issue.reasons]
    return next((one for one in verdicts if one.is_about(level, unit, hop, issue.kind, places)), None)


def _grounds(unit: Unit | Row, steps: list[str], scores: Mapping[str, Divergence]) -> Iterator[tuple[int, str, str]]:
    """Every ground for doubt of a unit, with its rank, over the single steps."""
    for place, hop in enumerate(steps):
        for issue in scores[hop].issues:
            if issue.kind in VERIFIABLE:
                yield VERIFIABLE.index(issue.kind), issue.kind, hop
        if scores[hop].percentile >= FAR:
            yield len(VERIFIABLE) + 1 + place, "divergence", hop
    if unit.origin == "automatic" and unit.confidence < UNSURE:
        yield len(VERIFIABLE), "confidence", ""
