"""Doubtful places: which units a person should look at first, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from divergence.score import Issue
from reviews.review import Review
from reviews.work import Verdict

# What a person can check against the paper comes first, in this order.
VERIFIABLE = ("quantities", "names", "negation", "omission", "addition", "modality")
# Units below this confidence are doubtful: among the least sure tenth stand three quarters of the aligner's errors.
UNSURE = 0.6
# Units from this percentile of their hop on are doubtful, whatever the single measures say.
FAR = 95


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a unit is doubtful: a kind of issue, "confidence" or "divergence"; `hop` is "" for confidence.

    `is_done` is true once a person decided about the unit: its status, or all of its issues.
    """

    unit: str
    kind: str
    hop: str
    is_done: bool


def doubtful(review: Review) -> tuple[Doubt, ...]:
    """The doubtful units, each once by its strongest ground: what can be verified, low confidence, far divergence."""
    found = []
    for number, (id, unit) in enumerate(zip(review.ids, review.alignment.units, strict=True)):
        if unit.origin == "set aside":
            continue
        grounds = sorted(_grounds(review, number))
        if grounds:
            rank, kind, hop = grounds[0]
            done = unit.status != "unconfirmed" or _all_judged(review, number, id)
            found.append((rank, number, Doubt(id, kind, hop, done)))
    return tuple(doubt for *_, doubt in sorted(found, key=lambda one: one[:2]))


def verdict_on(review: Review, unit: str, hop: str, issue: Issue) -> Verdict | None:
    """What a person said of an issue, found again by the words it points at."""
    places = [(reason.version, reason.start, reason.stop) for reason in issue.reasons]
    about = (one for one in review.verdicts if one.is_about(review.level, unit, hop, issue.kind, places))
    return next(about, None)


def _grounds(review: Review, number: int) -> Iterator[tuple[int, str, str]]:
    """Every ground for doubt of a unit, with its rank, over the single steps."""
    unit, scores = review.alignment.units[number], review.divergence(number)
    for place, hop in enumerate(_steps(review)):
        if (one := scores.get(hop)) is None:
            continue
        for issue in one.issues:
            if issue.kind in VERIFIABLE:
                yield VERIFIABLE.index(issue.kind), issue.kind, hop
        if one.percentile >= FAR:
            yield len(VERIFIABLE) + 1 + place, "divergence", hop
    if unit.origin == "automatic" and unit.confidence < UNSURE:
        yield len(VERIFIABLE), "confidence", ""


def _all_judged(review: Review, number: int, id: str) -> bool:
    """True when a unit has issues and a person decided about each of them."""
    scores = review.divergence(number)
    issues = [(hop, issue) for hop in _steps(review) if hop in scores for issue in scores[hop].issues]
    return bool(issues) and all(verdict_on(review, id, hop, issue) for hop, issue in issues)


def _steps(review: Review) -> list[str]:
    """The comparisons that are looked at step by step: all but those of the ends of a longer chain."""
    ends = review.document.ends
    return [hop.id for hop in review.document.comparisons if hop not in ends]
