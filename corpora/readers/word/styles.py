"""The styles of a Word file, as far as they tell what a paragraph is."""

from collections.abc import Iterator
from typing import Any

from corpora.readers.naming import kind_named
from corpora.readers.word.package import attribute, children, is_on, number, short

# Outline levels 0 to 8 are those of headings, 9 is that of the body text.
BODY_LEVEL = 9


class Styles:
    """Styles by their ids, each with what it takes from those that it is based on."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._default = ""
        self.language = ""
        self._kinds: dict[str, str] = {}
        for child in root if root is not None else ():
            if short(child.tag) == "w:style":
                id = attribute(child, "w:styleId")
                self._styles.setdefault(id, children(child))
                if attribute(child, "w:type") == "paragraph" and attribute(child, "w:default") in ("1", "true"):
                    self._default = id
            elif short(child.tag) == "w:docDefaults":
                run = children(children(child).get("w:rPrDefault")).get("w:rPr")
                lang = children(run).get("w:lang")
                self.language = attribute(lang, "w:val") if lang is not None else ""

    def _chain(self, id: str) -> Iterator[Any]:
        """A style and those it is based on, the nearest first; one without a name is the default one."""
        seen = set()
        while (style := self._styles.get(id or self._default)) is not None and id not in seen:
            seen.add(id)
            yield style
            based = style.get("w:basedOn")
            if based is None:
                return
            id = attribute(based, "w:val")

    def name(self, id: str) -> str:
        """What people call a style, its id where it has no name."""
        named = self._styles.get(id, {}).get("w:name")
        return attribute(named, "w:val") if named is not None else id

    def kind(self, id: str) -> str:
        """The kind of a paragraph in this style, "" where the style does not tell."""
        if id not in self._kinds:
            self._kinds[id] = self._kind(id)
        return self._kinds[id]

    def _kind(self, id: str) -> str:
        if id not in self._styles:
            # A style that nobody described may still say what it is.
            return kind_named(id)
        for style in self._chain(id):
            name = style.get("w:name")
            if name is not None and (kind := kind_named(attribute(name, "w:val"))):
                return kind
            level = children(style.get("w:pPr")).get("w:outlineLvl")
            if level is not None:
                return "heading" if number(attribute(level, "w:val"), BODY_LEVEL) < BODY_LEVEL else ""
        return ""

    def numbering(self, id: str) -> tuple[str, str]:
        """The list that paragraphs in this style stand in, and its level, as the nearest style says; "" for neither."""
        list_id = level = ""
        for style in self._chain(id):
            said = children(children(style.get("w:pPr")).get("w:numPr"))
            if not list_id and "w:numId" in said:
                list_id = attribute(said["w:numId"], "w:val")
            if not level and "w:ilvl" in said:
                level = attribute(said["w:ilvl"], "w:val")
        return list_id, level

    def is_hidden(self, id: str) -> bool:
        """True where the style hides its text."""
        for style in self._chain(id):
            if (vanish := children(style.get("w:rPr")).get("w:vanish")) is not None:
                return is_on(vanish)
        return False
