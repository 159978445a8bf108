"""Which passages have moved: everything must fit better with them in the others' order than chance would have it."""

import itertools
import math
from collections.abc import Collection, Iterable, Sequence

from aligners import joint
from aligners.moved.aligned import Aligned
from aligners.moved.moves import Move, Region, change_places
from aligners.moved.reordered import Reordered, reordered
from aligners.search import Shape

# Confidence below which a passage has not found its place where it was put.
LEAST = 0.5
# By how much more than chance everything must fit better with one passage elsewhere: twice as likely.
ALONE = math.log(2)


class Look:
    """Regions of the units, aligned anew with some passages moved; every way of it is tried only once."""

    def __init__(self, units: Aligned, places: Sequence[Region], moves: Sequence[Move]) -> None:
        self.units, self.regions, self.moves = units, places, moves
        # The regions that a passage is taken out of or put into.
        self._touched = {
            move: [region for region in places if any(region[0] <= unit < region[1] for unit in _ends(move))]
            for move in moves
        }
        self._tried: dict[tuple[Region, frozenset[Move]], tuple[Reordered, list[tuple[Shape, float]], float]] = {}

    def touched(self, moves: Iterable[Move]) -> list[Region]:
        """The regions that any of the moves changes, in reading order."""
        return sorted({region for move in moves for region in self._touched[move]})

    def region_of(self, unit: int) -> Region:
        """The region that holds a unit."""
        return next(region for region in self.regions if region[0] <= unit < region[1])

    def tried(self, region: Region, moves: Collection[Move]) -> tuple[Reordered, list[tuple[Shape, float]], float]:
        """The region with those of the moves made that touch it, its units then, and how well it fits."""
        key = region, frozenset(move for move in moves if region in self._touched[move])
        if key not in self._tried:
            order = reordered(self.units, region, key[1])
            self._tried[key] = (order, *joint.search_stretch(order.sides, order.stretch))
        return self._tried[key]

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
        event: what two passages in each other's place gain is counted together, and chance hardly makes two fit so.
        """
        chance = math.log(len(self.units.shapes))
        left = list(moves)
        while left:
            lost = [move for move in left if not self._lands(move, left)]
            if not lost:
                groups = [[other for other in left if other is move or change_places(move, other)] for move in left]
                over = [self._gain(group, left) - (chance if len(group) > 1 else chance + ALONE) for group in groups]
                lost = groups[over.index(min(over))] if min(over) < 0 else []
            if not lost:
                break
            left = [move for move in left if move not in lost]
        return left

    def _gain(self, group: Sequence[Move], moves: Sequence[Move]) -> float:
        without = [move for move in moves if move not in group]
        return sum(self.tried(region, moves)[2] - self.tried(region, without)[2] for region in self.touched(group))

    def _lands(self, move: Move, moves: Sequence[Move]) -> bool:
        """True when every segment of the passage that has counterparts stands in one unit with one of them at least."""
        order, found, _ = self.tried(self.region_of(move.targets[0]), moves)
        holder: dict[tuple[int, int], int] = {}
        for number, segments in enumerate(order.spelt_out(shape for shape, _ in found)):
            holder |= {(version, segment): number for version, side in enumerate(segments) for segment in side}
        for match in move.matches:
            number = holder[match.version, match.segment]
            if found[number][1] < LEAST or all(holder.get(pair) != number for pair in match.pairs):
                return False
        return True


def _ends(move: Move) -> tuple[int, ...]:
    """Units that the passage is taken out of, and the first of those it is put into."""
    return (*move.home, move.targets[0])
