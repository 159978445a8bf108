"""Passages that stand elsewhere in another version: a second, unordered look at what is in doubt.

The alignment keeps the order of reading, so a passage that one version has in another place is left alone twice, stands
beside a stranger, or is glued to its neighbours. Segments of units in doubt that are each other's best match across the
order are put where the other versions have them, what is around either place is aligned anew by the same search, and a
passage is believed to have moved when all of it fits better then: by more than chance would find among so many places.
Its counterparts and the passage itself become units of their own, each in its place, and are linked; the units around
them are those that were found without the passage in their way.
"""

import math
from collections.abc import Callable, Collection, Iterator, Sequence

from aligners import joint
from aligners.alignment import Unit
from aligners.costs.measures import Side, Stretch
from aligners.moved.aligned import Aligned
from aligners.moved.gaps import left_apart
from aligners.moved.look import Look
from aligners.moved.matches import out_of_order
from aligners.moved.moves import Move, Region, move_of, passages, regions, without_doubles
from aligners.moved.reordered import Reordered, reordered
from aligners.search import Shape

Searcher = Callable[[Sequence[Side], Sequence[Stretch]], list[tuple[Shape, float]]]
Sequenced = tuple[Shape, Unit]
Link = tuple[int, int]


def relink(
    sides: Sequence[Side], sequence: Sequence[Sequenced], cuts: Collection[tuple[int, ...]], search_units: Searcher
) -> tuple[list[Sequenced], list[Link]]:
    """The units with moved passages in units of their own, and which two of them hold one passage.

    Args:
        sides: the measured versions.
        sequence: how many segments each unit takes of each version, in reading order, and the unit whose confidence,
            origin and status it has; with sides where the unit is kept as it is.
        cuts: places that no unit crosses, as counts of segments of each version.
        search_units: the search that found them.
    """
    units = _aligned(sides, sequence)
    walls = {wall for wall, begin in enumerate(units.begins) if tuple(begin.tolist()) in cuts}
    walls |= {wall for unit, fixed in enumerate(units.is_fixed) if fixed for wall in (unit, unit + 1)}
    found = passages(out_of_order(units))
    away = {(match.version, match.segment) for passage in found for match in passage}
    moves = without_doubles(move for passage in found if (move := move_of(units, passage, away, walls)))
    look = Look(units, regions(units, moves, walls), moves)
    new, links = list(sequence), list[Link]()
    if believed := look.believed():
        new, links = _put_back(look, sequence, believed, search_units)
    if any(units.is_fixed) or len(sides) > 3:
        links = sorted([*links, *left_apart(_aligned(sides, new), links)])
    return new, links


def _aligned(sides: Sequence[Side], sequence: Sequence[Sequenced]) -> Aligned:
    return Aligned(
        sides,
        [shape for shape, _ in sequence],
        [unit.confidence for _, unit in sequence],
        [bool(unit.sides) for _, unit in sequence],
    )


def _put_back(
    look: Look, sequence: Sequence[Sequenced], moves: Sequence[Move], search_units: Searcher
) -> tuple[list[Sequenced], list[Link]]:
    """The units with the moves made, and every moved passage back in its own place, linked with its counterparts."""
    home = {(move.version, segment): look.region_of(move.home[0])[0] for move in moves for segment in move.segments}
    order: list[tuple[int, Sequenced]] = []
    waiting: list[list[tuple[int, Sequenced, int | None]]] = [[] for _ in look.units.sides]
    for begin, segments, unit in _reordered_units(look, sequence, moves, search_units):
        left = tuple(0 if side and (v, side[0]) in home else len(side) for v, side in enumerate(segments))
        for version, side in enumerate(segments):
            if len(side) != left[version]:
                alone = tuple(len(side) if v == version else 0 for v in range(len(segments)))
                waiting[version].append((side[0], (alone, unit), len(order) if any(left) else None))
        if any(left):
            order.append((begin, (left, unit)))
    return _in_reading_order(order, [sorted(some) for some in waiting], home)


def _reordered_units(
    look: Look, sequence: Sequence[Sequenced], moves: Sequence[Move], search_units: Searcher
) -> Iterator[tuple[int, list[tuple[int, ...]], Unit]]:
    """Every unit with the segments it has of each version, and the first unit of its region, or itself outside them."""
    stop_of = dict(look.touched(moves))
    unit = 0
    while unit < len(sequence):
        if stop := stop_of.get(unit):
            for segments, confidence in _region(look, (unit, stop), moves, search_units).spelt_out:
                yield unit, segments, Unit((), confidence)
            unit = stop
        else:
            begin, end = look.units.begins[unit : unit + 2].tolist()
            yield unit, [tuple(range(a, b)) for a, b in zip(begin, end, strict=True)], sequence[unit][1]
            unit += 1


def _region(look: Look, region: Region, moves: Sequence[Move], search_units: Searcher) -> Reordered:
    """The region with the moves made, aligned by the method itself; the joint one has done so."""
    if search_units is joint.search_units:
        return look.tried(region, moves)
    return reordered(
        look.units, region, look.touching(region, moves), lambda sides, stretch: (search_units(sides, [stretch]), 0.0)
    )


def _in_reading_order(
    order: Sequence[tuple[int, Sequenced]],
    waiting: Sequence[list[tuple[int, Sequenced, int | None]]],
    home: dict[tuple[int, int], int],
) -> tuple[list[Sequenced], list[Link]]:
    """The units with those that wait put in where their segment is next, and the links, by number.

    Args:
        order: where the region of a unit begins, and the unit.
        waiting: for each version the first segment of a unit, the unit, and which of the others it is linked with.
        home: where the region begins in which a segment of a version belongs, by version and segment.
    """
    places = [0] * len(waiting)
    found: list[Sequenced] = []
    number: list[int] = []
    links: list[tuple[int, int]] = []

    def put_in(region: float) -> None:
        for version, some in enumerate(waiting):
            while some and some[0][0] == places[version] and home[version, places[version]] <= region:
                _, one, other = some.pop(0)
                places[version] += one[0][version]
                if other is not None:
                    links.append((other, len(found)))
                found.append(one)

    for begin, (shape, unit) in order:
        put_in(begin)
        number.append(len(found))
        found.append((shape, unit))
        places = [place + size for place, size in zip(places, shape, strict=True)]
    put_in(math.inf)
    return found, sorted((min(number[a], b), max(number[a], b)) for a, b in links)
