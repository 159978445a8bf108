"""What a page shows of a selection, looked up once: names, anchors, and what stands on the words of every segment."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from aligners.alignment import Unit
from corpora.document import Document, Hop, Version
from divergence.score import Reason
from exports import rows
from exports.selection import Selection
from exports.web.markup import Markup, element
from exports.web.passages import Mark, placed
from exports.wording import comparison_names, language_name, role
from reviews.notes.anchor import Anchor
from reviews.notes.note import Note

SegmentKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class View:
    """A selection with what its page needs of it.

    `ids` are the units' in every file, `names` what the comparisons are called, `notes` the notes in the order of their
    places, numbered from 1 on the page, `held` the segments on it, `marks` what stands on the words of each.
    """

    selection: Selection
    ids: tuple[str, ...]
    names: dict[str, str]
    notes: tuple[tuple[Note, tuple[int, ...]], ...]
    held: frozenset[SegmentKey] = field(repr=False)
    marks: dict[SegmentKey, list[Mark]] = field(repr=False)

    @property
    def document(self) -> Document:
        """The document of the selection."""
        return self.selection.review.document

    def side(self, unit: Unit, version: Version) -> range:
        """The indexes of the segments that a unit has of a version."""
        return unit.sides[self.selection.review.alignment.versions.index(version.id)].indexes

    def called(self, version: Version) -> str:
        """A version as the page calls it: "Original (Korean)", with its siglum where two are in one language."""
        name = language_name(version)
        same = [one for one in self.document.versions if language_name(one) == name]
        return f"{role(self.document, version)} ({name}{'' if len(same) == 1 else f', {version.id}'})"

    def columns(self) -> list[Version | tuple[Hop, ...]]:
        """The columns of the table: versions with the comparison of every two neighbours between, the others together
        behind them.
        """
        found: list[Version | tuple[Hop, ...]] = []
        left = {(hop.source, hop.target): hop for hop in self.selection.comparisons}
        before = ""
        for version in self.selection.versions:
            if hop := left.pop((before, version.id), None):
                found.append((hop,))
            found.append(version)
            before = version.id
        return [*found, tuple(left.values())] if left else found


def view(selection: Selection) -> View:
    """What the page of a selection shows."""
    document = selection.review.document
    names = {hop.id: name for hop, (_, name) in zip(document.comparisons, comparison_names(document), strict=True)}
    notes = sorted(rows.notes(selection), key=lambda one: _first(document, one[0]))
    found = View(
        selection, tuple(rows.unit_ids(selection.review.alignment)), names,
        tuple((note, tuple(units)) for note, units in notes), frozenset(_held(selection)), defaultdict(list),
    )  # fmt: skip
    for key, mark in (*_issues(found), *_notes(found)):
        found.marks[key].append(mark)
    return found


def _held(selection: Selection) -> Iterator[SegmentKey]:
    """The segments of the units on the page."""
    versions = selection.review.alignment.versions
    for _, unit in selection.units:
        for version in selection.versions:
            yield from ((version.id, index) for index in unit.sides[versions.index(version.id)].indexes)


def _first(document: Document, note: Note) -> tuple[float, int]:
    """Where a note stands first: as a share of the text, and the place of the version."""
    order = {version.id: place for place, version in enumerate(document.versions)}
    places = [
        (one.start / max(len(document.version(one.version).text), 1), order[one.version])
        for one in note.anchors
        if one.version in order
    ]
    return min(places, default=(2.0, 0))


def reason_id(view: View, unit: int, hop: str, kind: str, number: int) -> str:
    """The anchor of the words that a reason of an issue points at."""
    return f"{view.ids[unit]}-{hop}-{kind}-{number}"


def _issues(view: View) -> Iterator[tuple[SegmentKey, Mark]]:
    versions = {version.id: version for version in view.selection.versions}
    for one in rows.divergences(view.selection):
        for issue in one.issues:
            for number, reason in enumerate(issue.reasons):
                if reason.version in versions:
                    anchor = reason_id(view, one.unit, one.hop, issue.kind, number)
                    yield from _at(versions[reason.version], reason, "issue", issue.kind, anchor)


def _at(version: Version, place: Reason | Anchor, kind: str, metric: str, id: str) -> Iterator[tuple[SegmentKey, Mark]]:
    for index, mark in placed(version, place.start, place.stop, kind, metric=metric, id=id):
        yield (version.id, index), mark


def _notes(view: View) -> Iterator[tuple[SegmentKey, Mark]]:
    versions = {version.id: version for version in view.selection.versions}
    for number, (note, _) in enumerate(view.notes, 1):
        for place, anchor in shown(view, note):
            version = versions[anchor.version]
            found = list(_at(version, anchor, "note", "", ""))
            if found:
                key, last = found.pop()
                found.append((key, replace(last, behind=_call(number, place))))
            yield from found


def shown(view: View, note: Note) -> list[tuple[int, Anchor]]:
    """The places of a note that the page marks, each with its number among them all: those in text that is shown."""
    review = view.selection.review
    versions = {version.id for version in view.selection.versions}
    found = []
    for place, anchor in enumerate(note.anchors, 1):
        if anchor.version in versions and not anchor.gone:
            version = review.document.version(anchor.version)
            if any((version.id, index) in view.held for index, _ in placed(version, anchor.start, anchor.stop, "note")):
                found.append((place, anchor))
    return found


def call_id(number: int, place: int) -> str:
    """The anchor of the mark of a note on its words."""
    return f"call-{number}-{place}"


def _call(number: int, place: int) -> Markup:
    said = {"class": "call", "id": call_id(number, place), "href": f"#note-{number}", "aria-label": f"Note {number}"}
    return element("sup", None, element("a", said, str(number)))
