"""What people do in the reader, piece by piece: deciding, filters, find, columns, texts, notes that survive."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from reviews.storage.store import Store
from tests.browser.screen import PATIENCE, expect_selected, open_reader, selected, units

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# The words that are selected in the reader, and those that are painted under a name.
SELECTED = "reader => reader.getRootNode().getSelection().toString()"
PAINTED = "name => [...(CSS.highlights.get(name) ?? [])].map(range => range.toString())"


@pytest.fixture
def reader(page: Page, server: str, document: str) -> Page:
    """The reader on a copy of the 1955 chain."""
    open_reader(page, server, document)
    return page


def unit(page: Page, id: str) -> Locator:
    return page.locator(f'.unit[data-unit="{id}"]')


def go_to(page: Page, id: str, version: str = "en") -> Locator:
    """Clicks a unit's text in one column, beside its words."""
    unit(page, id).locator(".number b").scroll_into_view_if_needed()
    unit(page, id).locator(".number b").click()
    expect_selected(page, id)
    place = ["ko", "ru", "en"].index(version)
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    for _ in range(place):
        page.keyboard.press("ArrowRight")
    return unit(page, id)


def said(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator(".said")).to_contain_text(words, timeout=PATIENCE)


def test_an_issue_is_judged_by_key_and_the_machines_number_stays(reader: Page, store: Store, document: str) -> None:
    reader.keyboard.press("F8")
    group = reader.locator(".pane .group[data-issue]").first
    value = group.locator(".value").inner_text()
    reader.keyboard.press("2")
    expect(group.locator('[data-verdict="error"]')).to_have_attribute("aria-pressed", "true", timeout=PATIENCE)
    expect(group.locator(".value")).to_have_text(value)
    tag = selected(reader).locator('.tag[data-verdict="error"]')
    expect(tag).to_have_attribute("title", re.compile("judged: error"))
    # The next press decides about the next issue; the same button takes it back.
    group.locator('.choice[data-verdict="error"]').click()
    expect(group.locator('[aria-pressed="true"]')).to_have_count(0, timeout=PATIENCE)
    assert [one.operation.kind for one in store.operations(document)] == ["verdict", "verdict"]


def test_an_issue_becomes_a_note_with_one_key(reader: Page) -> None:
    reader.keyboard.press("F8")
    reader.keyboard.press("a")
    note = reader.locator(".pane .note")
    expect(note).to_contain_text("suggested by the program", timeout=PATIENCE)
    expect(note).to_contain_text("Possible issue")
    expect(selected(reader).locator("mark[data-notes]").first).to_be_attached()


def test_a_filter_hides_the_other_units_and_stands_in_the_address(reader: Page, server: str) -> None:
    page = reader
    everything = page.locator(".unit").count()
    page.keyboard.press("End")
    page.keyboard.press("s")
    last = str(selected(page).get_attribute("data-unit"))
    expect(selected(page)).to_have_attribute("data-status", "confirmed", timeout=PATIENCE)
    page.locator('[data-filter="unconfirmed"]').click()
    expect(page.locator(".unit:visible")).to_have_count(everything - 1)
    expect(unit(page, last)).to_be_hidden()
    page.keyboard.press("End")
    assert selected(page).get_attribute("data-unit") != last
    # By hop, and far out in it.
    page.locator('[data-menu="filters"] summary').click()
    page.locator('[data-set="hop"]').select_option("ru-en")
    page.locator('[data-set="above"]').select_option("90")
    shown = page.locator('.unit:visible .gutter[data-hop="ru-en"] .percentile').all_inner_texts()
    assert shown
    assert all(int(one) >= 90 for one in shown)
    query = parse_qs(urlsplit(page.url).query)
    assert (query["hop"], query["above"], query["unconfirmed"]) == (["ru-en"], ["90"], ["true"])
    chosen = query["unit"][0]
    page.goto(page.url)
    expect(page.locator(".unit:visible")).to_have_count(len(shown), timeout=PATIENCE)
    expect_selected(page, chosen)
    page.get_by_role("button", name="show all").click()
    expect(page.locator(".unit:visible")).to_have_count(everything)


