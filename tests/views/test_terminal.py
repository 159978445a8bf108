"""The command line: what it writes, and that every mistake is one line and exit status 1."""

import csv
import json
import os
import socket
from pathlib import Path

import docx
import openpyxl
import pytest

from corpora import example
from exports import EXPORTERS, OF_HOP
from tests.aligners.test_moved import swapped
from tests.views.conftest import ENGLISH, KOREAN, RUSSIAN
from views import server
from views.commands import aligning

ROOT = Path(__file__).parents[2]
BAD = {
    "a missing file": (["ko.txt", "nothing.txt"], 'There is no file "nothing.txt"'),
    "an empty file": (["ko.txt", "empty.txt"], '"empty.txt" is empty'),
    "a blank file": (["ko.txt", "blank.txt"], '"blank.txt" is empty'),
    "a binary file": (["ko.txt", "binary.txt"], '"binary.txt" is not a text file'),
    "an undecodable file": (["ko.txt", "undecodable.txt"], "its encoding cannot be told"),
    "a torn UTF-16 file": (["ko.txt", "torn.txt"], "does not fit"),
    "only front matter": (["ko.txt", "front.txt"], '"front.txt" holds no text besides front matter'),
    "a folder": (["ko.txt", "folder"], '"folder" cannot be read'),
    "one version": (["ko.txt"], "There is only one version"),
    "the same id twice": (["ko.txt", "en=en.txt", "en=en.txt"], 'Two versions are called "en"'),
    "Korean given as Russian": (["ru=ko.txt", "en.txt"], "was given as Russian (ru) but is written in Hangul"),
    "an unknown method": (["ko.txt", "en.txt", "--method", "magic"], 'There is no method called "magic"'),
    "an unknown encoder": (["ko.txt", "en.txt", "--encoder", "magic"], 'There is no encoder called "magic"'),
    "an unknown level": (["ko.txt", "en.txt", "--level", "word"], 'There is no level called "word"'),
    "an unknown suffix": (["ko.txt", "en.txt", "-o", "out.pdf"], 'There is no file format called ".pdf"'),
    "no suffix": (["ko.txt", "en.txt", "-o", "out"], 'There is no file format called "out"'),
    "no such folder": (["ko.txt", "en.txt", "-o", "nowhere/out.csv"], 'There is no folder "nowhere"'),
    "a folder to write to": (["ko.txt", "en.txt", "-o", "folder.csv"], '"folder.csv" cannot be written'),
}


def texts(record: Path) -> dict[str, list[str]]:
    """The text segments of each version in a JSON record."""
    return {
        version["id"]: [segment["text"] for segment in version["segments"]]
        for version in json.loads(record.read_text("utf-8"))["versions"]
    }


# ---- good runs --------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", EXPORTERS)
def test_the_example_is_written_in_every_format(run, folder: Path, suffix: str) -> None:
    output = folder / (f"chain{suffix}.zip" if suffix in OF_HOP else f"chain{suffix}")
    done = run("example", "-o", str(output), "--method", "diagonal")
    assert done.status == 0
    # What a kind of file cannot hold is said, and nothing else.
    assert all(line.startswith("Not in the file: ") for line in done.err.splitlines())
    assert str(output) in done.out
    assert output.stat().st_size
    assert done.out.count("placeholder, written for demonstration, not archival") == 2
    if suffix == ".json":
        assert list(texts(output)) == ["ko", "ru", "en"]
    elif suffix == ".csv":
        rows = list(csv.DictReader(output.open(encoding="utf-8-sig", newline="")))
        assert any(row["ko text"].startswith(example.versions()[0].title) for row in rows)
    elif suffix == ".docx":
        assert docx.Document(output).core_properties.title == example.versions()[2].title
    elif suffix == ".xlsx":
        assert openpyxl.load_workbook(output).sheetnames == ["alignment", "reasons", "issues", "notes", "about"]


