"""Running heads and feet and page numbers, told from the text by what other pages have at the same place."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpora.readers.drawn.page import Page, Word
from corpora.readers.printed.lines import APART, Line, line, lines

HEAD, NUMBER = "running head", "page number"
# Lines at the upper and at the lower end of a page that are looked at.
EDGE = 4
# Pages before and after one that are compared with it: left and right pages have their own heads.
REACH = 4
# Points by which the same head may stand higher or lower; a share of the page's height for those a machine read.
SAME_HEIGHT, SAME_HEIGHT_READ = 3.0, 0.012
# How alike two heads must be (rapidfuzz ratio, 0..100): page numbers apart, a letter of a scan may be misread.
ALIKE = 88
SHORTEST_HEAD = 3
# The share of the pages about it that have a head in type larger than the text.
OFTEN = 0.75
# A head is one line; what is longer is a paragraph that two pages have in common.
LONGEST_HEAD = 160
LARGER = 1.2
# The share of the pages with a head at one height that make a page's first line there a head, too, whatever it says.
USUAL, FEWEST = 0.3, 3
# The share of the pages on which a line at one height must stand apart from the text.
MOSTLY = 0.6
# No more of a page is furniture than this, when the file itself says what is.
MOST_ASIDE = 0.4
BEFORE = r"(?:(?:стр|с|page|pag|p|seite|s|쪽|페이지|면)\.?\s*)?"
BEHIND = r"(?:\s*(?:/|of|из|von|de|의)\s*\d{1,4})?(?:\s*(?:쪽|페이지|면|стр\.?))?"
PAGE_NUMBER = re.compile(
    rf"[\s\-–—―\[(·.|*]*{BEFORE}(\d{{1,6}}|[ivxlc]{{1,8}}){BEHIND}[\s\-–—―\])·.|*]*", re.IGNORECASE
)
DECORATED = re.compile(r"[-–—―\[(]\s*\d{1,4}\s*[-–—―\])]|.*(?:стр|page|쪽|페이지|/).*", re.IGNORECASE)
ROMAN = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
NOTE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3})\s?[^\W\d]")
DIGITS = re.compile(r"\d+")
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@dataclass(frozen=True, slots=True)
class Parted:
    """A page with what is no part of its text: lines above and below it, each with what it is."""

    page: Page
    head: tuple[tuple[str, Line], ...]
    body: tuple[Word, ...]
    foot: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the end of a page: its key without numbers, the page numbers that it can be, and whether it can be a note.

    Of notes at the foot, many say the same ("ibid."), and their numbers count, too.
    """

    line: Line
    key: str
    numbers: tuple[tuple[str, int], ...]
    is_number: bool
    is_note: bool


def part(pages: Sequence[Page]) -> list[Parted]:
    """The pages with their furniture apart."""
    aside, rows = [], []
    for page in pages:
        marked, words = _marked(page)
        aside.append(marked)
        rows.append(lines(words, page.number))
    ends = [[_edges(found, top) for found in rows] for top in (True, False)]
    counting = [_counting(end) for end in ends]
    found = [_furniture(end, counts, pages) for end, counts in zip(ends, counting, strict=True)]
    return [
        _parted(page, rows[place], aside[place], found[0][place], found[1][place]) for place, page in enumerate(pages)
    ]


def _marked(page: Page) -> tuple[list[Word], list[Word]]:
    """The words that the file sets aside and the others; all are others where it sets aside what must be text."""
    marked = [word for word in page.words if word.aside]
    others = [word for word in page.words if not word.aside]
    size = sum(len(word.text) for word in page.words)
    if sum(len(word.text) for word in marked) > MOST_ASIDE * size:
        return [], list(page.words)
    return marked, others


def _edges(rows: Sequence[Line], top: bool) -> list[_Edge]:
    """The lines at one end of a page, from its edge inwards."""
    return [_edge(row, top) for row in (rows[:EDGE] if top else rows[: -EDGE - 1 : -1])]


