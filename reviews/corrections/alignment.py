"""Corrections of the alignment: which segments stand together. Texts are never touched."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aligners.alignment import Span
from corpora.errors import StoreError
from reviews.corrections.outcome import Outcome, count
from reviews.operation import Operation
from reviews.work import Row, Work, by_hand, put

EMPTY = Span(0, 0)


def merge(work: Work, operation: Operation) -> Outcome:
    """Two neighbouring units become one; the upper one keeps its name.

    Values: `unit`, and `with`: "above" or "below".
    """
    place = work.index(operation.values["unit"])
    upper = place - 1 if operation.values["with"] == "above" else place
    if upper < 0 or upper + 1 >= len(work.rows):
        raise StoreError("There is no unit to merge with; this is the first or the last one.")
    one, other = work.rows[upper], work.rows[upper + 1]
    made = by_hand(one, [_hull(a, b) for a, b in zip(one.sides, other.sides, strict=True)])
    moved = tuple(id for id in dict.fromkeys((*one.moved, *other.moved)) if id not in (one.id, other.id))
    rows = (*work.rows[:upper], replace(made, moved=moved), *work.rows[upper + 2 :])
    done = put(work, rows, {other.id: one.id})
    return Outcome(done, (one.id, other.id), f"merged units {upper + 1} and {upper + 2}")


def move(work: Work, operation: Operation) -> Outcome:
    """A segment goes to another unit; what stands between goes along, so that the order of reading stays.

    Values: `version`, `segment`, `start` (its first character), `unit` (where it goes). One that was set aside is
    taken into the alignment.
    """
    values = operation.values
    version, segment = values["version"], values["segment"]
    work.segment(version, segment, values["start"])
    side, target = work.place(version), work.index(values["unit"])
    source = work.holder(version, segment)
    if source is None:
        return _taken_in(work, side, segment, target)
    if source == target:
        raise StoreError("The segment stands in this unit already; choose another unit to move it to.")
    rows = list(work.rows)
    first, last = sorted((source, target))
    taken = [rows[place].sides[side] for place in range(first, last + 1) if len(rows[place].sides[side])]
    if target > source:
        given, kept = Span(segment, taken[-1].stop), Span(rows[source].sides[side].start, segment)
    else:
        given, kept = Span(taken[0].start, segment + 1), Span(segment + 1, rows[source].sides[side].stop)
    before = len(rows[target].sides[side])
    for place in range(first, last + 1):
        wanted = given if place == target else kept if place == source else EMPTY
        if rows[place].sides[side] != wanted and (len(rows[place].sides[side]) or len(wanted)):
            rows[place] = by_hand(rows[place], _with(rows[place], side, wanted))
    touched = tuple(row.id for row, old in zip(rows, work.rows, strict=True) if row is not old)
    done = _without_empty(work, rows, work.rows[target].id)
    along = len(given) - before
    return Outcome(
        done,
        touched,
        f"moved {count(along, 'segment')} of {work.called(version)} from unit {source + 1} to unit {target + 1}",
    )


def split(work: Work, operation: Operation) -> Outcome:
    """The rest of one or more sides, from a segment on, goes into a unit of its own below.

    Values: `cuts`, a list of `version`, `segment`, `start`. The unit below takes the rest instead where a person made it
    and it has nothing on these sides; unless `alone` is true, which leaves an empty side here and makes a new unit.
    """
    cuts = operation.values["cuts"]
    if not cuts:
        raise StoreError("Nothing was chosen to split at; select a segment first.")
    holders = set()
    for cut in cuts:
        work.segment(cut["version"], cut["segment"], cut["start"])
        holders.add(work.holder(cut["version"], cut["segment"]))
    if len(holders) > 1 or None in holders:
        raise StoreError("A unit is split at segments of its own; select segments of one unit.")
    place = holders.pop() or 0
    row = work.rows[place]
    upper, rest = list(row.sides), [EMPTY] * len(row.sides)
    for cut in cuts:
        side = work.place(cut["version"])
        upper[side], rest[side] = (
            Span(row.sides[side].start, cut["segment"]),
            Span(cut["segment"], row.sides[side].stop),
        )
    if not any(map(len, upper)):
        raise StoreError("Nothing would stay in the unit; split it further down.")
    below = work.rows[place + 1] if place + 1 < len(work.rows) else None
    fits = below is not None and below.origin == "manual" and not operation.values.get("alone")
    if below is not None and fits and not any(len(a) and len(b) for a, b in zip(rest, below.sides, strict=True)):
        made = by_hand(below, [a if len(a) else b for a, b in zip(rest, below.sides, strict=True)])
        after, said = work.rows[place + 2 :], f"moved the rest of unit {place + 1} into unit {place + 2}"
    else:
        made = Row(f"n{operation.id}", tuple(rest), origin="manual")
        after, said = work.rows[place + 1 :], f"split unit {place + 1}"
        if emptied := [work.called(cut["version"]) for cut in cuts if not len(upper[work.place(cut["version"])])]:
            said = f"gave {' and '.join(emptied)} of unit {place + 1} a unit of its own"
    done = put(work, (*work.rows[:place], by_hand(row, upper), made, *after), {})
    return Outcome(done, (row.id, made.id), said)


def link(work: Work, operation: Operation) -> Outcome:
    """Two units are linked as one passage that stands at different places. Values: `unit`, `other`."""
    one, other = work.row(operation.values["unit"]), work.row(operation.values["other"])
    if one.id == other.id:
        raise StoreError("A unit cannot be linked with itself; choose two units.")
    if other.id in one.moved:
        raise StoreError("These two units are linked already.")
    numbers = f"{work.index(one.id) + 1} and {work.index(other.id) + 1}"
    done = _relinked(work, {one.id: (*one.moved, other.id), other.id: (*other.moved, one.id)})
    return Outcome(done, (one.id, other.id), f"linked units {numbers} as moved")


def unlink(work: Work, operation: Operation) -> Outcome:
    """The link between two units is taken back. Values: `unit`, `other`."""
    one, other = work.row(operation.values["unit"]), work.row(operation.values["other"])
    if other.id not in one.moved:
        raise StoreError("These two units are not linked.")
    numbers = f"{work.index(one.id) + 1} and {work.index(other.id) + 1}"
    left = {a.id: tuple(id for id in a.moved if id != b.id) for a, b in ((one, other), (other, one))}
    return Outcome(_relinked(work, left), (one.id, other.id), f"took back the link of units {numbers}")


def _taken_in(work: Work, side: int, segment: int, target: int) -> Outcome:
    """A segment that was set aside, taken into a unit beside it."""
    before = max((row.sides[side].stop for row in work.rows[:target] if len(row.sides[side])), default=0)
    after = min((row.sides[side].start for row in work.rows[target + 1 :] if len(row.sides[side])), default=segment + 1)
    if not before <= segment < after:
        raise StoreError("This segment does not stand beside that unit; take it into the unit next to it.")
    row = work.rows[target]
    made = by_hand(row, _with(row, side, _hull(row.sides[side], Span(segment, segment + 1))))
    done = put(work, (*work.rows[:target], made, *work.rows[target + 1 :]), {})
    return Outcome(done, (row.id,), f"took a segment of {work.called(work.versions[side].id)} into unit {target + 1}")


def _without_empty(work: Work, rows: list[Row], heir: str) -> Work:
    """The work with these rows, less those that hold nothing any more."""
    gone = {row.id: heir for row in rows if not any(map(len, row.sides))}
    return put(work, (row for row in rows if row.id not in gone), gone)


def _relinked(work: Work, moved: Mapping[str, tuple[str, ...]]) -> Work:
    rows = (replace(row, moved=moved[row.id]) if row.id in moved else row for row in work.rows)
    return put(work, rows, {})


def _with(row: Row, side: int, span: Span) -> list[Span]:
    return [span if place == side else old for place, old in enumerate(row.sides)]


def _hull(one: Span, other: Span) -> Span:
    """The span over both; an empty one counts for nothing."""
    if not len(one) or not len(other):
        return one if len(one) else other
    return Span(min(one.start, other.start), max(one.stop, other.stop))


KINDS: dict[str, Any] = {
    "merge": merge,
    "move": move,
    "split": split,
    "link": link,
    "unlink": unlink,
}
