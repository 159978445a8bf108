"""The library: its list, new documents, sheets, replacing a text, refusing what is not one, and hostile text."""

import re

import pytest
from playwright.sync_api import Page, expect

from corpora import example
from tests.browser.screen import (
    ENGLISH,
    KOREAN,
    PATIENCE,
    RUSSIAN,
    Wire,
    card,
    go,
    look_at,
    open_reader,
    settle,
    unfold,
    units,
)
from tests.browser.texts import (
    chain,
    expect_files,
    expect_message,
    give,
    more,
    open_files,
    remove,
    row,
    text_file,
    upload,
    use,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_pasted_text_takes_the_place_of_a_placeholder(page: Page, server: str) -> None:
    open_reader(page, server)
    before = units(page)
    go(page, "Library")
    fields = unfold(page, "ru")
    expect(card(page, "ru")).to_contain_text("placeholder, written for demonstration, not archival")
    fields.locator("textarea").fill(RUSSIAN)
    fields.locator("textarea").blur()
    expect(fields).to_contain_text("2 segments of text (2 paragraphs)")
    expect(fields.locator("[class*=st-key-preview-]")).to_contain_text(RUSSIAN.split("\n")[0])
    use(fields)
    expect(page.get_by_text("The Russian text was replaced")).to_be_visible()
    expect(card(page, "ru")).to_contain_text("user-supplied")
    expect(card(page, "ru")).to_contain_text("2 segments of text")
    expect(card(page, "ru")).not_to_contain_text("placeholder")
    expect(card(page, "ko")).to_contain_text("placeholder")
    assert unfold(page, "ru").locator("textarea").input_value() == ""
    go(page, "Read")
    heads = page.locator(".head .version")
    expect(heads.locator(".placeholder")).to_have_count(1)
    expect(heads.nth(0).locator(".placeholder")).to_be_visible()
    expect(heads.nth(1)).to_contain_text("user-supplied")
    expect(page.locator(".status .placeholders")).to_have_text("Korean: placeholder text, not archival")
    after = units(page)
    for place in ("ko", "en"):  # the other versions stay whole
        assert "\n".join(row["texts"][place] for row in after if row["texts"][place]) == "\n".join(
            row["texts"][place] for row in before if row["texts"][place]
        )
    assert [text for row in after for text in row["texts"]["ru"].split("\n") if text] == RUSSIAN.split("\n")[::2]


def test_an_uploaded_file_takes_the_place_of_a_placeholder(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    go(page, "Library")
    fields = unfold(page, "ko")
    upload(fields, wire, text_file("혁명의 성격.txt", KOREAN))
    use(fields)
    expect(card(page, "ko")).to_contain_text("File: 혁명의 성격.txt")
    expect(card(page, "ko")).not_to_contain_text("placeholder")
    go(page, "Read")
    heads = page.locator(".head .version")
    expect(heads.nth(0)).to_contain_text("혁명의 성격")
    expect(heads.nth(0).locator(".placeholder")).to_have_count(0)
    expect(heads.nth(1).locator(".placeholder")).to_have_count(1)
    assert [text for row in units(page) for text in row["texts"]["ko"].split("\n") if text] == KOREAN.split("\n")[::2]
    go(page, "Library")
    page.get_by_role("button", name="Open the 1955 chain").click()
    expect(heads.locator(".placeholder")).to_have_count(2)
    settle(page)
    expect(page.locator(".unit").first).to_contain_text(example.versions()[0].title)


def test_bad_input_is_refused_in_one_sentence_and_nothing_is_lost(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    go(page, "Library")
    fields = unfold(page, "ru")
    sheet = card(page, "ru").locator("[data-testid=stText]").all_inner_texts()
    typed = fields.locator("textarea")

    use(fields)
    expect_message(page, "No text was given")

    typed.fill(KOREAN)
    use(fields)
    expect_message(page, "was given as Russian (ru) but is written in Hangul letters")
    expect(typed).to_have_value(KOREAN)

    upload(fields, wire, text_file("текст.txt", RUSSIAN))
    use(fields)
    expect_message(page, "Both a file and a pasted text were given")
    expect(typed).to_have_value(KOREAN)
    expect(fields.get_by_text("текст.txt", exact=True).first).to_be_visible()

    with wire.answer():
        typed.fill("")
        typed.blur()
    for name, data, words in (
        ("empty.txt", b"", '"empty.txt" is empty'),
        ("blank.txt", b" \n\t\n", '"blank.txt" is empty'),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01", '"picture.txt"'),
        ("*bold* <b>.txt", KOREAN.encode(), '"*bold* <b>.txt" was given as Russian'),
    ):
        remove(fields, wire)
        upload(fields, wire, text_file(name, data))
        use(fields)
        expect_message(page, words)
    # The browser refuses a file of another kind before it is sent.
    fields.locator("input[type=file]").set_input_files([text_file("page.svg", b"<svg/>")])
    expect(fields.get_by_text(re.compile("not allowed"))).to_be_visible()
    assert card(page, "ru").locator("[data-testid=stText]").all_inner_texts() == sheet
    go(page, "Read")
    expect(page.locator(".head .placeholder")).to_have_count(2)


def test_a_file_that_is_given_just_when_a_run_begins_arrives(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    go(page, "Library")
    fields = unfold(page, "ru")
    upload(fields, wire, text_file("0.txt", RUSSIAN))
    for number in range(1, 11):
        # To take the former file back asks for a run; nobody waits for it here.
        fields.get_by_role("button", name=f"Remove {number - 1}.txt").click()
        given = text_file(f"{number}.txt", RUSSIAN)
        fields.locator("input[type=file]").set_input_files([given])
        expect_files(fields, given)


def test_the_files_of_another_document_outlive_the_replacement_of_a_version(
    page: Page, server: str, wire: Wire
) -> None:
    open_reader(page, server)
    given = text_file("가.txt", KOREAN), text_file("나.txt", RUSSIAN)
    start = give(page, wire, *given)
    fields = unfold(page, "en")  # the text whose paper describes the whole document
    fields.locator("textarea").fill(ENGLISH)
    use(fields)
    expect(page.get_by_text("The English text was replaced")).to_be_visible()
    settle(page)
    look_at(page, "New document")
    expect_files(start, *given)
    expect(page.get_by_role("button", name="Make the document")).to_be_enabled()


def test_two_texts_make_another_document(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    start = give(page, wire, text_file("b.md", ENGLISH))
    make = page.get_by_role("button", name="Make the document")
    expect(make).to_be_disabled()
    expect(page.get_by_text("Give one more version")).to_be_visible()
    upload(start, wire, text_file("가.txt", KOREAN))
    expect(chain(page)).to_contain_text(["b.md: 2 segments", "가.txt: 2 segments"])
    expect(page.locator(".st-key-given-1")).to_contain_text("2. Translation (Korean), made from English, inferred")
    page.locator(".st-key-up-1 button").click()
    expect(chain(page)).to_contain_text(["가.txt", "b.md"])
    expect(page.locator(".st-key-given-1")).to_contain_text("2. Translation (English), made from Korean, inferred")
    settle(page)
    make.click()
    expect(page.get_by_text("The document has 2 versions.")).to_be_visible()
    heads = page.locator(".head .version")
    expect(heads).to_have_count(2)
    expect(heads.nth(0)).to_contain_text("Original (Korean)")
    expect(heads.nth(0).locator(".title")).to_have_text("가")
    expect(heads.nth(1)).to_contain_text("Translation (English)")
    expect(heads.locator(".placeholder")).to_have_count(0)
    expect(page.locator(".head .hop")).to_have_count(1)
    assert [[text for row in units(page) for text in row["texts"][id].split("\n") if text] for id in ("ko", "en")] == [
        KOREAN.split("\n")[::2],
        ENGLISH.split("\n")[::2],
    ]
    page.keyboard.press("End")
    expect(page.locator(".pane .ledger tr")).to_have_count(1)
    go(page, "Library")
    look_at(page, "New document")
    expect_no_texts(page)


def test_a_document_opens_at_the_level_of_its_preview(page: Page, server: str) -> None:
    open_reader(page, server)
    go(page, "Library")
    look_at(page, "New document")
    for text in (KOREAN, ENGLISH):
        page.locator("[class*=st-key-paste-] textarea:visible").last.fill(text)
        page.get_by_role("button", name="Add the text").click()
        expect(page.locator("[class*=st-key-preview-]:visible").last).to_contain_text(text.split("\n")[0])
        settle(page)
    page.locator(".st-key-cut-by").get_by_text("Sentences").click()
    settle(page)
    page.get_by_role("button", name="Make the document").click()
    expect(page.locator('.reader[data-level="sentence"]')).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".head .version")).to_have_count(2)
    assert "level=sentence" in page.url


def expect_no_texts(page: Page) -> None:
    """Waits until the fields of the new document are empty."""
    expect(chain(page)).to_have_count(0)
    expect(page.locator("[class*=st-key-paste-] textarea:visible")).to_have_value("")
    expect(page.locator("[class*=st-key-files-]").get_by_role("button", name="Remove")).to_have_count(0)


def test_what_was_given_is_there_when_another_page_was_looked_at(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    give(page, wire, text_file("1.txt", RUSSIAN))
    pasted = page.locator("[class*=st-key-paste-] textarea:visible")
    pasted.fill(ENGLISH)
    pasted.blur()
    expect(chain(page)).to_contain_text(["1.txt: ", "Pasted text: "])
    go(page, "Guide")
    go(page, "Library")
    look_at(page, "New document")
    expect(chain(page)).to_contain_text(["1.txt: ", "Pasted text: "])
    expect(pasted.first).to_have_value(ENGLISH)
    page.get_by_role("button", name="Take out").click()
    expect(chain(page)).to_contain_text(["Pasted text: "])
    settle(page)


def test_a_text_that_cannot_be_used_is_told_beside_it_and_the_others_stay(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    field = give(page, wire, text_file("1.txt", RUSSIAN))
    upload(field, wire, text_file("2.txt", b""), text_file("3.txt", KOREAN))
    expect(page.locator(".st-key-given-1 [data-testid=stAlert]")).to_have_text(
        '"2.txt" is empty; give a file with the text of one version.'
    )
    expect_message(page, '"2.txt" is empty')
    expect(chain(page)).to_contain_text(["1.txt: ", "3.txt: "])
    expect(page.get_by_role("button", name="Make the document")).to_be_disabled()
    with wire.answer():
        field.get_by_role("button", name="Remove 2.txt").click()
    expect(page.get_by_role("button", name="Make the document")).to_be_enabled()
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)


def test_a_language_that_was_guessed_wrong_is_set_right(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    give(page, wire, text_file("1.txt", RUSSIAN), text_file("2.txt", ENGLISH))
    choice = page.locator(".st-key-given-0").get_by_role("combobox", name="Language")
    choice.fill("uk")
    choice.press("Enter")
    expect(page.locator(".st-key-given-1")).to_contain_text("made from uk, inferred")
    choice.fill("ko")
    page.get_by_role("option", name="Korean (ko)").click()
    expect_message(page, '"1.txt" was given as Korean (ko) but is written in Cyrillic letters')
    expect(chain(page)).to_contain_text(["2.txt: "])


def test_a_document_is_renamed_copied_deleted_and_brought_back(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    id = open_files(page, wire, text_file("하나.txt", KOREAN), text_file("2.txt", ENGLISH))
    go(page, "Library")
    expect(row(page, id)).to_contain_text("Korean → English")
    expect(row(page, id)).to_contain_text("0 of 2 units by paragraphs confirmed, 0 notes")
    menu = more(page, id)
    menu.get_by_label("Title").fill(" ")
    menu.get_by_role("button", name="Rename").click()
    expect_message(page, "A document needs a title")
    menu.get_by_label("Title").fill("새 *이름* <b>")
    menu.get_by_role("button", name="Rename").click()
    expect(row(page, id)).to_contain_text("새 *이름* <b>")
    settle(page)
    expect(menu).to_have_count(0)
    more(page, id).get_by_role("button", name="Duplicate").click()
    expect(page.locator("[class*=st-key-document-]", has_text="새 *이름* <b>, a copy")).to_have_count(1)
    settle(page)
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    more(page, id).get_by_role("button", name="Delete").click()
    expect(row(page, id)).to_contain_text("Deleted")
    settle(page)
    go(page, "Guide")
    go(page, "Library")
    row(page, id).get_by_role("button", name="Undo").click()
    expect(row(page, id).get_by_role("button", name="Open")).to_be_visible()
    settle(page)
    row(page, id).get_by_role("button", name="Open").click()
    expect(page.locator(".st-key-toolbar")).to_contain_text("새 *이름* <b>")
    expect(page.locator(".unit")).to_have_count(2)
    settle(page)


def test_a_sheet_is_changed_and_the_reader_knows(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    open_files(page, wire, text_file("1.txt", KOREAN), text_file("2.txt", RUSSIAN), text_file("3.txt", ENGLISH))
    go(page, "Library")
    form = unfold(page, "en", "Change the sheet")
    form.get_by_label("Title").fill("")
    form.get_by_role("button", name="Save the sheet").click()
    expect_message(page, "The English text (en) needs a title")
    form.get_by_label("Title").fill("Our *country*")
    form.get_by_label("Translators, one a line").fill("Gary Goldberg\nA. N. Other; with others")
    form.get_by_role("combobox", name="Made from").click()
    page.get_by_role("option", name="Korean (ko)").click()
    form.get_by_role("button", name="Save the sheet").click()
    expect(page.get_by_test_id("stToast")).to_contain_text("Changed the sheet of en: title, translators, made from")
    settle(page)
    expect(card(page, "en")).to_contain_text("Our *country*")
    expect(card(page, "en")).to_contain_text("Translator: Gary Goldberg, A. N. Other; with others")
    expect(card(page, "en")).to_contain_text("Made from: Korean")
    go(page, "Read")
    expect(page.locator(".head .hop")).to_have_text("hop 1ko→ruinferred")  # Russian and English are no step any more
    expect(page.locator(".head .version").nth(2).locator(".title")).to_have_text("Our *country*")
    page.keyboard.press("End")
    expect(page.locator(".pane .ledger tr")).to_have_count(2)  # measured anew
    go(page, "Library")
    look_at(page, "Versions")
    page.locator(".st-key-undo-sheet button").click()
    expect(card(page, "en")).to_contain_text("Made from: Russian")
    settle(page)


def test_who_works_here_is_remembered(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    go(page, "Library")
    name = page.get_by_role("textbox", name="Your name")
    try:
        name.fill("  Анна  К. ")
        name.blur()
        expect(page.get_by_text("Signed as Анна К. from now on.")).to_be_visible()
        settle(page)
        page.reload()
        expect(name).to_have_value("Анна К.")
        settle(page)
    finally:
        with wire.answer():
            name.fill("")
            name.blur()
