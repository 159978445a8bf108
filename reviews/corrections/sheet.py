"""What is known of a version, set right by hand: title, date, translators, what it was made from and how that is known."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from corpora.archive import REFERENCE
from corpora.chain import TAG
from corpora.document import STATUSES, Version
from corpora.errors import StoreError
from corpora.languages import language
from reviews.corrections.outcome import Outcome
from reviews.operation import Operation
from reviews.work import Work

HOW_KNOWN = ("stated", "inferred", "unknown")
# Fields that are kept among the metadata, where the reader of an archive's page puts them too.
IN_METADATA = ("archive_reference", "licence")
# What the archive reference is taken apart into.
PARTS = ("archive", "fond", "opis", "papka", "delo")


def describe(work: Work, operation: Operation) -> Outcome:
    """Fields of a version's sheet are changed. Values: `version`, and `fields`: the new values by name."""
    version = work.versions[work.place(operation.values["version"])]
    fields = operation.values["fields"]
    done = work.with_version(_with(version, fields))
    _check_tree(done)
    names = ", ".join(TITLES[name] for name in fields)
    return Outcome(done, (f"sheet {version.id}",), f"changed the sheet of {version.id}: {names}")


def described(work: Work, wish: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a description from what a page sends: checked, and only what is different from before."""
    version = work.versions[work.place(wish["version"])]
    before = sheet(version)
    fields = {}
    for name, value in wish["fields"].items():
        if name not in FIELDS:
            raise StoreError(f'A sheet has no field "{name}"; it has: {", ".join(FIELDS)}.')
        value = FIELDS[name](work, version, value)
        if value != before[name]:
            fields[name] = value
    if "source" in fields and "how_known" not in wish["fields"]:
        # How another source was known says nothing of this one.
        fields["how_known"] = "unknown"
    if not fields:
        raise StoreError("The sheet says the same as before; nothing was changed.")
    _check_tree(work.with_version(_with(version, fields)))
    return {"version": version.id, "fields": fields}


def sheet(version: Version) -> dict[str, Any]:
    """The fields of a version's sheet, by name, as plain values."""
    own = {name: getattr(version, name) for name in FIELDS if name not in IN_METADATA}
    own["translators"] = list(version.translators)
    return own | {name: version.metadata.get(name, "") for name in IN_METADATA}


def _with(version: Version, fields: Mapping[str, Any]) -> Version:
    """The version with other values in these fields; what another paper said of a field gives way to them."""
    own = {name: value for name, value in fields.items() if name not in IN_METADATA}
    if "translators" in own:
        own["translators"] = tuple(own["translators"])
    metadata = {name: value for name, value in version.metadata.items() if name.removesuffix("_said_by") not in fields}
    for name in IN_METADATA:
        if fields.get(name):
            metadata[name] = fields[name]
    if "archive_reference" in fields:
        found = REFERENCE.search(fields["archive_reference"])
        parts = {name: value for name, value in found.groupdict().items() if value} if found else {}
        metadata = {name: value for name, value in metadata.items() if name not in PARTS} | parts
    return replace(version, **own, metadata=metadata)


def _check_tree(work: Work) -> None:
    """Returns nothing when no version is made from itself, directly or by way of others.

    Raises:
        StoreError: one is.
    """
    sources = {version.id: version.source for version in work.versions}
    for version in work.versions:
        line, source = [version.id], version.source
        while source is not None:
            line.append(source)
            if source == version.id:
                name = _called(version)
                way = f" by way of {', '.join(line[1:-1])}" if len(line) > 2 else ""
                raise StoreError(
                    f"{name} would be made from itself{way}; choose another version that it was made from."
                )
            if line.count(source) > 1:
                break
            source = sources.get(source)


def _called(version: Version) -> str:
    return f"The {language(version.language).name} text ({version.id})"


# ---- the fields, each as it is kept -----------------------------------------------------------


def _line(value: Any) -> str:
    return " ".join(unicodedata.normalize("NFC", str(value)).split())


def _text(work: Work, version: Version, value: Any) -> str:
    return _line(value)


def _title(work: Work, version: Version, value: Any) -> str:
    if not (title := _line(value)):
        raise StoreError(f"{_called(version)} needs a title; write one.")
    return title


def _names(work: Work, version: Version, value: Any) -> list[str]:
    if isinstance(value, str):
        raise TypeError("translators are a list")
    return [name for one in value if (name := _line(one))]


def _language(work: Work, version: Version, value: Any) -> str:
    tag = _line(value)
    if not TAG.fullmatch(tag):
        raise StoreError(f'"{tag}" is not a language tag; give one such as ko, ru, en, or en-GB.')
    if language(tag).code != language(version.language).code:
        raise StoreError(
            f"{_called(version)} was cut and compared as {language(version.language).name}; to make it "
            f"{language(tag).name}, make a new document with its text."
        )
    return tag


def _status(work: Work, version: Version, value: Any) -> str:
    if value not in STATUSES:
        raise StoreError(f'There is no status "{value}"; known are: {", ".join(STATUSES)}.')
    if version.is_placeholder and value != "placeholder":
        raise StoreError(f"{_called(version)} stays a placeholder until its text is replaced; give the text itself.")
    return str(value)


def _source(work: Work, version: Version, value: Any) -> str | None:
    ids = [one.id for one in work.versions]
    if value and value not in ids:
        raise StoreError(f'The document has no version "{value}" to be made from; it has: {", ".join(ids)}.')
    return str(value) if value else None


def _how_known(work: Work, version: Version, value: Any) -> str:
    if value not in HOW_KNOWN:
        raise StoreError(f'"{value}" does not say how a source is known; known are: {", ".join(HOW_KNOWN)}.')
    return str(value)


FIELDS: dict[str, Callable[[Work, Version, Any], Any]] = {
    "title": _title,
    "language": _language,
    "date": _text,
    "translators": _names,
    "archive_reference": _text,
    "licence": _text,
    "status": _status,
    "source": _source,
    "how_known": _how_known,
}
TITLES = {name: name.replace("_", " ") for name in FIELDS} | {"source": "made from", "how_known": "how that is known"}

KINDS: dict[str, Any] = {"describe": describe}
WISHES: dict[str, Any] = {"describe": described}
