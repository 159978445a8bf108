"""Bytes -> text, once, at reading: encoding, Unicode NFC, line ends."""

import hashlib
import re
import unicodedata

from corpora.errors import ReadError
from corpora.languages import SCRIPTS

# Tried when a file is not Unicode: what Korean and Russian texts are still found in.
LEGACY = ("cp949", "cp1251", "koi8_r", "cp866")
# The most frequent letters of Russian make up this much of any running text; wrong code pages stay far below.
# Source: letter frequencies of the Russian National Corpus (о е а и н т с р в л: 66 %), with room for short texts.
FREQUENT = re.compile(r"[оеаинтсрвл]", re.IGNORECASE)
FREQUENT_SHARE = 0.5
# A small letter before a capital is rare ("кВт"); code pages that swap the two make many of them.
SWAPPED = re.compile(r"[а-яё][А-ЯЁ]")
SWAPPED_SHARE = 0.05
HANGUL, LATIN = re.compile(r"[가-힣]"), re.compile(r"[A-Za-z]")
HAN = re.compile(r"[\u4e00-\u9fff\uf900-\ufaff]")
# Korean papers of the period write many words in Han, but never the particles, which are a quarter of the Hangul left.
PARTICLE = re.compile(r"[은는이가을를의에다고하로도]")
PARTICLE_SHARE = 0.25
# A legacy decoding is believed only when nearly all it holds is letters of one script and everyday signs.
PLAUSIBLE_SHARE = 0.97
EVERYDAY = re.compile(r"[\s0-9A-Za-z.,;:!?'\"()«»„“”‘’—–\-…№%/\[\]*#+=<>@&_§·《》〈〉「」『』~|$]")
LINE_END = re.compile("\r\n?|[\u2028\u2029]")
BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, where: str) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    Args:
        data: the file's bytes.
        where: how the user knows the file, for messages.

    Raises:
        ReadError: the file is binary, or its encoding cannot be told without a guess.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _strict(data, encoding, where), encoding
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = _legacy(data, where)
    if BINARY.search(text):
        raise ReadError(f"{where} is not a text file (it holds binary data); give a plain text or Markdown file.")
    return text, encoding


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{where} begins like {encoding} text but byte {error.start} does not fit; save it again as UTF-8."
        ) from None


def _legacy(data: bytes, where: str) -> tuple[str, str]:
    if b"\x00" in data:
        raise ReadError(f"{where} is not a text file (it holds binary data); give a plain text or Markdown file.")
    found = []
    for encoding in LEGACY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_plausible(text):
            found.append((text, encoding))
    # A few letters can be words in more than one encoding.
    if len(found) == 1:
        return found[0]
    raise ReadError(f"{where} is not UTF-8 text and its encoding cannot be told; save it as UTF-8 and try again.")


def _is_plausible(text: str) -> bool:
    cyrillic, hangul, han = (len(pattern.findall(text)) for pattern in (SCRIPTS["Cyrillic"], HANGUL, HAN))
    is_korean = not han or len(PARTICLE.findall(text)) >= PARTICLE_SHARE * max(hangul, 1)
    letters = max(cyrillic, hangul + han if is_korean else 0)
    everyday, latin = len(EVERYDAY.findall(text)), len(LATIN.findall(text))
    if letters <= latin or (letters + everyday) / len(text) < PLAUSIBLE_SHARE:
        return False
    if letters > cyrillic:
        return True
    frequent, swapped = len(FREQUENT.findall(text)), len(SWAPPED.findall(text))
    return frequent / letters >= FREQUENT_SHARE and swapped / letters <= SWAPPED_SHARE


def normalise(text: str) -> str:
    """The text in Unicode NFC with line feeds only, without a byte order mark."""
    return unicodedata.normalize("NFC", LINE_END.sub("\n", text).removeprefix("\ufeff"))


def digest(text: str) -> str:
    """The SHA-256 of the text in UTF-8, as hexadecimal: two versions with the same digest are the same text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
