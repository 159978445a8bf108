"""XML that programs wrote a little wrong, parsed all the same.

Names whose prefix nothing declares, control characters that XML cannot hold, and a file that was saved as UTF-8 but still
calls itself UTF-16.
"""

import re
from typing import Any

# How every parser is held.
SAFE: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False, "huge_tree": False,
    "remove_pis": True, "remove_comments": True,
}  # fmt: skip
# References to control characters, which XML 1.0 forbids (2.2), and the characters themselves.
FORBIDDEN = rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bce]|1[0-9a-f]));|[\x00-\x08\x0b\x0c\x0e-\x1f]"
CONTROL = re.compile(FORBIDDEN, re.IGNORECASE)
CONTROL_IN_WIDE = re.compile(FORBIDDEN.decode("ascii"), re.IGNORECASE)
WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}


def parsed(data: bytes, encoding: str | None = None) -> Any:
    """The root element, an lxml.etree._Element; prefixes that nothing declares are left as they are.

    Raises:
        lxml.etree.XMLSyntaxError: it is not well-formed.
        ValueError: lxml cannot take it.
    """
    from lxml import etree

    parser = etree.XMLParser(**SAFE, encoding=encoding)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        if not _only_names(parser):
            raise
    return etree.fromstring(data, etree.XMLParser(recover=True, **SAFE, encoding=encoding))


def mended(data: bytes) -> Any | None:
    """The root element of what can be mended, None of all else."""
    from lxml import etree

    wide = WIDE.get(data[:2])
    try:
        if wide is None:
            return parsed(CONTROL.sub(b"", data), None if b"\x00" in data[:4] else _declared(data))
        text = CONTROL_IN_WIDE.sub("", data.decode(wide))
        return parsed(text.encode(wide))
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None


def _only_names(parser: Any) -> bool:
    """True when nothing but prefixes of names is wrong."""
    return all(entry.domain_name == "NAMESPACE" for entry in parser.error_log) and len(parser.error_log) > 0


def _declared(data: bytes) -> str | None:
    """UTF-8 for a file that calls itself UTF-16 and is not; None to go by what it says."""
    head = data[:200].lower()
    return "utf-8" if b"utf-16" in head.partition(b"?>")[0] else None
