"""Review -> file."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from corpora.errors import ExportError, UnknownName
from exports import record, sheet
from reviews.review import Review

__all__ = ["EXPORTERS", "check", "check_path", "check_place", "to_bytes", "write", "write_whole"]

# By suffix; the contract is (Review, binary file) -> None.
EXPORTERS: dict[str, Callable[[Review, BinaryIO], None]] = {
    ".csv": sheet.write_csv,
    ".xlsx": sheet.write_xlsx,
    ".json": record.write,
}

# What can be told of a review before its file is made; only formats with a limit are here.
CHECKS: dict[str, Callable[[Review], None]] = {".xlsx": sheet.check_xlsx}


def check(review: Review, suffix: str) -> None:
    """Returns nothing when the file of this kind can hold the review.

    Raises:
        ExportError: it cannot.
    """
    if suffix.lower() in CHECKS:
        CHECKS[suffix.lower()](review)


def to_bytes(review: Review, suffix: str) -> bytes:
    """The file of this kind as bytes.

    Raises:
        UnknownName: no exporter writes this suffix.
        ExportError: the file cannot hold the review.
    """
    if suffix.lower() not in EXPORTERS:
        raise UnknownName("file format", suffix or "without a suffix", EXPORTERS)
    memory = io.BytesIO()
    EXPORTERS[suffix.lower()](review, memory)
    return memory.getvalue()


def check_path(path: Path) -> None:
    """Returns nothing when a file can be written here; worth asking before long work.

    Raises:
        UnknownName: no exporter writes this suffix.
        ExportError: the folder does not exist or cannot be written to.
    """
    if path.suffix.lower() not in EXPORTERS:
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


def write(review: Review, path: Path) -> None:
    """Writes the review into a file whose suffix says the format; an older file stays whole until the new one is.

    Raises:
        UnknownName: no exporter writes this suffix.
        ExportError: the file cannot be written.
    """
    check_path(path)
    write_whole(path, to_bytes(review, path.suffix))


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