@pytest.mark.parametrize(
    ("typed", "found"), [("혁며", "혁명"), ("ещe".replace("e", "ё"), "еще|ещё|Ещё"), ("PEASANTS", "peasants")]
)
def test_find_in_every_column(reader: Page, typed: str, found: str) -> None:
    page = reader
    page.keyboard.press("Slash")
    page.keyboard.insert_text(typed)
    hits = page.locator(".hits")
    expect(hits).to_have_text(re.compile(r"^\d+$"))
    words = page.evaluate(PAINTED, "relay-find")
    assert len(words) == int(hits.inner_text())
    assert all(re.fullmatch(found, one) for one in words)
    page.keyboard.press("Enter")
    expect(hits).to_have_text(re.compile(r"^\d+ of \d+$"))
    (here,) = page.evaluate(PAINTED, "relay-found")
    assert here.lower() in selected(page).inner_text().lower()
    first = selected(page).get_attribute("data-unit")
    for _ in range(len(words)):
        page.keyboard.press("F3")
    expect_selected(page, str(first))  # round the end
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert selected(page).get_attribute("data-unit") != first


def test_columns_are_hidden_moved_and_kept_so(reader: Page) -> None:
    page = reader
    page.locator('[data-menu="columns"] summary').click()
    page.locator('[data-set="column"][data-version="ru"]').uncheck()
    heads = page.locator(".head .version")
    expect(heads).to_have_count(2)
    expect(page.locator(".head .hop b")).to_have_text("end to end")
    page.locator('[data-do="column-left"][data-version="en"]').click()
    page.locator('[data-do="column-left"][data-version="en"]').click()
    assert [head.get_attribute("data-version") for head in heads.all()] == ["en", "ko"]
    page.locator('[data-do="column-wide"][data-version="en"]').click()
    widths = heads.evaluate_all("heads => heads.map(head => head.getBoundingClientRect().width)")
    assert widths[0] > widths[1]
    page.reload()
    expect(heads).to_have_count(2, timeout=PATIENCE)
    assert [head.get_attribute("data-version") for head in heads.all()] == ["en", "ko"]


def test_a_text_is_put_right_and_only_its_unit_is_measured_again(reader: Page) -> None:
    page = reader
    row = go_to(page, "u10")
    others = page.locator('.unit:not([data-unit="u10"]) .percentile').all_inner_texts()
    page.keyboard.press("e")
    area = page.locator("textarea.edit")
    expect(area).to_be_focused()
    before = area.input_value()
    assert row.locator('.text[lang="en"] .segment').first.text_content() == before
    area.press("Home")
    page.keyboard.type("Nineteen wrong peasants. jjs ")
    page.keyboard.press("Control+Enter")
    said(page, "Changed the English in unit 10")
    expect(row.locator('.text[lang="en"]')).to_contain_text("Nineteen wrong peasants. jjs")
    expect(row).not_to_have_attribute("data-stale", "yes", timeout=PATIENCE)
    expect(row.locator('.gutter[data-hop="ru-en"] .percentile')).not_to_be_empty()
    assert page.locator('.unit:not([data-unit="u10"]) .percentile').all_inner_texts() == others
    page.keyboard.press("Control+z")
    expect(row.locator('.text[lang="en"] .segment').first).to_have_text(before, timeout=PATIENCE)


def test_a_text_that_is_being_typed_outlives_the_page(reader: Page) -> None:
    page = reader
    go_to(page, "u10")
    page.keyboard.press("e")
    page.keyboard.type("Half a wor")
    typed = page.locator("textarea.edit").input_value()
    page.wait_for_function(
        "async () => { const opened = await new Promise(done => { const asked = indexedDB.open('relay'); asked.onsuccess = () => done(asked.result); });"
        "return new Promise(done => { const all = opened.transaction('kept').objectStore('kept').getAll();"
        "all.onsuccess = () => done(all.result.some(one => one.typed?.includes('Half a wor'))); }); }"
    )
    page.reload()
    expect(page.locator("textarea.edit")).to_have_value(typed, timeout=PATIENCE)
    # What was typed is not given up by one key.
    page.keyboard.press("Escape")
    said(page, "Press Esc once more")
    expect(page.locator("textarea.edit")).to_have_value(typed)
    page.keyboard.press("Escape")
    expect(page.locator("textarea.edit")).to_have_count(0)


