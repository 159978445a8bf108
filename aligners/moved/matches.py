"""Segments that are alike across the order of reading: which of a version's have left the order that the others share."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from aligners.encoders import Array
from aligners.moved.aligned import Aligned

# Likeness from which a segment and its counterparts are looked at more closely, where 1 is that of aligned units.
ALIKE = 0.4
# Letters, in the mean over its versions, below which a line ("Ditto.") turns up anywhere.
SHORTEST = 14.0
# By how much a counterpart far away must be more alike than any other segment: texts repeat themselves.
CLEAR = 0.05
# Units that the counterparts of a segment may lie apart, since units there are in doubt.
APART = 2
# Versions with more segments in doubt than this have hardly anything in common.
MOST = 5000
# Segments compared with all others at a time.
ROWS = 256


@dataclass(frozen=True, slots=True)
class Match:
    """A segment of a version and its counterpart in the others, None in one that has none."""

    version: int
    segment: int
    others: tuple[int | None, ...]

    @property
    def pairs(self) -> Iterator[tuple[int, int]]:
        """The counterparts: version and segment."""
        return ((version, place) for version, place in enumerate(self.others) if place is not None)


def out_of_order(units: Aligned) -> list[Match]:
    """The matches that one version has elsewhere than the others, by version and segment."""
    if max(map(len, units.doubted)) > MOST:
        return []
    found: list[Match] = []
    # Of two versions it cannot be told which one has moved something.
    for version in range(len(units.sides)) if len(units.sides) > 2 else [1]:
        by_gap = defaultdict(list)
        for start in range(0, len(units.doubted[version]), ROWS):
            for match in _matches(units, version, units.doubted[version][start : start + ROWS]):
                gaps = {int(units.gap[units.unit_of[other][place]]) for other, place in match.pairs}
                if len(gaps) == 1:
                    by_gap[gaps.pop()].append(match)
        for gap, some in sorted(by_gap.items()):
            found += _left(units, gap, some)
    return sorted(found, key=lambda match: (match.version, match.segment))


def _matches(units: Aligned, version: int, segments: Array) -> Iterator[Match]:
    """These segments with what is most alike in the other versions, where the latter has nothing better."""
    others = [other for other in range(len(units.sides)) if other != version and len(units.doubted[other])]
    alike = {other: units.doubted_likeness(version, segments, other) for other in others}
    # Of two that are as alike the nearer one is meant.
    nearer = {other: alike[other] + CLEAR * units.doubted_near(version, segments, other) for other in others}
    chosen = _counterparts(units, len(segments), nearer)
    back, count = np.zeros((len(segments), len(units.doubted[version])), np.float32), (chosen >= 0).sum(axis=1)
    for other in others:
        rows = np.flatnonzero(chosen[:, other] >= 0)
        back[rows] += units.doubted_likeness(other, chosen[rows, other], version)
        back[rows] += CLEAR * units.doubted_near(other, chosen[rows, other], version)
    back /= np.maximum(count, 1)[:, None]
    mutual = (units.doubted[version][back.argmax(axis=1)] == segments) & (back.max(axis=1) >= ALIKE)
    for row in np.flatnonzero(mutual & (count > 0)):
        segment, column = int(segments[row]), back[row]
        found = {other: int(chosen[row, other]) for other in others if chosen[row, other] >= 0}
        at = [units.unit_of[other][place] for other, place in found.items()]
        # Near by, both of two that are alike may be in each other's place.
        rival = max(_second(column), float(np.mean([_second(alike[other][row]) for other in found])))
        if units.gap[units.unit_of[version][segment]] not in units.gap[at] and column.max() < rival + CLEAR:
            continue
        letters = [units.letters(v, s, s + 1) for v, s in [(version, segment), *found.items()]]
        if max(at) - min(at) <= APART and np.mean(letters) >= SHORTEST:
            yield Match(version, segment, tuple(found.get(other) for other in range(len(units.sides))))


def _second(scores: Array) -> float:
    return float(np.partition(scores, -2)[-2]) if len(scores) > 1 else -np.inf


def _counterparts(units: Aligned, count: int, alike: Mapping[int, Array]) -> Array:
    """What is most alike to each of so many segments and to what was chosen before for it, the likest first.

    The segment of every version, -1 where none is chosen, shape (count, versions). `alike` is how alike each segment
    is to every one in doubt of the other versions, by version.
    """
    chosen = np.full((count, len(units.sides)), -1)
    total = {other: scores.copy() for other, scores in alike.items()}
    open_rows = np.arange(count)
    for before in range(len(total)):
        mean = np.full((len(open_rows), len(units.sides)), -np.inf)
        for other, scores in total.items():
            is_free = chosen[open_rows, other] < 0
            mean[is_free, other] = scores[open_rows[is_free]].max(axis=1) / (before + 1)
        best, is_alike = mean.argmax(axis=1), mean.max(axis=1) >= ALIKE
        open_rows, best = open_rows[is_alike], best[is_alike]
        for other in set(best.tolist()):
            rows = open_rows[best == other]
            chosen[rows, other] = units.doubted[other][total[other][rows].argmax(axis=1)]
            for further in total.keys() - {other}:
                total[further][rows] += units.doubted_likeness(other, chosen[rows, other], further)
    return chosen


def _left(units: Aligned, gap: int, matches: Sequence[Match]) -> list[Match]:
    """Of matches whose counterparts stand together in one gap, those whose segment does not stand there in order.

    Where the counterparts themselves are out of order, one of those versions has moved the passage.
    """
    base = units.begins[np.searchsorted(units.gap, gap)]

    def places(match: Match) -> list[int]:
        return [place - int(base[other]) for other, place in match.pairs]

    ordered = sorted(matches, key=lambda match: (np.mean(places(match)), match.segment))
    agreed = _chain(ordered, _follow, [max(places(match)) - min(places(match)) for match in ordered])
    inside = [match for match in agreed if units.gap[units.unit_of[match.version][match.segment]] == gap]
    here = sorted(match.segment for match in inside)
    # Of two that changed places and what stands between them, the latter stays.
    shifts = [abs(row - here.index(match.segment)) for row, match in enumerate(inside)]
    staying = _chain(inside, lambda a, b: _follow(a, b) and a.segment < b.segment, shifts)
    return [match for match in agreed if match not in staying]


def _follow(before: Match, after: Match) -> bool:
    """True when no counterpart of the second stands before one of the first."""
    return all(a is None or b is None or a <= b for a, b in zip(before.others, after.others, strict=True))


def _chain(matches: Sequence[Match], follow: Callable[[Match, Match], bool], off: Sequence[int]) -> list[Match]:
    """The longest chain of matches that follow one another; of equally long ones that whose matches are least `off`."""
    best: list[tuple[float, int]] = []
    for row, match in enumerate(matches):
        score, before = max(((best[k][0], k) for k in range(row) if follow(matches[k], match)), default=(0.0, -1))
        best.append((score + 1 + 0.5 / (1 + off[row]), before))
    found = []
    row = max(range(len(best)), key=lambda place: best[place][0], default=-1)
    while row >= 0:
        found.append(matches[row])
        row = best[row][1]
    return found[::-1]
