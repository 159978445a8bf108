"""Learns the weights of the aligner from documents with gold alignments.

    python -m benchmarks.train GOLD_FOLDER [-o aligners/weights.json]

The model is a semi-Markov conditional random field over the aligner's own lattice; the weights are those that make
the gold alignments most probable, with a pull to zero. Documents of three versions also teach their three pairs; what
three versions teach together is the harder to learn and is taught by more perturbed copies. Source: Sarawagi and
Cohen 2004.
"""

import argparse
import itertools
import json
import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from aligners import encoders, joint, search
from aligners.costs import measures, steps
from aligners.search import Lattice
from benchmarks.gold import Gold, load_folder
from benchmarks.perturb import copy, plain_units

# Pull to zero: a prior of standard deviation 1 on every weight (features are scaled to about 1). A wider one fits the
# documents better and others worse.
PRIOR = 1.0
# Perturbed copies of a document, how many of them also teach pairs of versions, and the weight of each beside the
# document itself.
COPIES, OF_PAIRS, COPY_WEIGHT = 8, 2, 0.3
# What the data cannot teach, since their segments are all of one kind: a heading is not running text.
BY_HAND = {"kinds differ": -4.0}
PROCESSES = os.cpu_count() or 1
# The examples of each process; filled before the processes are forked.
PARTS: list[list["Example"]] = []


@dataclass(frozen=True, slots=True)
class Example:
    """A document's lattice, its steps, and which of them the gold allows."""

    grid: Lattice
    steps: steps.Steps
    allowed: np.ndarray
    weight: float


