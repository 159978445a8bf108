"""Exported files opened by other programs."""

import csv
import io
import json
from dataclasses import replace

import pytest

import exports
from corpora.document import PLACEHOLDER_MARK
from corpora.errors import ExportError, UnknownName
from exports import Selection, rows
from reviews.notes.note import checked, note_from
from reviews.work import Verdict


@pytest.fixture(scope="module")
def tables(example_review):
    """The example in each format, read back as a list of rows by heading."""
    import pandas as pd

    files = {suffix: exports.to_bytes(Selection(example_review), suffix) for suffix in (".csv", ".xlsx")}
    sheet = pd.read_excel(io.BytesIO(files[".xlsx"]), sheet_name="alignment", dtype=str, keep_default_na=False)
    return {
        ".csv": list(csv.DictReader(io.StringIO(files[".csv"].decode("utf-8-sig")))),
        ".xlsx": sheet.to_dict("records"),
    }


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_every_unit_is_a_row(example_review, tables, suffix):
    assert [row["kind"] for row in tables[suffix]] == [unit.kind for unit in example_review.alignment.units]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("version", ["ko", "ru", "en"])
def test_every_segment_stands_in_the_table_once(example_review, tables, suffix, version):
    texts = [line for row in tables[suffix] for line in row[f"{version} text"].split("\n") if row[f"{version} text"]]
    whole = "\n".join(s.text for s in example_review.document.version(version).segments)
    assert "".join("\n".join(texts).split()) == "".join(whole.split())
    ids = [id for row in tables[suffix] for id in row[f"{version} segments"].split()]
    assert ids == [f"{version}-{n + 1}" for n in range(len(example_review.document.version(version).segments))]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_placeholders_are_marked_in_every_row(tables, suffix):
    for row in tables[suffix]:
        assert (row["ko status"], row["ru status"], row["en status"]) == (
            PLACEHOLDER_MARK,
            PLACEHOLDER_MARK,
            "published",
        )


def test_a_one_sided_unit_is_empty_on_the_other_sides(tables):
    lone = [row for row in tables[".csv"] if row["origin"] == "automatic" and row["kind"] == "1:0:0"]
    assert lone
    assert all(row["ko text"] and not row["ru text"] and not row["en text"] for row in lone)
    assert all(row["ko-ru divergence"] == "1.0" and row["ru-en divergence"] == "" for row in lone)


def test_xlsx_has_reasons_and_says_what_it_was_made_of(example_review):
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(exports.to_bytes(Selection(example_review), ".xlsx")))
    assert book.sheetnames == ["alignment", "reasons", "issues", "notes", "about"]
    assert book["alignment"].freeze_panes == "A2"
    assert len(list(book["reasons"].rows)) == len(rows.reason_rows(Selection(example_review))) + 1
    about = [str(cell.value) for row in book["about"].rows for cell in row if cell.value]
    assert any(example_review.alignment.signature == text for text in about)
    assert sum(PLACEHOLDER_MARK in text for text in about) == 2


def test_json_holds_the_contract(example_review):
    record = json.loads(exports.to_bytes(Selection(example_review), ".json"))
    sizes = {version["id"]: len(version["segments"]) for version in record["versions"]}
    for id, size in sizes.items():
        assert [index for unit in record["units"] for index in unit["sides"][id]] == list(range(size))
    for unit in record["units"]:
        assert unit["kind"] == ":".join(str(len(side)) for side in unit["sides"].values())
        assert 0 <= unit["confidence"] <= 1
        for hop in unit["hops"].values():
            assert 0 <= hop["divergence"] <= 1
            assert all(0 <= value <= 1 for value in hop["metrics"].values())
    assert {hop for unit in record["units"] for hop in unit["hops"]} == {"ko-ru", "ru-en", "ko-en"}
    assert [version["status"] for version in record["versions"]] == ["placeholder", "placeholder", "published"]


def test_json_reasons_quote_the_text(example_review):
    record = json.loads(exports.to_bytes(Selection(example_review), ".json"))
    reasons = [reason for unit in record["units"] for hop in unit["hops"].values() for reason in hop["reasons"]]
    assert reasons
    for reason in reasons:
        text = example_review.document.version(reason["version"]).text
        assert text[reason["start"] : reason["stop"]] == reason["words"] != ""


@pytest.mark.parametrize("text", ["=1+1", "+7", "-x", "@SUM(A1)", "\tx"])
def test_a_cell_is_never_a_formula(text, tmp_path):
    import openpyxl

    from corpora import read_bytes
    from reviews import prepare

    review = prepare(
        [read_bytes(text.encode(), "a.txt", "en"), read_bytes("Один.".encode(), "b.txt", "ru")], level="line"
    )
    cells = list(csv.DictReader(io.StringIO(exports.to_bytes(Selection(review), ".csv").decode("utf-8-sig"))))
    assert f"'{text}" in {row["en text"] for row in cells}
    book = openpyxl.load_workbook(io.BytesIO(exports.to_bytes(Selection(review), ".xlsx")))
    assert all(cell.data_type != "f" for row in book["alignment"].rows for cell in row)


def test_unknown_format_lists_the_known(example_review, tmp_path):
    with pytest.raises(UnknownName, match=r"\.xlsx, \.csv, .*\.json"):
        exports.write(example_review, tmp_path / "x.nope")


def test_missing_folder_is_said(example_review, tmp_path):
    with pytest.raises(ExportError, match="There is no folder"):
        exports.write(example_review, tmp_path / "nowhere" / "x.json")


