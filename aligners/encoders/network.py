"""The layers of the default encoder, worked out with as little repetition as its sums allow.

A token's embedding goes through a projection, a norm, and the first of two layers of convolutions. All of these, up to
the addition of neighbours, depend on the token alone: a `Table` holds them for each distinct token of some texts, and the
first layer is then a sum of table rows. Only the second layer is a product for each token. The last norm is linear but
for a mean and a deviation a token; it is applied to sums of tokens, not to the tokens (`Features.sums`).

Nothing here depends, to the last bit, on what is read beside it. Matrix libraries work through rows in blocks, and some
round by a row's place in its block: OpenBLAS's kernel for Haswell and Zen has blocks of 12, whose halves differ. What
is left over at the end they work out in yet another way. Therefore a token by itself is worked out in the half that its
number says (`scattered`), each run of tokens begins at a row that is a number of its own modulo BLOCK (`packed`), and
each matrix has a multiple of PANEL rows (tried with OpenBLAS 0.3.31's kernels for SkylakeX, Haswell and Zen, Sandybridge, and the oldest).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligners.encoders.encoder import Array
from aligners.encoders.weights import Weights

# Order of a convolution and how many of its inputs stand left of the token.
CONVOLUTIONS = ((2, 0), (3, 1), (5, 2))
# Neighbours on either side that the widest convolution sees, and with itself.
SEEN = 2
SPAN = 2 * SEEN + 1
# Width of an embedding, of one convolution, of all three, and features of a token.
EMBEDDED, WIDTH = 512, 256
INNER = WIDTH * len(CONVOLUTIONS)
FEATURES = EMBEDDED + INNER
BLOCK, HALF, PANEL = 12, 6, 48
# Rows of a table, unless more are wanted at one time.
MOST = 1536
# Tokens in one pass: the matrices then stay within the processor's cache.
PASS = 480


class Table:
    """What each distinct token gives by itself; row 0 is nothing at all.

    `embedded` (rows, EMBEDDED); `inputs[i]` (rows, WIDTH): what convolution i is given; `first[i][slot]` (rows,
    WIDTH): what the token adds to its first layer when it stands in that slot; `moments` (rows, 2): the sum and the
    sum of squares of its embedding. A row takes 15 KB. So rows are worked out when they are asked for, and when there
    are MOST they make room for others: those first whose token does not come again, then the rarest.
    """

    def __init__(self, weights: Weights, texts: Sequence[Array]) -> None:
        """A table for these texts, given as token numbers, which are asked for from the first to the last."""
        self._w = weights
        self._row = np.zeros(len(weights.embeddings), np.int32)
        self._free = np.zeros(0, np.int64)
        tokens = np.concatenate([np.zeros(0, np.int64), *texts])
        self._count = np.bincount(tokens, minlength=len(self._row)).astype(np.int32)
        self._last = np.zeros(len(self._row), np.int32)
        self._last[tokens] = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
        self.embedded = np.zeros((1, EMBEDDED), np.float32)
        self.inputs = [np.zeros((1, WIDTH), np.float32) for _ in CONVOLUTIONS]
        self.first = [[np.zeros((1, WIDTH), np.float32) for _ in range(order)] for order, _ in CONVOLUTIONS]
        self.moments = np.zeros((1, 2), np.float32)

    def rows(self, ids: Array, place: int) -> Array:
        """The row of each of some token numbers, 0 where the number is negative. What was asked for before may move.

        They are those of texts from this place on.
        """
        wanted = np.zeros(len(self._row), bool)
        wanted[ids[ids >= 0]] = True
        new = np.flatnonzero(wanted & (self._row == 0))
        if len(new) > len(self._free):
            self._make_room(len(new), np.flatnonzero((self._row > 0) & ~wanted), place)
        if len(new):
            slots, self._free = self._free[: len(new)], self._free[len(new) :]
            self._row[new] = slots
            self._fill(new, slots)
        return np.where(ids < 0, 0, self._row[ids])

    def _make_room(self, count: int, idle: Array, place: int) -> None:
        """Sees to so many free rows; idle tokens may go."""
        again = self._last[idle] >= place
        self._drop(idle[~again])
        idle = idle[again]
        size = len(self.embedded)
        spare = max(count - len(self._free), 0)
        fresh = min(spare, max(MOST - size, 0))
        self._drop(idle[np.argsort(self._count[idle], kind="stable")[: spare - fresh]])
        fresh = count - len(self._free)
        if fresh > 0:
            self.embedded, self.moments = _longer(self.embedded, fresh), _longer(self.moments, fresh)
            self.inputs = [_longer(rows, fresh) for rows in self.inputs]
            self.first = [[_longer(rows, fresh) for rows in slots] for slots in self.first]
            self._free = np.concatenate([self._free, np.arange(size, size + fresh)])

    def _drop(self, tokens: Array) -> None:
        self._free = np.concatenate([self._free, self._row[tokens]])
        self._row[tokens] = 0

    def _fill(self, ids: Array, slots: Array) -> None:
        """Works out some tokens and puts them into these rows."""
        w = self._w
        places, count = scattered(ids)
        tokens = np.zeros(count, np.int64)
        tokens[places] = ids
        embedded = w.embeddings.rows(tokens)
        self.embedded[slots] = embedded[places]
        moments = np.stack([embedded.sum(axis=1), np.einsum("ij,ij->i", embedded, embedded)], axis=1)
        self.moments[slots] = moments[places]
        normal = _normal(embedded @ w.proj_W + w.proj_b, w.ln_g_all, w.ln_b_all, w.eps)
        for i, (order, left) in enumerate(CONVOLUTIONS):
            own = np.ascontiguousarray(normal[:, WIDTH * i : WIDTH * (i + 1)])
            self.inputs[i][slots] = own[places]
            for slot in range(order):
                found = own @ w.w1[i][WIDTH * slot : WIDTH * (slot + 1)]
                if slot == left:
                    found += w.b1[i]
                self.first[i][slot][slots] = found[places]


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

    def __init__(self, weights: Weights) -> None:
        self._w = weights

    def table(self, texts: Sequence[Array]) -> Table:
        """A table for these texts, given as token numbers; nothing is worked out yet."""
        return Table(self._w, texts)

    def features(self, table: Table, inner: Array, outer: Array) -> Features:
        """The features of some tokens.

        Args:
            table: what the tokens give.
            inner: rows of the table that each token of the first layer sees, shape (inner tokens, SPAN), itself in
                the middle; 0 for none.
            outer: rows of `inner` that each token of the second layer sees, shape (tokens, SPAN); the number of inner
                tokens for none. The count of tokens is a multiple of PANEL.
        """
        w = self._w
        count = len(outer)
        own = np.append(inner[:, SEEN], 0)[outer[:, SEEN]]
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

    def project(self, sums: Array) -> Array:
        """Feature sums (rows, 1280) behind the linear layer, shape (rows, 512)."""
        projected: Array = sums @ self._w.cnn_W
        return projected

    def normal(self, features: Features) -> Array:
        """Every token behind the last norm, shape (tokens, FEATURES)."""
        rows = (features.rows - features.mean[:, None]) * features.scale[:, None]
        normal: Array = rows * self._w.ln_g + self._w.ln_b
        return normal


def scattered(keys: Array) -> tuple[Array, int]:
    """A row for each key, in the half of a block that the key's parity says, and the number of rows in all."""
    half = keys % 2
    rank = np.where(half, np.cumsum(half), np.cumsum(1 - half)) - 1
    rows = rank // HALF * BLOCK + half * HALF + rank % HALF
    return rows, up(int(rows.max(initial=-1)) + 1, PANEL)


