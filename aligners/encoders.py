"""Encoders: text -> vectors. The seam behind which another encoder can stand.

An encoder has a `signature` and `encode`. One that adds up its tokens before its last layers can do more: it is a
`SummingEncoder`, whose sums give the vector of any stretch of a text, or of several texts joined, almost for free.
With any other every run of neighbouring texts is encoded by itself; its vectors are kept (`aligners.vectors`).
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from threading import Lock
from typing import Protocol, runtime_checkable

import numpy as np

from aligners.vectors import recall
from corpora.errors import UnknownName

Array = np.ndarray
# Texts between one writing to the store and the next.
TEXTS_AT_A_TIME = 512


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


def load_usem3() -> Encoder:
    """Universal Sentence Encoder, multilingual v3, in numpy (16 languages, 512 dimensions)."""
    from aligners.usem3 import SummedUse

    return SummedUse()


def load_hub() -> Encoder:
    """Any model of the library sentence-transformers, on this computer; RELAY_MODEL names it (optional extra)."""
    from aligners.hub import HubModel

    return HubModel.chosen()


def load_endpoint() -> Encoder:
    """A server with the OpenAI embeddings protocol, at the address in RELAY_ENDPOINT; your texts are sent there."""
    from aligners.endpoint import Endpoint

    return Endpoint.chosen()


class Remembering:
    """An encoder that does not sum, whose vectors are kept: a text is encoded once, whatever asks for it."""

    def __init__(self, encoder: Encoder) -> None:
        self.signature = encoder.signature
        self._encoder = encoder

    def encode(self, texts: Sequence[str]) -> Array:
        """As `Encoder.encode`; what was encoded before an error is kept."""
        rows: list[Array] = []
        for start in range(0, len(texts), TEXTS_AT_A_TIME):
            some = texts[start : start + TEXTS_AT_A_TIME]
            rows += recall(self.signature, "vector", some, partial(self._read, some))
        return np.concatenate(rows) if rows else self._encoder.encode([])

    def _read(self, texts: Sequence[str], places: list[int]) -> list[Array]:
        return [row[None] for row in self._encoder.encode([texts[place] for place in places])]


# Two sessions that begin at once load an encoder once.
LOADING = Lock()
ENCODERS: dict[str, Callable[[], Encoder]] = {
    "usem3": load_usem3,
    "sentence-transformers": load_hub,
    "endpoint": load_endpoint,
}


def load(name: str = "usem3") -> Encoder:
    """The encoder of this name, loaded once.

    Raises:
        UnknownName: the name is not in ENCODERS.
        AlignmentError: what the encoder needs is not installed or not named.
    """
    if name not in ENCODERS:
        raise UnknownName("encoder", name, ENCODERS)
    with LOADING:
        return _loaded(name)


@cache
def _loaded(name: str) -> Encoder:
    model = ENCODERS[name]()
    return model if isinstance(model, SummingEncoder) else Remembering(model)
