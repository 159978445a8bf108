"""The sets of categories that a note may choose from: those that are shipped, and a user's own.

A user's file is TOML in the form of `categories.toml`:

    [mqm]                                # the id of a shipped set: this changes it
    title = "Errors, for the seminar"
    without = ["design-and-markup"]      # categories of it that are not wanted

    [mqm.categories.accuracy]            # another title, explanation or example for a category of it
    title = "Faithfulness"

    [seminar]                            # any other id: a set of one's own, with title and categories
    title = "Questions for the seminar"

    [seminar.categories.allusion]
    title = "Allusion"
    explanation = "Alludes to another text."

A list that was changed may not be called MQM (MQM definition 1.0, 2015, restrictions on use of the name).
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpora.errors import ReadError

SHIPPED = Path(__file__).parent / "categories.toml"
# The marks of gravity, lightest first (MQM Council, severity levels); a set explains them, a note holds one.
SEVERITIES = ("neutral", "minor", "major", "critical")
# The name that only the unchanged list has, short, with dots and in full.
RESERVED = re.compile(
    r"\w*mqm\w*|\bm\.\s?q\.\s?m\b\.?|\bm q m\b|multi[-\s]?dimensional\s+quality\s+metrics?", re.IGNORECASE
)
# What a set is called of whose title nothing else is left.
UNNAMED = "Categories"
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# The longest text of a file, in characters: an explanation is a sentence.
LONGEST = 2000
KEYS_OF_SET = ("title", "source", "description", "evaluative", "without", "categories")
KEYS_OF_CATEGORY = ("title", "explanation", "example")


@dataclass(frozen=True, slots=True)
class Category:
    """A category of a set, or a severity: what it is called, and what it says in one line."""

    id: str
    title: str
    explanation: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class CategorySet:
    """Categories of which a note may have one.

    `evaluative` is True when they find fault; they then have `severities`. The others describe and are never shown as
    faults. `is_changed` is True of a shipped set that a user has changed.
    """

    id: str
    title: str
    source: str
    description: str
    evaluative: bool
    categories: tuple[Category, ...]
    severities: tuple[Category, ...] = ()
    is_changed: bool = False

    def category(self, id: str) -> Category | None:
        """The category with this id, None when the set has none."""
        return next((one for one in self.categories if one.id == id), None)


def sets(path: Path | None = None) -> tuple[CategorySet, ...]:
    """The shipped sets, as a user's file changes them, and those it adds.

    Raises:
        ReadError: the user's file cannot be read or is not in the form it should have.
    """
    found = {one.id: one for one in _shipped()}
    if path is not None:
        for id, table in _Table(str(path), _read(path)).tables().items():
            found[id] = _changed(found[id], table) if id in found else _own(id, table)
    return tuple(found.values())


@cache
def _shipped() -> tuple[CategorySet, ...]:
    data = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    return tuple(
        CategorySet(
            id, one["title"], one["source"], one["description"], one["evaluative"],
            tuple(Category(key, **values) for key, values in one["categories"].items()),
            tuple(Category(key, **values) for key, values in one.get("severities", {}).items()),
        )
        for id, one in data.items()
    )  # fmt: skip


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ReadError(f"{path} cannot be read ({error.strerror}); name a file of categories that is there.") from None
    except UnicodeDecodeError:
        raise ReadError(f"{path} is not a text file in UTF-8; save it as such.") from None
    except tomllib.TOMLDecodeError as error:
        raise ReadError(f"{path} is not valid TOML: {error}; correct it there.") from None
    except (RecursionError, ValueError):
        # Tables in tables without end; a null character in the path.
        raise ReadError(f"{path} is not a file of categories; write it like reviews/notes/categories.toml.") from None


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of a user's file, and how messages name it."""

    where: str
    values: Mapping[str, Any]

    def wrong(self, key: str, what: str) -> ReadError:
        return ReadError(f'{self.where}, key "{key}": {what}.')

    def only(self, known: tuple[str, ...]) -> None:
        for key in self.values:
            if key not in known:
                raise self.wrong(key, f"it is not known; leave it out or use one of {', '.join(known)}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if value is None:
            raise self.wrong(key, "it is missing; write a text in quotation marks")
        if not isinstance(value, str):
            raise self.wrong(key, "it is not a text; write it in quotation marks")
        value = " ".join(value.split())
        if len(value) > LONGEST:
            raise self.wrong(key, f"it has {len(value)} characters; shorten it to {LONGEST}")
        if not value and default is None:
            raise self.wrong(key, "it is empty; write something there")
        return value

    def tables(self) -> dict[str, "_Table"]:
        for id, value in self.values.items():
            if not ID.fullmatch(id):
                raise self.wrong(id, "an id has small Latin letters, digits and hyphens; call it so")
            if not isinstance(value, Mapping):
                raise self.wrong(id, "it is not a table; write its values under a heading in square brackets")
        return {id: _Table(f"{self.where}, [{id}]", value) for id, value in self.values.items()}

    def categories(self) -> dict[str, "_Table"]:
        value = self.values.get("categories", {})
        if not isinstance(value, Mapping):
            raise self.wrong("categories", "it is not a table; write each category under a heading of its own")
        return _Table(f"{self.where}, categories", value).tables()

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "it is neither true nor false; write one of them without quotation marks")
        return value

    def without(self, known: tuple[str, ...]) -> tuple[str, ...]:
        value = self.values.get("without", [])
        if not isinstance(value, list):
            raise self.wrong("without", 'it is not a list; write it like ["calque", "borrowing"]')
        for id in value:
            if id not in known:
                raise self.wrong("without", f'there is no category "{id}" to leave out; known are {", ".join(known)}')
        return tuple(value)


