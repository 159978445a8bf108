"""Pictures of pages -> contents: what a machine reads on them, how sure it is, and the pictures to check it by."""

import io
from collections.abc import Iterable, Iterator, Sequence

from corpora.contents import Contents, Facsimile, File, Remark, Zone
from corpora.readers.drawn import tesseract
from corpora.readers.drawn.page import Page, Picture, Word
from corpora.readers.written import writing
from corpora.readers.written.findings import warnings
from corpora.readers.written.writing import Text

# A word that the machine is less sure of is one to check; so many of them carry a remark, the least certain ones.
DOUBTFUL, MOST_REMARKS = 0.6, 50
# Good print is read with more than 0.9, a poor copy of typewriting with 0.7.
POOR = 0.5
# Height of the pictures that are kept, in pixels: what a screen shows.
HEIGHT = 1600
# The share of the work that is done when all pages are read.
READING = 0.95


def check(file: File) -> None:
    """Returns nothing when pictures can be read here.

    Raises:
        ReadError: Tesseract or the language that was chosen is not installed.
    """
    tesseract.reader(f'"{file.base}"', file.language, ())


def read(file: File, pictures: Iterable[Picture], sample: Sequence[Picture], count: int) -> Contents:
    """What the pages hold, read by a machine.

    Args:
        file: where they come from; its language is the one they are read in.
        pictures: of the pages, in order.
        sample: pages to try the languages on.
        count: how many pages there are.

    Raises:
        ReadError: Tesseract is not installed, or there is nothing to read.
    """
    where = f'"{file.base}"'
    reader = tesseract.reader(where, file.language, sample)
    pages: list[Page] = []
    images: list[bytes] = []
    for picture in pictures:
        page, held = tesseract.read(picture, reader)
        pages.append(page)
        images.append(_png(held))
        file.progress(READING * min(1.0, len(pages) / max(count, 1)))
    text = writing.write(pages, (), lambda share: file.progress(READING + (1 - READING) * share))
    version = text.builder.version(
        file, language=file.language,
        metadata={"pages": text.page_places, "read by": f"Tesseract {reader.version} ({reader.code})"},
    )  # fmt: skip
    return Contents(
        (version,),
        tuple(_remarks(text)),
        warnings=(*_told(text, reader), *warnings(text, pages)),
        facsimiles=tuple(_facsimiles(text, pages, images)),
    )


def _png(picture: Picture) -> bytes:
    from PIL import Image

    image = Image.frombytes("L", (picture.width, picture.height), picture.pixels)
    if image.height > HEIGHT:
        image = image.resize((max(1, image.width * HEIGHT // image.height), HEIGHT))
    memory = io.BytesIO()
    # Sixteen shades are enough for print and take a third.
    image.quantize(16).save(memory, "PNG", optimize=True)
    return memory.getvalue()


def _read_words(text: Text) -> list[tuple[Word, int, int]]:
    return [one for words in text.words.values() for one in words]


def _remarks(text: Text) -> Iterator[Remark]:
    doubtful = sorted(
        (one for one in _read_words(text) if one[0].confidence < DOUBTFUL), key=lambda one: one[0].confidence
    )
    for word, start, stop in sorted(doubtful[:MOST_REMARKS], key=lambda one: one[1]):
        if start < stop:
            yield Remark(
                0,
                start,
                stop,
                f"Read by machine with {word.confidence:.0%} confidence; check it on the picture of the page.",
            )


def _told(text: Text, reader: tesseract.Reader) -> Iterator[str]:
    words = [word for word, _, _ in _read_words(text)]
    sure = sum(word.confidence for word in words) / max(len(words), 1)
    yield f"Read by machine (Tesseract {reader.version}, {reader.code}): {len(words):,} words, with {sure:.0%} confidence on average."
    doubtful = sum(word.confidence < DOUBTFUL for word in words)
    if doubtful:
        remarks = (
            f"the {MOST_REMARKS} least certain carry a remark" if doubtful > MOST_REMARKS else "each carries a remark"
        )
        yield f"{doubtful:,} of them with less than {DOUBTFUL:.0%}; {remarks}."
    if sure < POOR:
        yield (
            "So little confidence speaks for another language or a poor scan; choose the language, or scan it with 300 dots "
            "an inch."
        )


def _facsimiles(text: Text, pages: Sequence[Page], images: Sequence[bytes]) -> Iterator[Facsimile]:
    for page, image in zip(pages, images, strict=True):
        zones = tuple(
            Zone(
                start,
                stop,
                _share(word.left, page.width),
                _share(word.top, page.height),
                _share(word.right, page.width),
                _share(word.bottom, page.height),
                word.confidence,
            )
            for word, start, stop in text.words.get(page.number, [])
        )
        yield Facsimile(0, page.number, image, zones)


def _share(length: float, whole: float) -> float:
    return round(min(1.0, max(0.0, length / whole)), 5)
