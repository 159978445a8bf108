"""What files of translation units (TMX, XLIFF) hold of a selection: the sides of its units, facts about them, notes."""

import bisect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from corpora import exchange
from corpora.document import Segment, Version
from corpora.exchange import Piece
from corpora.segmenters.paragraphs import repaired
from divergence import attribute
from divergence.score import Divergence
from exports import rows
from exports.provenance import mark
from exports.selection import Selection, id_of
from reviews.notes.note import Note

# Characters that XML 1.0 cannot hold (2.2).
UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Side:
    """A version's part of a unit as one text; `pieces` are its segments there.

    `hold` is what the file makes of texts with characters that XML cannot hold.
    """

    version: Version
    segments: tuple[Segment, ...]
    text: str
    pieces: tuple[Piece, ...]
    hold: Callable[[str], str]

    @property
    def facts(self) -> dict[str, str]:
        """What the file says of it, so that it is read back as it was."""
        return {"version": self.version.id, "version status": mark(self.version)} | exchange.told(
            self.text, self.pieces
        )

    def span(self, start: int, stop: int) -> tuple[int, int] | None:
        """Where the characters `start:stop` of the version stand in the text; None where none of them do."""
        inside = [
            (segment, piece)
            for segment, piece in zip(self.segments, self.pieces, strict=True)
            if segment.start < stop and start < segment.stop
        ]
        if not inside:
            return None
        first, last = self._place(*inside[0], start), self._place(*inside[-1], stop)
        return (first, last) if first < last else None

    def _place(self, segment: Segment, piece: Piece, offset: int) -> int:
        repairs = self.version.repairs
        last = bisect.bisect_right(repairs, offset, key=lambda repair: repair.start) - 1
        if last >= 0 and offset < repairs[last].stop:
            # Inside of what is read otherwise.
            offset = repairs[last].start
        before = repaired(self.version.text, segment.start, max(offset, segment.start), repairs)
        return piece.start + min(len(self.hold(before)), len(self.hold(segment.text)))


@dataclass(frozen=True, slots=True)
class Noted:
    """A note where it stands in a unit: characters of sides, none of them where its words are gone.

    `id` is the one of the note, or its place among the file's notes, without signs that no id in XML may have.
    """

    note: Note
    id: str
    spans: tuple[tuple[str, int, int], ...]
    text: str


