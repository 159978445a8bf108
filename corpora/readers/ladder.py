"""What sentence and word aligners write: which lines of two files belong together.

Four notations of lines, and one of words:
- a ladder, `3 4 0.7` (hunalign): the first 3 lines of the one file stand for the first 4 of the other; the score, which
  may be missing, is that of what follows;
- `[0]:[0, 1]:0.1` (vecalign, bertalign, Bleualign): numbers of lines that count from 0, and a cost that may be missing;
- `1,2 <=> 3` or `1 <=> omitted` (Champollion): numbers of lines that count from 1;
- text with a tab between (hunalign -text, ladder2text): the lines themselves, `one ~~~ two<tab>eins<tab>0.7`;
- `0-0 1-2` (Pharaoh, TALP): words of one line that stand for each other; the lines are pairs.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from corpora.building import Builder
from corpora.chain import numbered
from corpora.contents import Contents, File, Links
from corpora.document import Version
from corpora.errors import ReadError
from corpora.normalise import decode

NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:nan|inf)"
RUNG = re.compile(rf"(\d{{1,9}})[ \t]+(\d{{1,9}})(?P<score>[ \t]+(?:{NUMBER}))?")
PAIR = re.compile(rf"\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\](?P<score>\s*:\s*(?:{NUMBER}))?")
ARROW = re.compile(r"(omitted|\d{1,9}(?:\s*,\s*\d{1,9})*)\s*<=>\s*(omitted|\d{1,9}(?:\s*,\s*\d{1,9})*)")
WORD = r"\d{1,9}[-p?]\d{1,9}(?:[:/]\S+)?"
WORDS = re.compile(rf"{WORD}(?:\s+{WORD})*")
# hunalign writes the score last, its ladder2text first.
COLUMNS = re.compile(rf"([^\t]*)\t([^\t]*)\t(?:{NUMBER})|(?:{NUMBER})\t([^\t]*)\t([^\t]*)")
# What hunalign puts between the lines of one unit, and a line of its own that is a mark and no text.
JOINT, PARAGRAPH = " ~~~ ", "<p>"
# "ko-ru.ladder", "ko-ru.words.pharaoh": the two sides by their languages.
SIDES = re.compile(r"([A-Za-z]{2,3}\d*)-([A-Za-z]{2,3}\d*)(?:\.[a-z]+)?")
Link = tuple[tuple[str, ...], tuple[str, ...]]


def read(file: File) -> Contents:
    """Alignments by hunalign, vecalign, bertalign, Bleualign and Champollion; word links in Pharaoh's notation.

    Raises:
        ReadError: the file is empty, or in none of these notations; says which line is not.
    """
    where = f'"{file.base}"'
    text, _ = decode(file.data, where, file.encoding)
    lines = _lines(text)
    filled = [line for line in lines if line]
    if not filled:
        raise ReadError(f"{where} is empty; give what the aligner wrote.")
    pattern, taken = max(
        NOTATIONS, key=lambda one: sum(bool(one[0].fullmatch(line)) for line in filled[:MOST_LOOKED_AT])
    )
    for number, line in enumerate(lines, 1):
        if line and not pattern.fullmatch(line):
            raise ReadError(
                f"{where}, line {number} is no line of an alignment (such as 3<tab>4, [0]:[0, 1] or 0-0); "
                "give what the aligner wrote, unchanged."
            )
    return taken(file, lines)


def fits(file: File) -> bool:
    """True for a text file that is nothing but an alignment; what is not, is a text."""
    head = file.data[:LOOKED_AT].decode("utf-8", "replace").lstrip("\ufeff").lstrip()
    if not any(pattern.fullmatch(head.split("\n")[0].strip()) for pattern, _ in NOTATIONS):
        return False
    try:
        text = decode(file.data, "", file.encoding)[0]
    except ReadError:
        return False
    filled = [line for line in _lines(text) if line]
    pattern = next((one for one, _ in NOTATIONS if all(map(one.fullmatch, filled))), None)
    if pattern is RUNG:
        # Any table of numbers looks like a ladder, but few stand on the ground.
        return filled[0].split()[:2] == ["0", "0"] and len(filled) > 1
    return pattern is not None and (pattern is not COLUMNS or JOINT in text)


# Characters and lines that are looked at before the rest is.
LOOKED_AT, MOST_LOOKED_AT = 4096, 50


def _lines(text: str) -> list[str]:
    # Not splitlines: an aligner ends a line with a line feed alone.
    return [line.strip("\r \ufeff") for line in text.removesuffix("\n").split("\n")]


def _ladder(file: File, lines: Sequence[str]) -> Contents:
    rungs = [(int(match[1]), int(match[2])) for line in lines if (match := RUNG.fullmatch(line))]
    for one, other in itertools.pairwise(rungs):
        if other[0] < one[0] or other[1] < one[1]:
            raise ReadError(
                f'"{file.base}" goes back from {one[0]} {one[1]} to {other[0]} {other[1]}, which no ladder does; '
                "give what the aligner wrote, unchanged."
            )
    if rungs[0] != (0, 0):
        rungs.insert(0, (0, 0))
    links = (
        (tuple(str(n + 1) for n in range(a, c)), tuple(str(n + 1) for n in range(b, d)))
        for (a, b), (c, d) in itertools.pairwise(rungs)
    )
    return _linked(file, links, _scores(lines, RUNG))


def _pairs(file: File, lines: Sequence[str]) -> Contents:
    def keys(numbers: str) -> tuple[str, ...]:
        return tuple(str(int(one) + 1) for one in re.findall(r"\d{1,9}", numbers))

    return _linked(
        file, ((keys(m[1]), keys(m[2])) for line in lines if (m := PAIR.fullmatch(line))), _scores(lines, PAIR)
    )


def _arrows(file: File, lines: Sequence[str]) -> Contents:
    def keys(numbers: str) -> tuple[str, ...]:
        return tuple(str(int(one)) for one in re.findall(r"\d+", numbers))

    return _linked(file, ((keys(m[1]), keys(m[2])) for line in lines if (m := ARROW.fullmatch(line))))


def _words(file: File, lines: Sequence[str]) -> Contents:
    found = _linked(file, (((str(number),), (str(number),)) for number in range(1, len(lines) + 1)))
    links = sum(len(line.split()) for line in lines)
    told = f'"{file.base}" links {links} pairs of words; its lines are taken as pairs, the word links are not kept yet.'
    return Contents(links=found.links, warnings=(told,))


def _scores(lines: Sequence[str], pattern: re.Pattern[str]) -> int:
    return sum(bool((match := pattern.fullmatch(line)) and match["score"]) for line in lines)


def _linked(file: File, links: Iterator[Link], scores: int = 0) -> Contents:
    kept = tuple(link for link in links if any(link))
    if not kept:
        raise ReadError(f'"{file.base}" links no lines; give what the aligner wrote.')
    sides = SIDES.fullmatch(file.title)
    told = (f'The scores of "{file.base}" ({scores}).',) if scores else ()
    return Contents(links=(Links(kept, by_line=True, files=sides.groups() if sides else ()),), left_out=told)


def _texts(file: File, lines: Sequence[str]) -> Contents:
    """The versions in hunalign's text: each of its lines a block, those of one row a group."""
    builders = Builder(), Builder()
    for number, line in enumerate(lines):
        if match := COLUMNS.fullmatch(line):
            cells = match.groups()[:2] if match[1] is not None else match.groups()[2:]
            for builder, cell in zip(builders, cells, strict=True):
                for piece in cell.split(JOINT):
                    if piece.strip() not in ("", PARAGRAPH, JOINT.strip()):
                        builder.add(piece, "paragraph", group=number, id=str(number + 1))
    versions: list[Version] = [builder.version(file) for builder in builders if len(builder)]
    if not versions:
        raise ReadError(f'"{file.base}" holds no text; give what the aligner wrote.')
    told = f'The scores of "{file.base}" ({sum(map(bool, lines))}).'
    return Contents(tuple(numbered(versions)), left_out=(told,))


# Tried in this order.
NOTATIONS: tuple[tuple[re.Pattern[str], Callable[[File, Sequence[str]], Contents]], ...] = (
    (RUNG, _ladder),
    (PAIR, _pairs),
    (ARROW, _arrows),
    (WORDS, _words),
    (COLUMNS, _texts),
)
