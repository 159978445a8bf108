"""Tables edited and given back: what they change, done at a desk, and what no longer fits."""

import csv
import io
from collections.abc import Callable

import openpyxl
import pytest

import exports
from corpora.contents import File
from corpora.errors import ReadError, WorkbenchError
from exports import Selection
from reviews import find, prepare
from reviews.desk import Command, Desk
from reviews.machine import Machine
from reviews.returned import Change, Refusal, changes
from reviews.storage.store import Store
from tests.conftest import notice

Edit = Callable[[list[dict[str, str]]], object]


@pytest.fixture(scope="module")
def found() -> Machine:
    return find(notice())


@pytest.fixture
def desk(found, tmp_path) -> Desk:
    return Desk(Store(str(tmp_path / "relay.db")), lambda versions, **how: found)


@pytest.fixture
def document(desk) -> str:
    return desk.store.add(notice(), "A notice")


def review(desk: Desk, document: str):
    return desk.bench(document, "paragraph").review()


def as_csv(data: bytes, edit: Edit) -> File:
    """An exported CSV file with some of its cells changed."""
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    rows = list(reader)
    edit(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, reader.fieldnames or ())
    writer.writeheader()
    writer.writerows(rows)
    return File("returned.csv", text.getvalue().encode("utf-8-sig"))


