"""JSON: the whole review, with indexes that count from 0 within a version."""

import json
from datetime import UTC, datetime
from typing import Any, BinaryIO

from corpora.document import Version
from corpora.program import NAME, VERSION
from divergence import attribute
from exports.rows import linked_ids, mark, unit_ids
from exports.scores import attribution
from reviews.review import Review


def write(review: Review, file: BinaryIO) -> None:
    """Writes the record of a review as JSON in UTF-8."""
    file.write(json.dumps(record(review), ensure_ascii=False, indent=1).encode("utf-8"))


def record(review: Review) -> dict[str, Any]:
    """The review as plain values; offsets count code points of the version's text after Unicode NFC."""
    return {
        "title": review.document.title,
        "level": review.level,
        "versions": [_version(version) for version in review.document.versions],
        "units": [_unit(review, number, id) for number, id in enumerate(unit_ids(review.alignment))],
        "signature": review.alignment.signature,
        "program": f"{NAME} {VERSION}",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
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


def _unit(review: Review, number: int, id: str) -> dict[str, Any]:
    unit = review.alignment.units[number]
    return {
        "id": id,
        "sides": {
            version: list(side.indexes) for version, side in zip(review.alignment.versions, unit.sides, strict=True)
        },
        "kind": unit.kind,
        "confidence": round(unit.confidence, 4),
        "origin": unit.origin,
        "status": unit.status,
        "moved": linked_ids(review.alignment, unit),
        "attribution": None
        if unit.origin == "set aside"
        else attribution(attribute(review.document, review.divergence(number))),
        "hops": {
            hop: {
                "divergence": round(one.value, 4),
                "percentile": one.percentile,
                "metrics": {name: round(score.value, 4) for name, score in one.metrics.items()},
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
        },
    }
