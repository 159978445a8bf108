"""Whole sittings of a reviewer: by keyboard alone, and by mouse alone."""

import csv
import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from reviews.storage.store import Store
from tests.browser.screen import PATIENCE, expect_selected, go, open_reader, selected, units

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# What a key is called on the two other keyboards; its place is the same.
LAYOUTS = {
    "latin": {},
    "korean": {"m": "ㅡ", "s": "ㄴ", "n": "ㅜ", "w": "ㅈ", "j": "ㅓ"},
    "russian": {"m": "ь", "s": "ы", "n": "т", "w": "ц", "j": "о"},
}


def keyboard(page: Page, layout: str) -> Callable[..., None]:
    """Presses letters as a keyboard of this layout sends them: by place, with the sign of the layout."""
    keys = page.context.new_cdp_session(page)

    def press(*letters: str, shift: bool = False) -> None:
        for letter in letters:
            sign = LAYOUTS[layout].get(letter, letter)
            event = {"key": sign, "code": f"Key{letter.upper()}", "modifiers": 8 * shift}
            keys.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": sign, **event})
            keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})

    return press


def said(page: Page, words: str) -> None:
    """Waits for the line that says what was done."""
    expect(page.locator(".said")).to_contain_text(words, timeout=PATIENCE)


def kinds(page: Page) -> list[tuple[str, str | None]]:
    """The units and their kinds, as a reader sees them."""
    return [(row["id"], row["kind"]) for row in units(page)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_sitting_by_keyboard(page: Page, server: str, store: Store, either: str, layout: str) -> None:
    open_reader(page, server, either)
    press = keyboard(page, layout)
    before = kinds(page)

    # To the first doubtful place, and what is doubtful about it.
    page.keyboard.press("F8")
    said(page, "at hop")
    unit = str(selected(page).get_attribute("data-unit"))
    expect(page.locator(".pane .group .why").first).not_to_be_empty()

    # An alignment error is made and mended, taken back and done again.
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+ArrowDown")
    said(page, "Moved 1 segment of the Russian")
    moved = kinds(page)
    assert moved != before
    page.keyboard.press("Control+z")
    said(page, "Took back")
    assert kinds(page) == before
    page.keyboard.press("Control+Shift+Z")
    said(page, "Did again")
    assert kinds(page) == moved
    page.keyboard.press("Control+z")
    said(page, "Took back")
    expect_selected(page, unit)

    press("s")
    expect(selected(page)).to_have_attribute("data-status", "confirmed")

    # A note on words of the Korean and of the English.
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    press("w")
    press("w", shift=True)
    press("m")
    expect(selected(page).locator('.signs [title="bookmarked"]')).to_be_visible()  # the row was drawn anew
    page.keyboard.press("Space")
    said(page, "1 passage held")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    press("w", "w")
    press("n")
    form = page.locator(".note-form")
    expect(form.locator("q")).to_have_count(2)
    expect(form.locator("textarea").first).to_be_focused()
    page.keyboard.insert_text("Числа нет в английском. 숫자가 없다. j s n")
    page.keyboard.press("Control+Enter")
    said(page, "Wrote a note")
    note = page.locator(".pane .note")
    expect(note).to_contain_text("Числа нет в английском. 숫자가 없다. j s n")
    expect(note.locator(".quote b")).to_have_text(["ko", "en"])
    quotes = note.locator("q").all_inner_texts()
    row = selected(page)
    assert row.locator("mark[data-notes]").evaluate_all("marks => marks.map(mark => mark.closest('.text').lang)") == [
        "ko", "en",
    ]  # fmt: skip
    assert len(quotes[0].split()) == 2  # extended by a word

    # Only the units with notes.
    for _ in range(40):
        if page.evaluate("document.activeElement.shadowRoot?.activeElement?.dataset.filter") == "noted":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(page.locator(".unit:visible")).to_have_count(1)
    expect(page.locator(".tools .shown")).to_contain_text(f"1 of {len(before)}")

    # The table.
    for _ in range(60):
        if page.evaluate("document.activeElement.innerText.trim().startsWith('Download')"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    choose_table(page)
    button = page.locator(".st-key-download button")
    expect(button).to_be_enabled()
    button.focus()
    with page.expect_download(timeout=PATIENCE) as got:
        page.keyboard.press("Enter")
    rows = list(csv.DictReader(io.StringIO(got.value.path().read_text("utf-8-sig"))))
    assert [row["status"] for row in rows].count("confirmed") == 1
    assert [stored.operation.kind for stored in store.operations(either)] == [
        "move", "undo", "redo", "undo", "confirm", "bookmark", "note",
    ]  # fmt: skip


def choose_table(page: Page) -> None:
    """Chooses the table as CSV on the page of downloads."""
    page.get_by_role("radio", name=".csv", exact=True).check(force=True)
    expect(page.locator(".stMain")).to_contain_text("-paragraph.csv: ", timeout=PATIENCE)


def drag(page: Page, segment: Locator, row: Locator) -> None:
    """Drags a segment by its handle onto a row."""
    row.locator(".number b").scroll_into_view_if_needed()
    segment.hover()
    handle = segment.locator(".handle").bounding_box()
    there = row.locator(".number b").bounding_box()
    assert handle
    assert there
    page.mouse.move(handle["x"] + 5, handle["y"] + 5)
    page.mouse.down()
    page.mouse.move(handle["x"] + 5, handle["y"] + 30, steps=3)
    page.mouse.move(there["x"] + 2, there["y"] + 5, steps=5)
    page.mouse.up()


def select_words(page: Page, segment: Locator, letters: int) -> None:
    """Selects the first letters of a segment with the mouse."""
    box = segment.evaluate(
        """(segment, letters) => {
            const text = document.createTreeWalker(segment, NodeFilter.SHOW_TEXT).nextNode();
            const range = document.createRange();
            range.setStart(text, 0);
            range.setEnd(text, letters);
            const grid = segment.closest(".grid");
            grid.scrollTop += range.getBoundingClientRect().top - grid.getBoundingClientRect().top - 200;
            const { left, right, top, height } = range.getBoundingClientRect();
            return { left, right, y: top + height / 2 };
        }""",
        letters,
    )
    page.mouse.move(box["left"] + 1, box["y"])
    page.mouse.down()
    page.mouse.move(box["right"], box["y"], steps=4)
    page.mouse.up()


def test_a_sitting_by_mouse(page: Page, server: str, store: Store, either: str) -> None:
    open_reader(page, server, either)
    before = kinds(page)
    page.locator(".doubts").click()
    said(page, "at hop")
    unit = str(selected(page).get_attribute("data-unit"))
    expect(page.locator(".pane .group .why").first).not_to_be_empty()

    # A segment is dragged to the unit below, and comes back by undo.
    row = selected(page)
    below = row.locator("xpath=following-sibling::div[1]")
    drag(page, row.locator('.segment[data-version="ru"]').last, below)
    said(page, "Moved 1 segment of the Russian")
    moved = kinds(page)
    assert moved != before
    page.locator('.status [data-do="undo"]').click()
    said(page, "Took back")
    assert kinds(page) == before
    page.locator('.status [data-do="redo"]').click()
    said(page, "Did again")
    assert kinds(page) == moved
    page.locator('.status [data-do="undo"]').click()
    said(page, "Took back")

    page.locator(f'.unit[data-unit="{unit}"] .number').click()
    page.locator('.pane [data-do="confirm"]').click()
    expect(selected(page)).to_have_attribute("data-status", "confirmed")

    # A note on words of two columns.
    select_words(page, selected(page).locator('.segment[data-version="ko"]').first, 4)
    page.locator('.pane [data-do="note"]').click()
    form = page.locator(".note-form")
    expect(form.locator("q")).to_have_count(1)
    select_words(page, selected(page).locator('.segment[data-version="en"]').first, 9)
    form.locator('[data-do="add-words"]').click()
    expect(form.locator("q")).to_have_count(2)
    form.locator('[name="set molina-hurtado"]').select_option("reduction")
    form.locator("textarea").first.fill("The year is gone.")
    form.get_by_role("button", name="Save").click()
    said(page, "Wrote a note")
    expect(page.locator(".pane .note .kinds")).to_contain_text("Reduction")

    page.locator('[data-filter="noted"]').click()
    expect(page.locator(".unit:visible")).to_have_count(1)
    go(page, "Download")
    choose_table(page)
    with page.expect_download(timeout=PATIENCE) as got:
        page.locator(".st-key-download button").click()
    assert "confirmed" in got.value.path().read_text("utf-8-sig")
    (note,) = [one.operation for one in store.operations(either) if one.operation.kind == "note"]
    assert note.values["categories"] == {"molina-hurtado": "reduction"}
    assert [anchor["version"] for anchor in note.values["anchors"]] == ["ko", "en"]
