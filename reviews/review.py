"""A document with all that is known of it."""

from dataclasses import dataclass

from aligners.alignment import Alignment
from corpora.document import Document
from divergence.score import Divergence


@dataclass(frozen=True, slots=True)
class Review:
    """The whole walk's result: texts, alignment, divergence; `level` says what the segments are."""

    document: Document
    level: str
    alignment: Alignment
    divergences: tuple[Divergence, ...]

    def divergence(self, unit: int) -> dict[str, Divergence]:
        """The divergences of one unit by hop id."""
        return {one.hop: one for one in self.divergences if one.unit == unit}
