"""What a page says of the whole document: its versions, the steps between them, and what notes may say."""

from collections.abc import Sequence
from typing import Any

from corpora.document import Document, Version
from divergence import TITLES
from exports.provenance import mark
from exports.wording import comparison_names, language_name, role
from reviews.notes.categories import CategorySet
from reviews.notes.note import CERTAINTIES, STATES
from views.labels import said

# What the words without counterpart are called among the metrics.
UNANSWERED = "unanswered"


def frame(document: Document, level: str, sets: Sequence[CategorySet]) -> dict[str, Any]:
    """The frame of a document's page at a level."""
    return {
        "level": level,
        "versions": [_version(document, version) for version in document.versions],
        "hops": [
            {"id": hop.id, "source": hop.source, "target": hop.target, "kind": kind, "label": label}
            for hop, (kind, label) in zip(document.comparisons, comparison_names(document), strict=True)
        ],
        "metrics": TITLES | {UNANSWERED: "Words without counterpart"},
        "sets": [_set(one) for one in sets],
        "certainties": list(CERTAINTIES),
        "states": list(STATES),
    }


def _version(document: Document, version: Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "language": version.language,
        "name": language_name(version),
        "role": role(document, version),
        "title": version.title,
        "by": said(version, "translators"),
        "date": version.date if _says_once(version) else said(version, "date"),
        "status": version.status,
        "placeholder": version.is_placeholder,
        "mark": mark(version),
        "how_known": version.how_known,
    }


def _says_once(version: Version) -> bool:
    """True where the paper that names the translators gave the date too: beside each other, one word on it is enough."""
    said_by = version.metadata.get("translators_said_by")
    return bool(said_by) and said_by == version.metadata.get("date_said_by")


def _set(one: CategorySet) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "source": one.source,
        "evaluative": one.evaluative,
        "categories": [{"id": each.id, "title": each.title, "says": each.explanation} for each in one.categories],
        "severities": [{"id": each.id, "title": each.title, "says": each.explanation} for each in one.severities],
    }
