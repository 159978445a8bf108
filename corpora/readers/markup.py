"""XML from strangers: parsed without entities, DTDs and the network; trees that are too deep (libxml2's 256) are refused."""

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
        line = f", line {error.lineno}" if isinstance(error, etree.XMLSyntaxError) and error.lineno else ""
        raise ReadError(
            f"{where}{line} is not well-formed XML; open it in the program that made it and save it again."
        ) from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise ReadError(f"{where} declares entities, which may stand for anything; save it without a DTD of its own.")
    return root
