"""What the machine found in a document at one level, as it is kept: texts, alignment, divergence, and what is usual."""

import bisect
import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from aligners.alignment import Alignment
from corpora.document import Document
from divergence.context import Context, context
from divergence.score import Change, Divergence, Issue, Reason, Score
from reviews.work import Row, Work


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine's findings; `ranks` are the values of every hop in order, for percentiles."""

    document: Document
    alignment: Alignment
    divergences: tuple[Divergence, ...]
    context: Context
    ranks: Mapping[str, list[float]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        values: dict[str, list[float]] = {}
        for one in self.divergences:
            values.setdefault(one.hop, []).append(one.value)
        object.__setattr__(self, "ranks", {hop: sorted(found) for hop, found in values.items()})

    def percentile(self, hop: str, value: float) -> int:
        """The rank (0..100) of a value among the units of a hop as the machine cut them, equal ones counting half."""
        known = self.ranks.get(hop)
        if not known:
            return 0
        below, upto = bisect.bisect_left(known, value), bisect.bisect_right(known, value)
        if upto == below:
            return round(100 * below / len(known))
        # A unit is ranked among the others, as `divergence.ranked` does.
        return round(100 * (below + (upto - below - 1) / 2) / max(len(known) - 1, 1))


Kept = tuple[Document, Alignment, tuple[Divergence, ...], dict[str, object]]


def packed(found: Machine) -> bytes:
    """The findings as bytes."""
    values = (found.document, found.alignment, found.divergences, found.context.record)
    # Numbers that numpy made are told as plain ones.
    return zlib.compress(msgspec.msgpack.encode(values, enc_hook=float))


def unpacked(data: bytes) -> Machine:
    """The findings in bytes made by `packed`."""
    document, alignment, divergences, record = msgspec.msgpack.decode(zlib.decompress(data), type=Kept)
    return Machine(document, alignment, divergences, context(record))


def packed_measures(found: Sequence[Divergence]) -> bytes:
    """The divergences of one unit as bytes."""
    return msgspec.msgpack.encode(tuple(found), enc_hook=float)


def unpacked_measures(data: bytes) -> tuple[Divergence, ...]:
    """The divergences in bytes made by `packed_measures`."""
    return msgspec.msgpack.decode(data, type=tuple[Divergence, ...])


def key(work: Work, row: Row) -> str:
    """What a unit's divergence depends on, as a digest: its texts, and where a version that lacks it has it."""
    digest = hashlib.sha256()
    linked = [other for other in work.rows if other.id in row.moved] if row.moved else []
    for place, (version, side) in enumerate(zip(work.versions, row.sides, strict=True)):
        elsewhere = not len(side) and any(len(other.sides[place]) for other in linked)
        digest.update(f"\x1e{version.id}\x1f{version.language}\x1f{elsewhere}".encode())
        for index in side.indexes:
            one = version.segments[index]
            # How the segments lie, too: reasons point at characters of the text.
            apart = one.start - version.segments[side.start].start
            digest.update(f"\x1f{apart}\x1f{one.stop - one.start}\x1f{one.text}".encode())
    return digest.hexdigest()


def starts(work: Work, row: Row) -> dict[str, int]:
    """Where the sides of a unit begin, by version."""
    return {
        version.id: version.segments[side.start].start
        for version, side in zip(work.versions, row.sides, strict=True)
        if len(side)
    }


def placed(found: Sequence[Divergence], by: Mapping[str, int], sign: int = 1) -> tuple[Divergence, ...]:
    """Divergences with every place moved by so many characters of its version."""
    if not any(by.values()):
        return tuple(found)

    def at(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
        return tuple(
            replace(one, start=one.start + sign * by.get(one.version, 0), stop=one.stop + sign * by.get(one.version, 0))
            for one in reasons
        )

    return tuple(
        replace(
            one,
            metrics={name: Score(score.value, at(score.reasons), score.own) for name, score in one.metrics.items()},
            issues=tuple(Issue(issue.kind, issue.strength, at(issue.reasons)) for issue in one.issues),
            highlights=at(one.highlights),
            changes=tuple(Change(change.kind, at(change.places)) for change in one.changes),
        )
        for one in found
    )
