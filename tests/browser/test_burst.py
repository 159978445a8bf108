"""Corrections fired faster than any hand: none is lost, none is done twice, and their order is kept."""

import os
import signal
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from reviews.storage.store import Store
from tests.browser.conftest import ARGUMENTS, chromium, started
from tests.browser.screen import CUT, PATIENCE, open_reader, units

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BURST = 20
# Presses M and j by turns, at intervals of 20 ms: a bookmark for each of as many units.
FIRE = """count => new Promise(done => {
    let fired = 0;
    const press = (code, key) => document.dispatchEvent(new KeyboardEvent("keydown", { code, key, bubbles: true, cancelable: true }));
    const timer = setInterval(() => {
        press("KeyM", "m");
        press("KeyJ", "j");
        fired += 1;
        if (fired === count) { clearInterval(timer); done(); }
    }, 20);
})"""


def marked(store: Store, document: str) -> list[str]:
    """The units that were bookmarked, in the order in which it was stored."""
    return [str(one.operation.values["unit"]) for one in store.operations(document) if one.operation.kind == "bookmark"]


def expect_saved(page: Page) -> None:
    expect(page.locator(".saved")).to_contain_text("saved", timeout=PATIENCE)


def test_a_burst_is_stored_once_and_in_order(page: Page, server: str, store: Store, either: str) -> None:
    open_reader(page, server, either)
    rows = [row["id"] for row in units(page)][:BURST]
    page.evaluate(FIRE, BURST)
    expect_saved(page)
    assert marked(store, either) == rows
    page.reload()
    expect(page.locator('.unit .signs [title="bookmarked"]')).to_have_count(BURST, timeout=PATIENCE)


def test_a_browser_that_is_killed_loses_nothing(
    browser: Browser, server: str, store: Store, document: str, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"

    def opened() -> BrowserContext:
        return browser.browser_type.launch_persistent_context(profile, executable_path=chromium(), args=ARGUMENTS)

    context = opened()
    page = context.new_page()
    open_reader(page, server, document)
    rows = [row["id"] for row in units(page)][:BURST]
    # The line to the server is cut, so that nothing of the burst gets through before the end.
    page.evaluate(CUT)
    page.evaluate(FIRE, BURST)
    expect(page.locator(".saved")).to_contain_text(f"{BURST}, kept in this browser", timeout=PATIENCE)
    assert marked(store, document) == []
    (process,) = _processes(profile)
    os.kill(process, signal.SIGKILL)
    with suppress(Error):  # it is gone
        context.close()
    context = opened()
    page = context.new_page()
    open_reader(page, server, document)
    expect(page.locator('.unit .signs [title="bookmarked"]')).to_have_count(BURST, timeout=PATIENCE)
    expect_saved(page)
    context.close()
    assert marked(store, document) == rows


def _processes(profile: Path) -> list[int]:
    """The browser's own process with this profile."""
    found = subprocess.run(["pgrep", "-f", f"user-data-dir={profile}"], capture_output=True, text=True, check=True)
    lines = [int(line) for line in found.stdout.split()]
    return [one for one in lines if "--type=" not in Path(f"/proc/{one}/cmdline").read_text()][:1]


def test_a_server_that_is_killed_keeps_what_it_acknowledged(
    new_page: Callable[..., AbstractContextManager[Page]], tmp_path: Path
) -> None:
    database = tmp_path / "relay.db"
    with started(database, tmp_path / "log") as (address, process), new_page(quiet=True) as page:
        open_reader(page, address)
        store = Store(str(database))
        document = store.documents()[0].id
        rows = [row["id"] for row in units(page)][:BURST]
        page.evaluate(
            """globalThis.told = new Set();
            const line = globalThis[Symbol.for("relay line")], receive = line.receive;
            line.receive = (text) => {
                for (const one of JSON.parse(text || "{}").receipts || []) if (one.done) globalThis.told.add(one.number);
                receive(text);
            };"""
        )
        page.evaluate(FIRE.replace("new Promise(done =>", "void new Promise(done =>"), BURST)
        page.wait_for_function("globalThis.told.size >= 3", timeout=PATIENCE)
        process.kill()
        process.wait()
        told = set(page.evaluate("[...globalThis.told]"))
        stored = {one.number for one in store.operations(document)}
        assert told <= stored
        port = int(address.rsplit(":", 1)[1])
        with started(database, tmp_path / "log2", port=port):
            # The page is still open, and brings what was not acknowledged.
            expect_saved(page)
            expect(page.locator('.unit .signs [title="bookmarked"]')).to_have_count(BURST, timeout=PATIENCE)
        assert marked(store, document) == rows


def test_while_the_server_is_away_the_page_is_worked_on(
    new_page: Callable[..., AbstractContextManager[Page]], tmp_path: Path
) -> None:
    database = tmp_path / "relay.db"
    with started(database, tmp_path / "log") as (address, process), new_page(quiet=True) as page:
        open_reader(page, address)
        store = Store(str(database))
        document = store.documents()[0].id
        page.keyboard.press("e")
        page.keyboard.type("Half a wor")
        process.kill()
        process.wait()
        expect(page.locator(".saved[data-lost]")).to_contain_text("no connection", timeout=PATIENCE)
        page.wait_for_timeout(6000)  # as long as Streamlit takes to cover the page
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator("textarea.edit")).to_be_focused()
        page.keyboard.type("d")
        typed = page.locator("textarea.edit").input_value()
        assert "Half a word" in typed
        page.locator('.unit[data-unit="u5"] .number').click()  # to leave it is to save it
        page.keyboard.press("s")
        for id in ("u1", "u5"):
            expect(page.locator(f'.unit[data-unit="{id}"][data-pending]')).to_have_count(1)
        # A note further down in the text that was changed above.
        page.locator('.unit[data-unit="u10"] .number').click()
        page.keyboard.press("w")
        page.keyboard.press("n")
        page.keyboard.type("Offline")
        page.keyboard.press("Control+Enter")
        page.locator('.unit[data-unit="u5"] .number').click()
        page.keyboard.press("e")
        page.keyboard.type("Another")
        typed = page.locator("textarea.edit").input_value()
        port = int(address.rsplit(":", 1)[1])
        with started(database, tmp_path / "log2", port=port):
            expect_saved(page)
            expect(page.locator(".unit[data-pending]")).to_have_count(0)
            expect(page.locator("textarea.edit")).to_be_in_viewport()  # where it was, though all is drawn anew
            expect(page.locator("textarea.edit")).to_have_value(typed)
            expect(page.locator('.unit[data-unit="u5"]')).to_have_attribute(
                "data-status", "confirmed", timeout=PATIENCE
            )
            expect(page.locator('.unit[data-unit="u1"]')).to_contain_text("Half a word")
            page.keyboard.press("Control+Enter")
            expect(page.locator('.unit[data-unit="u5"]')).to_contain_text("Another", timeout=PATIENCE)
            expect_saved(page)
        assert [one.operation.kind for one in store.operations(document)] == ["edit", "confirm", "note", "edit"]
