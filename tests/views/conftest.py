"""The example at both levels of the app, and a server's desk with a database of its own."""

import json
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
from views import workroom
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
