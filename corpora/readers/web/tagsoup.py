"""HTML from strangers: decoded as it says, parsed without network; what would be cut short or take too long is refused."""

import codecs
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from corpora.codepages import FOREIGN_FILES, decode
from corpora.codepages.names import MARKS
from corpora.contents import File
from corpora.errors import ReadError
from corpora.readers import markup

# Where a declaration is looked for: the HTML standard asks for the first 1,024 bytes, and pages put scripts before it.
HEAD = 8192
DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
# What browsers read under these names (WHATWG Encoding Standard, 4.2).
READ_AS = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252", "iso_8859-1": "cp1252",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ks_c_5601-1989": "cp949", "ksc5601": "cp949", "ksc_5601": "cp949",
    "windows-949": "cp949", "korean": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "x-sjis": "cp932", "sjis": "cp932", "x-user-defined": "cp1252",
}  # fmt: skip
XML = re.compile(r"\s*<\?xml[^>]*\?>")
# A DTD with declarations of its own.
DTD = re.compile(r"<!DOCTYPE[^>\[]{0,500}\[", re.IGNORECASE)
ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
OF_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))
# A tag; a quotation mark opens a value only behind an equals sign. libxml2 compares each attribute of a tag with every other.
QUOTED = r"=\s*\"[^\"]*\"|=\s*'[^']*'"
TAG = re.compile(rf"<(?P<name>[A-Za-z][A-Za-z0-9]*)(?:{QUOTED}|[^>])*")
VALUE = re.compile(QUOTED)
# Elements whose content is no markup.
RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
LONGEST_TAG, MOST_IN_TAG = 2000, 4000
REPLACED = "\ufffd"


def decoded(file: File, data: bytes, told: str = "") -> tuple[str, str, list[str]]:
    """The text of a page, its encoding, and what was decided, a sentence each.

    The user's choice counts first, then a byte order mark, then what came with the page (`told`), then what it says
    itself; bytes that are UTF-8 are read as that whatever older encoding is named.

    Raises:
        ReadError: the encoding is not known or cannot be told.
    """
    where = f'"{file.base}"'
    for begins, kind in FOREIGN_FILES.items():
        if data.startswith(begins):
            raise ReadError(f"{where} is not a web page but {kind} file; give it under the name that ends so.")
    mark = next((name for mark, name in MARKS if data.startswith(mark)), "")
    declared = DECLARED.search(data[:HEAD])
    said = told or ((declared[1] or declared[2]).decode("ascii", "replace") if declared else "")
    if file.encoding or mark:
        name = _known(file.encoding or mark)
        if not name:
            raise ReadError(f'{where} cannot be read as "{file.encoding}", an unknown encoding; choose another one.')
        return _in(data, name, mark or name)
    # A declaration that can be read in ASCII is in no encoding of two bytes a letter.
    if (name := _known(said)) and not name.startswith(("utf-8", "utf-16", "utf-32")):
        if (text := _strict(data, "utf-8")) is not None and not data.isascii():
            return text, "utf-8", [f"It says that it is in {said}, but its bytes are UTF-8; it was read as that."]
        return _in(data, name, name)
    if (text := _strict(data, "utf-8")) is not None:
        return text, "utf-8", []
    try:
        text, name = decode(data, where)
    except ReadError:
        if not said:
            raise ReadError(
                f"{where} does not say its encoding, and it cannot be told; choose the encoding and read it again."
            ) from None
        return _in(data, "utf-8", "utf-8")
    return text, name, [f"It says that it is in {said}, but was read as {name}."] if said else []


def _known(name: str) -> str:
    """The encoding that browsers read under this name, "" where there is none for text."""
    name = READ_AS.get(name.strip().lower(), name.strip())
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return found.name if found._is_text_encoding else ""


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _in(data: bytes, encoding: str, name: str) -> tuple[str, str, list[str]]:
    try:
        text = data.decode(encoding, "replace").removeprefix("\ufeff")
    except (UnicodeError, ValueError):
        text = data.decode("utf-8", "replace")
    lost = text.count(REPLACED)
    told = f"{lost} characters could not be read in {name} and are shown as {REPLACED}; choose another encoding if there are many."
    return text, name, [told] if lost else []


def parsed(text: str, where: str, *, is_xml: bool = False) -> Any:
    """The root element of a page, an lxml.html.HtmlElement; of XML that is well-formed, an lxml.etree._Element.

    Args:
        text: the page.
        where: how the user knows it, for messages: '"page.html"'.
        is_xml: read it as XML first, in which every element is closed.

    Raises:
        ReadError: it is no page, declares entities, or is too deep or too large to be read whole.
    """
    if DTD.search(text[:HEAD]):
        raise ReadError(f"{where} declares entities, which may stand for anything; save it without a DTD of its own.")
    if any(len(VALUE.sub("", tag)) > MOST_IN_TAG for tag in _tags(text) if len(tag) > LONGEST_TAG):
        raise ReadError(f"{where} has a tag with thousands of attributes; save it again from a browser.")
    # It is in UTF-8 from here on, whatever it said.
    text = text[declared.end() :] if (declared := XML.match(text)) else text
    if is_xml:
        try:
            return markup.parse(ENTITY.sub(_entity, text).encode("utf-8", "replace"), where)
        except ReadError:
            pass  # Many a file that calls itself XHTML is not well-formed; browsers read it all the same.
    return _html(text, where)


def _tags(text: str) -> Iterator[str]:
    """The tags of a page that begin something, those in scripts and comments left out."""
    folded, place = text.lower(), 0
    while (place := text.find("<", place)) >= 0:
        if text.startswith("<!--", place):
            place = _behind(text, "-->", place + 4)
        elif tag := TAG.match(text, place):
            yield tag.group()
            place, name = tag.end(), tag["name"].lower()
            if name in RAW and not tag.group().endswith("/"):
                place = _behind(folded, f"</{name}", place)
        else:
            place += 1


def _behind(text: str, end: str, start: int) -> int:
    """The place behind the next `end`, the end of the text where there is none."""
    found = text.find(end, start)
    return len(text) if found < 0 else found + len(end)


def _entity(match: re.Match[str]) -> str:
    """The character that HTML names so, as XML, which knows five names only, writes it."""
    name = match[1]
    return match[0] if name in OF_XML else html5.get(f"{name};", f"&amp;{name};")


def _html(text: str, where: str) -> Any:
    from lxml import etree
    from lxml import html as pages

    parser = pages.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if any(one.type_name == "ERR_RESOURCE_LIMIT" for one in parser.error_log):
        raise ReadError(
            f"{where} is nested too deeply, or has a text or picture of over 10 MB within it; save it as plain text."
        )
    if root is None:
        raise ReadError(f"{where} holds no page; give an HTML file that a browser shows.")
    return root
