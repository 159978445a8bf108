"""Texts that are not what one expects: in one language, with script in them, not made from one another."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import ENGLISH, RUSSIAN, Wire, card, go, look_at, open_reader, settle
from tests.browser.texts import give, open_files, text_file

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAYLOAD = (
    '<img src="x" onerror="window.harmed=1"><script>window.harmed=1</script><iframe srcdoc="<script>parent.harmed=1'
    '</script>"></iframe> [link](javascript:window.harmed=1) ![picture](http://example.org/x.png) :red[**bold**] $x$'
)


def test_versions_in_one_language_are_told_apart_and_long_names_stay_in_their_cards(
    page: Page, server: str, wire: Wire
) -> None:
    open_reader(page, server)
    long = "x" * 110 + ".txt"
    files = text_file("1.txt", RUSSIAN), text_file("2.txt", ENGLISH), text_file(long, ENGLISH + "\nAnd more of it.")
    open_files(page, wire, *files)
    go(page, "Library")
    look_at(page, "Versions")
    expect(card(page, "en2")).to_contain_text("Made from: Russian")
    expect(card(page, "en2")).to_contain_text(f"File: {long}")
    edge, widest = card(page, "en2").evaluate(
        "card => [card.getBoundingClientRect().right, Math.max(...[...card.querySelectorAll('*')]"
        ".map(one => one.getBoundingClientRect().right))]"
    )
    assert widest <= edge + 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    go(page, "Read")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".head .version").evaluate_all("all => all.map(one => one.dataset.version)") == [
        "ru", "en", "en2",
    ]  # fmt: skip


def test_script_in_a_text_is_shown_and_never_run(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    name = "<img src=x onerror=window.harmed=1> ![p](http:&#47;&#47;example.org) *b* $x$.txt"
    russian = f"{PAYLOAD}\n\n{RUSSIAN * 5}"  # long enough to be told from Latin letters
    files = text_file("a.txt", russian), text_file(name, f"{PAYLOAD}\n\n{ENGLISH}")
    give(page, wire, *files)
    expect(page.locator("[class*=st-key-preview-]").first).to_contain_text(PAYLOAD[:100])
    expect_nothing_of_it(page)
    page.get_by_role("button", name="Make the document and read it").click()
    page.locator(".unit", has_text=PAYLOAD).first.wait_for()
    settle(page)
    go(page, "Library")
    expect(page.locator("[class*=st-key-document-]").first).to_contain_text(Path(name).stem)
    look_at(page, "Versions")
    expect(card(page, "en")).to_contain_text(f"File: {name}")
    expect_nothing_of_it(page)
    go(page, "Read")
    expect(page.locator('.text[data-version="ru"]').first).to_contain_text(PAYLOAD)
    expect(page.locator('.text[data-version="en"]').first).to_contain_text(PAYLOAD)
    expect(page.locator(".st-key-toolbar")).to_contain_text(Path(name).stem)
    page.keyboard.press("End")
    page.keyboard.press("Home")
    expect(page.locator(".pane h3")).to_have_text("Unit 1")
    expect(page.locator(".reader :is(img, script, iframe, a, em, strong)")).to_have_count(0)
    expect_nothing_of_it(page)


def expect_nothing_of_it(page: Page) -> None:
    """No part of a hostile text has become an element, or was run."""
    expect(page.locator("img, iframe, a[href^=javascript], a[href*=example]")).to_have_count(0)
    assert page.evaluate("!!window.harmed") is False


def test_texts_that_were_not_made_from_one_another_have_no_counterpart_and_omit_nothing(
    page: Page, server: str, wire: Wire
) -> None:
    open_reader(page, server)
    longer = f"{ENGLISH}\nThe orchestra will play Beethoven tonight in the great hall of the capital.\n"
    open_files(page, wire, text_file("a.txt", longer), text_file("b.txt", ENGLISH))
    alone = page.locator(".unit .none")
    expect(alone).to_have_count(1)
    expect(alone).to_have_text("no counterpart")
    expect(page.locator(".unit .tag", has_text="one-sided")).to_have_count(1)
    expect(page.locator(".unit .tag", has_text="omitted")).to_have_count(0)
    expect(page.locator(".head .hop")).to_have_text("besideen→en2")