def _edge(row: Line, top: bool) -> _Edge:
    key = "".join(letter for letter in DIGITS.sub("#", row.text.casefold()) if letter.isalpha() or letter == "#")
    pieces = _pieces(row)
    numbers = [value for piece in pieces if (value := _number(piece))]
    # The number may stand right before or behind the head.
    words = row.text.split()
    is_note = not top and (bool(row.raised and row.raised[0][0] == 0) or bool(NOTE.match(row.text)))
    numbers += [
        value
        for word in (words[-1:] if is_note else (words[0], words[-1]))
        if len(words) > 1 and word.isdigit() and (value := _number(word))
    ]
    is_number = len(pieces) == 1 and bool(_number(pieces[0]))
    return _Edge(row, key, tuple(dict.fromkeys(numbers)), is_number, is_note)


def _pieces(row: Line) -> list[str]:
    """The texts of a line that stand apart."""
    pieces: list[list[Word]] = [[row.words[0]]]
    for word in row.words[1:]:
        if word.left - pieces[-1][-1].right > APART * row.size:
            pieces.append([])
        pieces[-1].append(word)
    return [line(piece, row.page).text for piece in pieces]


def _number(text: str) -> tuple[str, int] | None:
    """The page number that a text is, with its script."""
    match = PAGE_NUMBER.fullmatch(text)
    if not match:
        return None
    written = match[1].lower()
    if written.isdigit():
        return "arabic", int(written)
    return ("roman", _roman(written)) if written and ROMAN.fullmatch(written) else None


def _roman(written: str) -> int:
    values = [VALUES[letter] for letter in written]
    return sum(
        -value if any(value < later for later in values[place + 1 :]) else value for place, value in enumerate(values)
    )


def _counting(end: Sequence[Sequence[_Edge]]) -> set[tuple[str, int]]:
    """The differences between page numbers and places of pages that are no chance, with the script of the numbers."""
    steps: Counter[tuple[str, int]] = Counter()
    for place, edges in enumerate(end):
        steps.update({(script, value - place) for edge in edges for script, value in edge.numbers})
    least = 2 if len(end) < 2 * FEWEST else FEWEST
    return {step for step, times in steps.items() if times >= least}


def _furniture(
    end: Sequence[Sequence[_Edge]], counting: set[tuple[str, int]], pages: Sequence[Page]
) -> list[list[tuple[str, Line]]]:
    """For each page its furniture at one end, from the edge inwards."""
    told = [[_kind(end, place, edge, counting, pages) for edge in edges] for place, edges in enumerate(end)]
    usual = _usual_heights(end, told)
    found: list[list[tuple[str, Line]]] = []
    for place, edges in enumerate(end):
        inward: list[tuple[str, Line]] = []
        for number, edge in enumerate(edges):
            kind = told[place][number]
            inner = edges[number + 1].line if number + 1 < len(edges) else None
            if not kind and inner and not edge.is_note and _is_usual(edge.line, inner, usual):
                kind = HEAD
            if not kind:
                break
            inward.append((kind, edge.line))
        # What goes on in the text is text, even where other pages begin with the same words.
        while inward and len(inward) < len(edges) and _goes_on(*inward[-1], edges[len(inward)].line):
            inward.pop()
        found.append(inward)
    return found


def _kind(
    end: Sequence[Sequence[_Edge]], place: int, edge: _Edge, counting: set[tuple[str, int]], pages: Sequence[Page]
) -> str:
    counts = any((script, value - place) in counting for script, value in edge.numbers)
    if edge.is_number:
        alone = len(pages) < FEWEST and _stands_alone(end[place], edge)
        known = counts or (
            alone and (bool(DECORATED.fullmatch(edge.line.text)) or ("arabic", place + 1) in edge.numbers)
        )
        return NUMBER if known else ""
    if len(edge.line.text) > LONGEST_HEAD or (edge.is_note and not counts):
        return ""
    # "Chapter 1" on the page that is numbered 1 is larger than the text.
    if counts and edge.line.size <= LARGER * end[place][-1].line.size:
        return HEAD
    return HEAD if _is_repeated(end, place, edge, pages) else ""


