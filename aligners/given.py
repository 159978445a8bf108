"""Units from the alignment that texts brought along (`Block.group`).

What of it reads in order in every version is kept as units. A group that does not, because a passage changed its place
or other text stands between its parts, becomes several units that are linked as moved.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, groupby

from aligners.alignment import Span, Unit
from corpora.document import Document, Version

ORIGIN = "given"
# Spans of a group by the place of the version.
Part = dict[int, Span]


def units(document: Document) -> tuple[list[Unit], list[tuple[int, int]]]:
    """The units that were given, in reading order, and which two of them hold one passage; for `aligners.align`.

    Segments of no group are in none. A unit is "confirmed" where its file says that a person confirmed it.
    """
    parts = _parts([_runs(version) for version in document.versions])
    confirmed = {block.group for version in document.versions for block in version.blocks if block.confirmed}
    ordered = list(_ordered(parts, len(document.versions)))
    of_group: dict[int, list[int]] = {}
    found, places = [], [0] * len(document.versions)
    for number, (group, part) in enumerate(ordered):
        of_group.setdefault(group, []).append(number)
        sides = tuple(part.get(side, Span(place, place)) for side, place in enumerate(places))
        places = [side.stop for side in sides]
        found.append(Unit(sides, origin=ORIGIN, status="confirmed" if group in confirmed else "unconfirmed"))
    return found, [pair for places in of_group.values() for pair in combinations(places, 2)]


def _runs(version: Version) -> Mapping[int, list[Span]]:
    """The body segments of each group, those that follow one another together."""
    of_start = {block.start: block.group for block in version.blocks if block.group is not None}
    found: dict[int, list[Span]] = {}
    marked = ((of_start.get(one.start) if one.is_body else None, one.index) for one in version.segments)
    for group, several in groupby(marked, key=lambda one: one[0]):
        if group is not None:
            indexes = [index for _, index in several]
            found.setdefault(group, []).append(Span(indexes[0], indexes[-1] + 1))
    return found


def _parts(runs: Sequence[Mapping[int, list[Span]]]) -> list[tuple[int, Part]]:
    """Groups with what of them can stand in one unit: as many as read in one order in every two versions stay whole.

    Of a group that does not, the later of the two versions goes into a part of its own with those after it, which were
    mostly made from it.
    """
    found: list[tuple[int, Part]] = []
    for group in dict.fromkeys(group for of_version in runs for group in of_version):
        spans = {side: of_version[group] for side, of_version in enumerate(runs) if group in of_version}
        found.append((group, {side: of_side[0] for side, of_side in spans.items()}))
        found += [(group, {side: span}) for side, of_side in spans.items() for span in of_side[1:]]
    for one, other in combinations(range(len(runs)), 2):
        both = sorted(
            (place for place, (_, part) in enumerate(found) if one in part and other in part),
            key=lambda place: found[place][1][one].start,
        )
        rising = set(_rising([found[place][1][other].start for place in both]))
        for number, place in enumerate(both):
            if number not in rising:
                group, part = found[place]
                found[place] = group, {side: span for side, span in part.items() if side < other}
                found.append((group, {side: span for side, span in part.items() if side >= other}))
    return found


def _rising(values: Sequence[int]) -> Iterator[int]:
    """The places of a longest rising sequence of different numbers (Fredman 1975)."""
    tops: list[int] = []
    places: list[int] = []
    before: list[int | None] = []
    for place, value in enumerate(values):
        pile = bisect_left(tops, value)
        before.append(places[pile - 1] if pile else None)
        tops[pile : pile + 1], places[pile : pile + 1] = [value], [place]
    at = places[-1] if places else None
    while at is not None:
        yield at
        at = before[at]


def _ordered(parts: Sequence[tuple[int, Part]], sides: int) -> Iterator[tuple[int, Part]]:
    """The parts in an order in which no version goes back; one that three versions put into a ring is taken apart."""
    rest = dict(enumerate(parts))
    queues = [
        sorted(
            (place for place, (_, part) in rest.items() if side in part), key=lambda place: rest[place][1][side].start
        )
        for side in range(sides)
    ]
    heads = [0] * sides
    while rest:
        first = [queue[head] if head < len(queue) else None for queue, head in zip(queues, heads, strict=True)]
        ready = [place for place in first if place is not None and all(first[side] == place for side in rest[place][1])]
        if ready:
            # The first version leads; what only later ones have follows as soon as it can.
            place = ready[0]
            group, part = rest.pop(place)
            for side in part:
                heads[side] += 1
            yield group, part
            continue
        place = min((place for place in first if place is not None), key=lambda place: len(rest[place][1]))
        group, part = rest[place]
        side = first.index(place)
        apart = len(parts) + sum(heads) + len(rest) + max(rest)
        rest[place], rest[apart] = (group, {side: part[side]}), (group, {s: x for s, x in part.items() if s != side})
        for other in rest[apart][1]:
            queues[other][queues[other].index(place)] = apart
