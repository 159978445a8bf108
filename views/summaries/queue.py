"""The queue of doubtful units: which to look at first, why, and what was decided of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from aligners.alignment import Unit
from divergence import TITLES
from divergence.score import Divergence, Issue
from reviews.bench import Bench
from reviews.doubt import VERIFIABLE, Doubt, verdict_on
from reviews.review import Review
from reviews.work import Verdict
from views.summaries import words

# The grounds for doubt in the order they are looked at, and what they are called.
GROUNDS = {name: TITLES[name] for name in VERIFIABLE} | {
    "confidence": "Low confidence",
    "divergence": "Far divergence",
}
# What is said of a unit without an issue.
WITHOUT_ISSUE = {
    "confidence": "The aligner is not sure that exactly these segments belong together.",
    "divergence": "This is among the units of its hop that diverge most, though no single measure says what it is.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """An issue that a person is asked about, and what was said of it."""

    hop: str
    issue: Issue
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A doubtful unit in full. `decided` says who decided and when, where that is known: (author, ISO 8601 time)."""

    doubt: Doubt
    number: str
    unit: Unit
    scores: Mapping[str, Divergence]
    asked: tuple[Asked, ...]
    sides: tuple[words.Quote, ...]
    decided: tuple[str, str] | None


def chosen(
    queue: Sequence[Doubt], *, decided: bool, kinds: Collection[str] = (), hops: Collection[str] = ()
) -> list[Doubt]:
    """The open or the decided ones of the queue, of these grounds and hops; of all where none are named."""
    return [
        one
        for one in queue
        if one.is_done == decided and (not kinds or one.kind in kinds) and (not hops or one.hop in hops)
    ]


def progress(queue: Sequence[Doubt]) -> dict[str, tuple[int, int]]:
    """How many of the units of each ground are decided, and how many there are; grounds without any are left out."""
    found = {}
    for kind in GROUNDS:
        own = [one for one in queue if one.kind == kind]
        if own:
            found[kind] = sum(one.is_done for one in own), len(own)
    return found


def entry(bench: Bench, review: Review, doubt: Doubt, number: str) -> Entry:
    """All that is told of a doubtful unit; `number` is what it is called in the reader."""
    place = review.ids.index(doubt.unit)
    unit, scores = review.alignment.units[place], review.divergence(place)
    asked = [
        Asked(hop, issue, verdict_on(review.level, doubt.unit, hop, issue, review.verdicts))
        for hop in words.steps(review.document)
        if hop in scores
        for issue in scores[hop].issues
    ]
    # What put the unit into the queue is asked first; the rest as it stands, the strongest of a hop first.
    asked.sort(key=lambda one: (one.issue.kind, one.hop) != (doubt.kind, doubt.hop))
    sides = dict(zip(review.alignment.versions, unit.sides, strict=True))
    return Entry(
        doubt, number, unit, scores, tuple(asked), tuple(words.sides(review.document, sides)),
        _decided(bench, unit, doubt, asked) if doubt.is_done else None,
    )  # fmt: skip


def _decided(bench: Bench, unit: Unit, doubt: Doubt, asked: Sequence[Asked]) -> tuple[str, str] | None:
    """Who decided about a unit last, and when."""
    found = [(one.verdict.created, one.verdict.author) for one in asked if one.verdict]
    if unit.status != "unconfirmed":
        said = (one for one in reversed(bench.live) if one.kind == "confirm" and doubt.unit in bench.touched[one.id])
        found += [(one.created, one.author) for one in said][:1]
    if not found:
        return None
    created, author = max(found)
    return author, created
