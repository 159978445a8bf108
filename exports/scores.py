"""Scores of units as JSON, one object a line, for other tools; places count code points of the unit's own text."""

from collections.abc import Iterator, Mapping
from typing import Any

from aligners.alignment import Alignment
from corpora.document import Document
from divergence import ALARM, attribute
from divergence.score import Attribution, Divergence, Reason

# Decimal places.
DIGITS = 4


def lines(
    document: Document, alignment: Alignment, divergences: tuple[Divergence, ...], *, highlights: bool = False
) -> Iterator[dict[str, Any]]:
    """One record a unit: its hops with metrics and issues, and what brought the differences in."""
    of_unit: list[dict[str, Divergence]] = [{} for _ in alignment.units]
    for one in divergences:
        of_unit[one.unit][one.hop] = one
    for number, hops in enumerate(of_unit):
        starts = {
            version: document.version(version).segments[side.start].start
            for version, side in zip(alignment.versions, alignment.units[number].sides, strict=True)
            if len(side)
        }
        yield {
            "hops": {hop: _hop(one, starts, highlights) for hop, one in hops.items()},
            "attribution": attribution(attribute(document, hops)),
        }


def attribution(told: Attribution) -> dict[str, Any]:
    """An attribution as plain values."""
    return {
        "hop": told.hop,
        "version": told.version,
        "probabilities": {hop: round(value, DIGITS) for hop, value in told.probabilities.items()},
        "statement": told.statement,
    }


def _hop(one: Divergence, starts: Mapping[str, int], highlights: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "divergence": round(one.value, DIGITS),
        "percentile": one.percentile,
        "metrics": {name: _shown(score.value) for name, score in one.metrics.items()},
        "issues": [
            {
                "kind": issue.kind,
                "strength": round(issue.strength, DIGITS),
                "spans": [_span(reason, starts) for reason in issue.reasons],
                "reason": " ".join(dict.fromkeys(reason.text for reason in issue.reasons)),
            }
            for issue in one.issues
        ],
    }
    if highlights:
        found["highlights"] = [_span(reason, starts) for reason in one.highlights]
    if one.changes:
        found["changes"] = [
            {"kind": change.kind, "spans": [_span(reason, starts) for reason in change.places]}
            for change in one.changes
        ]
    return found


def _shown(value: float) -> float:
    """A value rounded, but not up to an alarm that it is not."""
    rounded = round(value, DIGITS)
    return rounded if (rounded >= ALARM) == (value >= ALARM) else round(rounded - 10**-DIGITS, DIGITS)


def _span(reason: Reason, starts: Mapping[str, int]) -> dict[str, Any]:
    start = starts[reason.version]
    return {
        "version": reason.version,
        "start": reason.start - start,
        "stop": reason.stop - start,
        "strength": round(reason.strength, DIGITS),
    }
