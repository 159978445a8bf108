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
    if number := counts[HYPHENATION]:
        yield f"{_several(number, 'word')} that a hyphen cut at the end of a line {_were(number)} put together."
    if number := counts[CUT_WORD]:
        yield f"{_several(number, 'word')} that the end of a line cut without a hyphen {_were(number)} put together."
    if number := counts[PAGE_BREAK]:
        yield f"{_several(number, 'paragraph')} {_were(number)} put together over the end of a page or column."
    if number := counts[writing.FOOTNOTE]:
        yield (
            f"{_several(number, 'footnote')} {_were(number)} put behind the text, {counts[writing.ANCHORED]} of them with "
            "the place of their mark."
        )
    if number := counts[writing.IN_COLUMNS]:
        yield f"{_several(number, 'page')} {_were(number)} read in columns."
    if number := counts[writing.RECODED]:
        yield (
            f"{_several(number, 'letter')}, which the file draws without saying which they are, {_were(number)} read as "
            "Cyrillic; compare a page."
        )
    number = sum(word.unknown for page in pages for word in page.words)
    if number and not counts[writing.RECODED]:
        yield f"{_several(number, 'character')} could not be told, because the file only draws them; compare a page."
    if number := sum(any(word.hidden for word in page.words) for page in pages):
        yield f"{_several(number, 'page')} of a scan {_were(number)} read as a recognition program left them; compare them."
    if number := sum(page.doubled for page in pages):
        yield f"{_several(number, 'character')} drawn twice on one place {_were(number)} read once."
    if number := counts[writing.TURNED]:
        yield (
            f"{_several(number, 'line')} of text on its side or aslant {_were(number)} put behind the text as apparatus."
        )


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


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _listed(numbers: Sequence[int]) -> str:
    """Pages by their numbers, and the verb for them."""
    if len(numbers) == 1:
        return f"Page {numbers[0]} has"
    shown = ", ".join(map(str, numbers[:MOST_LISTED]))
    return (
        f"Pages {shown}" + (f" and {len(numbers) - MOST_LISTED} more" if len(numbers) > MOST_LISTED else "") + " have"
    )
