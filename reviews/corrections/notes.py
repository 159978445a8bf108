"""Notes on translators' choices: written, changed, answered, taken away."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from corpora.document import Segment
from corpora.errors import ConflictError, StoreError
from corpora.quoting import shortened
from corpora.segmenters.paragraphs import unrepaired
from reviews.corrections.outcome import Outcome
from reviews.notes.note import Note, Reply, checked, note_from, to_values
from reviews.operation import Operation
from reviews.work import Work

# Characters of the words that a refusal quotes.
TOLD = 60
# What a change leaves as it was.
FIXED = ("id", "author", "created", "replies")


def write(work: Work, operation: Operation) -> Outcome:
    """A new note. Values: those of a note without id, author and dates."""
    id = f"note{operation.id}"
    made = {"id": id, "author": operation.author, "created": operation.created, "changed": operation.created}
    note = note_from({**operation.values, **made})
    return Outcome(replace(work, notes={**work.notes, id: note}), (id,), "wrote a note")


def change(work: Work, operation: Operation) -> Outcome:
    """A note with other contents. Values: `note` (its id), and those of a note that are to be changed."""
    note = _note(work, operation.values)
    given = {name: value for name, value in operation.values.items() if name != "note"}
    made = note_from({**to_values(note), **given, "changed": operation.created})
    return Outcome(replace(work, notes={**work.notes, note.id: made}), (note.id,), "changed a note")


def remove(work: Work, operation: Operation) -> Outcome:
    """A note is taken away. Values: `note`."""
    note = _note(work, operation.values)
    left = {id: one for id, one in work.notes.items() if id != note.id}
    return Outcome(replace(work, notes=left), (note.id,), "took a note away")


def reply(work: Work, operation: Operation) -> Outcome:
    """A note is answered. Values: `note`, `body`."""
    note = _note(work, operation.values)
    answer = Reply(operation.author, operation.created, operation.values["body"])
    made = replace(note, replies=(*note.replies, answer))
    # Answers do not get into each other's way.
    return Outcome(replace(work, notes={**work.notes, note.id: made}), (), "answered a note")


def written(work: Work, wish: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a new note from what a page sends: checked, with quotes and context from the text."""
    made = checked(_standing(work, wish), document=work.document)
    return {name: value for name, value in made.items() if name not in (*FIXED, "changed")}


def changed(work: Work, wish: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a change from what a page sends: only what is to be different."""
    note = _note(work, wish)
    given = {name: value for name, value in _standing(work, wish).items() if name != "note"}
    old = {name: value for name, value in to_values(note).items() if name not in (*FIXED, "changed")}
    # A place that is gone stands nowhere in the text, so the places are checked only where they are new.
    made = checked({**old, **given}, document=work.document if "anchors" in given else None)
    return {"note": note.id, **{name: made[name] for name in given}}


def answered(work: Work, wish: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an answer from what a page sends."""
    note = _note(work, wish)
    body = str(wish["body"]).strip()
    if not body:
        raise StoreError("The answer is empty; write something first.")
    return {"note": note.id, "body": body}


def _standing(work: Work, wish: Mapping[str, Any]) -> Mapping[str, Any]:
    """The wish with its anchors as characters of their versions.

    A page may send `version`, `segment`, `start` (the segment's first character) and `words`, the first and the last
    character, exclusive, in the segment's text.
    """
    if not any("words" in one for one in wish.get("anchors", ())):
        return wish
    anchors = []
    for one in wish["anchors"]:
        if "words" not in one:
            anchors.append(one)
            continue
        segment, first, last = _words(work, one)
        repairs = work.versions[work.place(one["version"])].repairs
        if not 0 <= first < last <= len(segment.text):
            raise StoreError("The words of the note do not stand in this segment; select them again.")
        start, stop = unrepaired(segment, first, last, repairs)
        anchors.append({"version": one["version"], "start": start, "stop": stop})
    return {**wish, "anchors": anchors}


def _words(work: Work, place: Mapping[str, Any]) -> tuple[Segment, int, int]:
    """The segment that words stand in, and their characters there; where it is another one, they are looked for by `quote`.

    Raises:
        ConflictError: they stand there no more, and in no other place alone.
    """
    first, last = place["words"]
    quote = str(place.get("quote", ""))
    try:
        return work.segment(place["version"], place["segment"], place["start"]), first, last
    except ConflictError:
        segments = work.versions[work.place(place["version"])].segments
        same = segments[place["segment"]] if place["segment"] < len(segments) else None
        if same and quote and same.text[first:last] == quote:
            return same, first, last
        found = [(one, one.text.index(quote)) for one in segments if quote and one.text.count(quote) == 1]
        if len(found) != 1 or sum(one.text.count(quote) for one in segments) != 1:
            raise ConflictError(
                f"The words “{shortened(quote, TOLD)}” of {work.called(place['version'])} were changed meanwhile; select "
                "them again, and leave out the old ones."
            ) from None
        segment, start = found[0]
        return segment, start, start + len(quote)


def _note(work: Work, values: Mapping[str, Any]) -> Note:
    """The note an operation is about.

    Raises:
        ConflictError: it is gone.
    """
    id = str(values["note"])
    if id not in work.notes:
        raise ConflictError("This note was taken away meanwhile; look at the page as it is now.")
    return work.notes[id]


KINDS: dict[str, Any] = {"note": write, "change note": change, "remove note": remove, "reply": reply}
WISHES: dict[str, Any] = {"note": written, "change note": changed, "reply": answered}