def _own(id: str, table: _Table) -> CategorySet:
    """A set that only the user has."""
    table.only(tuple(key for key in KEYS_OF_SET if key != "without"))
    categories = tuple(_category(key, one, None) for key, one in table.categories().items())
    if not categories:
        raise table.wrong("categories", f"it is missing; write the categories as [{id}.categories.some-id]")
    title, evaluative = table.text("title"), table.flag("evaluative")
    texts = table.text("source", ""), table.text("description", "")
    return CategorySet(
        id, _unreserved(title) or UNNAMED, *texts, evaluative, categories, _severities() if evaluative else ()
    )


def _changed(shipped: CategorySet, table: _Table) -> CategorySet:
    """A shipped set as the user's file has it; the same one when the file says nothing else."""
    table.only(KEYS_OF_SET)
    if table.values.get("evaluative", shipped.evaluative) is not shipped.evaluative:
        raise table.wrong("evaluative", "it cannot be changed in this set; make a set of your own under another id")
    known = {one.id: one for one in shipped.categories}
    for key, one in table.categories().items():
        known[key] = _category(key, one, known.get(key))
    for key in table.without(tuple(known)):
        known.pop(key, None)
    if not known:
        raise table.wrong("without", "no category is left; leave one in")
    texts = {key: table.text(key, getattr(shipped, key)) for key in ("title", "source", "description")}
    if tuple(known.values()) == shipped.categories and all(getattr(shipped, key) == texts[key] for key in texts):
        return shipped
    title = texts["title"]
    if not title or title == shipped.title or RESERVED.search(_plain(title)):
        title = f"{_unreserved(title) or UNNAMED} (changed)"
    source = texts["source"] if texts["source"] != shipped.source else f"Changed by the user, after: {shipped.source}"
    return CategorySet(
        shipped.id, title, source, texts["description"], shipped.evaluative, tuple(known.values()), shipped.severities, True
    )  # fmt: skip


def _category(id: str, table: _Table, known: Category | None) -> Category:
    table.only(KEYS_OF_CATEGORY)
    if known:
        texts = (table.text(key, getattr(known, key)) for key in KEYS_OF_CATEGORY)
        title, explanation, example = texts
        return Category(id, title or known.title, explanation or known.explanation, example)
    return Category(id, table.text("title"), table.text("explanation"), table.text("example", ""))


def _severities() -> tuple[Category, ...]:
    return next(one.severities for one in _shipped() if one.evaluative)


def _plain(title: str) -> str:
    """The title without letters of other widths and signs that nobody sees."""
    plain = unicodedata.normalize("NFKC", title)
    return "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")


def _unreserved(title: str) -> str:
    """The title without the reserved name; as it is when it does not say it."""
    plain = _plain(title)
    if not RESERVED.search(plain):
        return title
    left = " ".join(RESERVED.sub(" ", plain).replace("( )", " ").split()).strip(" -–—:,;/()")
    return left[:1].upper() + left[1:]
