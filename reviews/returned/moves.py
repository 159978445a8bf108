"""Segment ids that stand in other rows than before -> the moves and splits that bring the segments there."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from aligners.alignment import Span
from corpora.document import Version
from corpora.errors import WorkbenchError
from reviews.returned.identity import segment_id, stamp
from reviews.returned.trial import Change, Edited, Trial, state
from reviews.work import Work


class _Unfit(Exception):
    """What the rows ask for cannot be: the row and the reason."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(reason)
        self.row, self.reason = row, reason


@dataclass(slots=True)
class _Plan:
    """What the table asks for: the units in order, those it adds behind each, and the segments of all by version."""

    order: list[str]
    added: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    wanted: dict[str, dict[str, tuple[int, ...]]] = field(default_factory=dict)


def find(edited: Sequence[Edited], trial: Trial) -> None:
    """Finds what the columns of segment ids change; all of it can be done, or nothing is moved."""
    try:
        plan = _plan(edited, trial)
    except _Unfit as error:
        trial.refuse(error.row, f"{error.reason} No segment was moved.")
        return
    if not plan.wanted:
        return
    work, changes = trial.work, list(trial.changes)
    # A unit that loses its only text before it gets another is gone: then the versions go the other way round.
    for order in (list(plan.wanted), list(reversed(plan.wanted))):
        if _done(plan, order, trial):
            old = {row.id: row.sides for row in work.rows}
            trial.moved |= {row.id for row in trial.work.rows if old.get(row.id) != row.sides}
            return
        trial.work, trial.changes = work, list(changes)
    trial.refuse(0, "Units would lose all their text before they get another; move the segments in the reader.")


def _plan(edited: Sequence[Edited], trial: Trial) -> _Plan:
    """What the table asks for, checked: every segment once, in order, in neighbouring places."""
    plan = _Plan([row.id for row in trial.work.rows])
    known = set(plan.order)
    last = ""
    for one in edited:
        if one.identity is None:
            name = f"+{one.line.number}"
            plan.added.setdefault(last, []).append(name)
            plan.rows[name] = one.line.number
        elif one.identity.unit in known:
            last = one.identity.unit
            plan.rows[last] = one.line.number
    for version in trial.versions:
        if any(version.id in one.line.sides for one in edited):
            wanted = _wanted(edited, version, trial)
            if wanted is not None:
                place = trial.work.place(version.id)
                before = [index for row in trial.work.rows for index in row.sides[place].indexes]
                _check(plan, wanted, version, before)
                plan.wanted[version.id] = wanted
    if plan.wanted and (lost := plan.added.get("")):
        raise _Unfit(
            plan.rows[lost[0]], "A row was added above all others; put it below the unit that it is split from."
        )
    return plan


def _wanted(edited: Sequence[Edited], version: Version, trial: Trial) -> dict[str, tuple[int, ...]] | None:
    """The segments that every unit is to have of a version; None where no row was edited there."""
    place = trial.work.place(version.id)
    wanted = {row.id: tuple(row.sides[place].indexes) for row in trial.work.rows}
    claimed: set[int] = set()
    found = False
    for one in edited:
        side = one.line.sides.get(version.id)
        if side is None or (one.identity is not None and version.id not in one.identity.stamps):
            continue
        cell = " ".join(side.segments)
        if one.identity is None:
            if not cell:
                continue
            name = f"+{one.line.number}"
        else:
            name, now = one.identity.unit, trial.now(one, version)[1]
            became = state(cell, one.identity.stamps[version.id][1], now)
            if became == "crossed":
                raise _Unfit(one.line.number, f"Segments of {version.id} were moved here meanwhile, too.")
            if became == "kept":
                continue
            if name not in wanted:
                raise _Unfit(
                    one.line.number, "Front matter and apparatus stand apart; take their segments in in the reader."
                )
            if one.identity.stamps[version.id][0] != stamp(trial.now(one, version)[0]):
                # While the texts of all rows that give and take are as they were, their ids mean the same segments.
                raise _Unfit(one.line.number, f"The text of {version.id} was changed here meanwhile.")
        found = True
        wanted[name] = tuple(_index(id, version, one.line.number) for id in side.segments)
        for index in wanted[name]:
            if index in claimed:
                raise _Unfit(one.line.number, f"{segment_id(version.id, index)} stands twice.")
            claimed.add(index)
    return wanted if found else None


def _index(id: str, version: Version, row: int) -> int:
    match = re.fullmatch(rf"{re.escape(version.id)}-(\d{{1,9}})", id)
    if not match or not 1 <= int(match[1]) <= len(version.segments):
        raise _Unfit(row, f'There is no segment "{id}" of {version.id}.')
    return int(match[1]) - 1


