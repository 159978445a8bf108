"""How it looks, in numbers: nothing hidden, nothing overlapping, everything legible; and pictures for the eye."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screen import ROOT, Wire, go, look_at, open_reader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PICTURES = ROOT / "test-results"
SIZES = {"wide": (1440, 900), "narrow": (1024, 768)}
LEGIBLE = 4.5  # WCAG 2.2, 1.4.3, text of ordinary size

# The contrast of each element's letters with what lies behind them, as WCAG 2.2 computes it. Grounds are put on top of
# one another from the root of the page down, through the border of a shadow tree.
CONTRASTS = """nodes => {
    const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const over = (ground, colour) => {
        paint.fillStyle = `rgb(${ground.join(" ")})`;
        paint.fillRect(0, 0, 1, 1);
        paint.fillStyle = colour;
        paint.fillRect(0, 0, 1, 1);
        return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = (rgb) => {
        const [r, g, b] = rgb.map(x => x / 255).map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const above = (node) => node.parentElement || (node.getRootNode().host ?? null);
    return nodes.map(node => {
        const line = [];
        for (let each = node; each; each = above(each)) line.unshift(each);
        const ground = line.reduce((ground, each) => over(ground, getComputedStyle(each).backgroundColor), [255, 255, 255]);
        const seen = line.reduce((seen, each) => seen * getComputedStyle(each).opacity, 1);
        const letters = over(ground, getComputedStyle(node).color).map((x, i) => seen * x + (1 - seen) * ground[i]);
        const [dark, bright] = [light(letters), light(ground)].sort((a, b) => a - b);
        return [(bright + 0.05) / (dark + 0.05), node.textContent.trim().slice(0, 40), node.className];
    });
}"""


def contrasts(found: Locator) -> list[list[Any]]:
    return found.evaluate_all(CONTRASTS)


def boxes(found: Locator) -> list[dict[str, float]]:
    return [box for each in found.all() if (box := each.bounding_box())]


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    """True when two boxes share more than a hairline."""
    return all(
        min(one[place] + one[size], other[place] + other[size]) - max(one[place], other[place]) > 1
        for place, size in (("x", "width"), ("y", "height"))
    )


def expect_no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("[data-testid=stMain]").evaluate("node => node.scrollWidth <= node.clientWidth")


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_whole_and_legible(
    new_page: Callable[..., AbstractContextManager[Page]], server: str, size: str, scheme: str
) -> None:
    PICTURES.mkdir(exist_ok=True)
    width, height = SIZES[size]
    with new_page(viewport={"width": width, "height": height}, color_scheme=scheme) as page:
        wire = Wire(page)
        open_reader(page, server)
        with wire.answer():  # what waits for a run is drawn paler
            page.keyboard.press("F8")
        expect(page.locator(".pane .card").first).to_be_visible()
        page.screenshot(path=PICTURES / f"read-{width}-{scheme}.png")
        expect_no_sideways_scroll(page)
        _check_reader(page, height)
        _check_toolbar(page)
        go(page, "Library")
        page.screenshot(path=PICTURES / f"library-{width}-{scheme}.png", full_page=True)
        expect_no_sideways_scroll(page)
        _check_documents(page)
        look_at(page, "New document")
        _give_a_text(page, wire)
        page.screenshot(path=PICTURES / f"new-{width}-{scheme}.png", full_page=True)
        expect_no_sideways_scroll(page)
        _check_legible(page.locator("[class*=st-key-preview-] :is(p, [data-testid=stText] *)"))
        look_at(page, "Versions")
        page.screenshot(path=PICTURES / f"versions-{width}-{scheme}.png", full_page=True)
        expect_no_sideways_scroll(page)
        _check_versions(page)
        go(page, "Guide")
        page.screenshot(path=PICTURES / f"guide-{width}-{scheme}.png", full_page=True)
        expect_no_sideways_scroll(page)
        _check_legible(page.locator("[data-testid=stMain] :is(p, h3)"))


@pytest.mark.parametrize("size", SIZES)
def test_the_pages_of_a_document_are_whole_and_legible(
    new_page: Callable[..., AbstractContextManager[Page]], server: str, document: str, size: str, scheme: str
) -> None:
    PICTURES.mkdir(exist_ok=True)
    width, height = SIZES[size]
    with new_page(viewport={"width": width, "height": height}, color_scheme=scheme) as page:
        open_reader(page, server, document)
        page.keyboard.press("F8")
        page.keyboard.press("a")
        expect(page.locator(".pane .note")).to_be_visible()
        page.locator(".pane .note").scroll_into_view_if_needed()
        page.screenshot(path=PICTURES / f"note-{width}-{scheme}.png")
        _check_legible(page.locator(".pane :is(.note, .actions) :is(p, b, q, button)"))
        for title in ("Doubtful", "Notes", "Overview", "Download"):
            go(page, title)
            page.screenshot(path=PICTURES / f"{title.lower()}-{width}-{scheme}.png", full_page=title != "Doubtful")
            expect_no_sideways_scroll(page)
            _check_legible(page.locator("[data-testid=stMain] :is(p, h3, h4):visible"))


def _check_legible(found: Locator) -> None:
    measured = contrasts(found)
    assert measured
    assert [one for one in measured if one[1] and one[0] < LEGIBLE] == []


def _check_reader(page: Page, height: int) -> None:
    status = page.locator(".status").bounding_box()
    assert status
    assert 0 < status["y"] < status["y"] + status["height"] <= height
    assert page.locator("[data-testid=stMain]").evaluate("node => node.scrollHeight <= node.clientHeight")
    heads = page.locator(".head > *")
    assert heads.count() == 6
    assert not any(overlap(*pair) for pair in combinations(boxes(heads), 2))
    assert not any(overlap(*pair) for pair in combinations(boxes(page.locator(".status > :visible")), 2))
    grid, pane = page.locator(".grid").bounding_box(), page.locator(".pane").bounding_box()
    assert grid
    assert pane
    assert not overlap(grid, pane)
    tags = page.locator(".head .placeholder")
    expect(tags).to_have_count(2)
    for tag, head in zip(boxes(tags), boxes(page.locator(".head .version")), strict=False):
        assert head["x"] <= tag["x"]
        assert tag["x"] + tag["width"] <= head["x"] + head["width"] + 1
    for tag in tags.all():
        expect(tag).to_be_in_viewport(ratio=1)
        assert tag.evaluate("node => getComputedStyle(node).borderStyle") == "dashed"
    _check_legible(tags)
    for part in (
        ".segment", "mark", ".none", ".facts", ".role > span", ".title", ".percentile", ".tag", ".number b", ".kind",
        ".hop *", ".pane :is(h3, h4, h5, p, th, td, small, .why, .metric, .value, q, .quote b)", ".status :is(span, button)",
    ):  # fmt: skip
        _check_legible(page.locator(part))


def _check_toolbar(page: Page) -> None:
    controls = page.locator(".st-key-toolbar > *:visible")
    assert controls.count() == 2
    places = boxes(controls)
    assert not any(overlap(*pair) for pair in combinations(places, 2))
    header = page.locator("[data-testid=stHeader]").bounding_box()
    reader = page.locator(".reader").bounding_box()
    assert header
    assert reader
    for place in places:
        assert not overlap(place, header)
        assert place["y"] + place["height"] <= reader["y"]
    for button in page.locator(".st-key-toolbar button:visible").all():
        assert button.evaluate("node => node.scrollWidth <= node.clientWidth + 1"), button.inner_text()
        assert not overlap(button.bounding_box() or {}, header)
    _check_legible(page.locator(".st-key-toolbar p:visible"))


def _check_documents(page: Page) -> None:
    rows = page.locator("[class*=st-key-document-]")
    assert rows.count() > 0
    assert not any(overlap(*pair) for pair in combinations(boxes(rows), 2))
    for row in rows.all():
        inside = boxes(row.locator("button:visible"))
        assert not any(overlap(*pair) for pair in combinations(inside, 2))
        assert len({round(box["y"]) for box in inside}) == 1  # in one line
    tags = rows.locator(".stMarkdownBadge")
    assert tags.count() > 0
    for tag in tags.all():
        assert tag.evaluate("node => getComputedStyle(node).borderStyle") == "dashed"
    _check_legible(tags)
    _check_legible(rows.locator(":is(p, [data-testid=stText] *)"))


def _give_a_text(page: Page, wire: Wire) -> None:
    """Gives one long text, and waits until its preview is there."""
    with wire.answer():
        page.locator("[class*=st-key-files-] input[type=file]").set_input_files(
            [ROOT / "seeds" / "nature-of-our-revolution-1955.en.txt"]
        )
    expect(page.locator("[class*=st-key-preview-]")).to_contain_text("The nature of the revolution")


def _check_versions(page: Page) -> None:
    cards = page.locator("[class*=st-key-version-]")
    expect(cards).to_have_count(3)
    places = boxes(cards)
    assert not any(overlap(*pair) for pair in combinations(places, 2))
    assert len({(round(place["y"]), round(place["height"])) for place in places}) == 1
    marks = page.get_by_text("placeholder, written for demonstration, not archival", exact=True)
    expect(marks).to_have_count(2)
    for mark in marks.all():
        assert mark.evaluate("node => node.scrollWidth <= node.clientWidth + 1")
        expect(mark).to_be_in_viewport(ratio=1)
    _check_legible(marks)
    _check_legible(cards.locator(":is(p, [data-testid=stText] *)"))
    _check_legible(page.locator("[data-testid=stMain] :is(h3, [data-testid=stCaptionContainer] p):visible"))