def test_files_are_told_apart_by_their_letters(run, folder: Path) -> None:
    done = run("align", "ko.txt", "ru.txt", "en.txt", "other.txt", "-o", "out.json")
    assert (done.status, done.err) == (0, "")
    assert texts(folder / "out.json") == {
        "ko": KOREAN.split("\n")[::2][:2],
        "ru": RUSSIAN.split("\n")[::2][:2],
        "en": ENGLISH.split("\n")[::2][:2],
        "en2": ENGLISH.replace("still", "yet").split("\n")[::2][:2],
    }


UNITS = "id\tko\tru\ten\n1\t그들은 싸우지 않았다.\tОни не сражались.\tThey did fight.\n2\t둘째 문장이다.\t\tThe second sentence.\n"


def test_units_are_scored_one_object_a_unit(run, folder: Path) -> None:
    (folder / "units.tsv").write_text(UNITS, "utf-8")
    done = run("score", "units.tsv", "--chain", "ko,ru,en", "-o", "out.jsonl")
    assert (done.status, done.err, done.out) == (0, "", "out.jsonl: 2 units, 2 of them with an issue\n")
    first, second = map(json.loads, (folder / "out.jsonl").read_text("utf-8").splitlines())
    assert list(first["hops"]) == ["ko-ru", "ru-en", "ko-en"]
    assert [hop for hop, one in first["hops"].items() if one["issues"]] == ["ru-en", "ko-en"]
    (issue,) = first["hops"]["ru-en"]["issues"]
    assert (issue["kind"], [span["version"] for span in issue["spans"]]) == ("negation", ["ru"])
    (span,) = issue["spans"]
    assert "Они не сражались."[span["start"] : span["stop"]] == "не"
    assert (first["attribution"]["hop"], first["attribution"]["version"]) == ("ru-en", "en")
    assert second["attribution"]["hop"] == "detour"
    assert all(0 <= value <= 1 for one in first["hops"].values() for value in one["metrics"].values())


def test_languages_without_word_lists_are_scored_without_them_and_that_is_said(run, folder: Path) -> None:
    rows = "de\tfr\nDer Redner Harrison kam 1955 nach Bern.\tMonsieur Harrison est venu à Berne en 1956.\n"
    rows += "Das Wetter war schön.\tIl faisait beau.\n"
    (folder / "units.tsv").write_text(rows, "utf-8")
    done = run("score", "units.tsv", "--chain", "de,fr", "-o", "out.jsonl")
    assert done.out.splitlines()[1:] == [
        "de-fr: no names were looked for in the German itself, where every noun has a capital.",
        "de-fr: negation, modality and wording were not measured, because there are no word lists for German and French.",
    ]
    first = json.loads((folder / "out.jsonl").read_text("utf-8").splitlines()[0])["hops"]["de-fr"]
    assert {"meaning", "omission", "addition", "quantities", "names", "length"} == set(first["metrics"])
    assert [issue["kind"] for issue in first["issues"]] == ["quantities"]


def test_words_are_linked_in_pharaoh_form(run, folder: Path) -> None:
    (folder / "pairs.tsv").write_text("The war was halted .\tВойна была прервана .\n", "utf-8")
    done = run("link", "pairs.tsv", "--source", "en", "--target", "ru", "--tokenised", "-o", "links.txt")
    assert (done.status, done.err, done.out) == (0, "", "links.txt: 1 pairs\n")
    assert {"1-0", "3-2", "4-3"} <= set((folder / "links.txt").read_text("utf-8").split())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["score", "no.tsv", "--chain", "ko,ru"], 'There is no file "no.tsv"'),
        (["score", "units.tsv", "--chain", "ko"], "A chain has two or more different versions"),
        (["score", "units.tsv", "--chain", "ko,ko"], "A chain has two or more different versions"),
        (["score", "units.tsv", "--chain", "ko,de"], 'there is no version "de"'),
        (["score", "units.tsv", "--chain", "ko,?"], '"?" is not a language tag'),
        (["score", "units.tsv", "--chain", "ko,ru", "--encoder", "magic"], 'There is no encoder called "magic"'),
        (["link", "no.tsv", "--source", "en", "--target", "ru"], 'There is no file "no.tsv"'),
        (["link", "units.tsv", "--source", "?", "--target", "ru"], '"?" is not a language tag'),
    ],
)
def test_what_cannot_be_scored_or_linked_is_one_line(run, folder: Path, arguments: list[str], told: str) -> None:
    (folder / "units.tsv").write_text(UNITS, "utf-8")
    done = run(*arguments, "-o", "out.txt")
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert told in done.err
    assert not (folder / "out.txt").exists()


