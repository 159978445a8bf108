"""The example at both levels of the app, and a server's desk with a database of its own."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpora import example
from corpora.document import Version
from reviews import find, machine
from reviews.desk import Bench, Desk
from reviews.machine import Machine
from reviews.notes.categories import sets
from reviews.storage.store import Store
from views import workroom
from views.reader.sheets import Sheets


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
