"""The layers of the default encoder, worked out with as little repetition as its sums allow.

A token's embedding goes through a projection, a norm, and the first of two layers of convolutions. All of these, up to
the addition of neighbours, depend on the token alone: a `Table` holds them for each distinct token of a batch, and the
first layer is then a sum of table rows. Only the second layer is a product for each token. The last norm is linear but
for a mean and a deviation a token; it is applied to sums of tokens, not to the tokens (`Features.sums`).

Nothing here depends, to the last bit, on what is read beside it. Matrix libraries work through rows in blocks of up to
12 or 16, and round by a row's place in its block. Therefore a table holds a token at a row that is its number modulo
BLOCK, each run of tokens begins at a multiple of BLOCK rows, and each matrix has a multiple of PANEL rows (tried with
OpenBLAS 0.3.31's kernels for SkylakeX, Haswell and Zen, Sandybridge, and the oldest).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from aligners.encoders.encoder import Array

# Order of a convolution and how many of its inputs stand left of the token.
CONVOLUTIONS = ((2, 0), (3, 1), (5, 2))
# Neighbours on either side that the widest convolution sees, and with itself.
SEEN = 2
SPAN = 2 * SEEN + 1
# Width of an embedding, of one convolution, of all three, and features of a token.
EMBEDDED, WIDTH = 512, 256
INNER = WIDTH * len(CONVOLUTIONS)
FEATURES = EMBEDDED + INNER
BLOCK, PANEL = 12, 48
# Tokens in one pass: the matrices then stay within the processor's cache.
PASS = 480


@dataclass(frozen=True, slots=True)
class Table:
    """What each distinct token gives by itself; the last row is nothing at all.

    `embedded` (tokens, EMBEDDED); `inputs[i]` (tokens, WIDTH): what convolution i is given; `first[i][slot]` (tokens,
    WIDTH): what the token adds to its first layer when it stands in that slot; `moments` (tokens, 2): the sum and the
    sum of squares of its embedding.
    """

    embedded: Array
    inputs: list[Array]
    first: list[list[Array]]
    moments: Array


@dataclass(frozen=True, slots=True)
class Features:
    """Features of tokens before the last norm (rows, FEATURES), and the mean and inverse deviation of each (rows)."""

    rows: Array
    mean: Array
    scale: Array

    def cut(self, start: int, stop: int) -> "Features":
        """Those of some of the rows."""
        return Features(self.rows[start:stop], self.mean[start:stop], self.scale[start:stop])


class Network:
    """The layers up to the sum over tokens."""

    def __init__(self, weights: Any) -> None:
        self._w = weights

    def table(self, ids: Array) -> tuple[Table, Array]:
        """What the distinct ones of some token numbers give, and the row of each number: -1 where it is negative."""
        w = self._w
        distinct, places = np.unique(np.maximum(ids, 0), return_inverse=True)
        rows, count = scattered(distinct)
        tokens = np.zeros(count, np.int64)
        tokens[rows] = distinct
        chunk = tokens % len(w.scale)
        embedded = np.zeros((count + 1, EMBEDDED), np.float32)
        embedded[:-1] = w.table[tokens] * w.scale[chunk, None] + w.lo[chunk, None]
        normal = _normal(embedded[:-1] @ w.proj_W + w.proj_b, w.ln_g_all, w.ln_b_all, w.eps)
        inputs = [np.zeros((count + 1, WIDTH), np.float32) for _ in CONVOLUTIONS]
        first = []
        for i, (order, left) in enumerate(CONVOLUTIONS):
            inputs[i][:-1] = normal[:, WIDTH * i : WIDTH * (i + 1)]
            found = np.zeros((order, count + 1, WIDTH), np.float32)
            for slot in range(order):
                np.matmul(inputs[i][:-1], w.w1[i][WIDTH * slot : WIDTH * (slot + 1)], out=found[slot, :-1])
            found[left, :-1] += w.b1[i]
            first.append(list(found))
        moments = np.stack([embedded.sum(axis=1), np.einsum("ij,ij->i", embedded, embedded)], axis=1)
        return Table(embedded, inputs, first, moments), np.where(ids < 0, -1, rows[places].reshape(ids.shape))

    def features(self, table: Table, inner: Array, outer: Array) -> Features:
        """The features of some tokens.

        Args:
            table: what the tokens give.
            inner: rows of the table that each token of the first layer sees, shape (inner tokens, SPAN), itself in
                the middle; -1 for none.
            outer: rows of `inner` that each token of the second layer sees, shape (tokens, SPAN); -1 for none. The
                count of tokens is a multiple of PANEL.
        """
        w = self._w
        count = len(outer)
        # What is not there is found in the last row, of a table as of a layer.
        inner = np.where(inner < 0, len(table.embedded) - 1, inner)
        outer = np.where(outer < 0, len(inner), outer)
        own = np.append(inner[:, SEEN], len(table.embedded) - 1)[outer[:, SEEN]]
        rows = np.empty((count, FEATURES), np.float32)
        rows[:, :EMBEDDED] = table.embedded[own]
        moments = table.moments[own]
        hidden, taken = np.zeros((2, len(inner) + 1, WIDTH), np.float32)
        layer, more = hidden[:-1], taken[:-1]
        for i, (order, left) in enumerate(CONVOLUTIONS):
            seen = range(SEEN - left, SEEN - left + order)
            np.take(table.first[i][0], inner[:, seen[0]], axis=0, out=layer, mode="clip")
            for slot in range(1, order):
                np.take(table.first[i][slot], inner[:, seen[slot]], axis=0, out=more, mode="clip")
                layer += more
            np.maximum(layer, 0, out=layer)
            np.take(table.inputs[i], inner[:, SEEN], axis=0, out=more, mode="clip")
            layer += more
            window = np.take(hidden, outer[:, seen], axis=0, mode="clip").reshape(count, order * WIDTH)
            second = window @ w.w2[i]
            second += w.b2[i]
            np.maximum(second, 0, out=second)
            second += window[:, left * WIDTH : (left + 1) * WIDTH]
            rows[:, EMBEDDED + WIDTH * i : EMBEDDED + WIDTH * (i + 1)] = second
            moments[:, 0] += second.sum(axis=1)
            moments[:, 1] += np.einsum("ij,ij->i", second, second)
        mean = moments[:, 0] / FEATURES
        scale = 1 / np.sqrt(np.maximum(moments[:, 1] / FEATURES - mean * mean, 0) + w.eps)
        return Features(rows, mean, scale)

    def sums(self, features: Features, taken: Array) -> Array:
        """Sums of tokens behind the last norm, shape (sums, FEATURES).

        `taken` says how often each sum takes each token, shape (sums, tokens).
        """
        weights = taken * features.scale
        total: Array = weights @ features.rows
        total -= (weights @ features.mean)[:, None]
        total *= self._w.ln_g
        total += taken.sum(axis=1, keepdims=True) * self._w.ln_b
        return total

    def normal(self, features: Features) -> Array:
        """Every token behind the last norm, shape (tokens, FEATURES)."""
        rows = (features.rows - features.mean[:, None]) * features.scale[:, None]
        normal: Array = rows * self._w.ln_g + self._w.ln_b
        return normal


def scattered(keys: Array) -> tuple[Array, int]:
    """A row for each key, in a block at the place of the key modulo BLOCK, and the number of rows in all."""
    place = keys % BLOCK
    order = np.argsort(place, kind="stable")
    counts = np.bincount(place, minlength=BLOCK)
    rank = np.empty(len(keys), np.int64)
    rank[order] = np.arange(len(keys)) - np.repeat(np.cumsum(counts) - counts, counts)
    return rank * BLOCK + place, up(BLOCK * int(counts.max(initial=0)), PANEL)


def neighbours(row: Array) -> Array:
    """Each but the outermost with its neighbours beside it: (..., n) becomes (..., n - 2 * SEEN, SPAN)."""
    return np.lib.stride_tricks.sliding_window_view(row, SPAN, axis=-1)


def up(size: int, step: int) -> int:
    """The next multiple of the step."""
    return -(-size // step) * step


def _normal(rows: Array, gain: Array, bias: Array, eps: float) -> Array:
    centred = rows - rows.mean(axis=1, keepdims=True)
    return centred / np.sqrt((centred * centred).mean(axis=1, keepdims=True) + eps) * gain + bias
