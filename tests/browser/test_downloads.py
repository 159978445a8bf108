"""The downloads: every format opens with an ordinary reader and holds every unit."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pandas
import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import PATIENCE, go, open_reader, show_apparatus, units

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def download(page: Page, kind: str) -> Path:
    """Fetches a file of this kind from its page."""
    page.get_by_role("radio", name=f".{kind}", exact=True).check(force=True)
    expect(page.locator(".stMain")).to_contain_text(f"-paragraph.{kind}: ", timeout=PATIENCE)
    with page.expect_download(timeout=PATIENCE) as got:
        page.locator(".st-key-download button").click()
    assert got.value.suggested_filename.endswith(f"-paragraph.{kind}")
    return got.value.path()


def test_every_format_holds_every_unit(page: Page, server: str) -> None:
    open_reader(page, server)
    show_apparatus(page)
    expect(page.locator('.unit[data-apparatus="yes"]').first).to_be_attached()
    shown = {row["number"]: row["texts"] for row in units(page)}
    one_sided = {row["number"] for row in units(page) if row["kind"] and row["kind"].split(":").count("0") == 2}
    assert one_sided

    go(page, "Download")
    data = download(page, "csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert {
        row["unit"]: {id: row[f"{id} text"].removeprefix("'") for id in ("ko", "ru", "en")} for row in rows
    } == shown
    assert one_sided <= {row["unit"] for row in rows}
    table = pandas.read_csv(io.BytesIO(data))
    assert list(table["unit"]) == list(shown)
    assert set(table["ko status"]) == {"placeholder, written for demonstration, not archival"}

    book = openpyxl.load_workbook(io.BytesIO(download(page, "xlsx").read_bytes()))
    assert book.sheetnames == ["alignment", "reasons", "issues", "notes", "about"]
    head, *lines = book["alignment"].iter_rows(values_only=True)
    columns = [head.index(f"{id} text") for id in ("ko", "ru", "en")]
    assert {line[0]: [line[place] or "" for place in columns] for line in lines} == {
        unit: list(texts.values()) for unit, texts in shown.items()
    }

    record = json.loads(download(page, "json").read_text("utf-8"))
    texts = {version["id"]: [one["text"] for one in version["segments"]] for version in record["versions"]}
    assert {
        unit["id"]: {id: "\n".join(texts[id][index] for index in side) for id, side in unit["sides"].items()}
        for unit in record["units"]
    } == shown
    assert {unit["id"] for unit in record["units"] if unit["kind"].split(":").count("0") == 2} >= one_sided
