"""Tables in plain text: what parts the cells, and whether quotation marks hold them together, is told from the text."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from corpora.contents import File
from corpora.errors import ReadError
from corpora.normalise import decode
from corpora.tables.sheet import LONGEST_CELL, MOST_COLUMNS, Rows, Sheet, counted, listed, share

DELIMITERS = {".csv": ",;\t|", ".tsv": "\t;,|", ".tab": "\t;,|"}
# Lines and characters that the delimiter is told from.
SAMPLE_LINES, SAMPLE = 500, 200_000
# A delimiter gives this share of the rows one number of cells; a sign of a sentence does not.
LEAST_REGULAR = 0.6
Sample = tuple[str, bool]
# The share of the rows that have the usual number of cells, whether quotation marks hold cells together, that number.
Score = tuple[float, bool, int]
NONE: Score = (0.0, False, 0)
# A sign that no text holds: nothing parts the cells.
ALONE = "\x1f"
# The first line that Excel writes to say what parts the cells.
SAID = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
# Rows whose cells are told between two calls of `File.progress`.
STEP = 20_000


def sheet(file: File) -> Sheet:
    """The one sheet of a table in plain text.

    Raises:
        ReadError: it is no text, its encoding cannot be told, or it is larger than any table.
    """
    where = f'"{file.base}"'
    text, _ = decode(file.data, where, file.encoding)
    text = text.removeprefix("\ufeff")
    if said := SAID.match(text):
        text, delimiter = text[said.end() :], said[1]
        quoted = _score(_sample(text), delimiter, True) >= _score(_sample(text), delimiter, False)
    else:
        delimiter, quoted = _told(text, DELIMITERS.get(file.suffix, ",;\t|"))
    if delimiter and max((line.count(delimiter) for line in _lines(text)), default=0) >= MOST_COLUMNS:
        raise ReadError(f"{where} has a line with more cells than a table has; give a table with a row for each unit.")
    # The line that says what parts the cells is a row to a spreadsheet, too.
    first = 2 if said else 1
    told: list[str] = []
    try:
        try:
            rows, longer = _taken(file, _rows(text, delimiter, quoted, strict=quoted), first)
        except csv.Error as error:
            if "larger" in str(error):
                raise
            told.append(f"The quotation marks of {where} are not in order ({error}); look at its rows.")
            rows, longer = _taken(file, _rows(text, delimiter, quoted, strict=False), first)
    except csv.Error:
        raise ReadError(
            f"{where} has a cell with more than {LONGEST_CELL:,} characters, which no table has; check the quotation marks."
        ) from None
    return Sheet("", tuple(rows.found), told=(*told, *_irregular(longer)))


def _taken(file: File, cells: Iterable[list[str]], first: int) -> tuple[Rows, list[int]]:
    """The rows, and the numbers of those that have more cells than the others."""
    rows, sizes = Rows(f'"{file.base}"'), Counter[int]()
    wide: list[tuple[int, int]] = []
    for number, row in enumerate(cells, first):
        if rows.add(number, row):
            sizes[len(row)] += 1
            if len(row) > 1:
                wide.append((number, len(row)))
        if not number % STEP:
            file.progress(share(number))
    usual = max(sizes.items(), key=lambda one: (one[1], one[0]))[0] if sizes else 0
    return rows, [number for number, size in wide if size > usual]


def _told(text: str, delimiters: str) -> tuple[str, bool]:
    """What parts the cells, "" for nothing, and whether quotation marks hold them together."""
    sample = _sample(text)
    tries = [(one, quoted) for one in delimiters for quoted in (True, False) if one in sample[0]]
    scores = [_score(sample, *one) for one in tries]
    # Of two that are as regular the one with more cells: commas stand in numbers, too.
    best = max(scores, default=NONE)
    return tries[scores.index(best)] if best[0] >= LEAST_REGULAR else ("", _score(sample, ALONE, True)[2] > 0)


def _sample(text: str) -> Sample:
    """The beginning of a text, in whole lines if they are not too long, and whether it is all of it."""
    if len(text) <= SAMPLE:
        return text, True
    end = text.rfind("\n", 0, SAMPLE)
    return text[: end + 1 if end >= 0 else SAMPLE], False


def _score(sample: Sample, delimiter: str, quoted: bool) -> Score:
    """How well a text is a table in this way; NONE where its quotation marks are no such marks."""
    text, whole = sample
    counts: Counter[int] = Counter()
    try:
        for number, cells in enumerate(_rows(text, delimiter, quoted, strict=quoted)):
            if number >= SAMPLE_LINES:
                break
            if any(cells):
                counts[len(cells)] += 1
    except csv.Error as error:
        # The sample may end inside a cell.
        if whole or "end of data" not in str(error):
            return NONE
    if not counts:
        return NONE
    usual, times = max(counts.items(), key=lambda one: (one[1], one[0]))
    return (times / sum(counts.values()) if usual > 1 else 0.0), quoted, usual


def _rows(text: str, delimiter: str, quoted: bool, *, strict: bool) -> Iterator[list[str]]:
    # The limit is one for the whole program, and this reader's own is the only one.
    csv.field_size_limit(LONGEST_CELL)
    lines, sign = io.StringIO(text, newline=""), delimiter or ALONE
    if quoted:
        return csv.reader(lines, delimiter=sign, strict=strict)
    return csv.reader(lines, delimiter=sign, quoting=csv.QUOTE_NONE, quotechar=None)


def _lines(text: str) -> Iterator[str]:
    """The lines that hold something, one at a time: a long text is not held twice."""
    return (line.group() for line in re.finditer(r"[^\r\n]+", text))


def _irregular(longer: list[int]) -> Iterator[str]:
    """A sentence on rows with more cells than the others: what parts the cells may stand in a text."""
    if longer:
        rows = f"{counted(len(longer), 'row')} ({listed([str(number) for number in longer])})"
        yield (
            f"{rows} with more cells than the others; where a text holds the sign that parts the cells, put it in "
            "quotation marks."
        )
