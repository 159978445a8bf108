"""CSV and XLSX: one row a unit, for spreadsheets, to be edited and read back (`reviews.returned`)."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from corpora.errors import ExportError
from corpora.tables.own import ABOUT, ESCAPED, FORMULA, ID, SEGMENTS, STATUS, TEXT
from exports import rows
from exports.selection import Selection
from reviews.corrections.marks import STATUSES

# Excel keeps no more in one cell, and cuts the rest without a word.
LONGEST_CELL = 32_767
WIDTH_OF_TEXT, WIDTH_OF_OTHERS = 60, 12
WIDE = ("reason", "words", "notes", "body", "alternatives", "evidence", "replies", "value")
# Columns that are read back when somebody edited them; they stay open where a sheet is protected.
EDITED, EDITED_ENDS = (STATUS, "notes"), (TEXT, SEGMENTS)


def write_csv(selection: Selection, file: BinaryIO) -> None:
    """Writes the alignment table as CSV; the first row also says what the table was made of."""
    headings, table = rows.columns(selection), rows.alignment_rows(selection)
    told = "\n".join(f"{name}: {value}" for name, value in rows.about_rows(selection))
    # The ids stand last, out of the way.
    place = headings.index(ID)
    headings.insert(place, ABOUT)
    table = table or [[None] * (len(headings) - 1)]
    for number, row in enumerate(table):
        row.insert(place, None if number else told)
    file.write(to_csv(headings, table))


def to_csv(headings: Sequence[str], table: Iterable[Sequence[rows.Cell]]) -> bytes:
    """A table as CSV: UTF-8 with a byte order mark, as spreadsheets expect.

    A cell that would be taken for a formula gets an apostrophe in front.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in (headings, *table):
        writer.writerow([f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def omitted_csv(selection: Selection) -> list[str]:
    """What a CSV file does not hold of a selection, a sentence each."""
    notes = [note for note, _ in rows.notes(selection)]
    more = sum(bool(one.alternatives or one.evidence or one.certainty or one.severity or one.replies) for one in notes)
    nowhere = sum(not units for _, units in rows.notes(selection))
    judged = sum(row[4] is not None for row in rows.issue_rows(selection))
    told = []
    if more:
        told.append(f"Of {_counted(more, 'note')}: alternatives, evidence, certainty, severity and replies.")
    if nowhere:
        told.append(f"{_counted(nowhere, 'note')} whose words are gone from the text.")
    if judged:
        told.append(f"Of {_counted(judged, 'verdict')}: who judged, and when.")
    return told


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


Table = tuple[str, list[str], list[list[rows.Cell]]]


def _tables(selection: Selection) -> tuple[Table, ...]:
    """The sheets of an Excel file: name, headings, rows."""
    return (
        ("alignment", rows.columns(selection), rows.alignment_rows(selection)),
        ("reasons", rows.reason_columns(), rows.reason_rows(selection)),
        ("issues", rows.issue_columns(), rows.issue_rows(selection)),
        ("notes", rows.note_columns(), rows.note_rows(selection)),
        (ABOUT, ["what", "value"], rows.about_rows(selection)),
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
                    if name != ABOUT:
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
    # As text, so that what is typed stays as it is: "1-2" is no date, "=" begins no formula.
    edited = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "locked": False})
    for name, headings, table in tables:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            wide = heading.endswith((TEXT, "reasons")) or heading in WIDE
            sheet.set_column(column, column, WIDTH_OF_TEXT if wide else WIDTH_OF_OTHERS)
            sheet.write_string(0, column, heading, head)
        open_to = {column for column, heading in enumerate(headings) if name == "alignment" and _is_edited(heading)}
        for line, row in enumerate(table, 1):
            for column, cell in enumerate(row):
                _put(sheet, (line, column), cell, edited if column in open_to else wrapped)
        if name == "alignment":
            _ready(sheet, headings, len(table))
    book.close()
    file.write(memory.getvalue())


def _is_edited(heading: str) -> bool:
    return heading in EDITED or heading.endswith(EDITED_ENDS)


def _put(sheet: Any, place: tuple[int, int], cell: rows.Cell, form: Any) -> None:
    if isinstance(cell, str):
        # An apostrophe before a sign of a formula would be taken for the one of a CSV file when it is read back.
        sheet.write_string(*place, f"'{cell}" if ESCAPED.match(cell) else cell, form)
    elif cell is None:
        sheet.write_blank(*place, None, form)
    else:
        sheet.write_number(*place, cell, form)


def _ready(sheet: Any, headings: Sequence[str], count: int) -> None:
    """Makes the sheet of the alignment ready to be edited: filters, choices for the status, ids out of sight."""
    sheet.autofilter(0, 0, max(count, 1), len(headings) - 1)
    status, id = headings.index(STATUS), headings.index(ID)
    sheet.data_validation(
        1, status, max(count, 1), status,
        {
            "validate": "list", "source": list(STATUSES), "error_title": "Status",
            "error_message": f"A unit is {', '.join(STATUSES)}.",
        },
    )  # fmt: skip
    sheet.set_column(id, id, WIDTH_OF_OTHERS, None, {"hidden": True})
