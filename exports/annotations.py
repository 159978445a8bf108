"""Notes as Web Annotations: JSON-LD that other tools for annotating texts read.

Source: Web Annotation Data Model and Vocabulary, W3C Recommendations of 23 February 2017.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO
from uuid import NAMESPACE_OID, uuid5

from corpora.document import Version
from corpora.program import NAME, VERSION
from exports import rows
from exports.provenance import facts, mark
from exports.selection import Selection
from reviews.notes import categories
from reviews.notes.anchor import Anchor
from reviews.notes.note import Note, Reply

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Names for what the vocabulary has none for; "assessing" is a motivation of it that its context lacks.
OWN = {
    "assessing": "http://www.w3.org/ns/oa#assessing",
    "relay": "urn:x-relay:", "severity": "relay:severity", "certainty": "relay:certainty", "noteState": "relay:noteState", "hop": "relay:hop",
    "suggestedFrom": "relay:suggestedFrom", "gone": "relay:gone", "read": "relay:read", "units": "relay:units",
    "provenance": "relay:provenance", "status": "relay:status", "category": "relay:category", "set": "relay:set",
}  # fmt: skip
# A set that finds fault assesses; the others put what they see in order.
MOTIVATIONS = {True: "assessing", False: "classifying"}


def write(selection: Selection, file: BinaryIO) -> None:
    """Writes the notes as a collection of W3C Web Annotations in JSON-LD."""
    file.write(json.dumps(collection(selection), ensure_ascii=False, indent=1).encode("utf-8"))


def collection(selection: Selection) -> dict[str, Any]:
    """An annotation collection with all of the notes and replies on its one page."""
    ids = rows.unit_ids(selection.review.alignment)
    here = {version.id: version for version in selection.versions}
    items = []
    for number, (note, units) in enumerate(rows.notes(selection), 1):
        id = _name(selection, "note", note.id or f"{number}")
        items.append(_annotation(id, note, [ids[unit] for unit in units], selection, here))
        items += [_answer(_name(selection, id, f"{place}"), id, reply) for place, reply in enumerate(note.replies, 1)]
    own = _name(selection, "notes")
    page = {
        "id": _name(selection, "notes", "1"),
        "type": "AnnotationPage",
        "partOf": own,
        "startIndex": 0,
        "items": items,
    }
    whole: dict[str, Any] = {
        "@context": [CONTEXT, OWN],
        "id": own,
        "type": "AnnotationCollection",
        "label": f"Notes on {selection.review.document.title}",
        "generator": {"type": "Software", "name": f"{NAME} {VERSION}"},
        "generated": selection.created,
        "total": len(items),
        "provenance": [f"{what}: {value}" for what, value in facts(selection)],
    }
    # An empty collection has no page.
    return whole | {"first": page, "last": page["id"]} if items else whole


def _name(selection: Selection, *parts: str) -> str:
    """The name of a part of the document, the same in every file of it (RFC 9562, version 5)."""
    return uuid5(NAMESPACE_OID, "\n".join((selection.review.document.id, *parts))).urn


def _annotation(
    id: str, note: Note, units: Sequence[str], selection: Selection, here: dict[str, Version]
) -> dict[str, Any]:
    targets = [_target(one, here[one.version], selection) for one in note.anchors if one.version in here]
    bodies = list(_bodies(note))
    motivations = list(dict.fromkeys(body["purpose"] for body in bodies))
    said = {
        "id": id, "type": "Annotation", "motivation": _one_or_all(motivations or ["commenting"]), **_made(note.author, note.created),
        "modified": note.changed, "generated": selection.created, "body": _one_or_all(bodies), "target": _one_or_all(targets),
        "severity": note.severity, "certainty": note.certainty, "noteState": note.state, "hop": note.hop,
        "suggestedFrom": note.origin, "units": list(units),
    }  # fmt: skip
    if not targets:
        # An annotation has a target; the words of this one stand nowhere any more.
        said["target"] = _name(selection)
    return {key: value for key, value in said.items() if value not in ("", [], None)}


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _made(author: str, created: str) -> dict[str, Any]:
    creator = {"type": "Person", "name": author} if author else None
    return {key: value for key, value in (("creator", creator), ("created", created)) if value}


def _bodies(note: Note) -> Iterator[dict[str, Any]]:
    """What the note says, each with its purpose."""
    if note.body:
        yield _text(note.body, "commenting")
    if note.evidence:
        yield _text(note.evidence, "describing") | {"label": "evidence"}
    for one in note.alternatives:
        yield _text(one, "describing") | {"label": "alternative considered"}
    known = {one.id: one for one in categories.sets()}
    for set, id in note.categories.items():
        found = known[set].category(id) if set in known else None
        purpose = MOTIVATIONS[set in known and known[set].evaluative]
        yield _text(found.title if found else id, purpose) | {"category": id, "set": set}


def _text(value: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _target(anchor: Anchor, version: Version, selection: Selection) -> dict[str, Any]:
    """The words of a version: as a quote with its context and as a place, in code points, in its text."""
    quote = {"type": "TextQuoteSelector", "exact": anchor.quote, "prefix": anchor.before, "suffix": anchor.after}
    selectors: list[dict[str, Any]] = [{key: value for key, value in quote.items() if value}]
    if not anchor.gone:
        selectors.append({"type": "TextPositionSelector", "start": anchor.start, "end": anchor.stop})
    source = {
        "id": _name(selection, "version", version.id),
        "type": "Text",
        "name": version.title,
        "language": version.language,
        "format": "text/plain",
        "status": mark(version),
    }
    said: dict[str, Any] = {"type": "SpecificResource", "source": source, "selector": _one_or_all(selectors)}
    if anchor.gone:
        said["gone"] = True
    return said | ({"read": anchor.was} if anchor.was else {})


def _answer(id: str, note: str, reply: Reply) -> dict[str, Any]:
    """A reply is an annotation on the note."""
    body = _text(reply.body, "replying")
    return {
        "id": id, "type": "Annotation", "motivation": "replying", **_made(reply.author, reply.created), "body": body,
        "target": note,
    }  # fmt: skip


def omitted(selection: Selection) -> list[str]:
    """What Web Annotations do not hold of a selection."""
    here = {version.id for version in selection.versions}
    outside = sum(one.version not in here for note, _ in rows.notes(selection) for one in note.anchors)
    segments = sum(len(unit.sides[place]) for _, unit in selection.units for place in range(len(unit.sides)))
    divergences = rows.divergences(selection)
    issues = sum(len(one.issues) for one in divergences)
    told = [
        f"The texts and their alignment are not written ({len(selection.units)} units, {segments} segments); only notes are."
    ]
    if divergences:
        told.append(f"Divergence and the machine's issues with their verdicts are not written ({issues} issues).")
    if outside:
        told.append(f"Places of notes in versions that the file has not are not written ({outside}).")
    return told
