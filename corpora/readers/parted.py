"""Markdown's marks (CommonMark with tables, by markdown-it-py) -> paragraphs in a `Builder`, without the marks."""

import itertools
import re
from collections import Counter, deque
from collections.abc import Sequence
from html import unescape
from typing import Any

from corpora.building import Builder, clean
from corpora.readers.sliced import Sliced
from corpora.segmenters.paragraphs import BLANK, is_line_each

# The longest paragraph that is looked through for marks, in characters; a longer one is none that a person wrote.
LONGEST = 20_000
# The longest line of bold letters that is a heading, as for headings with a number (corpora.segmenters.paragraphs).
HEADING = 150
# How deep quotations and lists stand in one another at most; markdown-it leaves out what is deeper.
NESTING = 150
# A call of a footnote, and what stands for it until its place is known: Unicode keeps this sign for such uses.
CALL, CALLED = re.compile(r"\[\^(?P<label>[^\]\s]{1,60})\]"), "\ufdd0"
BLANKS_BY_CALL = re.compile(rf"[ \t]+(?={CALLED})|(?<=\n{CALLED})[ \t]+|(?<=\A{CALLED})[ \t]+")
LINE_TAG = re.compile(r"</?(?:br|hr|p|div|li|ul|ol|tr|td|th|h\d|table|blockquote)\b", re.IGNORECASE)
# What the tokens that come before a paragraph's text say of its kind, and a number of items.
KIND_OF = {"heading_open": "heading", "th_open": "table cell", "td_open": "table cell", "paragraph_open": ""}
MANY = 2
UNSHOWN = re.compile(r"<(script|style)\b", re.IGNORECASE)


