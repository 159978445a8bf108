"""The parts of an OpenDocument text, zipped or in one flat file, their elements called by short names.

Source: OASIS OpenDocument 1.3, part 2 (packages) and part 3 (schema).
"""

import posixpath
from functools import lru_cache
from typing import Any

from corpora.contents import File
from corpora.errors import ReadError
from corpora.readers import markup
from corpora.readers.zipped import Archive

SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = {f"{SPACE}{name}:1.0": name for name in ("office", "text", "table", "style", "meta", "manifest")} | {
    f"{SPACE}drawing:1.0": "draw",
    f"{SPACE}svg-compatible:1.0": "svg",
    f"{SPACE}xsl-fo-compatible:1.0": "fo",
    f"{SPACE}form:1.0": "form",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/1998/Math/MathML": "math",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
LONG = {prefix: space for space, prefix in SPACES.items()}
KIND = "an OpenDocument text"


@lru_cache(4096)
def short(tag: Any) -> str:
    """An element's name with the usual prefix of its namespace: "text:p"; the bare name in any other one."""
    if not isinstance(tag, str) or tag[:1] != "{":
        return str(tag)
    space, _, name = tag[1:].partition("}")
    return f"{SPACES[space]}:{name}" if space in SPACES else name


@lru_cache(1024)
def long(name: str) -> str:
    """The full name of "text:p"."""
    prefix, _, local = name.partition(":")
    return f"{{{LONG[prefix]}}}{local}"


def attribute(element: Any, name: str) -> str:
    """The value of an attribute such as "text:style-name", "" where there is none."""
    return element.get(long(name), "") if element is not None else ""


def child(element: Any, *names: str) -> Any:
    """The first child of the first child and so on, None where one is missing."""
    for name in names:
        element = element.find(long(name)) if element is not None else None
    return element


def number(text: str, otherwise: int = 0) -> int:
    """The whole number that an attribute holds; no counter needs more than nine digits."""
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


class Package:
    """The parts of an OpenDocument text.

    Raises:
        ReadError: it is none, or is damaged or protected by a password.
    """

    def __init__(self, file: File) -> None:
        self._where = f'"{file.base}"'
        self._archive = None if file.data.lstrip()[:1] == b"<" else Archive(file, KIND)
        if self._archive is None:
            self.content = self.styles = self.meta = markup.parse(file.data, self._where)
        else:
            self._refuse_protected(self._archive)
            self.content = self._parse("content.xml")
            self.styles = self._parse("styles.xml") if "styles.xml" in self._archive else None
            self.meta = self._parse("meta.xml") if "meta.xml" in self._archive else None
        self.text = child(self.content, "office:body", "office:text")
        if self.text is None:
            raise ReadError(
                f"{self._where} is not {KIND} (it holds no text of a word processor); open it in the program that made "
                "it and save it as .odt."
            )

    def _refuse_protected(self, archive: Archive) -> None:
        name = "META-INF/manifest.xml"
        is_closed = "encrypted-package" in archive.names
        if name in archive and not is_closed:
            is_closed = next(self._parse(name).iter(long("manifest:encryption-data")), None) is not None
        if is_closed:
            raise ReadError(f"{self._where} is protected by a password; save it without one and give that.")

    def _parse(self, name: str) -> Any:
        assert self._archive
        return markup.parse(self._archive.read(name), f"{self._where} (in {name[:80]!r})")

    def equation(self, element: Any) -> Any:
        """The formula that an embedded object is, None where it is something else."""
        root = next((inner for inner in element if short(inner.tag) == "math:math"), None)
        name = posixpath.normpath(f"{attribute(element, 'xlink:href')}/content.xml")
        if root is None and self._archive is not None and name in self._archive:
            root = self._parse(name)
        return root if root is not None and short(root.tag) == "math:math" else None
