"""The library on the command line: in, out, and from one format to another."""

import csv
import json
import zipfile
from pathlib import Path

import pytest


@pytest.fixture
def library(folder: Path) -> list[str]:
    return ["--database", str(folder / "library.db")]


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))


def test_texts_come_into_the_library_and_out_of_it(run, folder, library):
    done = run("import", "ko.txt", "ru.txt", "en.txt", "--title", "Отчёт", *library)
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith(': "Отчёт" is in the library.\n')
    done = run("export", "Отчёт", "-o", "out.csv", *library)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("out.csv: ")
    assert {name.split()[0] for name in rows(folder / "out.csv")[0] if name.endswith(" text")} == {"ko", "ru", "en"}


def test_a_document_is_named_by_the_beginning_of_its_id(run, folder, library):
    id = run("import", "ko.txt", "ru.txt", *library).out.split(":")[0]
    assert run("export", id[:6], "-o", "out.csv", *library).status == 0
    run("import", "ko.txt", "ru.txt", *library)
    done = run("export", "nothing", "-o", "out.csv", *library)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith('Error: There is no document "nothing" in the library; there are ')
    assert id[:8] in done.err


def test_two_documents_of_one_title_are_told_apart(run, folder, library):
    for _ in range(2):
        run("import", "ko.txt", "ru.txt", "--title", "Same", *library)
    done = run("export", "Same", "-o", "out.csv", *library)
    assert (done.status, done.err.startswith('Error: Several documents are called "Same": ')) == (1, True)


def test_the_chain_chooses_and_orders_the_versions(run, folder, library):
    run("import", "en.txt", "ru.txt", "ko.txt", "--chain", "ko,ru", "--title", "Two", *library)
    run("export", "Two", "-o", "out.json", *library)
    assert [one["id"] for one in json.loads((folder / "out.json").read_text())["versions"]] == ["ko", "ru"]
    done = run("import", "ko.txt", "ru.txt", "--chain", "ko,fr", *library)
    assert done.err == "Error: There is no version fr among ko, ru; name those with --chain.\n"


def test_a_record_comes_in_whole_and_alone(run, folder, library):
    run("align", "ko.txt", "ru.txt", "-o", "record.json")
    done = run("import", "record.json", "--title", "Again", *library)
    assert (done.status, done.err) == (0, "")
    assert run("export", "Again", "-o", "copy.json", *library).status == 0
    first, second = (json.loads((folder / name).read_text())["history"] for name in ("record.json", "copy.json"))
    assert {**first, "title": "Again", "changed": ""} == {**second, "changed": ""}
    done = run("import", "record.json", "ko.txt", *library)
    assert done.err == "Error: A record is a whole document; give it alone.\n"


def test_converting_leaves_the_library_alone(run, folder, library, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATABASE", str(folder / "library.db"))
    done = run("convert", "ko.txt", "ru.txt", "-o", "out.csv")
    assert (done.status, done.err) == (0, "")
    assert not (folder / "library.db").exists()


def test_a_hop_and_a_filter_are_honoured_and_stated(run, folder, library):
    run("import", "ko.txt", "ru.txt", "en.txt", "--title", "Three", *library)
    assert run("export", "Three", "-o", "out.csv", "--hop", "ru-en", "--only", "issues", *library).status == 0
    assert not any(name.startswith("ko") for name in next(csv.reader((folder / "out.csv").open(encoding="utf-8-sig"))))
    done = run("export", "Three", "-o", "out.json", "--hop", "ru-en", *library)
    assert "versions ru and en only" in json.loads((folder / "out.json").read_text())["selection"]
    assert done.err.startswith("Not in the file: What was done before")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["-o", "out.nope"], 'There is no file format called ".nope"'),
        (["-o", "out.csv", "--hop", "ko-xx"], 'There is no hop called "ko-xx"; known are: ko-ru.'),
        (["-o", "out.csv", "--only", "some"], 'There is no filter called "some"; known are: confirmed, issues, notes.'),
        (["-o", "ko.txt"], 'There is no file format called ".txt"'),
    ],
)
def test_what_cannot_be_written_is_said(run, folder, library, options, told):
    done = run("convert", "ko.txt", "ru.txt", *options)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(f"Error: {told}")


def test_an_archive_has_a_file_for_every_hop(run, folder, library):
    assert run("convert", "ko.txt", "ru.txt", "en.txt", "-o", "out.csv.zip").status == 0
    assert zipfile.ZipFile(folder / "out.csv.zip").namelist() == ["ko-ru.csv", "ru-en.csv", "ko-en.csv"]


def test_an_edited_table_changes_the_document(run, folder, library):
    run("import", "ko.txt", "ru.txt", "--title", "Edited", *library)
    run("export", "Edited", "-o", "out.csv", *library)
    head, first, *rest = (folder / "out.csv").read_text("utf-8-sig").splitlines()
    assert "unconfirmed" in first
    (folder / "out.csv").write_text("\n".join([head, first.replace("unconfirmed", "confirmed"), *rest]), "utf-8-sig")
    done = run("import", "out.csv", "--into", "Edited", "--try", *library)
    assert (done.status, done.err) == (0, "")
    assert done.out == "Row 2: confirmed unit 1.\n1 change would be made; nothing was changed.\n"
    assert run("import", "out.csv", "--into", "Edited", *library).out.endswith("1 change made.\n")
    run("export", "Edited", "-o", "again.csv", *library)
    assert rows(folder / "again.csv")[0]["status"] == "confirmed"
    # What the table says is what the document says now.
    assert run("import", "out.csv", "--into", "Edited", *library).out == "0 changes made.\n"
    done = run("import", "ko.txt", "--into", "Edited", *library)
    assert (done.status, done.err.startswith('Error: "ko.txt" is no table')) == (1, True)
