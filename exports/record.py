"""JSON: the whole review, with indexes that count from 0 within a version."""

import json
from typing import Any, BinaryIO

from corpora.document import Version
from divergence import attribute
from divergence.score import Issue
from exports.provenance import PROGRAM, mark
from exports.rows import linked_ids, notes, unit_ids, verdict
from exports.scores import attribution
from exports.selection import Selection
from reviews.history import to_values as to_history
from reviews.notes.note import to_values
from reviews.review import Review


def write(selection: Selection, file: BinaryIO) -> None:
    """Writes the record of a review as JSON in UTF-8."""
    file.write(json.dumps(record(selection), ensure_ascii=False, indent=1).encode("utf-8"))


def omitted(selection: Selection) -> list[str]:
    """What the record leaves out."""
    if selection.only or selection.hop:
        return ["What was done before, and what the machine found: a record of some units cannot be read back."]
    return []


def record(selection: Selection) -> dict[str, Any]:
    """The review as plain values; offsets count code points of the version's text after Unicode NFC.

    `history` is what `reviews.history` reads back, without loss; the rest is told from it, rounded, for other programs.
    """
    review, ids = selection.review, unit_ids(selection.review.alignment)
    whole = review.history if not (selection.only or selection.hop) else None
    return {
        "title": review.document.title,
        "level": review.level,
        "selection": selection.told,
        "versions": [_version(version) for version in selection.versions],
        "units": [_unit(selection, number, ids[number]) for number in selection.numbers],
        "notes": [{**to_values(note), "units": [ids[unit] for unit in units]} for note, units in notes(selection)],
        "signature": review.alignment.signature,
        "program": PROGRAM,
        "created": selection.created,
        "history": to_history(whole) if whole else None,
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "language": version.language,
        "title": version.title,
        "status": version.status,
        "mark": mark(version),
        "source": version.source,
        "how_known": version.how_known,
        "date": version.date,
        "translators": list(version.translators),
        "digest": version.digest,
        "metadata": dict(version.metadata),
        "statements": [
            {"language": s.language, "field": s.field, "value": s.value, "start": s.start, "stop": s.stop}
            for s in version.statements
        ],
        "repairs": [{"kind": r.kind, "start": r.start, "stop": r.stop, "text": r.text} for r in version.repairs],
        "segments": [
            {"kind": s.kind, "text": s.text, "start": s.start, "stop": s.stop, "paragraph": s.paragraph}
            for s in version.segments
        ],
    }


def _issue(review: Review, number: int, hop: str, issue: Issue) -> dict[str, Any]:
    about = verdict(review, number, hop, issue)
    told: dict[str, Any] = {"kind": issue.kind, "strength": round(issue.strength, 4), "verdict": None}
    return {**told, "verdict": about.verdict, "author": about.author, "judged": about.created} if about else told


def _unit(selection: Selection, number: int, id: str) -> dict[str, Any]:
    review, hops = selection.review, {hop.id for hop in selection.comparisons}
    unit = review.alignment.units[number]
    return {
        "id": id,
        "sides": {
            version.id: list(unit.sides[review.alignment.versions.index(version.id)].indexes)
            for version in selection.versions
        },
        "kind": unit.kind,
        "confidence": round(unit.confidence, 4),
        "origin": unit.origin,
        "status": unit.status,
        "moved": linked_ids(review.alignment, unit),
        "bookmarked": bool(review.ids) and review.ids[number] in review.bookmarks,
        "attribution": None
        if unit.origin == "set aside"
        else attribution(attribute(review.document, review.divergence(number))),
        "hops": {
            hop: {
                "divergence": round(one.value, 4),
                "percentile": one.percentile,
                "metrics": {name: round(score.value, 4) for name, score in one.metrics.items()},
                "issues": [_issue(review, number, hop, issue) for issue in one.issues],
                "reasons": [
                    {
                        "metric": name,
                        "version": reason.version,
                        "start": reason.start,
                        "stop": reason.stop,
                        "words": review.document.version(reason.version).text[reason.start : reason.stop],
                        "text": reason.text,
                    }
                    for name, score in one.metrics.items()
                    for reason in score.reasons
                ],
            }
            for hop, one in review.divergence(number).items()
            if hop in hops
        },
    }