def holdable(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return UNHOLDABLE.sub("", text)


def as_it_is(text: str) -> str:
    """The text, for files that can say every character."""
    return text


def sides(selection: Selection, number: int, hold: Callable[[str], str] = holdable) -> dict[str, Side]:
    """The sides of a unit that have text, by version; `hold` as in `Side`."""
    review = selection.review
    unit = review.alignment.units[number]
    found = {}
    for version in selection.versions:
        span = unit.sides[review.alignment.versions.index(version.id)]
        if segments := tuple(version.segments[index] for index in span.indexes):
            found[version.id] = _side(version, segments, hold)
    return {id: side for id, side in found.items() if side.text.strip()}


def _side(version: Version, segments: tuple[Segment, ...], hold: Callable[[str], str]) -> Side:
    text, pieces = "", []
    before: Segment | None = None
    for segment in segments:
        if before is not None:
            text += _between(version, before, segment)
        start = len(text)
        text += hold(segment.text)
        pieces.append((start, segment))
        before = segment
    stops = [*(start for start, _ in pieces[1:]), len(text)]
    made = (
        Piece(start, stop, segment.kind, rows.segment_id(version.id, segment.index))
        for (start, segment), stop in zip(pieces, stops, strict=True)
    )
    return Side(version, segments, text, tuple(made), hold)


def _between(version: Version, before: Segment, after: Segment) -> str:
    """What stands between two segments: what parts sentences of a paragraph there, a line end between paragraphs."""
    if before.paragraph != after.paragraph:
        return "\n"
    return " " if version.text[before.stop : after.start] else ""


def unit_facts(selection: Selection, number: int) -> dict[str, str]:
    """What is said of a unit; what is not so is left out."""
    review = selection.review
    unit = review.alignment.units[number]
    places = [review.alignment.versions.index(version.id) for version in selection.versions]
    name = id_of(review, number)
    brought = "" if selection.hop or unit.origin == "set aside" else _brought(selection, number)
    said = {
        "name": name,
        "status": unit.status,
        "origin": unit.origin,
        "confidence": f"{unit.confidence:.3f}",
        "kind": ":".join(str(len(unit.sides[place])) for place in places),
        "moved": " ".join(rows.linked_ids(review.alignment, unit)),
        "bookmarked": "yes" if name and name in review.bookmarks else "",
        "brought in by": brought,
    }
    return {key: value for key, value in said.items() if value}


def _brought(selection: Selection, number: int) -> str:
    hop = attribute(selection.review.document, selection.review.divergence(number)).hop
    return hop if hop != "none" else ""


def hop_facts(one: Divergence) -> dict[str, str]:
    """The scores of a unit over a hop."""
    said = {"divergence": f"{one.value:.3f}", "percentile": "" if one.percentile is None else f"{one.percentile}"}
    said |= {name: f"{score.value:.3f}" for name, score in one.metrics.items()}
    return {key: value for key, value in said.items() if value}


def issue_facts(selection: Selection, number: int, one: Divergence) -> Iterator[dict[str, str]]:
    """The issues of a unit over a hop, each with what a person said of it."""
    for issue in one.issues:
        about = rows.verdict(selection.review, number, one.hop, issue)
        said = {
            "kind": issue.kind,
            "strength": f"{issue.strength:.3f}",
            "verdict": about.verdict if about else "undecided",
            "author": about.author if about else "",
            "judged": about.created if about else "",
            "reasons": "\n".join(rows.told(selection.review, issue.reasons)),
        }
        yield {key: value for key, value in said.items() if value}


def notes(selection: Selection, units: Mapping[int, Mapping[str, Side]]) -> tuple[dict[int, list[Noted]], list[Noted]]:
    """The notes by the first of the units that hold their words, and those of which no unit of the file does.

    Args:
        selection: what goes into the file.
        units: the sides of the units that the file holds.
    """
    placed: dict[int, list[Noted]] = {}
    rest: list[Noted] = []
    taken: set[str] = set()
    for order, (note, numbers) in enumerate(rows.notes(selection), 1):
        home = next((number for number in numbers if _spans(note, units.get(number, {}))), None)
        home = next((number for number in numbers if number in units), None) if home is None else home
        spans = () if home is None else _spans(note, units[home])
        id = re.sub(r"[^\w.-]", "_", note.id, flags=re.ASCII)
        id = id if id and id not in taken else f"note-{order}"
        taken.add(id)
        noted = Noted(note, id, spans, _told(note))
        placed.setdefault(home, []).append(noted) if home is not None else rest.append(noted)
    return placed, rest


def _spans(note: Note, unit: Mapping[str, Side]) -> tuple[tuple[str, int, int], ...]:
    found = (
        (anchor.version, unit[anchor.version].span(anchor.start, anchor.stop))
        for anchor in note.anchors
        if not anchor.gone and anchor.version in unit
    )
    return tuple((version, *span) for version, span in found if span)


def _told(note: Note) -> str:
    """A note as programs show it that know a text only."""
    lines = [note.body, *(f"{one.version}: “{' '.join(one.quote.split())}”{_gone(one.gone)}" for one in note.anchors)]
    facts = {
        "hop": note.hop,
        "categories": ", ".join(f"{key}: {value}" for key, value in note.categories.items()),
        "severity": note.severity,
        "alternatives": " | ".join(note.alternatives),
        "evidence": note.evidence,
        "certainty": note.certainty,
        "state": note.state,
        "suggested from": note.origin,
    }
    lines += [f"{key}: {value}" for key, value in facts.items() if value]
    lines += [f"reply by {', '.join(filter(None, (one.author, one.created)))}: {one.body}" for one in note.replies]
    return "\n".join(filter(None, [*lines, exchange.signature(note.author, note.created)]))


def _gone(gone: bool) -> str:
    return " (gone from the text)" if gone else ""
