"""How a document stands, told from what the store holds: nothing is aligned or measured for it."""

from collections.abc import Collection
from dataclasses import dataclass

from corpora.chain import assemble
from corpora.document import Document
from corpora.errors import WorkbenchError
from reviews.doubt import doubtful
from reviews.storage.store import Entry
from views import workroom
from views.labels import language_name

# The levels of the app, the one that a document is read at first in front.
LEVELS = {"paragraph": "paragraphs", "sentence": "sentences"}
ARROW, BESIDE = "→", "+"


@dataclass(frozen=True, slots=True)
class Link:
    """A version in its chain: how it is joined to the one before it, its language, whether it is a placeholder."""

    joint: str
    name: str
    is_placeholder: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a document stands at the level most of it was confirmed at; `level` is "" where it was never aligned.

    `doubtful` counts the doubtful units that nobody decided about. `problem` says why it cannot be read, "" if it can.
    """

    chain: tuple[Link, ...]
    level: str = ""
    units: int = 0
    confirmed: int = 0
    notes: int = 0
    doubtful: int = 0
    problem: str = ""

    @property
    def told(self) -> str:
        """The state in words."""
        if self.problem or not self.level:
            return self.problem or "Not aligned yet."
        notes = "1 note" if self.notes == 1 else f"{self.notes} notes"
        return (
            f"{self.confirmed} of {self.units} {'unit' if self.units == 1 else 'units'} by {LEVELS[self.level]} confirmed, "
            f"{notes}, {self.doubtful} doubtful"
        )


# By document: what a standing was made of, and the standing.
_known: dict[str, tuple[object, Standing]] = {}


def standing(entry: Entry, levels: Collection[str]) -> Standing:
    """How a document stands.

    Args:
        entry: the document as the list has it.
        levels: those at which it was aligned.
    """
    stamp = workroom.desk().store.place, entry.revision, frozenset(levels)
    kept = _known.get(entry.id)
    if kept is not None and kept[0] == stamp:
        return kept[1]
    try:
        made, is_final = _standing(entry.id, [level for level in LEVELS if level in levels])
    except WorkbenchError as error:
        return Standing((), problem=str(error))
    if is_final:
        _known[entry.id] = stamp, made
    return made


def chain(document: Document) -> tuple[Link, ...]:
    """The versions in chain order; a second one in a language is told by its siglum."""
    names = [language_name(version) for version in document.versions]
    links = []
    for place, (version, name) in enumerate(zip(document.versions, names, strict=True)):
        follows = place and version.source == document.versions[place - 1].id
        called = f"{name} ({version.id})" if names.count(name) > 1 else name
        links.append(Link(ARROW if follows else BESIDE if place else "", called, version.is_placeholder))
    return tuple(links)


def _standing(id: str, levels: Collection[str]) -> tuple[Standing, bool]:
    """How a document stands, and whether that holds until somebody does something to it."""
    desk = workroom.desk()
    if not levels:
        return Standing(chain(assemble(desk.store.versions(id)))), True
    found, is_final = [], True
    for level in levels:
        bench = desk.look(id, level)
        with bench.lock:
            work, review = bench.work, bench.review()
        # What is being measured in the background may be doubtful afterwards.
        is_final = is_final and not review.stale
        confirmed = sum(row.status == "confirmed" for row in work.rows)
        open_doubts = sum(not one.is_done for one in doubtful(review))
        found.append(Standing(chain(work.document), level, len(work.rows), confirmed, len(work.notes), open_doubts))
    return max(found, key=lambda one: one.confirmed), is_final
