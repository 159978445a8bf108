"""The page of texts: replacing a version, refusing what is not one, other documents, and hostile text."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from corpora import example
from tests.browser.screen import ENGLISH, KOREAN, RUSSIAN, Wire, card, go, open_reader, settle, unfold, units

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAYLOAD = (
    '<img src="x" onerror="window.harmed=1"><script>window.harmed=1</script><iframe srcdoc="<script>parent.harmed=1'
    '</script>"></iframe> [link](javascript:window.harmed=1) ![picture](http://example.org/x.png) :red[**bold**] $x$'
)


def text_file(name: str, text: str | bytes) -> FilePayload:
    data = text.encode("utf-8") if isinstance(text, str) else text
    return {"name": name, "mimeType": "text/plain", "buffer": data}


def upload(fields: Locator, wire: Wire, *files: FilePayload) -> None:
    """Hands over files and waits until they have arrived. Long names are shown shortened, so the buttons tell."""
    with wire.answer():
        fields.locator("input[type=file]").set_input_files(list(files))
    expect_files(fields, *files)


def expect_files(fields: Locator, *files: FilePayload) -> None:
    """Waits until these files have arrived."""
    for file in files:
        expect(fields.get_by_role("button", name=f"Remove {file['name']}")).to_be_visible()
    expect(fields.locator("[role=progressbar]")).to_have_count(0)


def chain(page: Page) -> Locator:
    """The files in the order of the chain that will be opened."""
    return page.get_by_test_id("stMultiSelect").locator("[data-tag]")


def remove(fields: Locator, wire: Wire) -> None:
    """Takes the first file back and waits until Python knows."""
    with wire.answer():
        fields.get_by_role("button", name=re.compile("remove|delete", re.IGNORECASE)).first.click()


def open_files(page: Page, wire: Wire, *files: FilePayload) -> None:
    """Opens another document and waits until its versions are there."""
    upload(page.locator("[class*=st-key-files-]"), wire, *files)
    expect(chain(page)).to_have_text([file["name"] for file in files])
    page.get_by_role("button", name="Open these files").click()
    expect(page.get_by_text(f"{len(files)} versions are open")).to_be_visible()
    settle(page)


def use(fields: Locator) -> None:
    fields.get_by_role("button", name="Use this text").click()


def expect_message(page: Page, words: str) -> None:
    """Waits for the one message on the page: a single sentence that holds these words."""
    alert = page.get_by_role("alert").filter(has_text=words)
    expect(alert).to_have_count(1)
    expect(page.locator("[data-testid=stAlert]")).to_have_count(1)
    said = alert.inner_text().strip()
    assert said.endswith("."), said
    assert "\n" not in said, said
    assert "Traceback" not in said, said
    settle(page)


def test_a_pasted_text_takes_the_place_of_a_placeholder(page: Page, server: str) -> None:
    open_reader(page, server)
    before = units(page)
    go(page, "Texts")
    expect(card(page, "ru")).to_contain_text("placeholder, written for demonstration, not archival")
    fields = unfold(page, "ru")
    fields.locator("textarea").fill(RUSSIAN)
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
    go(page, "Texts")
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
    go(page, "Texts")
    page.get_by_role("button", name="Open the 1955 chain").click()
    expect(page.get_by_text("The 1955 chain is open.")).to_be_visible()
    expect(card(page, "ko")).to_contain_text("placeholder, written for demonstration, not archival")
    go(page, "Read")
    expect(heads.locator(".placeholder")).to_have_count(2)
    expect(page.locator(".unit").first).to_contain_text(example.versions()[0].title)


def test_bad_input_is_refused_in_one_sentence_and_nothing_is_lost(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    go(page, "Texts")
    sheet = card(page, "ru").locator("[data-testid=stText]").all_inner_texts()
    fields = unfold(page, "ru")
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
    fields.locator("input[type=file]").set_input_files([text_file("page.pdf", b"%PDF-1.7")])
    expect(fields.get_by_text(re.compile("not allowed"))).to_be_visible()
    assert card(page, "ru").locator("[data-testid=stText]").all_inner_texts() == sheet
    go(page, "Read")
    expect(page.locator(".head .placeholder")).to_have_count(2)


def test_a_file_that_is_given_just_when_a_run_begins_arrives(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    go(page, "Texts")
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
    go(page, "Texts")
    start, given = page.locator("[class*=st-key-files-]"), text_file("가.txt", KOREAN)
    upload(start, wire, given)
    fields = unfold(page, "en")  # the text whose paper describes the whole document
    fields.locator("textarea").fill(ENGLISH)
    use(fields)
    expect(page.get_by_text("The English text was replaced")).to_be_visible()
    settle(page)
    expect_files(start, given)
    expect(page.get_by_role("button", name="Open these files")).to_be_enabled()


def test_two_files_make_another_document(page: Page, server: str, wire: Wire) -> None:
    open_reader(page, server)
    go(page, "Texts")
    start = page.locator("[class*=st-key-files-]")
    opened = page.get_by_role("button", name="Open these files")
    expect(opened).to_be_disabled()
    upload(start, wire, text_file("가.txt", KOREAN))
    expect(opened).to_be_enabled()
    opened.click()
    expect_message(page, "There is only one version")
    upload(start, wire, text_file("b.md", ENGLISH))
    expect(chain(page)).to_have_text(["가.txt", "b.md"])
    opened.click()
    expect(page.get_by_text("2 versions are open")).to_be_visible()
    settle(page)  # until then the cards of three versions stand beside those of two
    expect(card(page, "ru")).to_have_count(0)
    expect(card(page, "en")).to_contain_text("Made from: Korean, inferred from the order of the versions")
    expect(opened).to_be_disabled()
    go(page, "Read")
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


def test_versions_in_one_language_are_told_apart_and_long_names_stay_in_their_cards(
    page: Page, server: str, wire: Wire
) -> None:
    open_reader(page, server)
    go(page, "Texts")
    long = "x" * 180 + ".txt"
    files = text_file("1.txt", RUSSIAN), text_file("2.txt", ENGLISH), text_file(long, ENGLISH + "\nAnd more of it.")
    open_files(page, wire, *files)
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
    go(page, "Texts")
    name = "<img src=x onerror=window.harmed=1> ![p](http:&#47;&#47;example.org) *b* $x$.txt"
    russian = f"{PAYLOAD}\n\n{RUSSIAN * 5}"  # long enough to be told from Latin letters
    open_files(page, wire, text_file("a.txt", russian), text_file(name, f"{PAYLOAD}\n\n{ENGLISH}"))
    expect(card(page, "en")).to_contain_text(f"File: {name}")
    go(page, "Read")
    expect(page.locator('.text[data-version="ru"]').first).to_contain_text(PAYLOAD)
    expect(page.locator('.text[data-version="en"]').first).to_contain_text(PAYLOAD)
    expect(page.locator(".st-key-toolbar")).to_contain_text(Path(name).stem)
    page.keyboard.press("End")
    page.keyboard.press("Home")
    expect(page.locator(".pane h3")).to_have_text("Unit 1")
    expect(page.locator(".reader :is(img, script, iframe, a, em, strong)")).to_have_count(0)
    expect(page.locator("img, iframe, a[href^=javascript], a[href*=example]")).to_have_count(0)
    assert page.evaluate("!!window.harmed") is False


def test_texts_that_were_not_made_from_one_another_have_no_counterpart_and_omit_nothing(
    page: Page, server: str, wire: Wire
) -> None:
    open_reader(page, server)
    go(page, "Texts")
    longer = f"{ENGLISH}\nThe orchestra will play Beethoven tonight in the great hall of the capital.\n"
    open_files(page, wire, text_file("a.txt", longer), text_file("b.txt", ENGLISH))
    go(page, "Read")
    alone = page.locator(".unit .none")
    expect(alone).to_have_count(1)
    expect(alone).to_have_text("no counterpart")
    expect(page.locator(".unit .tag", has_text="one-sided")).to_have_count(1)
    expect(page.locator(".unit .tag", has_text="omitted")).to_have_count(0)
    expect(page.locator(".head .hop")).to_have_text("besideen→en2")
