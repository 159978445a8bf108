"""The table of alignment units that the program itself writes into Word files, known by its styles.

A style "Relay ko heading" says of a paragraph in which version it stands and what it is. What people write beside is in
other styles; it counts for the version of its column.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpora.chain import TAG, numbered
from corpora.contents import Contents, File
from corpora.document import KINDS, PLACEHOLDER_MARK, STATUSES, Version
from corpora.readers.counted import decided, left_out
from corpora.readers.flow import Flow
from corpora.readers.stated import language_of
from corpora.readers.word.body import Body
from corpora.readers.word.comments import comments
from corpora.readers.word.numbering import Numbering
from corpora.readers.word.package import Package, attribute, children, short
from corpora.readers.word.styles import Styles

# The names of the styles begin so.
OWN = "Relay"
UNIT, CONFIRMED, ASIDE, NONE = f"{OWN} unit", f"{OWN} confirmed", f"{OWN} set aside", f"{OWN} no counterpart"
NO_COUNTERPART = "no counterpart"
HEAD = "head"
# A version's status as every file states it.
MARKS = {PLACEHOLDER_MARK: "placeholder"} | {status: status for status in STATUSES}
STYLE = re.compile(rf"{OWN} ([A-Za-z0-9-]+) ({'|'.join((HEAD, *KINDS))})")
PARTS = {"w:sdt", "w:sdtContent", "w:ins", "w:moveTo"}


def style_name(name: str, kind: str) -> str:
    """The style of the segments of this kind in the version that is called so."""
    return f"{OWN} {name} {kind}"


@dataclass(slots=True)
class Column:
    """A version as it is read: what it is called in the styles, its status as the head states it, and its text."""

    name: str
    status: str
    body: Body


def aligned(package: Package, styles: Styles, file: File, done: Callable[[int], None]) -> Contents | None:
    """The versions of the table with their alignment, None where the document has no such table."""
    for table in package.document.iter("{*}tbl"):
        rows = list(_parts(table, "w:tr"))
        if rows and (columns := _columns(rows[0], package, styles, done)):
            return _contents(rows[1:], columns, package, styles, file)
    return None


def _parts(element: Any, wanted: str) -> Iterator[Any]:
    for child in element:
        name = short(child.tag)
        if name == wanted:
            yield child
        elif name in PARTS:
            yield from _parts(child, wanted)


def _style(paragraph: Any, styles: Styles) -> str:
    style = children(children(paragraph).get("w:pPr")).get("w:pStyle")
    return styles.name(attribute(style, "w:val")) if style is not None else ""


def _columns(row: Any, package: Package, styles: Styles, done: Callable[[int], None]) -> list[Column]:
    """The versions that a head names, one a cell behind the first; none where it is no head of ours."""
    found = []
    for cell in list(_parts(row, "w:tc"))[1:]:
        paragraphs = list(_parts(cell, "w:p"))
        named = [match for one in paragraphs if (match := STYLE.fullmatch(_style(one, styles)))]
        if not named or named[0][2] != HEAD:
            return []
        status = next((MARKS[said] for one in paragraphs if (said := _says(one)) in MARKS), "")
        found.append(Column(named[0][1], status, Body(Flow(), styles, Numbering(package.part("numbering")), done)))
    return found if len(found) > 1 and len({column.name for column in found}) == len(found) else []


def _contents(rows: Sequence[Any], columns: Sequence[Column], package: Package, styles: Styles, file: File) -> Contents:
    for group, row in enumerate(rows):
        cells = list(_parts(row, "w:tc"))
        said = {_style(one, styles) for one in _parts(cells[0], "w:p")} if cells else set()
        for column, cell in zip(columns, cells[1:], strict=False):
            _read(cell, column, styles, group=None if ASIDE in said else group, confirmed=CONFIRMED in said)
    filled = [column for column in columns if len(column.body.flow.builder)]
    told, resolved = comments(package, styles)
    versions = numbered([_version(column, file) for column in filled])
    remarks = tuple(remark for place, column in enumerate(filled) for remark in column.body.flow.remarks(told, place))
    counts = sum((column.body.counts for column in columns), start=type(columns[0].body.counts)())
    counts.update(resolved=resolved, comment=len(told) - len(remarks))
    ours = (
        f"The file is a table that {OWN} wrote: the {len(versions)} versions in it and their alignment are read, and nothing "
        "beside it.",
    )
    return Contents(tuple(versions), remarks, warnings=(*ours, *decided(counts)), left_out=left_out(counts))


def _read(cell: Any, column: Column, styles: Styles, *, group: int | None, confirmed: bool) -> None:
    for element in cell:
        style = _style(element, styles) if short(element.tag) == "w:p" else ""
        if style == NONE and _says(element) in ("", NO_COUNTERPART):
            continue
        match = STYLE.fullmatch(style)
        kind = match[2] if match and match[1] == column.name and match[2] in KINDS else "paragraph"
        column.body.story([element], kind, group=group, confirmed=confirmed)


def _says(paragraph: Any) -> str:
    return "".join(text.text or "" for text in paragraph.iter("{*}t")).strip()


def _version(column: Column, file: File) -> Version:
    flow = column.body.flow
    tag = re.sub(r"\d+$", "", column.name)
    text = flow.builder.text
    title = next((text[block.start : block.stop] for block in flow.blocks if block.kind == "title"), "")
    language = tag if TAG.fullmatch(tag) and tag != "v" else language_of(text, column.body.languages)
    version = flow.builder.version(file, language=language, title=title)
    return replace(version, id=column.name if language == tag else version.id, status=column.status or version.status)
