"""XML from strangers: parsed without entities, DTDs and the network; trees that are too deep (libxml2's 256) are refused."""

from html.entities import html5
from typing import Any

from corpora.errors import ReadError

# Bytes that are looked at in one go for the first element.
PIECE = 65_536


def parse(data: bytes, where: str) -> Any:
    """The root element, an lxml.etree._Element.

    Args:
        data: the XML.
        where: how the user knows it, for messages: '"paper.tei"'.

    Raises:
        ReadError: it is no well-formed XML, or it declares entities.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_pis=True, remove_comments=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "Excessive depth" in str(error):
            raise ReadError(
                f"{where} has elements in elements in elements more than 256 deep; give a simpler file."
            ) from None
        line = f", line {error.lineno}" if isinstance(error, etree.XMLSyntaxError) and error.lineno else ""
        raise ReadError(
            f"{where}{line} is not well-formed XML; open it in the program that made it and save it again."
        ) from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise ReadError(f"{where} declares entities, which may stand for anything; save it without a DTD of its own.")
    _resolve(root, where)
    return root


def first_element(data: bytes, where: str) -> str:
    """The name of the first element, without its namespace.

    Raises:
        ReadError: it is no well-formed XML up to there.
    """
    from lxml import etree

    parser = etree.XMLPullParser(
        events=("start",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
    )
    try:
        for start in range(0, len(data), PIECE):
            parser.feed(data[start : start + PIECE])
            for _, element in parser.read_events():
                return str(element.tag).rpartition("}")[2]
    except (etree.XMLSyntaxError, ValueError):
        pass
    raise ReadError(f"{where} is not well-formed XML; open it in the program that made it and save it again.")


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
