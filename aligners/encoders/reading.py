"""Some texts as the default encoder reads them: the sums of their stretches, and of the seams where two are joined.

What texts have in common is worked out once, so a reading is for texts of one version that stand together, some
hundred of them, and is let go afterwards.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from aligners.encoders.encoder import Array, words_in
from aligners.encoders.network import (
    FEATURES,
    PASS,
    SEEN,
    SPAN,
    Features,
    Network,
    Table,
    neighbours,
    packed,
    scattered,
)  # fmt: skip
from aligners.encoders.tokens import Tokenizer, Tokens

# Two layers of the widest convolution reach this many tokens to either side.
REACH = 2 * SEEN


class Summed:
    """Texts as a `Reading`. What a text gives does not depend on what is read beside it, to the last bit."""

    def __init__(self, texts: Sequence[str], tokenizer: Tokenizer, network: Network) -> None:
        self._texts, self._tokenizer, self._network = texts, tokenizer, network
        self._known: dict[int, Tokens] = {}

    def stretches(self, places: Sequence[int], spans: Sequence[Sequence[tuple[int, int]]]) -> list[Array]:
        """As `Reading.stretches`: shape (spans + 2, 513) a text."""
        tokens = self.tokens(places)
        taken = [_taken(of_text, wanted) for of_text, wanted in zip(tokens, spans, strict=True)]
        [(runs, begins, count)] = packed([len(rows) for rows in taken], _keys(tokens), most=None) or [([], [], 0)]
        sums = np.zeros((count, FEATURES), np.float32)
        begin = dict(zip(runs, begins, strict=True))
        for number, features in self.features(places):
            first, rows = begin[number], taken[number]
            sums[first : first + len(rows)] = self._network.sums(features, rows)
        projected = self._network.project(sums)
        return [
            np.hstack([projected[begin[number] : begin[number] + len(rows)], rows.sum(axis=1, keepdims=True)])
            for number, rows in enumerate(taken)
        ]

    def features(self, places: Sequence[int]) -> Iterator[tuple[int, Features]]:
        """Which of the places is read, and the features of its tokens."""
        texts = [of_text.ids for of_text in self.tokens(places)]
        if not texts:
            return
        flat = self._table.rows(np.concatenate(texts))
        borders = np.cumsum([0, *map(len, texts)])
        keys = np.add.reduceat(np.concatenate(texts), borders[:-1])
        for runs, begins, count in packed([len(ids) for ids in texts], keys, most=PASS):
            # Rows between two texts are nothing.
            inner, outer = np.zeros((count, SPAN), np.int32), np.full((count, SPAN), count, np.int32)
            for number, begin in zip(runs, begins, strict=True):
                size = len(texts[number])
                inner[begin : begin + size] = neighbours(np.pad(flat[borders[number] : borders[number + 1]], SEEN))
                rows = np.pad(np.arange(begin, begin + size), SEEN, constant_values=count)
                outer[begin : begin + size] = neighbours(rows)
            features = self._network.features(self._table, inner, outer)
            for number, begin in zip(runs, begins, strict=True):
                yield number, features.cut(begin, begin + len(texts[number]))

    def seams(self, places: Sequence[int]) -> Array:
        """As `Reading.seams`: shape (places, 512)."""
        before, after = self.tokens(places), self.tokens([place + 1 for place in places])
        # The tokens on both sides that play a part, -1 where a text has no more.
        ids = np.full((len(places), 4 * REACH), -1)
        for row, one, other in zip(ids, before, after, strict=True):
            # A text shorter than the reach shows its far end mark too.
            tail, head = one.ids[:-1][-2 * REACH :], other.ids[1:][: 2 * REACH]
            row[2 * REACH - len(tail) : 2 * REACH] = tail
            row[2 * REACH : 2 * REACH + len(head)] = head
        keys = ids.sum(axis=1)
        # Each at a place that depends on itself alone, as everything that is multiplied.
        rows, count = scattered(keys)
        sums = np.zeros((count, FEATURES), np.float32)
        for runs, begins, size in packed([2 * REACH] * len(ids), keys, most=PASS):
            sums[rows[runs]] = self._seams(self._table.rows(ids[runs]), np.array(begins), size)
        return self._network.project(sums)[rows]

    def _seams(self, rows: Array, begins: Array, count: int) -> Array:
        """Feature sums (seams, 1280) of the tokens within reach of the seam in the middle of some rows of the table."""
        # The first layer is needed for all tokens but the outermost, the second for those within reach of the seam.
        inner = rows[:, SEEN : rows.shape[1] - SEEN]
        numbers = np.where(inner > 0, np.arange(inner.size).reshape(inner.shape), inner.size)
        outer = np.full((count, SPAN), inner.size)
        mine = begins[:, None] + np.arange(2 * REACH)
        outer[mine] = neighbours(numbers)
        features = self._network.features(self._table, neighbours(rows).reshape(-1, SPAN), outer)
        taken = (outer[mine, SEEN] < inner.size).astype(np.float32)
        return np.concatenate(
            [
                self._network.sums(features.cut(begin, begin + 2 * REACH), row[None])
                for begin, row in zip(begins.tolist(), taken, strict=True)
            ]
        )

    @cached_property
    def _table(self) -> Table:
        return self._network.table()

    def tokens(self, places: Sequence[int]) -> list[Tokens]:
        """The tokens of the texts at these places."""
        new = [place for place in places if place not in self._known]
        self._known |= zip(new, self._tokenizer.read([self._texts[place] for place in new]), strict=True)
        return [self._known[place] for place in places]


def _taken(tokens: Tokens, spans: Sequence[tuple[int, int]]) -> Array:
    """Which tokens are in each stretch of a text and in its ends, shape (spans + 2, tokens)."""
    taken = np.zeros((len(spans) + 2, len(tokens.ids)), np.float32)
    # The end marks are part of every stretch.
    taken[:-2, [0, -1]] = 1
    for row, span in zip(taken, spans, strict=False):
        first, last = words_in(tokens.words, *span)
        row[1 + tokens.borders[first] : 1 + tokens.borders[last]] = 1
    taken[-2, : REACH + 1] = 1
    taken[-1, -REACH - 1 :] = 1
    return taken


def _keys(tokens: Sequence[Tokens]) -> Array:
    return np.array([int(of_text.ids.sum()) for of_text in tokens], np.int64)
