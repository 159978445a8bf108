"""Which elements of a TEI file are texts of their own."""

from collections.abc import Collection, Sequence
from typing import Any

from corpora.readers.tei.elements import ROOTS, XML, inner, is_division, language_of, name_of

# Divisions that hold a text and its translations side by side.
EDITIONS = ("edition", "translation", "original", "source", "target")
# A group of more texts than these in several languages is a collection.
MOST_IN_GROUP = 20


def texts(root: Any) -> list[Any]:
    """The elements that hold the texts of a file, in order: <text>s without others in them, or divisions by language."""
    found: list[Any] = []
    for corpus in (root, *(one for one in root.iterdescendants() if name_of(one) in ROOTS)):
        for text in inner(corpus, "text"):
            found += _leaves(text)
    return _divisions(found[0]) or found if len(found) == 1 else found


def _leaves(text: Any) -> list[Any]:
    """The texts of a group, and of groups in it."""
    within = [one for group in inner(text, "group") for each in _grouped(group) for one in _leaves(each)]
    return within or [text]


def _grouped(group: Any) -> list[Any]:
    return [
        one
        for each in group
        for one in ([each] if name_of(each) == "text" else _grouped(each) if name_of(each) == "group" else [])
    ]


def _divisions(text: Any) -> list[Any]:
    """The divisions of a body that are the versions of one text; none where it is one text itself."""
    divisions = [one for body in inner(text, "body") for one in body if is_division(name_of(one))]
    tagged = [one for one in divisions if one.get(f"{XML}lang")]
    languages = {one.get(f"{XML}lang") for one in tagged}
    editions = [one for one in tagged if one.get("type") in EDITIONS]
    if len({one.get(f"{XML}lang") for one in editions}) > 1:
        return editions
    is_bilingual = len(languages) == len(divisions) > 1
    return divisions if is_bilingual else []


def whole(found: Sequence[Any]) -> list[Any]:
    """The elements that hold everything of a collection's texts, also what stands around them."""
    outer = [
        next((one for one in reversed([text, *text.iterancestors()]) if name_of(one) == "text"), text) for text in found
    ]
    return list(dict.fromkeys(outer))


def around(found: Sequence[Any]) -> int:
    """The number of characters that stand around the texts and in none of them."""
    outer, own = whole(found), set(found)
    if own == set(outer):
        return 0
    return sum(_length(one) for one in outer) - sum(_length(one) for one in own)


def _length(element: Any) -> int:
    return sum(len("".join(text.split())) for text in element.itertext())


def is_apart(found: Sequence[Any], aligned: Collection[Any]) -> bool:
    """True where the texts are versions, and no collection that is one text as a whole.

    Args:
        found: the texts.
        aligned: what of them the file aligned, or says to have no counterpart.
    """
    if len(found) == 1 or aligned or any(name_of(one) != "text" for one in found):
        return True
    files = {_file_of(one) for one in found}
    return len(files) == len(found) or (len({language_of(one) for one in found}) > 1 and len(found) <= MOST_IN_GROUP)


def _file_of(text: Any) -> Any:
    return next((one for one in text.iterancestors() if name_of(one) in ROOTS), None)


def header_of(text: Any) -> Any:
    """The header that describes a text, None where there is none."""
    file = _file_of(text)
    while file is not None:
        if headers := inner(file, "teiHeader"):
            return headers[0]
        file = file.getparent()
    return None