def test_what_no_filter_shows_is_not_touched(reader: Page, store: Store, document: str) -> None:
    page = reader
    go_to(page, "u5")
    page.locator('[data-filter="marked"]').click()
    expect(page.locator(".pane")).to_contain_text("No unit is selected")
    page.keyboard.press("s")
    said(page, "Select a unit first")
    assert not store.operations(document)
    page.locator('[data-filter="marked"]').click()
    expect_selected(page, "u5")


def test_after_a_button_of_the_pane_the_arrows_move_on(reader: Page) -> None:
    page = reader
    page.keyboard.press("F8")
    page.locator('.pane .choice[data-verdict="dismissed"]').first.click()
    expect(page.locator('.pane [data-verdict="dismissed"][aria-pressed="true"]').first).to_be_visible(timeout=PATIENCE)
    page.keyboard.press("F8")
    here = str(selected(page).get_attribute("data-unit"))
    page.keyboard.press("ArrowUp")
    expect(selected(page)).not_to_have_attribute("data-unit", here)
    page.keyboard.press("Home")
    expect_selected(page, "u1")


def test_a_note_that_is_being_written_outlives_the_page(reader: Page) -> None:
    page = reader
    go_to(page, "u10")
    page.keyboard.press("w")
    page.keyboard.press("n")
    expect(page.locator(".note-form")).to_contain_text("Not signed")
    (held,) = page.evaluate(PAINTED, "relay-held")
    assert held == page.locator(".note-form q").inner_text()
    page.keyboard.type("Half a no")
    page.wait_for_function(
        "async () => { const opened = await new Promise(done => { const asked = indexedDB.open('relay'); asked.onsuccess = () => done(asked.result); });"
        "return new Promise(done => { const all = opened.transaction('kept').objectStore('kept').getAll();"
        "all.onsuccess = () => done(all.result.some(one => one.body === 'Half a no')); }); }"
    )
    page.reload()
    expect(page.locator('.note-form [name="body"]')).to_have_value("Half a no", timeout=PATIENCE)
    expect(page.locator('.note-form [name="body"]')).to_be_in_viewport()
    said(page, "A note was being written when the page was closed")
    page.locator('[data-do="cancel-note"]').click()
    said(page, "once more to give up this note")
    expect(page.locator('.note-form [name="body"]')).to_have_value("Half a no")
    page.locator('[data-do="cancel-note"]').click()
    expect(page.locator(".note-form")).to_have_count(0)