def regions(gold: Sequence[Sequence[Sequence[int]]], sizes: Sequence[int]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Gold units as spans in reading order; units that cross or have gaps are joined until they do not."""
    place = [0] * len(sizes)
    pending: list[set[int]] = [set() for _ in sizes]
    for unit in gold:
        for held, side in zip(pending, unit, strict=True):
            held.update(side)
        if all(sorted(held) == list(range(p, p + len(held))) for held, p in zip(pending, place, strict=True)):
            yield tuple((p, p + len(held)) for held, p in zip(pending, place, strict=True))
            place = [p + len(held) for held, p in zip(pending, place, strict=True)]
            pending = [set() for _ in sizes]


def allowed(grid: Lattice, found: steps.Steps, gold: Sequence[tuple[tuple[int, int], ...]]) -> np.ndarray:
    """Steps that are gold units, or lie inside a gold unit that no step can take whole."""
    stops = grid.positions[found.rows]
    starts = stops - np.array(grid.shapes)[found.columns]
    known = {(tuple(a), tuple(b)): row for row, (a, b) in enumerate(zip(starts.tolist(), stops.tolist(), strict=True))}
    good = np.zeros(len(found.rows), bool)
    for unit in gold:
        first, last = tuple(a for a, _ in unit), tuple(b for _, b in unit)
        if (first, last) in known:
            good[known[first, last]] = True
        else:
            good |= ((starts >= np.array(first)) & (stops <= np.array(last))).all(axis=1)
    return good


def example(gold: Gold, versions: Sequence[str], sides: Sequence[measures.Side], weight: float) -> Example | None:
    """One document, or two versions of it, ready to learn from; None when the lattice misses its gold."""
    sizes = [len(side) for side in sides]
    units = list(regions(gold.units_of(versions), sizes))
    compared = steps.compare(sides)
    grid, cuts = joint.prune(sides, compared, measures.whole(sides)[0])
    found = steps.measure(grid, sides, compared, cuts)
    good = allowed(grid, found, units)
    costs = np.full(grid.before.shape, np.inf)
    costs[found.rows[good], found.columns[good]] = 0.0
    try:
        search.cheapest(grid, costs)
    except ValueError:
        print(f"{gold.name} {'-'.join(versions)}: the gold lies outside the lattice, passed over")
        return None
    return Example(grid, found, good, weight)


def loss_of_part(weights: np.ndarray, part: int) -> tuple[float, np.ndarray]:
    """Negative log probability of the gold of one part of the examples, and its gradient."""
    total, gradient = 0.0, np.zeros_like(weights)
    for one in PARTS[part]:
        free = one.steps.costs(one.grid, weights)
        tied = free.copy()
        barred = ~one.allowed
        tied[one.steps.rows[barred], one.steps.columns[barred]] = np.inf
        for costs, sign in ((free, 1.0), (tied, -1.0)):
            share, log_total = search.posteriors_and_total(one.grid, costs)
            expected = share[one.steps.rows, one.steps.columns] @ one.steps.features
            total += sign * one.weight * log_total
            gradient = gradient + sign * one.weight * expected
    return total, gradient


def learn(examples: Sequence[Example], start: np.ndarray) -> np.ndarray:
    """The weights under which the gold is most probable; the examples are shared out between processes."""
    ordered = sorted(examples, key=lambda one: -len(one.steps.rows))
    PARTS[:] = [ordered[k::PROCESSES] for k in range(PROCESSES)]
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:

        def total(weights: np.ndarray) -> tuple[float, np.ndarray]:
            parts = pool.starmap(loss_of_part, [(weights, k) for k in range(PROCESSES)], chunksize=1)
            value = 0.5 * PRIOR * float(weights @ weights) + sum(value for value, _ in parts)
            return value, PRIOR * weights + sum(gradient for _, gradient in parts)

        result = minimize(total, start, jac=True, method="L-BFGS-B", options={"maxiter": 250})
    print(f"{len(examples)} lattices, {result.nit} rounds, loss {result.fun:.1f}")
    return np.asarray(result.x)


def copies(documents: Sequence[Gold]) -> list[Gold]:
    """The documents of three versions, cut anew; what is put in comes from documents of the same set.

    The first copy of every document comes before the second of any.
    """
    whole = [gold for gold in documents if len(gold.versions) > 2]
    plain = {gold.name: plain_units(gold) for gold in whole}
    found = []
    for seed in range(COPIES):
        for gold in whole:
            foreign = [
                row for other in whole if other.set == gold.set and other.name != gold.name for row in plain[other.name]
            ]
            if one := copy(gold, foreign, seed):
                found.append(one)
    return found


def set_weights(documents: Sequence[Gold]) -> dict[str, float]:
    """Sets differ in size by far more than in worth: each weighs as the square root of its documents' segments."""
    segments: Counter[str] = Counter()
    for gold in documents:
        segments[gold.set] += sum(map(len, gold.versions.values()))
    usual = sum(segments.values()) / len(segments)
    return {name: float((usual / count) ** 0.5) for name, count in segments.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=joint.WEIGHTS)
    options = parser.parse_args()
    # What is learnt for two versions prunes the lattice of three.
    joint.WEIGHTS = options.output
    encoder = encoders.load()
    documents = load_folder(options.folder)
    worth = set_weights(documents)
    weighed = [(gold, worth[gold.set]) for gold in documents]
    weighed += [(gold, COPY_WEIGHT * worth[gold.set]) for gold in copies(documents)]
    measured = [
        (gold, {v: measures.measure(gold.segments(v), encoder, language=v) for v in gold.versions}, weight)
        for gold, weight in weighed
    ]
    of_pairs = len(documents) + OF_PAIRS * sum(len(gold.versions) > 2 for gold in documents)
    learnt: dict[str, dict[str, float]] = {}
    for count in (2, 3):
        examples = [
            one
            for gold, sides, weight in (measured[:of_pairs] if count == 2 else measured)
            for chosen in itertools.combinations(gold.versions, count)
            if (one := example(gold, chosen, [sides[v] for v in chosen], weight))
        ]
        start = np.zeros(len(steps.FEATURES)) if count == 2 else np.array(list(learnt["2"].values())) / 2
        learnt[str(count)] = dict(zip(steps.FEATURES, map(float, learn(examples, start)), strict=True)) | BY_HAND
        record = {
            "command": "python -m benchmarks.train GOLD_FOLDER",
            "encoder": encoder.signature,
            "data": sorted({gold.source for gold in documents}),
            "documents": len(documents),
            "copies": len(measured) - len(documents),
            "by hand": list(BY_HAND),
            "weights": learnt,
        }
        options.output.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        joint.weights.cache_clear()


if __name__ == "__main__":
    main()