def test_a_failed_write_leaves_the_old_file(example_review, tmp_path, monkeypatch):
    target = tmp_path / "x.json"
    target.write_text("old")
    monkeypatch.setattr(exports.os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(ExportError, match="no space left"):
        exports.write(Selection(example_review), target)
    assert target.read_text() == "old"


def test_a_title_too_long_for_a_cell_is_refused_and_named(example_review):
    english = example_review.document.version("en")
    versions = (*example_review.document.versions[:2], replace(english, title="A long title " * 3000))
    review = replace(example_review, document=replace(example_review.document, versions=versions))
    with pytest.raises(ExportError, match=r'"version en" on the sheet about has 39\d+ characters .* write CSV or JSON'):
        exports.to_bytes(Selection(review), ".xlsx")
    with pytest.raises(ExportError, match="on the sheet about"):
        exports.check(Selection(review), ".xlsx")
    exports.check(Selection(review), ".csv")
    assert exports.to_bytes(Selection(review), ".csv")


def test_a_text_too_long_for_a_cell_is_refused_and_named():
    from corpora import read_bytes
    from reviews import prepare

    long = "Он пришёл домой и лёг спать " * 1300
    review = prepare([read_bytes(b"One.", "a.txt", "en"), read_bytes(long.encode(), "b.txt", "ru")], level="line")
    with pytest.raises(ExportError, match=r"ru text of unit .* write CSV or JSON"):
        exports.to_bytes(Selection(review), ".xlsx")


def test_a_moved_passage_names_its_other_place(example_review):
    units = list(example_review.alignment.units)
    first = next(index for index, unit in enumerate(units) if unit.origin != "set aside")
    units[first] = replace(units[first], moved=(first + 2,))
    review = replace(example_review, alignment=replace(example_review.alignment, units=tuple(units)))
    ids = rows.unit_ids(review.alignment)
    table = list(csv.DictReader(io.StringIO(exports.to_bytes(Selection(review), ".csv").decode("utf-8-sig"))))
    assert table[first]["moved"] == ids[first + 2]
    assert [row["moved"] for row in table].count("") == len(table) - 1
    record = json.loads(exports.to_bytes(Selection(review), ".json"))
    assert record["units"][first]["moved"] == [ids[first + 2]]
    assert record["units"][first + 1]["moved"] == []


@pytest.fixture(scope="module")
def judged_review(example_review):
    """The example with a bookmark, a verdict and a note over two units of the English, in the unit of the first issue."""
    alignment = example_review.alignment
    ids = tuple(f"id{number}" for number in range(len(alignment.units)))
    one = next(each for each in example_review.divergences if each.issues)
    side = alignment.units[one.unit].sides[alignment.versions.index("en")]
    segments = example_review.document.version("en").segments
    places = [{"version": "en", "start": segments[side.start].start, "stop": segments[side.stop].start + 5}]
    note = note_from(
        checked(
            {
                "anchors": places, "body": "=Why so?", "hop": "ru-en", "categories": {"vinay-darbelnet": "calque"},
                "alternatives": ["one", "another"],
            },
            document=example_review.document,
        )
        | {"id": "note1", "author": "Kim", "created": "2026-11-26T12:00:00+00:00"}
    )  # fmt: skip
    verdict = Verdict(
        example_review.level,
        ids[one.unit],
        one.hop,
        one.issues[0].kind,
        (),
        "shift",
        "Kim",
        "2026-11-26T12:00:00+00:00",
    )
    return replace(
        example_review, ids=ids, notes=(note,), verdicts=(verdict,), bookmarks=frozenset({ids[one.unit]})
    ), one  # fmt: skip


def test_tables_hold_what_people_said(judged_review):
    import openpyxl

    review, one = judged_review
    table = list(csv.DictReader(io.StringIO(exports.to_bytes(Selection(review), ".csv").decode("utf-8-sig"))))
    noted = [number for number, row in enumerate(table) if row["notes"]]
    assert noted == [one.unit, one.unit + 1]
    assert table[one.unit]["notes"] == "[open; Kim; vinay-darbelnet:calque] =Why so?"
    assert [number for number, row in enumerate(table) if row["bookmarked"] == "yes"] == [one.unit]
    assert table[one.unit][f"{one.hop} issues"].split("\n")[0] == f"{one.issues[0].kind}: shift"
    book = openpyxl.load_workbook(io.BytesIO(exports.to_bytes(Selection(review), ".xlsx")))
    (headings, *notes) = [[cell.value for cell in row] for row in book["notes"].rows]
    assert len(notes) == 1
    told = dict(zip(headings, notes[0], strict=True))
    assert (told["body"], told["alternatives"], told["author"]) == ("=Why so?", "one\nanother", "Kim")
    assert told["units"] == " ".join(rows.unit_ids(review.alignment)[number] for number in noted)
    assert all(cell.data_type != "f" for row in book["notes"].rows for cell in row)
    issues = [[cell.value for cell in row] for row in book["issues"].rows][1:]
    assert len(issues) == sum(len(each.issues) for each in review.divergences)
    assert [row[4] for row in issues].count("shift") == 1


def test_the_record_holds_what_people_said(judged_review):
    review, one = judged_review
    record = json.loads(exports.to_bytes(Selection(review), ".json"))
    (note,) = record["notes"]
    ids = rows.unit_ids(review.alignment)
    assert note["units"] == [ids[one.unit], ids[one.unit + 1]]
    assert note["anchors"][0]["quote"]
    assert note_from({name: value for name, value in note.items() if name != "units"}) == review.notes[0]
    unit = record["units"][one.unit]
    assert unit["bookmarked"]
    assert unit["hops"][one.hop]["issues"][0] | {"strength": 0} == {
        "kind": one.issues[0].kind, "strength": 0, "verdict": "shift", "author": "Kim", "judged": "2026-11-26T12:00:00+00:00",
    }  # fmt: skip
