"""What people noted on a page of a PDF with their viewers; runs where `drawn.pdfium` runs."""

import ctypes
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from corpora.readers.drawn.page import Box, Comment

# Kinds of annotations whose text is somebody's: note, free text, marks of four kinds, caret (ISO 32000-1, 12.5.6).
OF_PEOPLE = (1, 3, 9, 10, 11, 12, 14)
FIELD = 20
MOST, MOST_BOXES, LONGEST = 500, 50, 20_000
DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?|Z)?")


def read(page: Any, placed: Callable[[Any], Box]) -> tuple[tuple[Comment, ...], int]:
    """The comments on a page that is open in PDFium, and how many fields of a form it has.

    Args:
        page: of pypdfium2.
        placed: a rectangle of the file as a box of the page.
    """
    from pypdfium2 import raw

    found, fields = [], 0
    for number in range(min(raw.FPDFPage_GetAnnotCount(page), MOST)):
        note = raw.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        kind = raw.FPDFAnnot_GetSubtype(note)
        fields += kind == FIELD
        text = _value(note, b"Contents") if kind in OF_PEOPLE else ""
        if text.strip():
            created = _value(note, b"CreationDate") or _value(note, b"M")
            found.append(Comment(text, _value(note, b"T"), utc(created), tuple(_about(note, placed))))
        raw.FPDFPage_CloseAnnot(note)
    return tuple(found), fields


def _about(note: Any, placed: Callable[[Any], Box]) -> Iterator[Box]:
    """The stretches that a comment marks, or where it stands."""
    from pypdfium2 import raw

    quad, edges = raw.FS_QUADPOINTSF(), raw.FS_RECTF()
    count = raw.FPDFAnnot_CountAttachmentPoints(note)
    for number in range(min(count, MOST_BOXES)):
        if raw.FPDFAnnot_GetAttachmentPoints(note, number, quad):
            edges.left, edges.right = min(quad.x1, quad.x3), max(quad.x2, quad.x4)
            edges.bottom, edges.top = min(quad.y1, quad.y3), max(quad.y1, quad.y3)
            yield placed(edges)
    if not count and raw.FPDFAnnot_GetRect(note, edges):
        yield placed(edges)


def _value(note: Any, key: bytes) -> str:
    from pypdfium2 import raw

    length = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 2 < length <= 2 * LONGEST:
        return ""
    held = (ctypes.c_ushort * (length // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(note, key, held, length)
    return bytes(held)[:length].decode("utf-16-le", "replace").rstrip("\0")


def utc(date: str) -> str:
    """A date of a PDF (ISO 32000-1, 7.9.4) as ISO 8601 in UTC, "" where it is none.

    >>> utc("D:20240131091500+03'00'")
    '2024-01-31T06:15:00+00:00'
    """
    match = DATE.match(date)
    if not match:
        return ""
    year, *rest = (int(part) if part else None for part in match.groups()[:6])
    month, day, hour, minute, second = (
        part if part is not None else least for part, least in zip(rest, (1, 1, 0, 0, 0), strict=True)
    )
    sign, hours, minutes = match.group(7, 8, 9)
    shift = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    try:
        local = datetime(year or 0, month, day, hour, minute, second, tzinfo=timezone(shift))
        return local.astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return ""
