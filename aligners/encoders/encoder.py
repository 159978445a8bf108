"""What an encoder gives: vectors of texts, and when it sums its tokens, vectors of any stretch of them.

An encoder has a `signature` and `encode`. One that adds up its tokens before its last layers can do more: it is a
`SummingEncoder`, whose sums give the vector of any stretch of a text, or of several texts joined, almost for free.
With any other every run of neighbouring texts is encoded by itself; its vectors are kept (`aligners.encoders.vectors`).
"""

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


@runtime_checkable
class SummingEncoder(Protocol):
    """An encoder that sums token features before its last layers."""

    signature: str

    def encode(self, texts: Sequence[str]) -> Array:
        """As `Encoder.encode`."""
        ...

    def trace(self, texts: Sequence[str]) -> list["Trace"]:
        """The token features of each text, kept by word."""
        ...

    def overlaps(
        self, texts: Sequence[str], longest: int, whole: tuple[Array, Array] | None = None, gains: Array | None = None
    ) -> list[Array]:
        """Vectors of neighbouring texts joined: item k - 1 holds those of k texts, shape (texts - k + 1, dimensions).

        `whole` gives the feature sums and token counts of the texts when they are known already, `gains` what
        `joints` finds for each text and the next.
        """
        ...

    def joints(self, pairs: Sequence[tuple[str, str]]) -> Array:
        """What joining two texts adds to the sum of their features, shape (pairs, width of the sums)."""
        ...

    def head(self, sums: Array, counts: Array) -> Array:
        """Unit-length vectors from summed token features and token counts."""
        ...


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
        inside = [place for place, (a, b) in enumerate(self.words) if a < stop and b > start]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def rest(self, start: int, stop: int) -> tuple[Array, float]:
        """Feature sum and token count of the text without words `start:stop`, end marks included."""
        total, count = self.stretch(0, len(self.words))
        return total - self.sums[stop] + self.sums[start], count - float(self.counts[stop] - self.counts[start])
