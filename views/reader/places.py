"""Where words stand, as a page counts: segments from the first one of a side, characters in UTF-16 units of a segment."""

import bisect
from collections.abc import Iterator, Sequence

from corpora.document import Version
from corpora.segmenters.paragraphs import repaired


def pieces(version: Version, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """The parts of `start:stop` of a version's text by segment: its index, and the part's place in its text."""
    place = max(0, bisect.bisect_right(version.segments, start, key=lambda segment: segment.start) - 1)
    for segment in version.segments[place:]:
        if segment.start >= stop:
            break
        first, last = max(start, segment.start), min(stop, segment.stop)
        if first < last:
            before = utf16(repaired(version.text, segment.start, first, version.repairs))
            yield segment.index, before, before + utf16(repaired(version.text, first, last, version.repairs))


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
