"""OpenDocument texts: the text of the body with its tables and text boxes, behind it footnotes and endnotes, and its comments."""

from collections.abc import Iterator
from typing import Any

from corpora.building import clean
from corpora.contents import Contents, File
from corpora.errors import ReadError
from corpora.readers.counted import decided, left_out
from corpora.readers.flow import Flow
from corpora.readers.odt.body import Body
from corpora.readers.odt.package import Package, child, long, short
from corpora.readers.odt.styles import Styles
from corpora.readers.stated import in_utc, language_of, title_of

# The share of the time that unpacking and parsing take.
PARSED = 0.2
# What the file says of itself: our name and those it may have, the first that is there counts.
SAID = {
    "title": ("dc:title",),
    "creator": ("meta:initial-creator", "dc:creator"),
    "created": ("meta:creation-date",),
    "modified": ("dc:date",),
}
TIMES = ("created", "modified")
HEADERS = (
    "style:header",
    "style:footer",
    "style:header-left",
    "style:footer-left",
    "style:header-first",
    "style:footer-first",
)


def read(file: File) -> Contents:
    """OpenDocument texts (LibreOffice), with headings, lists, tables, footnotes and comments.

    Raises:
        ReadError: it is none, damaged, protected by a password, or empty.
    """
    try:
        return _contents(file)
    except RecursionError:
        raise ReadError(
            f'"{file.base}" has parts inside parts that are nested too deep; open it in LibreOffice and save it again.'
        ) from None


def _contents(file: File) -> Contents:
    package = Package(file)
    file.progress(PARSED)
    total = sum(1 for _ in package.text.iter(long("text:p"), long("text:h"))) or 1

    def done(count: int) -> None:
        file.progress(PARSED + (1 - PARSED) * min(1.0, count / total))

    flow = Flow()
    body = Body(flow, package, Styles(package.content, package.styles), done)
    body.story(package.text)
    calls = list(flow.calls)
    for kind in ("footnote", "endnote"):
        for call in calls:
            if call.kind == kind:
                body.story(body.notes[call.key], kind, call.anchor)
    text = flow.builder.text
    remarks = tuple(flow.remarks(body.comments))
    body.counts.update(header=_headers(package), comment=len(body.comments) - len(remarks))
    metadata = dict(_metadata(child(package.meta, "office:meta")))
    version = flow.builder.version(
        file,
        language=language_of(text, body.languages),
        title=title_of(metadata.get("title", ""), flow.blocks, text),
        metadata=metadata,
    )
    file.progress(1.0)
    return Contents((version,), remarks, warnings=decided(body.counts), left_out=left_out(body.counts))


def _headers(package: Package) -> int:
    """How many page headers and footers have text."""
    masters = child(package.styles, "office:master-styles")
    found = [
        part for master in (masters if masters is not None else ()) for part in master if short(part.tag) in HEADERS
    ]
    return sum(any(text.strip() for text in part.itertext()) for part in found)


def _metadata(meta: Any) -> Iterator[tuple[str, str]]:
    for name, places in SAID.items():
        found = (child(meta, place) for place in places)
        values = (" ".join(clean(element.text or "").split()) for element in found if element is not None)
        value = next(filter(None, values), "")
        if value := in_utc(value) if name in TIMES else value:
            yield name, value
