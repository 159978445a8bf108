"""hOCR, the output of recognition programs (Breuel 2007) -> words with their places."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from corpora.readers.drawn.page import Word

LINES = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat")
BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
SIZE, CONFIDENCE = re.compile(r"x_size ([\d.]+)"), re.compile(r"x_wconf (\d+)")
HANGUL = re.compile("[가-힣]")
# How wide a syllable of Hangul is, as a share of the size of its type, with its part of the blanks; other letters.
SYLLABLE, OTHER = 1.05, 0.5
# Specks are read as signs without letters, with little confidence.
SPECK = 0.4
SUREST = 0.99


def words(root: Any, text: str, dots: int) -> list[Word]:
    """The words of a page, line by line.

    Args:
        root: the hOCR.
        text: the same as plain text, line by line, whose blanks count; "" to have one behind every word.
        dots: an inch.
    """
    blanks = [line for line in text.splitlines() if line.strip()]
    found: list[Word] = []
    for line in root.iter("{*}span"):
        if line.get("class") not in LINES:
            continue
        read = list(_line(line, 72 / dots))
        if not read:
            continue
        letters = "".join(word.text for word in read)
        while blanks and "".join(blanks[0].split()) != letters:
            # What the text has besides is of no line of words: a rule, a picture.
            if not any("".join(other.split()) == letters for other in blanks):
                break
            del blanks[0]
        found += _with_blanks(read, blanks.pop(0) if blanks and "".join(blanks[0].split()) == letters else "")
    return [word for word in found if word.confidence >= SPECK or any(map(str.isalnum, word.text))]


def _line(line: Any, inch: float) -> Iterator[Word]:
    title = line.get("title", "")
    box, slope, stated = BOX.search(title), BASELINE.search(title), SIZE.search(title)
    if not box:
        return
    left, top, right, bottom = map(int, box.groups())
    rise, offset = (float(slope[1]), float(slope[2])) if slope else (0.0, -0.2 * (bottom - top))
    # The middle of the line tells its height: a scan is never quite level.
    baseline = bottom + offset + rise * (right - left) / 2
    pieces = []
    for word in line.iter("{*}span"):
        own = word.get("title", "")
        place, sure = BOX.search(own), CONFIDENCE.search(own)
        text = "".join("".join(word.itertext()).split())
        if word.get("class") == "ocrx_word" and place and text:
            pieces.append((text, int(place[1]), int(place[3]), min(SUREST, int(sure[1]) / 100) if sure else 0.0))
    size = _size([piece[0] for piece in pieces], right - left, float(stated[1]) if stated else float(bottom - top))
    # Boxes of syllables overlap; the order of the words is sure.
    edge = left
    for text, start, stop, confidence in pieces:
        start, stop = max(start, edge), max(stop, edge)
        edge = stop
        yield Word(text, start * inch, stop * inch, baseline * inch, size * inch, confidence=confidence)


def _size(texts: Sequence[str], wide: int, stated: float) -> float:
    """The size of the type of a line: the stated one, but for Hangul, which tells by the number of its syllables."""
    syllables = sum(len(HANGUL.findall(text)) for text in texts)
    others = sum(map(len, texts)) - syllables
    if syllables <= others:
        return stated
    return min(stated, wide / (SYLLABLE * syllables + OTHER * others))


def _with_blanks(read: Sequence[Word], line: str) -> list[Word]:
    """The words of a line, each with whether a blank stands behind it; those without one are glued together."""
    found, place = [], 0
    glued = False
    for number, word in enumerate(read):
        place += len(word.text)
        is_last = number + 1 == len(read)
        has_blank = not is_last and (not line or line[place : place + 1].isspace())
        while line[place : place + 1].isspace():
            place += 1
        found.append(replace(word, blank=has_blank, glued=glued))
        glued = not has_blank
    return found
