"""Which passages have moved: everything must fit better with them in the others' order than chance would have it."""

import itertools
import math
from collections.abc import Collection, Iterable, Sequence

from aligners import joint
from aligners.moved.aligned import Aligned
from aligners.moved.moves import Move, Region, change_places
from aligners.moved.reordered import Reordered, reordered

# Confidence below which a passage has not found its place where it was put.
LEAST = 0.5
# By how much more everything must fit better when units are broken up for one passage: twice as likely.
BREAKING = math.log(2)


class Look:
    """Regions of the units, aligned anew with some passages moved; every way of it is tried only once."""

    def __init__(self, units: Aligned, places: Sequence[Region], moves: Sequence[Move]) -> None:
        self.units, self.regions, self.moves = units, places, moves
        # The regions that a passage is taken out of or put into.
        self._touched = {
            move: [region for region in places if any(region[0] <= unit < region[1] for unit in _ends(move))]
            for move in moves
        }
        self._tried: dict[tuple[Region, frozenset[Move]], Reordered] = {}

    def touched(self, moves: Iterable[Move]) -> list[Region]:
        """The regions that any of the moves changes, in reading order."""
        return sorted({region for move in moves for region in self._touched[move]})

    def region_of(self, unit: int) -> Region:
        """The region that holds a unit."""
        return next(region for region in self.regions if region[0] <= unit < region[1])

    def tried(self, region: Region, moves: Collection[Move]) -> Reordered:
        """The region with those of the moves made that touch it."""
        key = region, self.touching(region, moves)
        if key not in self._tried:
            self._tried[key] = reordered(self.units, region, key[1], joint.search_stretch)
        return self._tried[key]

    def touching(self, region: Region, moves: Collection[Move]) -> frozenset[Move]:
        """Those of the moves that change the region."""
        return frozenset(move for move in moves if region in self._touched[move])

    def believed(self) -> list[Move]:
        """The moves that land, and by which everything fits so much better that it is not one of many chances."""
        return [move for some in self._entangled() for move in self._believed(some)]

    def _entangled(self) -> list[list[Move]]:
        """The moves, together those that change the same regions."""
        found: list[list[Move]] = []
        for move in self.moves:
            mine = set(self._touched[move])
            shared = [some for some in found if not mine.isdisjoint(self.touched(some))]
            found = [some for some in found if some not in shared]
            found.append([*itertools.chain.from_iterable(shared), move])
        return found

    def _believed(self, moves: Sequence[Move]) -> list[Move]:
        """As `believed`, of moves that may stand in each other's way; the least likely is given up first.

        A fit so many times likelier as there are places is what the best of them reaches by chance. An exchange is one
        event: what two passages in each other's place gain is counted together.
        """
        left = list(moves)
        while left:
            lost = [move for move in left if not self._lands(move, left)]
            if not lost:
                groups = [[other for other in left if other is move or change_places(move, other)] for move in left]
                over = [self._gain(group, left) - self._asked(group) for group in groups]
                lost = groups[over.index(min(over))] if min(over) < 0 else []
            if not lost:
                break
            left = [move for move in left if move not in lost]
        return left

    def _asked(self, group: Sequence[Move]) -> float:
        chance = math.log(len(self.units.shapes))
        return chance + BREAKING if len(group) == 1 and self._breaks(group[0]) else chance

    def _breaks(self, move: Move) -> bool:
        """True where the passage stands with something else now, or something else in its place."""
        own, shapes = move.version, self.units.shapes
        homes, targets = (range(first, last + 1) for first, last in (move.home, move.targets))
        return any(sum(shapes[unit]) > shapes[unit][own] for unit in homes) or any(
            shapes[unit][own] for unit in targets
        )

    def _gain(self, group: Sequence[Move], moves: Sequence[Move]) -> float:
        without = [move for move in moves if move not in group]
        return sum(self.tried(region, moves).fit - self.tried(region, without).fit for region in self.touched(group))

    def _lands(self, move: Move, moves: Sequence[Move]) -> bool:
        """True when every segment of the passage that has counterparts stands in one unit with one of them at least."""
        holder: dict[tuple[int, int], tuple[int, float]] = {}
        for number, (segments, sure) in enumerate(self.tried(self.region_of(move.targets[0]), moves).spelt_out):
            holder |= {(version, segment): (number, sure) for version, side in enumerate(segments) for segment in side}
        for match in move.matches:
            here = holder[match.version, match.segment]
            if here[1] < LEAST or all(holder.get(pair) != here for pair in match.pairs):
                return False
        return True


def _ends(move: Move) -> tuple[int, ...]:
    """Units that the passage is taken out of, and the first of those it is put into."""
    return (*move.home, move.targets[0])
