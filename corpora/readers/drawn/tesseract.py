"""Pictures of pages -> pages of words, by Tesseract; the optional extra for scans.

Source: Smith 2007, "An Overview of the Tesseract OCR Engine"; its output format hOCR (Breuel 2007) has baselines, sizes and
confidences, which tables of words lack.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpora.errors import ReadError
from corpora.readers import markup
from corpora.readers.drawn.page import Page, Picture, Word

HOW = "make scans (or pip install -r requirements-scans.txt) and Debian's packages tesseract-ocr, {packages}"
# Languages that are tried on a page where none was chosen, as Tesseract calls them; the sources of the workbench's texts.
TRIED = ("rus", "kor", "eng")
# By BCP 47; Tesseract has ISO 639-2 mostly.
CODES = {
    "ko": "kor", "ru": "rus", "en": "eng", "de": "deu", "fr": "fra", "es": "spa", "it": "ita", "nl": "nld", "pl": "pol",
    "pt": "por", "tr": "tur", "uk": "ukr", "ja": "jpn", "zh": "chi_sim", "ar": "ara", "th": "tha",
}  # fmt: skip
# Seconds for a page.
LONGEST = 120
# A reading of less confidence on average may be of a page that lies on its side.
DOUBTFUL = 0.6
# The part of a page, from its middle, that is enough to tell a language.
SAMPLE = 0.4
# Specks are read as signs without letters, with little confidence.
SPECK = 0.4
BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
SIZE, CONFIDENCE = re.compile(r"x_size ([\d.]+)"), re.compile(r"x_wconf (\d+)")
# The size that Tesseract states is the height from the tails to the tips of letters.
LETTERS = 0.92


@dataclass(frozen=True, slots=True)
class Reader:
    """Tesseract in one language."""

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
    available = _languages(where)
    if language:
        code = CODES.get(language.split("-")[0].lower(), language)
        if code not in available:
            raise ReadError(
                f'{where} is a scan, and the language "{language}" is not installed; install Debian\'s package '
                f"tesseract-ocr-{code.replace('_', '-')}, or choose one of {', '.join(sorted(available))}."
            )
        return Reader(code, _version())
    tried = [code for code in TRIED if code in available] or sorted(available)[:1]
    if not tried:
        raise ReadError(_missing(where))
    sample = max(pictures, key=lambda picture: picture.pixels.count(0), default=None)
    if sample is None or len(tried) == 1:
        return Reader(tried[0], _version())
    image = _image(sample)
    edge = (1 - SAMPLE) / 2
    middle = image.crop((0, int(image.height * edge), image.width, int(image.height * (1 - edge))))
    return Reader(max(tried, key=lambda code: _certainty(_words(_hocr(middle, code, where), sample.dots))), _version())


def _languages(where: str) -> set[str]:
    try:
        import PIL.Image  # noqa: F401
        import pytesseract
    except ImportError:
        raise ReadError(_missing(where)) from None
    if not shutil.which(pytesseract.pytesseract.tesseract_cmd):
        raise ReadError(_missing(where))
    try:
        return set(pytesseract.get_languages()) - {"osd"}
    except (pytesseract.TesseractError, OSError):
        raise ReadError(_missing(where)) from None


def _missing(where: str) -> str:
    packages = ", ".join(f"tesseract-ocr-{code}" for code in TRIED)
    return f"{where} is a scan, pictures without text; to read it install the extra for scans: {HOW.format(packages=packages)}."


def _version() -> str:
    import pytesseract

    return str(pytesseract.get_tesseract_version()).split("\n")[0]


def read(picture: Picture, reader: Reader, where: str) -> tuple[Page, Picture]:
    """The words of a page, and its picture as it was held to be read.

    Raises:
        ReadError: the page took too long.
    """
    image = _image(picture)
    words = _words(_hocr(image, reader.code, where), picture.dots)
    if words and _certainty(words) < DOUBTFUL and (turn := _turn(image)):
        # Tesseract says how far to turn it clockwise, Pillow turns the other way.
        turned = image.rotate(-turn, expand=True)
        again = _words(_hocr(turned, reader.code, where), picture.dots)
        if _certainty(again) > _certainty(words):
            words = again
            picture = replace(picture, width=turned.width, height=turned.height, pixels=turned.tobytes())
    inch = 72 / picture.dots
    return Page(picture.number, picture.width * inch, picture.height * inch, tuple(words), pictures=1), picture


def _image(picture: Picture) -> Any:
    from PIL import Image

    return Image.frombytes("L", (picture.width, picture.height), picture.pixels)


def _turn(image: Any) -> int:
    import pytesseract

    try:
        found = pytesseract.image_to_osd(image, output_type=pytesseract.Output.DICT, timeout=LONGEST)
    except (pytesseract.TesseractError, RuntimeError, OSError, KeyError, ValueError):
        # Too few letters to tell.
        return 0
    return int(found.get("rotate", 0))


def _hocr(image: Any, code: str, where: str) -> Any:
    import pytesseract

    try:
        data = pytesseract.image_to_pdf_or_hocr(image, lang=code, extension="hocr", timeout=LONGEST)
    except RuntimeError:
        raise ReadError(
            f"A page of {where} takes too long to read; scan it with 300 dots an inch, in shades of grey."
        ) from None
    except (pytesseract.TesseractError, OSError):
        raise ReadError(f"A page of {where} cannot be read by Tesseract; save it as PNG and try again.") from None
    return markup.parse(data, where)


def _words(root: Any, dots: int) -> list[Word]:
    """The words in hOCR, in the order of its lines."""
    inch = 72 / dots
    found: list[Word] = []
    for line in root.iter("{*}span"):
        if line.get("class") not in ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"):
            continue
        title = line.get("title", "")
        box, slope, size = BOX.search(title), BASELINE.search(title), SIZE.search(title)
        if not box:
            continue
        left, top, right, bottom = map(int, box.groups())
        rise, offset = (float(slope[1]), float(slope[2])) if slope else (0.0, -0.2 * (bottom - top))
        # The middle of the line tells its height: a scan is never quite level.
        baseline = bottom + offset + rise * (right - left) / 2
        height = float(size[1]) * LETTERS if size else LETTERS * (bottom - top)
        words = list(_of_line(line, baseline * inch, height * inch, inch))
        found += [replace(word, blank=place + 1 < len(words)) for place, word in enumerate(words)]
    return found


def _of_line(line: Any, baseline: float, size: float, inch: float) -> Iterator[Word]:
    for word in line.iter("{*}span"):
        title = word.get("title", "")
        box, sure = BOX.search(title), CONFIDENCE.search(title)
        text = "".join("".join(word.itertext()).split())
        if word.get("class") != "ocrx_word" or not box or not text:
            continue
        confidence = min(0.99, int(sure[1]) / 100) if sure else 0.0
        if confidence < SPECK and not any(map(str.isalnum, text)):
            continue
        left, _, right, _ = map(int, box.groups())
        yield Word(text, left * inch, right * inch, baseline, size, confidence=confidence)


def _certainty(words: Sequence[Word]) -> float:
    """The average confidence of the characters."""
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * word.confidence for word in words) / letters if letters else 0.0
