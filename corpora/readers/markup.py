"""XML from strangers: parsed without entities, DTDs and the network; trees that are too deep (libxml2's 256) are refused."""

import io
from collections.abc import Iterator
from typing import Any

from corpora.errors import ReadError

# Tags and attributes that are taken: their tree fills a gigabyte or two, and the largest books stay far below.
MOST = 20_000_000


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

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_pis=True, remove_comments=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _broken(where, error) from None
    _without_entities(root, where)
    return root


def _broken(where: str, error: Exception) -> ReadError:
    number = getattr(error, "lineno", None)
    line = f", line {number}" if number else ""
    return ReadError(f"{where}{line} is not well-formed XML; open it in the program that made it and save it again.")


def _without_entities(element: Any, where: str) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise ReadError(f"{where} declares entities, which may stand for anything; save it without a DTD of its own.")


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
        for _, element in etree.iterparse(
            io.BytesIO(data), events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False,
            dtd_validation=False, huge_tree=False, remove_pis=True, remove_comments=True,
        ):  # fmt: skip
            if not seen:
                _without_entities(element, where)
                seen = True
            yield element
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _broken(where, error) from None