class Marked:
    """Adds the paragraphs of Markdown to a builder; a footnote stands behind the paragraph that calls it first.

    `counts` says what was met and not taken: "address", "picture", "tag"; and what was read like the rest: "struck out".
    """

    def __init__(self, builder: Builder, source: Sliced) -> None:
        from markdown_it import MarkdownIt

        self.counts: Counter[str] = Counter()
        self._builder, self._defined, self._notes = builder, source.footnotes, dict(source.footnotes)
        # Blocks and what is in them are parsed apart, so that a paragraph that is too long can be left as it is.
        self._blocks = MarkdownIt("commonmark", {"maxNesting": NESTING}).enable("table").disable("inline")
        self._inline = MarkdownIt("commonmark").enable("strikethrough")
        self._known: dict[str, Any] = {}
        self._blocks.parse("\n".join(source.addresses), self._known)
        self._has_blank_lines = len(source.slices) > 1 or any(BLANK.search(one.strip()) for one in source.slices)
        self._first = len(builder)

    def add(self, slice: str, group: int | None = None) -> None:
        """Adds the paragraphs of a slice."""
        tokens = self._blocks.parse(slice.replace(CALLED, ""), self._known)
        sizes, kind, is_alone = _sizes(tokens), "", False
        # For each list that is open, its number of items; for each item its number, as long as it waits for its text.
        lists: list[int] = []
        items: list[str] = []
        for place, token in enumerate(tokens):
            if token.type in ("ordered_list_open", "bullet_list_open"):
                # A number alone begins a heading or a paragraph: "1. The nature of the revolution".
                lists.append(sizes[place] if token.type == "ordered_list_open" else MANY)
            elif token.type in ("ordered_list_close", "bullet_list_close"):
                lists.pop()
            elif token.type == "list_item_open":
                items.append(token.info + token.markup if token.info else "")
            elif token.type == "list_item_close":
                items.pop()
            elif token.type in KIND_OF:
                is_title = token.tag == "h1" and len(self._builder) == self._first
                is_alone, kind = token.level == 0, "title" if is_title else KIND_OF[token.type]
            elif token.type == "inline":
                told = kind or ("list item" if lists and lists[-1] > 1 else "")
                number, items[-1:] = "".join(items[-1:]), [""] * bool(items)
                self._paragraph(token.content, told, number, group, is_alone and not told)
            elif token.type == "html_block":
                self._add_lines(self._without_tags(token.content), group)
            elif token.type in ("fence", "code_block"):
                self._builder.add(token.content, "paragraph" if token.type == "fence" else "", group=group)

    def finish(self) -> None:
        """Adds the footnotes that nothing calls."""
        while self._notes:
            _, lines = self._notes.popitem()
            self._paragraph("\n".join(lines), "footnote", "", None, False)

    def _paragraph(self, content: str, kind: str, number: str, group: int | None, is_alone: bool) -> None:
        """Adds a paragraph, or its lines where each is one, and the footnotes it calls."""
        pending: deque[tuple[str, str, int | None]] = deque([(content, kind, None)])
        while pending:
            content, kind, anchor = pending.popleft()
            text, labels, told = self._plain(content)
            by_line = is_alone and (not self._has_blank_lines or is_line_each(text))
            for line in text.split("\n") if by_line else [text]:
                start = self._called(f"{number} {line}" if number else line, kind or told, group, anchor)
                for place in start:
                    lines = self._notes.pop(labels.pop(0), None)
                    if lines:
                        pending.append(("\n".join(lines), "footnote", place))
            number, is_alone = "", False

    def _called(self, text: str, kind: str, group: int | None, anchor: int | None) -> list[int]:
        """Adds a paragraph; the places in the version's text at which it calls footnotes, as marked in `text`."""
        pieces = clean(BLANKS_BY_CALL.sub("", text)).split(CALLED)
        block = self._builder.add("".join(pieces), kind, group=group, anchor=anchor)
        ends = itertools.accumulate(map(len, pieces[:-1]))
        return [min(block.start + end, block.stop) if block else 0 for end in ends]

    def _plain(self, content: str) -> tuple[str, list[str], str]:
        """A paragraph without marks, with signs where it calls footnotes, their labels, and the kind it shows to be of."""
        labels: list[str] = []
        if len(content) > LONGEST:
            return self._marking(content, labels), labels, ""
        (whole,) = self._inline.parseInline(content, self._known)
        found = [one for one in whole.children or [] if one.type != "text" or one.content]
        text = "".join(self._piece(one, labels) for one in found)
        types = [one.type for one in found]
        is_bold = types[:1] == ["strong_open"] and types.index("strong_close") == len(types) - 1
        if is_bold and len(text) <= HEADING and "\n" not in text:
            return text, labels, "heading"
        return text, labels, "caption" if types == ["image"] else ""

    def _piece(self, token: Any, labels: list[str]) -> str:
        if token.type in ("softbreak", "hardbreak"):
            return "\n"
        if token.type == "html_inline":
            return self._without_tags(token.content)
        if token.type == "text":
            return self._marking(token.content, labels)
        counted = {"image": "picture", "s_open": "struck out", "link_open": "" if token.info == "auto" else "address"}
        if what := counted.get(token.type):
            self.counts[what] += 1
        return str(token.content)

    def _marking(self, text: str, labels: list[str]) -> str:
        """The text with a sign for each call of a footnote that there is."""

        def sign(call: re.Match[str]) -> str:
            if call["label"] not in self._defined:
                return call[0]
            labels.append(call["label"])
            return CALLED

        return CALL.sub(sign, text)

    def _add_lines(self, text: str, group: int | None) -> None:
        for line in text.split("\n"):
            self._builder.add(line, group=group)

    def _without_tags(self, html: str) -> str:
        """The text of HTML, with a line end for a tag that begins a new line."""
        pieces, place = [], 0
        while (start := html.find("<", place)) >= 0:
            unshown = UNSHOWN.match(html, start)
            close = f"</{unshown[1]}" if unshown else ">"
            stop = html.find(">", max(start, html.find(close, start)))
            if stop < 0:
                break
            self.counts["tag"] += 1
            pieces += [html[place:start], "\n" if LINE_TAG.match(html, start) else ""]
            place = stop + 1
        return unescape("".join(pieces) + html[place:])


def _sizes(tokens: Sequence[Any]) -> Counter[int]:
    """The number of items of each list, by the place of the token that opens it."""
    sizes, opened = Counter[int](), []
    for place, token in enumerate(tokens):
        if token.type.endswith("list_open"):
            opened.append(place)
        elif token.type.endswith("list_close"):
            opened.pop()
        elif token.type == "list_item_open":
            sizes[opened[-1]] += 1
    return sizes
