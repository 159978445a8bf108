"""The text of a translation unit without the codes in it: what TMX, XLIFF 1.2 and XLIFF 2 put into segments.

Source: TMX 1.4b (LISA OSCAR 2005), section "Content Markup"; XLIFF 1.2 (OASIS 2008), 2.3; XLIFF 2.1 (OASIS 2018), 4.3.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

# Elements whose content is code of the original format, save what stands in `sub`; those that are code and hold
# nothing; those that stand around text.
HOLDING, EMPTY, AROUND = ("bpt", "ept", "it", "ph", "ut"), ("x", "bx", "ex", "sc", "ec"), ("g", "pc", "hi")
# Codes that part words.
BREAK = re.compile(r"\s*(?:\\r)?\\n\s*|\s*<br\s*/?>\s*|[^\S\n]*\n\s*", re.IGNORECASE)
TAB = re.compile(r"\s*\\t\s*|\t+")
BREAKS = ("lb", "x-br", "x-lb")
NOTES = ("fnote", "footnote", "x-footnote", "enote", "endnote")
# What Trados Studio marks as taken out of a text by a person whose changes are tracked.
DELETED, ADDED = ("x-sdl-deleted", "x-sdl-feedback-deleted"), ("x-sdl-added", "x-sdl-feedback-added")


@dataclass(slots=True)
class Mark:
    """Characters `start:stop` that an annotation stands on."""

    element: Any
    start: int
    stop: int


@dataclass(slots=True)
class Inline:
    """The text of an element, and what was found in it.

    `subs` are texts of their own inside codes (a footnote, the title of a link): where they are called, what they are,
    and their text.
    """

    text: str = ""
    codes: int = 0
    tracked: int = 0
    segments: list[Mark] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    subs: list[tuple[int, str, str]] = field(default_factory=list)


def name(element: Any) -> str:
    """The name of an element without its namespace."""
    tag: str = element.tag
    return tag.rpartition("}")[2]


def attribute(element: Any, wanted: str) -> str:
    """The value of an attribute in whatever namespace, "" where there is none."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == wanted), "")


def children(element: Any, *names: str) -> Iterator[Any]:
    """The children of an element that have one of these names."""
    return (child for child in element if isinstance(child.tag, str) and name(child) in names)


def child(element: Any, wanted: str) -> Any | None:
    """The first child of an element with this name, None when there is none."""
    return next(children(element, wanted), None)


def flat(element: Any) -> Inline:
    """The text of an element without codes."""
    walk = _Walk()
    for kind, value in _steps(element):
        if kind == "text":
            walk.take(value)
        elif kind == "start":
            walk.open(value)
        else:
            walk.close(value)
    walk.found.text = "".join(walk.pieces)
    return walk.found


def words(element: Any) -> str:
    """All text in an element, whatever stands around it."""
    return "".join(value for kind, value in _steps(element) if kind == "text")


def _steps(element: Any) -> Iterator[tuple[str, Any]]:
    """The texts in an element and the starts and ends of elements in it, in reading order; no deeper than the file."""
    if element.text:
        yield "text", element.text
    around = [(element, iter(element))]
    while around:
        inner = next(around[-1][1], None)
        if inner is None:
            ended, _ = around.pop()
            if around:
                yield "end", ended
                if ended.tail:
                    yield "text", ended.tail
        elif isinstance(inner.tag, str):
            yield "start", inner
            if inner.text:
                yield "text", inner.text
            around.append((inner, iter(inner)))
        else:
            # An entity that nothing here declares: those of HTML are known all the same.
            yield "text", html.unescape(inner.text or "")
            if inner.tail:
                yield "text", inner.tail


class _Walk:
    """What is known half-way through an element."""

    def __init__(self) -> None:
        self.found = Inline()
        self.pieces: list[str] = []
        self._length = 0
        # Where text goes: into the text itself (""), a code, a text in a code, or away with what was deleted.
        self._inside: list[tuple[str, list[str]]] = [("", self.pieces)]
        self._open: list[Mark] = []
        self._spans: dict[str, Mark] = {}

    def take(self, text: str) -> None:
        """Text, wherever it belongs."""
        inside, pieces = self._inside[-1]
        pieces.append(text)
        if not inside:
            self._length += len(text)

    def open(self, element: Any) -> None:
        """The start of an element."""
        tag, (inside, pieces) = name(element), self._inside[-1]
        if tag in HOLDING or tag in EMPTY or tag in AROUND:
            self.found.codes += 1
        if tag in HOLDING and inside != "deleted":
            inside, pieces = "code", []
        elif tag == "sub" and inside == "code":
            inside, pieces = "sub", []
        elif tag == "mrk" and self._mark(element):
            inside, pieces = "deleted", []
        elif tag == "sm":
            self._spans[element.get("id", "")] = Mark(element, self._length, self._length)
        elif tag == "em" and (mark := self._spans.pop(element.get("startRef", ""), None)):
            mark.stop = self._length
            self.found.marks.append(mark)
        elif tag == "cp":
            self.take(_character(element.get("hex", "")))
        self._inside.append((inside, pieces))

    def _mark(self, element: Any) -> bool:
        """Notes an annotation; True for one on words that were deleted."""
        kind = element.get("mtype") or element.get("type", "")
        self.found.tracked += kind in DELETED or kind in ADDED
        mark = Mark(element, self._length, self._length)
        self._open.append(mark)
        (self.found.segments if kind == "seg" else self.found.marks).append(mark)
        return kind in DELETED

    def close(self, element: Any) -> None:
        """The end of an element."""
        tag, (inside, pieces) = name(element), self._inside.pop()
        if tag == "mrk":
            self._open.pop().stop = self._length
        elif inside == "sub" and tag == "sub":
            self.found.subs.append((self._length, _kind(element), "".join(pieces)))
        elif tag in HOLDING or tag in EMPTY:
            self._part(element, "".join(pieces) if inside == "code" else "")

    def _part(self, element: Any, code: str) -> None:
        """A line end or a blank for a code that stands for one: words do not run together."""
        if self._inside[-1][0] in ("code", "deleted"):
            return
        kind = (element.get("ctype") or element.get("type", "")).lower()
        if kind in BREAKS or BREAK.fullmatch(code):
            self.take("\n")
        elif TAB.fullmatch(code):
            self.take(" ")


def _kind(sub: Any) -> str:
    """The kind of the block that a text inside a code becomes."""
    around = sub.getparent()
    said = (sub.get("type") or sub.get("ctype") or around.get("type") or around.get("ctype") or "").lower()
    return ("endnote" if said.startswith("en") else "footnote") if said in NOTES else "paragraph"


def _character(hexadecimal: str) -> str:
    """The character with this code point, "" where there is none."""
    try:
        return chr(int(hexadecimal, 16))
    except (ValueError, OverflowError):
        return ""
