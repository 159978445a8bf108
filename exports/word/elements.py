"""Elements of a Word file, made in one line each."""

from typing import Any

from corpora.building import CONTROL

BREAKS = {"\n": "w:br", "\t": "w:tab"}


def made(name: str, *children: Any, **attributes: str | int) -> Any:
    """An element such as "w:p" with attributes of its namespace and children."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    element.extend(children)
    return element


def run(text: str, *properties: Any) -> Any:
    """A run of characters that look so; what no XML can hold stands as a blank."""
    found = made("w:r", made("w:rPr", *properties)) if properties else made("w:r")
    piece = ""
    for character in (*CONTROL.sub(" ", text), ""):
        if character in BREAKS or not character:
            if piece:
                letters = made("w:t")
                letters.text = piece
                letters.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                found.append(letters)
            piece = ""
            if character:
                found.append(made(BREAKS[character]))
        else:
            piece += character
    return found


def paragraph(style: str, *content: Any) -> Any:
    """A paragraph in the style with this id."""
    return made("w:p", made("w:pPr", made("w:pStyle", val=style)), *content)


def cell(*paragraphs: Any, width: int, shade: str = "", left: str = "") -> Any:
    """A table's cell, `width` in twentieths of a point, with colours of its ground and of a thick line on its left."""
    properties = made("w:tcPr", made("w:tcW", w=width, type="dxa"))
    if left:
        properties.append(made("w:tcBorders", made("w:left", val="single", sz=24, space=0, color=left)))
    if shade:
        properties.append(made("w:shd", val="clear", color="auto", fill=shade))
    return made("w:tc", properties, *paragraphs)


def row(*cells: Any, is_head: bool = False, is_whole: bool = False) -> Any:
    """A table's row; its head stands on every page, and neither that nor one that is `is_whole` is divided by a page's end."""
    properties = [*([made("w:cantSplit")] if is_head or is_whole else []), *([made("w:tblHeader")] if is_head else [])]
    return made("w:tr", *([made("w:trPr", *properties)] if properties else []), *cells)


def field(code: str) -> Any:
    """A field that shows what its code says, such as the page's number."""
    return made("w:fldSimple", run("1"), instr=code)
