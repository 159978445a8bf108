"""Files that the command line is given -> their contents, with how far the reading is, and what is told of it."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpora.errors import ExportError, ReadError
from views.commands.options import named
from views.commands.working import bar

if TYPE_CHECKING:
    from corpora.contents import Contents


def opened(arguments: Sequence[str], encoding: str = "") -> "Contents":
    """What all the files bring together; two versions have one id only where the user named both.

    Args:
        arguments: FILE, or ID=FILE.
        encoding: of the text files among them, "" to go by their bytes.
    """
    from corpora.chain import numbered
    from corpora.contents import together

    files = [named(argument) for argument in arguments]
    whole = together([_read(path, id, encoding) for id, path in files])
    if any(id for id, _ in files):
        return whole
    return replace(whole, versions=tuple(numbered(whole.versions)))


def _read(path: Path, id: str, encoding: str) -> "Contents":
    from corpora import apart, chain, file_at

    with bar() as shown:
        file = replace(file_at(path, encoding), progress=lambda share: shown(share, f"Reading {path.name}"))
        found = apart.read(file)
    if not id:
        return found
    if len(found.versions) != 1:
        raise ReadError(f'"{path}" holds {len(found.versions)} versions; give it without "{id}=".')
    return replace(found, versions=(chain.named(found.versions[0], id),))


def check_apart(output: Path, arguments: Sequence[str]) -> None:
    """Returns nothing when the file to write is none of those to read.

    Raises:
        ExportError: it is one.
    """
    paths = [path for _, path in map(named, arguments)]
    if output.exists() and any(path.exists() and path.samefile(output) for path in paths):
        raise ExportError(f'"{output}" is one of the texts to read; choose another name for the table.')


def tell(found: "Contents") -> None:
    """Says what was decided in reading, and what was left out."""
    for line in (*found.warnings, *(f"Left out: {line}" for line in found.left_out)):
        print(line, file=sys.stderr)