def test_a_table_is_not_written_over_itself(run, folder: Path) -> None:
    (folder / "units.tsv").write_text(UNITS, "utf-8")
    done = run("score", "units.tsv", "--chain", "ko,ru", "-o", "units.tsv")
    assert done.status == 1
    assert (folder / "units.tsv").read_text("utf-8") == UNITS


def test_a_passage_that_has_moved_is_told_apart_from_one_that_is_missing(run, folder: Path) -> None:
    for name, version in zip(("ko", "ru", "en"), swapped(2, 1, 5).versions, strict=True):
        (folder / f"{name}.txt").write_text("\n\n".join(segment.text for segment in version.body), encoding="utf-8")
    done = run("align", "ko.txt", "ru.txt", "en.txt", "-o", "out.csv")
    assert "10 units, 4 of them without counterpart in some version (4 are linked as moved); 0 segments" in done.out


def test_ids_can_be_given(run, folder: Path) -> None:
    done = run("align", "ru=ru.txt", "en=en.txt", "en2=other.txt", "-o", "out.json")
    assert (done.status, done.err) == (0, "")
    record = json.loads((folder / "out.json").read_text("utf-8"))
    assert [(one["id"], one["language"], one["source"]) for one in record["versions"]] == [
        ("ru", "ru", None), ("en", "en", "ru"), ("en2", "en", "ru"),
    ]  # fmt: skip


def test_a_name_with_an_equals_sign_can_be_a_file(run, folder: Path) -> None:
    (folder / "a=b=c.txt").write_text(ENGLISH, "utf-8")
    assert run("align", "ko.txt", "./a=b=c.txt", "-o", "out.json").status == 0
    assert list(texts(folder / "out.json")) == ["ko", "en"]


@pytest.mark.parametrize("method", ["joint", "pairwise", "length", "diagonal"])
def test_the_method_is_used_and_recorded(run, folder: Path, method: str) -> None:
    assert run("align", "ko.txt", "ru.txt", "-o", "out.json", "--method", method).status == 0
    assert json.loads((folder / "out.json").read_text("utf-8"))["signature"].startswith(f"{method};")


@pytest.mark.parametrize(("level", "segments"), [("paragraph", 2), ("sentence", 3), ("line", 4)])
def test_the_level_is_used_and_recorded(run, folder: Path, level: str, segments: int) -> None:
    (folder / "long.txt").write_text("The first one. The second\none.\n\nThe third\none.\n", "utf-8")
    assert run("align", "ko.txt", "long.txt", "-o", "out.json", "--level", level).status == 0
    assert json.loads((folder / "out.json").read_text("utf-8"))["level"] == level
    assert len(texts(folder / "out.json")["en"]) == segments


# ---- mistakes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("mistake", BAD)
def test_a_mistake_is_one_line_and_status_1(run, folder: Path, mistake: str) -> None:
    arguments, words = BAD[mistake]
    files = sorted(folder.rglob("*"))
    done = run("align", *arguments, *([] if "-o" in arguments else ["-o", "out.json"]))
    assert done.status == 1
    assert done.out == ""
    (line,) = done.err.splitlines()
    assert line.startswith("Error: ")
    assert line.endswith(".")
    assert words in line
    assert sorted(folder.rglob("*")) == files


