"""Signs of fonts that have pictures where other fonts have letters: their code in the font -> the character they show."""

import re

# Where Word keeps the codes of such fonts, and LibreOffice too.
PRIVATE = re.compile("[\uf020-\uf0ff]")
FIRST = 0xF000
# Source: Adobe's encoding of the Symbol font as Unicode publishes it (Mappings/VENDORS/ADOBE/symbol.txt), 0x20 to 0x7E
# and 0xA0 to 0xFE.
SYMBOL = dict(
    zip(
        [*range(0x20, 0x7F), *range(0xA0, 0xFF)],
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=True,
    )
)
# The signs that documents take from the picture fonts: bullets, ticks, arrows, boxes (Unicode 7, L2/12-368).
WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍", 0x46: "☞", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■",
    0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x7C: "❘", 0x9E: "·", 0x9F: "•",
    0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "◻", 0xAA: "✦", 0xAB: "★", 0xAC: "✶", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF3: "⇔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
FONTS = {"symbol": SYMBOL, "opensymbol": SYMBOL, "wingdings": WINGDINGS}


def shown(code: int, font: str) -> str:
    """The character that a code shows in a font; the code's own character where that is not known.

    >>> shown(0xF061, "Symbol"), shown(0xFC, "Wingdings"), shown(0x2014, "Arial")
    ('α', '✓', '—')
    """
    signs = FONTS.get(font.strip().lower(), {})
    found = signs.get(code - FIRST if FIRST <= code < FIRST + 0x100 else code, "")
    # No character is a half of a surrogate pair, or beyond the last plane.
    return found or (chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else "")


def replaced(text: str, font: str) -> str:
    """The text with the characters it shows in this font."""
    return PRIVATE.sub(lambda match: shown(ord(match.group()), font), text)


def bullet(text: str, font: str) -> str:
    """A list's bullet as it looks: Word draws a hollow one with the letter o of a typewriter's font."""
    if text == "o" and "courier" in font.lower():
        return "◦"
    looks = "".join(shown(ord(character), font) for character in text).strip()
    return "•" if PRIVATE.search(looks) else looks
