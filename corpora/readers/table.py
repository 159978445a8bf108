"""Tables with a version a column: CSV and its kin, Excel, OpenDocument; and this program's own."""

from collections.abc import Sequence

from corpora.contents import Contents, File
from corpora.errors import ReadError
from corpora.tables import own, parallel, restored, sheets
from corpora.tables.columns import Table, table
from corpora.tables.headings import TEXT
from corpora.tables.sheet import Sheet, counted

# More than anybody has of one text.
MOST_VERSIONS = 50


def read(file: File) -> Contents:
    """Tables (CSV, TSV, XLSX, ODS) with a version in every column of text, a row for what belongs together.

    Raises:
        ReadError: it is no table, is damaged or too large, or has no column of text.
    """
    found = sheets(file)
    for sheet in found:
        if own.fits(sheet):
            return restored.contents(file, sheet, found)
    tables = [(sheet, table(sheet)) for sheet in found]
    texts = [one for one in tables if one[1].of(TEXT) and one[1].rows]
    if not texts:
        raise ReadError(f'"{file.base}" has no column of text; give a table with a version of the text in each column.')
    sheet, chosen = max(texts, key=_size)
    if len(chosen.of(TEXT)) > MOST_VERSIONS:
        raise ReadError(
            f'"{file.base}" has {len(chosen.of(TEXT))} columns of text; give a table with a column for each version.'
        )
    made = parallel.contents(file, sheet, chosen)
    if not made.versions:
        raise ReadError(f'"{file.base}" has no column of text; give a table with a version of the text in each column.')
    others = _others(sheet, found)
    return Contents(made.versions, made.remarks, warnings=made.warnings, left_out=(*made.left_out, *others))


def _size(one: tuple[Sheet, Table]) -> int:
    """The number of characters in the columns of text, twice where there are several."""
    chosen = one[1]
    columns = chosen.of(TEXT)
    size = sum(len(row.cell(column.place)) for row in chosen.rows for column in columns)
    return size if len(columns) < 2 else 2 * size


def _others(taken: Sheet, found: Sequence[Sheet]) -> list[str]:
    return [
        f'The sheet "{sheet.name}" with {counted(len(sheet.rows), "row")}; the one with the most text, "{taken.name}", was taken.'
        for sheet in found
        if sheet is not taken and sheet.rows
    ]
