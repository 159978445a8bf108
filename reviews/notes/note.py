"""What a reader says of places in the texts, and its way to and from the plain values that pages and files hold.

`note_from` and `to_values` lose nothing: what is kept is read as it was written, even when its category is known no
more. `checked` is for what a person has just entered.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from corpora.document import Document
from corpora.errors import StoreError, UnknownName
from corpora.normalise import LINE_END
from reviews.notes import categories
from reviews.notes.anchor import CONTEXT, Anchor, anchor
from reviews.notes.categories import SEVERITIES, CategorySet

CERTAINTIES = ("certain", "likely", "possible")
STATES = ("open", "settled", "withdrawn")
# What these may say; "" where nothing is said.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "severity": ("", *SEVERITIES),
    "certainty": ("", *CERTAINTIES),
    "state": STATES,
}
# The longest values that are taken, in characters or entries: far more than people write, little enough to show.
LONGEST: Mapping[str, int] = {
    "id": 64, "version": 200, "hop": 400, "origin": 500, "author": 200, "created": 40, "changed": 40,
    "body": 20_000, "evidence": 20_000, "alternative": 2000, "quote": 100_000, "before": CONTEXT, "after": CONTEXT,
    "anchors": 100, "alternatives": 100, "categories": 100, "replies": 1000,
}  # fmt: skip
# Texts that keep their lines; the others have one.
OF_LINES = ("body", "evidence")
# Controls but tab and line end, and halves of surrogate pairs: nobody types them.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Those that no store takes; no text that was read holds them.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# The largest whole number that browsers count with (ECMAScript, Number.MAX_SAFE_INTEGER).
LARGEST = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered to a note."""

    author: str
    created: str
    body: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader says of one or more places in the versions.

    `hop` is the id of the comparison it is about, "" when it is about none. `categories` has at most one of each set,
    by the set's id; `severity` stands only beside one that finds fault. `alternatives` are renderings considered.
    `created` and `changed` are times in ISO 8601, UTC. `origin` is the issue it was suggested from, "" when a person
    began it.
    """

    id: str = ""
    anchors: tuple[Anchor, ...] = ()
    hop: str = ""
    categories: Mapping[str, str] = field(default_factory=dict)
    severity: str = ""
    body: str = ""
    alternatives: tuple[str, ...] = ()
    evidence: str = ""
    certainty: str = ""
    state: str = "open"
    author: str = ""
    created: str = ""
    changed: str = ""
    replies: tuple[Reply, ...] = ()
    origin: str = ""


def to_values(note: Note) -> dict[str, Any]:
    """The note as plain JSON values: dicts, lists, texts, numbers, truth values."""
    values = _plain(note)
    assert isinstance(values, dict)
    return values


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, tuple) else value


def note_from(values: object) -> Note:
    """The note that plain values hold; what they leave out is empty.

    Raises:
        StoreError: they are no note.
    """
    note: Note = _read(Note, values, "note")
    for name, known in CHOICES.items():
        if getattr(note, name) not in known:
            listed = ", ".join(one for one in known if one)
            raise _wrong(name, f'it is "{_short(getattr(note, name))}"; choose one of {listed}')
    return note


def checked(
    values: object, *, sets: Sequence[CategorySet] | None = None, document: Document | None = None
) -> dict[str, Any]:
    """The values of a note as a page sends them, complete and clean.

    Blanks at the ends, characters that cannot be kept, empty categories, alternatives and replies are taken out.

    Args:
        values: some or all of the fields of a note; the id and times may be empty.
        sets: the sets of categories that are in use, the shipped ones when None.
        document: what the note is about. Its places are then checked, and need only version, start and stop.

    Raises:
        WorkbenchError: they cannot be a note; the message says which key, and what to do.
    """
    note = _cleaned(note_from(_with_quotes(values) if document else values))
    if document:
        note = replace(note, anchors=tuple(_placed(one, document) for one in note.anchors))
        hops = [hop.id for hop in document.comparisons]
        if note.hop and note.hop not in hops:
            raise UnknownName("comparison", _short(note.hop), hops)
    _check_lengths(note)
    _check_anchors(note)
    _check_categories(note, categories.sets() if sets is None else sets)
    for name, time in (
        ("created", note.created),
        ("changed", note.changed),
        *(("replies", r.created) for r in note.replies),
    ):
        if time and not _is_utc(time):
            raise _wrong(name, f'"{_short(time)}" is no time in UTC; write it like 1955-01-31T12:00:00+00:00')
    if not (note.body or note.categories or note.alternatives or note.evidence):
        raise StoreError("The note says nothing; write something or choose a category.")
    return to_values(note)


def _wrong(key: str, what: str) -> StoreError:
    return StoreError(f'A note cannot be kept as it is, key "{key}": {what}.')


def _short(text: str) -> str:
    """A text as a message quotes it: not all of a long one."""
    return text if len(text) <= 60 else f"{text[:59]}…"


def _read(kind: Any, values: object, name: str) -> Any:
    """The value of this type that a plain value holds."""
    if is_dataclass(kind):
        return _read_fields(kind, values, name)
    types, told = PLAIN[kind]
    # A truth value is a number to Python, and to nobody else.
    if not isinstance(values, types) or (kind is int and (isinstance(values, bool) or abs(values) > LARGEST)):
        raise _wrong(name, f"it is not {told}; send one")
    if kind in ENTRIES:
        return tuple(_read(ENTRIES[kind], inner, name) for inner in values)
    if isinstance(values, Mapping):
        return {_read(str, key, name): _read(str, inner, name) for key, inner in values.items()}
    return values


def _read_fields(kind: Any, values: object, name: str) -> Any:
    if not isinstance(values, Mapping):
        raise _wrong(name, "it is not an object with keys; send one")
    known = {one.name: one for one in fields(kind)}
    for key in values:
        if key not in known:
            raise _wrong(_short(str(key)), f"it is not known; leave it out or use one of {', '.join(known)}")
    for key, one in known.items():
        if key not in values and one.default is MISSING and one.default_factory is MISSING:
            raise _wrong(name, f'"{key}" is missing; send it')
    return kind(**{key: _read(known[key].type, value, key) for key, value in values.items()})


LISTS = (list, tuple)
# By the type of a field: the plain types it is read from, and what messages call those.
PLAIN: Mapping[Any, tuple[Any, str]] = {
    str: (str, "a text"),
    int: (int, "a whole number"),
    bool: (bool, "true or false"),
    Mapping[str, str]: (Mapping, "an object of texts"),
    tuple[str, ...]: (LISTS, "a list of texts"),
    tuple[Anchor, ...]: (LISTS, "a list of places"),
    tuple[Reply, ...]: (LISTS, "a list of replies"),
}
ENTRIES: Mapping[Any, Any] = {tuple[str, ...]: str, tuple[Anchor, ...]: Anchor, tuple[Reply, ...]: Reply}


def _with_quotes(values: object) -> object:
    """The values with empty words for places that a page sends without."""
    if not isinstance(values, Mapping) or not isinstance(values.get("anchors"), LISTS):
        return values
    empty = {"quote": "", "before": "", "after": ""}
    return {**values, "anchors": [{**empty, **one} if isinstance(one, Mapping) else one for one in values["anchors"]]}


def _cleaned(note: Note) -> Note:
    texts = {
        one.name: _clean(getattr(note, one.name), lines=one.name in OF_LINES) for one in fields(note) if one.type is str
    }
    chosen = {_clean(key): _clean(value) for key, value in note.categories.items()}
    replies = (Reply(_clean(r.author), _clean(r.created), _clean(r.body, lines=True)) for r in note.replies)
    alternatives = dict.fromkeys(map(_clean, note.alternatives))
    return replace(
        note,
        **texts,  # type: ignore[arg-type]
        categories={key: value for key, value in chosen.items() if value},
        alternatives=tuple(one for one in alternatives if one),
        replies=tuple(reply for reply in replies if reply.body),
    )


def _clean(text: str, *, lines: bool = False) -> str:
    text = unicodedata.normalize("NFC", UNSEEN.sub("", LINE_END.sub("\n", text)))
    return text.strip() if lines else " ".join(text.split())


def _placed(one: Anchor, document: Document) -> Anchor:
    """The anchor with its words as they stand in the document; a gone one stands nowhere."""
    version = document.version(one.version)
    if one.gone:
        return one
    found = anchor(version.id, version.text, one.start, one.stop)
    if one.quote not in ("", found.quote):
        raise StoreError(
            f'Version "{version.id}" has "{_short(found.quote)}" where the note was to stand on "{_short(one.quote)}"; '
            "select the words again."
        )
    return found


def _check_lengths(note: Note) -> None:
    measured = [(one.name, getattr(note, one.name)) for one in fields(note) if one.name in LONGEST]
    measured += [("alternative", one) for one in note.alternatives]
    measured += [(name, getattr(one, name)) for one in note.anchors for name in ("version", "quote", "before", "after")]
    measured += [(name, getattr(one, name)) for one in note.replies for name in ("author", "created", "body")]
    for name, value in measured:
        if len(value) > LONGEST[name]:
            unit = "characters" if isinstance(value, str) else "entries"
            raise _wrong(name, f"it has {len(value)} {unit}; shorten it to {LONGEST[name]}")


def _check_anchors(note: Note) -> None:
    if not note.anchors:
        raise StoreError("The note stands nowhere; select the words it is about.")
    for one in note.anchors:
        if not one.gone and not (0 <= one.start < one.stop and len(one.quote) == one.stop - one.start):
            raise _wrong(
                "anchors", f"characters {one.start} to {one.stop} are not those of its quote; select them again"
            )
        if UNSTORABLE.search(one.version + one.quote + one.before + one.after):
            raise _wrong("anchors", "its words hold characters that cannot be kept; select others")


def _check_categories(note: Note, sets: Sequence[CategorySet]) -> None:
    known = {one.id: one for one in sets}
    for id, category in note.categories.items():
        if id not in known:
            raise UnknownName("set of categories", _short(id), known)
        if known[id].category(category) is None:
            raise UnknownName(
                f'category of "{known[id].title}"', _short(category), [c.id for c in known[id].categories]
            )
    faults = [one for one in sets if one.evaluative]
    if note.severity and not any(one.id in note.categories for one in faults):
        titles = " or ".join(f'"{one.title}"' for one in faults) or "a set that finds fault"
        raise _wrong("severity", f"it stands only beside a category of {titles}; choose one or leave the severity out")


def _is_utc(time: str) -> bool:
    try:
        return datetime.fromisoformat(time).utcoffset() == timedelta(0)
    except ValueError:
        return False
