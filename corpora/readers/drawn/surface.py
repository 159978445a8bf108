"""One page of a PDF as PDFium sees it -> a page of words; runs where `drawn.pdfium` runs.

Text on its side is read as one turns the page for it where most of the page is so, and kept apart elsewhere.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from corpora.readers.drawn import comments, glyphs
from corpora.readers.drawn.glyphs import DRAWN, FREE, NOTHING, Glyph
from corpora.readers.drawn.page import Box, Page

# A page with more is a drawing or an attack; a page of a dictionary has 10,000 characters.
MOST_GLYPHS, MOST_OBJECTS, MOST_RULES = 300_000, 20_000, 200
LONGEST_NAME = 256
DEEPEST = 4
# Degrees by which a line may rise or fall; what is more is written aslant. A tilt above the least is taken out.
MOST_TILT, LEAST_TILT = 8.0, 0.15
ASLANT = -1
# Level lines: at most this thick and at least this long, in points.
THICKEST, SHORTEST = 2.0, 25.0
# Ways of drawing text (ISO 32000-1, 9.3.6).
INVISIBLE, FILLED_AND_STROKED = 3, 2
HEAVY = 600
HEAVY_NAMES = re.compile(r"bold|black|heavy|semibd|demi|-bd|cmbx|cmssbx|sfbx|larx", re.IGNORECASE)
# Sizes of type in points; a type whose size is outside tells by the height of its letters.
SMALLEST, LARGEST = 1.0, 400.0
# The share of characters under the one before that tells that lines run down, and how many a page must have for it.
DOWN, FEWEST_DOWN = 0.6, 30
PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")


class Look(NamedTuple):
    """What the characters of one text object have in common."""

    quarter: int
    tilt: float
    scale: float
    bold: bool
    hidden: bool
    aside: bool


class Mark(NamedTuple):
    """A character where PDFium has it: its box, the point it stands on, and what stood before it."""

    char: str
    box: tuple[float, float, float, float]
    x: float
    y: float
    size: float
    look: Look
    unknown: bool
    before: int


NEW_LINE = None


def read(page: Any, number: int) -> Page:
    """The page that is open in PDFium; `number` counts from 1 on."""
    return _Surface(page).page(number)


class _Surface:
    def __init__(self, page: Any) -> None:
        from pypdfium2 import raw

        self._raw, self._page = raw, page
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, box)
        self._left, self._bottom, self._right, self._top = box.left, box.bottom, box.right, box.top
        self._quarters = page.get_rotation() // 90 % 4
        self._tilt = 0.0
        self._looks: dict[int, Look] = {}

    def page(self, number: int) -> Page:
        text = self._page.get_textpage()
        try:
            marks = list(self._marks(text))
        finally:
            text.close()
        self._hold(marks)
        once = glyphs.Once()
        level: list[Glyph] = []
        turned: list[str] = [""]
        doubled = outside = 0
        width, height = self._size()
        last: Mark | None = None
        for mark in marks:
            if mark is NEW_LINE:
                turned.append("")
                continue
            if mark.look.quarter != self._quarters:
                turned[-1] += (" " if mark.before and turned[-1] else "") + mark.char
                continue
            left, right, baseline = self._placed(mark)
            if right < 0 or left > width or baseline < 0 or baseline - mark.size > height:
                outside += 1
            elif not once.is_new(mark.char, left, baseline, mark.size) and not _is_ligature(last, mark):
                doubled += 1
            else:
                last = mark
                level.append(
                    Glyph(
                        mark.char, left, right, baseline, mark.size, mark.look.bold, mark.look.hidden, mark.look.aside,
                        mark.unknown, mark.before,
                    )
                )  # fmt: skip
        if _is_downwards(level):
            # Read as if the page lay on its side: lines run down and follow one another from the right.
            level = [_lain(glyph, width) for glyph in level]
            width, height = height, width
        rules, pictures = self._objects()
        notes, fields = comments.read(self._page, self._box)
        return Page(
            number=number, width=round(width, 2), height=round(height, 2), words=tuple(glyphs.words(level)), rules=rules,
            turned=tuple(line for line in turned if line.strip()), pictures=pictures, comments=notes, fields=fields,
            doubled=doubled, outside=outside,
        )  # fmt: skip

    def _marks(self, text: Any) -> Iterator[Mark | None]:
        """The characters of the page; None where PDFium begins a new line."""
        raw = self._raw
        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        before, high = NOTHING, 0
        for index in range(min(raw.FPDFText_CountChars(text), MOST_GLYPHS)):
            code = raw.FPDFText_GetUnicode(text, index)
            if raw.FPDFText_IsGenerated(text, index):
                before = max(before, FREE)
                if code == 10:
                    yield NEW_LINE
                continue
            # Windows has characters outside the basic plane in two halves.
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
            char = chr(code or 0xFFFD)
            shape = raw.FPDFText_GetTextObject(text, index)
            if char.isspace() or not shape:
                before = DRAWN
                continue
            look = self._look(text, index, shape)
            raw.FPDFText_GetLooseCharBox(text, index, box)
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            edges = (box.left, box.bottom, box.right, box.top)
            size = raw.FPDFText_GetFontSize(text, index) * look.scale
            if not SMALLEST <= size <= LARGEST:
                size = max(SMALLEST, min(LARGEST, abs(box.top - box.bottom)))
            # What a control character or a letter of Latin 1 stands for is a guess where the file does not say it.
            vague = bool(PRIVATE.match(char)) or (
                (code < 32 or code >= 127) and code != 2 and raw.FPDFText_HasUnicodeMapError(text, index) == 1
            )
            yield Mark(char, edges, x.value, y.value, size, look, vague, before)
            before = NOTHING

    def _look(self, text: Any, index: int, shape: Any) -> Look:
        key = ctypes.addressof(shape.contents)
        if key not in self._looks:
            raw = self._raw
            matrix = raw.FS_MATRIX()
            raw.FPDFText_GetMatrix(text, index, matrix)
            angle = math.degrees(math.atan2(matrix.b, matrix.a))
            quarter = round(angle / 90)
            tilt = angle - 90 * quarter
            font = raw.FPDFTextObj_GetFont(shape)
            name = ctypes.create_string_buffer(LONGEST_NAME)
            raw.FPDFFont_GetBaseFontName(font, name, LONGEST_NAME)
            mode = raw.FPDFTextObj_GetTextRenderMode(shape)
            self._looks[key] = Look(
                quarter % 4 if abs(tilt) <= MOST_TILT else ASLANT,
                tilt,
                math.hypot(matrix.c, matrix.d),
                mode == FILLED_AND_STROKED
                or HEAVY <= raw.FPDFFont_GetWeight(font) <= 1000
                or bool(HEAVY_NAMES.search(name.value.decode("utf-8", "replace"))),
                mode == INVISIBLE,
                "Artifact" in self._tags(shape),
            )
        return self._looks[key]

    def _tags(self, shape: Any) -> list[str]:
        raw = self._raw
        name, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
        found = []
        for number in range(min(max(0, raw.FPDFPageObj_CountMarks(shape)), 8)):
            mark = raw.FPDFPageObj_GetMark(shape, number)
            if raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length):
                found.append(bytes(name)[: length.value].decode("utf-16-le", "replace").rstrip("\0"))
        return found

    def _hold(self, marks: list[Mark | None]) -> None:
        """Holds the page so that most of its text is level."""
        ways = Counter(mark.look.quarter for mark in marks if mark and mark.look.quarter != ASLANT)
        if ways and ways[self._quarters] < sum(ways.values()) / 2:
            self._quarters = ways.most_common(1)[0][0]
        tilts = sorted(mark.look.tilt for mark in marks if mark and mark.look.quarter == self._quarters)
        tilt = tilts[len(tilts) // 2] if tilts else 0.0
        self._tilt = math.radians(tilt) if abs(tilt) > LEAST_TILT else 0.0

    def _size(self) -> tuple[float, float]:
        width, height = self._right - self._left, self._top - self._bottom
        return (height, width) if self._quarters % 2 else (width, height)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as one of the page that is held upright, downwards from its upper left corner."""
        if self._quarters == 0:
            across, down = x - self._left, self._top - y
        elif self._quarters == 1:
            across, down = y - self._bottom, x - self._left
        elif self._quarters == 2:
            across, down = self._right - x, y - self._bottom
        else:
            across, down = self._top - y, self._right - x
        if self._tilt:
            sine, cosine = math.sin(self._tilt), math.cos(self._tilt)
            across, down = across * cosine - down * sine, across * sine + down * cosine
        return across, down

    def _placed(self, mark: Mark) -> tuple[float, float, float]:
        """Left and right end of a character, and what it stands on."""
        one, other = self._point(mark.box[0], mark.box[1]), self._point(mark.box[2], mark.box[3])
        return min(one[0], other[0]), max(one[0], other[0]), self._point(mark.x, mark.y)[1]

    def _box(self, edges: Any) -> Box:
        one, other = self._point(edges.left, edges.bottom), self._point(edges.right, edges.top)
        across, down = sorted((one[0], other[0])), sorted((one[1], other[1]))
        return Box(round(across[0], 2), round(down[0], 2), round(across[1], 2), round(down[1], 2))

    def _objects(self) -> tuple[tuple[Box, ...], int]:
        """The level lines of the page, and how many pictures it has."""
        raw = self._raw
        rules: list[Box] = []
        edges = raw.FS_RECTF()
        for number in range(min(raw.FPDFPage_CountObjects(self._page), MOST_OBJECTS)):
            shape = raw.FPDFPage_GetObject(self._page, number)
            if raw.FPDFPageObj_GetType(shape) != raw.FPDF_PAGEOBJ_PATH:
                continue
            if raw.FPDFPageObj_GetBounds(shape, *_floats(edges)):
                box = self._box(edges)
                if box.bottom - box.top <= THICKEST and box.right - box.left >= SHORTEST and len(rules) < MOST_RULES:
                    rules.append(box)
        budget = [MOST_OBJECTS]
        count, get = raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject
        return tuple(rules), self._pictures(self._page, count, get, DEEPEST, budget)

    def _pictures(self, holder: Any, count: Any, get: Any, depth: int, budget: list[int]) -> int:
        raw = self._raw
        found = 0
        for number in range(max(0, count(holder))):
            budget[0] -= 1
            if budget[0] < 0:
                break
            shape = get(holder, number)
            kind = raw.FPDFPageObj_GetType(shape)
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                found += 1
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth:
                found += self._pictures(
                    shape, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, depth - 1, budget
                )
        return found


def _is_downwards(glyphs: Sequence[Glyph]) -> bool:
    """True for a page on which most characters stand right under the one before: Han and Hangul of older print."""
    under = sum(
        abs(other.left - one.left) < 0.4 * one.size and 0.4 < (other.baseline - one.baseline) / one.size < 2.5
        for one, other in pairwise(glyphs)
    )
    return len(glyphs) > FEWEST_DOWN and under > DOWN * len(glyphs) and glyphs[0].size > 0


def _lain(glyph: Glyph, width: float) -> Glyph:
    middle = (glyph.left + glyph.right) / 2
    return glyph._replace(left=glyph.baseline - glyph.size, right=glyph.baseline, baseline=width - middle)


def _is_ligature(one: Mark | None, other: Mark) -> bool:
    """True for letters that one sign stands for, which all have its place."""
    return one is not None and one.box == other.box and one.look is other.look and not other.before


def _floats(edges: Any) -> list[Any]:
    """The four fields of a rectangle as PDFium fills them for `FPDFPageObj_GetBounds`."""
    kind = ctypes.POINTER(ctypes.c_float)
    return [
        ctypes.cast(ctypes.byref(edges, getattr(type(edges), name).offset), kind)
        for name in ("left", "bottom", "right", "top")
    ]
