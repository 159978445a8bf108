"""The parts of a Word file: found by their relationships, parsed, their elements called by short names.

Source: ECMA-376, part 2 (packages) and part 1 (WordprocessingML); the names of its strict form are the same here.
"""

import posixpath
from functools import lru_cache
from typing import Any

from corpora.contents import File
from corpora.errors import ReadError
from corpora.readers import markup
from corpora.readers.zipped import Archive

SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15",
    "http://schemas.microsoft.com/office/word/2016/wordml/cid": "w16cid",
    "http://schemas.microsoft.com/office/word/2018/wordml/cex": "w16cex",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "urn:schemas-microsoft-com:vml": "v",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
}
# In which an attribute may stand that is called "w:val" or "w14:paraId".
LONG: dict[str, tuple[str, ...]] = {}
for _space, _prefix in SPACES.items():
    LONG[_prefix] = (*LONG.get(_prefix, ()), _space)
KIND = "a Word file"
ROOT = "_rels/.rels"


@lru_cache(4096)
def short(tag: Any) -> str:
    """An element's name with the usual prefix of its namespace: "w:p"; the bare name in any other one."""
    if not isinstance(tag, str) or tag[:1] != "{":
        return str(tag)
    space, _, name = tag[1:].partition("}")
    return f"{SPACES[space]}:{name}" if space in SPACES else name


@lru_cache(1024)
def _attributes(name: str) -> tuple[str, ...]:
    prefix, _, local = name.partition(":")
    return tuple(f"{{{space}}}{local}" for space in LONG[prefix])


def attribute(element: Any, name: str) -> str:
    """The value of an attribute such as "w:val", "" where there is none."""
    for long in _attributes(name):
        if (value := element.get(long)) is not None:
            return value
    return ""


def children(element: Any) -> dict[str, Any]:
    """The first child of each name."""
    found: dict[str, Any] = {}
    for child in element if element is not None else ():
        found.setdefault(short(child.tag), child)
    return found


def is_on(element: Any) -> bool:
    """True for a property that is there and not switched off."""
    return element is not None and attribute(element, "w:val").lower() not in ("0", "false", "off")


def number(text: str, otherwise: int = 0) -> int:
    """The whole number that an attribute holds; no counter needs more than nine digits."""
    digits = text.strip()
    return int(digits) if digits.removeprefix("-").isdecimal() and len(digits) < 10 else otherwise


class Package:
    """The parts of a Word file by what they are for.

    Raises:
        ReadError: it is no Word file, or is damaged.
    """

    def __init__(self, file: File) -> None:
        self._where = f'"{file.base}"'
        self._archive = Archive(file, KIND)
        mains = self._targets(ROOT, "officeDocument")
        if not mains:
            raise self.wrong("it has no document in it")
        self._main = mains[0]
        self.document = self.parse(self._main)
        if short(self.document.tag) != "w:document":
            raise self.wrong("its document is none of a word processor")
        folder, name = posixpath.split(self._main)
        self._relations = f"{folder}/_rels/{name}.rels".lstrip("/")

    def wrong(self, what: str) -> ReadError:
        """The error that says what is wrong with the file."""
        return ReadError(
            f"{self._where} is not {KIND} ({what}); open it in the program that made it and save it as .docx."
        )

    def parse(self, name: str) -> Any:
        """The root element of a part."""
        return markup.parse(self._archive.read(name), f"{self._where} (in {name[:80]!r})")

    def part(self, kind: str) -> Any:
        """The root of the first part of this kind that the document has, such as "footnotes"; None without one."""
        return next(iter(self.parts(kind)), None)

    def parts(self, kind: str) -> list[Any]:
        """The roots of all the parts of this kind."""
        return [self.parse(name) for name in self._targets(self._relations, kind)]

    @property
    def properties(self) -> Any:
        """The root of the core properties (title, creator, dates), None where there are none."""
        return next((self.parse(name) for name in self._targets(ROOT, "core-properties")), None)

    def _targets(self, relations: str, kind: str) -> list[str]:
        """The names of the parts of this kind that the relationships name and the archive has, each once."""
        if relations not in self._archive:
            return []
        folder = posixpath.dirname(posixpath.dirname(relations))
        found: dict[str, None] = {}
        for relation in self.parse(relations):
            target = relation.get("Target", "")
            if relation.get("Type", "").rsplit("/", 1)[-1] != kind or relation.get("TargetMode") == "External":
                continue
            name = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if name in self._archive:
                found[name] = None
        return list(found)
