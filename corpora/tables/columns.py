"""What each column of a table is: told by its heading, else by what stands in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpora import languages
from corpora.tables.headings import ID, LONGEST, NOTES, STATUS, TEXT, Heading, heading, is_status
from corpora.tables.sheet import Row, Sheet, letters

OTHER = "other"
NOTHING = Heading("")
# Headings stand at the top, under a title and a remark or two.
TOP = 10
# A number, a date, a time, a percentage; an id is one word with a digit in it; an address is no text either.
AMOUNT = re.compile(r"[-+]?[\d\s.,:/%\-–TZ]*\d[\d\s.,:/%\-–TZ]*(?:[AaPp]\.?[Mm]\.?)?")
NAME = re.compile(r"\S*\d\S*|[0-9a-f-]{8,}|https?://\S+")
LETTER = re.compile(r"[^\W\d_]")
# A column is of a sort when so many of its filled cells are; a slip or a total may stand among them.
MOST = 0.8
# Few different short values again and again are choices from a list: at most one in ten cells brings a new one.
CHOICE_LENGTH, CHOICE_SHARE, FEWEST = 30, 0.1, 10
# Remarks stand beside few rows, here and there; a version fills its column, or begins to.
SPARSE = 0.3
# A column under an unknown heading is a version when it is nearly as full and as long as those that are known, and its
# cells are not the same ones again and again.
DENSE, LONG = 0.5, 0.4
# Characters that a script is told from.
SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its place from 0, what it is, and what its heading says."""

    place: int
    kind: str
    title: str = ""
    said: Heading = NOTHING

    @property
    def called(self) -> str:
        """The column as messages name it."""
        return f'{letters(self.place)} ("{self.title[:LONGEST]}")' if self.title else letters(self.place)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a sheet below its headings, and its columns; `above` are rows over the headings."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    above: tuple[Row, ...] = ()
    headings: Row | None = None

    def of(self, kind: str) -> tuple[Column, ...]:
        """The columns of this kind."""
        return tuple(column for column in self.columns if column.kind == kind)


def table(sheet: Sheet) -> Table:
    """What the columns of a sheet are; a sheet without text columns has none of kind "text"."""
    at = _headings(sheet.rows)
    if at is None:
        return Table(sheet.rows, tuple(_columns(sheet.rows, None)))
    rows = sheet.rows[at + 1 :]
    return Table(rows, tuple(_columns(rows, sheet.rows[at])), sheet.rows[:at], sheet.rows[at])


def _headings(rows: Sequence[Row]) -> int | None:
    """The place of the row of headings, None where there is none."""
    for at, row in enumerate(rows[:TOP]):
        filled = [cell for cell in row.cells if cell]
        if at + 1 == len(rows) or any(len(cell) > LONGEST or "\n\n" in cell for cell in filled):
            continue
        said = [heading(cell) for cell in filled]
        known = [one for one in said if one.kind]
        if 2 * len(known) >= len(filled) and any(one.kind == TEXT for one in known):
            return at
        if len(known) >= 2 and len(known) < len(filled):
            return at
    return 0 if len(rows) > 1 and _stands_out(rows) else None


def _stands_out(rows: Sequence[Row]) -> bool:
    """True when the first row is of another sort than the cells below: words over numbers, or another script over texts."""
    first, rest = rows[0], rows[1:]
    if any(len(cell) > LONGEST for cell in first.cells):
        return False
    speaks = False
    for place in range(len(first.cells)):
        cells = [row.cell(place) for row in rest if row.cell(place)]
        if not first.cell(place) or not cells:
            continue
        if _share(cells, AMOUNT) >= MOST:
            if AMOUNT.fullmatch(first.cell(place)):
                return False
            speaks = True
        elif _is_text(cells):
            here, below = languages.script_of(first.cell(place)), languages.script_of("\n".join(cells)[:SAMPLE])
            if below and here == below and below != "Latin":
                return False
            speaks = speaks or bool(here and below and here != below)
    return speaks


def _columns(rows: Sequence[Row], headings: Row | None) -> Iterator[Column]:
    width = max((len(row.cells) for row in rows), default=0)
    found: list[Column] = []
    cells = [[row.cell(place) for row in rows if row.cell(place).strip()] for place in range(width)]
    for place in range(width):
        title = headings.cell(place).strip() if headings else ""
        said = heading(title) if title else NOTHING
        if cells[place]:
            found.append(Column(place, _kind(said, cells[place]), " ".join(title.split()), said))
    yield from _settled(found, cells)


def _kind(said: Heading, cells: Sequence[str]) -> str:
    """The kind of a column with these filled cells: what its heading says, where its cells do not speak against it."""
    if said.kind == NOTES:
        return NOTES
    if said.kind == STATUS and max(map(len, cells)) <= LONGEST:
        return STATUS
    if all(map(is_status, cells)):
        return STATUS
    if _share(cells, AMOUNT) >= MOST:
        return ID if said.kind == ID else OTHER
    few = len(set(cells)) <= CHOICE_SHARE * len(cells) and len(cells) >= FEWEST
    chosen = few and max(map(len, cells)) <= CHOICE_LENGTH
    if said.kind == TEXT and (said.language or not chosen):
        return TEXT
    if _share(cells, NAME) >= MOST or said.kind == ID:
        return ID
    return OTHER if chosen or not _is_text(cells) else ""


def _settled(found: Sequence[Column], cells: Sequence[Sequence[str]]) -> Iterator[Column]:
    """The columns, of which those that are not known yet are versions, notes, or neither, as they compare with the others."""
    known = [column for column in found if column.kind == TEXT]
    unknown = [column for column in found if not column.kind]
    texts = known or unknown
    longest = max((len(cells[one.place]) for one in texts), default=0)
    scripts = {one.place: languages.script_of("\n".join(cells[one.place])[:SAMPLE]) for one in unknown}
    fullest: dict[str, int] = {}
    for place, script in scripts.items():
        fullest[script] = max(fullest.get(script, 0), len(cells[place]))
    usual = median(_length(cells[one.place]) for one in texts) if texts else 0
    for column in found:
        if column.kind:
            yield column
            continue
        own = cells[column.place]
        if not known:
            # Without headings: what stands beside few rows, in the letters of a fuller column, is said of those.
            is_sparse = len(own) < min(SPARSE * longest, fullest[scripts[column.place]])
            yield replace(column, kind=NOTES if is_sparse else TEXT)
        else:
            is_one = len(own) >= DENSE * longest and _length(own) >= LONG * usual and len(set(own)) >= DENSE * len(own)
            yield replace(column, kind=TEXT if is_one else OTHER)


def _is_text(cells: Sequence[str]) -> bool:
    return sum(bool(LETTER.search(cell)) for cell in cells) > len(cells) / 2


def _share(cells: Sequence[str], pattern: re.Pattern[str]) -> float:
    return sum(bool(pattern.fullmatch(cell.strip())) for cell in cells) / len(cells)


def _length(cells: Sequence[str]) -> float:
    return sum(map(len, cells)) / len(cells) if cells else 0
