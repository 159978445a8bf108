"""The walk through an OpenDocument text: paragraphs, lists, tables, text boxes and notes, with all changes accepted."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from corpora.building import clean
from corpora.readers.flow import Comment, Flow
from corpora.readers.odt.package import Package, attribute, child, long, number, short
from corpora.readers.odt.styles import Count, Level, Styles
from corpora.readers.stated import in_utc
from corpora.readers.symbols import PRIVATE

# White space of the file itself; what is meant as such is marked.
SPACE = re.compile(r"[ \t\r\n]+")
EAST_ASIAN = re.compile("[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]")
# What the program makes of the text itself.
INDEXES = {
    "text:table-of-content": "front matter", "text:illustration-index": "front matter", "text:table-index": "front matter",
    "text:object-index": "front matter", "text:alphabetical-index": "apparatus",
}  # fmt: skip
# Elements between paragraphs that hold no text of the document, and those within them.
SKIPPED = re.compile(
    r"(?:text:[a-z-]+-(?:decls|source)|text:tracked-changes|text:soft-page-break|text:change(?:-start|-end)?|office:forms"
    r"|svg:.*|draw:(?:enhanced-geometry|glue-point)|office:event-listeners|table:(?:title|desc|table-columns?"
    r"|table-header-columns|table-source|covered-table-cell))"
)
UNSEEN = (
    "text:soft-page-break",
    "text:number",
    "text:note-citation",
    "svg:title",
    "svg:desc",
    "office:event-listeners",
)
EDGES = ("text:change-start", "text:change-end")
SIGNS = {"text:tab": "\t", "text:line-break": "\n"}
SIGNS_OF_EQUATIONS = ("math:mi", "math:mn", "math:mo", "math:ms", "math:mtext")
OBJECTS = ("draw:object-ole", "draw:plugin", "draw:applet", "draw:floating-frame")
# Paragraphs after which is told how far the reading is.
STEP = 200


class Body:
    """Writes the text of elements into a flow.

    Args:
        flow: what is written into.
        package: the file's parts.
        styles: its styles.
        done: is told how many paragraphs are read, now and then.
    """

    def __init__(
        self, flow: Flow, package: Package, styles: Styles, done: Callable[[int], None] = lambda count: None
    ) -> None:
        self.flow = flow
        self.counts: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.comments: list[Comment] = []
        # The bodies of the notes that were called, by their names.
        self.notes: dict[str, Any] = {}
        self._package, self._styles, self._done = package, styles, done
        self._paragraphs = 0
        # Deleted text by the name of its change. A flat file has it in the text, between two marks: those that are open.
        self._deleted: dict[str, Any] = {}
        self._deleting: set[str] = set()
        # The kind of a paragraph whose end was deleted: it goes on in the next one.
        self._carried = ""
        # Lists by their names, and the last one in each style.
        self._lists: dict[str, Count] = {}
        self._last: dict[str, Count] = {}
        self._outline = Count()
        self._boxes: list[Any] = []
        self._was_hidden = False
        self._kind = ""
        self._anchor: int | None = None
        # The family and name of the style that says in which language the characters are.
        self._style = ("paragraph", "")

    def story(self, element: Any, kind: str = "", anchor: int | None = None) -> None:
        """Writes the paragraphs of an element, all of this kind where one is given."""
        self._anchor = anchor
        with self._within(kind):
            self._blocks(element)
        self._anchor = None

    @contextmanager
    def _within(self, kind: str) -> Iterator[None]:
        """Paragraphs have this kind inside, unless they stand in something that has one."""
        before = self._kind
        self._kind = before or kind
        yield
        self._kind = before

    def _blocks(self, element: Any) -> None:
        for inner in element:
            name = short(inner.tag)
            if name in ("text:p", "text:h"):
                self._paragraph(inner, name)
            elif name == "text:list":
                self._list(inner, 1, "", None)
            elif name == "text:numbered-paragraph":
                self._numbered(inner)
            elif name == "text:tracked-changes":
                self._changes(inner)
            elif name in EDGES:
                self._edge(inner, name)
            elif SKIPPED.fullmatch(name) or self._is_away(inner, name):
                continue
            elif name.startswith("draw:"):
                self._drawing(inner)
                self._empty_boxes()
            elif name in INDEXES or name == "table:table":
                with self._within(INDEXES.get(name, "table cell")):
                    self._blocks(inner)
            else:
                self._blocks(inner)
        if self.flow.is_open:
            self._end(self._carried)

    def _edge(self, element: Any, name: str) -> None:
        """Deleted text in the text itself begins or ends."""
        change = attribute(element, "text:change-id")
        if name == "text:change-start" and change in self._deleted:
            self._deleting.add(change)
        elif name == "text:change-end":
            self._deleting.discard(change)

    def _is_away(self, element: Any, name: str) -> bool:
        """True for a section or row that is not shown, which is counted."""
        display = attribute(element, "text:display") if name == "text:section" else ""
        is_away = display == "none" or (display == "condition" and attribute(element, "text:is-hidden") == "true")
        is_away = is_away or attribute(element, "table:visibility") == "collapse"
        self.counts["hidden"] += is_away and any(map(str.strip, element.itertext()))
        return is_away

    def _changes(self, element: Any) -> None:
        for region in element:
            for change in region:
                if short(change.tag) == "text:insertion":
                    self.counts["inserted"] += 1
                elif short(change.tag) == "text:deletion":
                    self.counts["deleted"] += 1
                    name = attribute(region, "text:id") or attribute(region, "xml:id")
                    self._deleted[name] = change

    # ---- lists --------------------------------------------------------------------------------

    def _list(self, element: Any, level: int, style: str, count: Count | None) -> None:
        style = attribute(element, "text:style-name") or style
        if count is None:
            count = self._lists.get(attribute(element, "text:continue-list"))
        if count is None and attribute(element, "text:continue-numbering") == "true":
            count = self._last.get(style)
        count = count or Count()
        self._last[style] = count
        if name := attribute(element, "xml:id"):
            self._lists[name] = count
        for item in element:
            if short(item.tag) in ("text:list-item", "text:list-header"):
                self._item(item, level, style, count)

    def _item(self, item: Any, level: int, style: str, count: Count) -> None:
        is_first = short(item.tag) == "text:list-item"
        start = attribute(item, "text:start-value")
        levels = self._styles.list_style(attribute(item, "text:style-override") or style)
        for inner in item:
            name = short(inner.tag)
            if name in ("text:p", "text:h"):
                label = count.label(levels, level, number(start) if start else None) if is_first else None
                self._paragraph(inner, name, label, is_listed=is_first)
                is_first = False
            elif name == "text:list":
                self._list(inner, level + 1, style, count)

    def _numbered(self, element: Any) -> None:
        count = self._lists.setdefault(attribute(element, "text:list-id"), Count())
        levels = self._styles.list_style(attribute(element, "text:style-name"))
        start = attribute(element, "text:start-value")
        for inner in element:
            if (name := short(inner.tag)) in ("text:p", "text:h"):
                level = number(attribute(element, "text:level"), 1)
                label = count.label(levels, level, number(start) if start else None)
                self._paragraph(inner, name, label, is_listed=True)

    # ---- paragraphs ---------------------------------------------------------------------------

    def _paragraph(self, element: Any, name: str, label: str | None = None, *, is_listed: bool = False) -> None:
        is_heading = name == "text:h"
        style = attribute(element, "text:style-name")
        self._style = ("paragraph", style)
        if is_heading and label is None and attribute(element, "text:is-list-header") != "true":
            label = self._heading_number(element)
        written = child(element, "text:number")
        label = written.text or label if written is not None else label
        if not self.flow.is_open:
            self.flow.lead(f"{label} " if label else "")
        hidden = next(element.iter(long("text:hidden-paragraph")), None)
        is_hidden = attribute(hidden, "text:is-hidden") == "true"
        self._inline(element, is_hidden or self._styles.is_hidden(*self._style))
        kind = self._styles.kind(style)
        kind = kind or ("heading" if is_heading else "list item" if is_listed else "")
        if self._deleting:
            self._carried = kind
        else:
            self._end(kind)
        self._paragraphs += 1
        if self._paragraphs % STEP == 0:
            self._done(self._paragraphs)

    def _end(self, kind: str) -> None:
        self._was_hidden = False
        self.flow.end(self._kind or kind, anchor=self._anchor)
        self._empty_boxes()

    def _heading_number(self, element: Any) -> str:
        level = number(attribute(element, "text:outline-level"), 1)
        start = attribute(element, "text:start-value")
        begins = number(start) if attribute(element, "text:restart-numbering") == "true" and start else None
        if not self._styles.outline.get(level, Level()).format:
            return ""
        return self._outline.label(self._styles.outline, level, begins)

    def _empty_boxes(self) -> None:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._blocks(box)

    # ---- characters ---------------------------------------------------------------------------

    def _inline(self, element: Any, is_hidden: bool) -> None:
        self._text(element.text, is_hidden)
        for inner in element:
            self._within_paragraph(inner, short(inner.tag), is_hidden)
            self._text(inner.tail, is_hidden)

    def _within_paragraph(self, element: Any, name: str, is_hidden: bool) -> None:
        if name in SIGNS:
            self._show(SIGNS[name], is_hidden)
        elif name == "text:s":
            self._show(" ", is_hidden)
        elif name == "text:span":
            self._span(element, is_hidden)
        elif name == "text:note":
            self._note(element, is_hidden)
        elif name == "office:annotation":
            self._comment(element)
        elif name == "office:annotation-end":
            self.flow.edge(attribute(element, "office:name"))
        elif name in EDGES:
            self._edge(element, name)
        elif name == "text:change":
            for comment in self._in_deleted(attribute(element, "text:change-id")):
                self._comment(comment)
        elif name.startswith("draw:"):
            self._drawing(element)
        elif name == "text:ruby-text":
            self.counts["gloss"] += 1
        elif name == "text:placeholder":
            self.counts["prompt"] += 1
        elif name not in UNSEEN and attribute(element, "text:display") != "none":
            self._inline(
                element, is_hidden or (name == "text:hidden-text" and attribute(element, "text:is-hidden") == "true")
            )

    def _span(self, element: Any, is_hidden: bool) -> None:
        before, style = self._style, ("text", attribute(element, "text:style-name"))
        if self._styles.language(*style, east_asian=False) or self._styles.language(*style, east_asian=True):
            self._style = style
        self._inline(element, is_hidden or self._styles.is_hidden(*style))
        self._style = before

    def _text(self, text: str | None, is_hidden: bool) -> None:
        if not text:
            return
        self.counts["sign"] += len(PRIVATE.findall(text))
        self._show(SPACE.sub(" ", text), is_hidden)
        east_asian = EAST_ASIAN.match(text) is not None
        if tag := self._styles.language(*self._style, east_asian=east_asian):
            self.languages[tag] += len(text)

    def _show(self, text: str, is_hidden: bool) -> None:
        if self._deleting:
            return
        if is_hidden:
            self.counts["hidden"] += bool(text.strip()) and not self._was_hidden
            self._was_hidden = self._was_hidden or bool(text.strip())
            return
        self._was_hidden = False
        self.flow.write(text)

    def _note(self, element: Any, is_hidden: bool) -> None:
        body = child(element, "text:note-body")
        if body is None or is_hidden or self._deleting:
            return
        key = f"{len(self.notes)}"
        self.notes[key] = body
        self.flow.call("endnote" if attribute(element, "text:note-class") == "endnote" else "footnote", key)

    def _comment(self, element: Any) -> None:
        key = attribute(element, "office:name") or f"#{len(self.comments)}"
        self.flow.edge(key)
        inside = Body(Flow(), self._package, self._styles)
        inside.story([inner for inner in element if short(inner.tag) in ("text:p", "text:h", "text:list")])
        text = inside.flow.builder.text.replace("\n\n", "\n")
        author = " ".join(clean(_said(element, "dc:creator")).split())
        # Programs have names of their own for what is not in the standard yet.
        more = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
        self.counts["resolved"] += more.get("resolved") == "true"
        parent = more.get("parent-name", "")
        self.comments.append(Comment(key, text, author, in_utc(_said(element, "dc:date")), parent))

    def _in_deleted(self, name: str) -> list[Any]:
        """The comments in deleted text, each once."""
        deleted = self._deleted.pop(name, None)
        return list(deleted.iter(long("office:annotation"))) if deleted is not None else []

    def _drawing(self, element: Any) -> None:
        """Counts what a drawing shows; its text waits for the end of the paragraph."""
        name = short(element.tag)
        if self._deleting:
            return
        if name in ("draw:g", "draw:a"):
            for inner in element:
                self._drawing(inner)
            return
        if name != "draw:frame":
            self._boxes.append(element)
            return
        shown = {short(inner.tag): inner for inner in element}
        if "draw:text-box" in shown:
            self._boxes.append(shown["draw:text-box"])
        elif "table:table" in shown:
            self._boxes.append([shown["table:table"]])
        elif "draw:object" in shown:
            self._object(shown["draw:object"])
        elif any(object in shown for object in OBJECTS):
            self.counts["object"] += 1
        elif "draw:image" in shown:
            self.counts["picture"] += 1

    def _object(self, element: Any) -> None:
        equation = self._package.equation(element)
        if equation is None:
            self.counts["object"] += 1
            return
        signs = [inner.text or "" for inner in equation.iter(*map(long, SIGNS_OF_EQUATIONS))]
        if text := "".join(signs).strip():
            self.counts["equation"] += 1
            self._show(f" {text} ", False)


def _said(element: Any, name: str) -> str:
    found = child(element, name)
    return found.text or "" if found is not None else ""
