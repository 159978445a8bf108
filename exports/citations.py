"""Citations of the versions for reference managers: BibTeX and CSL-JSON."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from corpora.archive import REFERENCE
from corpora.document import Version
from corpora.languages import language
from exports import dating, rows
from exports.provenance import facts, mark
from exports.selection import Selection

# How it is known from which version one was made.
KNOWN = {"stated": "stated on the document", "inferred": "inferred", "unknown": "not known how"}
# Words of a title that go into a key, those with fewer letters being articles and the like, and what a key is made of (BibTeX allows more, few programs do).
KEY_WORDS, KEY_LETTERS, KEY_SIGNS = 3, 4, re.compile(r"[^a-z0-9]+")
# What TeX takes for commands; BibTeX counts braces also behind a backslash.
SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """A version, or the document as a whole, as it is cited; everything but `key` and `title` may be empty."""

    key: str
    title: str
    author: str = ""
    translators: tuple[str, ...] = ()
    date: str = ""
    parts: tuple[int, ...] = ()
    language: str = ""
    tag: str = ""
    archive: str = ""
    location: str = ""
    address: str = ""
    abstract: str = ""
    note: str = ""
    original: str = ""


def write_bibtex(selection: Selection, file: BinaryIO) -> None:
    """Writes a BibTeX entry for each version, and one for the document as a whole."""
    file.write("\n".join(_entry(one) for one in citations(selection)).encode("utf-8"))


def write_csl(selection: Selection, file: BinaryIO) -> None:
    """Writes a CSL-JSON item for each version, and one for the document as a whole."""
    file.write(json.dumps([_item(one) for one in citations(selection)], ensure_ascii=False, indent=1).encode("utf-8"))


def citations(selection: Selection) -> Iterator[Citation]:
    """What is cited: the versions, then all of it."""
    document = selection.review.document
    stem = _key(document.title)
    for version in selection.versions:
        yield _citation(f"{stem}-{KEY_SIGNS.sub('-', version.id.lower())}", version, selection)
    told = "; ".join(f"{what}: {value}" for what, value in facts(selection))
    yield Citation(
        f"{stem}-versions", document.title or "Untitled", note=f"Compared in {len(selection.versions)} versions. {told}"
    )


def _key(text: str) -> str:
    """The first words of a text in letters that every program takes in a key."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    words = list(filter(None, KEY_SIGNS.split(plain)))
    long = [word for word in words if len(word) >= KEY_LETTERS] or words
    return "-".join(long[:KEY_WORDS]) or "document"


def _citation(key: str, version: Version, selection: Selection) -> Citation:
    said = version.metadata
    archive, location = _place(version)
    source = selection.review.document.version(version.source) if version.source else None
    return Citation(
        key=key,
        title=version.title,
        author=said.get("author", ""),
        translators=version.translators,
        date=version.date,
        parts=dating.parts(version.date, version.language),
        language=language(version.language).name or version.language,
        tag=version.language,
        archive=archive,
        location=location,
        address=said.get("address", ""),
        abstract=said.get("summary", ""),
        note=". ".join([f"{role(version, selection)}: {mark(version)}", *_source(version, source)]),
        original=source.title if source and source.title != version.title else "",
    )


def _place(version: Version) -> tuple[str, str]:
    """The archive and the place in it: fond, opis and delo, or whatever the reference says."""
    reference = version.metadata.get("archive_reference", "")
    found = REFERENCE.search(reference)
    archive = version.metadata.get("archive", "") or (found["archive"] or "" if found else "")
    return archive, reference.removeprefix(archive).lstrip(" ,") if archive else reference


def role(version: Version, selection: Selection) -> str:
    """What a version is in its chain, with its language: "Mediating text (Russian)"."""
    is_source = any(other.source == version.id for other in selection.review.document.versions)
    name = "Original" if version.source is None else "Mediating text" if is_source else "Translation"
    return f"{name} ({language(version.language).name or version.language})"


def _source(version: Version, source: Version | None) -> Iterator[str]:
    if source:
        name = language(source.language).name or source.language
        yield f"Translated from the {name} ({KNOWN.get(version.how_known, version.how_known)})"
    if version.metadata.get("translated_for"):
        yield f"Translated for {version.metadata['translated_for']}"


def _entry(one: Citation) -> str:
    """A BibTeX entry; letters outside ASCII stand as they are, capitals of titles are kept."""
    fields = {
        "title": f"{{{_tex(one.title)}}}",
        "author": f"{{{_tex(one.author)}}}" if one.author else "",
        "translator": " and ".join(f"{{{_tex(name)}}}" for name in one.translators),
        "date": "-".join(f"{part:02}" for part in one.parts) if one.parts else "",
        "year": f"{one.parts[0]:04}" if one.parts else _tex(one.date),
        "language": _tex(one.language),
        "origtitle": f"{{{_tex(one.original)}}}" if one.original else "",
        "howpublished": _tex(", ".join(filter(None, (one.archive, one.location)))),
        "library": _tex(", ".join(filter(None, (one.archive, one.location)))),
        "url": _address(one.address),
        "abstract": _tex(one.abstract),
        "note": _tex(one.note),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{one.key},", *lines, "}", ""])


def _tex(text: str) -> str:
    """A text in one line as TeX reads it."""
    return "".join(SPECIAL.get(sign, sign) for sign in " ".join(text.split()) if sign.isprintable())


def _address(address: str) -> str:
    """An address as the field holds it, which TeX does not read: without blanks, brackets and backslashes."""
    return "".join(f"%{ord(sign):02X}" if sign in ' {}\\"<>' else sign for sign in address if sign.isprintable())


def _item(one: Citation) -> Mapping[str, Any]:
    issued: dict[str, Any] = (
        {"date-parts": [list(one.parts)]} if one.parts else {"literal": one.date} if one.date else {}
    )
    kind = "manuscript" if one.archive or one.location else "webpage" if one.address else "document"
    item = {
        "id": one.key,
        "type": kind,
        "title": one.title,
        "author": [{"literal": one.author}] if one.author else [],
        "translator": [{"literal": name} for name in one.translators],
        "issued": issued,
        "language": one.tag,
        "original-title": one.original,
        "archive": one.archive,
        "archive_location": one.location,
        "URL": one.address,
        "abstract": one.abstract,
        "note": one.note,
    }
    return {key: value for key, value in item.items() if value}


def omitted(selection: Selection) -> list[str]:
    """What citations do not hold of a selection: everything but the descriptions of the versions."""
    told = [
        f"The texts and their alignment are not written ({len(selection.units)} units); only citations of the versions are."
    ]
    for what, count in (
        ("Divergence with its issues, reasons and verdicts is not written", len(rows.divergences(selection))),
        ("Notes are not written", len(rows.notes(selection))),
    ):
        if count:
            told.append(f"{what} ({count}).")
    return told
