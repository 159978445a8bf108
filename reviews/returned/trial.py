"""The review as it stands, on which what a table changes is tried before anybody is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aligners.alignment import Unit
from corpora.document import Version
from corpora.errors import WorkbenchError
from corpora.tables.own import Line
from reviews import corrections
from reviews.operation import Operation
from reviews.returned.identity import Identity, names, stamp, written_side
from reviews.review import Review
from reviews.work import Row, Work


@dataclass(frozen=True, slots=True)
class Change:
    """What a table changes: kind and values as a page asks for them, the rows of the table, and what it does in a sentence."""

    kind: str
    values: Mapping[str, Any]
    rows: tuple[int, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """What of a table is not taken: its row, 0 for the whole table, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A row of the table, what it says of itself, and the place of its unit in the alignment; None in one that was added."""

    line: Line
    identity: Identity | None
    place: int | None


@dataclass(slots=True)
class Trial:
    """A review and the work on it, with what was found to change so far and what was refused."""

    review: Review
    work: Work = field(init=False)
    changes: list[Change] = field(init=False, default_factory=list)
    refusals: list[Refusal] = field(init=False, default_factory=list)
    # The units that other segments were moved into or out of.
    moved: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.work = _work(self.review)

    def refuse(self, row: int, reason: str) -> None:
        """Notes that something in a row is not taken."""
        self.refusals.append(Refusal(row, reason))

    def change(self, kind: str, values: Mapping[str, Any], rows: Sequence[int]) -> bool:
        """Tries a change and keeps it; one that cannot be done is refused, and False returned."""
        try:
            outcome = self.tried(kind, values)
        except WorkbenchError as error:
            self.refuse(rows[0] if rows else 0, str(error))
            return False
        self.work = outcome.work
        self.changes.append(Change(kind, values, tuple(rows), outcome.said))
        return True

    def tried(self, kind: str, values: Mapping[str, Any]) -> corrections.Outcome:
        """What a change comes to.

        Raises:
            WorkbenchError: it cannot be done.
        """
        made = corrections.wished(self.work, kind, values)
        # Numbered behind whatever there is, so that new units and notes get names of their own.
        id = 10**9 + len(self.changes) + len(self.refusals)
        return corrections.apply(self.work, Operation(id, kind, self.work.level, made))

    def unit(self, one: Edited) -> Unit | None:
        """The unit of a row as it stands in the review."""
        return None if one.place is None else self.review.alignment.units[one.place]

    def now(self, one: Edited, version: Version) -> tuple[str, str]:
        """The text and the segment ids that the row would have of a version now."""
        unit = self.unit(one)
        return written_side(self.review, unit, version) if unit else ("", "")

    @property
    def versions(self) -> Sequence[Version]:
        """The versions as they stand in the review."""
        return self.review.document.versions


def state(cell: str, then: str, now: str) -> str:
    """What became of a cell: "kept", "edited", or "crossed" where the document was changed there too, to something else."""
    own = stamp(cell)
    if own in (then, stamp(now)):
        return "kept"
    return "edited" if stamp(now) == then else "crossed"


def _work(review: Review) -> Work:
    """The work that a review shows."""
    ids = names(review)
    rows = tuple(
        Row(id, unit.sides, unit.confidence, unit.origin, unit.status, tuple(ids[other] for other in unit.moved))
        for id, unit in zip(ids, review.alignment.units, strict=True)
        if unit.origin != "set aside"
    )
    notes = {note.id: note for note in review.notes}
    return Work(review.document, review.level, rows, notes=notes, verdicts=review.verdicts, bookmarks=review.bookmarks)