def as_xlsx(data: bytes, edit: Edit) -> File:
    """An exported Excel file with some of its cells changed by another program."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["alignment"]
    names = [cell.value for cell in sheet[1]]
    rows = [
        {name: str(cell.value or "") for name, cell in zip(names, row, strict=True)}
        for row in sheet.iter_rows(min_row=2)
    ]
    old = [dict(row) for row in rows]
    edit(rows)
    for number, row in enumerate(rows):
        for column, name in enumerate(names, 1):
            if number >= len(old) or row.get(name, "") != old[number][name]:
                sheet.cell(number + 2, column).value = row.get(name, "") or None
    sheet.delete_rows(len(rows) + 2, len(old))
    memory = io.BytesIO()
    book.save(memory)
    return File("returned.xlsx", memory.getvalue())


@pytest.fixture(params=[(".csv", as_csv), (".xlsx", as_xlsx)], ids=["csv", "xlsx"])
def edited(request, desk, document):
    """Gives the table as it stands, edited, back, and says what it changes."""
    suffix, make = request.param

    def give(edit: Edit, *, meanwhile: Callable[[], object] = lambda: None, **how: str):
        data = exports.to_bytes(Selection(review(desk, document), **how), suffix)
        meanwhile()
        return changes(make(data, edit), review(desk, document))

    return give


def act(desk: Desk, document: str, made: list[Change], run: str = "a") -> None:
    """Does the changes, each with success."""
    seen = desk.bench(document, "paragraph").revision
    commands = [Command(number, one.kind, one.values, seen) for number, one in enumerate(made, 1)]
    receipts = desk.act(document, "paragraph", commands, run=run, author="Anna")
    assert [receipt.said for receipt in receipts if not receipt.done] == []


def kinds(desk: Desk, document: str) -> list[str]:
    return [":".join(str(len(side)) for side in row.sides) for row in desk.bench(document, "paragraph").work.rows]


def segments(desk: Desk, document: str, version: str) -> list[str]:
    return [one.text for one in desk.bench(document, "paragraph").work.document.version(version).segments]


def test_a_table_that_nobody_edited_changes_nothing(edited):
    assert edited(lambda rows: None) == ([], [])


def test_a_part_of_the_table_in_another_order_changes_nothing(edited):
    def edit(rows):
        rows.sort(key=lambda row: row["en text"])
        del rows[2:4]

    assert edited(edit, hop="ru-en") == ([], [])


def test_statuses_are_confirmed_and_taken_back(edited, desk, document):
    act(desk, document, [Change("confirm", {"units": ["u4"], "status": "confirmed"}, (), "")])

    def edit(rows):
        rows[0]["status"], rows[1]["status"], rows[2]["status"], rows[3]["status"] = (
            "confirmed",
            "да",
            "needs discussion",
            "",
        )

    made, refused = edited(edit)
    assert refused == []
    assert [(one.kind, one.rows) for one in made] == [("confirm", (2, 3)), ("confirm", (4,)), ("confirm", (5,))]
    assert made[0].said == "confirmed 2 units"
    act(desk, document, made, "b")
    rows = desk.bench(document, "paragraph").work.rows
    assert [row.status for row in rows[:4]] == ["confirmed", "confirmed", "needs discussion", "unconfirmed"]


def test_notes_are_written_and_changed_and_never_taken_away(edited, desk, document):
    work = desk.bench(document, "paragraph").work
    first = work.document.version("en").segments[0]
    anchors = [{"version": "en", "start": first.start, "stop": first.stop}]
    values = {"anchors": anchors, "body": "Why?\nSee page 5.", "categories": {"mqm": "accuracy"}}
    act(
        desk, document, [Change("note", values, (), ""), Change("note", {"anchors": anchors, "body": "Or so."}, (), "")]
    )

    def edit(rows):
        assert rows[0]["notes"] == "[open; Anna; mqm:accuracy] Why?\n  See page 5.\n[open; Anna] Or so."
        rows[0]["notes"] = "[settled; Anna; mqm:accuracy] Why so?\n  See page 5.\n=A new one"
        rows[1]["notes"] = "Here, too"

    made, refused = edited(edit)
    assert refused == [Refusal(2, "A note is not taken away by a table; take it away in the reader.")]
    assert [(one.kind, one.rows) for one in made] == [("change note", (2,)), ("note", (2,)), ("note", (3,))]
    act(desk, document, made, "b")
    work = desk.bench(document, "paragraph").work
    assert [(note.body, note.state) for note in work.notes.values()] == [
        ("Why so?\nSee page 5.", "settled"), ("Or so.", "open"), ("=A new one", "open"), ("Here, too", "open"),
    ]  # fmt: skip
    assert [one.version for one in list(work.notes.values())[2].anchors] == ["ko", "ru", "en"]


def test_texts_are_edited_from_the_end_on(edited, desk, document):
    def edit(rows):
        assert rows[1]["ko segments"] == "ko-2 ko-3"
        first, second = rows[1]["ko text"].split("\n")
        rows[0]["ko text"] = rows[0]["ko text"] + " (사본)"
        rows[1]["ko text"] = f"{first}\n{second} 끝."
        rows[2]["en text"] = "The following tasks"

    made, refused = edited(edit)
    assert refused == []
    assert [(one.kind, one.values["version"]) for one in made] == [("edit", "en"), ("edit", "ko"), ("edit", "ko")]
    before = segments(desk, document, "ko")
    act(desk, document, made)
    after = segments(desk, document, "ko")
    assert after == [before[0] + " (사본)", before[1], before[2] + " 끝.", *before[3:]]
    assert "The following tasks" in segments(desk, document, "en")


@pytest.mark.parametrize(
    ("ids", "wanted"),
    [
        (("", "ko-1 ko-2 ko-3", "ko-4"), ["0:1:1", "3:1:2", "1:1:1"]),
        (("ko-1 ko-2 ko-3", "", "ko-4"), ["3:1:1", "0:1:2", "1:1:1"]),
        (("ko-1", "ko-2", "ko-3 ko-4"), ["1:1:1", "1:1:2", "2:1:1"]),
        (("ko-1 ko-2", "ko-3 ko-4", ""), ["2:1:1", "2:1:2", "0:1:1"]),
    ],
)
def test_segment_ids_moved_from_row_to_row_move_the_segments(edited, desk, document, ids, wanted):
    def edit(rows):
        texts = {
            id: text
            for row in rows
            for id, text in zip(row["ko segments"].split(), row["ko text"].split("\n"), strict=False)
        }
        for row, own in zip(rows, ids, strict=False):
            row["ko segments"] = own
            row["ko text"] = "\n".join(texts[id] for id in own.split())

    assert kinds(desk, document)[:3] == ["1:1:1", "2:1:2", "1:1:1"]
    made, refused = edited(edit)
    assert refused == []
    assert {one.kind for one in made} == {"move"}
    act(desk, document, made)
    assert kinds(desk, document)[:3] == wanted


def test_ids_may_be_moved_without_their_texts(edited, desk, document):
    def edit(rows):
        rows[0]["ko segments"], rows[1]["ko segments"] = "ko-1 ko-2", "ko-3"
        rows[0]["status"] = "confirmed"

    made, refused = edited(edit)
    assert refused == []
    act(desk, document, made)
    assert kinds(desk, document)[:2] == ["2:1:1", "1:1:2"]
    assert desk.bench(document, "paragraph").work.rows[0].status == "confirmed"


def test_rows_that_are_emptied_or_added_merge_and_split_units(edited, desk, document):
    before = kinds(desk, document)

    def edit(rows):
        for id in ("ko", "ru", "en"):
            rows[2][f"{id} segments"] += f" {rows[3][f'{id} segments']}"
            rows[3][f"{id} segments"] = ""
        new = dict.fromkeys(rows[0], "") | {"ko segments": "ko-3", "en segments": "en-3"}
        rows[1]["ko segments"], rows[1]["en segments"] = "ko-2", "en-2"
        rows.insert(2, new)

    made, refused = edited(edit)
    assert refused == []
    act(desk, document, made)
    assert kinds(desk, document) == [before[0], "1:1:1", "1:0:1", "2:2:2", *before[4:]]


@pytest.mark.parametrize(
    ("row", "cells", "why"),
    [
        (0, {"status": "almost"}, 'There is no status "almost"; known are: confirmed, unconfirmed, needs discussion.'),
        (0, {"ko segments": "ko-1 ko-99"}, 'There is no segment "ko-99" of ko. No segment was moved.'),
        (0, {"ko segments": "ko-1 ko-2"}, "ko-2 stands in two rows. No segment was moved."),
        (0, {"ko segments": "ko-1 ko-1"}, "ko-1 stands twice. No segment was moved."),
        (1, {"ko segments": "ko-2"}, "ko-3 stands in no row any more. No segment was moved."),
        (1, {"ko segments": "ko-3 ko-2"}, "ko-2 stands behind ko-3, but the order of a text stays. No segment was moved."),
        (1, {"ko text": ""}, "The text of ko was taken away, but its ids (ko-2, ko-3) still stand there."),
        (1, {"ko text": "하나.\n둘.\n셋."}, "The cell of ko does not hold a line for each of its segments (ko-2, ko-3)"),
        (0, {"ko text": "농촌에서의 협동 경리에 대하여\n모든 농민들이 협동조합에 참가하여야 한다."}, "What stands at ko-1 is the text of ko-3"),
        (0, {"id": "u1"}, "it cannot be known again."),
        (1, {"id": "0123456789ab/paragraph u1 status:0 notes:0"}, "The row is of another document or level."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_its_row_and_the_reason(edited, desk, document, row, cells, why):
    made, refused = edited(lambda rows: rows[row].update(cells))
    assert made == []
    assert any(why in one.reason for one in refused)
    assert {one.row for one in refused} <= {0, row + 2, row + 3}


def test_a_row_that_was_copied_counts_once(edited):
    made, refused = edited(lambda rows: rows.append(rows[0] | {"status": "confirmed"}))
    assert (made, [one.reason for one in refused]) == (
        [],
        ["The unit stands in the table twice; the first row counts."],
    )


def test_what_others_did_meanwhile_is_not_undone(edited, desk, document):
    work = desk.bench(document, "paragraph").work
    english = work.document.version("en").segments
    other = [
        Change("confirm", {"units": ["u1"], "status": "needs discussion"}, (), ""),
        Change("move", {"version": "en", "segment": 2, "start": english[2].start, "unit": "u3"}, (), ""),
        Change("edit", {"version": "en", "segment": 0, "start": english[0].start, "text": "Another title"}, (), ""),
    ]

    def edit(rows):
        rows[0]["status"] = "confirmed"
        rows[0]["en text"] = "On cooperatives"
        rows[1]["en segments"], rows[2]["en segments"] = "en-2", "en-3 en-4"
        rows[4]["status"] = "confirmed"

    made, refused = edited(edit, meanwhile=lambda: act(desk, document, other))
    assert [(one.kind, one.rows) for one in made] == [("confirm", (6,))]
    assert [(one.row, one.reason.split(";")[0]) for one in refused] == [
        (2, "The status was set to needs discussion meanwhile."),
        (2, "The text of en was changed here meanwhile"),
    ]


def test_a_unit_that_is_gone_is_refused_only_where_its_row_was_edited(edited, desk, document):
    merge = [Change("merge", {"unit": "u2", "with": "above"}, (), "")]
    made, refused = edited(lambda rows: None, meanwhile=lambda: act(desk, document, merge))
    assert (made, refused) == ([], [])
    split = [Change("merge", {"unit": "u4", "with": "above"}, (), "")]
    made, refused = edited(
        lambda rows: rows[2].update(status="confirmed"), meanwhile=lambda: act(desk, document, split, "b")
    )
    assert made == []
    assert [(one.row, one.reason.split(";")[0]) for one in refused] == [(4, "The unit is not there any more")]


def test_a_table_of_sentences_goes_back_to_the_sentences_alone(desk, document):
    sentences = prepare(notice(), level="sentence")
    data = exports.to_bytes(Selection(sentences), ".csv")
    assert changes(as_csv(data, lambda rows: None), sentences) == ([], [])
    made, refused = changes(as_csv(data, lambda rows: rows[0].update(status="confirmed")), sentences)
    assert ([one.kind for one in made], refused) == (["confirm"], [])
    made, refused = changes(File("table.csv", data), review(desk, document))
    assert made == []
    assert [one.reason.split(";")[0] for one in refused] == ["The table is made by sentences, not paragraphs"]


def test_a_table_of_another_document_is_refused_as_a_whole(desk, document, example_review):
    data = exports.to_bytes(Selection(example_review), ".csv")
    made, refused = changes(File("other.csv", data), review(desk, document))
    assert made == []
    assert refused == [Refusal(0, "The table is of another document; give the one that was downloaded here.")]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.csv", b"ko,ru\na,b\n", "has not the columns"),
        ("a.xlsx", b"PK\x03\x04", "is not an Excel file"),
        ("a.pdf", b"%PDF", "is no table"),
    ],
)
def test_a_file_that_is_no_table_of_ours_is_told(desk, document, name, data, why):
    with pytest.raises(ReadError, match=why):
        changes(File(name, data), review(desk, document))


def test_any_cell_in_any_other_is_a_change_or_a_refusal_and_every_change_can_be_done(edited, desk, document):
    """Cells swapped at random: nothing but workbench errors, and what is not refused can be done in its order."""
    import random

    chance = random.Random(1955)
    for turn in range(25):

        def edit(rows):
            for _ in range(chance.randint(1, 6)):
                column = chance.choice(
                    ["status", "notes", "ko segments", "ru segments", "en segments", "ko text", "id"]
                )
                one, other = chance.choices(rows, k=2)
                one[column], other[column] = other[column], one[column]

        try:
            made, _ = edited(edit)
        except WorkbenchError as error:
            pytest.fail(str(error))
        act(desk, document, made, f"run{turn}")
