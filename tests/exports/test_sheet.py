"""The tables for spreadsheets: ready to be edited, opened by other programs, and read back without loss."""

import csv
import io
import shutil
import subprocess
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import aligners
import corpora
import exports
from aligners import given as brought
from corpora.building import clean
from corpora.contents import Contents, File
from exports import Selection, rows
from reviews.notes.note import checked, note_from
from reviews.returned import changes
from reviews.returned.identity import read
from reviews.review import Review
from tests.strategies import documents

KINDS = (".csv", ".xlsx")


def written(review: Review, kind: str, **how: str) -> File:
    return File(f"table{kind}", exports.to_bytes(Selection(review, **how), kind))


def noted(review: Review) -> Review:
    """The review with notes, statuses and a bookmark."""
    units = [place for place, unit in enumerate(review.alignment.units) if unit.origin != "set aside"]
    version = review.document.versions[-1]
    segment = version.segments[review.alignment.units[units[2]].sides[-1].start]
    at = {"version": version.id, "start": segment.start, "stop": segment.start + 9}
    values = {
        "anchors": [at], "body": "=Why?\n\nSee [open] page 5.", "author": "Kim; Lee",
        "created": "2026-11-26T12:00:00+00:00", "categories": {"mqm": "accuracy"}, "evidence": "p. 5",
    }  # fmt: skip
    note = replace(note_from(checked(values, document=review.document)), id="note1")
    made = list(review.alignment.units)
    made[units[0]] = replace(made[units[0]], status="confirmed")
    made[units[1]] = replace(made[units[1]], status="needs discussion")
    return replace(review, notes=(note,), alignment=replace(review.alignment, units=tuple(made)))


@pytest.fixture(scope="module")
def review(example_review) -> Review:
    return noted(example_review)


