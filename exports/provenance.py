"""What a file was made of, as every file states it: program, date, method, level, units, and the versions with their status."""

from collections.abc import Iterator

from corpora.document import PLACEHOLDER_MARK, Version
from corpora.program import NAME, VERSION
from divergence import left_out
from exports.selection import Selection

PROGRAM = f"{NAME} {VERSION}"


def mark(version: Version) -> str:
    """The status of a version as every file and screen states it."""
    return PLACEHOLDER_MARK if version.is_placeholder else version.status


def facts(selection: Selection) -> Iterator[tuple[str, str]]:
    """Names and values: those of the file first, then one a version, then what was not compared."""
    review = selection.review
    yield "document", review.document.title
    yield "made by", PROGRAM
    yield "made on", selection.created
    yield "level", review.level
    yield "units", selection.told
    yield "method", review.alignment.signature
    for version in selection.versions:
        yield f"version {version.id}", described(version)
    for line in left_out(review.document):
        yield "left out", line


def described(version: Version) -> str:
    """A version in a line: title, status, source, date, translators, reference, file."""
    made = f"made from {version.source} ({version.how_known})" if version.source else "original"
    said = [
        version.title,
        mark(version),
        made,
        version.date,
        ", ".join(version.translators),
        version.metadata.get("archive_reference", ""),
        version.metadata.get("file", ""),
    ]
    return "; ".join(filter(None, said))
