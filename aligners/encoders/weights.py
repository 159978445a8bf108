"""The default encoder's weights, read from the file of its package into half the memory.

Its embeddings are 65 million numbers of six bits, which the package holds in a byte each. In every one of the seventeen
chunks that share a scale, all but a few in a thousand lie among fifteen values that follow one another. So two numbers
take one byte here, and those outside stand by themselves.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from aligners.encoders.encoder import Array

# The number that says: look among those that stand by themselves.
OUTSIDE = 15
# One row of so many is looked at to choose the fifteen values.
SAMPLE = 16
# The orders of the convolutions, by which the package names their weights.
ORDERS = (2, 3, 5)


class Embeddings:
    """A row of numbers a token; token t is row t // chunks of chunk t % chunks."""

    def __init__(self, stored: Mapping[str, Array]) -> None:
        self._scale, self._lowest = stored["scale"], stored["lo"]
        chunks = len(self._scale)
        rows, self._width = stored["q1"].shape
        self._packed = np.empty((chunks * rows, self._width // 2), np.uint8)
        self._base = np.empty(chunks, np.uint8)
        places, values = [], []
        for chunk in range(chunks):
            numbers = stored[f"q{chunk + 1}"]
            # A sample will do: the base only decides how many are left outside.
            counts = np.bincount(numbers[::SAMPLE].ravel(), minlength=2 * OUTSIDE)
            self._base[chunk] = np.convolve(counts, np.ones(OUTSIDE, np.int64), "valid").argmax()
            # In bytes, numbers below the base wrap round to the far end.
            numbers -= self._base[chunk]
            row, column = np.nonzero(numbers >= OUTSIDE)
            places.append((row * chunks + chunk) * self._width + column)
            values.append(numbers[row, column])
            np.minimum(numbers, OUTSIDE, out=numbers)
            self._packed[chunk::chunks] = numbers[:, ::2] | numbers[:, 1::2] << 4
        place = np.concatenate(places)
        order = np.argsort(place)
        self._places, self._values = place[order].astype(np.int32), np.concatenate(values)[order]

    def __len__(self) -> int:
        return len(self._packed)

    def rows(self, tokens: Array) -> Array:
        """The embeddings of tokens, float32, shape (tokens, width)."""
        packed = self._packed[tokens]
        numbers = np.empty((len(tokens), self._width), np.uint8)
        np.bitwise_and(packed, OUTSIDE, out=numbers[:, ::2])
        np.right_shift(packed, 4, out=numbers[:, 1::2])
        # Those that stand by themselves: a few a row, in the order of their places.
        first, last = np.searchsorted(self._places, (tokens * self._width, (tokens + 1) * self._width))
        counts = last - first
        own = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        numbers[np.repeat(np.arange(len(tokens)), counts), self._places[own] % self._width] = self._values[own]
        chunk = tokens % len(self._scale)
        numbers += self._base[chunk, None]
        found = numbers.astype(np.float32)
        found *= self._scale[chunk, None]
        found += self._lowest[chunk, None]
        return found


class Weights:
    """Everything that is multiplied and added, under the names that the package gives it.

    `proj_*` and `ln_*_all` hold the inputs of the three convolutions side by side; `w1`, `b1`, `w2`, `b2` the two
    layers of each.
    """

    def __init__(self, path: Path) -> None:
        """Reads the package's file of weights."""
        with np.load(path, allow_pickle=False) as stored:
            self.embeddings = Embeddings(stored)
            self.proj_W, self.proj_b, self.ln_g_all, self.ln_b_all = (
                np.concatenate([stored[f"{name}{order}"] for order in ORDERS], axis=-1)
                for name in ("proj", "proj_b", "ln_g", "ln_b")
            )
            self.w1, self.b1, self.w2, self.b2 = (
                [stored[f"{name}_{order}"] for order in ORDERS] for name in ("w1", "b1", "w2", "b2")
            )
            self.ln_g, self.ln_b = stored["ln_g"], stored["ln_b"]
            self.cnn_W, self.cnn_b = stored["cnn_W"], stored["cnn_b"]
            self.d0, self.d1, self.d2, self.d3 = (stored[name] for name in ("d0", "d1", "d2", "d3"))
            self.p1, self.p3 = stored["p1"], stored["p3"]
            self.eps = float(stored["eps"])
