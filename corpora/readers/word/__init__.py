"""Word files: the text of the body with its tables and text boxes, behind it footnotes and endnotes, and its comments."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from corpora.building import clean
from corpora.contents import Contents, File
from corpora.errors import ReadError
from corpora.readers.counted import decided, left_out
from corpora.readers.flow import Flow
from corpora.readers.stated import in_utc, language_of, title_of
from corpora.readers.word.body import Body
from corpora.readers.word.comments import comments
from corpora.readers.word.numbering import Numbering
from corpora.readers.word.package import Package, attribute, children, short
from corpora.readers.word.styles import Styles
from corpora.readers.word.table import aligned

# How files of the older kinds begin; one in such a container may also be a new one behind a password.
OLD, RICH = b"\xd0\xcf\x11\xe0", b"{\\rtf"
# The share of the time that unpacking and parsing take.
PARSED = 0.2
# What Word puts between text and notes, which are no notes.
SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
NOTES = {"footnote": "footnotes", "endnote": "endnotes"}


def read(file: File) -> Contents:
    """Word files, as text with headings, lists, tables, footnotes and comments.

    Raises:
        ReadError: it is no Word file, damaged, protected by a password, or empty.
    """
    _refuse_old(file)
    try:
        return _contents(file)
    except RecursionError:
        raise ReadError(
            f'"{file.base}" has parts inside parts that are nested too deep; open it in Word and save it again.'
        ) from None


def read_old(file: File) -> Contents:
    """Old Word files and RTF, of which is told how to make them readable.

    Raises:
        ReadError: it is an old one.
    """
    if file.data.startswith(b"PK"):
        return read(file)
    _refuse_old(file)
    raise ReadError(
        f'"{file.base}" is not {"an RTF" if file.suffix == ".rtf" else "a Word"} file; save it as .docx or plain text.'
    )


def _refuse_old(file: File) -> None:
    if file.data.startswith(OLD):
        raise ReadError(
            f'"{file.base}" is an old Word file (.doc) or protected by a password; open it in Word or LibreOffice and '
            "save it as .docx without a password."
        )
    if file.data.lstrip()[:5] == RICH:
        raise ReadError(f'"{file.base}" is an RTF file; open it in Word or LibreOffice and save it as .docx.')


def _contents(file: File) -> Contents:
    package = Package(file)
    file.progress(PARSED)
    total = sum(1 for _ in package.document.iter("{*}p")) or 1
    flow, styles = Flow(), Styles(package.part("styles"))

    def done(count: int) -> None:
        file.progress(PARSED + (1 - PARSED) * min(1.0, count / total))

    if own := aligned(package, styles, file, done):
        return own
    body = Body(flow, styles, Numbering(package.part("numbering")), done)
    body.story(package.document)
    counts = Counter(_notes(package, body)) + body.counts
    said, resolved = comments(package, styles)
    text = flow.builder.text
    remarks = tuple(flow.remarks(said))
    counts.update(header=_headers(package), resolved=resolved, comment=len(said) - len(remarks))
    metadata = _metadata(package)
    version = flow.builder.version(
        file,
        language=language_of(text, body.languages),
        title=title_of(metadata.get("title", ""), flow.blocks, text),
        metadata=metadata,
    )
    file.progress(1.0)
    return Contents((version,), remarks, warnings=decided(counts), left_out=left_out(counts))


def _notes(package: Package, body: Body) -> Iterator[str]:
    """Writes footnotes, then endnotes, in the order of their calls; gives what is wrong with them."""
    for kind, part in NOTES.items():
        root = package.part(part)
        notes = {
            attribute(child, "w:id"): child
            for child in (root if root is not None else ())
            if short(child.tag) == f"w:{kind}" and attribute(child, "w:type") not in SEPARATORS
        }
        for call in [call for call in body.flow.calls if call.kind == kind]:
            if call.key in notes:
                body.story(notes.pop(call.key), kind, anchor=call.anchor)
            else:
                yield "missing"
        for key, note in notes.items():
            if (kind, key) not in body.dropped:
                before = len(body.flow.blocks)
                body.story(note, kind)
                if len(body.flow.blocks) > before:
                    yield "uncalled"


def _headers(package: Package) -> int:
    """How many page headers and footers have text."""
    parts = [*package.parts("header"), *package.parts("footer")]
    return sum(any((text.text or "").strip() for text in part.iter("{*}t")) for part in parts)


def _metadata(package: Package) -> dict[str, str]:
    found = {name: _property(package.properties, name) for name in ("dc:title", "dc:creator")}
    found |= {name: in_utc(_property(package.properties, name)) for name in ("dcterms:created", "dcterms:modified")}
    return {name.split(":")[1]: value for name, value in found.items() if value}


def _property(properties: Any, name: str) -> str:
    element = children(properties).get(name)
    return " ".join(clean(element.text or "").split()) if element is not None else ""
