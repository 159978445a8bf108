"""Pages of an archive one behind another in one file, each with its citation block."""

import itertools
import re

from corpora import citation
from corpora.languages import guess
from corpora.parts.part import OTHERWISE, Part, Parts, listed

# Labels of one citation block stand within this many characters of one another.
REACH = 3000
BOLD_BEFORE = re.compile(r"\*\*[^*]{1,600}\*\*\s*\Z")


def find(text: str) -> Parts | None:
    """The pages, where there are two at least, in two languages at least."""
    labels = list(citation.LABEL.finditer(text))
    ends = [place for place, label in enumerate(labels) if label["label"].lower() == citation.CONTENTS]
    if len(ends) < 2:
        return None
    starts = [0] + [_start(text, labels, before, end) for before, end in itertools.pairwise(ends)]
    pieces = [text[start:stop].strip() for start, stop in zip(starts, [*starts[1:], len(text)], strict=True)]
    codes = [guess(citation.paper(piece)) for piece in pieces]
    if len(set(codes)) < 2 or not all(citation.paper(piece).strip() for piece in pieces):
        return None
    told = f"The file holds {len(pieces)} pages of an archive with a citation block each: {listed(codes)}; {OTHERWISE}."
    return Parts(tuple(Part("", (piece,)) for piece in pieces), warnings=(told,))


def _start(text: str, labels: list[re.Match[str]], before: int, end: int) -> int:
    """Where the block with the label `end` begins: at its first label, or the date and the title in bold above it."""
    place, seen = end, {labels[end]["label"].lower()}
    while place - 1 > before and labels[place].start() - labels[place - 1].end() < REACH:
        label = labels[place - 1]["label"].lower()
        if label in seen:
            break
        seen.add(label)
        place -= 1
    start = labels[place].start()
    least = labels[before].end()
    while bold := BOLD_BEFORE.search(text, max(least, start - REACH), start):
        start = bold.start()
    return start
