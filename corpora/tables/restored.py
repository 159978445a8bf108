"""The tables that this program writes, read back: versions in full, with what was said of their units."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from corpora.building import Builder
from corpora.chain import NUMBER
from corpora.contents import Contents, File, Remark
from corpora.document import KINDS, PLACEHOLDER_MARK, STATUSES, Block, Version
from corpora.errors import ReadError
from corpora.tables.own import NOTES, Line, facts, lines, said, unescaped, versions
from corpora.tables.sheet import Sheet, counted

CONFIRMED, ASIDE, DOUBTFUL = "confirmed", "set aside", "needs discussion"
# How many of its document's units a table says that it holds.
WHOLE = re.compile(r"(\d+) of (\d+) ")
# The blocks of a version by the units that hold them.
Blocks = Mapping[str, list[Block]]


def contents(file: File, sheet: Sheet, others: Sequence[Sheet]) -> Contents:
    """The versions of the table with kinds, groups, statuses and notes."""
    found, said_of = lines(sheet), facts(sheet, others)
    groups = _groups(found)
    made: list[Version] = []
    blocks: dict[str, dict[str, list[Block]]] = {}
    unclear = 0
    for id in versions(sheet):
        builder, own, doubtful = _built(id, found, groups)
        unclear += doubtful
        blocks[id] = own
        if len(builder):
            made.append(
                _version(
                    file, builder, id, next((line.sides[id].mark for line in found if line.sides[id].mark), ""), said_of
                )
            )
    if not made:
        raise ReadError(f'"{file.base}" is a table of units without text; give the table as it was written.')
    remarks = list(_remarks(made, found, blocks, others))
    return Contents(tuple(made), tuple(remarks), warnings=tuple(_told(found, said_of, unclear, sheet)))


def _groups(found: Sequence[Line]) -> list[int | None]:
    """The group of every row; rows that hold one passage at two places have the same."""
    place = {line.unit: number for number, line in enumerate(found)}
    groups: list[int | None] = []
    for number, line in enumerate(found):
        linked = [place[unit] for unit in line.moved if place.get(unit, number) < number]
        groups.append(None if line.origin == ASIDE else groups[min(linked)] if linked else number)
    return groups


def _built(id: str, found: Sequence[Line], groups: Sequence[int | None]) -> tuple[Builder, dict[str, list[Block]], int]:
    """A version's text with its blocks, the blocks by unit, and how many cells hold segments that cannot be told apart.

    The segments are put in the order of their numbers: the table may have been sorted by something else.
    """
    parts: list[tuple[int, str, str, int, str]] = []
    unclear, last = 0, 0
    for number, line in enumerate(found):
        side = line.sides[id]
        if not side.text.strip():
            continue
        texts = side.pieces
        unclear += texts is None and len(side.segments) > 1
        names = side.segments if texts else side.segments[:1] or ("",)
        for place, (text, name) in enumerate(zip(texts or [side.text], names, strict=False)):
            # One kind is that of all; where there are fewer than segments, which is whose cannot be told.
            kinds = side.kinds * len(texts or [""]) if len(side.kinds) == 1 else side.kinds
            kind = kinds[place] if place < len(kinds) and len(kinds) in (1, len(names)) else ""
            order = re.search(r"-(\d{1,9})$", name)
            last = int(order[1]) if order else last
            parts.append((last, text, kind if kind in KINDS else "", number, name))
    builder, blocks = Builder(), dict[str, list[Block]]()
    for _, text, kind, number, name in sorted(parts, key=lambda part: part[0]):
        line, group = found[number], groups[number]
        confirmed = line.status == CONFIRMED and group is not None
        if block := builder.add(text, kind, group=group, confirmed=confirmed, id=name):
            blocks.setdefault(line.unit, []).append(block)
    return builder, blocks, unclear


def _version(file: File, builder: Builder, id: str, mark: str, said_of: Mapping[str, str]) -> Version:
    title, marked, _ = said_of.get(f"version {id}", "").partition(f"; {mark}; ")
    version = builder.version(file, language=NUMBER.sub("", id), title=title if marked else "")
    status = "placeholder" if mark == PLACEHOLDER_MARK else mark if mark in STATUSES else version.status
    return replace(version, id=id, status=status)


def _remarks(
    made: Sequence[Version],
    found: Sequence[Line],
    blocks: Mapping[str, Blocks],
    others: Sequence[Sheet],
) -> Iterator[Remark]:
    """The notes on the words they stand on, as far as the file says these."""
    notes = next((sheet for sheet in others if sheet.name == NOTES and sheet.rows), None)
    if notes is not None:
        at = {name: place for place, name in enumerate(notes.rows[0].cells)}
        for row in notes.rows[1:]:
            note = {name: unescaped(row.cell(place)) for name, place in at.items()}
            text = note.get("body") or note.get("categories", "")
            units = note.get("units", "").split()
            if (place := _place(made, blocks, units, note.get("words", ""))) and text:
                yield Remark(*place, text, note.get("author", ""), note.get("created", ""))
        return
    seen = set()
    for line in found:
        for one in said(line.notes):
            place = _place(made, blocks, [line.unit], "")
            # A note on words of several units stands in each of their rows.
            if place and one not in seen:
                seen.add(one)
                yield Remark(*place, one.body or one.categories, one.author)


def _place(
    made: Sequence[Version], blocks: Mapping[str, Blocks], units: Sequence[str], words: str
) -> tuple[int, int, int] | None:
    """The version and the characters that a note stands on: its words in its units, or the first text of these."""
    whole = None
    for number, version in enumerate(made):
        own = [block for unit in units for block in blocks[version.id].get(unit, ())]
        if not own:
            continue
        start, stop = min(block.start for block in own), max(block.stop for block in own)
        whole = whole or (number, own[0].start, own[0].stop)
        for quote in re.findall(rf"^{re.escape(version.id)}: (.+(?:\n(?!\w+: ).+)*)", words, re.MULTILINE):
            pattern = r"\s+".join(map(re.escape, quote.split()))
            if place := re.compile(pattern).search(version.text, start, stop) if pattern else None:
                return number, place.start(), place.end()
    return whole


def _told(found: Sequence[Line], said_of: Mapping[str, str], unclear: int, sheet: Sheet) -> Iterator[str]:
    units = said_of.get("units", "")
    counts = WHOLE.match(units)
    if (counts and counts[1] != counts[2]) or "only" in units:
        yield f"The table does not hold all of its document, but {units}"
    doubtful = sum(line.status == DOUBTFUL for line in found)
    if doubtful:
        yield f"{counted(doubtful, 'unit')} in need of discussion, taken as unconfirmed."
    if unclear:
        yield f"{counted(unclear, 'cell')} with other lines than segments, taken as one segment each."
    # The ids were hidden by this program.
    yield from (line for line in sheet.told if "hidden column" not in line)
