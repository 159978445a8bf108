"""Words that more than one page shows."""

import re

from corpora.document import Document, Version
from exports.wording import BY_OTHERS, language_name, moment, percent, role, signed

__all__ = [
    "BY_OTHERS", "KNOWN", "file_stem", "language_name", "made_from", "moment", "percent", "plain", "role", "said", "signed",
]  # fmt: skip
# Words and characters of a title that a file is named by.
WORDS, CHARACTERS = 8, 60
# How it is known what a version was made from.
KNOWN = {
    "stated": "as stated on a paper of the chain",
    "inferred": "inferred from the order of the versions",
    "unknown": "not known",
}
# Signs that turn the direction of what follows (Unicode, Bidirectional Algorithm, 2.1 to 2.4).
TURNS = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"


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


def file_stem(title: str) -> str:
    """The title as the beginning of a file's name: its first words, in any script, joined by hyphens.

    >>> file_stem("The Nature of Our Revolution: 1955")
    'the-nature-of-our-revolution-1955'
    """
    words = re.findall(r"\w+", title.lower())
    return "-".join(words[:WORDS])[:CHARACTERS] or "document"
