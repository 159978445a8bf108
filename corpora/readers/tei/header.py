"""What the header of a TEI file says of a text: title, language, date, translators, archive reference, licence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpora.chain import TAG
from corpora.document import STATUSES
from corpora.readers.tei.elements import XML, id_of, inner, local, name_of, pointers, words

# What is said of translators beside their names, in the languages of headers met so far.
TRANSLATOR = re.compile(r"translat|перев[её]л|перевод|번역|옮긴|übersetz|tradu[ckz]|trl\b", re.IGNORECASE)
# The parts of a shelf mark from the largest to the smallest.
SHELF = ("country", "region", "settlement", "institution", "repository", "collection", "idno", "msName")
# Notes on a source that are said elsewhere, or are of another file.
OWN = ("status", "made_from", "file", "encoding")
# Tags of three letters for which there are shorter ones, which BCP 47 then wants (RFC 5646, 2.2.1).
SHORTER = {
    "ara": "ar", "chi": "zh", "deu": "de", "dut": "nl", "eng": "en", "fra": "fr", "fre": "fr", "ger": "de", "ita": "it",
    "jpn": "ja", "kor": "ko", "lat": "la", "nld": "nl", "pol": "pl", "por": "pt", "rus": "ru", "spa": "es", "tur": "tr",
    "zho": "zh",
}  # fmt: skip
LONGEST_DATE = 80
BIBLIOGRAPHIC = ("bibl", "biblStruct", "biblFull", "msDesc", "witness")


@dataclass(frozen=True, slots=True)
class About:
    """What a header says of a text; everything may be "". `is_own` says that the text itself names its language."""

    title: str = ""
    language: str = ""
    date: str = ""
    status: str = ""
    translators: tuple[str, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    is_own: bool = False


def about(text: Any, header: Any) -> About:
    """What the header of a file, an element or None, says of this one of its texts."""
    own_language = fitting_tag(_own_language(text))
    if header is None:
        return About(language=own_language, is_own=bool(own_language))
    sources = list(_sources(text, header))
    titled = [one for statement in inner(header, "fileDesc", "titleStmt") for one in inner(statement, "title")]
    own = [one for source in sources if _is_declared(source, text) for one in inner(source, "title")]
    status = next(
        (words(one) for source in sources for one in inner(source, "note") if one.get("type") == "status"), ""
    )
    # A placeholder says what it is in a whole sentence.
    known = next((one for one in STATUSES if status.split(",")[0] == one), "")
    return About(
        title=_title(own) or _title(titled),
        language=own_language or fitting_tag(_declared_language(header)),
        date=_date(sources, header),
        status=known,
        translators=tuple(dict.fromkeys(_translators(sources, header))),
        metadata=_metadata(sources, header),
        is_own=bool(own_language),
    )


def _sources(text: Any, header: Any) -> Iterator[Any]:
    """The descriptions of what the text was taken from: the one it names, or all."""
    found = [
        one
        for description in inner(header, "fileDesc", "sourceDesc")
        for one in description.iterdescendants()
        if name_of(one) in BIBLIOGRAPHIC
    ]
    declared = [one for one in found if _is_declared(one, text)]
    yield from declared or found


def _is_declared(source: Any, text: Any) -> bool:
    return bool(id_of(source)) and id_of(source) in [local(one) for one in pointers(text.get("decls"))]


def _title(titles: list[Any]) -> str:
    main = next((one for one in titles if one.get("type") == "main"), None)
    return words(main) if main is not None else next(filter(None, map(words, titles)), "")


def _own_language(text: Any) -> str:
    """The language that a text says it is in; that of the whole file may be the header's alone."""
    elements = [text, *(one for one in text if name_of(one) == "body"), *text.iterancestors()]
    for one in elements:
        if name_of(one) in ("TEI", "TEI.2", "teiCorpus", "teiCorpus.2"):
            return ""
        if tag := one.get(f"{XML}lang") or one.get("lang"):
            return str(tag)
    return ""


def _declared_language(header: Any) -> str:
    """The one language that a header declares, or the one most used."""
    found = [one for use in inner(header, "profileDesc", "langUsage") for one in inner(use, "language")]
    shares = sorted(found, key=lambda one: -_number(one.get("usage")))
    if len(found) > 1 and _number(shares[0].get("usage")) <= _number(shares[1].get("usage")):
        return ""
    return (shares[0].get("ident") or shares[0].get("id") or "") if shares else ""


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def fitting_tag(tag: str) -> str:
    """A language tag, "" where it has not the form of one."""
    first, mark, rest = tag.replace("_", "-").partition("-")
    tag = SHORTER.get(first.lower(), first) + mark + rest
    return tag if TAG.fullmatch(tag) else ""


def _date(sources: list[Any], header: Any) -> str:
    created = [one for creation in inner(header, "profileDesc", "creation") for one in inner(creation, "date")]
    dates = [one for source in sources for one in source.iterdescendants() if name_of(one) in ("origDate", "date")]
    for one in (*created, *dates):
        ends = (one.get("notBefore") or one.get("from"), one.get("notAfter") or one.get("to"))
        when, said = one.get("when") or "/".join(filter(None, ends)), words(one)
        # A longer text reasons about the date.
        if found := said if 0 < len(said) <= LONGEST_DATE else when or said[:LONGEST_DATE]:
            return found
    return ""


def _translators(sources: list[Any], header: Any) -> Iterator[str]:
    statements = [*inner(header, "fileDesc", "titleStmt"), *sources]
    for one in (each for statement in statements for each in statement.iterdescendants()):
        if name_of(one) in ("editor", "author", "name", "persName") and (TRANSLATOR.search(one.get("role") or "")):
            yield words(one)
        elif name_of(one) == "respStmt" and any(TRANSLATOR.search(words(resp)) for resp in inner(one, "resp")):
            yield from (words(each) for each in one if name_of(each) in ("name", "persName", "orgName"))


def _metadata(sources: list[Any], header: Any) -> dict[str, str]:
    found = {}
    authors = [words(one) for each in inner(header, "fileDesc", "titleStmt") for one in inner(each, "author")]
    if said := "; ".join(filter(None, authors)):
        found["author"] = said
    marks = [one for source in sources for one in source.iter() if name_of(one) == "msIdentifier"]
    if marks and (reference := _shelf_mark(marks[0])):
        found["archive_reference"] = reference
    published = inner(header, "fileDesc", "publicationStmt")
    terms = [
        words(one) or one.get("target") or "" for each in published for one in inner(each, "availability", "licence")
    ]
    if said := "; ".join(filter(None, terms)):
        found["licence"] = said
    addresses = [
        one.get("target") or ""
        for source in sources
        for one in source.iterdescendants()
        if name_of(one) in ("ref", "ptr")
    ]
    if address := next((one for one in addresses if one.startswith(("http://", "https://"))), ""):
        found["address"] = address
    for note in (one for source in sources[:1] for one in source if name_of(one) == "note"):
        key = (note.get("type") or "note").replace("-", "_")
        if key not in OWN and (said := words(note)):
            found.setdefault(key, said)
    return found


def _shelf_mark(mark: Any) -> str:
    parts = sorted((one for one in mark if name_of(one) in SHELF), key=lambda one: SHELF.index(name_of(one)))
    return ", ".join(filter(None, map(words, parts)))
