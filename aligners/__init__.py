"""Versions -> Alignment: which segments belong together."""

import hashlib
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from aligners import diagonal, encoders, joint, length, moved, near, pairwise, pieces
from aligners.alignment import Alignment, Span, Unit, check
from aligners.costs import measures
from aligners.costs.measures import Side, Stretch
from aligners.encoders import ENCODERS
from aligners.pieces import Position
from aligners.search import Shape
from corpora.document import Document, Version
from corpora.errors import AlignmentError, UnknownName

__all__ = ["ALIGNERS", "ENCODERS", "align"]

Progress = Callable[[float, str], None]


class Searcher(Protocol):
    """A method: measured versions -> units in reading order, the number of segments a side and the confidence 0..1."""

    def __call__(self, sides: Sequence[Side], stretches: Sequence[Stretch] | None = None) -> list[tuple[Shape, float]]:
        """The units of these stretches of the versions, one after the other; of everything when it is None."""
        ...


ALIGNERS: dict[str, Searcher] = {
    "joint": joint.search_units,
    "pairwise": pairwise.search_units,
    "length": length.search_units,
    "diagonal": diagonal.search_units,
}
# Methods that rest on the learnt weights; the others have no settings.
WEIGHTED = ("joint", "pairwise")
# Share of the time that reading the versions takes, the rest is searching.
READING = 0.8


def align(
    document: Document,
    method: str = "joint",
    *,
    encoder: str = "usem3",
    kept: Sequence[Unit] = (),
    links: Sequence[tuple[int, int]] = (),
    cuts: Sequence[Position] = (),
    progress: Progress = lambda share, step: None,
) -> Alignment:
    """The alignment of a segmented document. Front matter and apparatus stand in units of their own, set aside.

    Args:
        document: two or more versions with segments.
        method: a name in ALIGNERS.
        encoder: a name in ENCODERS.
        kept: units that are kept exactly, in reading order, such as those that a person confirmed or those outside a
            range that is aligned anew; everything else is aligned between them.
        links: pairs of kept units, by their places in `kept`, that hold one passage in different versions.
        cuts: places that no unit crosses, in reading order, as counts of body segments of each version; those inside a
            kept unit are passed over.
        progress: told the share done (0..1) and what is done next; whatever it raises ends the work.

    Raises:
        UnknownName: method or encoder is not registered.
        AlignmentError: a version has no text to align, or the kept units do not fit the document.
    """
    if method not in ALIGNERS:
        raise UnknownName("method", method, ALIGNERS)
    model = encoders.load(encoder)
    for version in document.versions:
        if not version.body:
            raise AlignmentError(f"Version {version.id} has no text to align; give a text with at least one paragraph.")
    bodies = [[segment.index for segment in version.body] for version in document.versions]
    held = _held([unit for unit in kept if unit.origin != "set aside"], bodies)
    fences = _fences([stretch for stretch, _ in held], cuts)
    same: list[tuple[Stretch, Unit]] = []
    if method in WEIGHTED:
        # What is the same text in every version needs no search.
        same = near.anchors(document.versions, fences)
        held = sorted([*held, *same], key=lambda one: (sum(one[0][0]), sum(one[0][1])))
        fences = _fences([stretch for stretch, _ in held], cuts)
    sides = measures.measure_all(document.versions, model, lambda share: progress(READING * share, "Reading"))
    found = _search(ALIGNERS[method], sides, fences, progress)
    signature = f"{method}; {model.signature}"
    if method in WEIGHTED:
        signature += f"; weights {hashlib.sha256(joint.WEIGHTS.read_bytes()).hexdigest()[:8]}"
    if same:
        signature += "; same text first"
    sequence, linked = list(_with_kept(found, held)), list[tuple[int, int]]()
    if method in WEIGHTED:
        sequence, linked = moved.relink(
            sides, sequence, {begin for begin, end in fences if begin == end}, ALIGNERS[method]
        )
    stands = {id(unit): place for place, (_, unit) in enumerate(sequence)}
    said = [(stands[id(kept[one])], stands[id(kept[other])]) for one, other in links]
    linked = sorted({*linked, *said})
    units = _linked(_woven(document.versions, bodies, sequence), linked)
    alignment = Alignment(tuple(v.id for v in document.versions), tuple(units), signature)
    check(alignment, [len(version.segments) for version in document.versions])
    progress(1.0, "Done")
    return alignment


def _search(
    search_units: Searcher,
    sides: Sequence[Side],
    held: Sequence[Stretch],
    progress: Progress,
) -> list[tuple[Shape, float]]:
    """The units of everything outside the held stretches, piece by piece."""
    cuts = [cut for cut in pieces.borders(sides) if not any(_inside(cut, stretch) for stretch in held)]
    found: list[tuple[Shape, float]] = []
    for number, (begin, end) in enumerate(itertools.pairwise(cuts), 1):
        within = [stretch for stretch in held if _before(begin, stretch[0]) and _before(stretch[1], end)]
        places = [begin, *itertools.chain.from_iterable(within), end]
        gaps = [(_less(a, begin), _less(b, begin)) for a, b in zip(places[::2], places[1::2], strict=True)]
        part = measures.cut_out(sides, (begin, end))
        if all(map(len, part)):
            found += search_units(part, [gap for gap in gaps if gap[0] != gap[1]])
        else:
            # A version has nothing in this piece: what the others have there is matched to nothing.
            found += [(shape, 0.0) for gap in gaps for shape in _one_by_one(gap)]
        progress(READING + (1 - READING) * number / (len(cuts) - 1), "Aligning")
    return found


