"""A page as it is drawn: words with their places, lines and pictures.

Lengths are points (1/72 inch) from the upper left corner of the page as a reader holds it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """Characters that were drawn side by side.

    Args:
        text: without blanks.
        left: where it begins.
        right: where it ends.
        baseline: what its letters stand on.
        size: of its type.
        bold: its type is heavy.
        glued: no blank stands between it and the word before, from which it differs in size or height.
        blank: a blank was drawn behind it, which tells something only at the end of a line.
        hidden: it is not visible: the text layer of a scan.
        aside: the file itself says that it is no part of the text.
        unknown: how many of its characters the file draws without saying which they are.
        confidence: how sure a machine is that it read it right, 0..1; 1 where none had to.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    glued: bool = False
    blank: bool = False
    hidden: bool = False
    aside: bool = False
    unknown: int = 0
    confidence: float = 1.0

    @property
    def top(self) -> float:
        """Where its capitals end, at the usual height of a capital."""
        return self.baseline - CAPITAL * self.size

    @property
    def bottom(self) -> float:
        """Where its tails end, at their usual depth."""
        return self.baseline + TAIL * self.size


# Heights over and under the baseline as a share of the size of type: those of common book types.
CAPITAL, TAIL = 0.72, 0.22


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of a page."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody noted on a page with a PDF viewer, and the stretches it is about."""

    text: str
    author: str
    created: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Args:
        number: its place in the file, from 1 on.
        width: of the page as a reader holds it.
        height: likewise.
        words: as they were drawn, in that order.
        rules: thin level lines.
        turned: lines of text that are written upwards, downwards or aslant.
        pictures: how many there are.
        comments: of people, by a PDF viewer.
        fields: of a form, how many there are.
        doubled: how many characters were drawn a second time on the same place.
        outside: how many characters stand outside the page, where nobody sees them.
        damaged: it could not be read.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    rules: tuple[Box, ...] = ()
    turned: tuple[str, ...] = ()
    pictures: int = 0
    comments: tuple[Comment, ...] = ()
    fields: int = 0
    doubled: int = 0
    outside: int = 0
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file says of itself: how many pages it has, its title, and its headings with their pages."""

    pages: int
    title: str = ""
    outline: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a file or a page of it was not read, as the end of a sentence."""

    why: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it looks: one byte of grey a pixel, line by line from the top."""

    number: int
    width: int
    height: int
    dots: int
    pixels: bytes
