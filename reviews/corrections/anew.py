"""The correction that puts what the aligner found anew for a run of units in their place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from aligners.alignment import Span
from corpora.errors import ConflictError, StoreError
from reviews.corrections.outcome import Outcome
from reviews.operation import Operation
from reviews.work import Row, Work, put


def realign(work: Work, operation: Operation) -> Outcome:
    """A run of units is replaced by what the aligner found for it anew.

    Values: `first`, `last` (ids), and `units`: for each new unit its `sides` (pairs of segment indexes), `confidence`, and
    `moved`, the places in `units` of those it is linked with, which may be left out.

    Raises:
        ConflictError: the run does not hold the segments of `units` any more.
        StoreError: the run has a confirmed unit, or the units have a wrong shape.
    """
    values = operation.values
    first, last = run(work, values["first"], values["last"])
    old = work.rows[first : last + 1]
    sides = [_sides(unit, len(work.versions)) for unit in values["units"]]
    _check_whole(old, sides)
    made: list[Row] = []
    for number, (unit, spans) in enumerate(zip(values["units"], sides, strict=True)):
        # What stays as it was keeps its name, and with it what was said of it.
        new = Row(f"n{operation.id}.{number}", spans, _confidence(unit))
        made.append(next((row for row in old if _same(row.sides, spans)), new))
    heirs = {row.id: _heir(row, made) for row in old if row not in made}
    rows = _linked(made, values["units"], [row for row in old if row.id in heirs], heirs)
    done = put(work, (*work.rows[:first], *rows, *work.rows[last + 1 :]), heirs)
    touched = (*heirs, *(row.id for row in made if row not in old))
    return Outcome(done, touched, f"aligned units {first + 1} to {last + 1} anew")


def run(work: Work, first: str, last: str) -> tuple[int, int]:
    """The places of the first and the last unit of a run that may be aligned anew.

    Raises:
        ConflictError: one of them is gone.
        StoreError: the last stands before the first, or a person confirmed a unit of the run.
    """
    start, stop = work.index(first), work.index(last)
    if stop < start:
        raise StoreError(f"Unit {stop + 1} stands before unit {start + 1}; choose a range that runs forward.")
    for place in range(start, stop + 1):
        if work.rows[place].status == "confirmed":
            raise StoreError(
                f"Unit {place + 1} is confirmed; take that back first, or choose a range without confirmed units."
            )
    return start, stop


def held(rows: Sequence[Row], side: int) -> list[int]:
    """The indexes of the segments that some units hold of a version, in reading order."""
    return list(chain.from_iterable(row.sides[side].indexes for row in rows))


def _check_whole(old: Sequence[Row], sides: Sequence[tuple[Span, ...]]) -> None:
    """Nothing where the new units take exactly the segments of the old ones, in their order.

    Raises:
        ConflictError: they do not; somebody may have moved some while the aligner worked.
    """
    for place in range(len(old[0].sides)):
        taken = list(chain.from_iterable(unit[place].indexes for unit in sides))
        if taken != held(old, place):
            raise ConflictError(
                "These units hold other segments now than when they were aligned anew; have them aligned once more."
            )


def _sides(unit: Mapping[str, Any], versions: int) -> tuple[Span, ...]:
    """The sides of a new unit.

    Raises:
        StoreError: they are not pairs of indexes, one for each version, of which some side is filled.
    """
    found = tuple(Span(*side) for side in unit["sides"])
    ends = [end for side in found for end in (side.start, side.stop)]
    if len(found) != versions or not all(type(end) is int for end in ends):
        raise StoreError("A unit of the new alignment has not one side for each version; have it aligned once more.")
    if not all(0 <= a.start <= a.stop for a in found) or not any(map(len, found)):
        raise StoreError("A unit of the new alignment is empty or runs backward; have it aligned once more.")
    return found


def _confidence(unit: Mapping[str, Any]) -> float:
    """How sure the aligner is of a new unit.

    Raises:
        StoreError: it does not say so with a number between 0 and 1.
    """
    sure = unit["confidence"]
    if isinstance(sure, bool) or not isinstance(sure, int | float) or not 0 <= sure <= 1:
        raise StoreError(f"A confidence lies between 0 and 1, not at {sure!r}; have the units aligned once more.")
    return float(sure)


def _heir(row: Row, made: Sequence[Row]) -> str:
    """The new unit that took in the first segments of an old one."""
    return next(new.id for new in made if any(_overlap(*both) for both in zip(row.sides, new.sides, strict=True)))


def _linked(
    made: Sequence[Row], units: Sequence[Mapping[str, Any]], gone: Sequence[Row], heirs: Mapping[str, str]
) -> list[Row]:
    """The new units with the links that the aligner found, and with those of the units they take the place of."""
    links: dict[str, dict[str, None]] = {row.id: dict.fromkeys(row.moved) for row in made}
    for row, unit in zip(made, units, strict=True):
        for other in unit.get("moved", ()):
            if not 0 <= other < len(made):
                raise StoreError("A unit of the new alignment is linked with none; have it aligned once more.")
            links[row.id][made[other].id] = None
            links[made[other].id][row.id] = None
    for row in gone:
        links[heirs[row.id]].update(dict.fromkeys(row.moved))
    for id, others in links.items():
        others.pop(id, None)
    return [replace(row, moved=tuple(links[row.id])) if tuple(links[row.id]) != row.moved else row for row in made]


def _same(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return all(a == b or not (len(a) or len(b)) for a, b in zip(one, other, strict=True))


def _overlap(one: Span, other: Span) -> bool:
    return max(one.start, other.start) < min(one.stop, other.stop)


KINDS: dict[str, Any] = {"realign": realign}
