"""The overview draws its pictures, which can be taken along as files, and leads to the reader."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import PATIENCE, choose_level, expect_selected, go, open_reader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def download(page: Page, key: str) -> tuple[str, Path]:
    """The name and the file that a button brings; a dot in its key is a hyphen in its class."""
    with page.expect_download(timeout=PATIENCE) as got:
        page.locator(f".st-key-{key}").get_by_role("button").click()
    return got.value.suggested_filename, got.value.path()


@pytest.fixture
def overview(page: Page, server: str) -> Page:
    """The overview of the example."""
    open_reader(page, server)
    go(page, "Overview")
    return page


def test_every_hop_has_its_pictures_and_says_in_words_what_they_show(overview: Page) -> None:
    pictures = overview.locator("[data-testid=stVegaLiteChart]")
    expect(pictures).to_have_count(6)
    for place in range(6):
        drawn = pictures.nth(place).locator("canvas, svg").first
        expect(drawn).to_be_visible()
        told = pictures.nth(place).get_attribute("aria-label")
        assert told
        expect(overview.get_by_text(told, exact=True)).to_be_visible()


@pytest.mark.parametrize("level", ["paragraph", "sentence"])
@pytest.mark.parametrize("what", ["divergence", "issues"])
def test_pictures_are_taken_along(overview: Page, what: str, level: str) -> None:
    go(overview, "Read")
    choose_level(overview, f"{level.capitalize()}s")
    go(overview, "Overview")
    name, path = download(overview, f"{what}-png")
    assert name == f"the-1955-chain-{level}-{what}.png"
    assert path.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    name, path = download(overview, f"{what}-svg")
    assert name == f"the-1955-chain-{level}-{what}.svg"
    tree = ElementTree.fromstring(path.read_text("utf-8"))
    assert tree.tag == "{http://www.w3.org/2000/svg}svg"
    words = ["".join(node.itertext()) for node in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert {f"The 1955 chain, by {level}s", "hop 1, Korean to Russian"} <= set(words)
    assert any("placeholder" in one for one in words)


def test_the_table_is_taken_along_and_leads_to_the_reader(overview: Page) -> None:
    name, path = download(overview, "units-csv")
    assert name == "the-1955-chain-units.csv"
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["unit"] for row in rows] == [str(number) for number in range(1, 30)]

    overview.locator(".st-key-units .dvn-scroller").click(position={"x": 16, "y": 55})  # the mark of the first row
    overview.get_by_role("button", name="Read in context").click(timeout=PATIENCE)
    expect_selected(overview, "u1")
