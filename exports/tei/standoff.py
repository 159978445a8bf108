"""What a TEI file says of its versions: the alignment, divergence, issues with verdicts, and notes."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from aligners.alignment import Unit
from corpora.document import Version
from divergence import attribute
from divergence.score import Divergence
from exports import rows
from exports.selection import Selection, id_of
from exports.tei.element import add, name, pointer
from exports.tei.header import value_id
from reviews.notes.note import Note

CERTAINTIES = {"certain": "high", "likely": "medium", "possible": "low"}
# Decimal places.
DIGITS = 4
Spans = Sequence[tuple[Note, Sequence[tuple[str, str, str]]]]


def write_alignment(standoff: Any, selection: Selection) -> None:
    """The units of all versions, then those of each hop, and passages that moved."""
    ids = rows.unit_ids(selection.review.alignment)
    _units(standoff, selection, selection.versions, ids, "")
    if len(selection.versions) > 2:
        for hop in selection.comparisons:
            document = selection.review.document
            _units(standoff, selection, [document.version(hop.source), document.version(hop.target)], ids, hop.id)
    here = {number for number, _ in selection.units}
    moved = sorted({(min(a, b), max(a, b)) for a, unit in selection.units for b in unit.moved if b in here})
    if moved:
        group = add(standoff, "linkGrp", attributes={"type": "moved"})
        for one, other in moved:
            add(group, "link", attributes={"target": f"{pointer(ids[one])} {pointer(ids[other])}"})


def _units(standoff: Any, selection: Selection, versions: Sequence[Version], ids: Sequence[str], hop: str) -> None:
    """The units as some of the versions have them; those of a hop point at the whole ones."""
    order = selection.review.alignment.versions
    links: list[dict[str, str]] = []
    lone: list[dict[str, str]] = []
    aside: list[dict[str, str]] = []
    for number, unit in selection.units:
        sides = [unit.sides[order.index(version.id)] for version in versions]
        targets = [
            pointer(rows.segment_id(version.id, index))
            for version, side in zip(versions, sides, strict=True)
            for index in side.indexes
        ]
        filled = sum(1 for side in sides if len(side))
        attributes = {
            "xml:id": name(ids[number], hop) if hop else name(ids[number]), "n": ":".join(str(len(side)) for side in sides),
            "target": " ".join(targets), "ana": _analysis(selection, number, unit),
            "cert": f"{round(min(1.0, max(0.0, unit.confidence)), DIGITS)}", "corresp": pointer(ids[number]) if hop else "",
        }  # fmt: skip
        if filled:
            (aside if unit.origin == "set aside" else lone if filled == 1 else links).append(attributes)
    if links:
        group = add(standoff, "linkGrp", attributes={"type": "alignment", "subtype": hop})
        for attributes in links:
            add(group, "link", attributes=attributes)
    for type, several in (("one-sided", lone), ("set-aside", [] if hop else aside)):
        if several:
            group = add(standoff, "spanGrp", attributes={"type": type, "subtype": hop})
            for attributes in several:
                add(group, "span", attributes=attributes)


def _analysis(selection: Selection, number: int, unit: Unit) -> str:
    found = [pointer(f"status-{unit.status.replace(' ', '-')}"), pointer(f"origin-{unit.origin.replace(' ', '-')}")]
    id = id_of(selection.review, number)
    return " ".join([*found, "#bookmarked"] if id and id in selection.review.bookmarks else found)


def write_scores(standoff: Any, selection: Selection) -> None:
    """The divergence of each unit over each hop, and the machine's issues with what people said of them."""
    found = rows.divergences(selection)
    if not found:
        return
    review, ids, numbers = selection.review, rows.unit_ids(selection.review.alignment), count(1)
    library = add(standoff, "fvLib", attributes={"n": "divergence: 0 the same, 1 different"})
    for one in found:
        structure = _structure(library, "divergence", ids[one.unit])
        _features(structure, {"hop": one.hop, "divergence": one.value, "percentile": one.percentile})
        for metric, score in one.metrics.items():
            inside = _structure(_feature(structure, metric), "metric", "")
            _features(inside, {"value": score.value, "reasons": rows.told(review, score.reasons)})
    _brought(standoff, selection, ids)
    issues = [(one, issue) for one in found for issue in one.issues]
    if issues:
        library = add(standoff, "fvLib", attributes={"n": "issues: what the machine asks a person to look at"})
        for one, issue in issues:
            structure = _structure(library, "issue", ids[one.unit], id=name("issue", str(next(numbers))))
            about = rows.verdict(review, one.unit, one.hop, issue)
            told = (
                {"verdict": about.verdict, "author": about.author, "judged": about.created}
                if about
                else {"verdict": "undecided"}
            )
            _features(structure, {"hop": one.hop, "kind": issue.kind, "strength": issue.strength, **told})
            _features(structure, {"reasons": rows.told(review, issue.reasons)})
            if about:
                structure.set("ana", f"#{value_id('verdict', about.verdict)}")


