"""The labelled fields of a digital archive's page, written as the citation block that its plain text files have.

Archives show the record of a document around its text: a citation, a summary, the original language, each under a label
that is a heading, a term of a list, the head of a table's row, or words in bold. `corpora.citation` says what the block
looks like and `corpora.archive` what is read from it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpora.building import Builder
from corpora.citation import DATE
from corpora.readers.web.hypertext import HEADINGS, tag_of
from corpora.readers.web.paragraph import Piece

Element = Any
# What archives call their fields; the value says what the block calls the field.
LABELS = {
    "citation": "Citation", "cite as": "Citation", "how to cite": "Citation", "summary": "Summary",
    "description": "Summary", "abstract": "Summary", "credits": "Credits", "credit": "Credits",
    "original language": "Original Language", "language": "Language", "source": "Source", "rights": "Rights",
    "record id": "Record ID", "document id": "Record ID", "identifier": "Record ID", "translator": "Translator",
    "translated by": "Translator", "date": "Date", "document date": "Document Date", "creator": "Creator",
    "archive": "Archive", "collection": "Collection", "made from": "Made from", "status": "Status",
    "original archive": "Archive", "original uploaded date": "Original Uploaded Date", "donors": "Donors",
    "subjects discussed": "Subjects Discussed", "associated topics": "Associated Topics",
    "associated people": "Associated People", "associated people & organizations": "Associated People & Organizations",
    "associated places": "Associated Places", "people mentioned": "People Mentioned",
    "places mentioned": "Places Mentioned", "related documents": "Related Documents", "note": "Note",
    "document information": "", "record": "", "about this document": "",
}  # fmt: skip
# Labels behind which the text of the document itself begins.
CONTENTS = frozenset(
    ("contents", "content", "document text", "full text", "text", "transcript", "transcription", "english transcript")
)
CITATION = "Citation"
# A field without which a page with a citation is some other page: a blog tells how to cite it, too.
OF_ARCHIVES = frozenset(
    ("Original Language", "Credits", "Source", "Record ID", "Archive", "Summary", "Rights", "Contents", "Translator")
)
# Labels without a citation that are too few for a record: a recipe has a date and its contents, too.
FEW = 2
INLINE = re.compile(r"(?P<label>[^:\n]{2,40}):\s+(?P<value>\S.*)", re.DOTALL)
LONGEST = 60
# Values of a field that is not the text, in paragraphs: behind more of them the text has begun.
MOST_VALUES = 40


@dataclass(frozen=True, slots=True)
class Field:
    """A field by its label, with the numbers of the paragraphs that are its label and its values."""

    label: str
    numbers: tuple[int, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The record of an archive's page: its fields, where the text begins (a paragraph's number), and its title."""

    fields: tuple[Field, ...]
    contents: int
    title: str
    head: tuple[int, ...]

    @property
    def numbers(self) -> frozenset[int]:
        """The paragraphs that are the record's."""
        return frozenset((*self.head, *(number for field in self.fields for number in field.numbers)))

    def value(self, label: str) -> str:
        """The value of the first field with this label, "" when there is none."""
        return next((" ".join(field.values) for field in self.fields if field.label == label), "")


def record(pieces: Sequence[Piece]) -> Record | None:
    """The record that a page shows, None where it is no archive's page."""
    labels = {number: label for number, piece in enumerate(pieces) if (label := _label(piece)) is not None}
    begins = [number for number, label in labels.items() if label == "Contents"]
    fields = list(_fields(pieces, labels))
    known = {field.label for field in fields if field.values} | {"Contents" for _ in begins}
    if not (CITATION in known and known & OF_ARCHIVES) and not ("Contents" in known and len(known) > FEW):
        return None
    own = frozenset(number for field in fields for number in field.numbers)
    contents = begins[-1] + 1 if begins else _longest_run(pieces, own)
    title, date = _title(pieces, own), _date(pieces, own, contents)
    if date is not None:
        fields.insert(0, Field("Document Date", (date,), (pieces[date].text,)))
    else:
        # Without another date the one that is labelled so is that of the document, not of this text of it.
        fields = [replace(field, label="Document Date") if field.label == "Date" else field for field in fields]
    head = [number for number in (title, *begins[-1:]) if number is not None]
    return Record(tuple(fields), contents, pieces[title].text if title is not None else "", tuple(head))


def _label(piece: Piece) -> str | None:
    """What the block calls the field that a paragraph is the label of, None for any other paragraph."""
    words = " ".join(piece.text.rstrip(": ").split()).lower()
    if len(words) > LONGEST or (words not in LABELS and words not in CONTENTS) or not _stands_out(piece):
        return None
    return "Contents" if words in CONTENTS else LABELS[words]


