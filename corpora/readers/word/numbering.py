"""The automatic numbers and bullets of a Word file, worked out as Word shows them.

Source: ECMA-376 part 1, 17.9. Lists that share one definition go on counting, unless an instance says where it starts.
"""

import re
from dataclasses import dataclass
from typing import Any

from corpora.readers.numerals import numeral
from corpora.readers.symbols import bullet
from corpora.readers.word.package import attribute, children, is_on, number, short

LEVELS = 9
COUNTER = re.compile("%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; `restarts` is the level (from 1) that begins it anew, 0 for none."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    is_legal: bool = False
    restarts: int | None = None
    font: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Instance:
    """A list in the text: the definition it goes by, and where it begins to count by itself."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """The lists of a file; what it counts so far goes with the paragraphs in their order."""

    def __init__(self, root: Any) -> None:
        self._definitions: dict[str, dict[int, Level]] = {}
        self._instances: dict[str, Instance] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        shared: dict[str, str] = {}
        links: dict[str, str] = {}
        for child in root if root is not None else ():
            said = children(child)
            if short(child.tag) == "w:abstractNum":
                id = attribute(child, "w:abstractNumId")
                self._definitions[id] = _levels(child)
                if "w:styleLink" in said:
                    shared[attribute(said["w:styleLink"], "w:val")] = id
                if "w:numStyleLink" in said:
                    links[id] = attribute(said["w:numStyleLink"], "w:val")
            elif short(child.tag) == "w:num" and "w:abstractNumId" in said:
                self._instances[attribute(child, "w:numId")] = _instance(
                    child, attribute(said["w:abstractNumId"], "w:val")
                )
        for id, style in links.items():
            if not self._definitions[id] and style in shared:
                self._definitions[id] = self._definitions[shared[style]]

    def level_of(self, list_id: str, style: str) -> int:
        """The level of a list that belongs to a style of paragraphs."""
        instance = self._instances.get(list_id)
        levels = self._definitions.get(instance.definition, {}) if instance else {}
        return next((place for place, level in levels.items() if style and level.style == style), 0)

    def label(self, list_id: str, place: int) -> str | None:
        """The number or bullet of the next paragraph in a list, "" where it shows none; None where there is no such list."""
        instance = self._instances.get(list_id)
        if instance is None or not 0 <= place < LEVELS:
            return None
        counts = self._counts.setdefault(instance.definition, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for level, start in instance.starts.items():
                counts[level] = start - 1
        counts[place] = counts.get(place, self._level(instance, place).start - 1) + 1
        for deeper in [level for level in counts if level > place]:
            restarts = self._level(instance, deeper).restarts
            if restarts is None or place < restarts:
                del counts[deeper]
        return self._text(instance, place, counts)

    def _level(self, instance: Instance, place: int) -> Level:
        return instance.levels.get(place) or self._definitions.get(instance.definition, {}).get(place) or Level()

    def _text(self, instance: Instance, place: int, counts: dict[int, int]) -> str:
        level = self._level(instance, place)
        if level.format == "bullet":
            return bullet(level.text, level.font) or "•"
        if level.format == "none":
            return COUNTER.sub("", level.text).strip()

        def counted(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            source = self._level(instance, other)
            # A level above that was never counted stands at its start.
            value = counts.setdefault(other, source.start) if other <= place else 0
            return numeral(value, "decimal" if level.is_legal else source.format)

        return COUNTER.sub(counted, level.text).strip()


def _instance(element: Any, definition: str) -> Instance:
    levels: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for child in element:
        if short(child.tag) == "w:lvlOverride":
            place = number(attribute(child, "w:ilvl"))
            levels |= _levels(child)
            if (start := children(child).get("w:startOverride")) is not None:
                starts[place] = number(attribute(start, "w:val"), 1)
    return Instance(definition, levels, starts)


def _levels(element: Any) -> dict[int, Level]:
    return {
        number(attribute(child, "w:ilvl")): _level(children(child)) for child in element if short(child.tag) == "w:lvl"
    }


def _level(said: dict[str, Any]) -> Level:
    def value(name: str) -> str:
        return attribute(said[name], "w:val") if name in said else ""

    fonts = children(said.get("w:rPr")).get("w:rFonts")
    return Level(
        start=number(value("w:start")),
        format=value("w:numFmt") or "decimal",
        text=value("w:lvlText"),
        is_legal=is_on(said.get("w:isLgl")),
        restarts=number(value("w:lvlRestart")) if "w:lvlRestart" in said else None,
        font=attribute(fonts, "w:ascii") if fonts is not None else "",
        style=value("w:pStyle"),
    )
