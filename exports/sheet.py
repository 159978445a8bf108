"""CSV and XLSX: one row a unit, for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from corpora.errors import ExportError
from exports import rows
from exports.selection import Selection

# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Excel keeps no more in one cell, and cuts the rest without a word.
LONGEST_CELL = 32_767
WIDTH_OF_TEXT, WIDTH_OF_OTHERS = 60, 12
WIDE = ("reason", "words", "notes", "body", "alternatives", "evidence", "replies", "value")


def write_csv(selection: Selection, file: BinaryIO) -> None:
    """Writes the alignment table as CSV."""
    file.write(to_csv(rows.columns(selection), rows.alignment_rows(selection)))


def to_csv(headings: Sequence[str], table: Iterable[Sequence[rows.Cell]]) -> bytes:
    """A table as CSV: UTF-8 with a byte order mark, as spreadsheets expect.

    A cell that would be taken for a formula gets an apostrophe in front.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in (headings, *table):
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


Table = tuple[str, list[str], list[list[rows.Cell]]]


def _tables(selection: Selection) -> tuple[Table, ...]:
    """The sheets of an Excel file: name, headings, rows."""
    return (
        ("alignment", rows.columns(selection), rows.alignment_rows(selection)),
        ("reasons", rows.reason_columns(), rows.reason_rows(selection)),
        ("issues", rows.issue_columns(), rows.issue_rows(selection)),
        ("notes", rows.note_columns(), rows.note_rows(selection)),
        ("about", ["what", "value"], rows.about_rows(selection)),
    )


def check_xlsx(selection: Selection) -> None:
    """Returns nothing when the review fits into the cells of an Excel file.

    Raises:
        ExportError: some text is longer than a cell.
    """
    _check(_tables(selection))


def _check(tables: tuple[Table, ...]) -> None:
    for name, headings, table in tables:
        for row in table:
            for column, cell in enumerate(row):
                if isinstance(cell, str) and len(cell) > LONGEST_CELL:
                    what = f'"{row[0]}" on the sheet {name}'
                    if name != "about":
                        what = f'{headings[column]} of {headings[0]} "{row[0]}"'
                    raise ExportError(
                        f"The {what} has {len(cell)} characters and a cell of an Excel file holds {LONGEST_CELL}; "
                        "write CSV or JSON, or align by sentences."
                    )


def write_xlsx(selection: Selection, file: BinaryIO) -> None:
    """Writes the alignment, its reasons, issues with verdicts, notes, and what they were made of as sheets of an Excel file."""
    import xlsxwriter

    tables = _tables(selection)
    _check(tables)
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for name, headings, table in tables:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            wide = heading.endswith((" text", "reasons")) or heading in WIDE
            sheet.set_column(column, column, WIDTH_OF_TEXT if wide else WIDTH_OF_OTHERS)
            sheet.write_string(0, column, heading, head)
        for line, row in enumerate(table, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, column, cell, wrapped)
                elif cell is not None:
                    sheet.write_number(line, column, cell, wrapped)
        if name == "alignment":
            sheet.autofilter(0, 0, max(len(table), 1), len(headings) - 1)
    book.close()
    file.write(memory.getvalue())
