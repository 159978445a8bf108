"""Footnotes of HTML: which links call a note, what the note is, and which links lead back from it.

HTML has no footnotes of its own. They are known by what EPUB and DPUB-ARIA call them, or else by a short raised or
bracketed mark that leads to a passage which leads back, begins with the mark, or has a note's name.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

Element = Any
TYPE = "{http://www.idpf.org/2007/ops}type"
FOOTNOTE, ENDNOTE = "footnote", "endnote"
# EPUB Structural Semantics 1.1 and DPUB-ARIA 1.1.
CALLS = frozenset(("noteref", "doc-noteref", "footnote-ref", "footnote-reference", "footnoteref"))
BODIES: Mapping[str, str] = {
    "footnote": FOOTNOTE, "note": FOOTNOTE, "doc-footnote": FOOTNOTE,
    "endnote": ENDNOTE, "rearnote": ENDNOTE, "doc-endnote": ENDNOTE,
}  # fmt: skip
BACK = frozenset(
    (
        "backlink",
        "doc-backlink",
        "footnote-back",
        "footnote-backref",
        "mw-cite-backlink",
        "fn-backref",
        "reversefootnote",
    )
)
SIGN = r"\d{1,4}|[a-z]|[ivxlc]{1,6}|[*∗†‡§#]{1,4}|주\s?\d{1,4}"
MARK = re.compile(rf"[\[(]?\s*(?P<sign>{SIGN})\s*[\])]?", re.IGNORECASE)
BRACKETED = re.compile(r"[\[(].*[\])]|[*∗†‡§]+")
NAME = re.compile(r"note(?!book)|^_*(?:fn|ftn|edn)[-_:.]?\w{0,4}$", re.IGNORECASE)
NO_NAME = re.compile(r"ref|back|call|return", re.IGNORECASE)
END_NAME = re.compile(r"endnote|^_*edn", re.IGNORECASE)
# Elements around a link within which its name may stand.
AROUND = 3
# A passage that is longer, in elements, is no note.
LARGEST = 200
NO_BODY = frozenset(("body", "html", "main", "article", "section", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tbody", "tr", "ol", "ul", "dl", ""))  # fmt: skip
BODY = frozenset(("p", "li", "div", "aside", "td", "dd", "dt", "blockquote", "section", "details"))


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a text, each by its name.

    `calls` and `returns` are the links that are no text, `worded` those of them whose words are text all the same;
    `bodies` are the elements of the notes, `kinds` what the notes are, `signs` what they are called by.
    """

    calls: dict[Element, str] = field(default_factory=dict)
    worded: set[Element] = field(default_factory=set)
    returns: set[Element] = field(default_factory=set)
    bodies: dict[Element, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    signs: dict[str, str] = field(default_factory=dict)


def found(roots: Mapping[str, Element]) -> Notes:
    """The notes of the files of a text.

    Args:
        roots: by the paths of the files; "" for a page by itself, whose links all lead into it.
    """
    notes, names = Notes(), _names(roots)
    looks: dict[Element, _Look] = {}
    callers: set[str] = set()
    for file, root in roots.items():
        for link in root.iter("{*}a"):
            target = target_of(link, file)
            if not target:
                continue
            inside = _note_around(link, notes)
            if inside is not None and (target in callers or types_of(link) & BACK):
                notes.returns.add(link)
            elif (body := _called(link, target, names, file, looks)) is not None and body not in notes.bodies:
                _add(notes, link, target, body, callers, file)
            elif target in notes.kinds and body is not None:
                # Called once more.
                notes.calls[link] = target
                callers.update(_near(link, file))
    _unmarked(roots, notes)
    return notes


def names_of(element: Element, file: str = "") -> Iterator[str]:
    """What links call an element."""
    for name in (element.get("id"), element.get("name") if _tag(element) == "a" else None):
        if name:
            yield f"{file}#{name}"


def target_of(link: Element, file: str) -> str:
    """The name of what a link leads to, "" where it leads to no place in a file."""
    path, hash, name = (link.get("href") or "").strip().partition("#")
    if not hash or not name:
        return ""
    if not file or not path:
        return f"{file}#{unquote(name)}"
    return f"{posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(path)))}#{unquote(name)}"


def _add(notes: Notes, link: Element, target: str, body: Element, callers: set[str], file: str) -> None:
    types = types_of(body)
    kind = next((BODIES[one] for one in types if one in BODIES), "")
    notes.kinds[target] = kind or (ENDNOTE if END_NAME.search(target.rpartition("#")[2]) else FOOTNOTE)
    notes.calls[link] = target
    if mark := MARK.fullmatch(_shown(link)):
        notes.signs[target] = mark["sign"]
    else:
        notes.worded.add(link)
    callers.update(_near(link, file))
    for one in _whole(body):
        notes.bodies[one] = target


def _unmarked(roots: Mapping[str, Element], notes: Notes) -> None:
    """Adds what calls itself a note and is called by no link."""
    for file, root in roots.items():
        for body in root.iter("{*}aside", "{*}li", "{*}div", "{*}p", "{*}section"):
            kind = next((BODIES[one] for one in types_of(body) if one in BODIES and one != "note"), "")
            if kind and body not in notes.bodies and _note_around(body, notes) is None:
                name = next(names_of(body, file), f"{file}#note {len(notes.kinds) + 1}")
                if name not in notes.kinds:
                    notes.kinds[name], notes.bodies[body] = kind, name


@dataclass(frozen=True, slots=True)
class _Look:
    """What a passage shows that may be a note: whether it is short, how it begins, where its links lead."""

    is_short: bool
    begins: str
    leads: frozenset[str]


def _look(body: Element, file: str) -> _Look:
    inside = [one for one, _ in zip(body.iter(), range(LARGEST + 1), strict=False)]
    if len(inside) > LARGEST:
        return _Look(False, "", frozenset())
    links = (target_of(one, file) for one in inside if _tag(one) == "a")
    return _Look(True, _shown(body)[:LARGEST].lstrip("[( "), frozenset(links))


def _called(
    link: Element, target: str, names: Mapping[str, Element], file: str, looks: dict[Element, _Look]
) -> Element | None:
    """The element of the note that a link calls, None where it calls none."""
    if (element := names.get(target)) is None:
        return None
    body = _body(element)
    if body is None or any(one is body for one in link.iterancestors()):
        return None
    if types_of(link) & CALLS or (types_of(body) & BODIES.keys() and len(_shown(link)) <= LARGEST):
        return body
    shown, name = _shown(link), target.rpartition("#")[2]
    mark = MARK.fullmatch(shown)
    named = bool(NAME.search(name)) and not NO_NAME.search(name)
    raised = _is_raised(link) or bool(BRACKETED.fullmatch(shown)) or _is_bracketed(link)
    if mark is None or not (raised or named):
        return None
    look = looks.get(body) or looks.setdefault(body, _look(body, target.rpartition("#")[0]))
    leads_back = not look.leads.isdisjoint(_near(link, file))
    begins = raised and look.begins.startswith(mark["sign"])
    return body if look.is_short and ((named and raised) or leads_back or begins) else None


def _body(element: Element) -> Element | None:
    """The passage that is called by an element's name."""
    while element is not None and _tag(element) not in BODY:
        if _tag(element) in NO_BODY and not types_of(element) & BODIES.keys():
            # Older papers of docutils have a table for each note.
            return element if _tag(element) == "table" and "footnote" in types_of(element) else None
        element = element.getparent()
    return element


def _whole(body: Element) -> Iterator[Element]:
    """The elements of a note: one, but for a term whose descriptions follow it."""
    yield body
    if _tag(body) == "dt":
        for one in body.itersiblings():
            if _tag(one) != "dd":
                break
            yield one


def _names(roots: Mapping[str, Element]) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for file, root in roots.items():
        for element in root.iter():
            for name in names_of(element, file):
                found.setdefault(name, element)
    return found


def _near(link: Element, file: str) -> Iterator[str]:
    """The names that a note's link back may call the link by."""
    before = link.getprevious()
    around = [one for one, _ in zip(link.iterancestors(), range(AROUND), strict=False)]
    for element in (link, *around, *((before,) if before is not None else ()), *link):
        yield from names_of(element, file)


def _note_around(element: Element, notes: Notes) -> str | None:
    return next((notes.bodies[one] for one in (element, *element.iterancestors()) if one in notes.bodies), None)


def _is_raised(link: Element) -> bool:
    parent = link.getparent()
    inner = next(iter(link), None)
    return (parent is not None and _tag(parent) == "sup") or (inner is not None and _tag(inner) == "sup")


def _is_bracketed(link: Element) -> bool:
    before = link.getprevious()
    parent = link.getparent()
    text = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    return text.rstrip().endswith(("[", "(")) and (link.tail or "").lstrip().startswith(("]", ")"))


def _shown(link: Element) -> str:
    return " ".join("".join(link.itertext()).split())


def types_of(element: Element) -> set[str]:
    """What an element says that it is: its semantic types, roles and classes."""
    return semantics_of(element) | set((element.get("class") or "").lower().split())


def semantics_of(element: Element) -> set[str]:
    """The semantic types and roles of an element; classes are words of the author's own."""
    return {one for name in (TYPE, "epub:type", "role") for one in (element.get(name) or "").lower().split()}


def _tag(element: Element) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""
