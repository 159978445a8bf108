"""Notes written in the reader are answered, settled, taken away and brought back on their page."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious
from tests.browser.screen import Wire, expect_selected, go, open_reader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(1)> **bold** :smile: 🙂"


def write(page: Page, unit: str, body: str) -> None:
    """Writes a note on the first segment of a unit, in the reader."""
    page.locator(f'.unit[data-unit="{unit}"] .number').click()
    expect_selected(page, unit)
    page.keyboard.press("n")
    page.locator(".note-form textarea[name=body]").fill(body)
    page.locator(".note-form button.primary").click()
    expect(page.locator(".pane .note .body").filter(has_text=body)).to_be_visible()


def remove_all(page: Page, wire: Wire) -> None:
    """Takes every note away: other tests share the example."""
    buttons = page.locator("[class*=st-key-remove-note] button")
    while buttons.count():
        with wire.answer():
            buttons.first.click()


def test_a_note_is_answered_settled_and_found_again(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    write(page, "u4", HOSTILE)
    go(page, "Notes")
    card = page.locator("[class*=st-key-note-note]").filter(has_text="Unit 4")
    expect(card).to_contain_text(HOSTILE)
    expect(page.locator("[data-testid=stMain] img")).to_have_count(0)

    with wire.answer():
        card.get_by_role("button", name="Reply").click()
    card.get_by_label("Your reply").fill("Согласён.")
    with wire.answer():
        card.get_by_role("button", name="Send the reply").click()
    expect(card).to_contain_text("↳ Согласён.")
    with wire.answer():
        card.get_by_role("radio", name="Settled").click()
    expect(card.get_by_text("· settled")).to_be_visible()

    search = page.get_by_label("Search in notes, quotes and replies")
    with wire.answer():
        search.fill("СОГЛАСЕН")
        search.press("Enter")
    expect(page.get_by_text("1 of 1 note", exact=True)).to_be_visible()
    with wire.answer():
        search.fill("nowhere")
        search.press("Enter")
    expect(card).to_have_count(0)
    with wire.answer():
        search.fill("")
        search.press("Enter")

    card.get_by_role("button", name="Read in context").click()
    expect_selected(page, "u4")
    expect(page.locator(".pane .note .reply")).to_contain_text("Согласён.")
    expect(page.locator(".pane .note")).to_have_attribute("data-state", "settled")

    go(page, "Notes")
    with wire.answer():
        card.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("There are no notes on this document yet")).to_be_visible()
    with wire.answer():
        page.locator(".st-key-undo button").click()
    expect(card).to_contain_text("↳ Согласён.")
    remove_all(page, wire)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_is_broken_with_notes_forms_and_filters_open(
    new_page: Callable[..., AbstractContextManager[Page]], server: str, scheme: str
) -> None:
    with new_page(color_scheme=scheme) as page:
        wire = Wire(page)
        open_reader(page, server)
        write(page, "u5", "A note of a scholar.")
        go(page, "Notes")
        assert serious(page) == []
        with wire.answer():
            page.locator("[class*=st-key-change-note] button").click()
        expect(page.get_by_label("Alternatives considered, one a line")).to_be_visible()
        assert serious(page) == []
        with wire.answer():
            page.locator("[class*=st-key-cancel-note] button").click()
        page.locator(".st-key-notes-filters button").click()
        expect(page.get_by_text("With words that are gone from the text")).to_be_visible()
        assert serious(page) == []
        page.keyboard.press("Escape")
        remove_all(page, wire)
