"""PDF with a text layer: lines, columns, notes and paragraphs are told from where the words stand on the pages."""

from collections.abc import Iterator, Sequence

from corpora.building import clean
from corpora.contents import Contents, File, Remark
from corpora.readers.drawn import process
from corpora.readers.drawn.page import Box, Opened, Page, Word
from corpora.readers.printed import furniture, writing
from corpora.readers.printed.blocks import CUT_WORD, HYPHENATION
from corpora.readers.printed.paragraphs import plain
from corpora.readers.printed.writing import Text
from corpora.segmenters.paragraphs import PAGE_BREAK

# The share of the work that is done when all pages are read.
READING = 0.5
# Characters of text that a page must have on average to be no scan.
LEAST = 10
MOST_LISTED = 20
# Characters of the first pages in which a title that the file states must stand to be believed.
HEAD = 3000


def read(file: File) -> Contents:
    """PDF with a text layer; running heads, page numbers and words that lines cut are told from the layout.

    Raises:
        ReadError: it is no PDF, needs a password, has no text, or takes too long or too much memory.
    """
    opened, pages = _pages(file)
    text = writing.write(pages, opened.outline, lambda share: file.progress(READING + (1 - READING) * share))
    title = clean(opened.title)
    is_title = len(plain(title)) > 3 and plain(title) in plain(text.builder.text[:HEAD])
    version = text.builder.version(file, title=title if is_title else "", metadata={"pages": text.page_places})
    remarks = tuple(_remarks(pages, text))
    return Contents((version,), remarks, warnings=tuple(_warnings(text, pages)), left_out=tuple(_left_out(pages)))


def _pages(file: File) -> tuple[Opened, list[Page]]:
    opened, pages = Opened(0), []
    for message in process.pages(file):
        if isinstance(message, Opened):
            opened = message
        else:
            pages.append(message)
            file.progress(READING * min(1.0, len(pages) / max(opened.pages, 1)))
    return opened, pages


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


def _warnings(text: Text, pages: Sequence[Page]) -> Iterator[str]:
    counts = text.counts
    heads, numbers = counts[furniture.HEAD], counts[furniture.NUMBER]
    if heads or numbers:
        parts = [
            f"{_several(heads, 'running head')}" if heads else "",
            _several(numbers, "page number") if numbers else "",
        ]
        yield f"Set aside as apparatus: {' and '.join(part for part in parts if part)}."
    if counts[HYPHENATION]:
        yield f"{_several(counts[HYPHENATION], 'word')} that a hyphen cut at the end of a line put together."
    if counts[CUT_WORD]:
        yield f"{_several(counts[CUT_WORD], 'word')} that the end of a line cut without a hyphen put together."
    joints = counts[PAGE_BREAK]
    if joints:
        yield f"{_several(joints, 'paragraph')} put together over the end of a page or column."
    if counts[writing.FOOTNOTE]:
        yield (
            f"{_several(counts[writing.FOOTNOTE], 'footnote')} put behind the text, {counts[writing.ANCHORED]} of them "
            "with the place of their mark."
        )
    if counts[writing.IN_COLUMNS]:
        yield f"{_several(counts[writing.IN_COLUMNS], 'page')} read in columns."
    if counts[writing.RECODED]:
        yield (
            f"{counts[writing.RECODED]:,} letters, which the file draws without saying which they are, were read as "
            "Cyrillic; compare a page."
        )
    unknown = sum(word.unknown for page in pages for word in page.words)
    if unknown and not counts[writing.RECODED]:
        yield f"{_several(unknown, 'character')} could not be told, because the file only draws them; compare a page."
    hidden = sum(1 for page in pages if any(word.hidden for word in page.words))
    if hidden:
        yield f"{_several(hidden, 'page')} of a scan, read as a recognition program left them; compare them."
    doubled = sum(page.doubled for page in pages)
    if doubled:
        yield f"{_several(doubled, 'character')} drawn twice on one place read once."
    if counts[writing.TURNED]:
        yield f"{_several(counts[writing.TURNED], 'line')} of text on its side or aslant put behind the text as apparatus."


def _left_out(pages: Sequence[Page]) -> Iterator[str]:
    empty = [page.number for page in pages if not page.words and page.pictures and not page.damaged]
    if empty:
        yield f"{_listed(empty)} no text, only pictures."
    pictures = sum(page.pictures for page in pages if page.words and not all(word.hidden for word in page.words))
    if pictures:
        yield f"{_several(pictures, 'picture')}."
    fields = sum(page.fields for page in pages)
    if fields:
        yield f"What is filled into {_several(fields, 'field')} of a form."
    outside = sum(page.outside for page in pages)
    if outside:
        yield f"{_several(outside, 'character')} outside the edges of the pages."
    damaged = [page.number for page in pages if page.damaged]
    if damaged:
        yield f"{_listed(damaged)} damaged."


def _several(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _listed(numbers: Sequence[int]) -> str:
    """Pages by their numbers, and the verb for them."""
    if len(numbers) == 1:
        return f"Page {numbers[0]} has"
    shown = ", ".join(map(str, numbers[:MOST_LISTED]))
    return (
        f"Pages {shown}" + (f" and {len(numbers) - MOST_LISTED} more" if len(numbers) > MOST_LISTED else "") + " have"
    )
