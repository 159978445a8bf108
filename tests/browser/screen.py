"""What a person sees and does: opening pages, reading the reader's rows, and waiting for Python. No test ever sleeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).parents[2]
PATIENCE = 30_000  # ms; the first page aligns the example, on two busy cores
KOREAN = "우리 나라는 아직도 통일되지 못하였다.\n\n국토와 민족은 두 부분으로 분렬되였다.\n"
RUSSIAN = "Наша страна всё ещё не воссоединена.\n\nТерритория страны и нация разделены на две части.\n"
ENGLISH = "Our country is still not reunited.\n\nThe territory of the country and the nation are divided.\n"


class Wire:
    """The messages between a page and Python."""

    def __init__(self, page: Page) -> None:
        self.received: list[bytes] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        self.socket = socket
        socket.on("framereceived", lambda frame: self.received.append(frame))

    @contextmanager
    def answer(self) -> Iterator[None]:
        """Waits until Python has finished a run that begins inside the block."""
        with self.socket.expect_event("framereceived", _is_last, timeout=PATIENCE):
            yield


def _is_last(frame: bytes) -> bool:
    message = ForwardMsg()
    message.ParseFromString(frame)
    return message.WhichOneof("type") == "script_finished" and message.script_finished in (
        ForwardMsg.FINISHED_SUCCESSFULLY,
        ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
    )


def settle(page: Page) -> None:
    """Waits until no run is going on; only after something that Python produced was waited for."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=PATIENCE)


def open_reader(page: Page, address: str) -> None:
    """Opens the app on its first page, with the rows of the example."""
    page.goto(address)
    page.locator(".unit").first.wait_for(timeout=PATIENCE)
    settle(page)


def go(page: Page, title: str) -> None:
    """Turns to another page of the app by its link."""
    page.get_by_role("link", name=title, exact=True).click()
    page.locator({"Read": ".unit", "Texts": ".st-key-restore", "Guide": "h3"}[title]).first.wait_for(timeout=PATIENCE)
    settle(page)


def selected(page: Page) -> Locator:
    """The selected row."""
    return page.locator('.unit[aria-selected="true"]')


def expect_selected(page: Page, unit: str) -> None:
    """Waits until this unit is selected, and no other one."""
    expect(selected(page)).to_have_attribute("data-unit", unit)


def choose_level(page: Page, level: str) -> None:
    """Switches between paragraphs and sentences and waits for the rows."""
    page.locator(".st-key-level").get_by_text(level).click()
    expect(page.locator(f'.reader[data-level="{level.lower()[:-1]}"]')).to_be_attached(timeout=PATIENCE)
    settle(page)


def card(page: Page, version: str) -> Locator:
    """The card of a version on the page of texts."""
    return page.locator(f".st-key-version-{version}")


def unfold(page: Page, version: str) -> Locator:
    """The card of a version, with the fields that replace its text open."""
    card(page, version).get_by_text("Replace this text").click()
    expect(card(page, version).locator("textarea")).to_be_visible()
    return card(page, version)


def units(page: Page) -> list[dict[str, Any]]:
    """Every row of the reader: its id, kind, and the text of each version as the reader shows it."""
    return page.locator(".unit").evaluate_all(
        """rows => rows.map(row => ({
            id: row.dataset.unit,
            kind: row.querySelector(".kind")?.textContent || null,
            texts: Object.fromEntries([...row.querySelectorAll(".text")].map(cell =>
                [cell.dataset.version, [...cell.querySelectorAll(".segment")].map(one => one.textContent).join("\\n")])),
        }))"""
    )