def _sequence(plan: _Plan) -> list[str]:
    """All rows in order, those that were added behind the unit above them."""
    return [name for unit in plan.order for name in (unit, *plan.added.get(unit, ()))]


def _check(plan: _Plan, wanted: Mapping[str, tuple[int, ...]], version: Version, before: Sequence[int]) -> None:
    """Nothing where every segment that a row held is in one row again, in reading order.

    Raises:
        _Unfit: otherwise; says which segment.
    """
    held = [(index, name) for name in _sequence(plan) for index in wanted.get(name, ())]
    counts = Counter(index for index, _ in held)
    stood = set(before)
    for index, name in held:
        if counts[index] > 1:
            raise _Unfit(plan.rows.get(name, 0), f"{segment_id(version.id, index)} stands in two rows.")
        if index not in stood:
            raise _Unfit(
                plan.rows.get(name, 0), f"{segment_id(version.id, index)} was set aside; take it in in the reader."
            )
    if missing := sorted(stood - counts.keys()):
        raise _Unfit(0, f"{segment_id(version.id, missing[0])} stands in no row any more.")
    for (one, _), (other, name) in pairwise(held):
        if other < one:
            order = f"{segment_id(version.id, other)} stands behind {segment_id(version.id, one)}"
            raise _Unfit(plan.rows.get(name, 0), f"{order}, but the order of a text stays.")


def _done(plan: _Plan, order: Sequence[str], trial: Trial) -> bool:
    """Moves and splits until the rows hold what they are to hold; False where they do not in the end."""
    try:
        for version in order:
            _moved(plan, version, trial)
        for unit, names in plan.added.items():
            for name in reversed(names):
                _split(plan, unit, name, trial)
    except WorkbenchError:
        return False
    return _fits(plan, trial.work)


def _moved(plan: _Plan, version: str, trial: Trial) -> None:
    """Moves the segments of one version, border by border: first the borders that go up, from the first one on, then
    those that go down, from the last one on, so that no unit is emptied on the way that is to have some.
    """
    wanted = plan.wanted[version]
    place = trial.work.place(version)
    before = {row.id: row.sides[place] for row in trial.work.rows}
    target = {unit: sum(len(wanted.get(name, ())) for name in (unit, *plan.added.get(unit, ()))) for unit in plan.order}
    segments = [index for unit in plan.order for index in before[unit].indexes]
    now, then = 0, 0
    borders = []
    for number, unit in enumerate(plan.order[:-1]):
        now, then = now + len(before[unit]), then + target[unit]
        borders.append((number, now, then))
    for number, now, then in borders:
        if then < now:
            _move(version, segments[then], plan, number + 1, number, trial)
    for number, now, then in reversed(borders):
        if then > now:
            _move(version, segments[then - 1], plan, number, number + 1, trial)


def _move(version: str, index: int, plan: _Plan, to: int, source: int, trial: Trial) -> None:
    segment = trial.work.versions[trial.work.place(version)].segments[index]
    holder = trial.work.holder(version, index)
    goal = trial.work.index(plan.order[to])
    if holder == goal:
        return
    rows = [plan.rows[plan.order[one]] for one in (to, source) if plan.order[one] in plan.rows]
    values = {"version": version, "segment": index, "start": segment.start, "unit": plan.order[to]}
    outcome = trial.tried("move", values)
    trial.work = outcome.work
    trial.changes.append(Change("move", values, tuple(rows), outcome.said))


def _split(plan: _Plan, unit: str, name: str, trial: Trial) -> None:
    cuts = []
    for version, wanted in plan.wanted.items():
        if own := wanted.get(name):
            segment = trial.work.versions[trial.work.place(version)].segments[own[0]]
            cuts.append({"version": version, "segment": own[0], "start": segment.start})
    if cuts:
        values = {"cuts": cuts, "alone": True}
        outcome = trial.tried("split", values)
        trial.work = outcome.work
        trial.changes.append(Change("split", values, (plan.rows[name],), outcome.said))


def _fits(plan: _Plan, work: Work) -> bool:
    """True where every row holds what it is to hold, and no row that is to hold something is gone."""
    empty = Span(0, 0)
    sides = {row.id: row.sides for row in work.rows}
    for version, wanted in plan.wanted.items():
        place = work.place(version)
        for unit in plan.order:
            own = sides[unit][place] if unit in sides else empty
            if tuple(own.indexes) != wanted.get(unit, ()):
                return False
    return True
