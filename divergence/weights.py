"""What was learnt for the metrics: how their features add up, what is usual in a hop, and what a version's fault looks like.

The file is written by `benchmarks/injections/train.py`, which learns from changes made to clean texts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from aligners.encoders import Array

WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Judge:
    """A logistic regression on features, scaled by `mean` and `spread`, and on the products of those named in `crossed`."""

    features: tuple[str, ...]
    mean: Array
    spread: Array
    crossed: tuple[int, ...]
    weights: Array
    bias: float

    def logits(self, rows: Array) -> Array:
        """The logits of rows of features, shape (rows,)."""
        found: Array = expanded((np.asarray(rows, float) - self.mean) / self.spread, self.crossed) @ self.weights
        return found + self.bias

    @property
    def record(self) -> dict[str, Any]:
        """The judge as plain values."""
        return {
            "features": list(self.features), "mean": _listed(self.mean), "spread": _listed(self.spread),
            "crossed": [self.features[i] for i in self.crossed], "weights": _listed(self.weights), "bias": round(self.bias, 5),
        }  # fmt: skip


def expanded(scaled: Array, crossed: Sequence[int]) -> Array:
    """Scaled features with the products of the crossed ones behind them, squares included."""
    products = [scaled[:, [i]] * scaled[:, [j]] for place, i in enumerate(crossed) for j in crossed[place:]]
    return np.hstack([scaled, *products])


def judge(record: Mapping[str, Any]) -> Judge:
    """The judge of a record."""
    features = tuple(record["features"])
    crossed = tuple(features.index(name) for name in record["crossed"])
    mean, spread, weights = (np.array(record[name]) for name in ("mean", "spread", "weights"))
    return Judge(features, mean, spread, crossed, weights, record["bias"])


def _listed(values: Array) -> list[float]:
    return [round(float(value), 5) for value in values]


@cache
def learnt() -> Mapping[str, Any]:
    """Everything that is shipped, as plain values."""
    found: Mapping[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return found


@cache
def judge_of(name: str) -> Judge:
    """The judge of this name."""
    return judge(learnt()["judges"][name])
