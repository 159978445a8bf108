"""Review -> file."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from corpora.errors import ExportError, UnknownName
from exports import annotations, ces, citations, lines, page, record, sheet, tei, tmx, word, xliff
from exports.selection import Selection

__all__ = ["EXPORTERS", "Selection", "check", "check_path", "check_place", "to_bytes", "write", "write_whole"]

# By the end of the file's name; the contract is (Selection, binary file) -> None.
EXPORTERS: dict[str, Callable[[Selection, BinaryIO], None]] = {
    ".xlsx": sheet.write_xlsx,
    ".csv": sheet.write_csv,
    ".docx": word.write,
    ".html": page.write,
    ".tmx": tmx.write,
    ".xlf": xliff.write,
    ".tei.xml": tei.write,
    ".ces.zip": ces.write,
    ".ladder.zip": lines.write_ladder,
    ".align.zip": lines.write_align,
    ".pharaoh.zip": lines.write_pharaoh,
    ".jsonld": annotations.write,
    ".bib": citations.write_bibtex,
    ".csl.json": citations.write_csl,
    ".json": record.write,
}
# What a file of this kind does not hold of a selection, a sentence each; a kind that holds all is not here.
OMITTED: dict[str, Callable[[Selection], list[str]]] = {
    ".csv": sheet.omitted_csv,
    ".docx": word.omitted,
    ".html": page.omitted,
    ".tmx": tmx.omitted,
    ".xlf": xliff.omitted,
    ".tei.xml": tei.omitted,
    ".ces.zip": ces.omitted,
    ".ladder.zip": lines.omitted,
    ".align.zip": lines.omitted,
    ".pharaoh.zip": lines.omitted_pharaoh,
    ".jsonld": annotations.omitted,
    ".bib": citations.omitted,
    ".csl.json": citations.omitted,
    ".json": record.omitted,
}
# What can be told of a review before its file is made; only formats with a limit are here.
CHECKS: dict[str, Callable[[Selection], None]] = {".xlsx": sheet.check_xlsx, ".xlf": xliff.check}
# Kinds that hold two versions only.
OF_HOP: frozenset[str] = frozenset({".xlf"})
# Behind one of the others: an archive with a file for every hop.
ZIP = ".zip"


def kind_of(name: str) -> str:
    """The longest end of a file's name that is in EXPORTERS, "" when there is none."""
    return max((end for end in EXPORTERS if name.lower().endswith(end)), key=len, default="")


def omitted(selection: Selection, kind: str) -> list[str]:
    """What a file of this kind does not hold of a selection, a sentence each."""
    return OMITTED[kind](selection) if kind in OMITTED else []


def check(selection: Selection, kind: str) -> None:
    """Returns nothing when a file of this kind can hold the selection.

    Raises:
        ExportError: it cannot.
    """
    if kind in OF_HOP and not selection.hop and len(selection.comparisons) > 1:
        hops = ", ".join(hop.id for hop in selection.comparisons)
        raise ExportError(
            f"A {kind} file holds two versions; choose one of the hops {hops}, or write a {kind}{ZIP} with all of them."
        )
    if kind in CHECKS:
        CHECKS[kind](selection)


def to_bytes(selection: Selection, kind: str) -> bytes:
    """The file of this kind as bytes; with ".zip" behind the kind, an archive of one file a hop.

    Raises:
        UnknownName: no exporter writes this kind.
        ExportError: the file cannot hold the selection.
    """
    whole = kind.lower()
    inner = whole if whole in EXPORTERS else whole.removesuffix(ZIP)
    if inner not in EXPORTERS:
        raise UnknownName("file format", kind or "without a suffix", EXPORTERS)
    if inner != whole:
        return _zipped(selection, inner)
    check(selection, inner)
    if inner in OF_HOP and not selection.hop:
        selection = _of_hop(selection, selection.comparisons[0].id)
    memory = io.BytesIO()
    EXPORTERS[inner](selection, memory)
    return memory.getvalue()


def _of_hop(selection: Selection, hop: str) -> Selection:
    return Selection(selection.review, selection.only, hop, selection.created)


def _zipped(selection: Selection, kind: str) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for hop in selection.comparisons:
            archive.writestr(f"{hop.id}{kind}", to_bytes(_of_hop(selection, hop.id), kind))
    return memory.getvalue()


def check_path(path: Path) -> None:
    """Returns nothing when a file can be written here; worth asking before long work.

    Raises:
        UnknownName: no exporter writes this suffix.
        ExportError: the folder does not exist or cannot be written to.
    """
    if not asked(path.name):
        raise UnknownName("file format", path.suffix or path.name, EXPORTERS)
    check_place(path)


def check_place(path: Path) -> None:
    """Returns nothing when a file of any kind can be written here.

    Raises:
        ExportError: the folder does not exist or cannot be written to.
    """
    folder = path.parent
    if not folder.is_dir():
        raise ExportError(f'There is no folder "{folder}" to write "{path.name}" into; make it or choose another.')
    if path.is_dir() or not os.access(folder, os.W_OK):
        raise ExportError(f'"{path}" cannot be written; choose another name or folder.')


def write(selection: Selection, path: Path) -> None:
    """Writes a file whose suffix says the format; an older file stays whole until the new one is.

    Raises:
        UnknownName: no exporter writes this suffix.
        ExportError: the file cannot be written.
    """
    check_path(path)
    write_whole(path, to_bytes(selection, asked(path.name)))


def asked(name: str) -> str:
    """The kind that a file's name asks for, with ".zip" behind it for an archive of one a hop; "" for none."""
    if kind := kind_of(name):
        return kind
    inner = kind_of(name.lower().removesuffix(ZIP))
    return f"{inner}{ZIP}" if inner and name.lower().endswith(ZIP) else ""


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file; an older one stays whole until the new one is.

    Raises:
        ExportError: the file cannot be written.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(data)
        os.replace(partial, path)
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        raise ExportError(f'"{path}" cannot be written ({reason}); choose another name or folder.') from None
    finally:
        # Nothing half-written stays, whatever ended the writing.
        partial.unlink(missing_ok=True)
