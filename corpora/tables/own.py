"""The tables that this program writes: their rows, and how texts and notes stand in a cell.

`exports.rows` chooses the columns. Those of a version begin with its id: "ko text", "ko segments".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpora.tables.sheet import Row, Sheet
from corpora.units import ID as VERSION

# Columns and sheets that are looked for by name.
UNIT, STATUS, ORIGIN, MOVED, NOTES, ABOUT, ID = "unit", "status", "origin", "moved", "notes", "about", "id"
TEXT, SEGMENTS = " text", " segments"
# A sign that begins a formula stands behind an apostrophe in a cell, and so does an apostrophe before such a sign.
ESCAPED = re.compile(r"'+[=+\-@\t\r]")
FORMULA = re.compile(r"'*[=+\-@\t\r]")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
# A note in a cell: "[open; Anna; mqm:accuracy] what it says", further lines of it indented.
HEAD = re.compile(
    r"\[(?P<state>open|settled|withdrawn)(?:; (?P<author>[^;\]]*))?(?:; (?P<categories>[^;\]]*))?\](?: |$)"
)
INDENT = "  "


@dataclass(frozen=True, slots=True)
class Side:
    """What a row has of one version: the text of its cell, and kinds and ids of the segments in it."""

    text: str
    kinds: tuple[str, ...]
    segments: tuple[str, ...]
    mark: str = ""

    @property
    def pieces(self) -> list[str] | None:
        """The texts of the segments, one an id; None where they cannot be told from one another."""
        return pieces(self.text, len(self.segments))


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: its number in the sheet, what it says of its unit, and its sides by version."""

    number: int
    unit: str
    status: str
    origin: str
    moved: tuple[str, ...]
    notes: str
    id: str
    sides: Mapping[str, Side]


@dataclass(frozen=True, slots=True)
class Said:
    """A note as a cell has it; `state` is "" for one that somebody typed into the cell."""

    body: str
    state: str = ""
    author: str = ""
    categories: str = ""


def join(texts: Sequence[str]) -> str:
    """The texts of segments as a cell has them: a line each, or parted by blank lines where one has lines of its own."""
    return ("\n\n" if len(texts) > 1 and any("\n" in text for text in texts) else "\n").join(texts)


def pieces(text: str, count: int) -> list[str] | None:
    r"""The texts of so many segments in a cell; None where they cannot be told from one another.

    >>> pieces("One.\nTwo.", 2), pieces("One.\nTwo.", 1), pieces("One.\nTwo.", 3)
    (['One.', 'Two.'], ['One.\nTwo.'], None)
    """
    if count < 2:
        return [text] * count if text.strip() or not count else None
    for parted in (BLANK_LINE.split(text.strip()), text.strip().split("\n")):
        if len(parted) == count and all(one.strip() for one in parted):
            return parted
    return None


def said(cell: str) -> list[Said]:
    """The notes in a cell."""
    found: list[list[str]] = []
    for line in cell.split("\n"):
        if line.startswith(INDENT) and found:
            found[-1].append(line.removeprefix(INDENT))
        elif line.strip():
            found.append([line])
    return [_said("\n".join(lines)) for lines in found]


def _said(text: str) -> Said:
    if head := HEAD.match(text):
        return Said(text[head.end() :], head["state"], head["author"] or "", head["categories"] or "")
    return Said(text.strip())


def written(one: Said) -> str:
    r"""A note as a cell has it.

    >>> written(Said("Why?\nSee above.", "open", "Anna"))
    '[open; Anna] Why?\n  See above.'
    """
    facts = [one.state, *(re.sub(r"[;\[\]\n]", ",", fact) for fact in (one.author, one.categories))]
    while facts and not facts[-1]:
        facts.pop()
    return f"[{'; '.join(facts)}] {one.body}".replace("\n", f"\n{INDENT}")


def unescaped(cell: str) -> str:
    """The text of a cell, without the apostrophe that keeps it from being a formula."""
    return cell[1:] if ESCAPED.match(cell) else cell


def fits(sheet: Sheet) -> bool:
    """True for the table of units that this program writes."""
    return bool(sheet.rows) and UNIT in sheet.rows[0].cells and STATUS in sheet.rows[0].cells and bool(versions(sheet))


def versions(sheet: Sheet) -> list[str]:
    """The ids of the versions in the table, in order."""
    names = dict.fromkeys(sheet.rows[0].cells if sheet.rows else ())
    ids = [one.removesuffix(TEXT) for one in names if one.endswith(TEXT)]
    return [id for id in ids if VERSION.fullmatch(id) and f"{id}{SEGMENTS}" in names]


def lines(sheet: Sheet) -> list[Line]:
    """The rows of the table that are about a unit, in order."""
    at = {name: place for place, name in reversed(list(enumerate(sheet.rows[0].cells)))}
    ids = versions(sheet)

    def cell(row: Row, name: str) -> str:
        return unescaped(row.cell(at[name])) if name in at else ""

    def side(row: Row, id: str) -> Side:
        kinds = tuple(kind.strip() for kind in cell(row, f"{id} kind").split(",") if kind.strip())
        return Side(
            cell(row, f"{id}{TEXT}"), kinds, tuple(cell(row, f"{id}{SEGMENTS}").split()), cell(row, f"{id} status")
        )

    return [
        Line(
            row.number, cell(row, UNIT), cell(row, STATUS).strip(), cell(row, ORIGIN), tuple(cell(row, MOVED).split()),
            cell(row, NOTES), cell(row, ID), {id: side(row, id) for id in ids},
        )
        for row in sheet.rows[1:]
        if any(cell(row, f"{id}{TEXT}") or cell(row, f"{id}{SEGMENTS}") for id in ids) or cell(row, UNIT)
    ]  # fmt: skip


def facts(sheet: Sheet, others: Sequence[Sheet]) -> dict[str, str]:
    """What the file says of itself: on its sheet "about", or in the column of that name."""
    for other in others:
        if other.name == ABOUT:
            return {row.cell(0): row.cell(1) for row in other.rows}
    place = next((place for place, name in enumerate(sheet.rows[0].cells) if name == ABOUT), None)
    cells = [row.cell(place) for row in sheet.rows[1:] if place is not None and row.cell(place)]
    return {name: value for line in cells[:1] for name, _, value in (one.partition(": ") for one in line.split("\n"))}
