"""What is measured of each version before versions are compared: vectors, lengths, kinds, numbers, endings."""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from aligners.encoders import Array, Encoder, SummingEncoder
from corpora.document import Segment
from corpora.segmenters.sentences import Spans, split_plain

# Segments that may be joined on one side of a unit.
LONGEST = 4
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
LIST_LABEL = re.compile(r"^\s*(?:\d{1,2}|[a-zа-я])[.)]\s")
ENDINGS = (".", "?", "!", ":", ";", ",")
# Longest and shortest clause, in words.
CLAUSE, LEAST = 8, 3
WORD = re.compile(r"\S+")
INNER = re.compile(r"[,;:.!?…—–。！？][\"'”’»)\]]*$")
CLOSERS = "\"'”’»)]} "
ASK = str.maketrans("？！。：；，、…", "?!.:;,,.")


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of segments: their vectors, shape (parts, dimensions), and the segment that each lies in."""

    vectors: Array
    segment: Array


@dataclass(frozen=True, slots=True)
class Side:
    """One version as the aligner sees it.

    `vectors[k - 1]` holds the vectors of k neighbouring segments joined, shape (segments - k + 1, dimensions);
    `reach` the running sum of lengths in letters, one more entry than segments; `kinds`, `endings` and `numbers`
    have an entry a segment, and so has `goes_on`: True where a segment begins inside a sentence. `joinable[i]` is False
    where segments i and i + 1 may not stand in one unit. `sentences` and `clauses` are parts of the segments.
    """

    vectors: tuple[Array, ...]
    reach: Array
    kinds: Array
    endings: Array
    numbers: tuple[frozenset[str], ...]
    joinable: Array
    goes_on: Array
    sentences: Parts
    clauses: Parts

    def __len__(self) -> int:
        return len(self.kinds)


def measure(segments: Sequence[Segment], encoder: Encoder) -> Side:
    """The measures of one version's segments."""
    texts = [segment.text for segment in segments]
    kinds = [segment.kind for segment in segments]
    lengths = [sum(character.isalnum() for character in text) + 1 for text in texts]
    neighbours = itertools.pairwise(segments)
    vectors = tuple(_vectors(texts, encoder))
    return Side(
        vectors=vectors,
        reach=np.concatenate([[0], np.cumsum(lengths)]).astype(np.float64),
        kinds=np.array([hash_kind(kind) for kind in kinds], np.int64),
        endings=np.array([ending(text) for text in texts], np.int64),
        numbers=tuple(numbers(text) for text in texts),
        joinable=np.array([b.index == a.index + 1 for a, b in neighbours], bool),
        goes_on=np.array(
            [begins_inside(before, text) for before, text in zip(["", *texts], texts, strict=False)], bool
        ),
        sentences=_parts(texts, split_plain, vectors[0], encoder),
        clauses=_parts(texts, clauses, vectors[0], encoder),
    )


def _parts(texts: Sequence[str], split: Callable[[str], Spans], whole: Array, encoder: Encoder) -> Parts:
    """The parts of the texts; a text that is not split is its own part."""
    cut = [split(text) or [(0, len(text))] for text in texts]
    segment = np.repeat(np.arange(len(texts)), [len(spans) for spans in cut])
    vectors = whole[segment]
    several = [place for place, text in enumerate(segment) if len(cut[text]) > 1]
    if several:
        parts = [text[start:stop] for text, spans in zip(texts, cut, strict=True) for start, stop in spans]
        vectors[several] = encoder.encode([parts[place] for place in several])
    return Parts(vectors, segment)


def clauses(text: str) -> Spans:
    """Parts of a text of at most CLAUSE words: cut at punctuation, and longer ones evenly.

    Some papers have no punctuation inside a paragraph at all (the Korean Bible); a wrong cut only makes a less useful
    part.
    """
    words = [match.span() for match in WORD.finditer(text)]
    parts: list[list[tuple[int, int]]] = [[]]
    for start, stop in words:
        parts[-1].append((start, stop))
        if INNER.search(text[start:stop]) and len(parts[-1]) >= LEAST:
            parts.append([])
    spans = []
    for part in parts:
        pieces = -(-len(part) // CLAUSE)
        for k in range(pieces):
            run = part[k * len(part) // pieces : (k + 1) * len(part) // pieces]
            spans.append((run[0][0], run[-1][1]))
    return spans


def begins_inside(before: str, text: str) -> bool:
    """True when a segment goes on with the sentence of the one before it: a small letter, or a comma before."""
    first = next((character for character in text if character.isalpha()), "")
    return bool(before) and (first.islower() or ending(before) == ENDINGS.index(","))


def _vectors(texts: Sequence[str], encoder: Encoder) -> list[Array]:
    if isinstance(encoder, SummingEncoder):
        return encoder.overlaps(texts, LONGEST)
    sizes = range(1, LONGEST + 1)
    return [encoder.encode([" ".join(texts[i : i + k]) for i in range(len(texts) - k + 1)]) for k in sizes]


def hash_kind(kind: str) -> int:
    """0 for running text, another number for each kind that stands apart from it."""
    return {"title": 1, "heading": 2, "list item": 3, "colophon": 4}.get(kind, 0)


def ending(text: str) -> int:
    """The place of the closing punctuation in ENDINGS, -1 when there is none."""
    last = text.translate(ASK).rstrip(CLOSERS)[-1:]
    return ENDINGS.index(last) if last in ENDINGS and last else -1


def numbers(text: str) -> frozenset[str]:
    """The numbers written in digits, without the label of a list item."""
    return frozenset(found.replace(",", ".") for found in DIGITS.findall(LIST_LABEL.sub("", text)))
