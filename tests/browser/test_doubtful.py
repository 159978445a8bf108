"""Doubtful units are judged on their page, and the reader shows what was said."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import serious
from tests.browser.screen import Wire, expect_selected, go, open_reader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def entry(page: Page, number: int) -> Locator:
    """The entry of a unit, by its number."""
    return page.locator("[class*=st-key-doubt-u]").filter(has_text=f"Unit {number} ·")


def undo(page: Page, wire: Wire) -> None:
    """Takes back what was done last: other tests share the example."""
    with wire.answer():
        page.locator(".st-key-undo button").click()


def test_a_verdict_on_the_page_stands_in_the_reader(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    go(page, "Doubtful")
    first = page.locator("[class*=st-key-doubt-u]").first
    expect(first).to_contain_text("was not found in the English")
    expect(first.locator("[class*=st-key-quote-ru] p").first).to_contain_text("1946")
    with wire.answer():
        entry(page, 11).get_by_role("radio", name="Error").click()
    expect(page.get_by_role("button", name="Undo: judged quantities at unit 11: an error")).to_be_visible()
    expect(entry(page, 11)).to_have_count(0)
    expect(page.get_by_text("1 of 12 decided")).to_be_visible()

    with wire.answer():
        page.get_by_role("radio", name="Decided (1)").click()
    expect(entry(page, 11)).to_contain_text("Decided: unsigned")
    entry(page, 11).get_by_role("button", name="Read in context").click()
    expect_selected(page, "u11")
    pressed = page.locator('.pane .group[data-hop="ru-en"][data-issue="quantities"] [aria-pressed="true"]')
    expect(pressed).to_have_attribute("data-verdict", "error")

    go(page, "Doubtful")
    undo(page, wire)
    expect(page.get_by_text("0 of 12 decided")).to_be_visible()


def test_a_confirmation_stands_in_the_reader(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    go(page, "Doubtful")
    with wire.answer():
        entry(page, 29).get_by_role("button", name="Confirm").click()
    expect(entry(page, 29)).to_have_count(0)
    go(page, "Read")
    expect(page.locator('.unit[data-unit="u29"]')).to_have_attribute("data-status", "confirmed")
    go(page, "Doubtful")
    undo(page, wire)
    expect(entry(page, 29)).to_have_count(1)


def test_quoted_words_are_set_like_those_of_the_reader(page: Page, server: str) -> None:
    open_reader(page, server)
    go(page, "Doubtful")
    for language in ("ko", "ru"):
        line = page.locator(f"[class*=st-key-quote-{language}] p").first
        assert "Source Serif" in line.evaluate("one => getComputedStyle(one).fontFamily")
    korean = page.locator("[class*=st-key-quote-ko] p").first
    assert korean.evaluate("one => getComputedStyle(one).wordBreak") == "keep-all"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_is_broken_when_something_is_decided(
    new_page: Callable[..., AbstractContextManager[Page]], server: str, scheme: str
) -> None:
    with new_page(color_scheme=scheme) as page:
        wire = Wire(page)
        open_reader(page, server)
        go(page, "Doubtful")
        with wire.answer():
            entry(page, 11).get_by_role("radio", name="Shift").click()
        with wire.answer():
            page.get_by_role("radio", name="Decided (1)").click()
        expect(entry(page, 11)).to_be_visible()
        assert serious(page) == []
        undo(page, wire)
