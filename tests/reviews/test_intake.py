"""Contents of files become documents: versions in order, remarks as notes, or nothing at all."""

import pytest

from corpora import read_bytes
from corpora.contents import Contents, Remark, together
from corpora.errors import ReadError, WorkbenchError
from reviews.intake import bring_in, in_chain
from reviews.notes.note import LONGEST
from reviews.storage.store import Store


def version(id: str, text: str):
    return read_bytes(text.encode(), f"{id}.txt", id)


KOREAN, RUSSIAN = version("ko", "우리 나라는 통일되지 못하였다."), version("ru", "Наша страна не воссоединена.")


@pytest.fixture
def store() -> Store:
    return Store("sqlite://")


def notes(store: Store, id: str):
    return [one.operation for one in store.operations(id)]


def test_remarks_become_notes_on_their_words_with_their_authors(store):
    remark = Remark(1, 5, 11, "Why this word?", "Ким", "1955-02-01T10:00:00+00:00")
    id = bring_in(store, Contents((KOREAN, RUSSIAN), (remark,)), author="me")
    (made,) = notes(store, id)
    assert (made.author, made.created) == ("Ким", "1955-02-01T10:00:00+00:00")
    (place,) = made.values["anchors"]
    assert (place["version"], place["quote"]) == ("ru", "страна")
    assert made.values["body"] == "Why this word?"


def test_a_remark_without_author_is_by_who_brings_it_in(store):
    id = bring_in(store, Contents((KOREAN, RUSSIAN), (Remark(0, 0, 2, "Here"),)), author="me")
    assert notes(store, id)[0].author == "me"


def test_a_remark_longer_than_a_note_becomes_several_and_loses_nothing(store):
    text = "word " * (LONGEST["body"] // 2)
    id = bring_in(store, Contents((KOREAN, RUSSIAN), (Remark(0, 0, 2, text),)))
    made = notes(store, id)
    assert len(made) == 3
    assert "".join("".join(one.values["body"].split()) for one in made) == "word" * (LONGEST["body"] // 2)


def test_versions_in_one_language_get_numbers(store):
    id = bring_in(store, Contents((KOREAN, RUSSIAN, RUSSIAN)))
    assert [one.id for one in store.versions(id)] == ["ko", "ru", "ru2"]


@pytest.mark.parametrize("found", [Contents((KOREAN,)), Contents((KOREAN, RUSSIAN), (Remark(0, 5, 5000, "Where?"),))])
def test_what_makes_no_document_leaves_nothing_behind(store, found):
    with pytest.raises(WorkbenchError):
        bring_in(store, found)
    assert not store.documents()


def test_the_chain_orders_the_versions_and_their_remarks_go_with_them():
    found = in_chain(Contents((RUSSIAN, KOREAN), (Remark(0, 0, 4, "on the Russian"),)), ["ko", "ru"])
    assert [one.id for one in found.versions] == ["ko", "ru"]
    assert found.remarks[0].version == 1
    with pytest.raises(ReadError, match="There is no version en among ru, ko"):
        in_chain(Contents((RUSSIAN, KOREAN)), ["ko", "en"])


def test_contents_of_several_files_keep_their_remarks_apart():
    whole = together([Contents((KOREAN,), (Remark(0, 0, 1, "a"),)), Contents((RUSSIAN,), (Remark(0, 0, 1, "b"),))])
    assert [(one.version, one.text) for one in whole.remarks] == [(0, "a"), (1, "b")]
