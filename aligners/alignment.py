"""The nouns of the second stage: spans, units, alignments, and what holds of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpora.errors import AlignmentError


@dataclass(frozen=True, slots=True)
class Span:
    """Segment indexes `start:stop` of one version, half-open. An empty span means absent and still has a place."""

    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    @property
    def indexes(self) -> range:
        """The segment indexes of the span."""
        return range(self.start, self.stop)


@dataclass(frozen=True, slots=True)
class Unit:
    """Segments of the versions that belong together ("bead" in papers, `<tu>` in TMX).

    `sides` has one span a version, in the order of `Alignment.versions`. `confidence` is 0..1: how sure the
    method is that exactly these segments belong together. `origin` is "automatic", "manual" or "set aside";
    a unit that is set aside holds one segment of front matter or apparatus, which was not compared with anything.
    `moved` are the indexes of other units of the alignment that hold this passage where another version has it.
    """

    sides: tuple[Span, ...]
    confidence: float = 1.0
    origin: str = "automatic"
    status: str = "unconfirmed"
    moved: tuple[int, ...] = ()

    @property
    def kind(self) -> str:
        """The number of segments a side: "1:2:0"."""
        return ":".join(str(len(side)) for side in self.sides)

    @property
    def is_one_sided(self) -> bool:
        """True when only one version has anything here."""
        return sum(1 for side in self.sides if len(side)) == 1


@dataclass(frozen=True, slots=True)
class Alignment:
    """Units in reading order over two or more versions; every segment stands in exactly one unit."""

    versions: tuple[str, ...]
    units: tuple[Unit, ...]
    signature: str


def project(alignment: Alignment, versions: Sequence[str]) -> Alignment:
    """The alignment seen by some of its versions: the same cuts, without units that are empty there."""
    places = [alignment.versions.index(version) for version in versions]
    seen = [tuple(unit.sides[place] for place in places) for unit in alignment.units]
    left = [index for index, sides in enumerate(seen) if any(map(len, sides))]
    index_of = {old: new for new, old in enumerate(left)}
    units = []
    for old in left:
        unit = alignment.units[old]
        moved = tuple(index_of[other] for other in unit.moved if other in index_of)
        units.append(replace(unit, sides=seen[old], moved=moved))
    return Alignment(tuple(versions), tuple(units), alignment.signature)


def check(alignment: Alignment, sizes: Sequence[int]) -> None:
    """Returns nothing when every segment stands in exactly one unit, in reading order.

    Args:
        alignment: what to check.
        sizes: number of segments of each version, in the order of `alignment.versions`.

    Raises:
        AlignmentError: a segment is left out, used twice or out of order; names version and segment.
    """
    for place, (version, size) in enumerate(zip(alignment.versions, sizes, strict=True)):
        expected = 0
        for unit in alignment.units:
            side = unit.sides[place]
            if side.start != expected or side.stop < side.start:
                raise AlignmentError(
                    f"The alignment is not whole: version {version} should go on at segment {expected} "
                    f"but a unit takes {side.start} to {side.stop}; align the document again."
                )
            expected = side.stop
        if expected != size:
            raise AlignmentError(
                f"The alignment is not whole: version {version} has {size} segments but the units end "
                f"at {expected}; align the document again."
            )


def from_kinds(versions: Sequence[str], kinds: Iterable[Sequence[int]], signature: str) -> Alignment:
    """The alignment whose units take these numbers of segments one after the other.

    >>> [unit.kind for unit in from_kinds(("ko", "ru"), [(1, 2), (0, 1)], "by hand").units]
    ['1:2', '0:1']
    """
    places = [0] * len(versions)
    units = []
    for kind in kinds:
        sides = tuple(Span(place, place + count) for place, count in zip(places, kind, strict=True))
        places = [side.stop for side in sides]
        units.append(Unit(sides))
    return Alignment(tuple(versions), tuple(units), signature)
