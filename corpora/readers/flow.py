"""The running text of a word processor's file as it is collected: its paragraphs, the notes called in them, the comments on them.

Readers write the paragraphs as they come and end each of them; what stands at characters of a paragraph is told by marks.
"""

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpora.building import Builder, places
from corpora.contents import Remark
from corpora.document import Block

# A hyphen that is shown only where a line breaks, and marks that have no width: neither is part of a word.
UNSHOWN = re.compile("[\u00ad\u200b\u2060\ufeff]")
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Call:
    """A footnote or endnote (`kind`) called at character `anchor`, by the name it has in its file."""

    kind: str
    key: str
    anchor: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment by the name it has in its file; `parent` is the one it answers, `created` is ISO 8601 in UTC or ""."""

    key: str
    text: str
    author: str = ""
    created: str = ""
    parent: str = ""


class Flow:
    """The text of a version, its calls of notes and the places of its comments, as they are written."""

    def __init__(self) -> None:
        self.builder = Builder()
        self.calls: list[Call] = []
        self.blocks: list[Block] = []
        self._lead = ""
        self._pieces: list[str] = []
        self._size = 0
        # Offsets in the paragraph, each with what stands there: the kind of a note or of a comment's mark, and its name.
        self._marks: list[tuple[int, str, str]] = []
        self._edges: dict[str, list[int]] = {}
        self._points: dict[str, int] = {}
        self._called: set[tuple[str, str]] = set()

    @property
    def is_open(self) -> bool:
        """True while a paragraph is being written."""
        return bool(self._pieces or self._marks)

    def lead(self, text: str) -> None:
        """What stands before the paragraph's own characters, a list's number or bullet; nothing where it has none."""
        self._lead = text

    def write(self, text: str) -> None:
        """Adds characters to the paragraph."""
        if text := UNSHOWN.sub("", text):
            self._pieces.append(text)
            self._size += len(text)

    def call(self, kind: str, key: str) -> None:
        """A note of this kind is called here; only the first call of a note counts."""
        self._marks.append((self._size, kind, key))

    def edge(self, key: str) -> None:
        """What a comment is about begins or ends here."""
        self._marks.append((self._size, "edge", key))

    def point(self, key: str) -> None:
        """A comment stands here; only heeded where nothing says what it is about."""
        self._marks.append((self._size, "point", key))

    def end(
        self, kind: str = "", *, anchor: int | None = None, group: int | None = None, confirmed: bool = False
    ) -> Block | None:
        """The block that the paragraph becomes, None where nothing is left of it; the arguments are those of `Block`."""
        text, marks, lead = "".join(self._pieces), self._marks, self._lead
        self._pieces, self._size, self._marks, self._lead = [], 0, [], ""
        text, shift = (lead + text, len(lead)) if text.strip() else ("", 0)
        before = self.blocks[-1].stop if self.blocks else 0
        block = self.builder.add(text, kind, anchor=anchor, group=group, confirmed=confirmed)
        if block:
            self.blocks.append(block)
        if marks:
            offsets = places(text, [offset + shift for offset, _, _ in marks]) if block else [0] * len(marks)
            start = block.start if block else before
            for offset, (_, what, key) in zip(offsets, marks, strict=True):
                self._place(what, key, start + offset)
        return block

    def _place(self, what: str, key: str, place: int) -> None:
        if what == "edge":
            self._edges.setdefault(key, []).append(place)
        elif what == "point":
            self._points.setdefault(key, place)
        elif (what, key) not in self._called:
            self._called.add((what, key))
            self.calls.append(Call(what, key, place))

    def remarks(self, comments: Sequence[Comment], version: int = 0) -> Iterator[Remark]:
        """The comments that stand in the text, in the order of their places; an answer stands where its question does."""
        text = self.builder.text
        parents = {comment.key: comment.parent for comment in comments}
        found = []
        for comment in comments:
            span = self._span(comment.key, text) or self._span(parents.get(comment.key, ""), text)
            if span and comment.text:
                found.append(Remark(version, *span, comment.text, comment.author, comment.created))
        yield from sorted(found, key=lambda remark: (remark.start, remark.created))

    def _span(self, key: str, text: str) -> tuple[int, int] | None:
        edges = self._edges.get(key) or ([self._points[key]] if key in self._points else [])
        if not edges or not text:
            return None
        first, last = min(edges), max(edges)
        # Without a copy: each of many comments may be about the whole text.
        start, stop = first, last
        while start < stop and text[start].isspace():
            start += 1
        while start < stop and text[stop - 1].isspace():
            stop -= 1
        return (start, stop) if start < stop else self._about(text, first)

    def _about(self, text: str, place: int) -> tuple[int, int]:
        """The word at a place, or before it; the whole paragraph where there is none."""
        number = max(0, bisect.bisect_right(self.blocks, place, key=lambda block: block.start) - 1)
        block = self.blocks[number]
        start = block.start
        for word in WORD.finditer(text, max(start, place - 100), block.stop):
            if word.start() > place:
                break
            if word.end() >= place - 1:
                return word.span()
        return start, block.stop
