"""What of a review goes into a file: all of it, or only some units, or only the two versions of one hop."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aligners.alignment import Unit
from corpora.document import Hop, Version
from corpora.errors import UnknownName
from reviews.doubt import verdict_on
from reviews.notes.place import places
from reviews.review import Review


def _confirmed(review: Review) -> set[int]:
    """Only confirmed units."""
    return {number for number, unit in enumerate(review.alignment.units) if unit.status == "confirmed"}


def _with_issues(review: Review) -> set[int]:
    """Only units with issues that nobody dismissed."""
    return {
        one.unit
        for one in review.divergences
        for issue in one.issues
        if (said := verdict_on(review.level, id_of(review, one.unit), one.hop, issue, review.verdicts)) is None
        or said.verdict != "dismissed"
    }


def _with_notes(review: Review) -> set[int]:
    """Only units with notes."""
    return {unit for units in places(review.notes, review.document, review.alignment) for unit in units}


# Which units go into a file, by what they are called on the command line; the first docstring line is the title.
ONLY: Mapping[str, Callable[[Review], set[int]]] = {
    "confirmed": _confirmed,
    "issues": _with_issues,
    "notes": _with_notes,
}


@dataclass(frozen=True, slots=True)
class Selection:
    """A review as one file holds it.

    Args:
        review: all that is known.
        only: a name in ONLY, "" for every unit.
        hop: the id of a comparison, whose two versions alone the file has; "" for all versions.
        created: when the file is made, ISO 8601 in UTC.

    Raises:
        UnknownName: there is no such filter or comparison.
    """

    review: Review
    only: str = ""
    hop: str = ""
    created: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    # The places of the units in the alignment, in reading order.
    numbers: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        known = [hop.id for hop in self.review.document.comparisons]
        if self.hop and self.hop not in known:
            raise UnknownName("hop", self.hop, known)
        if self.only and self.only not in ONLY:
            raise UnknownName("filter", self.only, ONLY)
        units = self.review.alignment.units
        wanted = ONLY[self.only](self.review) if self.only else set(range(len(units)))
        sides = [self.review.alignment.versions.index(version.id) for version in self.versions]
        kept = (number for number in sorted(wanted) if any(len(units[number].sides[side]) for side in sides))
        object.__setattr__(self, "numbers", tuple(kept))

    @property
    def versions(self) -> tuple[Version, ...]:
        """The versions of the file, in chain order."""
        document = self.review.document
        chosen = next((one for one in document.comparisons if one.id == self.hop), None)
        return (
            document.versions if chosen is None else (document.version(chosen.source), document.version(chosen.target))
        )

    @property
    def comparisons(self) -> tuple[Hop, ...]:
        """The hops of the file."""
        return tuple(hop for hop in self.review.document.comparisons if self.hop in ("", hop.id))

    @property
    def units(self) -> list[tuple[int, Unit]]:
        """The units of the file with their places in the alignment."""
        return [(number, self.review.alignment.units[number]) for number in self.numbers]

    @property
    def told(self) -> str:
        """What the file holds, in a sentence."""
        units = self.review.alignment.units
        every = sum(unit.origin != "set aside" for unit in units)
        aside = sum(units[number].origin == "set aside" for number in self.numbers)
        here = len(self.numbers) - aside
        told = f"{here} of {every} alignment units by {self.review.level}s"
        if aside:
            told += f" and {aside} segments of front matter and apparatus set aside"
        if self.only:
            told += f": {(ONLY[self.only].__doc__ or '').strip().rstrip('.').lower()}"
        if self.hop:
            told += f"; versions {' and '.join(version.id for version in self.versions)} only"
        return f"{told}."


def id_of(review: Review, number: int) -> str:
    """The name that a unit keeps among people's hands, "" where nobody can have worked on it."""
    return review.ids[number] if review.ids else ""
