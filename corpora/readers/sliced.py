"""Markdown line by line, before it is parsed: footnotes and comments taken out, the rest cut into slices.

A slice ends at a blank line behind which no list, quotation or code block goes on, so that each can be parsed alone: the
parser holds a slice in memory many times over.
"""

import re
from dataclasses import dataclass, field

# Characters from which on a slice ends where it can.
SLICE = 50_000
FENCE = re.compile(r" {0,3}(?P<sign>`{3,}(?=[^`]*$)|~{3,})")
FOOTNOTE = re.compile(r" {0,3}\[\^(?P<label>[^\]\s]{1,60})\]:[ \t]*(?P<text>.*)")
ADDRESS = re.compile(r" {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*\S")
# How a line begins that belongs to the list, quotation, table or code before a blank line.
GOES_ON = re.compile(r"[ \t>|]|[-*+][ \t]|\d{1,9}[.)][ \t]")
OPEN, CLOSE = "<!--", "-->"
BORDER = re.compile(f"({OPEN}|{CLOSE})")


@dataclass(slots=True)
class Sliced:
    """The slices of a text, the lines of its footnotes by label, those that give links' addresses, and its comments' number."""

    slices: list[str] = field(default_factory=list)
    footnotes: dict[str, list[str]] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    comments: int = 0


class _Comments:
    """Takes comments out of lines; what is never closed is none."""

    def __init__(self, text: str) -> None:
        self.count, self._inside, self._place, self._last = 0, False, 0, text.rfind(CLOSE)

    def without(self, line: str, is_code: bool) -> str:
        """The next line of the text, without comments where it is no code."""
        start, self._place = self._place, self._place + len(line) + 1
        if not self._inside and (is_code or OPEN not in line):
            return line
        kept = []
        for piece in BORDER.split(line):
            if self._inside:
                self._inside = piece != CLOSE
            elif piece == OPEN and start < self._last:
                self._inside, self.count = True, self.count + 1
            else:
                kept.append(piece)
            start += len(piece)
        return "".join(kept)


def sliced(text: str) -> Sliced:
    """The text cut into slices, in order."""
    found, comments = Sliced(), _Comments(text)
    kept: list[str] = []
    size, fence, after_blank = 0, "", True
    note: list[str] | None = None
    for raw in text.split("\n"):
        line = comments.without(raw, bool(fence))
        is_blank = not line.strip()
        definition = None if fence else FOOTNOTE.match(line)
        if definition and definition["label"] not in found.footnotes:
            note = found.footnotes[definition["label"]] = [definition["text"]]
        elif note is not None and (is_blank or not after_blank or line[0] in " \t"):
            note.append(line.strip())
        else:
            note = None
            if size > SLICE and after_blank and not (is_blank or fence or GOES_ON.match(line)):
                found.slices.append("\n".join(kept))
                kept, size = [], 0
            fence = _fence(line, fence)
            if not fence and ADDRESS.match(line):
                found.addresses.append(line)
            kept.append(line)
            size += len(line) + 1
        after_blank = is_blank
    found.slices.append("\n".join(kept))
    found.comments = comments.count
    return found


def _fence(line: str, fence: str) -> str:
    """The sign that opened the block of code that the line is in or opens, "" where it is in none."""
    if not fence:
        opened = FENCE.match(line)
        return opened["sign"] if opened else ""
    closes = len(line.strip()) >= len(fence) and set(line.strip()) == {fence[0]}
    return "" if closes else fence
