"""Parallel texts in the columns of a table -> contents: each row a group, unless the columns plainly run by themselves."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log1p
from statistics import StatisticsError, correlation

from corpora import languages
from corpora.building import Builder
from corpora.chain import numbered
from corpora.contents import Contents, File, Remark
from corpora.document import Block, Version
from corpora.quoting import shortened
from corpora.tables.columns import OTHER, SAMPLE, Column, Table
from corpora.tables.headings import ID, NOTES, STATUS, TEXT, is_confirmed, name
from corpora.tables.sheet import Row, Sheet, counted, listed

# What parts the paragraphs of a cell.
BLANK_LINE = re.compile(r"\n\s*\n")
# Two columns are not aligned by their rows when all of this holds: each is filled from the top without a gap, their
# numbers of cells differ by this share and number, and the lengths of their cells go together less than this (Pearson, of
# logarithms; 0.7 to 0.95 in translations by sentences or paragraphs, about 0 in texts side by side) over so many rows.
DIFFERENCE, LEAST_DIFFERENCE, TOGETHER, FEWEST_ROWS = 0.05, 2, 0.4, 8
QUOTED = 60
# Rows that are taken between two calls of `File.progress`.
STEP = 5000
# Where a cell stands in the text of its version: of the version of this column, in the row of this number.
Cells = Mapping[tuple[int, int], tuple[Block, Block]]


@dataclass(slots=True)
class _Version:
    """A column of text as it is built."""

    column: Column
    component: int | None
    builder: Builder = field(default_factory=Builder)
    language: str = ""


def contents(file: File, sheet: Sheet, table: Table) -> Contents:
    """The versions of a table of parallel texts, the original first where its heading says so."""
    told = list(sheet.told)
    columns = sorted(table.of(TEXT), key=lambda column: not column.said.is_original)
    components, apart = _components(table.rows, columns)
    told += apart
    built = [_Version(column, component) for column, component in zip(columns, components, strict=True)]
    cells: dict[tuple[int, int], tuple[Block, Block]] = {}
    _fill(file, built, sheet, table, cells)
    built = [one for one in built if len(one.builder)]
    for one in built:
        one.language, wrong = _language(one)
        told += [wrong] * bool(wrong)
    versions = [_version(file, one) for one in built]
    remarks, lost = _remarks(built, sheet, table, cells)
    told += _decided(built, table, sheet)
    return Contents(
        tuple(numbered(versions)), tuple(remarks), warnings=tuple(told), left_out=tuple(_left_out(table, sheet, lost))
    )


def _fill(
    file: File, built: Sequence[_Version], sheet: Sheet, table: Table, cells: dict[tuple[int, int], tuple[Block, Block]]
) -> None:
    """Puts every cell into its version, with its row as group; rows that a cell spans are one."""
    states = table.of(STATUS)
    first_of = _joined(sheet, [one.column.place for one in built if one.component is not None])
    for number, row in enumerate(table.rows):
        if not number % STEP:
            file.progress(number / len(table.rows))
        said = [cell for column in states if (cell := row.cell(column.place).strip())]
        confirmed = bool(said) and all(map(is_confirmed, said))
        for one in built:
            kind, group = "", None
            if one.component is not None:
                kind, group = "paragraph", one.component + first_of(row.number) * len(built)
            for piece in BLANK_LINE.split(row.cell(one.column.place)):
                block = one.builder.add(
                    piece, kind, group=group, confirmed=confirmed and group is not None, id=str(row.number)
                )
                if block:
                    begun = cells.get((one.column.place, row.number), (block, block))
                    cells[one.column.place, row.number] = begun[0], block


def _joined(sheet: Sheet, places: Sequence[int]) -> Callable[[int], int]:
    """The first row of those that a merged cell of these columns joins with a row, by the number of the row."""
    runs: list[list[int]] = []
    for first, last, place in sorted(sheet.merged):
        if place in places:
            if runs and first <= runs[-1][1]:
                runs[-1][1] = max(runs[-1][1], last)
            else:
                runs.append([first, last])
    starts = [first for first, _ in runs]

    def first_of(number: int) -> int:
        at = bisect_right(starts, number) - 1
        return runs[at][0] if at >= 0 and number <= runs[at][1] else number

    return first_of


def _components(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[list[int | None], list[str]]:
    """Which columns are aligned by rows with each other, by a number that they share; None for one that is with none."""
    lengths = [[len(row.cell(column.place).strip()) for row in rows] for column in columns]
    found: list[int] = []
    apart = []
    for at, own in enumerate(lengths):
        ways = [(before, _apart(lengths[before], own)) for before in range(at)]
        beside = next((found[before] for before, r in ways if r is None), at)
        found.append(beside)
        if beside == at and ways:
            before, r = ways[0]
            counts = " and ".join(str(sum(map(bool, lengths[one]))) for one in (before, at))
            apart.append(
                f"Columns {columns[before].called} and {columns[at].called} were not taken as aligned by their rows: they "
                f"have {counts} cells without gaps, whose lengths do not go together (correlation {r:.2f}); the "
                "program aligns them itself."
            )
    return [one if found.count(one) > 1 or len(found) == 1 else None for one in found], apart


def _apart(one: Sequence[int], other: Sequence[int]) -> float | None:
    """The correlation of the lengths of two columns that plainly run by themselves, None for others."""
    counts = [sum(map(bool, lengths)) for lengths in (one, other)]
    if abs(counts[0] - counts[1]) < max(LEAST_DIFFERENCE, DIFFERENCE * max(counts)):
        return None
    if any(not all(lengths[: sum(map(bool, lengths))]) for lengths in (one, other)):
        return None
    both = [(log1p(a), log1p(b)) for a, b in zip(one, other, strict=True) if a and b]
    if len(both) < FEWEST_ROWS:
        return None
    try:
        r = correlation(*zip(*both, strict=True))
    except StatisticsError:
        return None
    return r if r < TOGETHER else None


def _language(one: _Version) -> tuple[str, str]:
    """The language of a column, and a sentence where its letters are others than its heading says."""
    said, text = one.column.said.language, one.builder.text[:SAMPLE]
    if not said:
        return languages.guess(text), ""
    wanted, script = languages.language(said), languages.script_of(text)
    if not wanted.script or not script or script == wanted.script:
        return said, ""
    code = languages.guess(text)
    return code, (
        f"Column {one.column.called} is written in {script} letters and not in {wanted.name}; it was taken for "
        f"{name(code)}."
    )


def _version(file: File, one: _Version) -> Version:
    title = one.column.title if one.column.said.is_named or not one.column.said.kind else ""
    return one.builder.version(file, language=one.language, title=title)


def _remarks(built: Sequence[_Version], sheet: Sheet, table: Table, cells: Cells) -> tuple[list[Remark], int]:
    """What the notes and comments say, each on the text of its cell or, beside the texts, of the nearest one in its row.

    The text to the left comes first: remarks stand behind what they are about. And the number of those on no text.
    """
    place_of = {one.column.place: number for number, one in enumerate(built)}
    said = [
        (row.number, column.place, row.cell(column.place), "", "")
        for row in table.rows
        for column in table.of(NOTES)
        if row.cell(column.place).strip()
    ]
    said += [(one.row, one.column, one.text, one.author, one.created) for one in sheet.comments]
    found, lost = [], 0
    for number, column, text, author, created in sorted(said, key=lambda one: one[0]):
        near = sorted(place_of, key=lambda place: (place > column, abs(place - column)))
        held = next((place for place in near if (place, number) in cells), None)
        if held is None:
            lost += 1
            continue
        first, last = cells[held, number]
        found.append(Remark(place_of[held], first.start, last.stop, text.strip(), author, created))
    return found, lost


def _decided(built: Sequence[_Version], table: Table, sheet: Sheet) -> Iterator[str]:
    """What was taken for what, a sentence each."""
    if built and (table.headings is None or not all(one.column.said.language for one in built)):
        taken = listed([f"{one.column.called} as {name(one.language)}" for one in built])
        yield f"The versions were taken from the columns {taken}."
    if table.headings is not None and not any(column.said.kind for column in table.columns):
        yield f"Row {table.headings.number} was taken for headings."
    for column in table.of(STATUS):
        said = [row.cell(column.place).strip() for row in table.rows]
        words = list(dict.fromkeys(cell for cell in said if is_confirmed(cell)))
        if words:
            count = sum(map(is_confirmed, said))
            yield f"{count} of {counted(len(table.rows), 'row')} confirmed by column {column.called}: {listed(words)}."
    runs = [run for run in sheet.merged if run[2] in [one.column.place for one in built if one.component is not None]]
    if runs:
        yield f"{counted(len(runs), 'cell')} over several rows, which were joined into one."


def _left_out(table: Table, sheet: Sheet, lost: int) -> Iterator[str]:
    others = [column for column in table.columns if column.kind in (OTHER, ID)]
    if others:
        names = listed([column.called for column in others])
        yield f"{counted(len(others), 'column')} without text of a version: {names}."
    for row in table.above:
        words = " | ".join(cell for cell in row.cells if cell)
        yield f"Row {row.number}, above the headings: “{shortened(' '.join(words.split()), QUOTED)}”."
    if lost:
        yield f"{counted(lost, 'note')} beside no text."
    yield from sheet.left_out
