"""What somebody changed in a file of translation units that we wrote (TMX, XLIFF), by the names that units keep."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corpora.contents import File
from corpora.errors import ReadError
from corpora.exchange import short_digest, signature
from corpora.readers import markup, segments, tmx
from corpora.readers.inline import child, children, flat, name
from corpora.readers.segments import SOURCE, TARGET


@dataclass(frozen=True, slots=True)
class EditedSide:
    """A version's part of a unit as it stands in the file; `segments` are the ids it was written with.

    `is_changed` says that the text is another than the one that was written; it is one text then, without a sign of
    where its segments part.
    """

    text: str
    segments: tuple[str, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class EditedNote:
    """A note of a unit; `id` is the one it was written with, "" for one that somebody added."""

    id: str
    text: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class EditedUnit:
    """A unit of the file: the name that it keeps in the review, its status, sides by version, notes."""

    name: str
    status: str
    sides: Mapping[str, EditedSide]
    notes: tuple[EditedNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Edits:
    """A file of ours as somebody returned it.

    `document` and `level` say which review it was made of, `digests` which texts its versions had then.
    """

    document: str
    level: str
    digests: Mapping[str, str]
    units: tuple[EditedUnit, ...]


def read_edits(file: File) -> Edits:
    """The units of a TMX or XLIFF file that was written here and may have been changed elsewhere.

    Raises:
        ReadError: the file is damaged, or is none of ours.
    """
    where = f'"{file.base}"'
    root = markup.parse(file.data, where)
    found = {"tmx": _of_memory, "xliff": _of_hop}.get(name(root), lambda root: None)(root)
    if found is None:
        raise ReadError(
            f"{where} was not written by this program, or lost what it says of itself; read it as a new text."
        )
    return found


def _of_memory(root: Any) -> Edits | None:
    header, body = child(root, "header"), child(root, "body")
    if header is None or body is None:
        return None
    about = tmx.said_by(header)
    versions = [text for key, text in about.properties if key == f"{tmx.OWN}version"]
    if not versions:
        return None
    digests = {version: tmx.of_version(about.own, version).get("digest", "") for version in versions}
    units = tuple(unit for one in children(body, "tu") if (unit := _memory_unit(one)))
    return Edits(about.own.get("document", ""), about.own.get("level", ""), digests, units)


def _memory_unit(unit: Any) -> EditedUnit | None:
    said = tmx.said_by(unit)
    sides: dict[str, EditedSide] = {}
    notes = [*_memory_notes(said)]
    for variant in children(unit, "tuv"):
        about, text = tmx.said_by(variant), child(variant, "seg")
        notes += _memory_notes(about)
        if "version" in about.own and text is not None:
            sides[about.own["version"]] = _side(flat(text).text, about.own)
    id = said.own.get("name") or unit.get("tuid", "")
    return EditedUnit(id, said.own.get("status", ""), sides, tuple(notes)) if id and sides else None


def _memory_notes(said: tmx.Said) -> Iterator[EditedNote]:
    ids = iter([text for key, text in said.properties if key == f"{tmx.OWN}note-id"])
    for text, place in said.notes:
        _, created, author = tmx.place_in(place)
        yield EditedNote(next(ids, "") if place else "", _unsigned(text, author, created), author)


def _of_hop(root: Any) -> Edits | None:
    file = child(root, "file")
    said = {} if file is None else segments.metadata(file)
    about, versions = said.get("document", {}), [said.get(f"{side} version", {}) for side in (SOURCE, TARGET)]
    if "provenance" not in said or not all("id" in version for version in versions):
        return None
    ids = {side: version["id"] for side, version in zip((SOURCE, TARGET), versions, strict=True)}
    units = tuple(unit for one in children(file, "unit") if (unit := _hop_unit(one, ids)))
    digests = {version["id"]: version.get("digest", "") for version in versions}
    return Edits(about.get("id", ""), about.get("level", ""), digests, units)


def _hop_unit(unit: Any, ids: Mapping[str, str]) -> EditedUnit | None:
    said = segments.metadata(unit)
    sides: dict[str, EditedSide] = {}
    states = []
    for segment in children(unit, "segment"):
        states.append(segment.get("state", "initial"))
        for side, version in ids.items():
            text = child(segment, side)
            found = flat(text).text if text is not None else ""
            if found or side in said:
                before = sides[version].text if version in sides else ""
                sides[version] = _side(before + found, said.get(side, {}))
    id = unit.get("name") or unit.get("id", "")
    if not id or not sides:
        return None
    status = said.get("unit", {}).get("status", "")
    if len(sides) == 2 and all(side.text for side in sides.values()):
        status = "confirmed" if all(state in segments.STATES for state in states) else "unconfirmed"
    notes = (
        EditedNote(
            said.get(f"note {one.id}", {}).get("id", ""), _unsigned(one.text, one.author, one.created), one.author
        )
        for one in segments.notes(unit, said)
    )
    return EditedUnit(id, status, sides, tuple(notes))


def _side(text: str, said: Mapping[str, str]) -> EditedSide:
    return EditedSide(text, tuple(said.get("segments", "").split()), said.get("digest") != short_digest(text))


def _unsigned(text: str, author: str, created: str) -> str:
    return text.removesuffix(signature(author, created)).rstrip("\n")
