"""What an archive's page and the paper itself say of a version and of the chain it stands in."""

import re
from collections.abc import Iterator
from dataclasses import replace

from corpora.citation import Citation, Field
from corpora.dates import find_dates
from corpora.document import PLACEHOLDER_MARK, Statement, Version
from corpora.languages import Language, language

# Russian archives are cited by fond, opis, delo (and list, the sheet), that of foreign policy with a papka (folder).
REFERENCE = re.compile(
    r"(?:(?P<archive>[A-ZА-Я]{2,}),? )?\b[Ff]ond (?P<fond>[\w-]+), [Oo]pis'? (?P<opis>[\w-]+), "
    r"(?:[Pp]apka (?P<papka>[\w-]+), )?[Dd]elo (?P<delo>[\w-]+)"
)
# The full stop behind an initial or a title ("Dr. James F. Person") does not end the name. In small letters it is told
# from a sentence ("it was translated by many") by what stands before it, or by a client.
TRANSLATED = re.compile(
    r"(?:Translated|(?<=[,;.] )translated|(?<=\()translated|translated(?= for )) (?:for (?P<for>[^.]{1,100}?) )?"
    r"by (?P<translator>(?:\b(?:[A-Z]|Dr|Prof|Mr|Mrs|Ms|Jr|Sr)\.|[^.<)])+)(?:\.|(?=[<)])|$)"
)
ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,;:)\]]")
# Two signatures and the date under them stand this many characters apart at most on a typed page.
SIGNATURE_REACH = 200
# Words a note of drafting or typing has at most beside its date and its cue: "in 3 copies", "в 3 экз. ... г.".
MOST_BESIDE = 4


def describe(version: Version, block: Citation) -> Version:
    """The version with the citation block's fields as metadata and the paper's statements on its chain.

    Args:
        version: as read, language guessed from its letters.
        block: the citation block at its head.
    """
    metadata = {field.label.replace(" ", "_"): field.value for field in block.fields} | dict(version.metadata)
    cited = block.value("citation")
    if reference := REFERENCE.search(cited):
        parts = {name: value for name, value in reference.groupdict().items() if value}
        metadata |= {"archive_reference": reference.group(), **parts}
    if translated := TRANSLATED.search(cited):
        metadata |= {"translator": translated["translator"].strip(), "translated_for": translated["for"] or ""}
    if address := ADDRESS.search(cited):
        metadata["address"] = address.group()
    own = _code(block.value("language")) or version.language
    return replace(
        version,
        id=own,
        language=own,
        title=block.value("title") or version.title,
        status=_status(block),
        date=block.value("date"),
        translators=_translators(metadata),
        statements=tuple(_statements(version.text, own, block)),
        metadata=metadata,
    )


def _status(block: Citation) -> str:
    if block.value("status").startswith(PLACEHOLDER_MARK.split(",")[0]):
        return "placeholder"
    return "published" if block.value("citation") else "user-supplied"


def _translators(metadata: dict[str, str]) -> tuple[str, ...]:
    name, client = metadata.get("translator", ""), metadata.get("translated_for", "")
    if not name:
        return ()
    return (f"{name} for {client}" if client else name,)


def _code(name: str) -> str:
    """The language code for an English language name, "" when it is not known."""
    return language("en").language_names.get(name.strip().lower(), "")


def _statements(text: str, own: str, block: Citation) -> Iterator[Statement]:
    """What the paper says of the chain: who was translated from what, when and by whom.

    The paper (a typescript, in the language the archive names as original) and its present translation are two
    links; a "translation from" line on the paper adds the one before.
    """
    pack = language(own)
    paper = _code(block.value("original language")) or own
    if paper != own and (field := block.field("original language")):
        yield Statement(own, "made from", paper, field.start, field.stop)
    if (made := block.field("made from")) and (source := _code(made.value)):
        yield Statement(own, "made from", source, made.start, made.stop)
    if (cited := block.field("citation")) and (translated := TRANSLATED.search(text, cited.start, cited.stop)):
        yield Statement(own, "translator", " ".join(translated["translator"].split()), *translated.span())
    yield from _paper(text, paper, pack, block)


def _paper(text: str, paper: str, pack: Language, block: Citation) -> Iterator[Statement]:
    original = paper
    if pack.translated_from and (line := pack.translated_from.search(text, block.contents)):
        original = pack.language_names.get(line["language"].lower(), "")
        if original:
            yield Statement(paper, "made from", original, *line.span())
    signatures = list(pack.signed.finditer(text, block.contents)) if pack.signed else []
    for signature in signatures:
        yield Statement(paper, "translator", signature["name"].strip(), *signature.span("name"))
    if signatures:
        tail = signatures[-1].end()
        for date in find_dates(text[tail : tail + SIGNATURE_REACH], pack)[:1]:
            yield Statement(paper, "date", date.text, tail + date.start, tail + date.stop)
    if original and original != paper:
        yield from _drafting(text, original, pack, block)


def _drafting(text: str, original: str, pack: Language, block: Citation) -> Iterator[Statement]:
    """The date in the drafting note; without one, the date that the archive gives the document."""
    for line in re.finditer(r"^.+$", text[block.contents :], re.MULTILINE):
        if is_colophon(line.group(), pack):
            date = find_dates(line.group(), pack)[0]
            start = block.contents + line.start()
            yield Statement(original, "date", date.text, start + date.start, start + date.stop)
            return
    field: Field | None = block.field("document date")
    if field:
        yield Statement(original, "date", field.value, field.start, field.stop)


def is_colophon(line: str, pack: Language) -> bool:
    """True for a note of drafting, typing or printing with its date: "Typed on 1 February 1955."."""
    dates = find_dates(line, pack)
    words = re.findall(r"\w+", line.lower())
    if not dates or not words:
        return False
    # The cue comes first, or last behind the date; a sentence that has it elsewhere tells of something else, and so does
    # one that has more to say than date, cue and number of copies.
    cue = words[0] in pack.colophon or (words[0][0].isdigit() and words[-1] in pack.colophon)
    beside = len(words) - 1 - sum(len(re.findall(r"\w+", date.text)) for date in dates)
    return cue and beside <= MOST_BESIDE
