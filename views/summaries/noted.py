"""The notes of a document: where each stands, and which of them are looked for."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reviews.notes.note import Note
from reviews.notes.place import Places, places
from reviews.review import Review
from views.summaries import words

ORDERS = {
    "place": "by place in the text",
    "new": "newest first",
    "old": "oldest first",
    "changed": "changed last first",
}
Chosen = frozenset[str]
NONE: Chosen = frozenset()


@dataclass(frozen=True, slots=True)
class Noted:
    """A note, the units that its words stand in, and the one to go to; `unit` is None where none is known."""

    note: Note
    unit: str | None
    number: str
    place: tuple[int, int, int]
    units: Chosen = NONE


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which notes are looked for: each field that says something must fit. `categories` are ids by set."""

    text: str = ""
    categories: Mapping[str, Chosen] = field(default_factory=dict)
    hops: Chosen = NONE
    states: Chosen = NONE
    certainties: Chosen = NONE
    authors: Chosen = NONE
    is_lost: bool = False


def noted(review: Review) -> list[Noted]:
    """The notes in the order of their places in the text; those whose words are gone stand where these stood."""
    units = places(review.notes, review.document, review.alignment)
    names = words.numbers(review)
    found = (_placed(review, note, of_note, names) for note, of_note in zip(review.notes, units, strict=True))
    return sorted(found, key=lambda one: one.place)


def wanted(notes: Sequence[Noted], want: Wanted) -> list[Noted]:
    """Those of the notes that are looked for, in the same order."""
    text = folded(want.text)
    return [
        one
        for one in notes
        if all(one.note.categories.get(set) in ids for set, ids in want.categories.items() if ids)
        and (not want.hops or one.note.hop in want.hops)
        and (not want.states or one.note.state in want.states)
        and (not want.certainties or one.note.certainty in want.certainties)
        and (not want.authors or one.note.author in want.authors)
        and (not want.is_lost or any(anchor.gone for anchor in one.note.anchors))
        and (not text or any(text in folded(each) for each in _texts(one.note)))
    ]


def ordered(notes: Sequence[Noted], by: str) -> list[Noted]:
    """The notes in an order of `ORDERS`; those of one moment by place."""
    if by == "place":
        return sorted(notes, key=lambda one: one.place)
    return sorted(
        sorted(notes, key=lambda one: one.place),
        key=lambda one: one.note.changed if by == "changed" else one.note.created,
        reverse=by != "old",
    )


def folded(text: str) -> str:
    """The text as it is searched: without case, ё as е, blanks as one.

    >>> folded("Всё  ЕЩЁ")
    'все еще'
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("ё", "е").split())


def _texts(note: Note) -> Iterator[str]:
    """What is searched of a note."""
    yield from (note.body, note.evidence, *note.alternatives)
    yield from (anchor.quote for anchor in note.anchors)
    yield from (reply.body for reply in note.replies)


def _placed(review: Review, note: Note, units: Places, names: Mapping[str, str]) -> Noted:
    """The note with the unit of its first words."""
    if not units:
        return Noted(note, None, "", (len(review.ids), 0, 0))
    order = min(units)
    id = review.ids[order]
    return Noted(note, id, names[id], (order, *units[order]), frozenset(review.ids[one] for one in units))
