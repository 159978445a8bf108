"""The encodings of text files: which one a file is in, stated by the file, told by what it reads like, or asked about."""

import itertools

from corpora.codepages.names import ALIASES, ENCODINGS, MARKS, escaped, resolved, stated
from corpora.codepages.reading import first_words, misfit, readings
from corpora.codepages.telling import CHOOSE, CONTROL, END, SLIPS, WIDE, likely, told
from corpora.errors import EncodingError, ReadError

__all__ = ["ENCODINGS", "LARGEST", "candidates", "decode", "resolved", "too_large"]

# The largest text file, in bytes: a hundred times War and Peace. A larger one is no single text.
LARGEST = 64 * 2**20
# How many are given for a preview.
PREVIEWED = 6
# How files begin that people take for text files.
FOREIGN_FILES = {b"%PDF": "a PDF", b"PK\x03\x04": "a Word or ZIP", b"\xd0\xcf\x11\xe0": "a Word", b"{\\rtf": "an RTF"}
# Before the letters of a syllable that EUC-KR has no code for (KS X 1001, annex 3); CP949 has one, and reads letters.
FILLER = "\u3164"


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
    marked = next((encoding for mark, encoding in MARKS if data.startswith(mark)), "")
    if chosen:
        encoding = resolved(chosen)
        # What was read by its mark is read so again.
        taken = marked if marked and ALIASES.get(marked) == encoding else encoding
        return _text(data, taken, where, f"is not {ENCODINGS[encoding]} text"), encoding
    if marked:
        return _text(data, marked, where, f"begins like {marked} text"), marked
    by_escapes = escaped(data)
    encoding = by_escapes or told(data, where)
    if not encoding:
        raise _binary(where)
    said = "has the escapes of" if by_escapes else "looks like"
    return _text(data, encoding, where, f"{said} {ENCODINGS[encoding]} text"), encoding


def too_large(where: str, most: int = LARGEST) -> ReadError:
    """The error for a file of more bytes than `most`."""
    return ReadError(f"{where} is larger than {most >> 20} MB; divide it and give its parts, or what of it is text.")


def candidates(data: bytes) -> list[tuple[str, str]]:
    """Encodings that the bytes may be in, the most likely first, each with the first words as it reads them.

    Those that read alike are given once, those that do not fit never.
    """
    says = stated(data)
    if says and misfit(data, says) is None:
        return [(says, first_words(data.decode(says)))]
    is_wide = bool(CONTROL.search(data))
    found = readings(data, WIDE if is_wide else ("utf-8", *likely(data)))
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
