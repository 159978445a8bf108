"""Corrections of a text: what was read or typed wrong, and paragraphs that were cut wrong.

Offsets are code points of the version's text as it stands before the operation. An edit made at one level is carried
over to the other: there it changes the same characters, and cuts where that level cuts.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from aligners.alignment import Span
from corpora.document import Repair, Segment, Version
from corpora.errors import ConflictError, StoreError
from corpora.normalise import digest
from corpora.quoting import shortened
from corpora.segmenters.paragraphs import BY_HAND, repaired, unrepaired
from reviews.corrections.outcome import Outcome
from reviews.notes.anchor import Anchor, shifted
from reviews.operation import Operation
from reviews.work import Row, Work, by_hand, put

# Characters of the words that the account of an edit quotes.
TOLD = 60
Piece = tuple[int, int, str]


def edit(work: Work, operation: Operation) -> Outcome:
    """Words of one segment are changed. Values: `version`, `pieces` ([start, stop, new text], in order), `old`.

    `old` is what stood from the first piece's start to the last one's stop.
    """
    values = operation.values
    side = work.place(values["version"])
    version = work.versions[side]
    pieces = [(int(start), int(stop), str(text)) for start, stop, text in values["pieces"]]
    if not pieces or version.text[pieces[0][0] : pieces[-1][1]] != values["old"]:
        raise ConflictError(
            f"The text of {work.called(version.id)} was changed meanwhile; look at the page as it is now and try again."
        )
    touched = _holding(work, side, pieces[0][0], pieces[-1][1])
    for start, stop, text in reversed(pieces):
        work = _replaced(work, side, start, stop, text)
    first = work.index(touched[0]) + 1 if touched else 0
    where = f"unit {first}" if touched else "the apparatus"
    return Outcome(work, touched, f"changed {work.called(version.id)} in {where}: {_told(version, pieces)}")


def cut(work: Work, operation: Operation) -> Outcome:
    """A paragraph or sentence is cut in two. Values: `version`, `at`. Sentences stay uncut paragraphs' parts."""
    side, at = work.place(operation.values["version"]), int(operation.values["at"])
    version = work.versions[side]
    touched = _holding(work, side, at, at)
    if operation.level == work.level or (operation.level, work.level) == ("paragraph", "sentence"):
        work = _cut(work, side, at, new_paragraph=operation.level == "paragraph")
    where = f"unit {work.index(touched[0]) + 1}" if touched else "the apparatus"
    return Outcome(work, touched, f"cut a {operation.level} of {work.called(version.id)} in {where}")


def join(work: Work, operation: Operation) -> Outcome:
    """Two neighbouring segments become one. Values: `version`, `at`: a place between them or at the second one's start."""
    side, at = work.place(operation.values["version"]), int(operation.values["at"])
    version = work.versions[side]
    second = next((one for one in version.segments if one.start >= at), None)
    if work.level != operation.level:
        # Sentences stay apart when their paragraphs are joined; a paragraph holds its sentences joined or not.
        done = _paragraphs_joined(work, side, at) if operation.level == "paragraph" and second else work
        return Outcome(done, (), f"joined two {operation.level}s of {work.called(version.id)}")
    if second is None or not second.index:
        raise StoreError("There is nothing to join with; this is the first or the last one.")
    if operation.level == "sentence" and version.segments[second.index - 1].paragraph != second.paragraph:
        raise StoreError(
            "These sentences stand in two paragraphs; join the paragraphs first, at the level of paragraphs."
        )
    holders = [work.holder(version.id, index) for index in (second.index - 1, second.index)]
    done, touched = _joined(work, side, second.index - 1)
    if None not in holders and holders[0] != holders[1]:
        upper, lower = (int(place or 0) + 1 for place in holders)
        into = f"what stood in unit {lower} stands in unit {upper} now"
        return Outcome(done, touched, f"joined two {operation.level}s of {work.called(version.id)}; {into}")
    return Outcome(
        done,
        touched,
        f"joined two {operation.level}s of {work.called(version.id)} in unit {done.index(touched[0]) + 1}"
        if touched
        else f"joined two {operation.level}s of {work.called(version.id)}",
    )


def pieces_of(version: Version, segment: Segment, new: str) -> list[Piece]:
    """What has to be replaced in a version's text so that a segment reads as `new`, word by word."""
    from rapidfuzz.distance import Indel

    old_words, new_words = _tokens(segment.text), _tokens(_clean(new))
    if not "".join(new_words).strip():
        raise StoreError("A segment cannot become empty; join it to its neighbour, or leave a word in it.")
    places = [0]
    for word in old_words:
        places.append(places[-1] + len(word))
    found: list[Piece] = []
    for one in Indel.opcodes(old_words, new_words):
        if one.tag == "equal":
            continue
        start, stop = places[one.src_start], places[one.src_end]
        text = "".join(new_words[one.dest_start : one.dest_end])
        first, last = unrepaired(segment, start, stop, version.repairs)
        last = max(first, last)
        if found and found[-1][1] == first:
            found[-1] = (found[-1][0], last, found[-1][2] + text)
        else:
            found.append((first, last, text))
    return found


