"""Web pages saved as HTML or MHTML: the text of the page, a version for every language that its parts are marked with."""

import email
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from corpora import archive, citation, languages
from corpora.contents import Contents, File
from corpora.document import Version
from corpora.errors import ReadError
from corpora.languages import language
from corpora.readers.web import fields, footnotes, hypertext, maintext, own, tagsoup, versions
from corpora.readers.web.fields import Record
from corpora.readers.web.paragraph import Piece

Element = Any
XHTML, MHTML = (".xhtml",), (".mhtml", ".mht")
PAGES = ("text/html", "application/xhtml+xml")
# Passages that a sentence gives as examples, and the characters of each.
EXAMPLES, LENGTH = 3, 40
# By what pages call their metadata: Highwire, Dublin Core, Open Graph, and plain HTML.
TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title")
AUTHORS = ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author")
DATES = (
    "citation_publication_date", "citation_date", "dc.date", "dcterms.date", "dcterms.issued", "article:published_time",
    "date",
)  # fmt: skip


def read(file: File) -> Contents:
    """Saved web pages: their main text, without navigation and notices.

    Raises:
        ReadError: the file is no page, is in an encoding that cannot be told, or holds no text.
    """
    data, charset, left = (file.data, "", []) if file.suffix not in MHTML else _unpacked(file)
    text, encoding, told = tagsoup.decoded(file, data, charset)
    root = tagsoup.parsed(text, f'"{file.base}"', is_xml=file.suffix in XHTML)
    file.progress(0.2)
    if own.is_own(root):
        return own.read(file, root)
    taken = hypertext.taken(root, footnotes.found({"": root}))
    file.progress(0.4)
    record = fields.record(taken.pieces)
    is_text = maintext.text_of(root, taken.pieces)
    file.progress(0.9)
    if record:
        is_text = [
            number >= record.contents and number not in record.numbers and kept for number, kept in enumerate(is_text)
        ]
    kept = [piece for piece, is_kept in zip(taken.pieces, is_text, strict=True) if is_kept]
    metadata = _metadata(root, kept) | {"encoding": encoding}
    title = metadata.pop("title", "")
    found, decided = versions.built(
        file, kept, title=title, metadata=metadata,
        begin=lambda builder: fields.write(_sensible(record, kept), builder, title) if record else None,
    )  # fmt: skip
    made = [_described(version, record) for version in found]
    accepted, passed = versions.decided([taken])
    out = [
        piece
        for number, piece in enumerate(taken.pieces)
        if not is_text[number] and not (record and number in record.numbers)
    ]
    return Contents(
        tuple(made), warnings=(*told, *decided, *accepted), left_out=(*_surroundings(out), *passed, *left)
    )  # fmt: skip


def _described(version: Version, record: Record | None) -> Version:
    """The version with what an archive says of it, or else with the date of the page."""
    block = citation.find(version.text) if record else None
    if not block:
        return replace(version, date=version.metadata.get("published", ""))
    return archive.describe(version, block)


def _sensible(record: Record, kept: Sequence[Piece]) -> Record:
    """The record with the language of the document called so where the text is a translation of it."""
    said = language("en").language_names.get(record.value("Language").strip().lower(), "")
    own = languages.guess("\n".join(piece.text for piece in kept))
    return fields.relabelled(record, "Language", "Original Language") if said and said != own else record


def _metadata(root: Element, pieces: Sequence[Piece]) -> dict[str, str]:
    """What the page says of itself: title, author, date of publication, address."""
    said: dict[str, str] = {}
    for one in root.iter("{*}meta"):
        name = (one.get("name") or one.get("property") or "").strip().lower()
        if name and (value := " ".join((one.get("content") or "").split())):
            said.setdefault(name, value)
    first = versions.title_of(pieces)
    title = first.text if first else next(("".join(one.itertext()) for one in root.iter("{*}title")), "")
    address = next((one.get("href") for one in root.iter("{*}link") if one.get("rel") == "canonical"), "")
    found = {
        "title": next((said[name] for name in TITLES if name in said), title),
        "author": next((said[name] for name in AUTHORS if name in said), ""),
        "published": next((said[name] for name in DATES if name in said), ""),
        "address": address or said.get("og:url", ""),
    }
    return {name: value for name, value in found.items() if value and value.strip()}


def _surroundings(pieces: Sequence[Piece]) -> list[str]:
    """A sentence on the paragraphs that were taken for surroundings, nothing where there are none."""
    if not pieces:
        return []
    examples = dict.fromkeys(_short(piece.text) for piece in sorted(pieces, key=lambda piece: -len(piece.text)))
    listed = ", ".join(f'"{one}"' for one in list(examples)[:EXAMPLES])
    characters = sum(len(piece.text) for piece in pieces)
    return [
        f"{versions.counted(len(pieces), 'passage')} with {characters:,} characters around the text, taken for navigation "
        f"and notices, such as {listed}."
    ]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LENGTH else f"{line[:LENGTH].rsplit(' ', 1)[0]} …"


def _unpacked(file: File) -> tuple[bytes, str, list[str]]:
    """The page in an MHTML file, the encoding it came with, and what else is in the file, a sentence each."""
    data, charset, more = None, "", 0
    try:
        whole = email.message_from_bytes(file.data)
        pages = [part for part in whole.walk() if part.get_content_type() in PAGES]
        start = whole.get_param("start")
        page = next((part for part in pages if start and part.get("Content-ID") == start), pages[0])
        data, charset, more = page.get_payload(decode=True), page.get_content_charset("") or "", len(pages) - 1
    except Exception:
        # The standard library's parser of messages is not made for hostile ones.
        pass
    if not isinstance(data, bytes):
        raise ReadError(f'"{file.base}" holds no web page; save the page again, as HTML or as a single file.')
    return data, charset, [f"{versions.counted(more, 'further page')} that the page shows in frames."] if more else []
