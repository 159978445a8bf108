"""A passage that stands elsewhere in one version: the reader says so and leads there."""

import pytest
from playwright.sync_api import Page, expect

from tests.aligners.test_moved import TEXTS
from tests.browser.screen import Wire, expect_selected, open_reader
from tests.browser.texts import open_files, text_file

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_moved_passage_leads_to_its_other_place(page: Page, server: str, wire: Wire) -> None:
    russian, english = TEXTS[1], list(TEXTS[2])
    english[1], english[5] = english[5], english[1]
    open_reader(page, server)
    open_files(page, wire, text_file("1.txt", "\n\n".join(russian)), text_file("2.txt", "\n\n".join(english)))
    row = page.locator(".unit", has_text=russian[1])
    expect(row.locator(".none")).to_contain_text("moved")
    expect(row.locator(".gutter .tag")).to_have_text("moved")
    other = page.locator(".unit", has_text=english[5])
    row.locator(".none button").click()
    expect_selected(page, str(other.get_attribute("data-unit")))
    expect(page.locator(".pane")).to_contain_text("The Russian seems to have this at another place.")
    page.screenshot(path="test-results/moved.png")
