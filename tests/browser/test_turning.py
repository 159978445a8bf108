"""Turning to another page at the very moment at which the reader says something."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import go, open_reader, settle

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# Both leave in one task, the message behind the request for the page.
TURN_AND_SAY = """name => {
    const line = globalThis[Symbol.for("relay line")];
    [...document.querySelectorAll("[data-testid=stTopNavLink]")].find(link => link.textContent === name).click();
    line.send({ page: "test", beat: 1e9, document: "", level: "paragraph", epoch: "", turn: 0, commands: [], asks: [] });
}"""


def test_a_page_is_shown_though_the_reader_spoke_last(page: Page, server: str) -> None:
    open_reader(page, server)
    for _ in range(4):
        page.evaluate(TURN_AND_SAY, "Guide")
        expect(page.get_by_text("What is measured").first).to_be_visible()
        settle(page)
        expect(page.get_by_text("What is measured").first).to_be_visible()
        go(page, "Read")


def test_the_reader_speaks_again_when_it_is_back(page: Page, server: str) -> None:
    open_reader(page, server)
    go(page, "Guide")
    go(page, "Read")
    page.keyboard.press("Home")
    page.keyboard.press("m")
    expect(page.locator(".status")).to_contain_text("Bookmarked unit 1")
    page.keyboard.press("m")
    expect(page.locator(".status")).to_contain_text("Took the bookmark from unit 1")
