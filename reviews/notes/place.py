"""Where notes stand: the units that hold their words."""

import bisect
from collections.abc import Mapping, Sequence

from aligners.alignment import Alignment
from corpora.document import Document
from reviews.notes.note import Note

# By unit, counted in the alignment: the first words of a note there, as the place of a version and a character.
Places = dict[int, tuple[int, int]]


def places(notes: Sequence[Note], document: Document, alignment: Alignment) -> list[Places]:
    """The units that each note's words stand in, with the first words there.

    A note whose words are all gone has the unit where they stood; one that never stood in these versions has none.
    """
    holders = [
        {index: order for order, unit in enumerate(alignment.units) for index in unit.sides[place].indexes}
        for place in range(len(alignment.versions))
    ]
    return [_places(note, document, alignment, holders) for note in notes]


def _places(note: Note, document: Document, alignment: Alignment, holders: Sequence[Mapping[int, int]]) -> Places:
    found: Places = {}
    for anchor in sorted(note.anchors, key=lambda one: one.gone):
        if anchor.version not in alignment.versions or (anchor.gone and found):
            continue
        version = alignment.versions.index(anchor.version)
        segments = document.version(anchor.version).segments
        first = bisect.bisect_right(segments, anchor.start, key=lambda one: one.start) - 1
        last = first + 1 if anchor.gone else bisect.bisect_left(segments, anchor.stop, key=lambda one: one.start)
        for index in range(max(first, 0), last):
            found.setdefault(holders[version][index], (version, anchor.start))
    return found
