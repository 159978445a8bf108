"""What an encoder gives: vectors of texts, and when it sums its tokens, vectors of any stretch of them.

An encoder has a `signature` and `encode`. One that adds up its tokens before its last layers can do more: it is a
`SummingEncoder`, whose sums give the vector of any stretch of a text, or of several texts joined, almost for free.
With any other every run of neighbouring texts is encoded by itself; its vectors are kept (`aligners.encoders.vectors`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np

Array = np.ndarray


class Encoder(Protocol):
    """What every encoder gives."""

    signature: str

    def encode(self, texts: Sequence[str]) -> Array:
        """Unit-length vectors, one row a text: float32, shape (texts, dimensions)."""
        ...


class Reading(Protocol):
    """Texts that follow one another; what they give is asked for some at a time, best in their order."""

    def stretches(self, places: Sequence[int], spans: Sequence[Sequence[tuple[int, int]]]) -> list[Array]:
        """The feature sums of stretches of the texts at these places, with their token counts as last column.

        For each text an array of shape (spans + 2, width of the sums + 1). A stretch has the words that lie in these
        characters, and the end marks. The last two rows are the text's own ends, which joining it to others would
        change: the begin mark with the tokens within its reach, and the end mark with those.
        """
        ...

    def seams(self, places: Sequence[int]) -> Array:
        """The feature sums that stand in the place of two texts' ends when each of these is joined to the next.

        The ends are the right one of the first and the left one of the second; shape (places, width of the sums).
        """
        ...


@runtime_checkable
class SummingEncoder(Protocol):
    """An encoder that sums token features before its last layers."""

    signature: str

    def __hash__(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Array:
        """As `Encoder.encode`."""
        ...

    def trace(self, texts: Sequence[str]) -> list["Trace"]:
        """The token features of each text, kept by word."""
        ...

    def reading(self, texts: Sequence[str]) -> "Reading":
        """A reading of the texts of one version; nothing is read before it is asked for."""
        ...

    def head(self, sums: Array, counts: Array) -> Array:
        """Unit-length vectors from summed token features and token counts."""
        ...


def words_in(words: Sequence[tuple[int, int]], start: int, stop: int) -> tuple[int, int]:
    """Those of a text's words that lie in characters `start:stop` of it, half-open."""
    first = bisect_right(words, start, key=lambda word: word[1])
    last = bisect_left(words, stop, key=lambda word: word[0])
    return (first, last) if first < last else (0, 0)


class Trace:
    """The token features of one text, summed up word by word.

    `words` are the places of the words in the text (runs without white space); `sums[i]` is the sum of the features
    of the tokens before word i, `counts[i]` their number; `edges` is the feature sum of the two end marks.
    """

    __slots__ = ("counts", "edges", "sums", "words")

    def __init__(self, words: list[tuple[int, int]], sums: Array, counts: Array, edges: Array) -> None:
        self.words, self.sums, self.counts, self.edges = words, sums, counts, edges

    def stretch(self, start: int, stop: int) -> tuple[Array, float]:
        """Feature sum and token count of words `start:stop`, end marks included."""
        return self.sums[stop] - self.sums[start] + self.edges, float(self.counts[stop] - self.counts[start] + 2)

    def words_in(self, start: int, stop: int) -> tuple[int, int]:
        """The words that lie in characters `start:stop` of the text, half-open."""
        return words_in(self.words, start, stop)

    def rest(self, start: int, stop: int) -> tuple[Array, float]:
        """Feature sum and token count of the text without words `start:stop`, end marks included."""
        total, count = self.stretch(0, len(self.words))
        return total - self.sums[stop] + self.sums[start], count - float(self.counts[stop] - self.counts[start])
