"""What the headings of a table say of its columns: languages, original and translation, numbers, statuses, notes."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpora.languages import language

TEXT, STATUS, NOTES, ID = "text", "status", "notes", "id"
TAG = re.compile(r"([A-Za-z]{2,3})([-_][A-Za-z]{2,4}|[-_]\d{3})*")
# "en2": a second version in one language.
SECOND = re.compile(r"([a-z]{2,3})\d{1,2}")
WORD = re.compile(r"п/п|[^\W\d_]+|[№#]")
# "en (Smith 1960)": what stands first is a tag, though it may be a word elsewhere.
LEADING = re.compile(r"([A-Za-z]{2,3})\s*[(\[,:_–—-]")
# Letters that a Russian adjective keeps whatever its ending.
STEM = 5
# A heading has no more characters; a text may be as short, but hardly all texts of a row.
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the list beside this file: languages by what they are called, and the others by what they mean."""

    languages: Mapping[str, str]
    codes: frozenset[str]
    other_codes: Mapping[str, str]
    meaning: Mapping[str, frozenset[str]]


@cache
def _words() -> Words:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    two, other = frozenset(data["codes"]["two"].split()), data["codes"]["other"]
    called = {word: code for code, words in data["languages"].items() for word in words.split()}
    meaning = {name: frozenset(words.split()) for name, words in data["words"].items()}
    return Words({**{code: code for code in two}, **other, **called}, two, other, meaning)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says: a kind of column, "" for none that is known; for a text its language, and which of the two it is.

    `is_named` is true when there is more in it than that: the name of the version.
    """

    kind: str
    language: str = ""
    is_original: bool = False
    is_named: bool = False


def heading(text: str) -> Heading:
    """What a heading says.

    >>> heading("Русский текст").language, heading("Source (ko)").is_original, heading("Примечания").kind
    ('ru', True, 'notes')
    """
    if len(text) > LONGEST:
        return Heading("")
    if tag := _tag(text.strip()):
        return Heading(TEXT, tag)
    words, meaning = [word.casefold() for word in WORD.findall(text)], _words().meaning
    left = [word for word in words if word not in meaning["filling"]]
    if any(word in meaning["notes"] for word in words):
        return Heading(NOTES)
    if any(word in meaning["states"] for word in words) and len(words) <= 3:
        return Heading(STATUS)
    if left and all(word in meaning["numbers"] for word in left):
        return Heading(ID)
    return _of_text(text, words, left)


def _of_text(text: str, words: list[str], left: list[str]) -> Heading:
    """What the heading of a text says; `left` are the words that say something."""
    original, translation = (_words().meaning[name] for name in ("original", "translation"))
    found = [_language(word) for word in left]
    codes = [code for code in found if code]
    is_original, is_translation = any(w in original for w in left), any(w in translation for w in left)
    others = [w for w, code in zip(left, found, strict=True) if not code and w not in original | translation]
    # A two-letter word among others is a word of a language, not its tag.
    if others and not any(code and len(word) > 3 for word, code in zip(left, found, strict=True)):
        leading = LEADING.match(text)
        codes = [_tag(leading[1])] if leading and _tag(leading[1]) else []
    if codes or ((is_original or is_translation) and len(others) <= 1) or (words and not left):
        return Heading(TEXT, codes[-1] if codes else "", is_original and not is_translation, bool(others))
    return Heading("")


def _tag(text: str) -> str:
    """A language tag as BCP 47 writes it, "" where the text is none."""
    if second := SECOND.fullmatch(text.lower()):
        text = second[1]
    if not (match := TAG.fullmatch(text)):
        return ""
    primary = _words().other_codes.get(match[1].lower(), match[1].lower())
    if primary not in _words().codes:
        return ""
    rest = re.split(r"[-_]", text)[1:]
    return "-".join((primary, *(one.upper() if len(one) == 2 else one.title() for one in rest)))


def _language(word: str) -> str:
    known = _words().languages
    code = known.get(word, "")
    if not code and len(word) > STEM and "а" <= word[0] <= "я":
        # Russian adjectives are written with many endings: русский, русского, по-русски.
        stem = word[:STEM]
        code = next((code for name, code in known.items() if len(name) > STEM and name.startswith(stem)), "")
    return code


def is_confirmed(text: str) -> bool:
    """True for what a status cell says of a row that a person confirmed."""
    return _plain(text) in _words().meaning["confirmed"]


def is_status(text: str) -> bool:
    """True for what status cells say."""
    words = _plain(text).split()
    return is_confirmed(text) or (bool(words) and _words().meaning["unconfirmed"].issuperset(words))


def _plain(text: str) -> str:
    return text.strip().strip(".!").casefold()


def name(code: str) -> str:
    """The English name of a language, for messages."""
    if not code or code == "und":
        return "a language that was not told"
    known = language(code)
    called = next((word for word, of in _words().languages.items() if of == known.code and len(word) > 3), "")
    return known.name if known.name != known.code else called.title() or known.code
