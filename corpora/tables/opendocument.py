"""OpenDocument spreadsheets (ISO/IEC 26300): every cell holds its text as it is shown."""

from collections.abc import Iterator
from typing import Any

from corpora.contents import File
from corpora.errors import ReadError
from corpora.readers import markup
from corpora.readers.zipped import Archive
from corpora.tables.sheet import MOST_COLUMNS, MOST_ROWS, Comment, Rows, Sheet, counted, share

CONTENT, KIND = "content.xml", "mimetype"
# What a cell holds that is no text of it.
APART = ("annotation", "annotation-end")
# Elements of a paragraph that stand for characters.
SIGNS = {"s": " ", "tab": " ", "line-break": "\n"}


def fits(file: File) -> bool:
    """True for an archive that says it is an OpenDocument file."""
    try:
        return CONTENT in Archive(file, "a spreadsheet")
    except ReadError:
        return False


def sheets(file: File) -> list[Sheet]:
    """The sheets of an OpenDocument spreadsheet that hold something.

    Raises:
        ReadError: it is no spreadsheet, is protected or damaged, or larger than any table.
    """
    archive, where = Archive(file, "an OpenDocument spreadsheet"), f'"{file.base}"'
    found: list[Sheet] = []
    hidden: set[str] = set()
    reading, is_one = _Reading(where), False
    parts = markup.each(
        archive.read(CONTENT), f"{where} ({CONTENT!r})", "style", "table-column", "table-row", "table", "spreadsheet"
    )
    for part in parts:
        tag = part.tag.rpartition("}")[2]
        if tag == "style":
            if any(_get(one, "display") == "false" for one in part.iterfind("{*}table-properties")):
                hidden.add(_get(part, "name"))
        elif tag == "table-column":
            reading.column(part)
        elif tag == "table-row":
            reading.row(part)
            file.progress(share(reading.number))
        elif tag == "table":
            one = reading.sheet(_get(part, "name"), hidden=_get(part, "style-name") in hidden)
            found += [one] if one.rows else []
            reading = _Reading(where)
        else:
            is_one = True
    if not is_one:
        raise ReadError(f"{where} is an OpenDocument file but no spreadsheet; give a table, or save the text as .odt.")
    return found


def _get(element: Any, name: str, otherwise: str = "") -> str:
    """An attribute as it is called here, whatever its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), otherwise)


class _Reading:
    """One sheet as it is read."""

    def __init__(self, where: str) -> None:
        self._rows = Rows(where)
        self._where = where
        self._merged: list[tuple[int, int, int]] = []
        self._comments: list[Comment] = []
        self._hidden_columns: list[range] = []
        self._formulas = self._hidden = self._columns = 0
        self.number = 0

    def column(self, column: Any) -> None:
        """Counts a column, as often as it says."""
        times = _count(column, "number-columns-repeated")
        if _get(column, "visibility", "visible") != "visible":
            self._hidden_columns.append(range(self._columns, min(self._columns + times, MOST_COLUMNS)))
        self._columns += times

    def row(self, row: Any) -> None:
        """Adds a row, as often as it says."""
        cells: list[str] = []
        column = 0
        for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
            text, times = _text(cell), _count(cell, "number-columns-repeated")
            _extend(cells, text, column, times, self._where)
            self._formulas += bool(_get(cell, "formula"))
            if (spanned := _count(cell, "number-rows-spanned")) > 1:
                self._merged.append((self.number + 1, self.number + spanned, column))
            self._comments += _comments(cell, self.number + 1, column)
            column += times
        times = _count(row, "number-rows-repeated")
        if any(cells):
            self._hidden += times * (_get(row, "visibility", "visible") != "visible")
            for again in range(min(times, MOST_ROWS + 1)):
                self._rows.add(self.number + 1 + again, cells)
        self.number += times

    def sheet(self, name: str, *, hidden: bool) -> Sheet:
        """What was read."""
        told = [f'The sheet "{name}" is hidden; it was read.'] * hidden
        if self._hidden:
            told.append(f"{counted(self._hidden, 'hidden row')} read like the others.")
        hidden_columns = {place for own in self._hidden_columns for place in own}
        width = max((len(row.cells) for row in self._rows.found), default=0)
        seen = [
            place for place in range(width) if place in hidden_columns and any(r.cell(place) for r in self._rows.found)
        ]
        if seen:
            told.append(f"{counted(len(seen), 'hidden column')} read like the others.")
        if self._formulas:
            told.append(f"{counted(self._formulas, 'formula')}: what it came to when the file was saved was taken.")
        return Sheet(name, tuple(self._rows.found), tuple(self._merged), tuple(self._comments), tuple(told))


def _extend(cells: list[str], text: str, column: int, times: int, where: str) -> None:
    if not text:
        return
    if column + times > MOST_COLUMNS:
        raise ReadError(f"{where} has more columns than a table can have; give a part of it.")
    cells += [""] * (column - len(cells)) + [text] * times


def _count(element: Any, name: str) -> int:
    text = _get(element, name)
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 9 else 1


def _text(cell: Any) -> str:
    return "\n".join("".join(_pieces(one)) for one in cell.iterchildren("{*}p", "{*}h"))


def _pieces(element: Any) -> Iterator[str]:
    """The text of a paragraph, without what is only noted in it."""
    yield element.text or ""
    for child in element:
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name in SIGNS:
            yield SIGNS[name] * min(_count(child, "c"), MOST_COLUMNS)
        elif name not in APART:
            yield from _pieces(child)
        yield child.tail or ""


def _comments(cell: Any, row: int, column: int) -> Iterator[Comment]:
    for one in cell.iterchildren("{*}annotation"):
        text = "\n".join("".join(_pieces(line)) for line in one.iterchildren("{*}p", "{*}list"))
        author = next(("".join(who.itertext()) for who in one.iterchildren("{*}creator")), "")
        # LibreOffice writes local time without saying which.
        if text.strip():
            yield Comment(row, column, text.strip(), author)