def test_the_sheet_is_ready_to_be_edited(review):
    book = openpyxl.load_workbook(io.BytesIO(written(review, ".xlsx").data))
    sheet = book["alignment"]
    names = {cell.value: cell.column_letter for cell in sheet[1]}
    assert sheet.freeze_panes == "A2"
    assert [letter for letter in names.values() if sheet.column_dimensions[letter].hidden] == [names["id"]]
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"confirmed,unconfirmed,needs discussion"'
    assert str(choice.sqref) == f"{names['status']}2:{names['status']}{sheet.max_row}"
    assert not sheet.protection.sheet
    opened = [name for name, letter in names.items() if not sheet[f"{letter}2"].protection.locked]
    assert opened == ["status", "ko text", "ko segments", "ru text", "ru segments", "en text", "en segments", "notes"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_every_row_says_which_unit_of_which_document_it_is(review):
    table = list(csv.DictReader(io.StringIO(written(review, ".csv").data.decode("utf-8-sig"), newline="")))
    assert list(table[0])[-1] == "id"
    own = [read(row["id"]) for row in table]
    assert {(one.document, one.level) for one in own} == {(review.document.id, "paragraph")}
    units = [one.unit for one, row in zip(own, table, strict=True) if row["origin"] != "set aside"]
    assert units == [f"u{number}" for number in range(1, len(units) + 1)]


def test_what_a_unit_is_over_each_step_is_told(review):
    table = list(csv.DictReader(io.StringIO(written(review, ".csv").data.decode("utf-8-sig"), newline="")))
    for row in table:
        if row["origin"] == "set aside":
            assert row["ko-ru kind"] == row["ru-en kind"] == row["ko-en kind"] == ""
            continue
        ko, ru, en = map(int, row["kind"].split(":"))
        for name, (a, b) in {"ko-ru": (ko, ru), "ru-en": (ru, en), "ko-en": (ko, en)}.items():
            what = "" if a and b else " omitted" if a else " added"
            assert row[f"{name} kind"] == (f"{a}:{b}{what}" if a or b else "") or row["moved"]


@pytest.mark.parametrize("how", [{}, {"only": "confirmed"}, {"hop": "ru-en"}])
def test_a_csv_file_says_what_it_was_made_of_in_its_first_row(review, how):
    selection = Selection(review, **how)
    table = list(csv.DictReader(io.StringIO(exports.to_bytes(selection, ".csv").decode("utf-8-sig"), newline="")))
    assert table[0]["about"].split("\n") == [f"{name}: {value}" for name, value in rows.about_rows(selection)]
    assert not any(row["about"] for row in table[1:])
    assert len(table) == len(selection.numbers)


def test_a_csv_file_says_what_it_leaves_out(review):
    assert exports.omitted(Selection(review), ".csv") == [
        "Of 1 note: alternatives, evidence, certainty, severity and replies."
    ]
    assert exports.omitted(Selection(replace(review, notes=())), ".csv") == []


def test_pandas_reads_the_same_from_both(review):
    sheet = pd.read_excel(io.BytesIO(written(review, ".xlsx").data), dtype=str, keep_default_na=False)
    table = pd.read_csv(io.BytesIO(written(review, ".csv").data), dtype=str, keep_default_na=False)
    assert [name for name in table if name != "about"] == list(sheet)
    for name in ("unit", "status", "ko text", "ru text", "en text", "ko segments", "ko-ru kind", "id"):
        assert list(table[name].str.replace(r"^'(?=[=+\-@])", "", regex=True)) == list(sheet[name])


def same(review: Review, found: Contents) -> None:
    """Checks that versions came back in full, with kinds, groups and statuses."""
    ids = [version.id for version in review.document.versions]
    assert [version.id for version in found.versions] == ids
    for old, new in zip(review.document.versions, found.versions, strict=True):
        kept = [segment for segment in old.segments if clean(segment.text)]
        assert [new.text[block.start : block.stop] for block in new.blocks] == [clean(one.text) for one in kept]
        assert [block.kind for block in new.blocks] == [segment.kind for segment in kept]
        assert [block.id for block in new.blocks] == [f"{old.id}-{segment.index + 1}" for segment in kept]
        assert (new.language, new.status) == (old.language, old.status)
    of: dict[int, set[tuple[str, str]]] = {}
    for version in found.versions:
        for block in version.blocks:
            if block.group is not None:
                of.setdefault(block.group, set()).add((version.id, block.id))
    for number, unit in enumerate(review.alignment.units):
        own = {
            (id, f"{id}-{index + 1}")
            for id, side in zip(ids, unit.sides, strict=True)
            for index in side.indexes
            if clean(review.document.version(id).segments[index].text)
        }
        assert unit.origin == "set aside" or not own or any(own <= held for held in of.values()), number
    confirmed = {block.id for version in found.versions for block in version.blocks if block.confirmed}
    assert confirmed == {
        f"{id}-{index + 1}"
        for unit in review.alignment.units
        for id, side in zip(ids, unit.sides, strict=True)
        for index in side.indexes
        if unit.status == "confirmed" and clean(review.document.version(id).segments[index].text)
    }


@pytest.mark.parametrize("kind", KINDS)
def test_versions_come_back_in_full(review, kind):
    found = corpora.contents(written(review, kind))
    same(review, found)
    assert [version.title for version in found.versions] == [version.title for version in review.document.versions]
    (remark,) = found.remarks
    assert remark.text == "=Why?\n\nSee [open] page 5."
    version = found.versions[remark.version]
    # A cell of a CSV file does not say on which of its unit's words a note stands.
    assert version.id == ("en" if kind == ".xlsx" else "ko")
    if kind == ".xlsx":
        words = version.text[remark.start : remark.stop]
        assert words.split() == review.notes[0].anchors[0].quote.split()
        assert (remark.author, remark.created) == ("Kim; Lee", "2026-11-26T12:00:00+00:00")
    assert found.warnings == ("1 unit in need of discussion, taken as unconfirmed.",)
    document = corpora.open_document(found.versions)
    units, _ = brought.units(document)
    assert [unit.kind for unit in units] == [unit.kind for unit in review.alignment.units if unit.origin != "set aside"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_of_a_document_says_that_it_is_one(review, kind):
    found = corpora.contents(written(review, kind, hop="ru-en"))
    assert [version.id for version in found.versions] == ["ru", "en"]
    assert found.warnings[0].startswith("The table does not hold all of its document, but")


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(document=documents(level="line"), data=st.data())
def test_any_document_comes_back_and_was_not_edited(kind, document, data):
    alignment = aligners.align(document, "diagonal")
    units = tuple(
        replace(unit, status=data.draw(st.sampled_from(["confirmed", "unconfirmed"]))) for unit in alignment.units
    )
    review = Review(document, "line", replace(alignment, units=units), ())
    file = written(review, kind)
    same(review, corpora.contents(file))
    assert changes(file, review) == ([], [])


OFFICE = shutil.which("soffice")


@pytest.mark.skipif(not OFFICE, reason="LibreOffice Calc is not installed; apt has it as libreoffice-calc-nogui")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("to", "end"),
    [("xlsx", ".xlsx"), ("csv:Text - txt - csv (StarCalc):44,34,76,1", ".csv"), ("ods", ".ods")],
    ids=["to-xlsx", "to-csv", "to-ods"],
)
def test_what_libreoffice_saves_again_reads_back_unchanged(review, tmp_path, kind, to, end):
    file = written(review, kind)
    (tmp_path / file.name).write_bytes(file.data)
    source = ["--infilter=CSV:44,34,76,1,,0,false,false"] if kind == ".csv" else []
    subprocess.run(
        [OFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", *source, "--convert-to", to,
         "--outdir", tmp_path / "saved", tmp_path / file.name],
        check=True, capture_output=True, timeout=200,
    )  # fmt: skip
    saved = File(f"table{end}", (tmp_path / "saved" / f"table{end}").read_bytes())
    assert changes(saved, review) == ([], [])
    same(review, corpora.contents(saved))
