"""Which of the deliberate differences of the 1955 chain carry a reason that points at the right words.

    python -m benchmarks.differences

A difference counts as found when, on its own hop, a metric for its kind is alarmed and one of its reasons shares at
least half of the shorter of the two stretches with the words that differ. False alarms are counted beside it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpora import example
from corpora.document import Version
from divergence import attribute
from divergence.score import Divergence
from reviews import Review, prepare

ALARM = 0.5
# Metrics that answer to each kind of difference.
METRICS_OF = {
    "omission": ("omission",),
    "addition": ("addition",),
    "date": ("quantities",),
    "number": ("quantities",),
    "name": ("names",),
    "negation": ("negation",),
    "modality": ("modality",),
    "term split": (),
    "term merge": (),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One deliberate difference: its kind, the hop that brings it in, the words concerned in each version."""

    id: int
    kind: str
    hop: str
    what: str
    quotes: dict[str, list[str]]


def load() -> list[Difference]:
    """The deliberate differences of the example."""
    data: dict[str, Any] = json.loads((example.SEEDS / "differences.json").read_text(encoding="utf-8"))
    return [Difference(one["id"], one["kind"], one["hop"], one["what"], one["quotes"]) for one in data["differences"]]


def places(version: Version, quote: str) -> Iterator[tuple[int, int]]:
    """Every place of the quoted words in the body of a version; a line break may stand for a space."""
    start = version.text.find(quote, version.body[0].start)
    while start >= 0:
        yield start, start + len(quote)
        start = version.text.find(quote, start + 1)


def answers(one: Divergence, difference: Difference, review: Review) -> list[str]:
    """What the alarmed metrics of a unit say of the difference: one line a reason that points at its words."""
    lines = []
    for name in METRICS_OF[difference.kind]:
        score = one.metrics.get(name)
        for reason in score.reasons if score and score.value >= ALARM else ():
            version = review.document.version(reason.version)
            for quote in difference.quotes.get(reason.version, ()):
                for start, stop in places(version, quote):
                    shared = min(stop, reason.stop) - max(start, reason.start)
                    if shared * 2 >= min(stop - start, reason.stop - reason.start):
                        words = " ".join(version.text[reason.start : reason.stop].split())
                        lines.append(f"{name} {reason.version}: {words}")
    return lines


def alarms(review: Review) -> tuple[list[tuple[int, str, str]], list[tuple[int, str, str]]]:
    """All alarms over single hops as (unit, hop, metric), and those among them that answer to no difference."""
    explained = {
        (one.unit, one.hop, line.split()[0])
        for difference in load()
        for one in review.divergences
        if one.hop == difference.hop
        for line in answers(one, difference, review)
    }
    steps = {hop.id for hop in review.document.hops}
    raised = [
        (one.unit, one.hop, name)
        for one in review.divergences
        for name, score in one.metrics.items()
        if one.hop in steps and name != "length" and score.value >= ALARM
    ]
    return raised, [alarm for alarm in raised if alarm not in explained]


def report() -> Iterator[str]:
    """The figures as lines."""
    review = prepare(example.versions())
    differences = load()
    found = 0
    for difference in differences:
        on_hop = [one for one in review.divergences if one.hop == difference.hop]
        said = [line for one in on_hop for line in answers(one, difference, review)]
        found += bool(said)
        line = f"{difference.id:2} {difference.kind:11} {difference.hop} {said[0] if said else 'not found'}"
        yield f"{line}; came in: {_came_in(on_hop, difference, review)}" if said else line
    raised, others = alarms(review)
    units = sum(1 for unit in review.alignment.units if unit.origin != "set aside")
    yield f"{found} of {len(differences)} found"
    yield f"{len(raised)} alarms over {units} units, {len(others)} of them for no deliberate difference"


def _came_in(on_hop: list[Divergence], difference: Difference, review: Review) -> str:
    """The step that the unit of the difference is attributed to, and how surely."""
    unit = next(one.unit for one in on_hop if answers(one, difference, review))
    told = attribute(review.document, review.divergence(unit))
    return f"{told.hop} {told.probabilities[told.hop]:.2f}"


def main() -> None:
    for line in report():
        print(line)


if __name__ == "__main__":
    main()
