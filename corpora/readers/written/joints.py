"""Paragraphs that the end of a column or of a page cut are put together again, over what stands between the halves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpora.readers.printed.lines import Line
from corpora.readers.printed.paragraphs import (
    BULLET,
    ITEM,
    OTHER_SIZE,
    OTHER_SIZE_READ,
    SECTION,
    Passage,
)
from corpora.readers.written.hyphens import CUT, FIRST, LONGEST
from corpora.segmenters.paragraphs import CLOSED, LIST_MARK

# What can go on in the next column.
OPEN = ("", ITEM)
# The share of paragraphs whose first line is indented that tells that all are.
INDENTED = 0.5


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line that is no part of the text: a running head or foot, or a page number."""

    line: Line
    kind: str


Item = Passage | Furniture
Group = list[Item]


def joined(items: Iterable[Item]) -> list[Group]:
    """What becomes a block each: furniture by itself, a paragraph with its other half and the furniture between.

    Captions and tables between two halves follow behind the whole.
    """
    items = list(items)
    indents = _marks_paragraphs_by_indents([item for item in items if isinstance(item, Passage)])
    found: list[Group] = []
    open_one: Group | None = None
    waiting: list[Item] = []
    text_columns: set[int] = set()

    def close() -> None:
        nonlocal open_one
        if open_one:
            found.append(open_one)
        found.extend([item] for item in waiting)
        waiting.clear()
        open_one = None

    for item in items:
        if isinstance(item, Furniture) or item.floats:
            waiting.append(item)
            continue
        begins_column = item.column not in text_columns
        text_columns.add(item.column)
        last = open_one[-1] if open_one else None
        if (
            open_one is not None
            and isinstance(last, Passage)
            and begins_column
            and not item.kind
            and _continues(last, item, indents, over=any(isinstance(one, Passage) for one in waiting))
        ):
            open_one += [one for one in waiting if isinstance(one, Furniture)]
            open_one.append(item)
            waiting[:] = [one for one in waiting if isinstance(one, Passage)]
            continue
        close()
        if item.kind in OPEN:
            open_one = [item]
        else:
            found.append([item])
    close()
    return found


def _marks_paragraphs_by_indents(passages: Sequence[Passage]) -> bool:
    longer = [one for one in passages if not one.kind and len(one.lines) > 1 and not _is_listed(one)]
    return sum(one.indented for one in longer) > INDENTED * len(longer)


def _is_listed(passage: Passage) -> bool:
    return any(pattern.match(passage.text) for pattern in (LIST_MARK, BULLET, SECTION))


def _continues(one: Passage, other: Passage, indents: bool, *, over: bool) -> bool:
    """True when a paragraph goes on with another at the head of the next column.

    Args:
        one: the last of a column.
        other: the first of the next.
        indents: the text marks its paragraphs by indents.
        over: a caption or a table stands between.
    """
    last, first = one.lines[-1], other.lines[0]
    limit = OTHER_SIZE_READ if first.hidden else OTHER_SIZE
    if abs(last.size - first.size) > limit * first.size or first.page > last.page + (2 if over else 1):
        return False
    begin = FIRST.match(first.text)
    is_small = bool(begin) and first.text[0].islower()
    if is_small and CUT.search(last.text[-LONGEST:]):
        return True
    closed = CLOSED.search(last.text)
    if is_small and not closed and not LIST_MARK.match(first.text):
        return True
    if over or other.indented or _is_listed(other) or one.room > _width(first) + 0.25 * last.size:
        return False
    return indents or not closed


def _width(line: Line) -> float:
    """How wide the first word of a line is."""
    return line.words[0].right - line.words[0].left
