"""PDF with a text layer: lines, columns, notes and paragraphs are told from where the words stand on the pages."""

from collections.abc import Iterator, Sequence

from corpora.building import clean
from corpora.contents import Contents, File, Remark
from corpora.readers.drawn import process
from corpora.readers.drawn.page import Box, Opened, Page, Word
from corpora.readers.printed.paragraphs import plain
from corpora.readers.written import scanned, writing
from corpora.readers.written.findings import left_out, warnings
from corpora.readers.written.writing import Text

# The share of the work that is done when all pages are read.
READING = 0.5
# Dots an inch for reading by machine: what Tesseract was trained on.
DOTS = 300
# Characters of text that a page must have on average to be no scan.
LEAST = 10
# Characters of the first pages in which a title that the file states must stand to be believed.
HEAD = 3000


def read(file: File) -> Contents:
    """PDF with a text layer; running heads, page numbers and words that lines cut are told from the layout.

    Raises:
        ReadError: it is no PDF, needs a password, has no text, or takes too long or too much memory.
    """
    opened, pages = _pages(file)
    pictures = [page.number for page in pages if page.pictures]
    if pictures and sum(len(word.text) for page in pages for word in page.words) < LEAST * len(pages):
        return _read_scan(file, pictures)
    text = writing.write(pages, opened.outline, lambda share: file.progress(READING + (1 - READING) * share))
    title = clean(opened.title)
    is_title = len(plain(title)) > 3 and plain(title) in plain(text.builder.text[:HEAD])
    version = text.builder.version(file, title=title if is_title else "", metadata={"pages": text.page_places})
    remarks = tuple(_remarks(pages, text))
    return Contents((version,), remarks, warnings=tuple(warnings(text, pages)), left_out=tuple(left_out(pages)))


def _pages(file: File) -> tuple[Opened, list[Page]]:
    opened, pages = Opened(0), []
    for message in process.pages(file):
        if isinstance(message, Opened):
            opened = message
        else:
            pages.append(message)
            file.progress(READING * min(1.0, len(pages) / max(opened.pages, 1)))
    return opened, pages


def _read_scan(file: File, numbers: Sequence[int]) -> Contents:
    """What a machine reads on the pages with these numbers, which are pictures."""
    scanned.check(file)
    sample = list(process.pictures(file, [numbers[len(numbers) // 2]], DOTS))
    return scanned.read(file, process.pictures(file, numbers, DOTS), sample, len(numbers))


def _remarks(pages: Sequence[Page], text: Text) -> Iterator[Remark]:
    for page in pages:
        for comment in page.comments:
            place = _place(comment.boxes, text.words.get(page.number, []))
            if place:
                yield Remark(0, *place, clean(comment.text), clean(comment.author), comment.created)


def _place(boxes: Sequence[Box], words: Sequence[tuple[Word, int, int]]) -> tuple[int, int] | None:
    """The characters under the boxes, or the word nearest to them."""
    under = [(start, stop) for word, start, stop in words if any(_is_under(word, box) for box in boxes)]
    if under:
        return min(start for start, _ in under), max(stop for _, stop in under)
    if not words or not boxes:
        return None
    _, start, stop = min(words, key=lambda one: _distance(one[0], boxes[0]))
    return start, stop


def _is_under(word: Word, box: Box) -> bool:
    across, down = (word.left + word.right) / 2, word.baseline - 0.3 * word.size
    return box.left <= across <= box.right and box.top <= down <= box.bottom


def _distance(word: Word, box: Box) -> float:
    across = max(box.left - word.right, word.left - box.right, 0)
    return across + 3 * max(box.top - word.baseline, word.baseline - box.bottom, 0)