def _told(version: Version, pieces: Sequence[Piece]) -> str:
    """What an edit does to the words, in quotes, as far as they are few."""
    old, new, place = "", "", pieces[0][0]
    for start, stop, text in pieces:
        same = version.text[place:start]
        old, new, place = old + same + version.text[start:stop], new + same + text, stop
    before, after = (shortened(" ".join(words.split()), TOLD) for words in (old, new))
    if not old.strip():
        return f"“{after}” put in"
    return f"“{before}” became “{after}”" if new.strip() else f"“{before}” taken out"


def _clean(text: str) -> str:
    """The text as readers give it: composed, with single blanks, without blank lines."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(line for line in lines if line)


def _tokens(text: str) -> list[str]:
    """The text cut before and after every run of letters and digits."""
    return re.findall(r"\w+|\W", text)


def _replaced(work: Work, side: int, start: int, stop: int, text: str) -> Work:
    """The work with characters of one version replaced; a segment whose border is replaced is joined to the other."""
    version = work.versions[side]
    inside = [one for one in version.segments if one.start < stop and start < one.stop]
    if not inside and start == stop:
        inside = [one for one in version.segments if one.start <= start <= one.stop][:1]
    for _ in inside[1:]:
        work, _touched = _joined(work, side, inside[0].index)
    version = work.versions[side]
    whole = version.text[:start] + text + version.text[stop:]
    longer = len(text) - (stop - start)

    def moved(place: int) -> int:
        return place if place <= start else max(place + longer, start)

    repairs = tuple(
        one if one.stop <= start else replace(one, start=one.start + longer, stop=one.stop + longer)
        for one in version.repairs
        if one.stop <= start or one.start >= stop
    )
    chosen = inside[0].index if inside else None
    segments = []
    for one in version.segments:
        if one.index == chosen:
            first, last = min(one.start, start), max(one.stop, stop) + longer
            segments.append(replace(one, start=first, stop=last, text=repaired(whole, first, last, repairs)))
        elif one.start >= stop:
            segments.append(replace(one, start=one.start + longer, stop=one.stop + longer))
        else:
            segments.append(one)
    segments = [one if one.anchor is None else replace(one, anchor=moved(one.anchor)) for one in segments]
    blocks = tuple(
        replace(
            one,
            start=moved(one.start),
            stop=one.stop + longer if one.start <= start and stop <= one.stop else moved(one.stop),
            anchor=None if one.anchor is None else moved(one.anchor),
        )
        for one in version.blocks
    )
    made = replace(
        version, text=whole, digest=digest(whole), segments=tuple(segments), repairs=repairs,
        blocks=tuple(one for one in blocks if one.start < one.stop),
    )  # fmt: skip
    made = replace(
        made, statements=tuple(replace(s, start=moved(s.start), stop=moved(s.stop)) for s in made.statements)
    )
    return _anchors_moved(work.with_version(made), version.id, lambda one: shifted(one, start, stop, text, whole))


def _anchors_moved(work: Work, version: str, move: Callable[[Anchor], Anchor]) -> Work:
    """The work with every anchor in a version moved."""

    def each(anchors: Sequence[Anchor]) -> tuple[Anchor, ...]:
        return tuple(move(one) if one.version == version else one for one in anchors)

    notes = {id: replace(note, anchors=each(note.anchors)) for id, note in work.notes.items()}
    verdicts = tuple(replace(one, anchors=each(one.anchors)) for one in work.verdicts)
    return replace(work, notes=notes, verdicts=verdicts)


def _cut(work: Work, side: int, at: int, *, new_paragraph: bool) -> Work:
    """The work with a segment cut in two at a character, or only its paragraph, where sentences meet."""
    version = work.versions[side]
    segment = next((one for one in version.segments if one.start < at < one.stop), None)
    if segment is None and not (new_paragraph and work.level == "sentence"):
        raise StoreError("There is nothing to cut here; choose a place inside the text.")
    segments = list(version.segments)
    repairs = version.repairs
    if segment is not None:
        before, after = version.text[segment.start : at], version.text[at : segment.stop]
        first_stop = at - (len(before) - len(before.rstrip()))
        second_start = at + (len(after) - len(after.lstrip()))
        if first_stop <= segment.start or second_start >= segment.stop:
            raise StoreError("There is nothing to cut off here; choose a place inside the text.")
        # A joint that was mended right here is one no more.
        repairs = tuple(one for one in repairs if not (one.start < second_start and first_stop < one.stop))
        parts = ((segment.start, first_stop), (second_start, segment.stop))
        segments[segment.index : segment.index + 1] = [
            replace(segment, start=start, stop=stop, text=repaired(version.text, start, stop, repairs))
            for start, stop in parts
        ]
    if new_paragraph:
        segments = [replace(one, paragraph=one.paragraph + (one.start >= at)) for one in segments]
    made = replace(version, segments=_numbered(segments), repairs=repairs)
    done = work.with_version(made)
    return _spans_moved(done, side, segment.index, 1) if segment is not None else done


def _joined(work: Work, side: int, index: int) -> tuple[Work, tuple[str, ...]]:
    """The work with a segment and the next one joined, and the rows this touched."""
    version = work.versions[side]
    one, other = version.segments[index : index + 2]
    holders = work.holder(version.id, index), work.holder(version.id, index + 1)
    between = Repair(BY_HAND, one.stop, other.start, " " if one.stop < other.start else "")
    repairs = (
        tuple(sorted((*version.repairs, between), key=lambda repair: repair.start))
        if one.stop < other.start
        else version.repairs
    )
    kind = one.kind if one.is_body or not other.is_body else other.kind
    whole = replace(one, kind=kind, stop=other.stop, text=repaired(version.text, one.start, other.stop, repairs))
    segments = [*version.segments[:index], whole, *version.segments[index + 2 :]]
    if one.paragraph != other.paragraph:
        segments = [replace(s, paragraph=s.paragraph - (s.paragraph > one.paragraph)) for s in segments]
    heir = holders[0] if holders[0] is not None else holders[1]
    rows = list(work.rows)
    if None not in holders and holders[0] != holders[1]:
        # The whole stands where its beginning stood.
        upper, lower = rows[holders[0]], rows[holders[1]]  # type: ignore[index]
        rows[holders[0]] = by_hand(upper, upper.sides)  # type: ignore[index]
        rows[holders[1]] = by_hand(lower, _less_first(lower, side))  # type: ignore[index]
    made = work.with_version(replace(version, segments=_numbered(segments), repairs=repairs))
    touched = tuple(dict.fromkeys(work.rows[place].id for place in holders if place is not None))
    gone = {row.id: work.rows[heir].id for row in rows if heir is not None and not any(map(len, row.sides))}
    done = put(made, (row for row in rows if row.id not in gone), gone)
    return _spans_moved(done, side, index, -1), touched


def _less_first(row: Row, side: int) -> tuple[Span, ...]:
    return tuple(Span(s.start + 1, s.stop) if place == side else s for place, s in enumerate(row.sides))


def _paragraphs_joined(work: Work, side: int, at: int) -> Work:
    """The work with the paragraphs on both sides of a place counted as one; their sentences stay as they are."""
    version = work.versions[side]
    second = next(one for one in version.segments if one.start >= at)
    if not second.index or version.segments[second.index - 1].paragraph == second.paragraph:
        return work
    segments = [replace(one, paragraph=one.paragraph - (one.index >= second.index)) for one in version.segments]
    return work.with_version(replace(version, segments=tuple(segments)))


def _spans_moved(work: Work, side: int, index: int, by: int) -> Work:
    """The rows with the spans of one version moved, after a segment was cut in two (+1) or joined to the next (-1)."""

    def moved(span: Span) -> Span:
        if not len(span):
            return span
        return Span(span.start + by * (span.start > index), span.stop + by * (span.stop > index + (by < 0)))

    rows = (
        replace(row, sides=tuple(moved(span) if place == side else span for place, span in enumerate(row.sides)))
        for row in work.rows
    )
    return put(work, rows, {})


def _numbered(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments with their places as indexes; at the level of paragraphs each is one."""
    return tuple(one if one.index == index else replace(one, index=index) for index, one in enumerate(segments))


