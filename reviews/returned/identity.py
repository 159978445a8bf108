"""What a row of a written table says of itself, so that the table can be edited and read back.

A row is known by its document, level and unit. Of every cell that may be edited it has a stamp, a short digest of the
words that were written: a cell that still fits its stamp was not edited, and what stands in the document now was not
changed meanwhile where it fits it too.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aligners.alignment import Unit
from corpora.document import Version
from corpora.tables.own import Said, join, written
from reviews.notes.note import Note
from reviews.notes.place import places
from reviews.review import Review
from reviews.work import begun, woven

# Hexadecimal digits of a stamp: one of sixteen million edits goes unseen.
DIGITS = 6
# Cells that a row has once; the others it has for every version, a text and segment ids.
SINGLE = frozenset(("status", "notes"))
ROW = re.compile(r"(?P<document>[^\s/]+)/(?P<level>\w+) (?P<unit>\S+)(?P<stamps>(?: [^\s:]+:[0-9a-f.]+)*)")


@dataclass(frozen=True, slots=True)
class Identity:
    """The document, level and unit of a row, and the stamps of its cells.

    `stamps` are by "status", "notes", and by version: that of its text, and that of its segment ids.
    """

    document: str
    level: str
    unit: str
    stamps: Mapping[str, tuple[str, ...]]


def stamp(text: str) -> str:
    """The digest of a cell's words; blanks and line ends, which programs change by themselves, do not count."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:DIGITS]


def identity(review: Review, number: int, name: str, versions: Sequence[Version], notes: str) -> str:
    """What the row of a unit says of itself.

    Args:
        review: what the table is made of.
        number: the place of the unit in the alignment.
        name: the one that it keeps, of `names`.
        versions: those of the table.
        notes: what is written into the unit's cell of notes.
    """
    unit = review.alignment.units[number]
    of = [f"status:{stamp(unit.status)}", f"notes:{stamp(notes)}"]
    for version in versions:
        text, segments = written_side(review, unit, version)
        of.append(f"{version.id}:{stamp(text)}.{stamp(segments)}")
    return f"{review.document.id}/{review.level} {name} {' '.join(of)}"


def read(cell: str) -> Identity | None:
    """What a row says of itself, None where it says nothing or was tampered with."""
    match = ROW.fullmatch(" ".join(cell.split()))
    if not match:
        return None
    stamps = {name: tuple(of.split(".")) for name, of in (one.rsplit(":", 1) for one in match["stamps"].split())}
    if any(len(of) != (1 if name in SINGLE else 2) for name, of in stamps.items()) or not stamps.keys() >= SINGLE:
        return None
    return Identity(match["document"], match["level"], match["unit"], stamps)


def names(review: Review) -> list[str]:
    """The names that the units keep, in order; those they would begin with where nobody has worked on the document yet."""
    if review.ids:
        return list(review.ids)
    return woven(begun(review.document, review.level, review.alignment))[0]


def written_side(review: Review, unit: Unit, version: Version) -> tuple[str, str]:
    """The text and the segment ids that the cells of a unit have of a version."""
    side = unit.sides[review.alignment.versions.index(version.id)]
    text = join([version.segments[index].text for index in side.indexes])
    return text, " ".join(segment_id(version.id, index) for index in side.indexes)


def segment_id(version: str, index: int) -> str:
    """The id of a segment in every file: "ko-1" is the first of the Korean."""
    return f"{version}-{index + 1}"


def noted(note: Note) -> str:
    """A note as a cell has it: its state, author and categories, and what it says."""
    return written(Said(note.body, note.state, note.author, categories(note.categories)))


def categories(chosen: Mapping[str, str]) -> str:
    """The categories of a note in a line."""
    return ", ".join(f"{set}:{id}" for set, id in chosen.items())


def notes_of(review: Review, versions: Sequence[str], hop: str) -> list[tuple[Note, list[int]]]:
    """The notes on some versions, or on the one hop, with the units that hold their words; none where these are gone."""
    held = places(review.notes, review.document, review.alignment)
    return [
        (note, sorted(units))
        for note, units in zip(review.notes, held, strict=True)
        if note.hop in ("", hop or note.hop)
        and (not note.anchors or any(one.version in versions for one in note.anchors))
    ]