def _fences(held: Sequence[Stretch], cuts: Sequence[Position]) -> list[Stretch]:
    """Held stretches and cuts, which are stretches of nothing, in reading order."""
    free = [(cut, cut) for cut in cuts if not any(_inside(cut, stretch) for stretch in held)]
    return sorted({*held, *free}, key=lambda stretch: (sum(stretch[0]), sum(stretch[1])))


def _inside(place: Position, stretch: Stretch) -> bool:
    """True when a cut at the place would run through the stretch: beside its beginning and beside its end."""
    return not (_before(place, stretch[0]) or _before(stretch[1], place))


def _before(a: Position, b: Position) -> bool:
    return all(x <= y for x, y in zip(a, b, strict=True))


def _less(a: Position, b: Position) -> Position:
    return tuple(x - y for x, y in zip(a, b, strict=True))


def _one_by_one(gap: Stretch) -> Iterator[Shape]:
    """A unit for every segment by itself, one version after the other."""
    for version, size in enumerate(_less(gap[1], gap[0])):
        for _ in range(size):
            yield tuple(int(place == version) for place in range(len(gap[0])))


def _held(kept: Sequence[Unit], bodies: Sequence[Sequence[int]]) -> list[tuple[Stretch, Unit]]:
    """The kept units with the stretches they take.

    Raises:
        AlignmentError: two of them cross or share a segment, or one does not fit the document.
    """
    held = [(_stretch_of(unit, bodies), unit) for unit in kept]
    for (before, _), (after, unit) in itertools.pairwise(held):
        if not _before(before[1], after[0]):
            raise AlignmentError(
                f"The units that are to be kept cross at segments {unit.sides[0].start} to {unit.sides[0].stop} of the "
                "first version; leave one of them out."
            )
    return held


def _stretch_of(unit: Unit, bodies: Sequence[Sequence[int]]) -> Stretch:
    """The segments of a kept unit, counted among those of the body.

    Raises:
        AlignmentError: it holds segments that the document has not, or that stand outside the body.
    """
    begin, end = [], []
    for side, body in zip(unit.sides, bodies, strict=True):
        place = sum(1 for index in body if index < side.start)
        if list(side.indexes) != list(body[place : place + len(side)]):
            raise AlignmentError(
                f"The unit {unit.kind} that is to be kept takes segments {side.start} to {side.stop}, which are not all "
                "text of this document; leave it out and align again."
            )
        begin.append(place)
        end.append(place + len(side))
    return tuple(begin), tuple(end)


def _with_kept(
    found: Sequence[tuple[Shape, float]], held: Sequence[tuple[Stretch, Unit]]
) -> Iterator[tuple[Shape, Unit]]:
    """Found and kept units in reading order, each with the unit whose confidence, origin and status it takes."""
    rest = iter(found)
    place: Position = ()
    for (begin, end), unit in held:
        place = place or (0,) * len(begin)
        while place != begin:
            shape, confidence = next(rest)
            place = tuple(a + b for a, b in zip(place, shape, strict=True))
            yield shape, Unit((), confidence)
        yield _less(end, begin), unit
        place = end
    for shape, confidence in rest:
        yield shape, Unit((), confidence)


def _linked(units: Sequence[Unit], linked: Sequence[tuple[int, int]]) -> list[Unit]:
    """The units with the links between those that were compared, which are counted without those set aside."""
    compared = [index for index, unit in enumerate(units) if unit.origin != "set aside"]
    found = list(units)
    for one, other in linked:
        for a, b in ((one, other), (other, one)):
            place = compared[a]
            found[place] = replace(found[place], moved=(*found[place].moved, compared[b]))
    return found


def _woven(
    versions: Sequence[Version], bodies: Sequence[Sequence[int]], units: Sequence[tuple[Shape, Unit]]
) -> list[Unit]:
    """Units over all segments: those that were aligned, and between them, each alone, those that were not."""
    taken, places = [0] * len(versions), [0] * len(versions)
    woven: list[Unit] = []

    def set_aside(version: int, until: int) -> None:
        while places[version] < until:
            sides = [Span(place, place) for place in places]
            sides[version] = Span(places[version], places[version] + 1)
            places[version] += 1
            woven.append(Unit(tuple(sides), origin="set aside"))

    for shape, like in units:
        for version, size in enumerate(shape):
            if size:
                set_aside(version, bodies[version][taken[version]])
        sides = []
        for version, size in enumerate(shape):
            taken[version] += size
            stop = bodies[version][taken[version] - 1] + 1 if size else places[version]
            sides.append(Span(places[version], stop))
            places[version] = stop
        woven.append(replace(like, sides=tuple(sides), moved=()))
    for version, whole in enumerate(versions):
        set_aside(version, len(whole.segments))
    return woven
