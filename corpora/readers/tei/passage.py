"""The nouns of reading a TEI text: passages in the making, places in them, and the elements that are open."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from corpora.building import CONTROL
from corpora.document import Block

BLANKS = re.compile(r"\s+")


@dataclass(slots=True, eq=False)
class Passage:
    """A paragraph in the making.

    `key` is the element it stands in, with its own place there; `called` where a note is called; `block`
    what becomes of it, in which `version`.
    """

    kind: str = ""
    id: str = ""
    group: int | None = None
    language: str = ""
    key: tuple[Any, int] = (None, 0)
    called: "Place | None" = None
    block: Block | None = None
    version: int = 0
    length: int = 0
    pieces: list[str] = field(default_factory=list)
    is_joined: bool = False

    @property
    def text(self) -> str:
        """What was read so far."""
        return "".join(self.pieces)

    def add(self, text: str) -> None:
        """Reads on, with single blanks."""
        text = BLANKS.sub(" ", unicodedata.normalize("NFC", CONTROL.sub("", text)))
        if self.is_joined or not self.pieces or self.pieces[-1][-1] in " \n":
            text = text.lstrip(" ")
        if text:
            self.pieces.append(text)
            self.length += len(text)
            self.is_joined = False

    def end_line(self) -> None:
        """Begins a new line."""
        self.trim()
        if self.pieces:
            self.pieces.append("\n")
            self.length += 1

    def join(self, hyphens: str = "") -> None:
        """Lets what follows go on without a blank; one of these hyphens at the end goes."""
        self.trim(" \n\u00ad" if hyphens else " \n")
        if hyphens and self.pieces and self.pieces[-1][-1] in hyphens and self.pieces[-1][-2:-1].isalpha():
            self.trim(hyphens)
        self.is_joined = True

    def trim(self, characters: str = " \n") -> None:
        """Takes these characters off the end."""
        while self.pieces:
            kept = self.pieces[-1].rstrip(characters)
            self.length -= len(self.pieces[-1]) - len(kept)
            if kept:
                self.pieces[-1] = kept
                return
            self.pieces.pop()


@dataclass(frozen=True, slots=True)
class Place:
    """A character of a passage; `index` is the passage's place among those of the text, for one that stays empty."""

    passage: Passage
    offset: int
    index: int


@dataclass(frozen=True, slots=True)
class Opened:
    """An element that is open and says something of the passages in it."""

    element: Any = None
    kind: str = ""
    id: str = ""
    group: int | None = None
    language: str = ""
    is_passage: bool = False


@dataclass(slots=True)
class Aside:
    """A note or figure that is open: where it is called, what the file calls it, and whether anything of it was read."""

    element: Any
    id: str
    called: Place | None
    is_read: bool = False
