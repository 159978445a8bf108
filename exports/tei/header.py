"""The header of a TEI file: what it is, what its versions are, and what the names in it mean."""

from collections.abc import Iterable
from typing import Any

from corpora.document import Version
from corpora.languages import language
from corpora.program import NAME, VERSION
from exports import dating, rows
from exports.provenance import PROGRAM, facts, mark
from exports.selection import Selection
from exports.tei.element import add, name, pointer
from reviews.notes import categories
from reviews.notes.note import Note

STATUSES = {
    "unconfirmed": "nobody confirmed the unit",
    "confirmed": "a person confirmed the unit",
    "needs discussion": "a person doubts the unit",
}
ORIGINS = {
    "automatic": "the machine made the unit",
    "manual": "a person made the unit",
    "given": "the unit came with the texts",
    "set aside": "front matter or apparatus, not aligned",
}
STATES = {"open": "the note is open", "settled": "the note is settled", "withdrawn": "the note was withdrawn"}
VERDICTS = {
    "shift": "a person calls the issue a shift",
    "error": "a person calls the issue an error",
    "dismissed": "a person dismissed the issue",
}
# Where no licence is said.
RIGHTS = "The rights in the texts are those of their sources, which are described below."
# What of a version's metadata has an element of its own.
TOLD = ("archive_reference", "licence", "address", "author", "status", "made_from")


def write_header(root: Any, selection: Selection) -> None:
    """The header, with everything that every file states."""
    header = add(root, "teiHeader")
    _file(header, selection)
    _encoding(header, selection)
    use = add(add(header, "profileDesc"), "langUsage")
    for tag in dict.fromkeys(version.language for version in selection.versions):
        add(use, "language", language(tag).name or tag, {"ident": tag})


def authors(notes: Iterable[Note]) -> list[str]:
    """Everybody who wrote a note or a reply, in order."""
    names = (person for note in notes for person in (note.author, *(reply.author for reply in note.replies)))
    return list(dict.fromkeys(filter(None, names)))


def _file(header: Any, selection: Selection) -> None:
    description = add(header, "fileDesc")
    title = add(description, "titleStmt")
    add(title, "title", selection.review.document.title or "Untitled")
    for person in authors(note for note, _ in rows.notes(selection)):
        statement = add(title, "respStmt", attributes={"xml:id": name("person", person)})
        add(statement, "resp", "notes")
        add(statement, "name", person)
    published = add(description, "publicationStmt")
    add(published, "distributor", f"Made with {PROGRAM}")
    add(published, "date", selection.created, {"when": selection.created})
    available = add(published, "availability", attributes={"status": "unknown"})
    terms = [
        f"{version.id}: {version.metadata['licence']}"
        for version in selection.versions
        if version.metadata.get("licence")
    ]
    for said in terms or [RIGHTS]:
        add(available, "p", said)
    sources = add(add(description, "sourceDesc"), "listBibl")
    for version in selection.versions:
        _source(sources, version, selection)


def _source(sources: Any, version: Version, selection: Selection) -> None:
    """What a version is: title, date, translators, archive reference, status, and what it was made from."""
    source = add(sources, "bibl", attributes={"xml:id": name("source", version.id), "n": version.id})
    add(source, "title", version.title)
    if version.metadata.get("author"):
        add(source, "author", version.metadata["author"])
    for translator in version.translators:
        add(source, "editor", translator, {"role": "translator"})
    if version.date:
        add(source, "date", version.date, {"when": dating.iso(version.date, version.language)})
    add(source, "textLang", language(version.language).name or version.language, {"mainLang": version.language})
    if reference := version.metadata.get("archive_reference"):
        add(add(source, "msIdentifier"), "idno", reference)
    if address := version.metadata.get("address"):
        add(source, "ptr", attributes={"target": _address(address)})
    add(source, "note", mark(version), {"type": "status"})
    if version.source and version.source in {other.id for other in selection.versions}:
        add(source, "relatedItem", attributes={"type": "made-from", "target": pointer("source", version.source)})
    if version.source:
        add(source, "note", f"made from {version.source} ({version.how_known})", {"type": "made-from"})
    for key, value in version.metadata.items():
        if key not in TOLD and value:
            add(source, "note", value, {"type": name(key.replace("_", "-"))})


def _address(address: str) -> str:
    """An address as a pointer: blanks and brackets are not part of one."""
    return "".join(
        sign if sign.isprintable() and sign not in ' <>"{}|\\^`' else f"%{ord(sign):02X}" for sign in address
    )


def _encoding(header: Any, selection: Selection) -> None:
    encoding = add(header, "encodingDesc")
    project = add(encoding, "projectDesc")
    for what, value in facts(selection):
        add(project, "p", f"{what}: {value}")
    editorial = add(encoding, "editorialDecl")
    add(add(editorial, "segmentation"), "p", f"Each seg is a {selection.review.level}.")
    explained = (
        "A link joins the segs of a unit; the first linkGrp has the units of all versions, the others those of each hop. A unit "
        "with one side is a span, since a link needs two ends. A cert is the machine's confidence, 0 to 1. Line and page breaks "
        "that were mended are read as mended."
    )
    add(add(editorial, "interpretation"), "p", explained)
    declared = add(encoding, "classDecl")
    for title, known in (("status", STATUSES), ("origin", ORIGINS), ("state", STATES), ("verdict", VERDICTS)):
        _taxonomy(declared, title, title, known.items())
    add(_taxonomy(declared, "mark", "mark", ()), "category", attributes={"xml:id": "bookmarked"}).append(
        _described("bookmarked")
    )
    _categories(declared, selection)
    application = add(add(encoding, "appInfo"), "application", attributes={"ident": NAME, "version": VERSION})
    add(application, "label", PROGRAM)


def _described(text: str) -> Any:
    from lxml import etree

    description = etree.Element("{http://www.tei-c.org/ns/1.0}catDesc")
    description.text = text
    return description


def _taxonomy(declared: Any, id: str, title: str, known: Iterable[tuple[str, str]]) -> Any:
    taxonomy = add(declared, "taxonomy", attributes={"xml:id": name("set", id)})
    add(taxonomy, "desc", title)
    for value, explanation in known:
        category = add(taxonomy, "category", attributes={"xml:id": value_id(id, value)})
        add(category, "catDesc", f"{value}: {explanation}" if explanation else value)
    return taxonomy


def value_id(set: str, value: str) -> str:
    """The id of a value of one of the sets: "status-confirmed"."""
    return name(f"{set}-{value.replace(' ', '-')}")


def _categories(declared: Any, selection: Selection) -> None:
    """The categories and severities that notes of the file have, each in its set."""
    used: dict[str, dict[str, str]] = {}
    known = {one.id: one for one in categories.sets()}
    for note, _ in rows.notes(selection):
        for set, id in note.categories.items():
            found = known[set].category(id) if set in known else None
            used.setdefault(set, {})[id] = found.title if found else ""
        if note.severity:
            used.setdefault("severity", {})[note.severity] = ""
    for set, values in used.items():
        _taxonomy(declared, set, known[set].title if set in known else set, values.items())
