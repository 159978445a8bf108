"""From paragraphs to sentences: where a sentence unit may not cross because the paragraphs' alignment is sure."""

import itertools

from aligners.alignment import Alignment
from aligners.pieces import Position
from corpora.document import Document

# Confidence of both neighbouring units from which the border between them holds for sentences too.
SURE = 0.9


def sure_cuts(paragraphs: Document, alignment: Alignment, sentences: Document) -> list[Position]:
    """Borders between sure paragraph units, as counts of body sentences of each version, in reading order.

    Args:
        paragraphs: the document in paragraphs.
        alignment: their alignment.
        sentences: the same versions in sentences.
    """
    compared = [unit for unit in alignment.units if unit.origin != "set aside"]
    ends = {version.id: [segment.stop for segment in version.body] for version in sentences.versions}
    places = [0] * len(alignment.versions)
    found = []
    for unit, following in itertools.pairwise(compared):
        for row, (id, side) in enumerate(zip(alignment.versions, unit.sides, strict=True)):
            if len(side):
                end = paragraphs.version(id).segments[side.stop - 1].stop
                places[row] = sum(1 for stop in ends[id] if stop <= end)
        if min(unit.confidence, following.confidence) >= SURE:
            found.append(tuple(places))
    return found
