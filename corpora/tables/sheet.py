"""The nouns of tables: a sheet and its rows, with what a spreadsheet knows of them besides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpora.errors import ReadError

# What a spreadsheet has at most (Excel, specifications and limits), and what is read of one: a long novel has some ten
# thousand paragraphs in a few million characters.
MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576
MOST_CELLS, MOST_CHARACTERS = 4_000_000, 100_000_000
# A cell of Excel holds 32,767; more than this is no cell.
LONGEST_CELL = 1_000_000
# Rows after which half of a table is said to be read.
HALF = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something: its number as a spreadsheet counts it, from 1, and its cells from the first column on."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The text of a column, counted from 0; "" where the row has none."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote at a cell. `created` is ISO 8601 in UTC, "" where it is not known."""

    row: int
    column: int
    text: str
    author: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a table.

    `merged` are runs of rows that one cell spans (first and last row, column). `told` says what was decided in reading,
    `left_out` what it has besides cells; a sentence each.
    """

    name: str
    rows: tuple[Row, ...]
    merged: tuple[tuple[int, int, int], ...] = ()
    comments: tuple[Comment, ...] = ()
    told: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """The number of characters."""
        return sum(len(cell) for row in self.rows for cell in row.cells)


@dataclass(slots=True)
class Rows:
    """Rows as they are read, as many as there may be.

    Args:
        where: how the user knows the file, for messages.
    """

    where: str
    found: list[Row] = field(default_factory=list)
    _cells: int = 0
    _characters: int = 0

    def add(self, number: int, cells: Sequence[str]) -> bool:
        """Adds a row and returns True, unless it is empty.

        Raises:
            ReadError: the table is larger than any that people make.
        """
        last = max((place for place, cell in enumerate(cells) if cell and not cell.isspace()), default=-1)
        if last < 0:
            return False
        self._cells += last + 1
        self._characters += sum(map(len, cells))
        if last >= MOST_COLUMNS or number > MOST_ROWS or self._cells > MOST_CELLS or self._characters > MOST_CHARACTERS:
            raise ReadError(
                f"{self.where} has more rows, columns or text than a table of versions can have; give a part of it."
            )
        self.found.append(Row(number, tuple(cells[: last + 1])))
        return True


def letters(column: int) -> str:
    """A column as spreadsheets call it.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def place(reference: str) -> tuple[int, int] | None:
    """The row (from 1) and the column (from 0) of a cell's name, None where it is none.

    >>> place("AB12"), place("$A$1"), place("A")
    ((12, 27), (1, 0), None)
    """
    name = reference.replace("$", "").upper()
    head = name.rstrip("0123456789")
    digits = name[len(head) :]
    if not (1 <= len(head) <= 3 and head.isascii() and head.isalpha() and 1 <= len(digits) <= 7 and digits.isascii()):
        return None
    column = 0
    for letter in head:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(digits), column - 1


def share(number: int) -> float:
    """The share (0..1) that is done after so many rows of a table whose length is not known: it nears 1 and never is.

    >>> share(0), share(20000)
    (0.0, 0.5)
    """
    return number / (number + HALF)


def counted(number: int, noun: str) -> str:
    """The number and the noun, in the plural where there is not just one.

    >>> counted(1, "hidden row"), counted(2, "cell")
    ('1 hidden row', '2 cells')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(names: Iterator[str] | Sequence[str], most: int = 5) -> str:
    """Names as a message tells them, not all of many."""
    found = list(names)
    return ", ".join(found[:most]) + (f" and {len(found) - most} more" if len(found) > most else "")
