"""XML from strangers: parsed without entities, DTDs and the network; trees that are too deep (libxml2's 256) are refused.

What programs often get wrong is mended, as long as no text depends on it: names whose prefix nothing declares, control
characters that XML cannot hold, and a file that was saved as UTF-8 but still calls itself UTF-16.
"""

import re
from typing import Any

from corpora.errors import ReadError

# References to control characters, which XML 1.0 forbids (2.2), and the characters themselves.
FORBIDDEN = rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bce]|1[0-9a-f]));|[\x00-\x08\x0b\x0c\x0e-\x1f]"
CONTROL = re.compile(FORBIDDEN, re.IGNORECASE)
CONTROL_IN_WIDE = re.compile(FORBIDDEN.decode("ascii"), re.IGNORECASE)
WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}


def parse(data: bytes, where: str) -> Any:
    """The root element, an lxml.etree._Element.

    Args:
        data: the XML.
        where: how the user knows it, for messages: '"paper.tei"'.

    Raises:
        ReadError: it is no well-formed XML, or it declares entities.
    """
    from lxml import etree

    try:
        root = _parsed(data)
    except (etree.XMLSyntaxError, ValueError) as error:
        root = _mended(data)
        if root is None:
            line = f", line {error.lineno}" if isinstance(error, etree.XMLSyntaxError) and error.lineno else ""
            raise ReadError(
                f"{where}{line} is not well-formed XML; open it in the program that made it and save it again."
            ) from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise ReadError(f"{where} declares entities, which may stand for anything; save it without a DTD of its own.")
    return root


def _parsed(data: bytes, encoding: str | None = None) -> Any:
    from lxml import etree

    options: dict[str, Any] = {
        "resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False, "huge_tree": False,
        "remove_pis": True, "remove_comments": True, "encoding": encoding,
    }  # fmt: skip
    parser = etree.XMLParser(**options)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        if not _only_names(parser):
            raise
    return etree.fromstring(data, etree.XMLParser(recover=True, **options))


def _only_names(parser: Any) -> bool:
    """True when nothing but prefixes of names is wrong."""
    return all(entry.domain_name == "NAMESPACE" for entry in parser.error_log) and len(parser.error_log) > 0


def _mended(data: bytes) -> Any | None:
    """The root element of what can be mended, None of all else."""
    from lxml import etree

    wide = WIDE.get(data[:2])
    try:
        if wide is None:
            return _parsed(CONTROL.sub(b"", data), None if b"\x00" in data[:4] else _declared(data))
        text = CONTROL_IN_WIDE.sub("", data.decode(wide))
        return _parsed(text.encode(wide))
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None


def _declared(data: bytes) -> str | None:
    """UTF-8 for a file that calls itself UTF-16 and is not; None to go by what it says."""
    head = data[:200].lower()
    return "utf-8" if b"utf-16" in head.partition(b"?>")[0] else None
