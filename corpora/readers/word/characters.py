"""The characters of a paragraph in a Word file, as Word shows them when all changes are accepted."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from corpora.readers.flow import Flow
from corpora.readers.symbols import PRIVATE, replaced, shown
from corpora.readers.word.package import attribute, children, is_on, short
from corpora.readers.word.styles import Styles

INSERTED, DELETED = ("w:ins", "w:moveTo"), ("w:del", "w:moveFrom")
CHANGES = {"w:ins": "inserted", "w:del": "deleted", "w:moveTo": "moved"}
NOTES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
COMMENTS = ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")
# Parts of an element that say how it looks, and hold no text.
EAST_ASIAN = re.compile("[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]")
PROPERTIES = (
    "w:pPr",
    "w:rPr",
    "w:sdtPr",
    "w:sdtEndPr",
    "w:smartTagPr",
    "w:customXmlPr",
    "w:fldData",
    "w:rubyPr",
    "m:ctrlPr",
)
SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011"}
COUNTED = {
    "pic:pic": "picture",
    "v:imagedata": "picture",
    "c:chart": "drawing",
    "dgm:relIds": "drawing",
    "w:subDoc": "part",
}
EQUATIONS = ("m:oMath", "m:oMathPara")
# The galleries of content controls that hold what Word makes of the text itself, and the style of what asks to be filled in.
GALLERIES = {"Table of Contents": "front matter", "Table of Figures": "front matter"}
PROMPT = "placeholder text"
HEXADECIMAL = re.compile("[0-9A-Fa-f]{1,6}")


class Characters:
    """Writes the characters of elements into a flow, and counts what it leaves out and decides.

    Args:
        flow: what is written into.
        styles: the styles of the file.
    """

    def __init__(self, flow: Flow, styles: Styles) -> None:
        self.flow = flow
        self.counts: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        # Notes that were called in deleted or hidden text.
        self.dropped: set[tuple[str, str]] = set()
        self._styles = styles
        # Of every field that is open, whether its code or its result is being read.
        self._fields: list[str] = []
        # Of which sort and by whom the change is that was met last, "" behind text without changes.
        self._change, self._in_changes = "", 0
        self._was_hidden = False
        # Text boxes of the paragraph that is being read: elements, or their text.
        self._boxes: list[Any] = []
        # The kind that all paragraphs have here.
        self._kind = ""

    @contextmanager
    def _within(self, kind: str) -> Iterator[None]:
        """Paragraphs have this kind inside, unless they stand in something that has one."""
        before = self._kind
        self._kind = before or kind
        yield
        self._kind = before

    def _inline(self, element: Any, is_hidden: bool = False) -> None:
        for child in element:
            name = short(child.tag)
            if name == "w:r":
                self._run(child, is_hidden)
            elif name in DELETED:
                self._drop(child, name)
            elif name in INSERTED:
                self._inserted(child, name, lambda inner: self._inline(inner, is_hidden))
            elif name in COMMENTS:
                self._comment(child, name)
            elif name == "w:sdt":
                self._control(child, lambda inner: self._inline(inner, is_hidden))
            elif name == "mc:AlternateContent":
                self._inline(chosen(child), is_hidden)
            elif name in EQUATIONS:
                self._equation(child, is_hidden)
            elif name not in PROPERTIES:
                self._inline(child, is_hidden)

    def _run(self, run: Any, is_hidden: bool) -> None:
        said = children(run[0]) if len(run) and short(run[0].tag) == "w:rPr" else {}
        if "w:vanish" in said:
            is_hidden = is_on(said["w:vanish"])
        elif "w:rStyle" in said:
            is_hidden = is_hidden or self._styles.is_hidden(attribute(said["w:rStyle"], "w:val"))
        font = attribute(said["w:rFonts"], "w:ascii") if "w:rFonts" in said else ""
        self._signs(run, is_hidden, font, said.get("w:lang"))

    def _signs(self, run: Any, is_hidden: bool, font: str, lang: Any) -> None:
        has_own_mark = False
        for child in run:
            name = short(child.tag)
            if name == "w:t":
                if not has_own_mark:
                    self._text(child.text or "", is_hidden, font, lang)
            elif name in SIGNS:
                self._show(SIGNS[name], is_hidden)
            elif name == "w:sym":
                code = attribute(child, "w:char")
                sign = shown(int(code, 16), attribute(child, "w:font")) if HEXADECIMAL.fullmatch(code) else ""
                self._text(sign, is_hidden, "", None)
            elif name == "w:fldChar":
                self._field(attribute(child, "w:fldCharType"))
            elif name in NOTES:
                has_own_mark = attribute(child, "w:customMarkFollows") in ("1", "true", "on")
                self._note(NOTES[name], attribute(child, "w:id"), is_hidden)
            elif name in COMMENTS:
                self._comment(child, name)
            elif name in ("w:drawing", "w:pict"):
                self._drawing(child)
            elif name == "w:object":
                self.counts["object"] += 1
            elif name == "mc:AlternateContent":
                self._signs(chosen(child), is_hidden, font, lang)
            elif name == "w:ruby":
                self._ruby(child, is_hidden)
            elif name in EQUATIONS:
                self._equation(child, is_hidden)

    def _text(self, text: str, is_hidden: bool, font: str, lang: Any) -> None:
        if PRIVATE.search(text):
            text = replaced(text, font)
            self.counts["sign"] += len(PRIVATE.findall(text))
        self._show(text, is_hidden)
        name = "w:eastAsia" if EAST_ASIAN.match(text) else "w:val"
        tag = attribute(lang, name) if lang is not None else ""
        if tag := tag or ("" if name == "w:eastAsia" else self._styles.language):
            self.languages[tag] += len(text)

    def _show(self, text: str, is_hidden: bool) -> None:
        if not text or "code" in self._fields:
            return
        if is_hidden:
            self.counts["hidden"] += bool(text.strip()) and not self._was_hidden
            self._was_hidden = self._was_hidden or bool(text.strip())
            return
        self._was_hidden = False
        if not self._in_changes:
            self._change = ""
        self.flow.write(text)

    def _field(self, sort: str) -> None:
        if sort == "begin":
            self._fields.append("code")
        elif sort == "separate" and self._fields:
            self._fields[-1] = "result"
        elif sort == "end" and self._fields:
            self._fields.pop()

    def _note(self, kind: str, key: str, is_hidden: bool) -> None:
        if is_hidden or "code" in self._fields:
            self.dropped.add((kind, key))
        else:
            self.flow.call(kind, key)

    def _ruby(self, ruby: Any, is_hidden: bool) -> None:
        for child in ruby:
            if short(child.tag) == "w:rubyBase":
                self._inline(child, is_hidden)
            elif short(child.tag) == "w:rt":
                self.counts["gloss"] += 1

    def _equation(self, element: Any, is_hidden: bool) -> None:
        signs = [child.text or "" for child in element.iter("{*}t") if short(child.tag) in ("m:t", "w:t")]
        if text := "".join(signs):
            self.counts["equation"] += 1
            self._show(text, is_hidden)

    def _comment(self, element: Any, name: str) -> None:
        key = attribute(element, "w:id")
        if name == "w:commentReference":
            self.flow.point(key)
        else:
            self.flow.edge(key)

    def _drawing(self, drawing: Any) -> None:
        """Counts what a drawing shows; its text boxes wait for the paragraph's end."""
        waiting, own = [drawing], []
        while waiting:
            found = waiting.pop()
            name = short(found.tag)
            if name == "w:txbxContent":
                self._boxes.append(found)
            elif name == "mc:AlternateContent":
                waiting += reversed(chosen(found))
            else:
                if name in COUNTED:
                    self.counts[COUNTED[name]] += 1
                elif name == "a:t":
                    own.append(found.text or "")
                elif name == "v:textpath":
                    own.append(found.get("string", ""))
                waiting += reversed(found)
        if own:
            self._boxes.append(" ".join(own))

    # ---- what wraps both ----------------------------------------------------------------------

    def _control(self, control: Any, walk: Callable[[Any], None]) -> None:
        said = children(control)
        properties, content = children(said.get("w:sdtPr")), said.get("w:sdtContent")
        if content is None:
            return
        if is_on(properties.get("w:showingPlcHdr")) and self._only_asks(content):
            self.counts["prompt"] += 1
            self._forget(content)
            return
        gallery = children(properties.get("w:docPartObj")).get("w:docPartGallery")
        with self._within(GALLERIES.get(attribute(gallery, "w:val"), "") if gallery is not None else ""):
            walk(content)

    def _only_asks(self, content: Any) -> bool:
        """True where all the text is in the style of what asks to be filled in; programs forget to take the mark away."""
        for run in content.iter("{*}r"):
            style = children(children(run).get("w:rPr")).get("w:rStyle")
            name = self._styles.name(attribute(style, "w:val")) if style is not None else ""
            if name.lower() != PROMPT and any((text.text or "").strip() for text in run.iter("{*}t")):
                return False
        return True

    def _inserted(self, element: Any, name: str, walk: Callable[[Any], None]) -> None:
        self._changed(element, name)
        self._in_changes += 1
        walk(element)
        self._in_changes -= 1

    def _changed(self, element: Any, name: str) -> None:
        """Counts a tracked change, those of one person that follow one another as one."""
        change = f"{name} {attribute(element, 'w:author')}"
        if name in CHANGES and change != self._change:
            self.counts[CHANGES[name]] += 1
        self._change = change

    def _drop(self, element: Any, name: str) -> None:
        self._changed(element, name)
        self._forget(element)

    def _forget(self, element: Any) -> None:
        """Keeps what stands in text that is not taken: the places of comments, and which notes are called in it."""
        for child in element.iter():
            name = short(child.tag)
            if name in NOTES:
                self.dropped.add((NOTES[name], attribute(child, "w:id")))
            elif name in COMMENTS:
                self._comment(child, name)


def chosen(alternate: Any) -> Any:
    """Of several forms of one thing the first, which new programs show; nothing where there is none."""
    forms = [child for child in alternate if short(child.tag) in ("mc:Choice", "mc:Fallback")]
    return forms[0] if forms else ()
