"""Text as it is kept: Unicode NFC, line feeds, nothing that cannot be seen; once, at reading.

Kept as they are: letters of every script and orthography (of old Korean those that Unicode has no syllable for stay
single letters), full-width forms, spaces that do not break, joiners of Arabic and Indian scripts, marks of direction.
Composed: letters with accents, and Korean syllables that stand as single letters, as files from a Macintosh have them.
Put right: control characters of the upper range (U+0080 to U+009F) are the signs that Windows-1252 has there, "’" for
U+0092; they come from texts that were once taken for ISO 8859-1.
Gone: soft hyphens and other signs without width that only say where a line may break, byte order marks, and control
characters; what ends a line in other systems is a line feed.
"""

import hashlib
import re
import unicodedata

from corpora.codepages import decode as decode

LINE_END = re.compile("\r\n?|[\u2028\u2029]")
# What other systems end a line or a page's line with: a vertical tab in old word processors, NEL on mainframes.
OTHER_END = re.compile("[\x0b\x85]")
# Signs without width that say where a line may break or not, and byte order marks between joined files.
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# The signs of Windows-1252 that ISO 8859-1 has control characters for.
UPPER = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
UPPER_RANGE = re.compile("[\x80-\x84\x86-\x9f]")
# Characters that no text holds and that no screen, database or XML file can take.
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def normalise(text: str) -> str:
    """The text in Unicode NFC with line feeds only, without control characters and signs that cannot be seen."""
    text = OTHER_END.sub("\n", LINE_END.sub("\n", text))
    if UPPER_RANGE.search(text):
        text = text.translate(UPPER)
    return unicodedata.normalize("NFC", CONTROL.sub("", INVISIBLE.sub("", text)))


def controls(text: str) -> int:
    """How many control characters `normalise` takes out."""
    return len(CONTROL.findall(text))


def upper(text: str) -> int:
    """How many control characters of the upper range `normalise` puts right."""
    return len(UPPER_RANGE.findall(text))


def digest(text: str) -> str:
    """The SHA-256 of the text in UTF-8, as hexadecimal: two versions with the same digest are the same text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
