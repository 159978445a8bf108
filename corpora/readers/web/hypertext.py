"""The paragraphs of HTML and XHTML, with the notes they call: what web pages and EPUB files share.

What a browser does not show (scripts, styles, templates, hidden elements, comments) is passed over, and so are controls.
Deletions are left out and insertions kept, as with tracked changes that are accepted.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpora.building import CONTROL
from corpora.readers.web.footnotes import Notes, types_of
from corpora.readers.web.paragraph import Paragraph, Piece

Element = Any
# HTML's own white space; a no-break space is a blank here too, as everywhere in a version.
BLANK = re.compile(r"\s+")
# A hyphen that is shown only where a line breaks, and marks that have no width: neither is part of a word.
UNSHOWN = re.compile("[\u00ad\u200b\u2060\ufeff]")
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# The kind of what stands in an element, where it is not that of what is around it.
KINDS: Mapping[str, str] = {
    **dict.fromkeys(HEADINGS, "heading"),
    "li": "list item", "dt": "list item", "dd": "list item",
    "td": "table cell", "th": "table cell",
    "caption": "caption", "figcaption": "caption",
}  # fmt: skip
# Elements that begin a paragraph (HTML Living Standard, 15.3.3 "Flow content", and the elements of tables and lists).
BLOCKS = frozenset(
    (
        *KINDS, "address", "article", "aside", "blockquote", "body", "center", "details", "dialog", "dir", "div", "dl",
        "fieldset", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "main", "menu", "nav", "ol", "p",
        "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "listing", "plaintext", "xmp",
    )
)  # fmt: skip
# Elements whose line breaks stand as they are.
AS_TYPED = frozenset(("pre", "listing", "plaintext", "xmp", "textarea"))
# Never shown as text.
SILENT = frozenset(
    (
        "applet", "area", "audio", "base", "basefont", "canvas", "col", "colgroup", "embed", "frame", "frameset", "head",
        "iframe", "link", "map", "meta", "noembed", "noframes", "noscript", "object", "param", "picture", "script",
        "source", "style", "svg", "template", "title", "track", "video", "annotation", "annotation-xml", "rp",
    )
)  # fmt: skip
CONTROLS = frozenset(("button", "datalist", "input", "meter", "option", "optgroup", "progress", "select", "textarea"))
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
# What a link beside a heading shows that leads to the heading itself.
PERMANENT = re.compile(r"[¶#§🔗\s]*")
LONGEST_MARK = 8
# A cell of a table holds a few paragraphs at most; one with more is a part of the page.
MOST_IN_CELL = 3
# What the numbers of printed pages are called that stand in the text.
PAGES = frozenset(("pagebreak", "doc-pagebreak", "pagenum", "pageno", "page-number"))


@dataclass(frozen=True, slots=True)
class Taken:
    """The paragraphs in order, and how often something was passed over, by what it is."""

    pieces: list[Piece]
    passed: Counter[str]


@dataclass(slots=True)
class _Frame:
    """What holds inside an element."""

    kind: str
    language: str
    as_typed: bool = False
    row: str = ""
    note: str = ""
    is_block: bool = False
    closing: str = ""


def taken(root: Element, notes: Notes | None = None, file: str = "") -> Taken:
    """The paragraphs under an element.

    Args:
        root: as lxml parsed it.
        notes: the notes that are called; without them every link is text.
        file: what the names of the notes begin with where several files make up a text.
    """
    return _Walk(notes or Notes(), file).over(root)


def tag_of(element: Element) -> str:
    """The name of an element in small letters without its namespace, "" for comments and the like."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""


def is_hidden(element: Element) -> bool:
    """True where the element itself says that it is not shown."""
    return element.get("hidden") is not None or bool(HIDDEN.search(element.get("style") or ""))


