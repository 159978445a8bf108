"""What may have moved, from where to where, and which units must be looked at again to tell."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from aligners.encoders import Array
from aligners.moved.aligned import SURE, Aligned
from aligners.moved.matches import Match

# Units, half-open.
Region = tuple[int, int]
# A place is looked at again with so many firm units on either side, but no more units than FAR.
FIRM, FAR = 2, 6
# Counterparts of two neighbouring segments of one passage lie no further apart than this.
STEP = 2


@dataclass(frozen=True, slots=True)
class Move:
    """Segments `start:stop` of a version that stand elsewhere than the others have them.

    In the others' order they would stand before segment `before` of their version. `home` and `targets` are the first
    and last unit that hold them and their counterparts; `matches` has those of their segments that have counterparts.
    """

    version: int
    start: int
    stop: int
    before: int
    home: tuple[int, int]
    targets: tuple[int, int]
    matches: tuple[Match, ...]

    @property
    def segments(self) -> range:
        """The segments that are elsewhere."""
        return range(self.start, self.stop)


def change_places(one: Move, other: Move) -> bool:
    """True when either passage would stand where the other one does."""
    return one.version == other.version and all(
        b.start - 1 <= a.before <= b.stop + 1 for a, b in ((one, other), (other, one))
    )


def passages(matches: Iterable[Match]) -> list[list[Match]]:
    """Matches that follow one another in all versions, together: a passage each."""
    found: list[list[Match]] = []
    for match in matches:
        if found and _goes_on(found[-1][-1], match):
            found[-1].append(match)
        else:
            found.append([match])
    return found


def _goes_on(before: Match, after: Match) -> bool:
    steps = [b - a for a, b in zip(before.others, after.others, strict=True) if a is not None and b is not None]
    return (
        before.version == after.version
        and after.segment == before.segment + 1
        and bool(steps)
        and all(0 <= step <= STEP for step in steps)
    )


def move_of(
    units: Aligned, passage: Sequence[Match], away: Collection[tuple[int, int]], walls: Collection[int]
) -> Move | None:
    """The passage with the place where it would stand; None where it stands there already, or beyond a wall.

    Args:
        units: the alignment.
        passage: a passage that may have moved.
        away: version and segment of everything that may have moved.
        walls: units with a border before them across which nothing is aligned anew.
    """
    version, start, stop = passage[0].version, passage[0].segment, passage[-1].segment + 1
    at = [int(units.unit_of[other][place]) for match in passage for other, place in match.pairs]
    targets = min(at), max(at)
    if any(targets[0] < wall <= targets[1] for wall in walls):
        return None
    first, last = _loose(units, targets, version, walls)
    rest = [
        segment
        for segment in range(*(int(units.begins[unit, version]) for unit in (first, last)))
        if (version, segment) not in away
    ]
    split = _split(units, version, rest, passage, (first, last)) if rest else 0
    before = rest[split] if split < len(rest) else int(units.begins[last, version])
    if start <= before <= stop:
        return None
    home = units.unit_of[version][[start, stop - 1]]
    return Move(version, start, stop, before, (int(home[0]), int(home[1])), targets, tuple(passage))


def without_doubles(moves: Iterable[Move]) -> list[Move]:
    """The moves without those of a counterpart of a passage that may itself have moved.

    Two versions may each have moved the passage as far as the other can tell: the third says which one, or has not got
    it, and then the earlier is taken.
    """
    found: list[Move] = []
    taken: set[tuple[int, int]] = set()
    for move in sorted(moves, key=lambda move: -sum(len(list(match.pairs)) for match in move.matches)):
        if not any(pair in taken for match in move.matches for pair in match.pairs):
            found.append(move)
            taken |= {(move.version, segment) for segment in move.segments}
    return sorted(found, key=lambda move: (move.version, move.start))


def _loose(units: Aligned, targets: tuple[int, int], version: int, walls: Collection[int]) -> Region:
    """The targets with units beside them that do not tell on which side their segments of a version stand."""

    def is_loose(unit: int) -> bool:
        shape = units.shapes[unit]
        return not shape[version] or sum(shape) == shape[version] or units.sure[unit] < SURE

    first, last = targets[0], targets[1] + 1
    while first and first not in walls and targets[0] - first < FAR and is_loose(first - 1):
        first -= 1
    while last < len(units.shapes) and last not in walls and last - targets[1] <= FAR and is_loose(last):
        last += 1
    return first, last


def _split(units: Aligned, version: int, rest: Sequence[int], passage: Sequence[Match], region: Region) -> int:
    """How many of a version's segments stand before the passage, by what they are most alike to in the others."""
    before, after = np.zeros(len(rest)), np.zeros(len(rest))
    for other in range(len(units.sides)):
        places = [match.others[other] for match in passage if other != version]
        known = [place for place in places if place is not None]
        if not known:
            continue
        start, stop = (int(units.begins[unit, other]) for unit in region)
        for scores, some in ((before, range(start, min(known))), (after, range(max(known) + 1, stop))):
            if some:
                np.maximum(scores, units.likeness(version, rest, other, list(some)).max(axis=1), out=scores)
    total: Array = np.append(0, np.cumsum(before)) + np.append(np.cumsum(after[::-1])[::-1], 0)
    return int(total.argmax())


def around(units: Aligned, unit: int, walls: Collection[int]) -> Region:
    """The unit with those around it that are looked at again with it."""
    first, left = unit, FIRM
    while left and first and first not in walls and unit - first < FAR:
        first -= 1
        left -= units.is_firm[first]
    last, left = unit + 1, FIRM
    while left and last < len(units.shapes) and last not in walls and last - unit <= FAR:
        left -= units.is_firm[last]
        last += 1
    return first, last


def regions(units: Aligned, moves: Iterable[Move], walls: Collection[int]) -> list[Region]:
    """The units that have to be looked at again, in reading order; none lies on both sides of a wall."""
    marked = np.zeros(len(units.shapes) + 1, bool)
    for move in moves:
        for unit in (*range(move.home[0], move.home[1] + 1), *range(move.targets[0], move.targets[1] + 1)):
            first, last = around(units, unit, walls)
            marked[first:last] = True
    found: list[Region] = []
    for unit in np.flatnonzero(marked).tolist():
        if found and found[-1][1] == unit and unit not in walls:
            found[-1] = found[-1][0], unit + 1
        else:
            found.append((unit, unit + 1))
    return found
