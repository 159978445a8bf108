"""How time and memory grow with the length of a document.

    python -m benchmarks.speed GOLD_FILE [--sizes 100 300 1000 3000 10000] [--method joint] [--weights FILE]

The documents are made from the units of one gold document of three versions, best a book: blocks of twenty units are
taken in an order drawn anew for every round through the book, until the first version has the wanted number of
segments. From the second round on every segment ends with the number of the round, so that no line comes twice. The
gold comes along, so the units' F1 stands beside the time. Every size runs in a process of its own, on one core, with
nothing kept from an earlier run; loading the model is not counted. Growth is how many times the figure of the size a
tenth as large.
"""

import argparse
import itertools
import random
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import aligners
from benchmarks.adapters import run
from benchmarks.gold import Gold, load
from benchmarks.scoring import Unit, agreement

SIZES = (100, 300, 1000, 3000, 10000)
BLOCK, SEED = 20, 1


def rounds(gold: Gold) -> Iterator[tuple[int, Unit]]:
    """The gold's units without end: the number of the round, and the unit."""
    blocks = [gold.units[start : start + BLOCK] for start in range(0, len(gold.units), BLOCK)]
    chance = random.Random(SEED)
    for number in itertools.count(1):
        yield from ((number, unit) for block in chance.sample(blocks, len(blocks)) for unit in block)


def grown(gold: Gold, size: int) -> Gold:
    """A document whose first version has at least this many segments, and no more than its last unit needs."""
    versions: dict[str, list[str]] = {version: [] for version in gold.versions}
    units: list[Unit] = []
    first = versions[next(iter(versions))]
    for number, unit in rounds(gold):
        if len(first) >= size:
            break
        new: Unit = {}
        for version, texts in versions.items():
            side = [gold.versions[version][place] for place in unit.get(version) or ()]
            new[version] = list(range(len(texts), len(texts) + len(side)))
            texts += [text if number == 1 else f"{text} ({number})" for text in side]
        units.append(new)
    return Gold(f"{gold.name} {size}", gold.set, gold.source, versions, units, {})


HEAD = """\
| segments a version | units, F1 | encoding, s | aligning, s | both, s | growth | peak, MiB | growth |
|---|---|---|---|---|---|---|---|"""


def row(size: int, document: Gold, answers: Mapping[int, Mapping[str, Any]]) -> str:
    """A line of the table."""
    answer, tenth = answers[size], answers.get(size // 10)
    score = agreement([(document, answer["documents"][0]["units"])])["units"]
    took, peak = answer["encoding"] + answer["aligning"], answer["peak"]
    slower = f"{took / (tenth['encoding'] + tenth['aligning']):.1f}" if tenth else ""
    larger = f"{peak / tenth['peak']:.1f}" if tenth else ""
    return (
        f"| {', '.join(str(len(texts)) for texts in document.versions.values())} | {score:.3f} "
        f"| {answer['encoding']:.1f} | {answer['aligning']:.1f} | {took:.1f} | {slower} "
        f"| {peak / 2**20:.0f} | {larger} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--method", default="joint", choices=list(aligners.ALIGNERS))
    parser.add_argument("--weights", type=Path, help="learnt weights, instead of those of the repository")
    options = parser.parse_args()
    gold = load(options.file)
    told = {"method": options.method, "weights": str(options.weights.resolve()) if options.weights else None}
    answers: dict[int, dict[str, Any]] = {}
    print(HEAD)
    for size in sorted(options.sizes):
        document = grown(gold, size)
        answers[size] = run("relay", sys.executable, [document.versions], told)
        print(row(size, document, answers), flush=True)


if __name__ == "__main__":
    main()
