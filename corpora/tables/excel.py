"""Excel workbooks (ECMA-376, SpreadsheetML), read part by part so that no size they claim fills the memory.

Macros, charts and pictures are passed over; what a formula came to when the file was saved is taken for its cell.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from corpora.contents import File
from corpora.errors import ReadError
from corpora.readers import markup
from corpora.readers.zipped import Archive
from corpora.tables import formats
from corpora.tables.sheet import MOST_CELLS, MOST_CHARACTERS, MOST_COLUMNS, Comment, Rows, Sheet, counted, place, share

OLD = b"\xd0\xcf\x11\xe0"
# A character that XML cannot hold, and the mark itself where it is meant: "_x000D_", "_x005F_x000D_".
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What old programs see in place of a comment that has answers.
THREADED = "[Threaded comment]"
# Rows that are read between two calls of `File.progress`.
STEP = 2000


def sheets(file: File) -> list[Sheet]:
    """The sheets of a workbook that hold something.

    Raises:
        ReadError: it is no workbook, is protected or damaged, or larger than any table.
    """
    if file.data.startswith(OLD):
        raise ReadError(
            f'"{file.base}" is an Excel file of before 2007 or protected by a password; save it as .xlsx without a password.'
        )
    book = _Book(file)
    found = []
    for name, path, hidden in book.sheets:
        file.progress(0.0)
        one = _Reading(book, path).sheet(name, hidden=hidden)
        if one.rows or one.left_out:
            found.append(one)
    return found


@dataclass(slots=True)
class _Book:
    """What all sheets of a workbook share."""

    file: File
    archive: Archive = field(init=False)
    sheets: list[tuple[str, str, bool]] = field(init=False)
    texts: list[str] = field(init=False, default_factory=list)
    codes: list[str] = field(init=False, default_factory=list)
    people: dict[str, str] = field(init=False, default_factory=dict)
    since_1904: bool = field(init=False, default=False)
    struck: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.archive = Archive(self.file, "an Excel file")
        found = [path for kind, path in self.related("").values() if kind == "officeDocument"]
        path = next((one for one in (*found, "xl/workbook.xml") if one in self.archive), "xl/workbook.xml")
        parts = self.related(path)
        root = markup.parse(self.archive.read(path), self.where(path))
        settings = next(root.iterfind("{*}workbookPr"), None)
        self.since_1904 = settings is not None and settings.get("date1904") in ("1", "true", "on")
        self.sheets = list(self._listed(root, parts))
        for kind, part in parts.values():
            if part in self.archive:
                if kind == "sharedStrings":
                    self._share(part)
                elif kind == "styles":
                    self.codes = list(_codes(markup.parse(self.archive.read(part), self.where(part))))
                elif kind == "person":
                    people = markup.parse(self.archive.read(part), self.where(part)).iterfind("{*}person")
                    self.people |= {one.get("id", ""): one.get("displayName", "") for one in people}

    def where(self, part: str) -> str:
        """The file and the part of it, for messages."""
        return f'"{self.file.base}" ({part[:80]!r})'

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: kinds and paths by id."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self.archive:
            return {}
        found = {}
        for one in markup.parse(self.archive.read(path), self.where(path)).iterfind("{*}Relationship"):
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
                found[one.get("Id", "")] = one.get("Type", "").rsplit("/", 1)[-1], target
        return found

    def _listed(self, root: Any, parts: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, str, bool]]:
        seen = set()
        for one in root.iterfind("{*}sheets/{*}sheet"):
            id = next((value for key, value in one.attrib.items() if key.endswith("}id")), "")
            kind, path = parts.get(id, ("", ""))
            if kind == "worksheet" and path in self.archive and path not in seen:
                seen.add(path)
                yield one.get("name", ""), path, one.get("state", "visible") != "visible"

    def _share(self, part: str) -> None:
        total = 0
        for one in markup.each(self.archive.read(part), self.where(part), "si"):
            self.texts.append(self.text(one))
            total += len(self.texts[-1])
            if total > MOST_CHARACTERS or len(self.texts) > MOST_CELLS:
                raise ReadError(
                    f'"{self.file.base}" has more text than a table of versions can have; give a part of it.'
                )

    def text(self, element: Any) -> str:
        """The text of a shared string, an inline one or a comment: its runs one after the other, without readings."""
        pieces = []
        for one in element.iterchildren("{*}t", "{*}r"):
            if one.tag.endswith("}r") or one.tag == "r":
                self.struck += next(one.iterfind("{*}rPr/{*}strike"), None) is not None
                pieces += [inner.text or "" for inner in one.iterfind("{*}t")]
            else:
                pieces.append(one.text or "")
        return ESCAPED.sub(_unescaped, "".join(pieces))


def _unescaped(match: re.Match[str]) -> str:
    letter = chr(int(match[1], 16))
    return "\n" if letter == "\r" else letter


def _codes(root: Any) -> Iterator[str]:
    """The format of every style of cells, in order."""
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iterfind("{*}numFmts/{*}numFmt")}
    for style in root.iterfind("{*}cellXfs/{*}xf"):
        id = style.get("numFmtId", "0")
        yield own.get(id) or formats.BUILT_IN.get(int(id) if id.isdecimal() else 0, "General")


class _Reading:
    """One sheet as it is read, with counts of what has to be told."""

    def __init__(self, book: _Book, path: str) -> None:
        self._book, self._path = book, path
        self._formulas = self._unkept = self._errors = self._hidden_rows = self._hidden_columns = 0
        self._columns: list[tuple[int, int]] = []

    def sheet(self, name: str, *, hidden: bool) -> Sheet:
        """What was read of it."""
        book = self._book
        rows, merged = Rows(f'"{book.file.base}"'), []
        parts = markup.each(book.archive.read(self._path), book.where(self._path), "col", "row", "mergeCell")
        number = 0
        for part in parts:
            tag = part.tag.rpartition("}")[2]
            if tag == "row":
                number = _whole(part.get("r"), number + 1)
                kept = rows.add(number, self._cells(part))
                self._hidden_rows += kept and part.get("hidden") in ("1", "true")
                if not number % STEP:
                    book.file.progress(share(number))
            elif tag == "col":
                if part.get("hidden") in ("1", "true"):
                    self._columns.append((_whole(part.get("min"), 1) - 1, _whole(part.get("max"), 1) - 1))
            elif run := _run(part.get("ref", "")):
                merged.append(run)
        return Sheet(
            name, tuple(sorted(rows.found, key=lambda row: row.number)), tuple(merged), tuple(self._comments()),
            tuple(self._told(rows, name, hidden=hidden)), tuple(self._left_out()),
        )  # fmt: skip

    def _cells(self, row: Any) -> list[str]:
        cells: list[str] = []
        for cell in row.iterchildren("{*}c"):
            at = place(cell.get("r", ""))
            column = at[1] if at else len(cells)
            if column >= MOST_COLUMNS:
                raise ReadError(f'"{self._book.file.base}" has more columns than a table can have; give a part of it.')
            text = self._text(cell)
            if text:
                cells += [""] * (column + 1 - len(cells))
                cells[column] = text
            elif not at:
                cells.append("")
        return cells

    def _text(self, cell: Any) -> str:
        kind, value = cell.get("t", "n"), next(cell.iterchildren("{*}v"), None)
        kept = (value.text or "") if value is not None else ""
        if kind == "inlineStr":
            inline = next(cell.iterchildren("{*}is"), None)
            kept = self._book.text(inline) if inline is not None else ""
        elif kind == "s":
            index = _whole(kept, -1)
            kept = self._book.texts[index] if 0 <= index < len(self._book.texts) else ""
        elif kind == "str":
            kept = ESCAPED.sub(_unescaped, kept)
        elif kind == "b":
            kept = {"1": "TRUE", "0": "FALSE"}.get(kept, kept)
        elif kind == "e":
            self._errors += 1
            kept = ""
        elif kind == "n" and kept:
            kept = self._number(kept, cell)
        if next(cell.iterchildren("{*}f"), None) is not None:
            self._formulas += 1
            self._unkept += not kept and kind != "str"
        return kept

    def _number(self, kept: str, cell: Any) -> str:
        style = _whole(cell.get("s"), 0)
        code = self._book.codes[style] if 0 <= style < len(self._book.codes) else "General"
        try:
            return formats.shown(float(kept), code, since_1904=self._book.since_1904)
        except (ValueError, OverflowError):
            return kept

    def _comments(self) -> Iterator[Comment]:
        parts = self._book.related(self._path).values()
        answered = set()
        for path in (path for kind, path in parts if kind == "threadedComment" and path in self._book.archive):
            for one in markup.parse(self._book.archive.read(path), self._book.where(path)).iterfind(
                "{*}threadedComment"
            ):
                at, text = place(one.get("ref", "")), next(one.iterfind("{*}text"), None)
                if at and text is not None and text.text:
                    answered.add(at)
                    author = self._book.people.get(one.get("personId", ""), "")
                    yield Comment(*at, ESCAPED.sub(_unescaped, text.text), author, _time(one.get("dT", "")))
        for path in (path for kind, path in parts if kind == "comments" and path in self._book.archive):
            root = markup.parse(self._book.archive.read(path), self._book.where(path))
            authors = [one.text or "" for one in root.iterfind("{*}authors/{*}author")]
            for one in root.iterfind("{*}commentList/{*}comment"):
                at, said = place(one.get("ref", "")), next(one.iterfind("{*}text"), None)
                if not at or at in answered or said is None:
                    continue
                by = _whole(one.get("authorId"), -1)
                author = authors[by] if 0 <= by < len(authors) and not authors[by].startswith("tc=") else ""
                if text := self._book.text(said).removeprefix(f"{author}:").strip():
                    yield Comment(*at, text, author)

    def _told(self, rows: Rows, name: str, *, hidden: bool) -> Iterator[str]:
        if hidden:
            yield f'The sheet "{name}" is hidden; it was read.'
        if self._hidden_rows:
            yield f"{counted(self._hidden_rows, 'hidden row')} read like the others."
        width = max((len(row.cells) for row in rows.found), default=0)
        columns = {n for first, last in self._columns for n in range(max(first, 0), min(last + 1, width))}
        if columns := {n for n in columns if any(row.cell(n) for row in rows.found)}:
            yield f"{counted(len(columns), 'hidden column')} read like the others."
        if self._formulas > self._unkept:
            yield f"{counted(self._formulas - self._unkept, 'formula')}: what it came to when the file was saved was taken."
        if self._unkept:
            yield f"{counted(self._unkept, 'formula')} without a value in the file; open it in a spreadsheet program and save it again."
        if self._errors:
            yield f"{counted(self._errors, 'cell')} with an error of a formula, taken for empty."
        if self._book.struck:
            yield f"{counted(self._book.struck, 'passage')} struck through, read like the others."

    def _left_out(self) -> Iterator[str]:
        shapes = 0
        for kind, path in self._book.related(self._path).values():
            if kind == "drawing" and path in self._book.archive:
                root = markup.parse(self._book.archive.read(path), self._book.where(path))
                shapes += sum(
                    1 for one in root.iter("{*}txBody") if any((t.text or "").strip() for t in one.iter("{*}t"))
                )
        if shapes:
            yield f"{counted(shapes, 'drawn text')} over the cells."


def _run(reference: str) -> tuple[int, int, int] | None:
    """The rows of a merged cell that spans several, and its column."""
    first, _, last = reference.partition(":")
    begin, end = place(first), place(last)
    return (begin[0], end[0], begin[1]) if begin and end and end[0] > begin[0] else None


def _time(text: str) -> str:
    """The time of a comment, which is in UTC, as ISO 8601."""
    try:
        return f"{datetime.fromisoformat(text.rstrip('Z')).replace(microsecond=0, tzinfo=None).isoformat()}+00:00"
    except ValueError:
        return ""


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else otherwise
