"""Reading aids in real Chromium: counterparts light up, the gloss is there, versions are compared, units aligned anew."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from corpora import example, read_bytes
from corpora.document import Version
from reviews.storage.store import Store
from tests.browser.accessibility import serious
from tests.browser.screen import PATIENCE, open_reader, selected, settle, units

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ONE = "The war lasted two years.\n\nWe should unite the country.\n\nThe plan was not fulfilled.\n"
OTHER = "The war lasted three years.\n\nWe should unite the land.\n\nThe plan was fulfilled.\n"
# The selected row as it stands, without the handle by which a segment under the pointer can be dragged.
ROW = """() => {
    const find = (root) => root.querySelector('.unit[aria-selected="true"]')
        || [...root.querySelectorAll("*")].filter((node) => node.shadowRoot).map((node) => find(node.shadowRoot)).find(Boolean);
    const row = find(document).cloneNode(true);
    row.querySelectorAll(".handle").forEach((node) => node.remove());
    return row.innerHTML;
}"""


def english(id: str, text: str, **facts: Any) -> Version:
    return replace(read_bytes(text.encode(), f"{id}.txt", id), language="en", **facts)


def opened(page: Page, server: str, database: Path, versions: list[Version]) -> str:
    """Opens a document of these versions that is new in the library; its id."""
    id = Store(str(database)).add(versions, "A document of its own")
    page.goto(f"{server}/?doc={id}")
    page.locator(".unit").first.wait_for(timeout=PATIENCE)
    settle(page)
    return id


def lit(page: Page, name: str = "relay-words") -> list[str]:
    """The words that are lit up, in the order of the columns."""
    found: list[str] = page.evaluate(
        "name => [...(CSS.highlights.get(name) || [])].map(range => range.toString())", name
    )
    return found


def expect_lit(page: Page, words: list[str], name: str = "relay-words") -> None:
    page.wait_for_function(
        "([name, words]) => JSON.stringify([...(CSS.highlights.get(name) || [])].map(range => range.toString())) === JSON.stringify(words)",
        arg=[name, words],
    )


def hover(page: Page, version: str, word: str) -> None:
    """Moves the pointer to a word of the selected unit."""
    segment = selected(page).locator(f'.text[data-version="{version}"] .segment', has_text=word).first
    segment.scroll_into_view_if_needed()
    box = segment.evaluate(
        """(node, word) => {
            const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
            for (let text = walker.nextNode(); text; text = walker.nextNode()) {
                const start = text.data.indexOf(word);
                if (start < 0) continue;
                const range = document.createRange();
                range.setStart(text, start);
                range.setEnd(text, start + word.length);
                const { left, right, top, bottom } = range.getBoundingClientRect();
                return [(left + right) / 2, (top + bottom) / 2];
            }
        }""",
        word,
    )
    page.mouse.move(box[0] - 1, box[1])
    page.mouse.move(*box)


def choose(page: Page, begins: str) -> Locator:
    """Selects the unit with these words by clicking on its number; the row."""
    page.locator(".unit", has_text=begins).locator(".number").click()
    expect(selected(page)).to_contain_text(begins)
    return selected(page)


@pytest.fixture
def example_page(page: Page, server: str, document: str) -> Page:
    """A copy of the 1955 chain, with its first paragraph selected."""
    open_reader(page, server, document)
    choose(page, "우리 나라는 아직도")
    return page


# ---- counterparts ------------------------------------------------------------------------------


def test_the_word_under_the_pointer_lights_up_its_counterparts(example_page: Page) -> None:
    page = example_page
    before = page.evaluate(ROW)
    hover(page, "ko", "아직도")
    expect_lit(page, ["아직도"], "relay-word")
    assert {"ещё", "still"} <= set(lit(page))
    expect(page.locator(".gloss")).to_contain_text(
        re.compile(r"아직도 \(ajikdo\): ru .*ещё.* \d+ %.*the machine’s guess")
    )
    hover(page, "en", "completely")
    expect_lit(page, ["completely"], "relay-word")
    assert "полностью" in lit(page)
    assert page.evaluate(ROW) == before
    page.mouse.move(5, 5)
    expect_lit(page, [])
    expect(page.locator(".gloss")).to_be_empty()


def test_the_word_cursor_lights_up_and_tells_counterparts(example_page: Page) -> None:
    page = example_page
    page.keyboard.press("w")
    expect_lit(page, ["우리"], "relay-word")
    for _ in range(2):
        page.keyboard.press("w")
    expect_lit(page, ["아직도"], "relay-word")
    assert {"ещё", "still"} <= set(lit(page))
    expect(page.locator(".gloss[role=status]")).to_contain_text("still")
    page.keyboard.press("b")
    expect_lit(page, ["나라는"], "relay-word")
    page.keyboard.press("j")
    expect_lit(page, [], "relay-word")
    expect(page.locator(".gloss")).to_be_empty()


def test_units_one_passes_are_not_asked_about(example_page: Page) -> None:
    page = example_page
    page.locator("details.aids summary").click()
    expect(page.locator("details.aids table").first).to_be_visible()
    page.evaluate(
        """() => {
            const line = globalThis[Symbol.for("relay line")];
            let send = line.send;
            globalThis.asked = [];
            const listening = (message) => {
                globalThis.asked.push(...message.asks.filter(({ kind }) => kind === "words").map(({ unit }) => unit));
                send(message);
            };
            Object.defineProperty(line, "send", { get: () => listening, set: (other) => { send = other; } });
            for (let turn = 0; turn < 4; turn += 1)
                document.dispatchEvent(new KeyboardEvent("keydown", { code: "KeyJ", bubbles: true }));
        }"""
    )
    expect(page.locator("details.aids table").first).to_be_visible()
    assert set(page.evaluate("asked")) == {selected(page).get_attribute("data-unit")}


# ---- gloss -------------------------------------------------------------------------------------


def test_the_gloss_has_romanised_text_and_counterparts(example_page: Page) -> None:
    page = example_page
    aids = page.locator("details.aids")
    aids.locator("summary").click()
    gloss = aids.get_by_role("table", name="Gloss of the Korean text")
    line = gloss.locator("tr", has=page.get_by_text("아직도", exact=True))
    expect(line.locator("i")).to_have_text("ajikdo")
    expect(line.locator("td").nth(0)).to_contain_text(re.compile(r"ещё \d+"))
    expect(line.locator("td").nth(1)).to_contain_text(re.compile(r"still \d+"))
    expect(gloss.locator("td", has_text=re.compile("^–$")).first).to_be_visible()
    expect(aids).to_contain_text("the machine’s guess")
    expect(aids.locator(".latin").first).to_contain_text("uri naraneun ajikdo")
    expect(aids.get_by_role("table", name="Gloss of the Russian text")).to_be_visible()
    expect(aids.locator("summary")).to_be_focused()  # though the pane was drawn anew
    assert serious(page) == []

    line.hover()
    expect_lit(page, ["아직도"], "relay-word")
    aids.get_by_label("Romanisation of the Korean text").select_option("McCune–Reischauer")
    expect(aids.locator(".latin").first).to_contain_text("uri naranŭn ajikto")
    # It stays open from unit to unit, and the system stays chosen.
    page.keyboard.press("j")
    expect(page.locator("h3", has_text="Unit").first).to_be_visible()
    expect(aids).to_have_attribute("open", "")
    expect(aids.get_by_label("Romanisation of the Korean text")).to_have_value("mccune-reischauer")


# ---- two versions in one language ----------------------------------------------------------------


def changes(page: Page) -> list[tuple[str, str, str]]:
    """Words that are marked as different: their column, words, and kind."""
    found = page.locator("mark[data-change]").evaluate_all(
        "marks => marks.map(mark => [mark.closest('.text').dataset.version, mark.textContent, mark.dataset.change])"
    )
    return [tuple(one) for one in found]


def test_two_translations_show_their_word_diff(page: Page, server: str, database: Path) -> None:
    opened(page, server, database, [english("en", ONE), english("en2", OTHER)])
    expect(page.locator("mark[data-change]").first).to_be_visible()
    assert set(changes(page)) == {
        ("en", "two", "quantities"),
        ("en2", "three", "quantities"),
        ("en", "country", "wording"),
        ("en2", "land", "wording"),
        ("en", "not", "negation"),
    }
    word = page.locator("mark[data-change]", has_text="country")
    expect(word).to_have_attribute("title", re.compile('Wording differs from en2: The other text has "land" here.'))
    assert word.evaluate("node => getComputedStyle(node).textDecorationLine") == "underline"
    toggle = page.get_by_role("button", name="word diff")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    assert serious(page) == []
    toggle.click()
    expect(page.locator("mark[data-change]")).to_have_count(0)
    page.reload()  # the choice is kept
    page.locator(".unit").first.wait_for(timeout=PATIENCE)
    expect(toggle).to_have_attribute("aria-pressed", "false")
    expect(page.locator("mark[data-change]")).to_have_count(0)
    toggle.click()
    expect(page.locator("mark[data-change]")).to_have_count(5)


def test_two_leaves_of_one_text_are_compared_where_they_stand_side_by_side(
    page: Page, server: str, database: Path
) -> None:
    korean, russian, one = example.versions()
    body = "\n\n".join(segment_text for segment_text in one.text.split("\n\n")).replace("two parts", "three parts")
    opened(page, server, database, [korean, russian, one, english("en2", body, source="ru")])
    expect(page.locator("mark[data-change]").first).to_be_attached()
    assert {("en", "two", "quantities"), ("en2", "three", "quantities")} <= set(changes(page))
    # With another column between them there is nothing to compare.
    page.get_by_text("columns", exact=True).click()
    page.locator('[data-do="column-left"][data-version="en2"]').click()
    page.locator('[data-do="column-left"][data-version="en2"]').click()
    expect(page.locator("mark[data-change]")).to_have_count(0)
    expect(page.get_by_role("button", name="word diff")).to_have_count(0)


def test_the_example_has_no_word_diff(example_page: Page) -> None:
    expect(example_page.get_by_role("button", name="word diff")).to_have_count(0)


# ---- aligning anew --------------------------------------------------------------------------------


def texts(page: Page) -> list[dict[str, str]]:
    return [unit["texts"] for unit in units(page)]


def test_units_broken_by_hand_are_aligned_anew_and_undo_breaks_them_again(example_page: Page) -> None:
    page = example_page
    own = texts(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+ArrowDown")  # the Russian side goes down
    expect(page.locator(".said")).to_contain_text("Moved 1 segment of the Russian")
    page.keyboard.press("Control+Delete")
    expect(page.locator(".said")).to_contain_text("Merged units")
    broken = texts(page)
    assert broken != own
    page.get_by_role("button", name=re.compile(r"Align \d+–\d+ anew")).click()
    expect(page.locator(".said")).to_contain_text(re.compile(r"Aligned units \d+ to \d+ anew"), timeout=PATIENCE)
    assert texts(page) == own
    page.keyboard.press("Control+z")
    expect(page.locator(".said")).to_contain_text("Took back: aligned units")
    assert texts(page) == broken
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator(".said")).to_contain_text("Took back: moved")
    page.get_by_role("button", name=re.compile(r"Align \d+–\d+ anew")).click()
    expect(page.locator(".said")).to_contain_text("come out as they are")
    assert texts(page) == own
