"""A paragraph of HTML: as it is collected, word by word, and as it is when it is whole."""

import re
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

Element = Any
# How a note begins where its sign is written, or where the link with the sign was taken out.
SIGNED = r"(?:\[\s*(?:SIGN)?\s*\]|\(\s*(?:SIGN)?\s*\)|(?:SIGN)[.:)]?(?=\s)|[.:)^](?=\s))\s*"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph: its text, what its element says of it, the element it began in, and the row of a table it stands in.

    `calls` are the notes called in it, each with the character at which it is; `note` is the one that it belongs to.
    """

    text: str
    kind: str
    language: str
    element: Element
    calls: tuple[tuple[int, str], ...] = ()
    note: str = ""
    row: str = ""

    def calling(self, notes: Iterable[str]) -> "Piece":
        """The same with notes that are called at its end."""
        return replace(self, calls=self.calls + tuple((len(self.text), note) for note in notes))


@dataclass(slots=True)
class Paragraph:
    """A paragraph as it is collected; `breaks` are the line breaks wanted before its next word."""

    parts: list[str] = field(default_factory=list)
    calls: list[tuple[int, str]] = field(default_factory=list)
    breaks: int = 0
    _size: int = 0
    _gap: bool = False
    _letters: Counter[str] = field(default_factory=Counter)

    @property
    def is_over(self) -> bool:
        """True where an empty line was seen behind its last word."""
        return self.breaks > 1 and self._size > 0

    @property
    def language(self) -> str:
        """The language that most of it is marked with."""
        return max(self._letters, key=lambda one: self._letters[one])

    def add(self, words: str, language: str) -> bool:
        """Adds words with single blanks between, before and behind them; False where there are none."""
        shown = words.strip(" ")
        self._gap = self._gap or words.startswith(" ")
        if not shown:
            return False
        if self._size and (self.breaks or self._gap):
            self._put("\n" if self.breaks else " ")
        self.breaks = 0
        self._put(shown)
        self._letters[language] += len(shown)
        self._gap = words.endswith(" ")
        return True

    def call(self, note: str) -> None:
        """A note is called behind the last word."""
        self.calls.append((self._size, note))

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self._size += len(text)

    def tidied(self, sign: str | None) -> tuple[str, tuple[tuple[int, str], ...]]:
        """The paragraph without the brackets that stood around the marks of its notes, and where it calls which.

        Args:
            sign: what the note is called by that begins here, which is no part of it; None where none begins.
        """
        text, calls = "".join(self.parts), self.calls
        cuts = [
            (at - 1 - (text[at - 2 : at - 1] == " "), at + 1)
            for at, _ in calls
            if text[at - 1 : at + 1] in ("[]", "()")
        ]
        if sign is not None and (
            begin := re.match(SIGNED.replace("SIGN", re.escape(sign) or "(?!)"), text, re.IGNORECASE)
        ):
            cuts.insert(0, begin.span())
        pieces, kept, place, gone = [], [], 0, 0
        told = deque(self.calls)
        for start, stop in (*cuts, (len(text), len(text))):
            pieces.append(text[place : max(start, place)])
            while told and told[0][0] <= stop:
                at, note = told.popleft()
                kept.append((min(at, max(start, place)) - gone, note))
            gone += max(stop, place) - max(start, place)
            place = max(stop, place)
        return "".join(pieces), tuple(kept)
