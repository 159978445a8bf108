"""CES: texts of marked paragraphs and sentences, and the alignment of two such texts in a file of its own.

InterText and OPUS write the same elements, and do not agree on which side of `xtargets` comes first.
Source: Corpus Encoding Standard (XCES), cesAlign; InterText Server, help on import; OPUS, opustools 1.9.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpora.building import Builder
from corpora.contents import Contents, File, Links
from corpora.document import STATUSES
from corpora.errors import ReadError
from corpora.readers import markup
from corpora.readers.tei.elements import XML, id_of, inner, name_of, words
from corpora.readers.tei.header import fitting_tag
from corpora.readers.tei.readings import Readings
from corpora.readers.tei.walk import STRIDE, Walk

ALIGNMENTS = ("cesAlign", "linkGrp")
# What InterText calls a link that a person made or checked.
BY_HAND = "man"
# The names of texts in OPUS are those of packed files.
PACKED = ".gz"
SENTENCES, PARAGRAPHS = ("s",), ("p", "head")


def read(file: File) -> Contents:
    """CES and OPUS XML: a text of paragraphs and sentences, or the alignment of two of them.

    Raises:
        ReadError: the file is neither, or holds nothing.
    """
    root = markup.parse(file.data, f'"{file.base}"')
    return _alignment(file, root) if name_of(root) in ALIGNMENTS else _text(file, root)


def _alignment(file: File, root: Any) -> Contents:
    groups = [one for one in root.iter() if name_of(one) == "linkGrp"]
    found, told = [], []
    for group in groups:
        links = [one for one in group if name_of(one) == "link" and ";" in (one.get("xtargets") or "")]
        if not links:
            continue
        files = tuple((group.get(name) or "").removesuffix(PACKED) for name in ("fromDoc", "toDoc"))
        to_first = name_of(root) == "linkGrp" or any(one.get("status") for one in links)
        first, program = ("second", "InterText") if to_first else ("first", "OPUS")
        told.append(f"In each link the passages of the {first} text are taken to come first, as {program} writes them.")
        sides = [tuple(tuple(side.split()) for side in one.get("xtargets").split(";")[:2]) for one in links]
        sure = frozenset(place for place, one in enumerate(links) if one.get("status") == BY_HAND)
        ordered = tuple(side[::-1] if to_first else side for side in sides)
        found.append(Links(ordered, by_line=False, files=files if all(files) else (), confirmed=sure))
    if not found:
        raise ReadError(
            f'"{file.base}" holds no links with xtargets; give the alignment as InterText or OPUS writes it.'
        )
    return Contents(links=tuple(found), warnings=tuple(dict.fromkeys(told)))


def _text(file: File, root: Any) -> Contents:
    marked = _marked(root)
    if not marked:
        raise ReadError(
            f'"{file.base}" is XML, but holds no sentences <s> or paragraphs <p>; give a text in CES, OPUS or TEI.'
        )
    total, steps = sum(1 for _ in root.iter()) + 1, Counter[str]()

    def tell() -> None:
        steps["done"] += STRIDE
        file.progress(min(1.0, steps["done"] / total))

    walk = Walk({}, frozenset(marked), frozenset(), frozenset(), Readings(), tell)
    walk.walk(root)
    builder = Builder()
    for passage in walk.found:
        builder.add(passage.text, passage.kind, id=passage.id)
    said = root.attrib
    titles = [
        words(one)
        for header in inner(root, "cesHeader")
        for one in header.iter()
        if name_of(one) in ("h.title", "title")
    ]
    title = said.get("title") or next(filter(None, titles), "")
    version = builder.version(file, language=fitting_tag(_language(root)), title=title)
    status = (said.get("status") or "").split(",")[0]
    translators = tuple(filter(None, (name.strip() for name in (said.get("translators") or "").split(";"))))
    version = replace(
        version,
        date=said.get("date") or "",
        translators=translators,
        status=status if status in STATUSES else version.status,
    )
    left = tuple(f"{text[0].upper()}{text[1:]} are not read ({count})." for text, count in walk.left.items() if text)
    return Contents((version,), left_out=left)


def _marked(root: Any) -> list[Any]:
    """The sentences of a text, or its paragraphs where it has none."""
    for names in (SENTENCES, PARAGRAPHS):
        if found := [one for one in root.iter() if name_of(one) in names and id_of(one)]:
            return found
    return [one for one in root.iter() if name_of(one) in (*SENTENCES, *PARAGRAPHS)]


def _language(root: Any) -> str:
    return next(
        (tag for one in _heads(root) for key in (f"{XML}lang", "lang", "language") if (tag := one.get(key))), ""
    )


def _heads(root: Any) -> Iterator[Any]:
    """The elements that may say the language of the whole text."""
    yield root
    yield from (one for one in root if name_of(one) in ("text", "body"))
