"""Where words stand, as a page counts: segments from the first one of a side, characters in UTF-16 units of a segment."""

from collections.abc import Iterator, Sequence

from corpora.document import Version
from corpora.stretches import stretches


def pieces(version: Version, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """The parts of `start:stop` of a version's text by segment: its index, and the part's place in its text."""
    for index, first, last in stretches(version, start, stop):
        text = version.segments[index].text
        before = utf16(text[:first])
        yield index, before, before + utf16(text[first:last])


def utf16(text: str) -> int:
    """The length of a text as a browser counts it."""
    return len(text.encode("utf-16-le")) // 2


def across(texts: Sequence[str], start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """The parts of `start:stop` of some segments' texts, read with a blank between them: as `pieces`.

    >>> list(across(["One 😀.", "Two."], 4, 9))
    [(0, 4, 7), (1, 0, 2)]
    """
    begins = 0
    for segment, text in enumerate(texts):
        first, last = max(start - begins, 0), min(stop - begins, len(text))
        if first < last:
            before = utf16(text[:first])
            yield segment, before, before + utf16(text[first:last])
        begins += len(text) + 1
