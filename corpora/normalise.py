"""Bytes -> text, once, at reading: encoding, Unicode NFC, line ends."""

import hashlib
import re
import unicodedata

from corpora.errors import ReadError
from corpora.languages import SCRIPTS

# Byte order marks.
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Tried when a file is not Unicode: what Korean and Russian texts are still found in.
LEGACY = ("cp949", "cp1251", "koi8_r", "cp866")
# What people can choose, and what it is called.
ENCODINGS = {
    "utf-8": "Unicode UTF-8",
    "utf-16": "Unicode UTF-16",
    "cp949": "Korean CP949 or EUC-KR",
    "cp1251": "Cyrillic Windows-1251",
    "koi8_r": "Russian KOI8-R",
    "cp866": "Cyrillic DOS CP866",
}
# The most frequent letters of Russian make up this much of any running text; wrong code pages stay far below.
# Source: letter frequencies of the Russian National Corpus (о е а и н т с р в л: 66 %), with room for short texts.
FREQUENT = re.compile(r"[оеаинтсрвл]", re.IGNORECASE)
FREQUENT_SHARE = 0.5
# A small letter before a capital ("кВт") and two alphabets in a word are rare; code pages that swap the two cases, and
# Western ones with their accented letters, make many of them.
MISFIT = re.compile(r"[а-яё][А-ЯЁ]|[A-Za-z][А-Яа-яЁё]|[А-Яа-яЁё][A-Za-z]")
MISFIT_SHARE = 0.05
HANGUL = re.compile(r"[가-힣]")
HAN = re.compile(r"[\u4e00-\u9fff\uf900-\ufaff]")
# The syllables that Korean particles and endings are written with; wrong code pages rarely hit one. Korean papers of
# the period write many words in Han, but never these.
PARTICLE = re.compile(r"[은는이가을를의에다고하로도]")
PARTICLE_SHARE = 0.1
# A legacy decoding is believed only when nearly all it holds is letters of one script and everyday signs.
PLAUSIBLE_SHARE = 0.97
EVERYDAY = re.compile(r"[\s0-9A-Za-z.,;:!?'\"()«»„“”‘’—–\-…№%/\[\]*#+=<>@&_§·《》〈〉「」『』~|$]")
# How files begin that people take for text files.
FOREIGN = {b"%PDF": "a PDF", b"PK\x03\x04": "a Word or ZIP", b"\xd0\xcf\x11\xe0": "a Word", b"{\\rtf": "an RTF"}
LINE_END = re.compile("\r\n?|[\u2028\u2029]")
BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, where: str, chosen: str = "") -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    Args:
        data: the file's bytes.
        where: how the user knows the file, for messages.
        chosen: the encoding that the user chose, "" to go by the bytes.

    Raises:
        ReadError: the file is binary, or its encoding cannot be told without a guess.
    """
    for mark, kind in FOREIGN.items():
        if data.startswith(mark):
            raise ReadError(f"{where} is not a text file but {kind} file; save it as plain text and give that.")
    encoding = chosen or next((encoding for mark, encoding in MARKS if data.startswith(mark)), "")
    if encoding:
        text = _strict(data, encoding, where)
    else:
        try:
            text, encoding = data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            text, encoding = _legacy(data, where)
    if BINARY.search(text):
        raise ReadError(f"{where} is not a text file (it holds binary data); give a plain text or Markdown file.")
    return text, encoding


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding.removesuffix("-sig"))
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
    is_korean = hangul and len(PARTICLE.findall(text)) / hangul >= PARTICLE_SHARE
    letters = max(cyrillic, hangul + han if is_korean else 0)
    if not letters or (letters + len(EVERYDAY.findall(text))) / len(text) < PLAUSIBLE_SHARE:
        return False
    if letters > cyrillic:
        return True
    frequent, misfits = len(FREQUENT.findall(text)), len(MISFIT.findall(text))
    return frequent / letters >= FREQUENT_SHARE and misfits / letters <= MISFIT_SHARE


def normalise(text: str) -> str:
    """The text in Unicode NFC with line feeds only, without a byte order mark."""
    return unicodedata.normalize("NFC", LINE_END.sub("\n", text).removeprefix("\ufeff"))


def digest(text: str) -> str:
    """The SHA-256 of the text in UTF-8, as hexadecimal: two versions with the same digest are the same text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
