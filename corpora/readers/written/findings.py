"""What was found on pages, and what of them is left out, as sentences."""

from collections.abc import Iterator, Sequence

from corpora.readers.drawn.page import Page
from corpora.readers.printed import furniture
from corpora.readers.written import writing
from corpora.readers.written.blocks import CUT_WORD, HYPHENATION
from corpora.readers.written.writing import Text
from corpora.segmenters.paragraphs import PAGE_BREAK

# Pages that are named one by one.
MOST_LISTED = 20


def warnings(text: Text, pages: Sequence[Page]) -> Iterator[str]:
    """What was decided in reading, a sentence each, with numbers."""
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


def left_out(pages: Sequence[Page]) -> Iterator[str]:
    """What of the pages is not in the text."""
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
