"""Texts in different alphabets in one file, told by their letters: one after another, or paragraph by paragraph.

Translations are about as long as one another, have about as many paragraphs, and name the same numbers. A text that
quotes another language, or has an archive's English head, is far from that; the bounds lie between.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpora import citation
from corpora.languages import SCRIPTS, guess, sampled, script_of
from corpora.parts.part import OTHERWISE, Part, Parts, aligned, cycles, listed

# Letters of a text beside one of Korean: medians of 34 documents of NTREX-128 and the Gospel of John in three languages.
LETTERS = {"Hangul": 1.0, "Cyrillic": 2.25, "Latin": 2.1}
# The shorter of two texts has this share at least of the other's letters, made alike, and of its paragraphs.
BALANCE = 0.55
# Where paragraphs alternate, they do so this many times at least, and the letters of a round are in this balance in this
# share of the rounds: single paragraphs differ more than texts.
ROUNDS, BALANCE_OF_ROUND, ROUNDS_IN_BALANCE = 3, 0.3, 0.8
# Paragraphs of each language at least where one text follows the other: of two one may be a quotation, of three hardly.
LEAST = {2: 4, 3: 1}
# Of two texts with so many different numbers each, this share of the fewer stands in the other too.
NUMBERS, SHARED = 3, 0.5
NUMBER = re.compile(r"\d{2,}")
# Share of letters that may be of an alphabet that is not known here, and that a language has at least of the largest
# one's to be looked at.
OTHER, TRACE = 0.05, 0.3
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


@dataclass(frozen=True, slots=True)
class Run:
    """Paragraphs in one script that follow one another: characters `start:stop`, and how many."""

    script: str
    start: int
    stop: int
    paragraphs: int


def find(text: str) -> Parts | None:
    """The texts, None where the text is one."""
    if not _may_hold(text):
        return None
    runs = list(_runs(text))
    marks, pieces = [run.script for run in runs], [text[run.start : run.stop] for run in runs]
    order = list(dict.fromkeys(marks))
    if len(order) < 2 or "" in order:
        return None
    of_script = ["\n\n".join(pieces[n] for n, mark in enumerate(marks) if mark == script) for script in order]
    if not _are_balanced(of_script, order):
        return None
    if len(runs) == len(order):
        if any(run.paragraphs < LEAST[len(order)] for run in runs):
            return None
        texts = tuple(Part("", (piece,)) for piece in pieces)
        said = f"The file holds {len(texts)} texts one after another, told by their letters: "
        return Parts(texts, warnings=(f"{said}{_names(texts)}; {OTHERWISE}.",))
    rounds = cycles(marks)
    if len(rounds) < ROUNDS or not _alternates(rounds, pieces, order):
        return None
    texts = tuple(Part("", one.pieces) for one in aligned(rounds, pieces, marks))
    said = f"The paragraphs of the file alternate {len(rounds)} times between {_names(texts)}"
    if all(len(one) == len(order) for one in rounds):
        return Parts(texts, True, (f"{said}, and are aligned as they stand; {OTHERWISE}.",))
    return Parts(texts, False, (f"{said}, but not strictly, so their alignment is left to the machine; {OTHERWISE}.",))


def _names(texts: Sequence[Part]) -> str:
    return listed([guess(one.text) for one in texts])


def _counts(text: str) -> Counter[str]:
    """Letters by script; Chinese characters beside Hangul are Korean, all others are "" here."""
    counts = Counter({script: len(SCRIPTS[script].findall(text)) for script in LETTERS})
    counts["Hangul"] += len(HAN.findall(text)) if counts["Hangul"] else 0
    counts[""] = sum(map(str.isalpha, text)) - counts.total()
    return counts


def _may_hold(text: str) -> bool:
    """Whether two alphabets at least have enough letters, and no other one has many; for long texts by a sample."""
    counts = _counts(sampled(text))
    large = [script for script in LETTERS if counts[script] / LETTERS[script] > TRACE * max(counts.values())]
    return len(large) > 1 and counts[""] <= OTHER * counts.total()


def _runs(text: str) -> Iterator[Run]:
    """The text cut where its script changes; what has no letters belongs to what stands before."""
    run: Run | None = None
    place = 0
    starts_paragraph = True
    for line in text.splitlines(keepends=True):
        start, place = place, place + len(line)
        if not line.strip():
            starts_paragraph = True
            continue
        script = script_of(line)
        stop = start + len(line.rstrip())
        if run is None or (script and run.script and script != run.script):
            if run:
                yield run
            run = Run(script, start, stop, 1)
        else:
            run = Run(run.script or script, run.start, stop, run.paragraphs + starts_paragraph)
        starts_paragraph = False
    if run:
        yield run


def _paragraphs(text: str) -> int:
    border = BLANK if BLANK.search(text.strip()) else "\n"
    return sum(1 for piece in re.split(border, text) if piece.strip())


def _are_balanced(texts: Sequence[str], order: Sequence[str]) -> bool:
    """Whether the texts may be translations of one another, by their length, their paragraphs and their numbers."""
    papers = [citation.paper(text) for text in texts]
    lengths = [_counts(paper)[script] / LETTERS[script] for paper, script in zip(papers, order, strict=True)]
    counts = [_paragraphs(paper) for paper in papers]
    if min(lengths) < BALANCE * max(lengths) or min(counts) < BALANCE * max(counts):
        return False
    numbers = [set(NUMBER.findall(paper)) for paper in papers]
    pairs = [(one, other) for one, other in itertools.combinations(numbers, 2) if min(len(one), len(other)) >= NUMBERS]
    return all(len(one & other) >= SHARED * min(len(one), len(other)) for one, other in pairs)


def _alternates(rounds: Sequence[Mapping[str, int]], pieces: Sequence[str], order: Sequence[str]) -> bool:
    """Whether the rounds are like those of paragraphs with their translations."""
    good = 0
    for one in rounds:
        sizes = [_counts(pieces[place])[script] / LETTERS[script] for script, place in one.items()]
        good += len(one) == len(order) and min(sizes) >= BALANCE_OF_ROUND * max(sizes)
    return good >= ROUNDS_IN_BALANCE * len(rounds)
