"""One running workbench for all browser tests, and a fresh browser window for each of them."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.reader import filled
from reviews.storage.store import Store
from tests.browser.screen import PATIENCE, ROOT, Wire

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The last line of defence against a request that leaves this computer: no other name can be resolved.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
LONG = 1000 if os.environ.get("SOAK") else 100  # units
STARTING = 300  # tenths of a second
# Opened by its own address, a page is looked for by Streamlit both as a page and as the folder of an app.
PROBES = ("/_stcore/health", "/_stcore/host-config")


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the server's database."""
    return tmp_path_factory.mktemp("database") / "relay.db"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Iterator[str]:
    """The address of a running workbench; its log must not hold a traceback in the end."""
    log = tmp_path_factory.mktemp("server") / "log"
    with started(database, log) as (address, _):
        yield address
    assert "Traceback" not in log.read_text("utf-8"), log.read_text("utf-8")


@contextmanager
def started(database: Path, log: Path, *, port: int = 0) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A workbench with a database of its own: its address and its process."""
    if not port:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "workbench.py", "serve", "--port", str(port)]
    # Where there is a screen, `serve` opens a browser on it.
    screenless = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    screenless["WORKBENCH_DATABASE"] = str(database)
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=screenless, stdout=file, stderr=subprocess.STDOUT)
    try:
        for _ in range(STARTING):
            if _is_up(address):
                break
            try:
                process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
            break
        assert _is_up(address), f"The workbench did not start:\n{log.read_text('utf-8')}"
        yield address, process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def store(server: str, database: Path) -> Store:
    """The server's database, with the 1955 chain in it, aligned."""
    opened = Store(str(database))
    for _ in range(STARTING):
        known = next((one.id for one in opened.documents() if one.origin == "example"), None)
        if known and opened.machine(known, "paragraph"):
            break
        time.sleep(0.1)  # the server makes it ready as it starts
    return opened


@pytest.fixture
def document(store: Store) -> str:
    """The id of a copy of the 1955 chain that nobody has touched."""
    original = next(one.id for one in store.documents() if one.origin == "example")
    # What the machine found, and nothing of what other tests did to it.
    copy = store.add(store.versions(original), "A copy of the 1955 chain")
    found = store.machine(original, "paragraph")
    assert found
    store.keep_machine(copy, "paragraph", *found)
    return copy


@pytest.fixture(params=["the 1955 chain", "a long document"])
def either(request: pytest.FixtureRequest, store: Store, database: Path) -> str:
    """The id of a document that nobody has touched: a copy of the 1955 chain, and a made-up one of three versions.

    The made-up one has a thousand units under `make soak`, and a hundred otherwise: scoring them takes a minute.
    """
    if request.param == "the 1955 chain":
        return str(request.getfixturevalue("document"))
    return store.duplicate(filled(database, LONG), "A copy of a long document")


def _is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health") as answer:
            return answer.read() == b"ok"
    except (urllib.error.URLError, ConnectionError):
        return False


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the tests that need it are skipped."""
    found = chromium()
    expect.set_options(timeout=PATIENCE)  # a busy computer is slow, not wrong
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield launched
        launched.close()


def chromium() -> str:
    """The path of a Chromium; without one the test is skipped."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        pytest.skip(f"No Chromium here ({', '.join(CHROMIUMS)}); tests/install.sh installs it.")
    return str(found)


@pytest.fixture(scope="session")
def new_page(browser: Browser) -> Callable[..., AbstractContextManager[Page]]:
    """Opens a page of its own context, with the options of `Browser.new_context`, that must stay free of complaints.

    Where the server goes away on purpose, `quiet` lets the browser complain.
    """

    @contextmanager
    def opened(*, quiet: bool = False, **options: Any) -> Iterator[Page]:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        context.set_default_timeout(PATIENCE)
        page, complaints = context.new_page(), []
        page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
        page.on(
            "console",
            lambda said: (
                said.type == "error"
                and not _is_probe(said.location["url"])
                and complaints.append(f"console: {said.text} {said.location}")
            ),
        )
        page.on("request", lambda request: _is_away(request.url) and complaints.append(f"request: {request.url}"))
        page.on("websocket", lambda wire: _is_away(wire.url) and complaints.append(f"socket: {wire.url}"))
        try:
            yield page
            assert quiet or not complaints, complaints
        finally:
            context.close()

    return opened


def _is_probe(url: str) -> bool:
    path = urlsplit(url).path
    return path.endswith(PROBES) and not path.startswith("/_stcore")


def _is_away(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1"


@pytest.fixture
def page(new_page: Callable[..., AbstractContextManager[Page]]) -> Iterator[Page]:
    """A fresh page, not opened yet; a console error, an uncaught error or a request to elsewhere fails the test."""
    with new_page() as fresh:
        yield fresh


@pytest.fixture
def wire(page: Page) -> Wire:
    """The messages between the page and Python; ask for it before the page is opened."""
    return Wire(page)
