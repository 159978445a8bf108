"""Some texts as the default encoder reads them: the sums of their stretches, and of the seams where two are joined.

What texts have in common is worked out once, so a reading is for the texts of one version, which are asked for some at a
time, from the first to the last.
"""

import itertools
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from aligners.encoders.encoder import Array, words_in
from aligners.encoders.network import (
    FEATURES,
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

    def stretches(self, places: Sequence[int], spans: Sequence[Sequence[tuple[int, int]]]) -> list[Array]:
        """As `Reading.stretches`: shape (spans + 2, 513) a text."""
        tokens = self.tokens(places)
        taken = [_taken(of_text, wanted) for of_text, wanted in zip(tokens, spans, strict=True)]
        borders = np.cumsum([0, *map(len, taken)])
        # Each at a place that depends on its text and number alone, as everything that is multiplied.
        keys = [int(of_text.ids.sum()) + np.arange(len(rows)) for of_text, rows in zip(tokens, taken, strict=True)]
        places_of, count = scattered(np.concatenate([np.zeros(0, np.int64), *keys]))
        mine = [places_of[first:last] for first, last in itertools.pairwise(borders)]
        sums = np.zeros((count, FEATURES), np.float32)
        for number, features in self.features(places):
            sums[mine[number]] = self._network.sums(features, taken[number])
        projected = self._network.project(sums)
        return [
            np.hstack([projected[found], rows.sum(axis=1, keepdims=True)])
            for found, rows in zip(mine, taken, strict=True)
        ]

    def features(self, places: Sequence[int]) -> Iterator[tuple[int, Features]]:
        """Which of the places is read, and the features of its tokens."""
        texts = [of_text.ids for of_text in self.tokens(places)]
        if not texts:
            return
        # With those of the texts behind, to which these are joined.
        behind = [of_text.ids for of_text in self.tokens(sorted({place + 1 for place in places} - {*places}))]
        flat = self._table.rows(np.concatenate(texts + behind), min(places))
        borders = np.cumsum([0, *map(len, texts)])
        keys = np.add.reduceat(np.concatenate(texts), borders[:-1])
        for runs, begins, count in packed([len(ids) for ids in texts], keys):
            # Rows between two texts are nothing.
            inner, outer = np.zeros((count, SPAN), np.int32), np.full((count, SPAN), count, np.int32)
            for number, begin in zip(runs, begins, strict=True):
                size = len(texts[number])
                # The text with nothing on either side: its tokens, and its rows in this pass.
                seen = np.zeros((2, size + 2 * SEEN), np.int32)
                seen[1] = count
                seen[0, SEEN:-SEEN] = flat[borders[number] : borders[number + 1]]
                seen[1, SEEN:-SEEN] = np.arange(begin, begin + size)
                inner[begin : begin + size], outer[begin : begin + size] = neighbours(seen)
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
        found = self._table.rows(ids, min(places, default=0))
        keys = ids.sum(axis=1)
        # Each at a place that depends on itself alone, as everything that is multiplied.
        rows, count = scattered(keys)
        sums = np.zeros((count, FEATURES), np.float32)
        for runs, begins, size in packed([2 * REACH] * len(ids), keys):
            sums[rows[runs]] = self._seams(found[runs], np.array(begins), size)
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

    def tokens(self, places: Sequence[int]) -> list[Tokens]:
        """The tokens of the texts at these places; there is none behind the last."""
        return [self._tokens[place] for place in places if place < len(self._tokens)]

    @cached_property
    def _tokens(self) -> list[Tokens]:
        return self._tokenizer.read(self._texts)

    @cached_property
    def _table(self) -> Table:
        return self._network.table([of_text.ids for of_text in self._tokens])


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
