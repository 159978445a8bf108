"""The column of notes -> notes that were written or changed."""

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz

from corpora.tables.own import Said, said
from reviews.notes.note import Note
from reviews.returned.identity import categories, noted, notes_of
from reviews.returned.trial import Edited, Trial, state

# What is more like another note than this (rapidfuzz ratio, 0..100) is that note, changed.
ALIKE = 50


def find(edited: Sequence[Edited], trial: Trial) -> None:
    """Finds what was written into the cells of notes. A note that stands in several rows is changed by one of them."""
    versions = list(edited[0].line.sides) if edited else []
    of_unit = _of_unit(trial, versions)
    changed: dict[str, Said] = {}
    for one in edited:
        notes = of_unit.get(-1 if one.place is None else one.place, [])
        then = one.identity.stamps.get("notes", ("",))[0] if one.identity else ""
        became = state(one.line.notes, then, "\n".join(map(noted, notes))) if one.identity else "edited"
        if became == "kept" or (one.identity is None and not one.line.notes.strip()):
            continue
        new, pairs, gone = _matched(said(one.line.notes), notes)
        if became == "crossed" and (pairs or gone):
            trial.refuse(one.line.number, "The notes on this unit were changed meanwhile; look at them in the reader.")
            pairs, gone = [], []
        for note, text in pairs:
            _change(note, text, one, trial, changed)
        if gone:
            trial.refuse(one.line.number, "A note is not taken away by a table; take it away in the reader.")
        for text in new:
            _write(text, one, trial)


def _of_unit(trial: Trial, versions: Sequence[str]) -> dict[int, list[Note]]:
    """The notes by unit, as a table of these versions has them."""
    review = trial.review
    hops = {hop.id for hop in review.document.comparisons if [hop.source, hop.target] == list(versions)}
    only = len(versions) < len(review.document.versions)
    found: dict[int, list[Note]] = {}
    for note, units in notes_of(review, versions, next(iter(hops), "") if only else ""):
        for unit in units:
            found.setdefault(unit, []).append(note)
    return found


def _matched(cell: Sequence[Said], notes: Sequence[Note]) -> tuple[list[Said], list[tuple[Note, Said]], list[Note]]:
    """What a cell says anew, the notes that it says otherwise, and those that are missing in it."""
    left = list(notes)
    rest = []
    for one in cell:
        same = next((note for note in left if _says(note) == one), None)
        if same:
            left.remove(same)
        else:
            rest.append(one)
    pairs, new = [], []
    for one in rest:
        # What begins with a state was a note; what does not was typed.
        alike = sorted(left, key=lambda note: -fuzz.ratio(note.body, one.body))
        if one.state and alike and (len(left) == 1 or fuzz.ratio(alike[0].body, one.body) >= ALIKE):
            pairs.append((alike[0], one))
            left.remove(alike[0])
        else:
            new.append(one)
    return new, pairs, left


def _says(note: Note) -> Said:
    (one,) = said(noted(note))
    return one


def _change(note: Note, text: Said, one: Edited, trial: Trial, changed: dict[str, Said]) -> None:
    if note.id in changed:
        if changed[note.id] != text:
            trial.refuse(one.line.number, "The note was changed otherwise in another row; that one counts.")
        return
    changed[note.id] = text
    values: dict[str, Any] = {"note": note.id}
    was = _says(note)
    if text.body != was.body:
        values["body"] = text.body
    if text.state != was.state:
        values["state"] = text.state
    if text.categories != categories(note.categories):
        chosen = (part.partition(":") for part in text.categories.split(",") if part.strip())
        values["categories"] = {set.strip(): id.strip() for set, _, id in chosen}
    if text.author != was.author:
        trial.refuse(one.line.number, "Who wrote a note stays as it is.")
    if len(values) > 1:
        trial.change("change note", values, [one.line.number])


def _write(text: Said, one: Edited, trial: Trial) -> None:
    """A new note on all the words of its row."""
    anchors = []
    for version in trial.versions:
        side = one.line.sides.get(version.id)
        known = {f"{version.id}-{segment.index + 1}": segment for segment in version.segments}
        held = [known[id] for id in side.segments if id in known] if side else []
        if held:
            start, stop = held[0].start, held[-1].stop
            anchors.append({"version": version.id, "start": start, "stop": stop, "quote": version.text[start:stop]})
    if not anchors:
        trial.refuse(one.line.number, "The note stands beside no text.")
        return
    trial.change("note", {"anchors": anchors, "body": text.body}, [one.line.number])
