"""Front matter of Markdown files: `key: value` lines between two lines `---` at the head (the plain part of YAML)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

OPEN, CLOSE = re.compile(r"\A---[ \t]*\n"), re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
FIELD = re.compile(r"(?P<key>[^\W\d][\w -]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*))?")
ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.*)")
# Characters within which front matter ends.
REACH = 20_000
# What a text that is folded over several lines begins with.
FOLDED = re.compile(r"[|>][+-]?\d?")


@dataclass(frozen=True, slots=True)
class Front:
    """The fields by their names in small letters, each with its values, and `stop`, where the text itself begins."""

    fields: Mapping[str, tuple[str, ...]]
    stop: int = 0

    def values(self, *names: str) -> tuple[str, ...]:
        """The values of the first of these fields that there is."""
        return next((self.fields[name] for name in names if self.fields.get(name)), ())

    def value(self, *names: str) -> str:
        """These values as one."""
        return ", ".join(self.values(*names))


def read(text: str) -> Front:
    """The front matter of a text; without fields where it has none, or where a rule only looks so."""
    opened = OPEN.match(text)
    closed = CLOSE.search(text, opened.end(), REACH) if opened else None
    if not opened or not closed:
        return Front({})
    fields: dict[str, list[str]] = {}
    key = ""
    for line in text[opened.end() : closed.start()].split("\n"):
        field, item = FIELD.fullmatch(line.rstrip()), ITEM.fullmatch(line)
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if field:
            key = field["key"].lower()
            fields[key] = list(_values(field["value"] or ""))
        elif not key or not (item or line[0] in " \t"):
            return Front({})
        elif item:
            fields[key] += _values(item["value"])
        else:
            fields[key] = [" ".join([*fields[key], line.strip()])]
    return Front({key: tuple(values) for key, values in fields.items()}, closed.end())


def _values(said: str) -> Iterator[str]:
    """The value of a field, or those of a list in square brackets, without quotation marks."""
    said = said.strip()
    for value in said[1:-1].split(",") if said[:1] == "[" and said[-1:] == "]" else [said]:
        plain = value.strip()
        if len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "\"'":
            plain = plain[1:-1]
        if plain and not FOLDED.fullmatch(plain):
            yield plain
