"""Files of ours that somebody changed: what changed, by the names that units keep."""

from dataclasses import replace

import pytest

import exports
from corpora.contents import File
from corpora.errors import ReadError
from corpora.readers.edits import EditedNote, read_edits
from exports import Selection
from reviews.notes.anchor import anchor
from reviews.notes.note import Note


@pytest.fixture(scope="module")
def review(notice_review):
    """The notice with names that its units keep, a confirmed unit and a note."""
    units = list(notice_review.alignment.units)
    units[0] = replace(units[0], status="confirmed")
    text = notice_review.document.version("en").text
    start = text.index("peasants")
    note = Note("note 1", (anchor("en", text, start, start + 8),), body="Who?", author="Kim")
    return replace(
        notice_review,
        alignment=replace(notice_review.alignment, units=tuple(units)),
        ids=tuple(f"kept/{number}" for number in range(len(units))),
        notes=(note,),
    )


def written(review, kind: str) -> str:
    return exports.to_bytes(Selection(review, hop="ru-en"), kind).decode()


def edits(text: str, kind: str):
    return read_edits(File(f"returned{kind}", text.encode()))


KINDS = pytest.mark.parametrize("kind", [".tmx", ".xlf"])


@KINDS
def test_what_nobody_changed_is_unchanged(review, kind):
    found = edits(written(review, kind), kind)
    assert (found.document, found.level) == (review.document.id, "paragraph")
    assert found.digests == {id: review.document.version(id).digest for id in ("ru", "en")}
    assert not any(side.is_changed for unit in found.units for side in unit.sides.values())
    units = dict(zip(review.ids, review.alignment.units, strict=True))
    assert all(unit.status == units[unit.name].status for unit in found.units)
    assert {one.name for one in found.units} <= set(review.ids)
    (notes,) = (unit.notes for unit in found.units if unit.notes)
    assert [(note.id, note.author, note.text.split("\n")[0]) for note in notes] == [("note 1", "Kim", "Who?")]


@KINDS
def test_a_changed_text_is_told_with_its_segments(review, kind):
    found = edits(written(review, kind).replace("should join", "ought to join"), kind)
    (changed,) = [unit for unit in found.units if any(side.is_changed for side in unit.sides.values())]
    assert not changed.sides["ru"].is_changed
    assert "ought to join" in changed.sides["en"].text
    assert all(id.startswith("en-") for id in changed.sides["en"].segments)


def test_statuses_that_somebody_set_are_told(review):
    memory, hop = written(review, ".tmx"), written(review, ".xlf")
    both = [
        unit
        for unit in edits(hop, ".xlf").units
        if all(side.text for side in unit.sides.values()) and len(unit.sides) == 2
    ]
    assert {unit.status for unit in both} == {"confirmed", "unconfirmed"}
    later = edits(memory.replace(">unconfirmed<", ">confirmed<"), ".tmx")
    assert {unit.status for unit in later.units} == {"confirmed"}
    later = edits(hop.replace('state="translated"', 'state="final"'), ".xlf")
    names = {unit.name for unit in both}
    assert {unit.status for unit in later.units if unit.name in names} == {"confirmed"}


def test_a_translation_that_somebody_added_is_told(review):
    hop = written(review, ".xlf")
    lone = next(unit for unit in edits(hop, ".xlf").units if list(unit.sides) == ["en"])
    filled = edits(hop.replace("<source></source>", "<source>По радио.</source>", 1), ".xlf")
    added = next(unit for unit in filled.units if unit.name == lone.name)
    assert (added.sides["ru"].text, added.sides["ru"].is_changed, added.sides["ru"].segments) == ("По радио.", True, ())


@KINDS
def test_a_note_that_somebody_added_has_no_id(review, kind):
    text = written(review, kind)
    place = text.index("<segment") if kind == ".xlf" else text.index("<seg>")
    note = "<notes><note>New.</note></notes>" if kind == ".xlf" else "<note>New.</note>"
    found = edits(text[:place] + note + text[place:], kind)
    assert EditedNote("", "New.") in [note for unit in found.units for note in unit.notes]


@pytest.mark.parametrize(
    "text",
    ["<tmx><body/></tmx>", "<tmx><header/><body/></tmx>", "<xliff/>", "<xliff><file/></xliff>", "<html/>", "<", ""],
)
def test_a_file_that_is_none_of_ours_is_refused(text):
    with pytest.raises(ReadError, match="returned"):
        edits(text, ".xml")
