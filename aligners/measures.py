"""What is measured of each version before versions are compared: vectors, lengths, kinds, numbers, endings."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligners.encoders import Array, Encoder, SummingEncoder
from corpora.document import Segment
from corpora.segmenters.sentences import split_plain

# Segments that may be joined on one side of a unit.
LONGEST = 4
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
LIST_LABEL = re.compile(r"^\s*(?:\d{1,2}|[a-zа-я])[.)]\s")
ENDINGS = (".", "?", "!", ":", ";", ",")
CLOSERS = "\"'”’»)]} "
ASK = str.maketrans("？！。：；，、…", "?!.:;,,.")


@dataclass(frozen=True, slots=True)
class Side:
    """One version as the aligner sees it.

    `vectors[k - 1]` holds the vectors of k neighbouring segments joined, shape (segments - k + 1, dimensions);
    `reach` the running sum of lengths in letters, one more entry than segments; `kinds`, `endings` and `numbers`
    have an entry a segment; `joinable[i]` is False where segments i and i + 1 may not stand in one unit. `pieces` are
    the vectors of the sentences inside the segments and `piece_of` their segments.
    """

    vectors: tuple[Array, ...]
    reach: Array
    kinds: Array
    endings: Array
    numbers: tuple[frozenset[str], ...]
    joinable: Array
    pieces: Array
    piece_of: Array

    def __len__(self) -> int:
        return len(self.kinds)


def measure(segments: Sequence[Segment], encoder: Encoder) -> Side:
    """The measures of one version's segments."""
    texts = [segment.text for segment in segments]
    kinds = [segment.kind for segment in segments]
    lengths = [sum(character.isalnum() for character in text) + 1 for text in texts]
    neighbours = itertools.pairwise(segments)
    vectors = tuple(_vectors(texts, encoder))
    pieces, piece_of = _pieces(texts, vectors[0], encoder)
    return Side(
        vectors=vectors,
        reach=np.concatenate([[0], np.cumsum(lengths)]).astype(np.float64),
        kinds=np.array([hash_kind(kind) for kind in kinds], np.int64),
        endings=np.array([ending(text) for text in texts], np.int64),
        numbers=tuple(numbers(text) for text in texts),
        joinable=np.array([b.index == a.index + 1 for a, b in neighbours], bool),
        pieces=pieces,
        piece_of=piece_of,
    )


def _pieces(texts: Sequence[str], whole: Array, encoder: Encoder) -> tuple[Array, Array]:
    """Vectors of the sentences inside the texts, and which text each is in; a text of one sentence is its own piece.

    Closing punctuation is enough here, in any language: a wrong cut only makes a less useful piece.
    """
    split = [split_plain(text) or [(0, len(text))] for text in texts]
    piece_of = np.repeat(np.arange(len(texts)), [len(spans) for spans in split])
    pieces = whole[piece_of]
    several = [place for place, text in enumerate(piece_of) if len(split[text]) > 1]
    if several:
        parts = [text[start:stop] for text, spans in zip(texts, split, strict=True) for start, stop in spans]
        pieces[several] = encoder.encode([parts[place] for place in several])
    return pieces, piece_of


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
