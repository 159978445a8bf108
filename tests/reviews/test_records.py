"""Records: out of one library and into another, and the same there."""

import copy
import json

import pytest

from corpora.contents import File
from corpora.errors import ReadError
from exports import Selection, to_bytes
from reviews import find, prepare
from reviews.desk import Command, Desk
from reviews.history import from_values, to_values
from reviews.records import read
from reviews.storage.store import Store
from tests.conftest import notice

NOTE = {"anchors": [{"version": "ru", "start": 0, "stop": 5}], "body": "=Why?", "categories": {}}


@pytest.fixture(scope="module")
def found():
    return find(notice())


def a_desk(found) -> Desk:
    return Desk(Store("sqlite://"), lambda versions, **how: found)


@pytest.fixture
def worked(found):
    """A desk with a document that people worked on, and its id."""
    desk = a_desk(found)
    id = desk.store.add(notice(), "A notice")
    first = desk.bench(id, "paragraph").work.rows[0]
    wishes = [
        ("merge", {"unit": "u2", "with": "above"}),
        ("confirm", {"units": [first.id], "status": "confirmed"}),
        ("note", NOTE),
        ("bookmark", {"unit": first.id, "on": True}),
        ("merge", {"unit": first.id, "with": "below"}),
        ("undo", {}),
    ]
    for number, (kind, values) in enumerate(wishes, 1):
        seen = desk.bench(id, "paragraph").revision
        (receipt,) = desk.act(id, "paragraph", [Command(number, kind, values, seen)], run="b.a", author="Анна")
        assert receipt.done, receipt.said
    return desk, id


def record(desk: Desk, id: str) -> bytes:
    return to_bytes(Selection(desk.review(id, "paragraph"), created="2026-01-01T00:00:00+00:00"), ".json")


def test_a_record_brought_in_is_the_same_document(worked, found):
    desk, id = worked
    data = record(desk, id)
    other = a_desk(found)
    copied = other.store.put(read(File("a.json", data)))
    assert other.store.history(copied) == desk.store.history(id)
    assert other.review(copied, "paragraph") == desk.review(id, "paragraph")
    # What is written of the copy is the same file, to the last byte.
    assert record(other, copied) == data


def test_what_was_done_before_can_be_taken_back_in_the_copy(worked, found):
    desk, id = worked
    other = a_desk(found)
    copied = other.store.put(read(File("a.json", record(desk, id))))
    (receipt,) = other.act(copied, "paragraph", [Command(1, "redo", {}, 6)], run="b.z", author="Анна")
    assert receipt.done, receipt.said
    assert len(other.bench(copied, "paragraph").work.rows) == len(desk.bench(id, "paragraph").work.rows) - 1


def test_a_review_that_no_library_holds_has_its_record_too():
    review = prepare(notice())
    history = read(File("a.json", to_bytes(Selection(review), ".json")))
    assert history == review.history
    assert from_values(to_values(history), "it") == history


def test_a_record_of_some_units_cannot_be_read_back_and_says_so(worked):
    desk, id = worked
    some = Selection(desk.review(id, "paragraph"), only="notes")
    data = json.loads(to_bytes(some, ".json"))
    assert len(data["units"]) == 1
    assert data["selection"].endswith("only units with notes.")
    with pytest.raises(ReadError, match=r'"a\.json" holds no record of a review'):
        read(File("a.json", json.dumps(data).encode()))


def broken(change):
    def made(values):
        change(values["history"])
        return json.dumps(values).encode()

    return made


BROKEN = {
    "no JSON": lambda values: b"{",
    "another JSON": lambda values: b"[1]",
    "deep nesting": lambda values: b"[" * 100_000,
    "a newer form": broken(lambda h: h.update(form=99)),
    "a missing key": broken(lambda h: h.pop("versions")),
    "a number for a text": broken(lambda h: h["versions"][0].update(text=7)),
    "no versions": broken(lambda h: h.update(versions=[])),
    "an unknown operation": broken(lambda h: h["operations"][0].update(kind="explode")),
    "an operation on a unit that is not there": broken(lambda h: h["operations"][0].update(values={"unit": "u99"})),
    "operations out of order": broken(lambda h: h["operations"].reverse()),
    "a unit beyond the text": broken(
        lambda h: h["levels"]["paragraph"]["alignment"]["units"][0]["sides"][0].update(start=5000, stop=5001)
    ),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_record_is_refused_in_a_sentence(how, worked):
    desk, id = worked
    values = copy.deepcopy(json.loads(record(desk, id)))
    with pytest.raises(ReadError, match=r'"a\.json".*\.$') as caught:
        read(File("a.json", BROKEN[how](values)))
    assert "\n" not in str(caught.value)
