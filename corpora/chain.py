"""Versions -> Document: which version was made from which, and how that is known."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpora import citation
from corpora.document import Document, Statement, Version
from corpora.errors import ReadError
from corpora.languages import language, script_of

# A language tag (BCP 47), as far as its form goes.
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# The number of a second version in one language: "en2"; the region of "es-419" is none.
NUMBER = re.compile(r"(?<=[A-Za-z])\d+$")


def named(version: Version, id: str) -> Version:
    """The version under an id the user gave: a language tag, with a number for a second one ("en2").

    Raises:
        ReadError: the text is plainly written in the script of another language.
    """
    tag = NUMBER.sub("", id)
    wanted, script = language(tag), script_of(citation.paper(version.text))
    if wanted.script and script and script != wanted.script:
        raise ReadError(
            f'"{version.metadata.get("file", version.title)}" was given as {wanted.name} ({tag}) but is written in '
            f"{script} letters, most likely {language(version.language).name}; give the right file or the right language."
        )
    return replace(version, id=id, language=tag)


def numbered(versions: Sequence[Version]) -> list[Version]:
    """The versions with a number behind an id that an earlier one already has: en, en2."""
    found: list[Version] = []
    for version in versions:
        taken = {earlier.id for earlier in found}
        free = next(
            id for n in range(1, len(versions) + 1) if (id := version.id if n == 1 else f"{version.id}{n}") not in taken
        )
        found.append(replace(version, id=free))
    return found


def assemble(versions: Sequence[Version]) -> Document:
    """The document these versions make, given in chain order: the original first.

    Each version is made from the one before it; versions in one language are siblings, made from the same one.
    `how_known` is "stated" where a paper says so and "inferred" where only the order says it.

    Raises:
        ReadError: fewer than two versions, or two with the same id.
    """
    if len(versions) < 2:
        raise ReadError("There is only one version; give two or more versions of the text, the original first.")
    ids = [version.id for version in versions]
    for id in ids:
        if ids.count(id) > 1:
            raise ReadError(f'Two versions are called "{id}"; give each a name of its own, such as {id} and {id}2.')
    placed: list[Version] = []
    for version in versions:
        source = _source(version, placed)
        placed.append(replace(version, source=source.id if source else None))
    described = next((version for version in versions if "citation" in version.metadata), versions[-1])
    document = Document(described.digest[:12], described.title, tuple(placed), described.metadata)
    return replace(document, versions=tuple(_filled(version, document) for version in placed))


def _source(version: Version, placed: Sequence[Version]) -> Version | None:
    """The nearest earlier version in another language, regions aside; a sibling of a version shares its source."""
    return next((earlier for earlier in reversed(placed) if _code(earlier) != _code(version)), None)


def _about(version: Version, document: Document) -> Iterator[tuple[Statement, Version]]:
    """What the papers say of a version, and which: its own paper and those of versions made from it, not of siblings."""
    for other in document.versions:
        if version.id in document.chain(other.id):
            yield from ((statement, other) for statement in other.statements if statement.language == _code(version))


def _code(version: Version) -> str:
    """The language of a version without region or script: papers name no more."""
    return language(version.language).code


def _filled(version: Version, document: Document) -> Version:
    """The version with what the papers of the chain say: how its source is known, and date and translators if it brings none."""
    said = list(_about(version, document))
    how = "unknown"
    if version.source:
        source = _code(document.version(version.source))
        how = "stated" if any((s.field, s.value) == ("made from", source) for s, _ in said) else "inferred"
    dates = [] if version.date else [(s.value, other) for s, other in said if s.field == "date"][:1]
    translators = [] if version.translators else [(s.value, other) for s, other in said if s.field == "translator"]
    # Papers speak of the text they were made from; whether a text that the user brings is that one they do not say.
    metadata = dict(version.metadata)
    for field, taken in (("date", dates), ("translators", translators)):
        speakers = dict.fromkeys(language(other.language).name for _, other in taken if other.id != version.id)
        if version.status == "user-supplied" and speakers:
            metadata[f"{field}_said_by"] = ", ".join(speakers)
    return replace(
        version,
        how_known=how,
        date=version.date or "".join(value for value, _ in dates),
        translators=version.translators or tuple(value for value, _ in translators),
        metadata=metadata,
    )
