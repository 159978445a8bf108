"""XML from strangers: parsed without entities, DTDs and the network; trees that are too deep (libxml2's 256) are refused.

What programs often get wrong is mended (`corpora.readers.mending`), as long as no text depends on it.
"""

import io
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from corpora.errors import ReadError
from corpora.readers import mending

# Tags and attributes that are taken: their tree fills a gigabyte or two, and the largest books stay far below.
MOST = 20_000_000
# Bytes that are looked at in one go for the first element.
PIECE = 65_536


def parse(data: bytes, where: str) -> Any:
    """The root element, an lxml.etree._Element.

    Args:
        data: the XML.
        where: how the user knows it, for messages: '"paper.tei"'.

    Raises:
        ReadError: it is no well-formed XML, or it declares entities, or its tree would fill the memory.
    """
    from lxml import etree

    if data.count(b"<") + data.count(b"=") > MOST:
        raise ReadError(f"{where} holds too many elements to be read; divide it into several files.")
    try:
        root = mending.parsed(data)
    except (etree.XMLSyntaxError, ValueError) as error:
        root = mending.mended(data)
        if root is None:
            raise _broken(where, error) from None
    _without_entities(root, where)
    _resolve(root, where)
    return root


def each(data: bytes, where: str, *names: str) -> Iterator[Any]:
    """The elements with these local names, in order; of a file that is too large to be held whole.

    An element is whole when it is given, and is empty when the next one is asked for.

    Args:
        data: the XML.
        where: as in `parse`.
        names: without namespaces.

    Raises:
        ReadError: as in `parse`.
    """
    from lxml import etree

    tags = [f"{{*}}{name}" for name in names]
    seen = False
    try:
        for _, element in etree.iterparse(io.BytesIO(data), events=("end",), tag=tags, **mending.SAFE):
            if not seen:
                _without_entities(element, where)
                seen = True
            yield element
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _broken(where, error) from None


def first_element(data: bytes, where: str) -> str:
    """The name of the first element, without its namespace.

    Raises:
        ReadError: it is no well-formed XML up to there.
    """
    from lxml import etree

    options = {name: value for name, value in mending.SAFE.items() if not name.startswith("remove")}
    parser = etree.XMLPullParser(events=("start",), **options)
    try:
        for start in range(0, len(data), PIECE):
            parser.feed(data[start : start + PIECE])
            for _, element in parser.read_events():
                return str(element.tag).rpartition("}")[2]
    except (etree.XMLSyntaxError, ValueError):
        pass
    raise ReadError(f"{where} is not well-formed XML; open it in the program that made it and save it again.")


def _broken(where: str, error: Exception) -> ReadError:
    if "Excessive depth" in str(error):
        return ReadError(f"{where} has elements in elements more than 256 deep; give a simpler file.")
    number = getattr(error, "lineno", None)
    line = f", line {number}" if number else ""
    return ReadError(f"{where}{line} is not well-formed XML; open it in the program that made it and save it again.")


def _without_entities(element: Any, where: str) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise ReadError(f"{where} declares entities, which may stand for anything; save it without a DTD of its own.")


def _resolve(root: Any, where: str) -> None:
    """Puts the characters of HTML's named entities, which the great DTDs declare too, in their places.

    Raises:
        ReadError: an entity has another name.
    """
    from lxml import etree

    entities = list(root.iter(etree.Entity))
    # Where text goes on and what comes there: a paragraph may hold thousands of them, and is put together once.
    runs: list[tuple[Any, bool, list[str]]] = []
    for entity in entities:
        character = html5.get(f"{entity.name};")
        if character is None:
            raise ReadError(
                f"{where} uses the entity {entity.name!r:.40}, which it does not declare; save it with the character."
            )
        before = entity.getprevious()
        if before is None or before.tag is not etree.Entity:
            runs.append((entity.getparent(), False, []) if before is None else (before, True, []))
        runs[-1][2].extend((character, entity.tail or ""))
    for holder, is_tail, pieces in runs:
        if is_tail:
            holder.tail = "".join((holder.tail or "", *pieces))
        else:
            holder.text = "".join((holder.text or "", *pieces))
    for entity in entities:
        entity.tail = None
        entity.getparent().remove(entity)
