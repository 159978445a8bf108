"""One side of a unit as the metrics see it: text, words, vectors, and the way back to the version's characters."""

from collections.abc import Sequence
from dataclasses import dataclass

from aligners.encoders import Array, Trace
from corpora.document import Repair, Segment, Version
from corpora.languages import Language
from corpora.segmenters.paragraphs import unrepaired
from divergence.score import Reason


@dataclass(frozen=True, slots=True)
class Side:
    """The segments of one version in one unit, read as one text with single spaces between them.

    `vector` has unit length, shape (dimensions,); `trace` is None when the encoder does not sum its tokens.
    """

    version: str
    language: Language
    segments: tuple[Segment, ...]
    repairs: tuple[Repair, ...]
    text: str
    vector: Array
    trace: Trace | None

    def reasons(self, start: int, stop: int, text: str) -> tuple[Reason, ...]:
        """Reasons for characters `start:stop` of this side's text, one for each segment they touch."""
        found, place = [], 0
        for segment in self.segments:
            first, last = max(start, place) - place, min(stop, place + len(segment.text)) - place
            if first < last:
                found.append(Reason(self.version, *unrepaired(segment, first, last, self.repairs), text))
            place += len(segment.text) + 1
        return tuple(found)


def joined(segments: Sequence[Segment]) -> str:
    """The text of a side: its segments with a space between them."""
    return " ".join(segment.text for segment in segments)


def make_side(
    version: Version, language: Language, segments: Sequence[Segment], vector: Array, trace: Trace | None
) -> Side:
    """The side of a unit that these segments fill."""
    return Side(version.id, language, tuple(segments), version.repairs, joined(segments), vector, trace)
