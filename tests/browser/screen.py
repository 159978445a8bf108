"""What a person sees and does: opening pages, reading the reader's rows, and waiting for Python. No test ever sleeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).parents[2]
FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
PATIENCE = 30_000  # ms; the first page aligns the example, on two busy cores
# The line between the page and the server, cut and mended. The courier puts its end in anew after every answer.
CUT = """() => {
    const line = globalThis[Symbol.for("relay line")];
    globalThis.kept = line.send;
    Object.defineProperty(line, "send", { configurable: true, get: () => () => {}, set: end => { globalThis.kept = end; } });
}"""
MEND = """() => Object.defineProperty(
    globalThis[Symbol.for("relay line")], "send", { configurable: true, writable: true, value: globalThis.kept }
)"""
KOREAN = "우리 나라는 아직도 통일되지 못하였다.\n\n국토와 민족은 두 부분으로 분렬되였다.\n"
RUSSIAN = "Наша страна всё ещё не воссоединена.\n\nТерритория страны и нация разделены на две части.\n"
ENGLISH = "Our country is still not reunited.\n\nThe territory of the country and the nation are divided.\n"


class Wire:
    """The messages between a page and Python."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.received: list[bytes] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        self.socket = socket
        socket.on("framereceived", lambda frame: self.received.append(frame))

    @contextmanager
    def answer(self) -> Iterator[None]:
        """Waits until Python has finished a run that begins inside the block, and the page shows what it produced."""
        begun: set[str] = set()

        def is_last(frame: bytes) -> bool:
            message = ForwardMsg.FromString(frame)
            kind, run = message.WhichOneof("type"), message.metadata.run.script_run_id
            if kind == "new_session":
                begun.add(run)
            return kind == "script_finished" and run in begun and message.script_finished in FINISHED

        with self.socket.expect_event("framereceived", is_last, timeout=PATIENCE):
            yield
        # The frame is known here before the page has drawn it.
        self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        settle(self.page)


def settle(page: Page) -> None:
    """Waits until no run is going on and no element of a former one is left, or still on its way.

    Between a click and the run that it asks for the page looks settled too: first wait for something that this run
    produced, or use `Wire.answer`.
    """
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=PATIENCE)
    expect(page.locator("[data-stale=true], [data-testid=stSkeleton]")).to_have_count(0)


def open_reader(page: Page, address: str, document: str = "example", **query: str) -> None:
    """Opens the app on its first page, with the rows of a document: the 1955 chain, or the one with this id."""
    page.goto(f"{address}/?{urlencode({'doc': document, **query})}")
    page.locator(".unit").first.wait_for(timeout=PATIENCE)
    settle(page)


def go(page: Page, title: str) -> None:
    """Turns to another page of the app by its link."""
    # What no other page has: until the run begins, the page that is left is still there.
    own = {
        "Read": ".unit",
        "Doubtful": ".st-key-doubtful-filters",
        "Notes": "[data-testid=stAlert], .st-key-notes-text",
        "Overview": ".st-key-units",
        "Download": ".st-key-download",
        "Library": ".st-key-foot",
        "Guide": "h3:has-text('What is measured')",
    }[title]
    page.get_by_role("link", name=title, exact=True).click()
    page.locator(own).first.wait_for(timeout=PATIENCE)
    settle(page)


def look_at(page: Page, part: str) -> None:
    """Looks at a part of the library: "Documents", "New document" or "Versions"."""
    tab = page.get_by_role("tab", name=part, exact=True)
    settle(page)
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")
    settle(page)


def selected(page: Page) -> Locator:
    """The selected row."""
    return page.locator('.unit[aria-selected="true"]')


def expect_selected(page: Page, unit: str) -> None:
    """Waits until this unit is selected, and no other one."""
    expect(selected(page)).to_have_attribute("data-unit", unit)


def show_apparatus(page: Page, show: bool = True) -> None:
    """Shows or hides what is set aside, in the menu of the columns."""
    menu = page.locator('[data-menu="columns"]')
    menu.locator("summary").click()
    menu.locator('[data-set="apparatus"]').set_checked(show)
    menu.locator("summary").click()
    expect(menu.locator(".sheet")).to_be_hidden()


def choose_level(page: Page, level: str) -> None:
    """Switches between paragraphs and sentences and waits for the rows."""
    page.locator(".st-key-level").get_by_text(level).click()
    expect(page.locator(f'.reader[data-level="{level.lower()[:-1]}"]')).to_be_attached(timeout=PATIENCE)
    settle(page)


def card(page: Page, version: str) -> Locator:
    """The card of a version in the library."""
    return page.locator(f".st-key-version-{version}")


def unfold(page: Page, version: str, title: str = "Replace this text") -> Locator:
    """The fields of a version's card under this title, open."""
    look_at(page, "Versions")
    settle(page)  # a version that was replaced has new fields, and the old ones stay until the run ends
    fields = card(page, version).locator("details").filter(has_text=title)
    fields.get_by_text(title).click()
    expect(fields.locator("textarea").first).to_be_visible()
    # The fields move while they unfold, and a button that moves between the two halves of a click is not clicked.
    page.wait_for_function("fields => !fields.getAnimations().length", arg=fields.element_handle(), timeout=PATIENCE)
    return fields


def units(page: Page) -> list[dict[str, Any]]:
    """Every row of the reader: its id, number as tables give it, kind, and each version's text as the reader shows it."""
    return page.locator(".unit").evaluate_all(
        """rows => rows.map(row => ({
            id: row.dataset.unit,
            number: row.querySelector(".number b").textContent.replace(/^\\d/, "u$&"),
            kind: row.querySelector(".kind")?.textContent || null,
            texts: Object.fromEntries([...row.querySelectorAll(".text")].map(cell =>
                [cell.dataset.version, [...cell.querySelectorAll(".segment")].map(one => one.textContent).join("\\n")])),
        }))"""
    )
