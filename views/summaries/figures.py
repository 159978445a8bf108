"""The figures of a document: how far every unit diverges, what is alarmed, and what people said of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from divergence import METRICS, TITLES
from reviews.doubt import verdict_on
from reviews.review import Review
from reviews.work import Verdict
from views.summaries import noted, words

# What people say of an issue, and "" as long as nobody has, in the order it is shown.
VERDICTS = {"": "undecided", "shift": "shift", "error": "error", "dismissed": "dismissed"}
# Below so many decisions a percentage would say more than is known.
FEW = 5


@dataclass(frozen=True, slots=True)
class Alarm:
    """An issue of the machine, and what was said of it, "" where nothing was."""

    kind: str
    verdict: str
    strength: float


@dataclass(frozen=True, slots=True)
class Point:
    """A unit over a hop; `alarms` are the strongest first."""

    unit: str
    number: int
    hop: str
    value: float
    percentile: int
    alarms: tuple[Alarm, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What people said of the alarms of a kind: how many, by verdict."""

    kind: str
    counts: dict[str, int]

    @property
    def alarms(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def decided(self) -> int:
        """How many a person judged."""
        return self.alarms - self.counts[""]


@dataclass(frozen=True, slots=True)
class Figures:
    """A document in figures. `statuses` counts the units compared; `stale` those that are not measured."""

    points: tuple[Point, ...]
    units: int
    statuses: dict[str, int]
    stale: int
    notes: int


def figures(review: Review) -> Figures:
    """The figures of a review; every unit compared counts, what is set aside does not."""
    points, statuses = [], dict.fromkeys(("confirmed", "needs discussion", "unconfirmed"), 0)
    number = 0
    about = _by_kind(review.verdicts)
    for place, (id, unit) in enumerate(zip(review.ids, review.alignment.units, strict=True)):
        if unit.origin == "set aside":
            continue
        number += 1
        statuses[unit.status] = statuses.get(unit.status, 0) + 1
        for one in review.divergence(place).values():
            alarms = []
            for issue in one.issues:
                said = verdict_on(review.level, id, one.hop, issue, about.get((one.hop, issue.kind), ()))
                alarms.append(Alarm(issue.kind, said.verdict if said else "", issue.strength))
            points.append(Point(id, number, one.hop, one.value, one.percentile, tuple(alarms)))
    return Figures(tuple(points), number, statuses, len(review.stale), len(review.notes))


def _by_kind(verdicts: Sequence[Verdict]) -> dict[tuple[str, str], list[Verdict]]:
    """The verdicts by hop and kind of issue, so that an issue is looked for among few."""
    found: dict[tuple[str, str], list[Verdict]] = {}
    for one in verdicts:
        found.setdefault((one.hop, one.kind), []).append(one)
    return found


def counted(made: Figures, hop: str) -> list[Agreement]:
    """How many alarms of each kind a hop has, by verdict; kinds without any are left out."""
    return _agreements(one for point in made.points if point.hop == hop for one in point.alarms)


def agreement(made: Figures, review: Review) -> list[Agreement]:
    """How machine and people agree, by kind of issue, over the single steps; then all kinds together, as "all"."""
    steps = words.steps(review.document)
    kinds = _agreements(one for point in made.points if point.hop in steps for one in point.alarms)
    total = {verdict: sum(one.counts[verdict] for one in kinds) for verdict in VERDICTS}
    return [*kinds, Agreement("all", total)] if kinds else []


def _agreements(alarms: Iterable[Alarm]) -> list[Agreement]:
    counts = {kind: dict.fromkeys(VERDICTS, 0) for kind in METRICS}
    for one in alarms:
        counts[one.kind][one.verdict] += 1
    return [Agreement(kind, of_kind) for kind, of_kind in counts.items() if any(of_kind.values())]


def share(part: int, whole: int) -> str:
    """A part of a whole in words, with a percentage only where the whole is not too small for one.

    >>> share(3, 7), share(1, 3), share(0, 0)
    ('3 of 7 (43 %)', '1 of 3', '–')
    """
    if not whole:
        return "–"
    return f"{part} of {whole}" + (f" ({100 * part / whole:.0f} %)" if whole >= FEW else "")


def unit_columns(review: Review) -> list[str]:
    """The headings of the table of units."""
    hops = words.short_hop_names(review.document)
    found = ["unit", "kind", "status", "origin", "confidence"]
    for hop in review.document.comparisons:
        found += [f"{hops[hop.id]} percentile", f"{hops[hop.id]} strongest issue", f"{hops[hop.id]} verdict"]
    return [*found, "notes"]


def unit_rows(review: Review, made: Figures) -> list[list[str | int | float | None]]:
    """The table of units: one row for each that is compared, in reading order."""
    points = {(one.unit, one.hop): one for one in made.points}
    notes = Counter(id for one in noted.noted(review) for id in one.units)
    rows: list[list[str | int | float | None]] = []
    for id, unit in zip(review.ids, review.alignment.units, strict=True):
        if unit.origin == "set aside":
            continue
        row: list[str | int | float | None] = [
            len(rows) + 1, unit.kind, unit.status, unit.origin, round(unit.confidence, 2),
        ]  # fmt: skip
        for hop in review.document.comparisons:
            point = points.get((id, hop.id))
            first = point.alarms[0] if point and point.alarms else None
            row += [
                point.percentile if point else None,
                TITLES[first.kind] if first else "",
                VERDICTS[first.verdict] if first else "",
            ]
        rows.append([*row, notes[id]])
    return rows


def along(made: Figures, review: Review, hop: str) -> str:
    """What the picture of divergence along the document shows for a hop, in words."""
    points = [one for one in made.points if one.hop == hop]
    name = words.hop_names(review.document)[hop]
    if not points:
        return f"{_begun(name)}: no unit has a text on both sides, so there is nothing to compare."
    alarmed = [one for one in points if one.alarms]
    furthest = sorted(points, key=lambda one: -one.percentile)[:3]
    listed = ", ".join(f"{one.number}" for one in furthest)
    many = (
        f"{len(alarmed)} of {len(points)} units have an issue"
        if alarmed
        else f"none of {len(points)} units has an issue"
    )
    return f"{_begun(name)}: {many}; the furthest are units {listed}."


def distribution(found: Sequence[Agreement], name: str) -> str:
    """What the picture of issues shows for a hop called `name`, in words."""
    if not found:
        return f"{_begun(name)}: no issues."
    listed = ", ".join(f"{TITLES[one.kind].lower()} {one.alarms}" for one in sorted(found, key=lambda one: -one.alarms))
    total, decided = sum(one.alarms for one in found), sum(one.decided for one in found)
    return f"{_begun(name)}: {total} {'issue' if total == 1 else 'issues'}, {decided} decided ({listed})."


def counts_told(one: Agreement) -> str:
    """How many alarms there are by verdict, in words: "10 undecided, 3 shift, 1 dismissed"."""
    return ", ".join(f"{count} {VERDICTS[verdict]}" for verdict, count in one.counts.items() if count)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
