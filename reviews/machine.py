"""What the machine found in a document at one level, as it is kept: texts, alignment, divergence, and what is usual."""

import bisect
import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from aligners.alignment import Alignment
from corpora.document import Document
from corpora.languages import language
from divergence.context import Context, context
from divergence.score import Change, Divergence, Issue, Reason, Score
from reviews.work import Row, Work

# The values of every hop in order.
Ranks = Mapping[str, list[float]]
# Each version with the one it was made from ("" for none): what is compared, and what a measure hears, depends on it.
Tree = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine's findings; `ranks` are the values of every hop in order, for percentiles."""

    document: Document
    alignment: Alignment
    divergences: tuple[Divergence, ...]
    context: Context
    ranks: Ranks = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ranks", ranks(self.divergences))


def ranks(divergences: Iterable[Divergence]) -> Ranks:
    """The values of every hop in order."""
    values: dict[str, list[float]] = {}
    for one in divergences:
        values.setdefault(one.hop, []).append(one.value)
    return {hop: sorted(found) for hop, found in values.items()}


def percentile(known: Ranks, hop: str, value: float) -> int:
    """The rank (0..100) of a value among the units of a hop, equal ones counting half; 0 where none are known."""
    values = known.get(hop)
    if not values:
        return 0
    below, upto = bisect.bisect_left(values, value), bisect.bisect_right(values, value)
    if upto == below:
        return round(100 * below / len(values))
    # A unit is ranked among the others, as `divergence.ranked` does.
    return round(100 * (below + (upto - below - 1) / 2) / max(len(values) - 1, 1))


def tree(document: Document) -> Tree:
    """Which version of a document was made from which."""
    return tuple((version.id, version.source or "") for version in document.versions)


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


def key(work: Work, row: Row, other: Tree = ()) -> str:
    """What a unit's divergence depends on, as a digest: its texts, and where a version that lacks it has it.

    `other` is the tree of the versions where it is another than the one that the machine measured first.
    """
    digest = hashlib.sha256("\x1d".join(f"{id}\x1f{source}" for id, source in other).encode())
    linked = [other for other in work.rows if other.id in row.moved] if row.moved else []
    for place, (version, side) in enumerate(zip(work.versions, row.sides, strict=True)):
        elsewhere = not len(side) and any(len(other.sides[place]) for other in linked)
        digest.update(f"\x1e{version.id}\x1f{language(version.language).code}\x1f{elsewhere}".encode())
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
