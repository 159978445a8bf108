"""EPUB books: the text of the chapters in reading order, with notes on the characters that call them."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from corpora.contents import Contents, File
from corpora.errors import ReadError
from corpora.readers import markup
from corpora.readers.web import footnotes, hypertext, tagsoup, versions
from corpora.readers.web.footnotes import semantics_of
from corpora.readers.web.hypertext import Taken, tag_of
from corpora.readers.web.paragraph import Piece
from corpora.readers.zipped import Archive

Element = Any
KIND = "an EPUB book"
CONTAINER, ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
# Obfuscated fonts (EPUB OCF 3.3, 4.4, and Adobe's older way) hide no text.
OF_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
DOCUMENTS = ("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml")
# Characters of all chapters together; the longest novels have six million.
LARGEST = 50_000_000
# What pages of a book are called that are no text of it, and parts that stand before it (EPUB Structural Semantics 1.1).
NO_TEXT = frozenset(
    ("toc", "landmarks", "page-list", "loi", "lot", "loa", "lov", "cover", "doc-toc", "doc-cover", "doc-pagelist")
)
BEFORE = frozenset(("titlepage", "halftitlepage", "copyright-page", "imprint", "doc-titlepage"))
TRANSLATOR = "trl"
CLOSED = re.compile(r"[.!?…。？！][\"'”’“»«》」』)\]]*$")


@dataclass(frozen=True, slots=True)
class Item:
    """A file that the book lists: its path in the archive, media type, and what the book says of it."""

    path: str
    type: str
    properties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Package:
    """What the package file says: metadata, the files in reading order, and the paths of cover and contents."""

    metadata: dict[str, str]
    translators: tuple[str, ...]
    spine: tuple[Item, ...]
    lists: frozenset[str]


def read(file: File) -> Contents:
    """EPUB books: the chapters in reading order, without covers and tables of contents.

    Raises:
        ReadError: the file is no EPUB book, is protected against copying, or holds no text.
    """
    archive = Archive(file, KIND)
    where = f'"{file.base}"'
    _refuse_protected(archive, where)
    package = _package(archive, where)
    roots, missing = _roots(file, archive, package, where)
    notes = footnotes.found(roots)
    taken: list[Taken] = []
    pieces: list[Piece] = []
    apart = 0
    for number, (path, root) in enumerate(roots.items(), 1):
        one = hypertext.taken(root, notes, path)
        kept = list(_text(one.pieces, is_list=path in package.lists))
        pieces += kept
        taken.append(one)
        apart += len(one.pieces) - len(kept)
        file.progress(0.3 + 0.6 * number / len(roots))
    if not pieces:
        raise ReadError(f"{where} holds no text besides covers and tables of contents; give a book with text.")
    said = package.metadata.get("language", "")
    pieces = [piece if piece.language else replace(piece, language=said) for piece in pieces]
    metadata = {name: value for name, value in package.metadata.items() if name not in ("title", "language")}
    found, decided = versions.built(file, pieces, title=package.metadata.get("title", ""), metadata=metadata)
    accepted, passed = versions.decided(taken)
    made = [replace(one, date=metadata.get("published", ""), translators=package.translators) for one in found]
    left = [*_apart(apart), *_missing(missing), *passed]
    return Contents(tuple(made), warnings=(*decided, *accepted), left_out=tuple(left))


def _refuse_protected(archive: Archive, where: str) -> None:
    if ENCRYPTION not in archive:
        return
    root = markup.parse(archive.read(ENCRYPTION), where)
    for one in root.iter("{*}EncryptedData"):
        method = next((inner.get("Algorithm") for inner in one.iter("{*}EncryptionMethod")), "")
        if method not in OF_FONTS:
            raise ReadError(
                f"{where} is protected against copying (DRM), so its text cannot be read; give a copy without protection."
            )


def _package(archive: Archive, where: str) -> Package:
    if CONTAINER not in archive:
        raise ReadError(
            f"{where} is not {KIND} (it has no {CONTAINER}); open it in the program that made it and save it again."
        )
    container = markup.parse(archive.read(CONTAINER), where)
    path = next((one.get("full-path") for one in container.iter("{*}rootfile") if one.get("full-path")), "")
    if not path or path not in archive:
        raise ReadError(f"{where} is damaged: the list of its chapters is missing; get the book again.")
    root = markup.parse(archive.read(path), where)
    folder = posixpath.dirname(path)
    items: dict[str, Item] = {}
    for one in root.iter("{*}item"):
        properties = frozenset((one.get("properties") or "").split())
        items.setdefault(
            one.get("id") or "", Item(_joined(folder, one.get("href") or ""), one.get("media-type") or "", properties)
        )
    # What one reads on without (linear="no") is read too: notes, glossaries.
    spine = [items[key] for one in root.iter("{*}itemref") if (key := one.get("idref") or "") in items]
    lists = {item.path for item in spine if "nav" in item.properties} | {
        _joined(folder, one.get("href") or "")
        for one in root.iter("{*}reference")
        if (one.get("type") or "").lower() in NO_TEXT
    }
    return Package(*_metadata(root), tuple(dict.fromkeys(spine)), frozenset(lists))


def _joined(folder: str, href: str) -> str:
    """The path in the archive that a link in this folder leads to; one that leads outside is in no archive."""
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


def _metadata(root: Element) -> tuple[dict[str, str], tuple[str, ...]]:
    said: dict[str, list[str]] = {}
    roles: dict[str, str] = {}
    for one in root.iter("{*}meta"):
        if one.get("property") == "role" and (one.get("refines") or "").startswith("#"):
            roles[one.get("refines")[1:]] = (one.text or "").strip()
    translators = []
    for name in ("title", "creator", "contributor", "language", "date", "publisher", "identifier"):
        for one in root.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}"):
            value = " ".join("".join(one.itertext()).split())
            role = one.get("{http://www.idpf.org/2007/opf}role") or roles.get(one.get("id") or "", "")
            if value and role == TRANSLATOR:
                translators.append(value)
            elif value:
                said.setdefault(name, []).append(value)
    found = {
        "title": next(iter(said.get("title", ())), ""),
        "language": next(iter(said.get("language", ())), ""),
        "author": ", ".join(said.get("creator", ())),
        "published": next(iter(said.get("date", ())), ""),
        "publisher": next(iter(said.get("publisher", ())), ""),
        "identifier": next(iter(said.get("identifier", ())), ""),
    }
    return {name: value for name, value in found.items() if value}, tuple(translators)


def _roots(file: File, archive: Archive, package: Package, where: str) -> tuple[dict[str, Element], list[str]]:
    """The chapters by their paths, and the paths of those that are not in the archive."""
    roots: dict[str, Element] = {}
    missing: list[str] = []
    left = LARGEST
    for number, item in enumerate(package.spine, 1):
        if item.type and item.type not in DOCUMENTS:
            continue
        if item.path not in archive:
            missing.append(item.path)
            continue
        data = archive.read(item.path)
        left -= len(data)
        if left < 0:
            raise ReadError(f"{where} holds over {LARGEST // 10**6} MB of text; give a part of it.")
        text, _, _ = tagsoup.decoded(File(file.base, b""), data)
        if text.strip():
            roots[item.path] = tagsoup.parsed(text, where, is_xml=True)
        file.progress(0.3 * number / len(package.spine))
    if not roots and missing:
        raise ReadError(f"{where} is damaged: none of the chapters that it lists is in it; get the book again.")
    if not roots:
        raise ReadError(
            f"{where} holds no text: its pages are pictures; give a book with text, or have its text recognised."
        )
    return roots, missing


def _text(pieces: list[Piece], *, is_list: bool) -> Iterator[Piece]:
    """The paragraphs of a chapter that are text; of a page that is called cover or contents, sentences only."""
    for piece in pieces:
        up = (piece.element, *piece.element.iterancestors())
        types = {one for element in up for one in semantics_of(element)}
        if types & NO_TEXT or any(tag_of(element) == "nav" for element in up):
            continue
        if not is_list or (CLOSED.search(piece.text) and not any(tag_of(element) == "a" for element in up)):
            yield replace(piece, kind="front matter") if types & BEFORE and not piece.note else piece


def _apart(passages: int) -> list[str]:
    return [f"{versions.counted(passages, 'passage')} of covers and tables of contents."] if passages else []


def _missing(paths: list[str]) -> list[str]:
    if not paths:
        return []
    return [
        f'{versions.counted(len(paths), "chapter")} that the book lists but does not hold, such as "{paths[0][:80]}".'
    ]