def _holding(work: Work, side: int, start: int, stop: int) -> tuple[str, ...]:
    """The rows that hold characters of a version."""
    version = work.versions[side]
    places = {work.holder(version.id, one.index) for one in version.segments if one.start <= stop and start <= one.stop}
    return tuple(work.rows[place].id for place in sorted(place for place in places if place is not None))


def edited(work: Work, wish: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an edit from what a page sends: `version`, `segment`, `start`, `text` (what it is to read)."""
    segment = work.segment(wish["version"], wish["segment"], wish["start"])
    version = work.versions[work.place(wish["version"])]
    pieces = pieces_of(version, segment, str(wish["text"]))
    if not pieces:
        raise StoreError("The text is the same as before; nothing was changed.")
    return {
        "version": version.id,
        "pieces": [list(one) for one in pieces],
        "old": version.text[pieces[0][0] : pieces[-1][1]],
    }


def cut_at(work: Work, wish: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a cut from what a page sends: `version`, `segment`, `start`, `offset` in the segment's text."""
    segment = work.segment(wish["version"], wish["segment"], wish["start"])
    version = work.versions[work.place(wish["version"])]
    if not 0 < wish["offset"] < len(segment.text):
        raise StoreError("There is nothing to cut off here; choose a place inside the text.")
    return {"version": version.id, "at": unrepaired(segment, 0, wish["offset"], version.repairs)[1]}


def joined_at(work: Work, wish: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a joint from what a page sends: `version`, `segment`, `start` of the second of the two."""
    segment = work.segment(wish["version"], wish["segment"], wish["start"])
    return {"version": wish["version"], "at": segment.start}


KINDS: dict[str, Any] = {"edit": edit, "cut": cut, "join": join}
WISHES: dict[str, Any] = {"edit": edited, "cut": cut_at, "join": joined_at}