@pytest.mark.parametrize("mistake", ["a binary file", "an unknown method", "an unknown level", "the same id twice"])
def test_a_failed_run_leaves_the_older_file_as_it_was(run, folder: Path, mistake: str) -> None:
    (folder / "out.json").write_text("older", "utf-8")
    assert run("align", *BAD[mistake][0], "-o", "out.json").status == 1
    assert (folder / "out.json").read_text("utf-8") == "older"


def test_a_run_that_breaks_while_writing_leaves_the_older_file_as_it_was(
    run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*names: object) -> None:
        raise OSError(28, "No space left on device")

    (folder / "out.json").write_text("older", "utf-8")
    monkeypatch.setattr("os.replace", full)
    done = run("align", "ko.txt", "ru.txt", "-o", "out.json", "--method", "diagonal")
    assert done.status == 1
    assert done.err.splitlines() == [
        'Error: "out.json" cannot be written (no space left on device); choose another name or folder.'
    ]
    assert (folder / "out.json").read_text("utf-8") == "older"
    assert list(folder.glob(".out.json*")) == []


@pytest.mark.parametrize(
    "arguments", [["align"], ["align", "ko.txt", "en.txt"], ["example"], ["nothing"], ["--nothing"]]
)
def test_a_call_that_cannot_be_understood_shows_how_and_no_traceback(run, folder: Path, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.status == 2
    assert "Usage:" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("port", ["0", "70000", "-1"])
def test_a_port_that_cannot_be_is_said_without_a_traceback(run, port: str) -> None:
    done = run("serve", f"--port={port}")
    assert done.status == 2
    assert "than or equal to" in done.err
    assert "Traceback" not in done.err


def test_a_port_that_is_taken_is_said_in_one_line(run) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run("serve", "--port", str(port))
    assert done.status == 1
    (line,) = done.err.splitlines()
    assert f"Port {port} is taken" in line
    assert f"--port {port + 1}" in line


@pytest.mark.parametrize(
    ("database", "words"),
    [
        ("://", '"://" is no address of a database'),
        ("mysql://me:secret@host/x", "The database mysql://me:***@host/x is of a kind that is not known"),
        ("ko.txt", "cannot be opened (file is not a database)"),
        ("folder", "cannot be opened (unable to open database file)"),
        ("ko.txt/x.db", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_opened_is_said_in_one_line(
    run, folder: Path, monkeypatch: pytest.MonkeyPatch, database: str, words: str
) -> None:
    monkeypatch.setattr("streamlit.web.cli.main", lambda command: pytest.fail("the server started"))
    done = run("serve", "--port", str(free_port()), "--database", database)
    assert done.status == 1
    (line,) = done.err.splitlines()
    assert words in line
    assert "secret" not in line


@pytest.mark.parametrize("named", ["option", "variable"])
def test_the_server_works_on_the_database_that_is_named(
    run, folder: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    used = []
    monkeypatch.setattr("streamlit.web.cli.main", lambda command: used.append(os.environ["WORKBENCH_DATABASE"]))
    monkeypatch.setattr(server, "_warm_up", lambda: None)
    monkeypatch.setenv("WORKBENCH_DATABASE", "other.db" if named == "option" else "own.db")
    run("serve", "--port", str(free_port()), *(["--database", "own.db"] if named == "option" else []))
    assert used == [str(folder / "own.db")]  # the server runs in another folder
    assert (folder / "own.db").is_file()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_an_interruption_behind_the_writing_does_not_say_that_nothing_was_written(
    run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*told: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(aligning, "tell", interrupted)
    done = run("align", "ko.txt", "ru.txt", "-o", "out.json", "--method", "diagonal")
    assert (done.status, done.out, done.err) == (130, "", "")
    assert (folder / "out.json").is_file()
