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
FREQUENT = re.compile(r"[оеаинтсрвл]")
FREQUENT_SHARE = 0.5
# A legacy decoding is believed only when nearly all it holds is letters of one script and everyday signs.
PLAUSIBLE_SHARE = 0.97
EVERYDAY = re.compile(r"[\s0-9A-Za-z.,;:!?'\"()«»„“”‘’—–\-…№%/\[\]*#+=<>@&_§·]")
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
    for encoding in LEGACY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_plausible(text):
            return text, encoding
    raise ReadError(f"{where} is not UTF-8 text and its encoding cannot be told; save it as UTF-8 and try again.")


def _is_plausible(text: str) -> bool:
    cyrillic, hangul = SCRIPTS["Cyrillic"].findall(text), re.findall("[가-힣]", text)
    script = cyrillic if len(cyrillic) > len(hangul) else hangul
    if not script or (len(script) + len(EVERYDAY.findall(text))) / len(text) < PLAUSIBLE_SHARE:
        return False
    if script is hangul:
        return True
    return len(FREQUENT.findall("".join(cyrillic))) / len(cyrillic) >= FREQUENT_SHARE


def normalise(text: str) -> str:
    """The text in Unicode NFC with line feeds only, without a byte order mark."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"))


def digest(text: str) -> str:
    """The SHA-256 of the text in UTF-8, as hexadecimal: two versions with the same digest are the same text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
