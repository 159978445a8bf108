"""Which of three versions was changed, and by what kind of change, told from all three pairs of them at once.

A change in one version shows in both of its pairs, at one place of its text or at linked places of the two others, and
not in the pair without it. What speaks for each version is weighed for every kind of change, beside there being none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aligners.encoders import Array
from divergence.chain.together import Hop, Logits, logit
from divergence.evidence import Evidence, Pair
from divergence.metrics import uncovered
from divergence.weights import learnt

# Metrics that point at words of their own, those that tell what is lacking, and the kinds of change that are told apart.
CUED = ("quantities", "names", "negation", "modality")
KINDS = ("meaning", "omission", "addition", *CUED)
# Logits are heard as this many times less, so that all features are of one size.
SCALE = 4.0
STANDING = (
    "higher",
    "lower",
    "other pair",
    "both alone",
    "one alone",
    "same place",
    "same place, both",
    "same place, one",
)
TOPS = ("own place", "own place, both", "own place, one", "others' place", "others' place, both", "others' place, one")
WORDS = ("longest more", "more", "share more", "longest less", "less", "share less")
FEATURES = tuple(
    f"{name}: {feature}"
    for name, features in (
        ("meaning", STANDING), *((name, STANDING + TOPS) for name in CUED), ("more", STANDING), ("less", STANDING),
        ("words", WORDS),
    )
    for feature in features
)  # fmt: skip
# What a word that is linked takes from a run of words that are not, and what a word must lack not to end it.
ENDS, BARE = 1.0, 0.05
# What a word of one version must share with the other, both lacking in the third, to lengthen a run.
SHARED = 0.1
Place = tuple[int, int, float]


@dataclass(frozen=True)
class Triangle:
    """Three versions of a unit: their pairs by hop, and evidence and logits by metric and hop, as far as there are any."""

    versions: tuple[str, str, str]
    pairs: Mapping[Hop, Pair]
    evidence: Mapping[str, Mapping[Hop, Evidence | None]]
    logits: Logits

    @cached_property
    def features(self) -> Array:
        """What speaks for each version being the changed one, shape (3, features)."""
        return np.array([self._speaks(version) for version in self.versions])

    @property
    def scores(self) -> tuple[tuple[float, ...], ...]:
        """The scores of every kind of change in every version, in the order of KINDS; no change at all scores 0."""
        record = learnt()["triangle"]
        rows = (self.features - np.array(record["mean"])) / np.array(record["spread"])
        weights = np.array([record["weights"][kind] for kind in KINDS])
        found = weights @ rows.T + np.array([record["bias"][kind] for kind in KINDS])[:, None]
        return tuple(tuple(row) for row in found.tolist())

    def _speaks(self, version: str) -> list[float]:
        one, other = (v for v in self.versions if v != version)
        found = self._standing("meaning", version, one, other, self._agree("meaning", version, one, other)[:2])
        for name in CUED:
            agree = self._agree(name, version, one, other)
            found += [
                *self._standing(name, version, one, other, agree[:2]),
                agree[0],
                *agree[2:4],
                agree[1],
                *agree[4:],
            ]
        across = max(self._lack(one, other), self._lack(other, one))
        own = [self._lacked(version, two) for two in (one, other)]
        theirs = [self._lacked(two, version) for two in (one, other)]
        found += _standing(self._lack(version, one), self._lack(version, other), across, _overlap(*own))
        found += _standing(
            self._lack(one, version), self._lack(other, version), across, self._linked(one, other, *theirs)
        )
        return [*found, *self._words(version, one, other)]

    def _standing(self, name: str, version: str, one: str, other: str, same: Sequence[float]) -> list[float]:
        own, other_own, across = (
            logit(name, *pair, self.logits) for pair in ((version, one), (version, other), (one, other))
        )
        return _standing(own, other_own, across, max(same))

    def _agree(self, name: str, version: str, one: str, other: str) -> list[float]:
        """Whether both pairs point at one place of the version, or at linked places of the others, and how strongly."""
        own = [self._places(name, version, two, version) for two in (one, other)]
        theirs = [self._places(name, version, two, two) for two in (one, other)]
        tops = [[max((strength for *_, strength in found), default=0.0) for found in both] for both in (own, theirs)]
        return [
            _overlap(*own), self._linked(one, other, *theirs), min(tops[0]), max(tops[0]), min(tops[1]), max(tops[1]),
        ]  # fmt: skip

    def _places(self, name: str, one: str, other: str, version: str) -> list[Place]:
        """Where a metric points in a version, between two of them."""
        of_hop = self.evidence.get(name, {})
        found = of_hop.get((one, other)) or of_hop.get((other, one))
        return [(p.start, p.stop, p.strength) for p in found.pointed if p.version == version] if found else []

    def _lack(self, one: str, other: str) -> float:
        """The logit of the second version lacking words of the first."""
        return logit("omission", one, other, self.logits)

    def _lacked(self, one: str, other: str) -> list[Place]:
        """Where the first version has words that the second lacks."""
        name = "omission" if (one, other) in self.evidence.get("omission", {}) else "addition"
        return self._places(name, one, other, one)

    def _pair(self, one: str, other: str) -> Pair | None:
        if (one, other) in self.pairs:
            return self.pairs[one, other]
        return self.pairs[other, one].turned if (other, one) in self.pairs else None

    def _linked(self, one: str, other: str, own: Sequence[Place], theirs: Sequence[Place]) -> float:
        """How surely the words of places of two versions stand for each other, the best of all places."""
        pair, best = self._pair(one, other), 0.0
        if pair is None or pair.links is None:
            return best
        for start, stop, strength in own:
            for first, last, other_strength in theirs:
                links = pair.links[np.ix_(pair.source.words_at(start, stop), pair.target.words_at(first, last))]
                if links.size:
                    likeness = (links.max(axis=1).mean() + links.max(axis=0).mean()) / 2
                    best = max(best, float(likeness) * min(strength, other_strength))
        return best

    def _words(self, version: str, one: str, other: str) -> list[float]:
        """Words that only this version has, and words that only the two others share."""
        mine = [pair for two in (one, other) if (pair := self._pair(version, two))]
        between = self._pair(one, other)
        if between is None or between.links is None or len(mine) < 2:
            return [0.0] * len(WORDS)
        weights = uncovered.weights(mine[0].source)
        alone = uncovered.lack(mine[0]) * uncovered.lack(mine[1])
        more = weights * alone
        runs, shares, masses = [], [], []
        here, there = (uncovered.lack(pair.turned) for pair in mine)
        for pair, links, lacks, other_lacks in (
            (between, between.links, here, there),
            (between.turned, between.links.T, there, here),
        ):
            shared = lacks * (links * other_lacks[None]).max(axis=1, initial=0.0)
            of_side = uncovered.weights(pair.source)
            runs.append(_longest(of_side * np.where(lacks > BARE, shared - SHARED, -ENDS)))
            masses.append(float((of_side * shared).sum()))
            shares.append(masses[-1] / max(float(of_side.sum()), 1.0))
        return [
            float(np.log1p(_longest(weights * np.where(alone > BARE, alone, -ENDS)))), float(np.log1p(more.sum())),
            float(more.sum() / max(weights.sum(), 1.0)), float(np.log1p(min(runs))), float(np.log1p(sum(masses) / 2)),
            sum(shares) / 2,
        ]  # fmt: skip


def _standing(own: float, other_own: float, across: float, same: float) -> list[float]:
    """How a version stands apart, in the order of STANDING: by the logits of its pairs and of the pair without it."""
    higher, lower = max(own, other_own), min(own, other_own)
    sure = [1 / (1 + np.exp(-value)) for value in (higher, lower, across)]
    alone = sure[0] * (1 - sure[2])
    return [
        higher / SCALE, lower / SCALE, across / SCALE, sure[1] * alone, alone, same, same * sure[1], same * alone,
    ]  # fmt: skip


def _overlap(one: Sequence[Place], other: Sequence[Place]) -> float:
    """How much of the shorter of two places both share, times the weaker strength; the best of all."""
    return max(
        (
            min(strength, other_strength)
            * (min(stop, last) - max(start, first))
            / max(min(stop - start, last - first), 1)
            for start, stop, strength in one
            for first, last, other_strength in other
            if min(stop, last) > max(start, first)
        ),
        default=0.0,
    )


def _longest(values: Array) -> float:
    """The highest sum of neighbouring values."""
    best = running = 0.0
    for value in values.tolist():
        running = max(0.0, running + value)
        best = max(best, running)
    return best