def _goes_on(kind: str, row: Line, inner: Line) -> bool:
    same = abs(row.size - inner.size) < 0.5 and row.bold == inner.bold
    return kind == HEAD and same and abs(inner.baseline - row.baseline) <= 1.35 * row.size


def _stands_alone(edges: Sequence[_Edge], edge: _Edge) -> bool:
    """True for the outermost line that keeps more than a line's distance from the text."""
    if edges[0] is not edge:
        return False
    return len(edges) == 1 or abs(edges[1].line.baseline - edge.line.baseline) > 1.8 * edges[1].line.size


def _is_repeated(end: Sequence[Sequence[_Edge]], place: int, edge: _Edge, pages: Sequence[Page]) -> bool:
    if len(edge.key.replace("#", "")) < SHORTEST_HEAD:
        return False
    from rapidfuzz import fuzz

    line = edge.line
    within = SAME_HEIGHT_READ * pages[place].height if line.hidden else SAME_HEIGHT
    near = [other for other in range(max(0, place - REACH), min(len(end), place + REACH + 1)) if other != place]
    times = sum(
        any(
            abs(one.line.baseline - line.baseline) <= within
            and abs(one.line.size - line.size) <= (0.3 * line.size if line.hidden else 0.5)
            and fuzz.ratio(one.key, edge.key, score_cutoff=ALIKE) > 0
            for one in end[other]
        )
        for other in near
    )
    # "Chapter 2" and "Chapter 3", some pages on, are larger than the text.
    is_large = line.size > LARGER * end[place][-1].line.size
    return times >= (max(1, OFTEN * len(near)) if is_large else 1 if len(pages) <= 2 * FEWEST else 2)


def _usual_heights(end: Sequence[Sequence[_Edge]], told: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Heights and sizes at which the outermost line of a page is furniture whatever it says.

    Those at which it is on many pages, and on few anything else; and those at which it stands apart from the text on most.
    """
    heads: Counter[tuple[int, int]] = Counter()
    apart: Counter[tuple[int, int]] = Counter()
    others: Counter[tuple[int, int]] = Counter()
    for edges, kinds in zip(end, told, strict=True):
        if edges:
            height = _height(edges[0].line)
            (heads if kinds[0] else others)[height] += 1
            inner = [edge.line for edge in edges[1:]]
            apart[height] += (
                bool(inner)
                and not edges[0].is_note
                and _is_apart(edges[0].line, inner[0])
                and edges[0].line.size <= LARGER * inner[-1].size
            )
    pages = len([edges for edges in end if edges])
    return {
        height
        for height in heads | apart
        if (heads[height] >= max(FEWEST, USUAL * pages / 2) and others[height] <= heads[height] / 2)
        or apart[height] > max(FEWEST, MOSTLY * pages)
    }


def _is_apart(row: Line, inner: Line) -> bool:
    return abs(inner.baseline - row.baseline) > 1.7 * row.size


def _height(row: Line) -> tuple[int, int]:
    return round(row.baseline / 2), round(row.size * 2)


def _is_usual(row: Line, inner: Line, usual: set[tuple[int, int]]) -> bool:
    return _is_apart(row, inner) and _height(row) in usual and len(row.text) <= LONGEST_HEAD


def _parted(
    page: Page, rows: Sequence[Line], aside: Sequence[Word], head: list[tuple[str, Line]], foot: list[tuple[str, Line]]
) -> Parted:
    # A page of one or two lines has its furniture at one end only.
    foot = foot[: max(0, len(rows) - len(head))]
    taken = {id(word) for _, row in (*head, *foot) for word in row.words}
    body = tuple(word for row in rows for word in row.words if id(word) not in taken)
    above, below = list(head), list(foot)
    for row in lines(aside, page.number):
        kind = NUMBER if _number(row.text) else HEAD
        (above if row.baseline < page.height / 2 else below).append((kind, row))
    return Parted(page, tuple(sorted(above, key=_depth)), body, tuple(sorted(below, key=_depth)))


def _depth(furniture: tuple[str, Line]) -> float:
    return furniture[1].baseline
