"""Texts that are aligned already: tables of units with one text a version, and tables of sentence pairs.

A table is tab-separated with a header, UTF-8, without quoting; or one JSON object a line. Columns and keys are named by
the version's language; others are passed over.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpora.building import BETWEEN
from corpora.document import Document, Segment, Version
from corpora.errors import ReadError
from corpora.normalise import digest

# A version's name: a language tag (BCP 47), with a number for a second version in one language.
ID = re.compile(r"[A-Za-z]{2,3}[0-9]*(?:-[A-Za-z0-9]{2,8})*[0-9]*")


def read_units(path: Path, names: Sequence[str]) -> list[dict[str, str]]:
    """The units of a table: the text of every version, "" where it has none.

    Args:
        path: a .tsv file, or .jsonl (or .ndjson or .json) with an object a line.
        names: the versions, in chain order.

    Raises:
        ReadError: the file cannot be read, lacks a version, or a line is broken; says which.
    """
    lines = _lines(path)
    rows = _objects(path, lines) if path.suffix.lower() in (".jsonl", ".ndjson", ".json") else _rows(path, lines)
    if not rows:
        raise ReadError(f'"{path}" holds no units; give a line for each, below the header in a table.')
    units = []
    for number, row in rows:
        unit = {}
        for name in names:
            if name not in row:
                known = ", ".join(row)
                raise ReadError(f'"{path}", line {number}: there is no version "{name}" among {known}; check --chain.')
            text = row[name]
            if text is not None and not isinstance(text, str):
                raise ReadError(f'"{path}", line {number}: "{name}" is not a text; put it in quotation marks.')
            unit[name] = unicodedata.normalize("NFC", text or "").strip()
        units.append(unit)
    return units


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ReadError(f'There is no file "{path}"; check the name and the folder.') from None
    except UnicodeDecodeError:
        raise ReadError(f'"{path}" is not in UTF-8; save it as UTF-8 and try again.') from None
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise ReadError(f'"{path}" cannot be read ({reason}); give a table of units.') from None
    # Not splitlines: a text may hold other separators than line feeds.
    return [line.removesuffix("\r") for line in text.split("\n")]


def _objects(path: Path, lines: Sequence[str]) -> list[tuple[int, Mapping[str, Any]]]:
    found: list[tuple[int, Mapping[str, Any]]] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            if not isinstance(row, dict):
                raise ReadError(f'"{path}", line {number} is not a JSON object; write one unit a line.')
            found.append((number, row))
    return found


def _rows(path: Path, lines: Sequence[str]) -> list[tuple[int, Mapping[str, Any]]]:
    header = lines[0].split("\t") if lines else []
    found: list[tuple[int, Mapping[str, Any]]] = []
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            cells = line.split("\t")
            if len(cells) > len(header):
                raise ReadError(
                    f'"{path}", line {number} has {len(cells)} columns, the header {len(header)}; check for tabs inside a text.'
                )
            found.append((number, dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=True))))
    return found


def document(units: Sequence[Mapping[str, str]], names: Sequence[str]) -> Document:
    """The document of units in a chain: each version's texts one after the other, a segment each."""
    versions = []
    for place, name in enumerate(names):
        segments: list[Segment] = []
        parts, start = [], 0
        for unit in units:
            if text := unit[name]:
                index = len(segments)
                segments.append(Segment(index, index, "paragraph", start, start + len(text), text))
                parts.append(text)
                start += len(text) + len(BETWEEN)
        text = BETWEEN.join(parts)
        source = names[place - 1] if place else None
        language = re.sub(r"\d+$", "", name)
        versions.append(Version(name, language, name, text, digest(text), tuple(segments), source))
    return Document("units", "units", tuple(versions))


def read_pairs(path: Path, source: str, target: str) -> list[tuple[str, str]]:
    """The two texts of every line of a table of sentence pairs.

    The columns are those that a header names by the languages ("en", or "en_tokens"); without such a header the first
    two, source first.

    Raises:
        ReadError: the file cannot be read, or a line has no second column; says which.
    """
    lines = _lines(path)
    header = lines[0].split("\t") if lines else []
    named = [
        [
            k
            for k, cell in enumerate(header)
            if re.fullmatch(rf"{re.escape(name)}(?:[_ ].*)?", cell.strip(), re.IGNORECASE)
        ]
        for name in (source, target)
    ]
    first, second = (named[0][0], named[1][0]) if all(named) else (0, 1)
    found = []
    for number, line in enumerate(lines, 1):
        if (number == 1 and all(named)) or not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) <= max(first, second):
            raise ReadError(
                f'"{path}", line {number} has no column {max(first, second) + 1}; separate the two texts by a tab.'
            )
        found.append((cells[first], cells[second]))
    if not found:
        raise ReadError(f'"{path}" holds no pairs; give one a line, the two texts separated by a tab.')
    return found
