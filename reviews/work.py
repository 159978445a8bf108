"""The state of a document under people's hands: units that keep their names, what was said of them, notes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from aligners.alignment import Alignment, Span, Unit
from corpora.document import Document, Segment, Version
from corpora.errors import ConflictError, StoreError
from corpora.languages import language
from reviews.notes.anchor import Anchor
from reviews.notes.note import Note


@dataclass(frozen=True, slots=True)
class Row:
    """An alignment unit that keeps its name while others come and go: `Unit`, but `moved` holds ids of rows."""

    id: str
    sides: tuple[Span, ...]
    confidence: float = 1.0
    origin: str = "automatic"
    status: str = "unconfirmed"
    moved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says of a machine's issue: "shift", "error" or "dismissed".

    The issue is known by level, hop, kind and the words it points at, so that it is found again when the units are cut
    otherwise; `unit` helps where it points at nothing.
    """

    level: str
    unit: str
    hop: str
    kind: str
    anchors: tuple[Anchor, ...]
    verdict: str
    author: str = ""
    created: str = ""

    def is_about(self, level: str, unit: str, hop: str, kind: str, places: Sequence[tuple[str, int, int]]) -> bool:
        """True for the issue of this level, hop and kind that points at these places (version, start, stop)."""
        if (self.level, self.hop, self.kind) != (level, hop, kind):
            return False
        if not self.anchors or not places:
            return self.unit == unit
        return any(
            one.version == version and max(one.start, start) < min(one.stop, stop)
            for one in self.anchors
            for version, start, stop in places
        )


@dataclass(frozen=True, slots=True)
class Work:
    """A document at one level with everything people did to it.

    `rows` are the units that are compared, in reading order; what no row holds is set aside. `names` lead from the id
    of a row that is gone to the row that took its segments in.
    """

    document: Document
    level: str
    rows: tuple[Row, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    verdicts: tuple[Verdict, ...] = ()
    bookmarks: frozenset[str] = frozenset()

    @property
    def versions(self) -> tuple[Version, ...]:
        """The versions as edited, in chain order."""
        return self.document.versions

    def place(self, version: str) -> int:
        """The index of a version among the sides.

        Raises:
            StoreError: the document has no such version.
        """
        for place, one in enumerate(self.versions):
            if one.id == version:
                return place
        raise StoreError(f'The document has no version "{version}"; reload the page.')

    def called(self, version: str) -> str:
        """A version as messages name it: "the Russian", with its id where two are in one language."""
        name = language(self.document.version(version).language).name
        same = [one for one in self.versions if language(one.language).name == name]
        return f"the {name}" if len(same) == 1 else f"the {name} ({version})"

    def index(self, id: str) -> int:
        """The place of a row, or of the row that took it in.

        Raises:
            ConflictError: the row is gone.
        """
        known = {row.id: place for place, row in enumerate(self.rows)}
        while id not in known and id in self.names:
            id = self.names[id]
        if id not in known:
            raise ConflictError("This unit is not there any more; look at the page as it is now and try again.")
        return known[id]

    def row(self, id: str) -> Row:
        """The row with this id, or the one that took it in."""
        return self.rows[self.index(id)]

    def holder(self, version: str, segment: int) -> int | None:
        """The place of the row that holds a segment; None where it is set aside."""
        place = self.place(version)
        for index, row in enumerate(self.rows):
            if row.sides[place].start <= segment < row.sides[place].stop:
                return index
        return None

    def segment(self, version: str, index: int, start: int) -> Segment:
        """A segment of a version, if it still begins at this character.

        Raises:
            ConflictError: the text was changed meanwhile.
        """
        segments = self.versions[self.place(version)].segments
        if not 0 <= index < len(segments) or segments[index].start != start:
            raise ConflictError(
                f"This passage of {self.called(version)} was changed meanwhile; look at the page as it is now and try again."
            )
        return segments[index]

    def with_version(self, version: Version) -> "Work":
        """The same with one version's text replaced."""
        versions = tuple(version if one.id == version.id else one for one in self.versions)
        return replace(self, document=replace(self.document, versions=versions))


def begun(document: Document, level: str, alignment: Alignment) -> Work:
    """The work on a machine's alignment that nobody has touched: its units are called u1, u2 ..."""
    compared = [place for place, unit in enumerate(alignment.units) if unit.origin != "set aside"]
    ids = {place: f"u{number}" for number, place in enumerate(compared, 1)}
    rows = tuple(
        Row(
            ids[place], unit.sides, unit.confidence, unit.origin, unit.status, tuple(ids[other] for other in unit.moved)
        )
        for place, unit in ((place, alignment.units[place]) for place in compared)
    )
    return Work(document, level, rows)


def woven(work: Work) -> tuple[list[str], list[Unit]]:
    """The units of the work in reading order with those set aside, and their ids; every segment in exactly one."""
    ids: list[str] = []
    units: list[Unit] = []
    places = [0] * len(work.versions)

    def set_aside(version: int, until: int) -> None:
        while places[version] < until:
            sides = [Span(place, place) for place in places]
            sides[version] = Span(places[version], places[version] + 1)
            ids.append(f"{work.versions[version].id}/{places[version]}")
            units.append(Unit(tuple(sides), origin="set aside"))
            places[version] += 1

    for row in work.rows:
        for version, side in enumerate(row.sides):
            if len(side):
                set_aside(version, side.start)
        sides = tuple(side if len(side) else Span(place, place) for side, place in zip(row.sides, places, strict=True))
        places = [side.stop for side in sides]
        ids.append(row.id)
        units.append(Unit(sides, row.confidence, row.origin, row.status))
    for version, whole in enumerate(work.versions):
        set_aside(version, len(whole.segments))
    known = {id: place for place, id in enumerate(ids)}
    linked = {row.id: row.moved for row in work.rows if row.moved}
    for id, moved in linked.items():
        units[known[id]] = replace(units[known[id]], moved=tuple(known[other] for other in moved if other in known))
    return ids, units


def put(work: Work, rows: Iterable[Row], gone: Mapping[str, str]) -> Work:
    """The work with other rows; `gone` says for each that is missing which one took it in."""
    bookmarks = frozenset(gone.get(id, id) for id in work.bookmarks)
    made = tuple(rows)
    if gone:
        made = tuple(_renamed(row, gone) for row in made)
    return replace(work, rows=made, names={**work.names, **gone}, bookmarks=bookmarks)


def _renamed(row: Row, gone: Mapping[str, str]) -> Row:
    """The row with its links led on to the rows that took others in; never to itself."""
    if not any(id in gone for id in row.moved):
        return row
    moved = dict.fromkeys(gone.get(id, id) for id in row.moved)
    moved.pop(row.id, None)
    return replace(row, moved=tuple(moved))


def by_hand(row: Row, sides: Sequence[Span]) -> Row:
    """The row with other sides, set by a person."""
    return replace(row, sides=tuple(sides), confidence=1.0, origin="manual", status="unconfirmed")


def texts(version: Version, side: Span) -> Iterator[str]:
    """The texts of the segments of a side."""
    for index in side.indexes:
        yield version.segments[index].text
