"""Measured versions made of chance: what a document looks like to the aligner, without a text or an encoder."""

import numpy as np

from aligners.costs.measures import LONGEST, OPEN, Parts, Side


def side(vectors: np.ndarray) -> Side:
    """A version whose segments have these vectors, shape (segments, dimensions); a run is the sum of its segments."""
    count = len(vectors)
    running = np.vstack([np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0)])
    runs = [running[size:] - running[: max(count - size + 1, 0)] for size in range(1, LONGEST + 1)]
    parts = Parts(normal(vectors), np.arange(count))
    return Side(
        vectors=tuple(normal(rows) for rows in runs),
        reach=np.arange(count + 1) * 50.0,
        kinds=np.zeros(count, np.int64),
        endings=np.zeros(count, np.int64),
        numbers=(frozenset[str](),) * count,
        names=(frozenset[str](),) * count,
        joinable=np.ones(max(count - 1, 0), bool),
        goes_on=np.zeros(count, bool),
        open_ends=np.zeros((count, len(OPEN))),
        sentences=parts,
        clauses=parts,
    )


def normal(rows: np.ndarray) -> np.ndarray:
    """The rows at unit length."""
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def document(count: int, versions: int, seed: int, *, left_out: float = 0.04, noise: float = 0.5) -> list[Side]:
    """Versions of one made-up document: in each, some segments are left out and all are blurred."""
    chance = np.random.default_rng(seed)
    meaning = chance.normal(size=(count, 32))
    found = []
    for _ in range(versions):
        kept = chance.random(count) >= left_out
        kept[0] = True
        found.append(side(meaning[kept] + noise * chance.normal(size=(int(kept.sum()), 32))))
    return found
