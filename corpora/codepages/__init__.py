"""The encodings of text files: which one a file is in, told by what its bytes read like, or asked about.

1. A byte order mark says it; so do the escapes of ISO-2022.
2. Bytes that are UTF-8 and no control characters are UTF-8; where they are few, nothing else may read better.
3. Otherwise the file is read in every encoding of TOLD, and `judge.cost` says how likely each reading is. The best one
   is taken when it is more likely than bytes that mean something else, by CERTAIN bits, and than every reading that
   differs from it, by MARGIN bits. Everything else is asked about.
"""

import codecs
import itertools
import re
import string

from corpora.codepages import judge
from corpora.codepages.reading import Reading, first_words, misfit, readings, unknown
from corpora.errors import EncodingError, ReadError, UnknownName
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
# Those that are told by what they read like. Where several read alike, the first is named.
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
TOLD = ("cp949", "cp1252", "mac_roman", "cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic", "koi8_u", "johab")
# Looked at as well where letters with accents are many: this share of Latin ones, and so many. It is never taken by itself, since other
# code pages of Central Europe are like it; but what reads well in it is asked about.
CENTRAL, ACCENTED, SEVERAL, LATIN = "cp1250", 0.01, 8, string.ascii_letters.encode()
# Bytes of text that may be UTF-16 without a single control character: it has no space, line end or Latin letter.
SHORT = 400
# Characters beyond ASCII from which on bytes of another encoding are never UTF-8 by chance: of Korean ones in CP949 one
# syllable in five is.
MANY = 12
# Latin letters from which on a text is more than these characters, and from which on they are a rarity in it: bytes of
# another encoding that are so few, and UTF-8 by their form, are rarer still.
FEW_LETTERS, MANY_LETTERS = 10, 200
# Bytes of a character in UTF-8, at most, and those that are no ASCII.
MOST_BYTES, HIGH = 4, bytes(range(0x80, 0x100))
# Bytes that are letters in Windows' code pages.
UPPER = bytes(range(0xC0, 0x100))
# Bits by which the best reading must be more likely than bytes that mean something else, and than the next reading: in
# a word or two, and in a longer text, which beats the former by ENOUGH. Chosen on texts made of the words of
# letters.toml's source, where no right reading loses by more; benchmarks/codepages.py measures them on other texts.
CERTAIN, MARGIN, MARGIN_OF_LONGER, ENOUGH = 6.0, 14.0, 7.0, 30.0
# How many bits worse a reading may be, and how many are offered, where the encoding is asked about.
OFFERED, MOST_OFFERED = 20.0, 3
# How many are given for a preview.
PREVIEWED = 6
# Lines of at least so many characters that cost more bits each than the right text of any language does are looked at
# by themselves: another reading that is better by ENOUGH shows that the file holds two encodings.
LINE, POOR = 20, 5.5
# The largest text file, in bytes: a hundred times War and Peace. A larger one is no single text.
LARGEST = 64 * 2**20
# Characters of a wrong name that a message shows.
LONGEST_NAME = 40
# Control characters that text does not hold, and the share of them up to which they are slips in a text.
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
SLIPS = 0.001
# How files begin that people take for text files.
FOREIGN_FILES = {b"%PDF": "a PDF", b"PK\x03\x04": "a Word or ZIP", b"\xd0\xcf\x11\xe0": "a Word", b"{\\rtf": "an RTF"}
# Before the letters of a syllable that EUC-KR has no code for (KS X 1001, annex 3); CP949 has one, and reads letters.
FILLER = "\u3164"
# The sign that old systems put behind the end of a text file.
END = "\x1a"
# Characters beyond ASCII, and how many of them there are to one byte that does not fit in a damaged UTF-8 file; how many
# there must be where only its last character is cut.
BEYOND = re.compile(r"[^\x00-\x7f\ufffd]")
NEARLY, LEAST = 10, 3
# Names that mean one of ENCODINGS or two of them, by the mark.
ALIASES = {"euc_kr": "cp949", "utf-8-sig": "utf-8", "ascii": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
CHOOSE = "choose the encoding, or save it as UTF-8"


def decode(data: bytes, where: str, chosen: str = "") -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    Args:
        data: the file's bytes.
        where: how the user knows the file, for messages.
        chosen: the encoding that the user chose, one of ENCODINGS or another name of it; "" to go by the bytes.

    Raises:
        EncodingError: the encoding cannot be told without a guess, or does not fit.
        ReadError: the file is binary, or larger than LARGEST.
        UnknownName: there is no such encoding.
    """
    for mark, kind in FOREIGN_FILES.items():
        if data.startswith(mark):
            raise ReadError(f"{where} is not a text file but {kind} file; save it as plain text and give that.")
    if len(data) > LARGEST:
        raise too_large(where)
    marked = next((encoding for sign, encoding in MARKS if data.startswith(sign)), "")
    if chosen:
        encoding = resolved(chosen)
        # What was read by its mark is read so again.
        taken = marked if marked and ALIASES.get(marked) == encoding else encoding
        return _text(data, taken, where, f"is not {ENCODINGS[encoding]} text"), encoding
    if marked:
        return _text(data, marked, where, f"begins like {marked} text"), marked
    escaped = _escaped(data)
    encoding = escaped or _told(data, where)
    said = "has the escapes of" if escaped else "looks like"
    return _text(data, encoding, where, f"{said} {ENCODINGS[encoding]} text"), encoding


def _escaped(data: bytes) -> str:
    return next((encoding for sign, encoding in ESCAPES if sign in data), "")


def too_large(where: str, most: int = LARGEST) -> ReadError:
    """The error for a file of more bytes than `most`."""
    return ReadError(f"{where} is larger than {most >> 20} MB; divide it and give its parts, or what of it is text.")


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


def candidates(data: bytes) -> list[tuple[str, str]]:
    """Encodings that the bytes may be in, the most likely first, each with the first words as it reads them.

    Those that read alike are given once, those that do not fit never.
    """
    told = next((encoding for sign, encoding in MARKS if data.startswith(sign)), "") or _escaped(data)
    if told and misfit(data, told) is None:
        return [(told, first_words(data.decode(told)))]
    is_wide = bool(CONTROL.search(data))
    found = readings(data, WIDE if is_wide else ("utf-8", *_likely(data)))
    # What is UTF-8 by its form comes first.
    found.sort(key=lambda one: one.encoding != "utf-8")
    fitting = (one for one in found if misfit(data, one.encoding) is None)
    return [(one.encoding, first_words(one.texts[0])) for one in itertools.islice(fitting, PREVIEWED)]


def _text(data: bytes, encoding: str, where: str, said: str) -> str:
    """The bytes in this encoding; `said` is what a message says of the file where they do not fit."""
    place = misfit(data, encoding)
    if place is not None:
        raise EncodingError(f"{where} {said} but byte {place} does not fit; {CHOOSE}.")
    text = data.decode(encoding)
    if encoding == "cp949" and FILLER in text and misfit(data, "euc_kr") is None:
        text = data.decode("euc_kr")
    text = text.removeprefix("\ufeff").rstrip(END)
    if "\x00" in text or len(CONTROL.findall(text.encode("latin-1", "ignore"))) > SLIPS * len(text):
        raise _binary(where)
    return text


def _binary(where: str) -> ReadError:
    return ReadError(f"{where} is not a text file (it holds binary data); give a plain text or Markdown file.")


def _told(data: bytes, where: str) -> str:
    controls = len(CONTROL.findall(data.rstrip(END.encode())))
    utf8 = misfit(data, "utf-8")
    if utf8 is None and not controls:
        _check_few(data, where)
        return "utf-8"
    if controls:
        found = readings(data, WIDE)
        if found and _is_certain(found, data):
            return found[0].encoding
    if b"\x00" in data or controls > SLIPS * len(data):
        raise _binary(where)
    if utf8 is None or _is_nearly_utf8(data, utf8):
        return "utf-8"
    found = readings(data, _likely(data))
    if not _is_certain(found, data):
        raise _asked(found, data, where)
    if other := _other(found):
        both = f"{ENCODINGS[found[0].encoding]} and partly {ENCODINGS[other]}"
        raise EncodingError(f"{where} is partly {both} text; save its parts as UTF-8 and join them again.")
    return found[0].encoding


def _other(found: list[Reading]) -> str:
    """The encoding of a line that is in another one than the file; "" where there is none."""
    best, *others = found
    for place, line in enumerate(best.lines):
        bits = judge.cost(line) if len(line) >= LINE else 0.0
        if bits > POOR * len(line):
            for other in others:
                if place < len(other.lines) and judge.cost(other.lines[place]) + ENOUGH < bits:
                    return other.encoding
    return ""


def _likely(data: bytes) -> tuple[str, ...]:
    """The encodings that bytes without control characters may be in."""
    letters, high = len(data) - len(data.translate(None, LATIN)), len(data) - len(data.translate(None, UPPER))
    # English has so few letters with accents that they tell nothing of languages further east.
    others = (CENTRAL,) if max(SEVERAL, ACCENTED * letters) <= high < letters else ()
    return (*TOLD, *others, *(WIDE[:2] if len(data) <= SHORT else ()))


def _is_certain(found: list[Reading], data: bytes) -> bool:
    best, *others = found
    if best.encoding == CENTRAL:
        return False
    gained = unknown(data, best) - best.bits
    margin = MARGIN_OF_LONGER if gained > ENOUGH else MARGIN
    return gained > CERTAIN and all(best.bits + margin < other.bits for other in others)


def _is_nearly_utf8(data: bytes, place: int) -> bool:
    """True where the bytes that are no UTF-8 are damage to a file that is."""
    text = data.decode("utf-8", "replace")
    good, bad = len(BEYOND.findall(text)), text.count("\ufffd")
    return good >= NEARLY * bad or (good >= LEAST and bad == 1 and text.endswith("\ufffd"))


def _check_few(data: bytes, where: str) -> None:
    """Asks about a file whose few characters beyond ASCII, UTF-8 by their form, may be text in another encoding."""
    high = len(data) - len(data.translate(None, HIGH))
    if not high or high > MANY * MOST_BYTES:
        return
    few = len(BEYOND.findall(data.decode()))
    if few > MANY:
        return
    found = readings(data, ("utf-8", *_likely(data)))
    letters = len(data) - len(data.translate(None, LATIN))
    margin = MARGIN_OF_LONGER if letters < FEW_LETTERS else 0.0 if letters < MANY_LETTERS else -MARGIN
    if found[0].encoding != "utf-8" or any(found[0].bits + margin >= one.bits for one in found[1:]):
        raise _asked(found, data, where)


def _asked(found: list[Reading], data: bytes, where: str) -> EncodingError:
    """The error that says how a file may be read, the likely ways first."""
    least = found[0].bits
    said = f"{where} is not UTF-8 text and its encoding cannot be told"
    if any(one.encoding == "utf-8" for one in found):
        said = f"{where} has too few letters for its encoding to be told"
    if least > unknown(data, found[0]) + MARGIN:
        return EncodingError(f"{said}; {CHOOSE}.")
    near = [one for one in found if one.bits <= least + OFFERED and misfit(data, one.encoding) is None]
    if not near:
        name, place = ENCODINGS[found[0].encoding], misfit(data, found[0].encoding)
        return EncodingError(f"{where} looks like {name} text but byte {place} does not fit; {CHOOSE}.")
    ways = (f'as {ENCODINGS[one.encoding]} it reads "{first_words(one.texts[0])}"' for one in near[:MOST_OFFERED])
    return EncodingError(f"{said}: {', '.join(ways)}; {CHOOSE}.")