def _brought(standoff: Any, selection: Selection, ids: Sequence[str]) -> None:
    """Which hop brought the differences of each unit in."""
    if len(selection.comparisons) < 2:
        return
    library = add(standoff, "fvLib", attributes={"n": "attribution: the hop that brought the differences in"})
    for number, unit in selection.units:
        scores: Mapping[str, Divergence] = selection.review.divergence(number)
        if unit.origin != "set aside" and scores:
            brought = attribute(selection.review.document, scores)
            structure = _structure(library, "attribution", ids[number])
            _features(structure, {"brought-in-by": brought.hop, "statement": brought.statement})
    if not len(library):
        standoff.remove(library)


def _structure(parent: Any, type: str, unit: str, *, id: str = "") -> Any:
    return add(parent, "fs", attributes={"xml:id": id, "type": type, "corresp": pointer(unit) if unit else ""})


def _feature(structure: Any, called: str) -> Any:
    return add(structure, "f", attributes={"name": called.replace(" ", "-")})


def _features(structure: Any, values: Mapping[str, str | float | Sequence[str]]) -> None:
    """Features of a structure: texts, numbers and lists of texts; what is empty is left out."""
    for called, value in values.items():
        if value == "" or value == []:
            continue
        feature = _feature(structure, called)
        if isinstance(value, str):
            add(feature, "string", value)
        elif isinstance(value, (int, float)):
            add(feature, "numeric", attributes={"value": f"{round(value, DIGITS)}"})
        else:
            several = add(feature, "vColl", attributes={"org": "list"})
            for each in value:
                add(several, "string", each)


def write_notes(standoff: Any, notes: Spans, ids: Mapping[str, Iterable[str]], marked: set[str]) -> None:
    """The notes, each with pointers to spans between anchors in the texts.

    Args:
        standoff: what holds them.
        notes: each with the id of the span of each of its places and those of the anchors where that begins and ends.
        ids: the units that hold the words of each note, by the note's id.
        marked: the ids of the anchors that stand in the texts.
    """
    if not notes:
        return
    spans = add(standoff, "spanGrp", attributes={"type": "noted"})
    listed = add(standoff, "listAnnotation", attributes={"type": "notes"})
    for number, (note, places) in enumerate(notes, 1):
        targets = []
        for one, (span, begin, end) in zip(note.anchors, places, strict=True):
            if begin in marked and end in marked:
                add(spans, "span", one.quote, {"xml:id": span, "from": f"#{begin}", "to": f"#{end}"})
                targets.append(f"#{span}")
        _note(listed, note, number, targets, ids.get(note.id, ()))
    if not len(spans):
        standoff.remove(spans)


def _note(listed: Any, note: Note, number: int, targets: Sequence[str], units: Iterable[str]) -> None:
    meant = [value_id(set, id) for set, id in note.categories.items()]
    meant += [value_id("severity", note.severity)] if note.severity else []
    element = add(listed, "note", attributes={
        "xml:id": name("note", str(number)), "n": note.id, "type": "annotation", "target": " ".join(targets),
        "resp": pointer("person", note.author) if note.author else "", "cert": CERTAINTIES.get(note.certainty, ""),
        "ana": " ".join(f"#{one}" for one in (value_id("state", note.state), *meant)),
        "corresp": " ".join(pointer(unit) for unit in units),
    })  # fmt: skip
    for type, when in (("created", note.created), ("changed", note.changed)):
        if when:
            add(element, "date", attributes={"type": type, "when": when})
    for type, text in (
        ("", note.body),
        ("evidence", note.evidence),
        ("hop", note.hop),
        ("suggested-from", note.origin),
    ):
        if text:
            _lines(add(element, "ab", attributes={"type": type}), text)
    if note.alternatives:
        several = add(element, "list", attributes={"type": "alternative"})
        for one in note.alternatives:
            add(several, "item", one)
    for place in note.anchors:
        if place.gone or place.was:
            add(
                element,
                "quote",
                place.was or place.quote,
                {"type": "gone" if place.gone else "was", "n": place.version},
            )
    for reply in note.replies:
        answer = add(
            element,
            "note",
            attributes={"type": "reply", "resp": pointer("person", reply.author) if reply.author else ""},
        )
        if reply.created:
            add(answer, "date", attributes={"type": "created", "when": reply.created})
        _lines(add(answer, "ab"), reply.body)


def _lines(element: Any, text: str) -> None:
    """A text with its lines parted by lb."""
    first, *others = text.split("\n")
    element.text = first
    for line in others:
        add(element, "lb").tail = line
