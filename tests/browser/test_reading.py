"""The reading page: columns, rows, gutters, selection, pane, keys, levels, apparatus."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect

from reviews.bench import Bench
from reviews.doubt import doubtful
from tests.browser.screen import (
    Wire,
    choose_level,
    expect_selected,
    go,
    open_reader,
    selected,
    settle,
    show_apparatus,
    units,
)  # fmt: skip
from tests.views.conftest import found, page_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KOREAN_ONLY = "해방은 우리 민족의 력사에"
COVER_LETTER = "to the CPSU CC"
# A run for one selection says which fragment ran and that nothing changed; the text is a hundred times as long.
SMALL = 5_000
# Keys as they arrive from three keyboard layouts: the sign differs, the place on the keyboard does not.
LAYOUTS = {"latin": ("j", "k"), "korean": ("ㅓ", "ㅏ"), "russian": ("о", "л")}


@pytest.fixture(scope="module")
def opened(new_page: Callable[..., AbstractContextManager[Page]], server: str) -> Iterator[Page]:
    """One open reader for the tests that change nothing but the selection."""
    with new_page() as page:
        open_reader(page, server)
        yield page


@pytest.fixture
def reading(opened: Page) -> Page:
    """The open reader with its first unit selected, as on opening."""
    opened.keyboard.press("Home")
    expect(selected(opened).locator(".number b")).to_have_text("1")
    return opened


def test_it_opens_on_the_1955_chain_with_a_header_for_each_version(reading: Page) -> None:
    page = reading
    heads = page.locator(".head .version")
    assert [head.get_attribute("data-version") for head in heads.all()] == ["ko", "ru", "en"]
    korean, russian, english = heads.all_inner_texts()
    assert "Original (Korean)" in korean
    assert "31 January 1955" in korean
    assert "Mediating text (Russian)" in russian
    assert "14 February 1955" in russian
    assert "Kovalev, Fadeyev" in russian
    assert "Translation (English)" in english
    assert "Gary Goldberg" in english
    for place, marked in enumerate([True, True, False]):
        tag = heads.nth(place).locator(".placeholder")
        expect(tag).to_have_count(int(marked))
        if marked:
            expect(tag).to_have_attribute("title", "placeholder, written for demonstration, not archival")
    assert page.locator(".unit").first.locator(".text").evaluate_all("cells => cells.map(cell => cell.lang)") == [
        "ko", "ru", "en",
    ]  # fmt: skip
    assert len(units(page)) > 20


def test_the_cells_of_a_row_stand_side_by_side(reading: Page) -> None:
    page = reading
    heads = page.locator(".head .version").evaluate_all("all => all.map(one => one.getBoundingClientRect().left)")
    rows = page.locator(".unit").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('.text')].map(cell => cell.getBoundingClientRect())"
        ".map(box => [box.left, box.top]))"
    )
    for row in rows:
        assert [left for left, _ in row] == pytest.approx(heads, abs=1)
        assert len({round(top, 1) for _, top in row}) == 1
    tops = [row[0][1] for row in rows]
    assert tops == sorted(tops)


def test_a_gutter_has_a_percentile_wherever_its_hop_has_text(reading: Page) -> None:
    page = reading
    gutters = page.locator(".unit").evaluate_all(
        "rows => rows.map(row => Object.fromEntries([...row.querySelectorAll('.gutter')].map(gutter =>"
        "[gutter.dataset.hop, gutter.querySelector('.percentile')?.textContent ?? null])))"
    )
    for row, gutter in zip(units(page), gutters, strict=True):
        assert list(gutter) == ["ko-ru", "ru-en"]
        for hop, number in gutter.items():
            if any(row["texts"][id] for id in hop.split("-")):
                assert number is not None, row["id"]
                assert 0 <= int(number) <= 100
            else:
                assert number is None, row["id"]


def test_a_paragraph_that_only_the_korean_has_stands_alone(reading: Page) -> None:
    page = reading
    row = page.locator(".unit", has_text=KOREAN_ONLY)
    expect(row).to_have_count(1)
    expect(row.locator('[data-version="ko"]').first).to_contain_text(KOREAN_ONLY)
    for version in ("ru", "en"):
        cell = row.locator(f'.text[data-version="{version}"]')
        expect(cell.locator(".none")).to_have_text("no counterpart · omitted at hop 1")
        expect(cell.locator(".segment")).to_have_count(0)
    expect(row.locator(".gutter").first.locator(".tag")).to_have_text("omitted")


def test_clicking_a_unit_shows_its_measures_and_reasons(reading: Page) -> None:
    page = reading
    row = page.locator('.unit[data-alarm="yes"]').first
    number = row.locator(".number b").inner_text()
    pane = page.locator(".pane")
    expect(pane.locator("h3")).not_to_have_text(f"Unit {number}")
    # Rows that come into view take their true height, and what was under the pointer moves.
    row.evaluate(
        "row => new Promise(done => { row.scrollIntoView(); requestAnimationFrame(() => requestAnimationFrame(done)); })"
    )
    row.locator(".text").first.click()
    expect(row).to_have_attribute("aria-selected", "true")
    expect(selected(page)).to_have_count(1)
    expect(pane.locator("h3")).to_have_text(f"Unit {number}")
    assert pane.locator(".ledger tr").evaluate_all("rows => rows.map(row => row.dataset.hop)") == [
        "ko-ru", "ru-en", "ko-en",
    ]  # fmt: skip
    names = pane.locator(".measures tbody th").all_inner_texts()
    assert names[:2] == ["Divergence", "Meaning"]
    values = [value for value in pane.locator(".measures td").all_inner_texts() if value != "–"]
    assert values
    assert all(re.fullmatch(r"(! ?)?[01]\.\d\d", value) for value in values)
    for reason in pane.locator(".card").all():
        expect(reason.locator(".why")).not_to_be_empty()
        expect(reason.locator("q").first).not_to_be_empty()
    assert pane.locator(".card").count() > 0


@pytest.mark.parametrize("layout", LAYOUTS)
def test_letters_move_by_their_place_on_the_keyboard(reading: Page, layout: str) -> None:
    page = reading
    first, second, third = [row["id"] for row in units(page)[:3]]
    keys = page.context.new_cdp_session(page)

    def press(sign: str, code: str) -> None:
        keys.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": sign, "code": code, "text": sign})
        keys.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": sign, "code": code})

    down, up = LAYOUTS[layout]
    expect_selected(page, first)
    press(down, "KeyJ")
    press(down, "KeyJ")
    expect_selected(page, third)
    press(up, "KeyK")
    expect_selected(page, second)
    expect(page.locator(".pane h3")).to_have_text("Unit 2")


def test_f8_leads_through_the_doubtful_units_and_round_the_end(reading: Page) -> None:
    page = reading
    queue = [one.unit for one in doubtful(Bench("example", found("paragraph"), "paragraph", {}).review())]
    assert len(queue) > 3
    expect(page.locator(".doubts b")).to_have_text(f"0 of {len(queue)}")
    if queue[0] == selected(page).get_attribute("data-unit"):
        page.keyboard.press("End")
    for unit in queue:
        page.keyboard.press("F8")
        expect_selected(page, unit)
        expect(selected(page)).to_be_in_viewport()
        expect(page.locator(".said")).not_to_be_empty()
    page.keyboard.press("F8")
    expect_selected(page, queue[0])
    expect(page.locator(".said")).to_contain_text("From the start again")
    page.keyboard.press("Shift+F8")
    expect_selected(page, queue[-1])


def test_marks_hold_exactly_the_characters_that_reasons_point_at(reading: Page) -> None:
    data = page_of(Bench("example", found("paragraph"), "paragraph", {}))
    expected: dict[tuple[str, str, int], set[int]] = {}
    for id, unit in data["units"].items():
        for hop in unit.get("hops", {}).values():
            for reason in hop["reasons"]:
                place = (id, reason["version"], reason["segment"])
                expected.setdefault(place, set()).update(range(reason["start"], reason["stop"]))
    assert expected
    # Every character of a segment, with whether it stands in a mark; offsets count UTF-16 units on both sides.
    runs = reading.locator(".unit").evaluate_all(
        """rows => rows.flatMap(row => [...row.querySelectorAll(".segment")].map(segment => {
            let place = 0;
            const marked = [];
            for (const node of segment.childNodes) {
                const length = node.textContent.length;
                if (node.nodeName === "MARK") marked.push([place, place + length]);
                place += length;
            }
            return [row.dataset.unit, segment.dataset.version, Number(segment.dataset.k), marked];
        }))"""
    )
    marked_on_page = {
        (unit, version, segment): {index for start, stop in marked for index in range(start, stop)}
        for unit, version, segment, marked in runs
        if marked
    }
    assert marked_on_page == expected


def test_pointing_at_a_card_lights_up_the_words_it_quotes(reading: Page) -> None:
    page = reading
    most = page.locator(".unit").evaluate_all(
        "rows => rows.map(row => [row.querySelectorAll('mark').length, row.dataset.unit]).sort((a, b) => b[0] - a[0])[0][1]"
    )
    page.locator(f'.unit[data-unit="{most}"] .number').click()
    cards = page.locator(".pane .card")
    expect(cards.first).to_be_visible()
    for reason in cards.all():
        reason.hover()
        quoted = "".join(reason.locator("q").all_inner_texts())
        lit = "".join(selected(page).locator("mark.lit").all_inner_texts())
        assert "".join(lit.split()) == "".join(quoted.split())
        assert lit


def test_switching_to_sentences_keeps_the_place(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    paragraphs = len(units(page))
    with wire.answer():
        page.locator(".unit", has_text=KOREAN_ONLY).locator(".number").click()
    choose_level(page, "Sentences")
    assert len(units(page)) > paragraphs
    expect(selected(page).locator('[data-version="ko"]').first).to_contain_text(KOREAN_ONLY)
    expect(selected(page)).to_be_in_viewport()
    choose_level(page, "Paragraphs")
    assert len(units(page)) == paragraphs
    expect(selected(page).locator('[data-version="ko"]').first).to_contain_text(KOREAN_ONLY)
    expect(selected(page)).to_be_in_viewport()


def test_apparatus_appears_and_disappears(page: Page, server: str) -> None:
    open_reader(page, server)
    letter = page.locator(".unit", has_text=COVER_LETTER)
    before = units(page)
    expect(letter).to_have_count(0)
    show_apparatus(page)
    expect(letter.first).to_be_attached()
    letter.first.scroll_into_view_if_needed()
    letter.first.locator(".number").click()
    expect(page.locator(".pane .sub")).to_have_text("front matter or apparatus · set aside, not compared")
    assert [row for row in units(page) if "/" not in row["id"]] == before
    show_apparatus(page, False)
    expect(letter).to_have_count(0)
    assert units(page) == before
    expect(selected(page)).to_have_count(1)


def test_the_selection_survives_a_visit_to_another_page(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    chosen = units(page)[-2]["id"]
    with wire.answer():
        page.keyboard.press("End")
    with wire.answer():
        page.keyboard.press("k")
    expect_selected(page, chosen)
    go(page, "Guide")
    go(page, "Read")
    expect_selected(page, chosen)
    expect(selected(page)).to_be_in_viewport()
    page.keyboard.press("k")
    expect_selected(page, units(page)[-3]["id"])


def test_a_selection_does_not_send_the_text_again(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    text = max(map(len, wire.received))
    for key in ("j", "End", "k"):
        wire.received.clear()
        with wire.answer():
            page.keyboard.press(key)
        assert sum(map(len, wire.received)) < SMALL < text


def test_keys_are_left_alone_while_somebody_types(reading: Page) -> None:
    page = reading
    first, second = [row["id"] for row in units(page)[:2]]
    page.evaluate("document.body.append(Object.assign(document.createElement('input'), { id: 'field' }))")
    page.locator("#field").focus()
    page.keyboard.type("jjk")
    page.keyboard.press("F8")
    assert page.locator("#field").input_value() == "jjk"
    expect_selected(page, first)
    page.locator("#field").evaluate("field => field.remove()")
    page.keyboard.press("Alt+j")
    expect_selected(page, first)
    page.keyboard.press("j")
    expect_selected(page, second)


def test_the_list_of_keys_opens_and_closes(reading: Page) -> None:
    page = reading
    first = units(page)[0]["id"]
    page.keyboard.press("Shift+Slash")
    keys = page.locator("dialog.keys")
    expect(keys).to_be_visible()
    page.keyboard.press("j")
    expect_selected(page, first)
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()


def test_every_page_opens_by_its_own_address(page: Page, server: str) -> None:
    for path, words in (("/guide", "What is measured"), ("/library", "Library")):
        page.goto(server + path)
        expect(page.get_by_role("heading", name=words)).to_be_visible()
        settle(page)
    go(page, "Read")
    expect(selected(page).locator(".number b")).to_have_text("1")
