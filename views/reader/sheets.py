"""A document's units as the page reads them, and what changed in them since a page looked last."""

import bisect
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from threading import RLock
from typing import Any

from corpora.document import Document, Version
from divergence import attribute
from divergence.highlights import MARKED
from divergence.score import Divergence, Issue, Reason
from reviews.bench import Bench
from reviews.doubt import doubt, verdict_on
from reviews.notes.categories import CategorySet
from reviews.notes.note import Note, to_values
from reviews.work import Row, Verdict, Work, woven
from views.reader.beside import difference
from views.reader.frame import UNANSWERED, frame
from views.reader.places import pieces

# The most that a confidence is told as where it is not certain.
ALMOST = 0.999


@dataclass(slots=True)
class _Sheet:
    """A part of the page: what it was made of, its JSON, and the turn in which that changed last."""

    source: object = None
    text: str = ""
    turn: int = 0


class Sheets:
    """The page of one document at one level, whoever looks at it.

    Every change of a part has a turn, a number that grows; a page that tells the turn it has seen is sent what changed
    since. Turns begin anew with `epoch`: to a page of another epoch everything is new.

    A unit's JSON says nothing of its place in the document or of the text around it, so that merging two units or
    editing a text leaves the other units as they are: `order` has the units with the segment that each side begins
    with, and `starts` the first character of every segment by version.
    """

    def __init__(self, sets: Sequence[CategorySet]) -> None:
        self.epoch = uuid.uuid4().hex
        self._sets = sets
        self._turn = 0
        self._parts: dict[str, _Sheet] = {}
        self._units: dict[str, _Sheet] = {}
        self._followed: object = None
        self._revision = 0
        self._stale = 0
        self._pairs: frozenset[tuple[str, str]] = frozenset()
        self._lock = RLock()

    def compare(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Has every unit say what differs word by word between these versions too, each pair in one language."""
        with self._lock:
            self._pairs |= frozenset(pairs)

    def page(self, bench: Bench) -> str:
        """Everything, as JSON."""
        return self.patch(bench, "", 0)

    def patch(self, bench: Bench, epoch: str, turn: int) -> str:
        """What changed since a page's turn, as JSON; an unchanged part is left out."""
        with bench.lock, self._lock:
            self._follow(bench)
            since = turn if epoch == self.epoch else 0
            told = {"epoch": self.epoch, "turn": self._turn, "revision": self._revision, "stale": self._stale}
            parts = [f'"{name}":{part.text}' for name, part in self._parts.items() if part.turn > since]
            units = ",".join(f"{json.dumps(id)}:{one.text}" for id, one in self._units.items() if one.turn > since)
            return f'{json.dumps(told)[:-1]},{"".join(f"{part}," for part in parts)}"units":{{{units}}}}}'

    def _follow(self, bench: Bench) -> None:
        """Looks at a document anew, if something happened to it since."""
        # The work is known by its identity: to compare two is slow.
        stands = (_Same(bench.work), len(bench.measures), self._pairs)
        self._revision = bench.revision
        if self._followed == stands:
            return
        work = bench.work
        known = {version.id for version in work.versions}
        pairs = sorted(pair for pair in self._pairs if known.issuperset(pair))
        self._turn += 1
        ids, units = woven(work)
        self._keep("frame", work.document, lambda: frame(work.document, work.level, self._sets))
        begins = [[id, *(side.start for side in unit.sides)] for id, unit in zip(ids, units, strict=True)]
        self._keep("order", begins, lambda: begins)
        starts = {version.id: [segment.start for segment in version.segments] for version in work.versions}
        self._keep("starts", starts, lambda: starts)
        self._keep("compared", pairs, lambda: pairs)
        notes = (tuple(work.notes.values()), work.document)
        self._keep("notes", notes, lambda: [_note(note, work.document) for note in notes[0]])
        self._follow_units(bench, work, ids, pairs)
        self._followed = stands

    def _follow_units(self, bench: Bench, work: Work, ids: Sequence[str], pairs: Sequence[tuple[str, str]]) -> None:
        rows = {row.id: row for row in work.rows}
        verdicts = _by_row(work)
        self._stale = 0
        for gone in self._units.keys() - set(ids):
            del self._units[gone]
        for id in ids:
            row = rows.get(id)
            if row is None:
                version, index = id.rsplit("/", 1)
                sides = {version: [_segment(work.document.version(version), int(index))]}
                self._keep_unit(id, sides, partial(_set_aside, id, sides))
                continue
            sides = {
                version.id: [_segment(version, index) for index in side.indexes]
                for version, side in zip(work.versions, row.sides, strict=True)
            }
            measured, said = bench.measured(row), tuple(verdicts.get(id, ()))
            self._stale += measured is None
            marked = id in work.bookmarks
            facts = (row.confidence, row.origin, row.status, row.moved, sides, said, marked, tuple(pairs))
            # Measures are compared by identity: they are long, and the same as long as nothing about them changed.
            source = (facts, _Same(measured))
            self._keep_unit(id, source, partial(_unit, work, row, sides, measured, said, marked, pairs))

    def _keep(self, name: str, source: object, make: Any) -> None:
        self._renew(self._parts.setdefault(name, _Sheet()), source, make)

    def _keep_unit(self, id: str, source: object, make: Any) -> None:
        self._renew(self._units.setdefault(id, _Sheet()), source, make)

    def _renew(self, sheet: _Sheet, source: object, make: Any) -> None:
        if sheet.turn and sheet.source == source:
            return
        text = json.dumps(make(), ensure_ascii=False, separators=(",", ":"))
        if text != sheet.text:
            sheet.text, sheet.turn = text, self._turn
        sheet.source = source


class _Same:
    """Equal to what holds the same object."""

    def __init__(self, one: object) -> None:
        self.one = one

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.one is other.one

    __hash__ = None  # type: ignore[assignment]


def _by_row(work: Work) -> dict[str, list[Verdict]]:
    """What was said of issues at this level, by the rows that hold the words they point at."""
    found: dict[str, list[Verdict]] = {}
    for one in work.verdicts:
        if one.level != work.level:
            continue
        ids = {one.unit}
        for anchor in one.anchors:
            for index, *_ in pieces(work.document.version(anchor.version), anchor.start, anchor.stop):
                holder = work.holder(anchor.version, index)
                if holder is not None:
                    ids.add(work.rows[holder].id)
        for id in ids:
            found.setdefault(id, []).append(one)
    return found


def _segment(version: Version, index: int) -> dict[str, Any]:
    segment = version.segments[index]
    opens = segment.kind == "paragraph" and (not index or version.segments[index - 1].paragraph != segment.paragraph)
    return {"kind": segment.kind, "text": segment.text, "opens": opens}


def _set_aside(id: str, sides: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": id, "apparatus": True, "origin": "set aside", "status": "", "sides": sides}


def _unit(
    work: Work,
    row: Row,
    sides: Mapping[str, Any],
    measured: Sequence[Divergence] | None,
    verdicts: Sequence[Verdict],
    marked: bool,
    pairs: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    scores = {one.hop: one for one in measured or ()}
    first = {version.id: side.start for version, side in zip(work.versions, row.sides, strict=True)}
    told = attribute(work.document, scores) if scores else None
    ground = doubt(work.document, work.level, row.id, row, scores, verdicts)
    return {
        "id": row.id,
        "kind": ":".join(str(len(side)) for side in row.sides),
        "confidence": row.confidence if row.confidence == 1 else min(round(row.confidence, 3), ALMOST),
        "origin": row.origin,
        "status": row.status,
        "marked": marked,
        "stale": measured is None,
        "moved": list(row.moved),
        "sides": sides,
        "hops": {hop: _hop(work.document, work.level, row.id, one, first, verdicts) for hop, one in scores.items()},
        "differences": {f"{a}-{b}": difference(work, row, a, b) for a, b in pairs},
        "brought": "" if told is None or told.hop == "none" else told.statement,
        "doubt": ground and {"rank": ground.rank, "kind": ground.kind, "hop": ground.hop, "done": ground.is_done},
    }


def _hop(
    document: Document, level: str, unit: str, one: Divergence, first: Mapping[str, int], verdicts: Iterable[Verdict]
) -> dict[str, Any]:
    return {
        "divergence": round(one.value, 4),
        "percentile": one.percentile,
        "metrics": {name: round(score.value, 4) for name, score in one.metrics.items()},
        "reasons": [
            {"metric": name, **place}
            for name, score in one.metrics.items()
            for reason in score.reasons
            for place in _placed(document, reason, first)
        ]
        + [
            {"metric": UNANSWERED, **place}
            for mark in one.highlights
            if mark.strength >= MARKED
            for place in _placed(document, mark, first)
        ],
        "issues": {issue.kind: _issue(level, unit, one.hop, issue, verdicts) for issue in one.issues},
        "changes": [
            {
                "kind": change.kind,
                "places": [place for reason in change.places for place in _placed(document, reason, first)],
            }
            for change in one.changes
        ],
    }


def _issue(level: str, unit: str, hop: str, issue: Issue, verdicts: Iterable[Verdict]) -> dict[str, Any]:
    about = verdict_on(level, unit, hop, issue, verdicts)
    told = {"strength": round(issue.strength, 4)}
    return {**told, "verdict": about.verdict, "by": about.author, "at": about.created} if about else told


def _placed(document: Document, reason: Reason, first: Mapping[str, int]) -> list[dict[str, Any]]:
    """The places of a reason in the segments of its unit, counted from the first one of their side."""
    return [
        {
            "version": reason.version,
            "text": reason.text,
            "segment": index - first[reason.version],
            "start": start,
            "stop": stop,
        }
        for index, start, stop in pieces(document.version(reason.version), reason.start, reason.stop)
    ]


def _note(note: Note, document: Document) -> dict[str, Any]:
    """The note with the places where its words stand now, by segment of the version; lost words have an empty one."""
    places = []
    for one in note.anchors:
        version = document.version(one.version)
        if one.gone:
            index = bisect.bisect_right(version.segments, one.start, key=lambda segment: segment.start) - 1
            places.append({"version": version.id, "segment": max(0, index), "start": 0, "stop": 0})
        else:
            places += [
                {"version": version.id, "segment": index, "start": start, "stop": stop}
                for index, start, stop in pieces(version, one.start, one.stop)
            ]
    return {**to_values(note), "places": places}
