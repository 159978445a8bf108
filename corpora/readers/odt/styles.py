"""The styles of an OpenDocument text: what they say of paragraphs, and how their lists are numbered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from corpora.readers.naming import kind_named
from corpora.readers.numerals import numeral
from corpora.readers.odt.package import attribute, child, number, short
from corpora.readers.symbols import bullet

# Characters that a style's name writes as their code: "Heading_20_1".
ESCAPED = re.compile("_([0-9a-f]{1,6})_")
# The formats of numbers by how their description begins, and what Word calls them.
FORMATS = {
    "1": "decimal", "01": "decimalZero", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "가": "ganada", "ㄱ": "chosung", "①": "decimalEnclosedCircle", "一": "chineseCounting", "а": "russianLower",
    "А": "russianUpper",
}  # fmt: skip
LEVELS = 10


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list looks; `shown` is how many levels its numbers show, a `bullet` stands for any number."""

    format: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    bullet: str = ""


class Styles:
    """The styles of some roots, the automatic ones first."""

    def __init__(self, *roots: Any) -> None:
        self._styles: dict[tuple[str, str], Any] = {}
        self._defaults: dict[str, Any] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        self._fonts: dict[str, str] = {}
        groups = [group for root in roots if root is not None for group in root]
        for group in groups:
            if short(group.tag) == "office:font-face-decls":
                for face in group:
                    self._fonts[attribute(face, "style:name")] = attribute(face, "svg:font-family").strip("'\"")
        for group in groups:
            for style in group if short(group.tag) in ("office:automatic-styles", "office:styles") else ():
                self._add(style)
        self._kinds: dict[str, str] = {}

    def _add(self, style: Any) -> None:
        tag, name, family = short(style.tag), attribute(style, "style:name"), attribute(style, "style:family")
        if tag == "style:style":
            self._styles.setdefault((family, name), style)
        elif tag == "style:default-style":
            self._defaults.setdefault(family, style)
        elif tag == "text:list-style":
            self._lists.setdefault(name, self._levels(style))
        elif tag == "text:outline-style":
            self.outline = self._levels(style)

    def _levels(self, style: Any) -> dict[int, Level]:
        return {number(attribute(level, "text:level"), 1): self._level(level) for level in style}

    def _level(self, level: Any) -> Level:
        tag = short(level.tag)
        sign = ""
        if tag == "text:list-level-style-image":
            sign = "•"
        elif tag == "text:list-level-style-bullet":
            font = attribute(child(level, "style:text-properties"), "style:font-name")
            sign = bullet(attribute(level, "text:bullet-char"), self._fonts.get(font, font)) or "•"
        format = attribute(level, "style:num-format")
        return Level(
            FORMATS.get(format.split(",")[0].strip(), "decimal") if format else "",
            attribute(level, "style:num-prefix"),
            attribute(level, "style:num-suffix"),
            number(attribute(level, "text:start-value"), 1),
            number(attribute(level, "text:display-levels"), 1),
            sign,
        )

    def list_style(self, name: str) -> dict[int, Level]:
        """The levels of a list style, from 1."""
        return self._lists.get(name, {})

    def _chain(self, family: str, name: str) -> Iterator[Any]:
        """A style and those it is made from, the nearest first."""
        seen = set()
        while (style := self._styles.get((family, name))) is not None and name not in seen:
            seen.add(name)
            yield style
            name = attribute(style, "style:parent-style-name")

    def kind(self, name: str) -> str:
        """The kind of a paragraph in this style, "" where the style does not tell."""
        if name not in self._kinds:
            chain = list(self._chain("paragraph", name))
            names = [attribute(style, "style:display-name") or attribute(style, "style:name") for style in chain]
            # A style that nobody described may still say what it is.
            names += [name, *(attribute(style, "style:parent-style-name") for style in chain)]
            self._kinds[name] = next(filter(None, map(kind_named, map(plain, names))), "")
        return self._kinds[name]

    def _property(self, family: str, name: str, property: str) -> str:
        styles = [*self._chain(family, name), *([self._defaults[family]] if family in self._defaults else [])]
        said = (attribute(child(style, "style:text-properties"), property) for style in styles)
        return next(filter(None, said), "")

    def is_hidden(self, family: str, name: str) -> bool:
        """True where the style hides its text."""
        return self._property(family, name, "text:display") == "none"

    def language(self, family: str, name: str, *, east_asian: bool) -> str:
        """The language of text in this style, "" where it does not say."""
        return self._property(family, name, "style:language-asian" if east_asian else "fo:language")


def plain(name: str) -> str:
    """A style's name as people see it.

    >>> plain("Heading_20_1")
    'Heading 1'
    """
    return ESCAPED.sub(lambda match: chr(min(int(match[1], 16), 0x10FFFF)), name)


class Count:
    """The numbers of a list as its items come."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def label(self, levels: dict[int, Level], place: int, start: int | None = None) -> str:
        """The number or bullet of the next item at a level (from 1), which may begin at a number of its own."""
        level = levels.get(place, Level())
        following = self._counts[place] + 1 if place in self._counts else level.start
        self._counts[place] = following if start is None else start
        for deeper in [one for one in self._counts if one > place]:
            del self._counts[deeper]
        if level.bullet:
            return level.bullet
        if not level.format:
            return f"{level.prefix}{level.suffix}".strip()
        parts = map(partial(self._part, levels), range(max(1, place - level.shown + 1), place + 1))
        return f"{level.prefix}{'.'.join(filter(None, parts))}{level.suffix}".strip()

    def _part(self, levels: dict[int, Level], place: int) -> str:
        level = levels.get(place, Level())
        return numeral(self._counts.setdefault(place, level.start), level.format) if level.format else ""