class _Walk:
    """One way through a tree, without recursion: trees may be deep."""

    def __init__(self, notes: Notes, file: str) -> None:
        self._notes, self._file = notes, file
        self._found: list[Piece] = []
        self._passed: Counter[str] = Counter()
        self._now = Paragraph()
        # What the paragraph stands in, once it has a word.
        self._begun: tuple[_Frame, Element] | None = None
        self._signed: set[str] = set()
        self._rows = 0

    def over(self, root: Element) -> Taken:
        from lxml import etree

        frames = [_Frame("", _language_above(root))]
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                if element.tag is etree.Entity or self._is_passed(element):
                    frames.append(frames[-1])
                    walk.skip_subtree()
                else:
                    self._open(element, frames)
                    self._write(element.text, frames[-1], element)
            elif event == "end":
                frame = frames.pop()
                if frame is not frames[-1]:
                    self._close(frame)
            if event != "start" and element is not root:
                self._write(element.tail, frames[-1], element.getparent())
        self._end()
        return Taken(self._found, self._passed)

    def _is_passed(self, element: Element) -> bool:
        tag = tag_of(element)
        if tag in SILENT:
            if tag in ("picture", "svg", "video", "audio", "object", "embed", "iframe"):
                self._passed["embedded"] += 1
            return True
        if tag == "del":
            self._passed["deletion"] += 1
            return True
        if element.attrib and types_of(element) & PAGES:
            self._passed["page"] += 1
            return True
        if tag in CONTROLS:
            self._passed["control"] += 1
            return True
        if tag == "rt":
            self._passed["reading"] += 1
            return True
        if is_hidden(element):
            self._passed["hidden"] += bool("".join(element.itertext()).strip())
            return True
        return self._is_link_only(element, tag)

    def _is_link_only(self, element: Element, tag: str) -> bool:
        """True for a link that is no text: it calls a note, leads back from one, or leads to its own heading."""
        if tag == "img":
            self._passed["embedded"] += 1
            return True
        if call := self._notes.calls.get(element):
            self._now.call(call)
            return element not in self._notes.worded
        if element in self._notes.returns:
            return True
        if tag != "a" or not (element.get("href") or "").startswith("#"):
            return False
        shown = "".join(element.itertext())
        return len(shown) <= LONGEST_MARK and bool(PERMANENT.fullmatch(shown)) and bool(shown.strip())

    def _open(self, element: Element, frames: list[_Frame]) -> None:
        above, tag = frames[-1], tag_of(element)
        frame = _Frame(
            above.kind,
            element.get("lang") or element.get(XML_LANGUAGE) or above.language,
            above.as_typed or tag in AS_TYPED,
            above.row,
            above.note,
            tag in BLOCKS,
        )
        if note := self._notes.bodies.get(element):
            frame.kind, frame.note, frame.is_block = self._notes.kinds[note], note, True
        if frame.is_block:
            self._end()
        if tag in KINDS and not frame.note and not (tag in ("td", "th") and _is_for_layout(element)):
            frame.kind = KINDS[tag]
        elif tag in ("td", "th", "table") and not frame.note:
            frame.kind = ""
        if tag == "tr":
            self._rows += 1
            frame.row = f"{self._file} {self._rows}"
        elif tag == "br":
            self._now.breaks += 1
        elif tag == "ins":
            self._passed["insertion"] += 1
        elif tag == "q":
            self._write("“", frame, element)
            frame.closing = "”"
        frames.append(frame)

    def _close(self, frame: _Frame) -> None:
        if frame.closing:
            self._now.add(frame.closing, frame.language)
        if frame.is_block:
            self._end()

    def _write(self, text: str | None, frame: _Frame, element: Element) -> None:
        if not text:
            return
        text = unicodedata.normalize("NFC", UNSHOWN.sub("", CONTROL.sub("", text)))
        if not frame.as_typed:
            self._words(text, frame, element)
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._now.breaks += 1
            self._words(line, frame, element)

    def _words(self, text: str, frame: _Frame, element: Element) -> None:
        words = BLANK.sub(" ", text)
        if words.strip(" ") and self._now.is_over:
            self._end()
        if self._now.add(words, frame.language):
            self._begun = self._begun or (frame, element)

    def _end(self) -> None:
        """Ends the paragraph, if one was begun."""
        now, begun, self._now, self._begun = self._now, self._begun, Paragraph(), None
        if begun is None:
            if now.calls and self._found:
                self._found[-1] = self._found[-1].calling(note for _, note in now.calls)
            return
        frame, element = begun
        sign = None
        if frame.note and frame.note not in self._signed:
            self._signed.add(frame.note)
            sign = self._notes.signs.get(frame.note, "")
        text, calls = now.tidied(sign)
        if text:
            self._found.append(Piece(text, frame.kind, now.language, element, calls, frame.note, frame.row))


def _language_above(element: Element) -> str:
    for one in (element, *element.iterancestors()):
        if code := one.get("lang") or one.get(XML_LANGUAGE):
            return str(code)
    return ""


def _is_for_layout(cell: Element) -> bool:
    """True for a cell that holds a page's text and not a table's: other tables, headings, or several long paragraphs."""
    if (
        next(cell.iterdescendants("{*}table", "{*}h1", "{*}h2", "{*}h3", "{*}h4", "{*}article", "{*}main"), None)
        is not None
    ):
        return True
    return sum(1 for _ in cell.iterchildren("{*}p")) > MOST_IN_CELL
