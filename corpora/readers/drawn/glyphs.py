"""Glyphs in the order in which they were drawn -> words.

What tells one word from the next is a blank, drawn or left free; size and height of type part a note's mark from its word.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpora.readers.drawn.page import Word

# What stood before a glyph: nothing, a stretch left free, a blank that was drawn.
NOTHING, FREE, DRAWN = 0, 1, 2
# As shares of the size of type. A blank is a quarter of it in most types, a fifth in lines that are set tight.
WIDEST_GAP, FARTHEST_BACK = 0.3, 0.6
# The share of glyphs with a drawn blank before them that tells that a page has its blanks drawn.
DRAWS, SPACED_OUT = 0.03, 0.4
# Another size or height of type: notes' marks are 0.6 to 0.75 of their line's size and raised by a third.
SAME_SIZE, SAME_HEIGHT = 0.1, 0.12
# The same glyph this near was drawn again to look heavy, or as its shadow.
DOUBLED = 0.12
# Letters that types draw as one sign, and signs of Adobe's Symbol type that stand in the private area.
WRITTEN_OUT = {
    **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)},
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0a8": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "−", "\uf0be": "—",
    "\uf020": "", "\u00ad": "\u00ad", "\x02": "-",
}  # fmt: skip
# Accents that old types draw as a sign of their own, over or under a letter.
ACCENTS = {
    "´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "¨": "\u0308", "˜": "\u0303", "¸": "\u0327", "ˇ": "\u030c", "˘": "\u0306",
    "¯": "\u0304", "˚": "\u030a", "˝": "\u030b", "˙": "\u0307", "˛": "\u0328",
}  # fmt: skip
DOTLESS = {"ı": "i", "ȷ": "j"}


class Glyph(NamedTuple):
    """One character as it was drawn; a plain tuple, since a book has a million. The fields are those of `Word`."""

    char: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    hidden: bool = False
    aside: bool = False
    unknown: bool = False
    before: int = NOTHING


def words(glyphs: Iterable[Glyph]) -> Iterator[Word]:
    """The words that glyphs make, in the order in which they were drawn; a blank that ends a page is one of its glyphs."""
    glyphs = list(glyphs)
    draws = sum(glyph.before == DRAWN for glyph in glyphs) > DRAWS * len(glyphs)
    run: list[Glyph] = []
    glued = False
    for glyph in glyphs:
        if draws and run and glyph.before == FREE and _is_spaced_out(run[-1], glyph):
            glyph = glyph._replace(before=NOTHING)
        if run and _is_near(run[-1], glyph):
            run.append(glyph)
            continue
        if run:
            yield _word(run, glued, blank=glyph.before == DRAWN)
        glued = bool(run) and not glyph.before and _touches(run[-1], glyph)
        run = [glyph] if glyph.char else []
    if run:
        yield _word(run, glued, blank=False)


def _is_near(one: Glyph, other: Glyph) -> bool:
    if other.before or not other.char or one.bold != other.bold or one.aside != other.aside:
        return False
    return (
        abs(other.baseline - one.baseline) <= SAME_HEIGHT * one.size
        and abs(other.size - one.size) <= SAME_SIZE * one.size
        and -FARTHEST_BACK * one.size <= other.left - one.right <= WIDEST_GAP * one.size
    )


def _is_spaced_out(one: Glyph, other: Glyph) -> bool:
    """True where word processors set a digit or a Latin letter apart from Hangul or Han without a blank."""
    gap = other.left - one.right
    return gap <= SPACED_OUT * one.size and (one.char < "\u1100") != (other.char < "\u1100")


def _touches(one: Glyph, other: Glyph) -> bool:
    size = max(one.size, other.size)
    gap = other.left - one.right
    return abs(other.baseline - one.baseline) <= 0.6 * size and -0.3 * size <= gap <= WIDEST_GAP * min(
        one.size, other.size
    )


def _word(run: list[Glyph], glued: bool, *, blank: bool) -> Word:
    first = run[0]
    return Word(
        text=_text(run),
        left=round(min(glyph.left for glyph in run), 2),
        right=round(max(glyph.right for glyph in run), 2),
        baseline=round(first.baseline, 2),
        size=round(max(glyph.size for glyph in run), 2),
        bold=first.bold,
        glued=glued,
        blank=blank,
        hidden=first.hidden,
        aside=first.aside,
        unknown=sum(glyph.unknown for glyph in run),
    )


def _text(run: list[Glyph]) -> str:
    pieces: list[str] = []
    accent = ""
    for place, glyph in enumerate(run):
        char = glyph.char
        if char in ACCENTS and place + 1 < len(run) and _is_over(glyph, run[place + 1]):
            accent = ACCENTS[char]
            continue
        if char in ACCENTS and pieces and _is_over(glyph, run[place - 1]):
            pieces[-1] = DOTLESS.get(pieces[-1], pieces[-1]) + ACCENTS[char]
            continue
        if accent:
            char, accent = DOTLESS.get(char, char) + accent, ""
        pieces.append(WRITTEN_OUT.get(char, char))
    return unicodedata.normalize("NFC", "".join(pieces))


def _is_over(accent: Glyph, letter: Glyph) -> bool:
    """True when most of the accent is above or below the letter."""
    common = min(accent.right, letter.right) - max(accent.left, letter.left)
    return letter.char.isalpha() and common > 0.5 * min(accent.right - accent.left, letter.right - letter.left)


class Once:
    """Tells glyphs that were drawn already, on the same place of one page."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int, int], tuple[float, float]] = {}

    def is_new(self, char: str, left: float, baseline: float, size: float) -> bool:
        """True for the first glyph of these; it is remembered."""
        near = max(DOUBLED * size, 0.05)
        # Squares as wide as "near": a double lies in the same one or in a neighbour.
        column, row = int(left // near), int(baseline // near)
        for across in (column, column - 1, column + 1):
            for down in (row, row - 1, row + 1):
                place = self._seen.get((char, across, down))
                if place and abs(place[0] - left) <= near and abs(place[1] - baseline) <= near:
                    return False
        self._seen[char, column, row] = (left, baseline)
        return True
