"""The exported page, opened from a file in a real Chromium without a network: words light up, keys work, nothing complains."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import exports
from exports import Selection
from exports.web import links
from reviews import Review
from tests.browser.accessibility import serious

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCHEMES = ("light", "dark")
# The words of every cell as the page's script counts them.
COUNTS = "() => cells.map(cell => [cell.closest('tbody').id, cell.dataset.version, wordsOf(cell).map(String)])"
LIT = "name => [...(CSS.highlights.get(name) || [])].map(String)"


@pytest.fixture(scope="session")
def file(example_review: Review, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_bytes(exports.to_bytes(Selection(example_review), ".html"))
    return path


def opened(browser: Browser, file: Path, **options: Any) -> Iterator[Page]:
    """The page, offline; a complaint of the browser or a request fails the test."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "offline": True, **options})
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text))
    page.on("request", lambda request: request.url.startswith("file:") or complaints.append(request.url))
    page.goto(file.as_uri())
    yield page
    context.close()
    assert not complaints


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    yield from opened(browser, file)


def test_the_script_counts_words_as_the_links_do(page: Page, example_review: Review) -> None:
    shown = {(unit, version): found for unit, version, found in page.evaluate(COUNTS)}
    ids = [f"u{number}" for number in range(1, len(shown) + 1)]
    units = [number for number, unit in enumerate(example_review.alignment.units) if unit.origin != "set aside"]
    for number, sides in links._sides(Selection(example_review)):
        for side in sides:
            assert shown[ids[units.index(number)], side.version] == [side.text[slice(*place)] for place in side.words]


def test_a_word_lights_up_its_counterparts_at_the_pointer(page: Page) -> None:
    word = page.evaluate(
        "() => { const cell = cells.find(one => one.dataset.version === 'en' && String(wordsOf(one)).includes('country'));"
        " cell.scrollIntoView({block: 'center'}); const at = wordsOf(cell).find(one => String(one) === 'country').getBoundingClientRect();"
        " return [at.x + at.width / 2, at.y + at.height / 2]; }"
    )
    page.mouse.move(*word)
    expect(page.locator("#gloss")).to_contain_text("country")
    expect(page.locator("#gloss")).to_contain_text("%")
    assert page.evaluate(LIT, "word") == ["country"]
    assert page.evaluate(LIT, "counterparts")
    page.mouse.move(2, 2)
    expect(page.locator("#gloss")).to_be_empty()


def test_keys_go_from_word_to_word_and_from_unit_to_unit(page: Page) -> None:
    page.locator("summary", has_text="How to read").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("cells.includes(document.activeElement)"):
            break
    focused = "document.activeElement.closest('tbody').id + ' ' + document.activeElement.dataset.version"
    assert page.evaluate(focused) == "u1 ko"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(LIT, "word") == [page.evaluate("String(wordsOf(document.activeElement)[0])")]
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "u2 ko"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(LIT, "word") == [page.evaluate("String(wordsOf(document.activeElement).at(-1))")]
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == "u2 ru"
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "u1 ru"
    page.keyboard.press("Escape")
    assert page.evaluate(LIT, "word") == []


def test_a_tap_does_it_on_a_phone(browser: Browser, file: Path) -> None:
    for page in opened(browser, file, viewport={"width": 360, "height": 780}, has_touch=True):
        cell = page.locator("td.text[data-version=ru] p").nth(2)
        cell.scroll_into_view_if_needed()
        cell.tap(position={"x": 20, "y": 12})
        expect(page.locator("#gloss")).not_to_be_empty()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [360, 1024, 1440])
def test_nothing_breaks_a_rule_and_nothing_is_wider_than_the_window(
    browser: Browser, file: Path, width: int, scheme: str
) -> None:
    for page in opened(browser, file, viewport={"width": width, "height": 900}, color_scheme=scheme):
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert serious(page) == []


def test_versions_stand_side_by_side_and_below_one_another_on_a_phone(browser: Browser, file: Path) -> None:
    places = "() => [...document.querySelectorAll('#u3 td.text')].map(one => [one.getBoundingClientRect().x, one.getBoundingClientRect().y])"
    for page in opened(browser, file):
        assert len({y for _, y in page.evaluate(places)}) == 1
    for page in opened(browser, file, viewport={"width": 360, "height": 780}):
        assert len({x for x, _ in page.evaluate(places)}) == 1


def test_it_is_whole_without_script(browser: Browser, file: Path) -> None:
    for page in opened(browser, file, java_script_enabled=False):
        expect(page.locator("#u3 td.text[data-version=en]")).to_contain_text("Our country is still not reunited.")
        expect(page.locator(".by-script")).to_be_hidden()
        page.locator(".findings summary").first.click()
        page.locator(".findings details[open] a.words").first.click()
        assert "#" in page.url


def test_on_paper_all_is_open_the_head_is_repeated_and_no_word_bar_is_printed(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".findings li").first).to_be_visible()
    expect(page.locator("#gloss")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
