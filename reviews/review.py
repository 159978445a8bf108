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

    @property
    def doubt(self) -> str:
        """A sentence when the two versions of some step hardly share a unit, "" otherwise."""
        for hop in self.document.comparisons:
            places = [self.alignment.versions.index(id) for id in (hop.source, hop.target)]
            filled = [
                sum(1 for place in places if len(unit.sides[place]))
                for unit in self.alignment.units
                if unit.origin != "set aside"
            ]
            both, some = filled.count(2), len(filled) - filled.count(0)
            if both < some / 2:
                return (
                    f"Versions {hop.source} and {hop.target} share only {both} of {some} units; "
                    "they may not be versions of one text."
                )
        return ""
