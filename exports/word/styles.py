"""How the file looks: paper, fonts, and a style for every version and kind of segment, so that each can be changed at once."""

import re
from typing import Any

from corpora.document import Version
from corpora.languages import language
from corpora.readers.word.table import ASIDE, CONFIRMED, HEAD, NONE, OWN, UNIT, style_name
from exports.selection import Selection
from exports.word.elements import made

# Fonts that come with Word on Windows and macOS, have Cyrillic, and Hangul and Han; other programs have stand-ins for them.
FONT, EAST_ASIAN = "Calibri", "Malgun Gothic"
INK, GREY, WARNING, HUMAN = "1F2933", "595959", "9C2A10", "1D4ED8"
# Grounds: the table's head, units that are not one to one, and what was set aside.
HEAD_GROUND, UNEVEN_GROUND, ASIDE_GROUND = "E4E9F0", "FBF5E4", "F1F1F1"
# Twentieths of a point: A4, its margins, and the column of the units.
SHORT, LONG, MARGIN, FIRST = 11906, 16838, 850, 1160
# The region whose spelling Word checks, for a language without one.
REGIONS = {
    "ko": "ko-KR", "ru": "ru-RU", "en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "pl": "pl-PL",
    "nl": "nl-NL", "pt": "pt-PT", "tr": "tr-TR", "ja": "ja-JP", "zh": "zh-CN", "ar": "ar-SA", "th": "th-TH",
}  # fmt: skip
IN_EAST_ASIA, FROM_RIGHT = ("ko", "ja", "zh"), ("ar", "fa", "he", "ur")
NAMEABLE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\d*")
GREYED = ("front matter", "apparatus", "colophon", "caption")


def name_of(version: Version, number: int) -> str:
    """What a version is called in the names of its styles: its id, where that is one in a file too."""
    return version.id if NAMEABLE.fullmatch(version.id) else f"v{number + 1}"


def is_wide(selection: Selection) -> bool:
    """True where the paper lies on its long side."""
    return len(selection.versions) > 2


def width(selection: Selection) -> int:
    """The width that the table has."""
    return (LONG if is_wide(selection) else SHORT) - 2 * MARGIN


def lang(version: Version) -> Any:
    """The language of a version's characters."""
    primary = version.language.split("-")[0]
    tag = REGIONS.get(version.language, version.language)
    if primary in IN_EAST_ASIA:
        # What stands in Latin letters there is in no language that is known, and breaks lines between words.
        return made("w:lang", eastAsia=tag)
    return made("w:lang", val=tag, bidi=tag) if primary in FROM_RIGHT else made("w:lang", val=tag)


def signs(version: Version) -> list[Any]:
    """What every run of a version says of its characters, in the order that a Word file wants."""
    primary = version.language.split("-")[0]
    if primary in IN_EAST_ASIA:
        # Quotation marks and dashes, which both sorts of fonts have, are those of the text around them.
        return [made("w:rFonts", hint="eastAsia"), lang(version)]
    return [made("w:rtl"), lang(version)] if primary in FROM_RIGHT else [lang(version)]


def prepare(document: Any, selection: Selection) -> dict[str, str]:
    """Sets up paper and styles; gives the ids of the styles by their names."""
    _paper(document, selection)
    size = 10 if not is_wide(selection) else 9 if len(selection.versions) < 5 else 8
    _base(document)
    _add(document, UNIT, size=7.5, color=GREY, after=0)
    _add(document, CONFIRMED, UNIT, color=HUMAN, is_bold=True)
    _add(document, ASIDE, UNIT)
    _add(document, NONE, size=size, color=GREY, is_italic=True)
    for number, version in enumerate(selection.versions):
        name = name_of(version, number)
        text = _add(document, style_name(name, "paragraph"), size=size, version=version)
        kinds = {HEAD, *(segment.kind for segment in version.segments)} - {"paragraph"}
        for kind in sorted(kinds):
            _of_kind(document, style_name(name, kind), text, kind, size)
    return {style.name: style.style_id for style in document.styles if style.name.startswith(OWN)}


def _of_kind(document: Any, name: str, text: Any, kind: str, size: float) -> None:
    look: dict[str, Any] = {}
    if kind in ("title", "heading", HEAD):
        look = {"is_bold": True, "size": size + (1.5 if kind == "title" else 0)}
    elif kind in GREYED:
        look = {"color": GREY, "size": size - 1}
    elif kind in ("footnote", "endnote"):
        look = {"size": size - 1}
    style = _add(document, name, text.name, **look)
    if kind == "list item":
        from docx.shared import Pt

        style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Pt(10), Pt(-10)


def _add(
    document: Any,
    name: str,
    base: str = "Normal",
    *,
    size: float = 0,
    color: str = "",
    is_bold: bool = False,
    is_italic: bool = False,
    after: float | None = None,
    version: Version | None = None,
) -> Any:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[base]
    if size:
        style.font.size = Pt(size)
    if color:
        style.font.color.rgb = RGBColor.from_string(color)
    style.font.bold, style.font.italic = is_bold or None, is_italic or None
    if after is not None:
        style.paragraph_format.space_after = Pt(after)
    if version is not None:
        style.element.get_or_add_rPr().append(lang(version))
        if language(version.language).code in FROM_RIGHT:
            style.element.get_or_add_pPr().append(made("w:bidi"))
    return style


def _base(document: Any) -> None:
    """The styles of the text around the table, in fonts that exist."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    looks = {
        "Normal": (10, INK, False),
        "Title": (18, INK, True),
        "Heading 1": (13, INK, True),
        "Subtitle": (10, GREY, False),
    }
    for name, (size, color, is_bold) in looks.items():
        style = document.styles[name]
        properties = style.element.get_or_add_rPr()
        for old in (*properties.findall(qn("w:rFonts")), *properties.findall(qn("w:spacing"))):
            properties.remove(old)
        properties.insert(0, made("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=EAST_ASIAN))
        style.font.size, style.font.bold, style.font.italic = Pt(size), is_bold, False
        style.font.color.rgb = RGBColor.from_string(color)
        paragraph = style.element.get_or_add_pPr()
        for old in paragraph.findall(qn("w:pBdr")):
            paragraph.remove(old)
        style.paragraph_format.space_before = Pt(14 if name == "Heading 1" else 0)
        style.paragraph_format.space_after = Pt(3 if name == "Normal" else 6)
        style.paragraph_format.line_spacing = 1.0 if name != "Normal" else 1.08


def _paper(document: Any, selection: Selection) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    section = document.sections[0]
    section.page_width, section.page_height = Twips(SHORT), Twips(LONG)
    if is_wide(selection):
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Twips(LONG), Twips(SHORT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(MARGIN)
    section.header_distance = section.footer_distance = Twips(MARGIN // 2)
