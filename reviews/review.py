"""A document with all that is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aligners.alignment import Alignment
from corpora.document import Document
from divergence.score import Divergence
from reviews.history import History
from reviews.notes.note import Note
from reviews.work import Verdict


@dataclass(frozen=True, slots=True)
class Review:
    """The whole walk's result: texts, alignment, divergence, and what people said; `level` says what the segments are.

    `alignment` is the one people corrected, where they did; `ids` are the names its units keep, in their order.
    `stale` are those whose divergence has not been measured since they changed. `history` is all that it came from.
    """

    document: Document
    level: str
    alignment: Alignment
    divergences: tuple[Divergence, ...]
    ids: tuple[str, ...] = ()
    stale: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    bookmarks: frozenset[str] = frozenset()
    history: History | None = field(default=None, repr=False, compare=False)
    # Made once: every screen and table asks for every unit.
    _by_unit: Mapping[int, dict[str, Divergence]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_unit: dict[int, dict[str, Divergence]] = {}
        for one in self.divergences:
            by_unit.setdefault(one.unit, {})[one.hop] = one
        object.__setattr__(self, "_by_unit", by_unit)

    def divergence(self, unit: int) -> dict[str, Divergence]:
        """The divergences of one unit by hop id."""
        return self._by_unit.get(unit, {})

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
