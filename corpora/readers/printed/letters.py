"""Cyrillic letters of old files that do not say which letters they draw: the bytes of their types are read as such.

TeX wrote Russian like this for years (types of the encoding T2A without a table of Unicode), others in Windows-1251; a
viewer shows the right shapes, and a copy gives "Ãëàâà" for "Глава".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpora.readers.drawn.page import Page, Word

# The most frequent letters of Russian make up this much of any running text; wrong code pages stay far below.
# Source: letter frequencies of the Russian National Corpus (о е а и н т с р в л: 66 %), with room for short texts.
FREQUENT = re.compile(r"[оеаинтсрвл]", re.IGNORECASE)
FREQUENT_SHARE = 0.5

# Letters of Latin 1 that no language has so many of: at least this share of all letters.
SHARE = 0.4
LATIN = re.compile("[\u00c0-\u00ff]")
# Signs that T2A has where Windows-1251 has none of a text: dashes, the hyphen of line ends, ligatures.
OF_TEX = re.compile("[\x10-\x1f\x7f]")
CYRILLIC: Mapping[int, int | str] = {0xC0 + place: 0x410 + place for place in range(64)}
# Source: T2A, A. Berdnikov et al. 1998, "Encodings and fonts for Cyrillic"; only what Russian needs.
T2A: Mapping[int, int | str] = {
    **CYRILLIC, 0x0E: "⟨", 0x0F: "⟩", 0x10: "“", 0x11: "”", 0x15: "–", 0x16: "—", 0x1B: "ff", 0x1C: "fi", 0x1D: "fl",
    0x1E: "ffi", 0x1F: "ffl", 0x7F: "-", 0x9C: "Ё", 0x9D: "№", 0x9F: "§", 0xBC: "ё", 0xBD: "„", 0xBE: "«", 0xBF: "»",
}  # fmt: skip
# What stays a control character was a sign of a type without a table: a bullet, mostly.
UNREADABLE: Mapping[int, int | str] = dict.fromkeys((*range(1, 32), *range(127, 160)), "�")
PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
WINDOWS: Mapping[int, int | str] = {code: bytes([code]).decode("cp1251", "replace") for code in range(0x80, 0x100)}


def recoded(pages: Sequence[Page]) -> tuple[list[Page], int]:
    """The pages with such letters as what they are, and how many characters that were."""
    vague = "".join(word.text for page in pages for word in page.words if word.unknown)
    if not vague:
        return list(pages), 0
    letters = sum(map(str.isalpha, vague))
    if len(LATIN.findall(vague)) < SHARE * max(letters, 1):
        return _translated(pages, UNREADABLE), 0
    table = T2A if OF_TEX.search(vague) else WINDOWS
    read = vague.translate(table)
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in read)
    if len(FREQUENT.findall(read)) < FREQUENT_SHARE * cyrillic:
        return _translated(pages, UNREADABLE), 0
    return _translated(pages, {**UNREADABLE, **table}), cyrillic


def _translated(pages: Sequence[Page], table: Mapping[int, int | str]) -> list[Page]:
    return [
        replace(page, words=tuple(_word(word, table) for word in page.words))
        if any(word.unknown for word in page.words) else page
        for page in pages
    ]  # fmt: skip


def _word(word: Word, table: Mapping[int, int | str]) -> Word:
    if not word.unknown:
        return word
    text = word.text.translate(table)
    return replace(word, text=text, unknown=len(PRIVATE.findall(text)))
