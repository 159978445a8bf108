"""The columns of text -> segments that read otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpora.document import Segment, Version
from reviews.returned.identity import segment_id, stamp
from reviews.returned.trial import Edited, Trial, state

# A shorter text may be that of two segments by chance.
LONG = 20


@dataclass(frozen=True, slots=True)
class _Edit:
    """A segment that is to read otherwise, and the row that says so."""

    version: Version
    segment: Segment
    text: str
    row: int


def find(edited: Sequence[Edited], trial: Trial) -> None:
    """Finds the segments whose text was edited in its cell.

    From the end of every version on: an edit moves the characters behind it, and what is still to be done stands before.
    """
    found: list[_Edit] = []
    for version in trial.versions:
        known = {segment_id(version.id, segment.index): segment for segment in version.segments}
        words = {stamp(segment.text): segment for segment in version.segments}
        for one in edited:
            found += _edits(one, version, known, words, trial)
    for edit in sorted(found, key=lambda one: -one.segment.start):
        values = {
            "version": edit.version.id, "segment": edit.segment.index, "start": edit.segment.start, "text": edit.text,
        }  # fmt: skip
        trial.change("edit", values, [edit.row])


def _edits(
    one: Edited, version: Version, known: dict[str, Segment], words: dict[str, Segment], trial: Trial
) -> list[_Edit]:
    """The edits in a cell."""
    side, row = one.line.sides.get(version.id), one.line.number
    if side is None:
        return []
    now, ids = trial.now(one, version)
    then = one.identity.stamps.get(version.id) if one.identity else None
    if then is None and one.identity is not None:
        return []
    if then is not None:
        became = state(side.text, then[0], now)
        if became == "kept":
            return []
        if became == "crossed":
            trial.refuse(row, f"The text of {version.id} was changed here meanwhile; look at it as it is now.")
            return []
    names = side.segments if one.identity is None or one.identity.unit in trial.moved else tuple(ids.split())
    if not names:
        if side.text.strip():
            trial.refuse(row, f"There is text of {version.id} without a segment; a table adds none.")
        return []
    if not side.text.strip():
        if one.identity is not None:
            trial.refuse(
                row, f"The text of {version.id} was taken away, but its ids ({', '.join(names)}) still stand there."
            )
        return []
    texts = side.pieces if names == side.segments else None
    if texts is None or any(name not in known for name in names):
        trial.refuse(
            row,
            f"The cell of {version.id} does not hold a line for each of its segments ({', '.join(names)}); keep one a "
            "line, and move their ids together with them.",
        )
        return []
    return [
        _Edit(version, known[name], text, row)
        for name, text in zip(names, texts, strict=True)
        if stamp(text) != stamp(known[name].text) and not _is_moved(text, known[name], words, version, row, trial)
    ]


def _is_moved(text: str, segment: Segment, words: dict[str, Segment], version: Version, row: int, trial: Trial) -> bool:
    """True, and refused, for a text that another segment has: it was moved without its id."""
    for line in (text, *text.split("\n")):
        other = words.get(stamp(line))
        if (
            len(line) >= LONG
            and other is not None
            and other.index != segment.index
            and stamp(line) != stamp(segment.text)
        ):
            here, there = (segment_id(version.id, index) for index in (segment.index, other.index))
            trial.refuse(
                row, f"What stands at {here} is the text of {there}; move the id from row to row, and the text with it."
            )
            return True
    return False
