"""The example at both levels of the app, and a server's desk with a database of its own."""

import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from corpora import example, read_bytes
from corpora.document import Version
from reviews import find, machine
from reviews.bench import Bench
from reviews.desk import Desk
from reviews.machine import Machine
from reviews.notes.categories import sets
from reviews.storage.store import Store
from views import terminal, workroom
from views.reader.sheets import Sheets

FRONT = Path(__file__).parents[2] / "workbench.py"


def texts(*pairs: tuple[str, str]) -> list[Version]:
    """Versions as they are read, from pairs of id and text."""
    return [read_bytes(text.encode(), f"{id}.txt", id) for id, text in pairs]


def turned(page: str, document: str | None = None) -> AppTest:
    """The app, on another page than the first; with the 1955 chain where no other document is named."""
    app = AppTest.from_file(str(FRONT), default_timeout=120)
    app.session_state["document"] = document or workroom.the_example()
    return turn(app, page)


def turn(app: AppTest, page: str) -> AppTest:
    """The app, turned to a page by its address; `AppTest.switch_page` knows only pages that are files."""
    app._page_hash = calc_hash(page)
    return app.run()


def raw(page: AppTest) -> str:
    """Everything a page says, as Markdown where it is that."""
    return "\n".join(one.value for kind in (page.markdown, page.caption, page.text) for one in kind)


def said(page: AppTest) -> str:
    """Everything a page says, as it is read."""
    return raw(page).replace("\\", "")


# Two paragraphs of a chain.
KOREAN = "우리 나라는 아직도 통일되지 못하였다.\n\n국토와 민족은 두 부분으로 분렬되였다.\n"
RUSSIAN = "Наша страна всё ещё не воссоединена.\n\nТерритория страны и нация разделены на две части.\n"
ENGLISH = "Our country is still not reunited.\n\nThe territory of the country and the nation are divided.\n"


@cache
def found(level: str) -> Machine:
    """What the machine finds in the 1955 chain; made once for each level."""
    return find(example.versions(), level=level)


def bench(versions: list[Version], *, level: str = "paragraph") -> Bench:
    """The bench of a document of these versions, in a database that is gone afterwards."""
    desk = Desk(Store("sqlite://"), find)
    return desk.bench(desk.store.add(versions, "A document"), level)


def page_of(one: Bench) -> dict[str, Any]:
    """The page of a document, as the browser reads it."""
    page: dict[str, Any] = json.loads(Sheets(sets()).page(one))
    return page


@pytest.fixture(params=["paragraph", "sentence"])
def example_bench(request: pytest.FixtureRequest) -> Bench:
    """The 1955 chain at each level of the app, untouched."""
    return Bench("example", found(request.param), request.param, {})


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The server's desk: an empty library but for the 1955 chain, aligned by paragraphs."""
    monkeypatch.setenv("WORKBENCH_DATABASE", str(tmp_path / "relay.db"))
    monkeypatch.setenv("RELAY_CONFIG", str(tmp_path))
    for kept in (workroom.desk, workroom.sets):
        kept.cache_clear()
    workroom._pages.clear()
    id = workroom.the_example()
    for level in ("paragraph", "sentence"):
        workroom.desk().store.keep_machine(id, level, "", machine.packed(found(level)))
    yield workroom.desk()
    workroom.desk.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with good and bad files."""
    (tmp_path / "ko.txt").write_text(KOREAN, "utf-8")
    (tmp_path / "ru.txt").write_text(RUSSIAN, "utf-8")
    (tmp_path / "en.txt").write_text(ENGLISH, "utf-8")
    (tmp_path / "other.txt").write_text(ENGLISH.replace("still", "yet"), "utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "blank.txt").write_text(" \n\t\n", "utf-8")
    (tmp_path / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01")
    (tmp_path / "undecodable.txt").write_bytes(bytes(range(128, 256)) * 3)
    (tmp_path / "torn.txt").write_bytes(b"\xff\xfe\x00\xd8A")
    (tmp_path / "front.txt").write_text("**Title:**\n\nA title\n\n**Date:**\n\n1955\n\n**Contents:**\n", "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder.csv").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Outcome:
    """What a run of the command line came to."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Runs the command line in this process, where the encoder is loaded once."""

    def ran(*arguments: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["workbench.py", *arguments])
        with pytest.raises(SystemExit) as ended:
            terminal.main()
        said = capsys.readouterr()
        return Outcome(ended.value.code or 0, said.out, said.err)  # type: ignore[arg-type]

    return ran
