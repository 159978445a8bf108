"""What encodings are called, and what says by itself which one a file is in."""

import codecs

from corpora.errors import UnknownName
from corpora.quoting import clean_line

# What people can choose, by the name that Python has for it; the menu's order.
ENCODINGS: dict[str, str] = {
    "utf-8": "Unicode UTF-8",
    "utf-16-le": "Unicode UTF-16, little-endian",
    "utf-16-be": "Unicode UTF-16, big-endian",
    "utf-32-le": "Unicode UTF-32, little-endian",
    "utf-32-be": "Unicode UTF-32, big-endian",
    "cp949": "Korean CP949 or EUC-KR",
    "johab": "Korean Johab",
    "iso2022_kr": "Korean ISO-2022-KR",
    "cp1251": "Cyrillic Windows-1251",
    "koi8_r": "Russian KOI8-R",
    "koi8_u": "Ukrainian KOI8-U",
    "cp866": "Cyrillic DOS CP866",
    "iso8859_5": "Cyrillic ISO 8859-5",
    "mac_cyrillic": "Cyrillic Macintosh",
    "cp1252": "Western Windows-1252",
    "iso8859_1": "Western ISO 8859-1",
    "mac_roman": "Western Macintosh",
    "cp1250": "Central European Windows-1250",
    "cp1254": "Turkish Windows-1254",
    "gb18030": "Chinese GB 18030",
    "big5": "Chinese Big5",
    "shift_jis": "Japanese Shift JIS",
    "euc_jp": "Japanese EUC-JP",
    "iso2022_jp": "Japanese ISO-2022-JP",
}
# Byte order marks; the longer one first where one begins like another.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# Escapes at which text of seven bits turns to another alphabet.
ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$B", "iso2022_jp"), (b"\x1b$@", "iso2022_jp"))
# Names that mean one of ENCODINGS or two of them, by the mark.
ALIASES = {"euc_kr": "cp949", "utf-8-sig": "utf-8", "ascii": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
# Characters of a wrong name that a message shows.
LONGEST_NAME = 40


def resolved(name: str) -> str:
    """The name in ENCODINGS of an encoding that is called so ("Windows-1251", "euc-kr").

    Raises:
        UnknownName: there is no such encoding.
    """
    if name in ENCODINGS:
        return name
    try:
        called = codecs.lookup(name).name
    except (LookupError, ValueError):
        called = ""
    called = ALIASES.get(called, called)
    found = [known for known in ENCODINGS if codecs.lookup(known).name == called]
    if not found:
        raise UnknownName("encoding", clean_line(name, LONGEST_NAME), ENCODINGS)
    return found[0]


def stated(data: bytes) -> str:
    """The encoding that a byte order mark or an escape states, "" where none does."""
    return next((encoding for mark, encoding in MARKS if data.startswith(mark)), "") or escaped(data)


def escaped(data: bytes) -> str:
    """The encoding of seven bits whose escapes a file has, "" where it has none."""
    return next((encoding for escape, encoding in ESCAPES if escape in data), "")
