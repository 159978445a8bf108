"""Found units against gold units: counts, F1, and how far the figures would move with other documents.

A pair is right when the gold has exactly its two sides (Sennrich and Volk 2010); precision counts one-sided pairs,
recall the gold's two-sided ones. A unit is right when all versions are; units with two or more filled sides count.
One-sided units, what one version alone has, are counted by themselves.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.gold import Gold

Unit = dict[str, list[int]]
Bead = tuple[tuple[int, ...], ...]
Answers = Sequence[tuple[Gold, list[Unit]]]
# Gold units in a row that are drawn together when a set is one document: an error seldom spoils more than its
# neighbours.
TOGETHER = 10
DRAWS, SEED = 1000, 1


class Judged(NamedTuple):
    """What precision is counted over (found, gold) and what recall is counted over (filled ones of both)."""

    found: set[Bead]
    gold: set[Bead]
    found_filled: set[Bead]
    gold_filled: set[Bead]

    @property
    def counts(self) -> list[int]:
        """Right of those found, found, right of the gold's, the gold's."""
        return [
            len(self.found & self.gold), len(self.found),
            len(self.found_filled & self.gold_filled), len(self.gold_filled),
        ]  # fmt: skip


def bead(unit: Unit, versions: Sequence[str]) -> Bead:
    """A unit as something that can be compared: the segments of each version."""
    return tuple(tuple(unit.get(version) or ()) for version in versions)


def pairs_of(units: Iterable[Unit], a: str, b: str) -> set[Bead]:
    """The units seen by two versions, those empty in both left out."""
    return {pair for pair in (bead(unit, (a, b)) for unit in units) if any(pair)}


def whole(units: Iterable[Unit], versions: Sequence[str]) -> set[Bead]:
    """The units with two or more filled sides."""
    return {unit for unit in (bead(unit, versions) for unit in units) if sum(map(bool, unit)) > 1}


def one_sided(units: Iterable[Unit], versions: Sequence[str]) -> set[Bead]:
    """The units with one filled side."""
    return {unit for unit in (bead(unit, versions) for unit in units) if sum(map(bool, unit)) == 1}


def f1(hits_of_found: float, found: float, hits_of_gold: float, gold: float) -> float:
    """Harmonic mean of precision and recall, 0 when there is nothing."""
    precision, recall = hits_of_found / max(found, 1), hits_of_gold / max(gold, 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def judge_pair(found: set[Bead], gold: set[Bead]) -> Judged:
    """Two versions' beads against those of the gold."""
    return Judged(found, gold, *({one for one in some if all(one)} for some in (found, gold)))


def judge(gold: Gold, found: Sequence[Unit]) -> dict[str, tuple[Sequence[str], Judged]]:
    """A document's units judged, with the versions concerned: each pair of versions, "units" and "one-sided"."""
    versions = tuple(gold.versions)
    judged: dict[str, tuple[Sequence[str], Judged]] = {
        f"{a}-{b}": ((a, b), judge_pair(pairs_of(found, a, b), pairs_of(gold.units, a, b)))
        for a, b in itertools.combinations(versions, 2)
    }
    for name, kind in (("units", whole), ("one-sided", one_sided)):
        proposed, right = kind(found, versions), kind(gold.units, versions)
        judged[name] = versions, Judged(proposed, right, proposed, right)
    return judged


def counts(documents: Answers) -> dict[str, list[int]]:
    """The four counts of `f1` by name (as in `judge`), added up over the documents."""
    total: dict[str, list[int]] = {}
    for gold, found in documents:
        for name, (_, judged) in judge(gold, found).items():
            total[name] = [a + b for a, b in zip(total.get(name, [0] * 4), judged.counts, strict=True)]
    return total


def agreement(documents: Answers) -> dict[str, float]:
    """Strict F1 of every pair of versions and of whole units, counts added up over the documents."""
    return scores_of(counts(documents))


def scores_of(total: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Strict F1 of every pair of versions and of whole units, from their counts."""
    return {name: f1(*values) for name, values in total.items() if name != "one-sided"}


def mean_of_pairs(scores: Mapping[str, float]) -> float:
    """The mean over the pairs of versions of what `agreement` gives."""
    pairs = [score for name, score in scores.items() if name != "units"]
    return sum(pairs) / len(pairs)


def intervals(documents: Answers) -> dict[str, tuple[float, float]]:
    """95 % intervals of the mean of the pairs ("pairs") and of whole units ("units").

    Drawn again and again are the documents; where there is one only, its stretches of `TOGETHER` gold units. Source:
    Efron and Tibshirani 1993, chapter 13 (percentiles).
    """
    parts = [counts([one]) for one in documents] if len(documents) > 1 else stretches(*documents[0])
    names = list(counts(documents))
    table = np.array([[part.get(name, [0] * 4) for name in names] for part in parts])
    chance = np.random.default_rng(SEED)
    draws = chance.integers(0, len(parts), (DRAWS, len(parts)))
    drawn = [scores_of(dict(zip(names, table[draw].sum(axis=0).tolist(), strict=True))) for draw in draws]
    return {
        "pairs": _middle([mean_of_pairs(scores) for scores in drawn]),
        "units": _middle([scores["units"] for scores in drawn]),
    }


def _middle(values: Sequence[float]) -> tuple[float, float]:
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def stretches(gold: Gold, found: Sequence[Unit]) -> list[dict[str, list[int]]]:
    """The counts of one document in parts; a bead lies where the gold has the first segment of it."""
    place = {
        (version, segment): number // TOGETHER
        for number, unit in enumerate(gold.units)
        for version, side in unit.items()
        for segment in side or ()
    }
    parts: list[dict[str, list[int]]] = [{} for _ in range(0, len(gold.units), TOGETHER)]

    def part(versions: Sequence[str], one: Bead) -> int:
        return min(place[version, side[0]] for version, side in zip(versions, one, strict=True) if side)

    for name, (versions, judged) in judge(gold, found).items():
        split = [[set[Bead]() for _ in judged] for _ in parts]
        for kind, beads in enumerate(judged):
            for one in beads:
                split[part(versions, one)][kind].add(one)
        for into, sets in zip(parts, split, strict=True):
            into[name] = Judged(*sets).counts
    return parts
