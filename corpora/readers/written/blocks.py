"""One paragraph -> its text as it stands on the pages, line by line, and the repairs by which it is read as one."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpora.document import Repair
from corpora.readers.printed.lines import Line
from corpora.readers.written import hyphens
from corpora.readers.written.joints import Furniture, Group
from corpora.segmenters.paragraphs import PAGE_BREAK

# Repairs: a hyphen of a line's end, a line's end within a word of Korean, furniture within a paragraph, a note's mark.
HYPHENATION, CUT_WORD, FURNITURE, NOTE_MARK = "hyphenation", "word cut by a line", "page furniture", "note mark"


@dataclass(frozen=True, slots=True)
class Habits:
    """What a whole text tells of its words.

    Args:
        known: its words in small letters, with how often they stand within a line.
        cut: the lines, by their `id`, whose ends cut a word without a hyphen.
    """

    known: Mapping[str, int]
    cut: frozenset[int]


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a block, where each of its lines begins in it, and its repairs, which count from its start."""

    text: str
    lines: tuple[Line, ...]
    starts: tuple[int, ...]
    repairs: tuple[Repair, ...]


def write(group: Group, habits: Habits, marks: Mapping[int, Sequence[tuple[int, int]]]) -> Written:
    """The block that a group becomes.

    Args:
        group: of `joints.joined`.
        habits: of the whole text.
        marks: by the `id` of a line, the stretches of it that are marks of notes which were found.
    """
    lines: list[Line] = []
    is_text: list[bool] = []
    for item in group:
        own = (item.line,) if isinstance(item, Furniture) else item.lines
        lines += own
        is_text += [not isinstance(item, Furniture)] * len(own)
    return of_lines(lines, is_text if any(is_text) else [True] * len(lines), habits, marks)


def of_lines(
    lines: Sequence[Line], is_text: Sequence[bool], habits: Habits, marks: Mapping[int, Sequence[tuple[int, int]]] = {}
) -> Written:
    """The block of lines, of which some are furniture between the others."""
    starts, length = [], 0
    for line in lines:
        starts.append(length)
        length += len(line.text) + 1
    repairs = [
        Repair(NOTE_MARK, start + _with_blank(line.text, first, last), start + last, "")
        for line, start in zip(lines, starts, strict=True)
        for first, last in marks.get(id(line), ())
    ]
    texts = [place for place, one in enumerate(is_text) if one]
    for one, other in itertools.pairwise(texts):
        end, begin = starts[one] + len(lines[one].text), starts[other]
        hyphen = hyphens.joint(lines[one].text, lines[other].text, habits.known)
        if hyphen:
            repairs.append(Repair(HYPHENATION, end - hyphen[0], end + 1, hyphen[1]))
        elif id(lines[one]) in habits.cut:
            repairs.append(Repair(CUT_WORD, end, end + 1, ""))
        elif lines[one].page != lines[other].page or other > one + 1:
            repairs.append(Repair(PAGE_BREAK, end, end + 1, " "))
        if end + 1 < begin:
            repairs.append(Repair(FURNITURE, end + 1, begin, ""))
    return Written("\n".join(line.text for line in lines), tuple(lines), tuple(starts), tuple(_apart(repairs)))


def _with_blank(text: str, first: int, last: int) -> int:
    """Where a mark begins, with the blank before it where another or a sign follows."""
    return first - 1 if text[first - 1 : first] == " " and not text[last : last + 1].isalnum() else first


def _apart(repairs: Sequence[Repair]) -> list[Repair]:
    """The repairs in order, without those that reach into one before."""
    found: list[Repair] = []
    for repair in sorted(repairs, key=lambda one: one.start):
        if not found or repair.start >= found[-1].stop:
            found.append(repair)
    return found
