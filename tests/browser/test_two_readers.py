"""Two people at one document: what one does the other sees, and nothing is overwritten."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect

from reviews.storage.store import Store
from tests.browser.screen import CUT, MEND, PATIENCE, open_reader, selected, units

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_conflict_is_refused_and_says_what_the_other_did(
    new_page: Callable[..., AbstractContextManager[Page]], server: str, store: Store, document: str
) -> None:
    with new_page() as one, new_page() as other:
        for page in (one, other):
            open_reader(page, server, document)
        third = units(one)[2]["id"]
        other.evaluate(CUT)  # the other page does not hear of what comes
        one.locator(f'.unit[data-unit="{third}"] .number').click()
        one.keyboard.press("Control+Delete")
        expect(one.locator(".said")).to_contain_text("Merged units 3 and 4", timeout=PATIENCE)

        other.locator(f'.unit[data-unit="{third}"] .number').click()
        other.keyboard.press("Control+Backspace")
        expect(other.locator(".saved")).to_contain_text("saving")
        other.evaluate(MEND)
        expect(other.locator(".said[data-alarm]")).to_contain_text("merged units 3 and 4", timeout=PATIENCE)
        # Both show the same now, and only the first correction is stored.
        expect(other.locator(".unit")).to_have_count(one.locator(".unit").count())
        assert [stored.operation.kind for stored in store.operations(document)] == ["merge"]

        # What does not get into the other's way is done, and comes to both.
        other.keyboard.press("End")
        other.keyboard.press("s")
        expect(selected(other)).to_have_attribute("data-status", "confirmed", timeout=PATIENCE)
        last = str(selected(other).get_attribute("data-unit"))
        expect(one.locator(f'.unit[data-unit="{last}"]')).to_have_attribute(
            "data-status", "confirmed", timeout=PATIENCE
        )


def test_what_is_typed_outlives_what_another_does_to_the_same_text(
    new_page: Callable[..., AbstractContextManager[Page]], server: str, document: str
) -> None:
    with new_page() as one, new_page() as other:
        for page in (one, other):
            open_reader(page, server, document)
            page.locator('.unit[data-unit="u3"] .number').click()
            page.keyboard.press("e")
        other.keyboard.press("End")
        other.keyboard.type(" Mine.")
        typed = other.locator("textarea.edit").input_value()
        one.keyboard.press("End")
        one.keyboard.type(" Theirs.")
        one.keyboard.press("Control+Enter")
        expect(one.locator(".said")).to_contain_text("Changed the Korean", timeout=PATIENCE)
        expect(other.locator(".said[data-alarm]")).to_contain_text("Somebody changed this text", timeout=PATIENCE)
        expect(other.locator(".theirs")).to_contain_text("Theirs.")
        expect(other.locator("textarea.edit")).to_have_value(typed)
        # A key does not put it in the other's place; that takes the button.
        other.keyboard.press("Control+Enter")
        expect(other.locator(".said[data-alarm]")).to_contain_text("choose which is to stand")
        expect(other.locator(".theirs")).to_be_in_viewport()
        other.keyboard.press("Enter")  # the next key by reflex goes into one's own text
        expect(other.locator(".theirs")).to_be_visible()
        other.keyboard.press("Backspace")
        expect(other.locator("textarea.edit")).to_have_value(typed)
        other.get_by_role("button", name="Put mine in its place").click()
        expect(one.locator('.unit[data-unit="u3"] .text[lang="ko"]')).to_contain_text("Mine.", timeout=PATIENCE)
        expect(one.locator(".said")).to_contain_text("Somebody changed the Korean in unit 3", timeout=PATIENCE)


def test_nobody_takes_back_what_another_did(
    new_page: Callable[..., AbstractContextManager[Page]], server: str, document: str
) -> None:
    with new_page() as one, new_page() as other:
        for page in (one, other):
            open_reader(page, server, document)
        one.keyboard.press("s")
        expect(selected(one)).to_have_attribute("data-status", "confirmed", timeout=PATIENCE)
        expect(other.locator(".said")).to_contain_text("Somebody confirmed unit 1", timeout=PATIENCE)
        other.keyboard.press("Control+z")
        expect(other.locator(".said[data-alarm]")).to_contain_text("nothing of yours", timeout=PATIENCE)
        one.reload()
        expect(selected(one)).to_have_attribute("data-status", "confirmed", timeout=PATIENCE)
        one.keyboard.press("Control+z")
        expect(selected(one)).to_have_attribute("data-status", "unconfirmed", timeout=PATIENCE)


def test_two_people_write_in_different_passages_of_one_text(
    new_page: Callable[..., AbstractContextManager[Page]], server: str, document: str
) -> None:
    with new_page() as one, new_page() as other:
        for page in (one, other):
            open_reader(page, server, document)
        other.locator('.unit[data-unit="u8"] .number').click()
        other.keyboard.press("e")
        other.keyboard.type(" Mine.")
        one.locator('.unit[data-unit="u7"] .number').click()
        one.keyboard.press("e")
        one.keyboard.type(" Theirs.")
        one.keyboard.press("Control+Enter")
        expect(other.locator('.unit[data-unit="u7"]')).to_contain_text("Theirs.", timeout=PATIENCE)
        other.keyboard.press("Control+Enter")
        expect(one.locator('.unit[data-unit="u8"]')).to_contain_text("Mine.", timeout=PATIENCE)
        # The earlier one is taken back under the later one.
        one.keyboard.press("Control+z")
        expect(other.locator('.unit[data-unit="u7"]')).not_to_contain_text("Theirs.", timeout=PATIENCE)
        expect(other.locator('.unit[data-unit="u8"]')).to_contain_text("Mine.")
