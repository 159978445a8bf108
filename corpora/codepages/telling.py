"""The encoding of a file that does not state it, told by what its bytes read like.

1. Bytes that are UTF-8 and no control characters are UTF-8; where they are few, nothing else may read better.
2. Otherwise the file is read in every encoding of TOLD, and `judge.cost` says how likely each reading is. The best one
   is taken when it is more likely than bytes that mean something else, by CERTAIN bits, and than every reading that
   differs from it, by MARGIN bits. Everything else is asked about.
"""

import re
import string

from corpora.codepages import judge
from corpora.codepages.names import ENCODINGS
from corpora.codepages.reading import Reading, first_words, misfit, readings, unknown
from corpora.errors import EncodingError

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
# Lines of at least so many characters that cost more bits each than the right text of any language does are looked at
# by themselves: another reading that is better by ENOUGH shows that the file holds two encodings.
LINE, POOR = 20, 5.5
# Control characters that text does not hold, and the share of them up to which they are slips in a text.
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
SLIPS = 0.001
# The sign that old systems put behind the end of a text file.
END = "\x1a"
# Characters beyond ASCII, and how many of them there are to one byte that does not fit in a damaged UTF-8 file; how many
# there must be where only its last character is cut.
BEYOND = re.compile(r"[^\x00-\x7f\ufffd]")
NEARLY, LEAST = 10, 3
CHOOSE = "choose the encoding, or save it as UTF-8"


def told(data: bytes, where: str) -> str:
    """The encoding of a file, "" where the file is no text.

    Raises:
        EncodingError: it cannot be told without a guess.
    """
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
        return ""
    if utf8 is None or _is_nearly_utf8(data):
        return "utf-8"
    found = readings(data, likely(data))
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


def likely(data: bytes) -> tuple[str, ...]:
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


def _is_nearly_utf8(data: bytes) -> bool:
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
    found = readings(data, ("utf-8", *likely(data)))
    letters = len(data) - len(data.translate(None, LATIN))
    margin = MARGIN_OF_LONGER if letters < FEW_LETTERS else 0.0 if letters < MANY_LETTERS else -MARGIN
    utf8 = next(one for one in found if one.encoding == "utf-8")
    if any(one.bits <= utf8.bits + margin for one in found if one is not utf8):
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
