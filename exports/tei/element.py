"""Elements of TEI files, and what a text may hold in them."""

import re
from collections.abc import Mapping
from typing import Any

NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML = "{http://www.w3.org/XML/1998/namespace}"
# Source: XML 1.0, production 2, Char.
IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A name may not begin with a digit, a hyphen or a full stop (Namespaces in XML 1.0, NCName); these are the safe ones.
UNNAMED = re.compile(r"[^A-Za-z0-9._-]")


def add(parent: Any, name: str, text: str = "", attributes: Mapping[str, str] = {}) -> Any:
    """A new element at the end of another, on a line of its own; attributes that are "" are left out."""
    from lxml import etree

    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    for key, value in attributes.items():
        if value:
            element.set(key.replace("xml:", XML), printable(value))
    if text:
        element.text = printable(text)
    # Whitespace between elements of a structure is none of the text.
    element.tail = "\n"
    if parent.text is None and not text:
        parent.text = "\n"
    return element


def printable(text: str) -> str:
    """The text with blanks and signs of replacement for what no XML file can hold; of the same length."""
    return IMPOSSIBLE.sub(lambda match: " " if match.group().isspace() else "\ufffd", text)


def is_printable(text: str) -> bool:
    """False for a text that `printable` changes."""
    return not IMPOSSIBLE.search(text)


def name(*parts: str) -> str:
    """The parts as one id that an XML file can hold; different parts give different ids."""
    return ".".join(UNNAMED.sub(lambda match: f"_{ord(match.group()):x}_", part.replace("_", "_5f_")) for part in parts)


def pointer(*parts: str) -> str:
    """A pointer to the element with this id."""
    return f"#{name(*parts)}"