def packed(sizes: Sequence[int], keys: Array, most: int = PASS) -> list[tuple[list[int], list[int], int]]:
    """Runs of rows one behind the other in passes, each beginning at the place of its key modulo BLOCK.

    For each pass, of at most so many rows or one run, the numbers of its runs, the row at which each begins, and the
    rows in all. A run with the place where the one before it ends comes next, so that hardly a row is lost.
    """
    waiting: list[list[int]] = [[] for _ in range(BLOCK)]
    for number, key in reversed(list(enumerate((keys % BLOCK).tolist()))):
        waiting[key].append(number)
    passes = []
    left = len(sizes)
    while left:
        runs: list[int] = []
        begins: list[int] = []
        end = 0
        while left:
            heads = ((row, waiting[row % BLOCK][-1]) for row in range(end, end + BLOCK) if waiting[row % BLOCK])
            fitting = (two for two in heads if not runs or two[0] + sizes[two[1]] <= most)
            begin, run = next(fitting, (-1, -1))
            if run < 0:
                break
            waiting[begin % BLOCK].pop()
            runs.append(run)
            begins.append(begin)
            end = begin + sizes[run]
            left -= 1
        passes.append((runs, begins, up(end, PANEL)))
    return passes


def neighbours(row: Array) -> Array:
    """Each but the outermost with its neighbours beside it: (..., n) becomes (..., n - 2 * SEEN, SPAN).

    The row has to lie in memory as one piece; nothing of it is copied.
    """
    # numpy's sliding windows are the same, but take their time to make sure of it.
    shape = (*row.shape[:-1], row.shape[-1] - 2 * SEEN, SPAN)
    found: Array = np.ndarray(shape, row.dtype, row, strides=(*row.strides, row.strides[-1]))
    return found


def up(size: int, step: int) -> int:
    """The next multiple of the step."""
    return -(-size // step) * step


def _longer(rows: Array, more: int) -> Array:
    return np.concatenate([rows, np.zeros((more, rows.shape[1]), rows.dtype)])


def _normal(rows: Array, gain: Array, bias: Array, eps: float) -> Array:
    rows -= rows.mean(axis=1, keepdims=True)
    rows /= np.sqrt(np.einsum("ij,ij->i", rows, rows)[:, None] / rows.shape[1] + eps)
    rows *= gain
    rows += bias
    return rows
