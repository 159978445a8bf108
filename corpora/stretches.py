"""Where characters of a version stand in its segments."""

import bisect
from collections.abc import Iterator

from corpora.document import Version
from corpora.segmenters.paragraphs import repaired


def stretches(version: Version, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """The parts of `start:stop` of a version's text by segment: its index, and the part's place in the segment's text."""
    place = max(0, bisect.bisect_right(version.segments, start, key=lambda segment: segment.start) - 1)
    for segment in version.segments[place:]:
        if segment.start >= stop:
            break
        first, last = max(start, segment.start), min(stop, segment.stop)
        if first < last:
            before = len(repaired(version.text, segment.start, first, version.repairs))
            yield segment.index, before, before + len(repaired(version.text, first, last, version.repairs))
