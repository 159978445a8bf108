"""No page breaks a rule of accessibility that is serious or critical, as axe-core counts it."""

import ast
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious
from tests.browser.screen import ROOT, Wire, go, look_at, open_reader, unfold

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCHEMES = ("light", "dark")


def navigation() -> list[str]:
    """The titles of the pages, as `views/screens.py` gives them to Streamlit."""
    tree = ast.parse((ROOT / "views" / "screens.py").read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.Page"]
    return [ast.literal_eval(word.value) for call in calls for word in call.keywords if word.arg == "title"]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("title", navigation())
def test_no_page_breaks_a_rule(
    new_page: Callable[..., AbstractContextManager[Page]], server: str, title: str, scheme: str
) -> None:
    with new_page(color_scheme=scheme) as page:
        wire = Wire(page)
        open_reader(page, server)
        if title != navigation()[0]:
            with wire.answer():
                page.get_by_role("link", name=title, exact=True).click()
            expect(page.locator(".reader")).to_have_count(0)
        assert serious(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_that_opens_on_a_page_breaks_a_rule(
    new_page: Callable[..., AbstractContextManager[Page]], server: str, scheme: str
) -> None:
    with new_page(color_scheme=scheme, viewport={"width": 800, "height": 768}) as page:
        wire = Wire(page)
        open_reader(page, server)
        with wire.answer():
            page.keyboard.press("F8")
        expect(page.locator(".pane .card").first).to_be_attached()
        assert serious(page) == []
        page.locator("[data-do=drawer]").click()
        expect(page.locator(".pane .card").first).to_be_visible()
        assert serious(page) == []
        page.keyboard.press("?")
        expect(page.locator("dialog.keys")).to_be_visible()
        assert serious(page) == []
        page.keyboard.press("Escape")
        go(page, "Library")
        page.get_by_role("button", name="More").first.click()
        expect(page.get_by_role("button", name="Duplicate").locator("visible=true")).to_have_count(1)
        assert serious(page) == []
        page.keyboard.press("Escape")
        look_at(page, "New document")
        with wire.answer():
            page.locator("[class*=st-key-files-] input[type=file]").set_input_files(
                [ROOT / "seeds" / "nature-of-our-revolution-1955.en.txt"]
            )
        expect(page.locator(".st-key-given-0")).to_be_visible()
        assert serious(page) == []
        unfold(page, "ko")
        unfold(page, "ru", "Change the sheet")
        assert serious(page) == []


def test_every_page_is_looked_at(page: Page, server: str) -> None:
    open_reader(page, server)
    assert page.locator("[data-testid=stTopNavLink]").all_inner_texts() == navigation()


@pytest.mark.parametrize(
    ("selector", "planted", "found"),
    [
        ("[data-testid=stMain]", "<img src='data:,'>", "image-alt (critical)"),
        ("[data-testid=stMain]", "<p style='color: #bbb; background: #fff'>pale</p>", "color-contrast (serious)"),
        # Inside the shadow tree of the reader.
        (".pane", "<p style='color: #bbb; background: #fff'>pale</p>", "color-contrast (serious)"),
        (".status", "<button></button>", "button-name (critical)"),
    ],
)
def test_a_fault_is_found(page: Page, server: str, selector: str, planted: str, found: str) -> None:
    open_reader(page, server)
    page.locator(selector).evaluate("(node, planted) => node.insertAdjacentHTML('beforeend', planted)", planted)
    # What is scrolled out of sight has no colour that could be told.
    page.locator(selector).evaluate("node => node.lastElementChild.scrollIntoView()")
    (line,) = serious(page)
    assert line.startswith(found)
    assert planted[:4] in line
