"""The elements of TEI P5 by what a reader makes of them, and the few questions asked of each.

Source: TEI P5 Guidelines 4.8, model classes; TEI P4 files (`TEI.2`) have the same names without a namespace.
"""

import re
from typing import Any

NAMESPACES = ("http://www.tei-c.org/ns/1.0", "")
XML = "{http://www.w3.org/XML/1998/namespace}"
ROOTS = ("TEI", "teiCorpus", "TEI.2", "teiCorpus.2")

# Elements that hold other paragraphs; text that stands in them by itself is a paragraph too.
STRUCTURE = frozenset((
    "text", "body", "front", "back", "group", "floatingText", "div", *(f"div{number}" for number in range(8)),
    "sp", "spGrp", "list", "table", "row", "titlePage", "docTitle", "docImprint", "figure", "listBibl", "castList", "castGroup",
    "set", "prologue", "epilogue", "performance", "argument", "epigraph", "postscript", "opener", "closer",
    "annotationBlock",
))  # fmt: skip
# Elements that are paragraphs, and their kinds; "" for what the segmenter tells.
BLOCKS = {
    "p": "", "ab": "", "head": "heading", "item": "list item", "cell": "table cell", "figDesc": "caption", "lg": "",
    "speaker": "paragraph", "stage": "", "trailer": "", "castItem": "list item", "titlePart": "title", "salute": "",
    "signed": "", "dateline": "", "byline": "", "u": "", "docAuthor": "", "docDate": "", "docEdition": "", "imprimatur": "",
    "entry": "", "entryFree": "", "eg": "", "meeting": "",
}  # fmt: skip
# Lines of a paragraph.
LINES = ("l", "addrLine", "lb")
# Ends of lines, pages and columns, which do not part words where they say break="no".
BREAKS = ("lb", "pb", "cb", "gb", "milestone")
# Marks in the text that hold none of it.
EMPTY = frozenset(
    (*BREAKS, "anchor", "ptr", "handShift", "space", "gap", "addSpan", "delSpan", "damageSpan", "shift", "note")
)
# What a file may align: passages, not words.
ALIGNABLE = frozenset((*BLOCKS, *STRUCTURE, "seg", "s", "l", "note", "quote", "q", "said", "label", "bibl", "cl"))
# What is no text of the version: descriptions of it, and machinery.
APART = frozenset((
    "teiHeader", "cesHeader", "standOff", "facsimile", "sourceDoc", "fsdDecl", "xenoData", "linkGrp", "link", "spanGrp", "span", "joinGrp",
    "join", "altGrp", "alt", "interpGrp", "interp", "fs", "fLib", "fvLib", "certainty", "precision", "respons", "index",
    "listTranspose", "substJoin", "timeline", "noteGrp", "listAnnotation", "annotation", "listApp", "listWit", "metamark",
    "desc", "noteStmt", "rt",
))  # fmt: skip
# What is left out of the text, as it is called when that is said.
LEFT_OUT = {
    "fw": "running heads, page numbers and other lines of the printer", "graphic": "pictures", "media": "pictures",
    "binaryObject": "pictures", "notatedMusic": "pieces of music", "egXML": "examples of code",
    "divGen": "lists that are to be made from the text", "witStart": "", "witEnd": "", "lacunaStart": "", "lacunaEnd": "",
}  # fmt: skip
# Divisions that are no part of the text itself.
APPARATUS = frozenset(("apparatus", "commentary", "bibliography", "index", "contents", "toc", "textpart-apparatus"))
# Places of notes that stand in the line itself.
IN_LINE = ("inline", "inspace", "interlinear")
CALL = re.compile(r"[\W\d_]*|\W?\w\W?")


def name_of(element: Any) -> str:
    """The name of an element, "" where it is of another language than TEI."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    namespace, _, name = tag.rpartition("}")
    return name if namespace[1:] in NAMESPACES else ""


def id_of(element: Any) -> str:
    """What the file calls an element, "" where it does not."""
    return element.get(f"{XML}id") or element.get("id") or ""


def parent_name(element: Any) -> str:
    """The name of the element around this one, "" at the root."""
    parent = element.getparent()
    return "" if parent is None else name_of(parent)


def language_of(element: Any) -> str:
    """The nearest language tag at or around an element, "" where there is none."""
    for one in (element, *element.iterancestors()):
        tag = one.get(f"{XML}lang") or one.get("lang")
        if tag:
            return tag
    return ""


def words(element: Any) -> str:
    """The text in an element in one line."""
    return " ".join("".join(element.itertext()).split())


def inner(element: Any, *path: str) -> list[Any]:
    """The elements that lie at this path of names below an element; "*" for any depth."""
    found = [element]
    for place, name in enumerate(path):
        if name == "*":
            continue
        deep = place > 0 and path[place - 1] == "*"
        found = [below for one in found for below in (one.iterdescendants() if deep else one) if name_of(below) == name]
    return found


def is_division(name: str) -> bool:
    """True for div and its numbered kin."""
    return name.rstrip("01234567") == "div"


def pointers(value: str | None) -> list[str]:
    """The pointers in an attribute that holds several."""
    return (value or "").split()


def local(pointer: str) -> str:
    """The id that a pointer into the file itself names, "" where it points elsewhere."""
    return pointer[1:] if pointer.startswith("#") and "(" not in pointer else ""
