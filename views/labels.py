"""Words that more than one page shows."""

import re
from datetime import datetime

from corpora.document import Document, Version
from corpora.languages import language

# Words and characters of a title that a file is named by.
WORDS, CHARACTERS = 8, 60
# How it is known what a version was made from.
KNOWN = {
    "stated": "as stated on a paper of the chain",
    "inferred": "inferred from the order of the versions",
    "unknown": "not known",
}
# What set a unit, where it was not the aligner.
BY_OTHERS = {"manual": "set by hand", "given": "as its file gave it"}
# Signs that turn the direction of what follows (Unicode, Bidirectional Algorithm, 2.1 to 2.4).
TURNS = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"


def language_name(version: Version) -> str:
    """The English name of a version's language."""
    return language(version.language).name


def made_from(document: Document, version: Version) -> str:
    """Which version another one was made from and how that is known, "" for an original."""
    if not version.source:
        return ""
    return f"{language_name(document.version(version.source))}, {KNOWN[version.how_known]}"


def said(version: Version, field: str) -> str:
    """The date or translators of a version with who says so, when another paper does.

    "1955 (the English paper says so of its source)"

    Args:
        version: one of a document.
        field: "date" or "translators".
    """
    value = version.date if field == "date" else ", ".join(version.translators)
    speakers = version.metadata.get(f"{field}_said_by", "")
    return f"{value} (the {speakers} paper says so of its source)" if value and speakers else value


def plain(text: str) -> str:
    """The text as Markdown that shows it as it is, and that turns no other text about."""
    if turns := sum(text.count(sign) for sign in TURNS):
        # Whatever the text leaves open is closed: its letters may run from right to left, those behind it may not.
        text = f"\u2068{text}{chr(0x202C) * turns}\u2069"
    return "".join(f"\\{c}" if c in r"\`*_{}[]()#+-.!|<>~$:&" else c for c in text)


def moment(created: str) -> str:
    """A stored time as people read it; they are all in UTC.

    >>> moment("1955-01-31T12:05:09+00:00")
    '31 Jan 1955, 12:05 UTC'
    """
    try:
        time = datetime.fromisoformat(created)
    except ValueError:
        return created
    return f"{time.day} {time:%b %Y, %H:%M} UTC"


def percent(share: float) -> str:
    """A share, 0 to 1, as people read it; what is not certain is not shown as such.

    >>> percent(0.997)
    'over 99 %'
    """
    whole = round(100 * share)
    return "over 99 %" if whole == 100 and share < 1 else f"{whole} %"


def signed(author: str, created: str) -> str:
    """Who did something and when: "Kim, 31 Jan 1955, 12:05 UTC"."""
    return ", ".join(filter(None, (author or "unsigned", moment(created))))


def file_stem(title: str) -> str:
    """The title as the beginning of a file's name: its first words, in any script, joined by hyphens.

    >>> file_stem("The Nature of Our Revolution: 1955")
    'the-nature-of-our-revolution-1955'
    """
    words = re.findall(r"\w+", title.lower())
    return "-".join(words[:WORDS])[:CHARACTERS] or "document"
