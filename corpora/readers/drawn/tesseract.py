"""Pictures of pages -> pages of words, by the program Tesseract; the optional extra for scans.

Source: Smith 2007, "An Overview of the Tesseract OCR Engine"; its output format hOCR (Breuel 2007) has baselines, sizes and
confidences.
"""

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpora.errors import ReadError
from corpora.readers import markup
from corpora.readers.drawn import hocr
from corpora.readers.drawn.page import Page, Picture, Word

PROGRAM = "tesseract"
# Languages that are tried on a page where none was chosen, as Tesseract calls them; those the workbench knows.
TRIED = ("rus", "kor", "eng")
# By BCP 47; Tesseract has ISO 639-2 mostly.
CODES = {
    "ko": "kor", "ru": "rus", "en": "eng", "de": "deu", "fr": "fra", "es": "spa", "it": "ita", "nl": "nld", "pl": "pol",
    "pt": "por", "tr": "tur", "uk": "ukr", "ja": "jpn", "zh": "chi_sim", "ar": "ara", "th": "tha",
}  # fmt: skip
# Ways of telling lines on a page (--psm): as columns and pictures, or as one block, which reads Korean far better; of
# the latter the columns are told afterwards.
IN_COLUMNS, IN_ONE, TURN = "3", "6", "0"
# Seconds for a page.
LONGEST = 120
# A reading of less confidence on average may be of a page that lies on its side.
DOUBTFUL = 0.6
# The part of a page, from its middle, that is enough to tell a language.
SAMPLE = 0.3


@dataclass(frozen=True, slots=True)
class Reader:
    """Tesseract in one language, for a file that the user knows as `where`."""

    where: str
    code: str
    version: str


def reader(where: str, language: str, pictures: Sequence[Picture]) -> Reader:
    """Tesseract in the language that was chosen, or in the one that a page is read in with the most confidence.

    Args:
        where: how the user knows the file, for messages.
        language: BCP 47, "" for none.
        pictures: pages to try the languages on.

    Raises:
        ReadError: Tesseract or the language is not installed.
    """
    available, version = _installed(where)
    if language:
        code = CODES.get(language.split("-")[0].lower(), language)
        if code not in available:
            raise ReadError(
                f'{where} is a scan, and "{language}" is not installed for reading scans; install Debian\'s package '
                f"tesseract-ocr-{code.replace('_', '-')}, or choose one of {', '.join(sorted(available))}."
            )
        return Reader(where, code, version)
    tried = [code for code in TRIED if code in available] or sorted(available)[:1]
    if not tried:
        raise ReadError(_missing(where))
    if not pictures or len(tried) == 1:
        return Reader(where, tried[0], version)
    image = _image(max(pictures, key=lambda picture: len(picture.pixels)))
    edge = (1 - SAMPLE) / 2
    middle = image.crop((0, int(image.height * edge), image.width, int(image.height * (1 - edge))))
    found = {code: _read(middle, Reader(where, code, version), IN_ONE, pictures[0].dots) for code in tried}
    return Reader(where, max(tried, key=lambda code: _sure(found[code])), version)


def _installed(where: str) -> tuple[set[str], str]:
    try:
        import PIL.Image  # noqa: F401
    except ImportError:
        raise ReadError(_missing(where)) from None
    if not shutil.which(PROGRAM):
        raise ReadError(_missing(where))
    told = _run(["--list-langs"], b"", where).decode("utf-8", "replace").splitlines()
    version = _run(["--version"], b"", where).decode("utf-8", "replace").split("\n")[0]
    return {line.strip() for line in told[1:]} - {"osd"}, version.removeprefix(PROGRAM).strip()


def _missing(where: str) -> str:
    packages = ", ".join(f"tesseract-ocr-{code}" for code in TRIED)
    return (
        f"{where} is a scan, pictures without text; to read it install the extra for scans: make scans (or pip install "
        f"-r requirements-scans.txt) and Debian's packages tesseract-ocr, {packages}."
    )


def read(picture: Picture, reader: Reader) -> tuple[Page, Picture]:
    """The words of a page, and its picture as it was held to be read.

    Raises:
        ReadError: the page took too long.
    """
    image = _image(picture)
    words = _best(image, reader, picture.dots)
    if words and _certainty(words) < DOUBTFUL and (turn := _turn(image, reader)):
        # Tesseract says how far to turn it clockwise, Pillow turns the other way.
        turned = image.rotate(-turn, expand=True)
        again = _best(turned, reader, picture.dots)
        if _certainty(again) > _certainty(words):
            words = again
            picture = replace(picture, width=turned.width, height=turned.height, pixels=turned.tobytes())
    inch = 72 / picture.dots
    return Page(picture.number, picture.width * inch, picture.height * inch, tuple(words), pictures=1), picture


def _image(picture: Picture) -> Any:
    from PIL import Image

    return Image.frombytes("L", (picture.width, picture.height), picture.pixels)


def _best(image: Any, reader: Reader, dots: int) -> list[Word]:
    words = _read(image, reader, IN_COLUMNS, dots)
    if reader.code != CODES["ko"] and (not words or _certainty(words) >= DOUBTFUL):
        return words
    return max(words, _read(image, reader, IN_ONE, dots), key=_sure)


def _read(image: Any, reader: Reader, way: str, dots: int) -> list[Word]:
    """The words of an image; the text beside hOCR has the blanks of Korean right, which hOCR puts between syllables."""
    memory = io.BytesIO()
    image.save(memory, "PNG", compress_level=1)
    with tempfile.TemporaryDirectory(prefix="relay-") as folder:
        base = Path(folder) / "page"
        settings = ["--psm", way, "--dpi", str(dots), "-c", "preserve_interword_spaces=1"]
        _run(["stdin", str(base), "-l", reader.code, *settings, "hocr", "txt"], memory.getvalue(), reader.where)
        try:
            markup_, text = base.with_suffix(".hocr").read_bytes(), base.with_suffix(".txt").read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            raise _unreadable(reader.where) from None
    return hocr.words(markup.parse(markup_, reader.where), text, dots)


def _turn(image: Any, reader: Reader) -> int:
    """How far the page must be turned clockwise, in degrees; 0 where it has too few letters to tell."""
    memory = io.BytesIO()
    image.save(memory, "PNG", compress_level=1)
    try:
        told = _run(["stdin", "-", "--psm", TURN], memory.getvalue(), reader.where).decode("utf-8", "replace")
    except ReadError:
        return 0
    return next((int(line.split(":")[1]) for line in told.splitlines() if line.startswith("Rotate:")), 0)


def _run(arguments: list[str], data: bytes, where: str) -> bytes:
    # Several threads of Tesseract wait for each other far longer than one takes, where others work, too.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            [PROGRAM, *arguments], input=data, capture_output=True, timeout=LONGEST, env=environment, check=True
        )
    except subprocess.TimeoutExpired:
        raise ReadError(
            f"A page of {where} takes too long to read; scan it with 300 dots an inch, in shades of grey."
        ) from None
    except (subprocess.CalledProcessError, OSError):
        raise _unreadable(where) from None
    return done.stdout


def _unreadable(where: str) -> ReadError:
    return ReadError(f"A page of {where} cannot be read by Tesseract; save it as PNG and try again.")


def _sure(words: Sequence[Word]) -> float:
    """How many characters were read, each as far as it is sure."""
    return sum(len(word.text) * word.confidence for word in words)


def _certainty(words: Sequence[Word]) -> float:
    """The average confidence of the characters."""
    letters = sum(len(word.text) for word in words)
    return _sure(words) / letters if letters else 0.0
