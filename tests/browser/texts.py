"""What a person does with files and texts in the library."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.screen import Wire, go, look_at, settle


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
    """What was given, in the order of the chain that will be made; each begins with its name."""
    return page.locator("[class*=st-key-given-as-]:visible")


def remove(fields: Locator, wire: Wire) -> None:
    """Takes the first file back and waits until Python knows."""
    with wire.answer():
        fields.get_by_role("button", name=re.compile("remove|delete", re.IGNORECASE)).first.click()


def give(page: Page, wire: Wire, *files: FilePayload) -> Locator:
    """Gives the texts of a new document and waits until each has its preview; returns the field for files."""
    go(page, "Library")
    look_at(page, "New document")
    field = page.locator("[class*=st-key-files-]")
    upload(field, wire, *files)
    expect(chain(page)).to_contain_text([f"{file['name']}: " for file in files])
    return field


def open_files(page: Page, wire: Wire, *files: FilePayload) -> str:
    """Makes another document, reads it, and returns its id."""
    give(page, wire, *files)
    page.get_by_role("button", name="Make the document and read it").click()
    expect(page.get_by_text(f"The document has {len(files)} versions.")).to_be_visible()
    page.locator(".unit").first.wait_for()
    settle(page)
    return parse_qs(urlsplit(page.url).query)["doc"][0]


def row(page: Page, id: str) -> Locator:
    """The row of a document in the list."""
    return page.locator(f".st-key-document-{id}")


def more(page: Page, id: str) -> Locator:
    """The menu of a document, open."""
    row(page, id).get_by_role("button", name="More").click()
    menu = page.get_by_test_id("stPopoverBody")
    expect(menu.get_by_role("button", name="Delete")).to_be_visible()
    return menu


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