def _stands_out(piece: Piece) -> bool:
    """True for a paragraph that is set as a label: a heading, a term, a row's head, bold, or called so."""
    own = [piece.element, *(one for one, _ in zip(piece.element.iterancestors(), range(2), strict=False))]
    if piece.text.rstrip().endswith(":") or any(tag_of(one) in (*HEADINGS, "dt", "th", "strong", "b") for one in own):
        return True
    return any(
        "label" in (one.get("class") or "").lower() or "title" in (one.get("class") or "").lower() for one in own
    )


def _fields(pieces: Sequence[Piece], labels: dict[int, str]) -> Iterator[Field]:
    ordered = sorted(labels)
    for place, number in enumerate(ordered):
        label = labels[number]
        if label and label != "Contents":
            limit = ordered[place + 1] if place + 1 < len(ordered) else len(pieces)
            numbers = list(_values(pieces, number, min(limit, number + 1 + MOST_VALUES)))
            yield Field(label, (number, *numbers), tuple(pieces[one].text for one in numbers))
        else:
            yield Field("", (number,), ())
    for number, piece in enumerate(pieces):
        found = INLINE.fullmatch(piece.text) if number not in labels else None
        if found and (label := LABELS.get(found["label"].strip().lower(), "")) and _begins_bold(piece):
            yield Field(label, (number,), (found["value"],))


def _values(pieces: Sequence[Piece], number: int, limit: int) -> Iterator[int]:
    """The numbers of the paragraphs that are the value of the label at `number`."""
    if number + 1 >= limit:
        return
    following = set(_up(pieces[number + 1].element))
    scope = next((one for one in _up(pieces[number].element) if one in following), None)
    for place in range(number + 1, limit):
        piece = pieces[place]
        inside = scope is None or scope in _up(piece.element)
        if not inside or (piece.kind == "heading" and pieces[number].kind == "heading") or _is_term(piece):
            return
        yield place


def _is_term(piece: Piece) -> bool:
    return any(tag_of(one) in ("dt", "th") for one in (piece.element, piece.element.getparent()) if one is not None)


def _begins_bold(piece: Piece) -> bool:
    inner = next(iter(piece.element), None)
    return tag_of(piece.element) in ("strong", "b") or (inner is not None and tag_of(inner) in ("strong", "b"))


def _longest_run(pieces: Sequence[Piece], own: frozenset[int]) -> int:
    """Where the longest stretch of paragraphs begins that are no field: the text of a page without such a label."""
    best, begin, size = (0, len(pieces)), 0, 0
    for number in range(len(pieces) + 1):
        if number == len(pieces) or number in own:
            best, size, begin = max(best, (size, -begin)), 0, number + 1
        else:
            size += len(pieces[number].text)
    return abs(best[1])


def _title(pieces: Sequence[Piece], own: frozenset[int]) -> int | None:
    found = (n for n, one in enumerate(pieces) if n not in own and any(tag_of(e) == "h1" for e in _up(one.element)))
    return next(found, None)


def _date(pieces: Sequence[Piece], own: frozenset[int], contents: int) -> int | None:
    """The date that stands above the fields without a label."""
    return next((n for n in range(min(contents, len(pieces))) if n not in own and DATE.match(pieces[n].text)), None)


def _up(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def write(record: Record, builder: Builder, title: str = "") -> None:
    """Begins a version with the citation block of a record.

    Args:
        record: as the page shows it.
        builder: of the version; empty.
        title: the page's own, where the record has none.
    """
    fields = list(record.fields)
    dated = next((field for field in fields if field.label == "Document Date" and field.values), None)
    if dated and DATE.match(dated.values[0]):
        builder.add(f"**{dated.values[0]}**", "front matter")
        fields.remove(dated)
    if name := _plain(record.title or title):
        builder.add(f"**{name}**", "front matter")
    for field in sorted(fields, key=lambda field: field.label != CITATION):
        if field.label and field.values:
            builder.add(f"**{field.label}:**", "front matter")
            for value in field.values:
                builder.add(_plain(value), "front matter")
    builder.add("**Contents:**", "front matter")


def _plain(text: str) -> str:
    """The text without the mark that the block's labels have."""
    return " ".join(text.replace("**", "").split())


def relabelled(record: Record, old: str, new: str) -> Record:
    """The record with another label for some fields."""
    return replace(
        record, fields=tuple(replace(field, label=new) if field.label == old else field for field in record.fields)
    )