def test_a_press_on_the_mouse_selects_down_one_column_and_escape_lets_go(reader: Page) -> None:
    page = reader
    row = go_to(page, "u10", "ko")
    segment = row.locator('.text[lang="ko"] .segment').first
    box, beside = segment.bounding_box(), row.locator('.text[lang="ru"] .segment').first.bounding_box()
    assert box
    assert beside
    page.mouse.move(box["x"] + 30, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(beside["x"] + 60, beside["y"] + 12, steps=6)
    page.mouse.up()
    page.keyboard.press("Space")
    said(page, "held for a note")
    page.keyboard.press("n")
    assert set(page.locator(".note-form .quote b").all_inner_texts()) == {"ko"}
    page.locator('[data-do="cancel-note"]').click()
    page.keyboard.press("w")
    assert page.locator(".reader").evaluate(SELECTED)
    page.keyboard.press("Escape")
    assert not page.locator(".reader").evaluate(SELECTED)


def test_undo_goes_to_what_it_takes_back(reader: Page) -> None:
    page = reader
    go_to(page, "u5")
    page.keyboard.press("s")
    said(page, "Confirmed unit 5")
    page.keyboard.press("End")
    page.keyboard.press("Control+z")
    said(page, "Took back: confirmed unit 5")
    expect_selected(page, "u5")


def test_a_paragraph_is_cut_and_joined_again(reader: Page) -> None:
    page = reader
    row = go_to(page, "u10")
    whole = row.locator('.text[lang="en"] .segment').all_text_contents()
    page.keyboard.press("e")
    page.locator("textarea.edit").evaluate(
        "area => { area.selectionStart = area.selectionEnd = area.value.indexOf(' ') + 1; }"
    )
    page.get_by_role("button", name="Cut at the caret").click()
    said(page, "Cut a paragraph of the English in unit 10")
    expect(row.locator('.text[lang="en"] .segment')).to_have_count(len(whole) + 1)
    page.keyboard.press("e")
    page.get_by_role("button", name="Join with the next").click()
    said(page, "Joined two paragraphs of the English in unit 10")
    expect(row.locator('.text[lang="en"] .segment')).to_have_count(len(whole))
    assert row.locator('.text[lang="en"] .segment').all_text_contents() == whole


def test_notes_survive_what_is_done_to_their_text(reader: Page) -> None:
    page = reader
    row = go_to(page, "u10")
    for _ in range(6):
        page.keyboard.press("w")
    page.keyboard.press("Shift+W")
    page.keyboard.press("n")
    quote = page.locator(".note-form q").inner_text()
    page.keyboard.type("Why this word?")
    page.keyboard.press("Control+Enter")
    said(page, "Wrote a note")

    def marked() -> Locator:
        return page.locator('.unit .text[lang="en"] mark[data-notes]')

    def words() -> str:
        return "".join(marked().all_text_contents())

    expect(marked().first).to_be_attached()
    assert words() == quote
    # Words before it.
    page.keyboard.press("e")
    page.locator("textarea.edit").press("Home")
    page.keyboard.type("And so: ")
    page.keyboard.press("Control+Enter")
    said(page, "Changed the English")
    expect(row.locator('.text[lang="en"]')).to_contain_text("And so: ")
    assert words() == quote
    # A letter inside it.
    page.keyboard.press("e")
    page.locator("textarea.edit").evaluate(
        "(area, quote) => { area.selectionStart = area.selectionEnd = area.value.indexOf(quote) + quote.indexOf(' '); }",
        quote,
    )
    page.keyboard.type("X")
    page.keyboard.press("Control+Enter")
    expect(row.locator('.text[lang="en"]')).to_contain_text(quote.replace(" ", "X ", 1), timeout=PATIENCE)
    assert words() == quote.replace(" ", "X ", 1)
    # Its unit goes into another one.
    count = page.locator(".unit").count()
    page.keyboard.press("Control+Backspace")
    expect(page.locator(".unit")).to_have_count(count - 1, timeout=PATIENCE)
    assert words() == quote.replace(" ", "X ", 1)
    expect(page.locator(".pane .note")).to_contain_text("Why this word?")
    # Its words are replaced altogether: it is kept, and says so.
    page.keyboard.press("Control+z")
    expect(page.locator(".unit")).to_have_count(count, timeout=PATIENCE)
    go_to(page, "u10")
    page.keyboard.press("e")
    page.locator("textarea.edit").fill("Nothing of it is left here.")
    page.keyboard.press("Control+Enter")
    expect(row.locator('.text[lang="en"]')).to_have_text(re.compile("Nothing of it is left here"), timeout=PATIENCE)
    expect(marked()).to_have_count(0)
    expect(page.locator(".pane .note")).to_contain_text("gone from the text")


def test_a_unit_tells_its_history(reader: Page) -> None:
    page = reader
    go_to(page, "u5")
    page.keyboard.press("s")
    said(page, "Confirmed unit 5")
    page.locator(".history summary").click()
    expect(page.locator(".history li")).to_have_text(re.compile("confirmed unit 5"), timeout=PATIENCE)
    expect(page.locator(".history ol")).to_have_attribute("reversed", "")  # the oldest is number 1
    go_to(page, "u6")
    expect(page.locator(".history")).to_contain_text("Nobody changed anything here", timeout=PATIENCE)


def test_two_units_are_linked_as_moved_and_let_go(reader: Page) -> None:
    page = reader
    go_to(page, "u5")
    page.keyboard.press("l")
    go_to(page, "u8")
    page.keyboard.press("l")
    said(page, "Linked units 5 and 8 as moved")
    link = page.locator('.pane .links [data-goto="u5"]')
    expect(link).to_have_text("The same passage stands in unit 5", timeout=PATIENCE)
    page.locator('.pane [data-do="unlink"]').click()
    expect(link).to_have_count(0, timeout=PATIENCE)


def test_a_side_is_split_emptied_and_moved_up(reader: Page) -> None:
    page = reader
    before = units(page)
    many = next(row for row in before if row["kind"] == "1:2:1")
    go_to(page, many["id"], "ru")
    page.keyboard.press("Enter")
    said(page, "Split unit")
    expect(unit(page, many["id"]).locator('.text[lang="ru"] .segment')).to_have_count(1)
    expect(page.locator(".unit")).to_have_count(len(before) + 1)
    page.keyboard.press("j")
    page.keyboard.press("Backspace")
    said(page, "Moved 1 segment of the Russian")
    expect(page.locator(".unit")).to_have_count(len(before))
    assert [row["texts"] for row in units(page)] == [row["texts"] for row in before]
    go_to(page, many["id"], "ko")
    page.keyboard.press("Control+Enter")
    said(page, re.compile(r"Gave the Korean of unit \d+ a unit of its own"))
    expect(unit(page, many["id"]).locator('.text[lang="ko"] .none')).to_be_visible()
    expect(page.locator(".unit")).to_have_count(len(before) + 1)


def test_what_is_set_aside_is_taken_in(reader: Page) -> None:
    page = reader
    page.locator('[data-menu="columns"] summary').click()
    page.locator('[data-set="apparatus"]').check()
    page.locator('[data-menu="columns"] summary').click()
    aside = page.locator('.unit[data-apparatus="yes"]')
    count = aside.count()
    last = aside.filter(has=page.locator("xpath=following-sibling::div[not(@data-apparatus)]")).last
    last.locator(".number b").scroll_into_view_if_needed()
    last.locator(".number b").click()
    page.locator('[data-do="take-down"]').click()
    said(page, "Took a segment of")
    expect(aside).to_have_count(count - 1)
    page.keyboard.press("Control+z")
    expect(aside).to_have_count(count, timeout=PATIENCE)


HOSTILE = "<script>window.harmed=1</script><img src=x onerror=window.harmed=1><style>*{display:none}</style> \u202eabc\u202c 🙂👍🏽"


def test_hostile_words_are_words(reader: Page) -> None:
    page = reader
    go_to(page, "u10")
    page.keyboard.press("n")
    for field in ("body", "alternatives", "evidence"):
        page.locator(f'.note-form [name="{field}"]').fill(HOSTILE)
    page.keyboard.press("Control+Enter")
    note = page.locator(".pane .note")
    expect(note.locator(".body")).to_have_text(HOSTILE, timeout=PATIENCE)
    note.get_by_role("button", name="Reply").click()
    page.locator('[name="reply"]').fill(HOSTILE)
    page.get_by_role("button", name="Send").click()
    expect(note.locator(".reply")).to_contain_text("<script>", timeout=PATIENCE)
    page.keyboard.press("e")
    page.locator("textarea.edit").fill(HOSTILE)
    page.keyboard.press("Control+Enter")
    expect(unit(page, "u10").locator('.text[lang="en"] .segment').first).to_have_text(HOSTILE, timeout=PATIENCE)
    page.locator('[data-set="find"]').fill(HOSTILE)
    expect(page.locator(".hits")).to_have_text("1")
    assert page.evaluate("window.harmed") is None
