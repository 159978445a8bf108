"""Alignment -> divergence of every unit over every hop, with reasons, issues and the step that brought them in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations, zip_longest

import numpy as np

from aligners import encoders
from aligners.alignment import Alignment, Unit
from aligners.encoders import Array, Encoder, SummingEncoder, Trace
from corpora.document import Document, Hop, Version
from corpora.languages import Language, language
from divergence import calibration, highlights, judging
from divergence.chain import together, triangle
from divergence.chain.attribution import attribute, triples
from divergence.changes import changes, is_one_text
from divergence.evidence import CERTAIN, SHOWN, Evidence, Pair, Pointed, link
from divergence.evidence import pairs as paired
from divergence.metrics import METRICS, names, uncovered
from divergence.metrics import evidence as measured
from divergence.score import Change, Divergence, Issue, Reason, Score
from divergence.side import Side, joined, make_side

__all__ = ["ALARM", "METRICS", "TITLES", "attribute", "left_out", "score"]

# From here on a value is an issue.
ALARM = 0.5
# A value below this is usual, and its reasons are left out.
WORTH_A_REASON = 0.4
# Shares that the sides are read in at once.
AT_ONCE = 4
TITLES = {name: name.capitalize() for name in METRICS}
# From here on the meaning says that another text stands there, and how much less the other issues then exceed an alarm.
ANOTHER_TEXT, FOLLOWS = 0.85, 0.5
# Words without counterpart that weigh less together are a fragment, which shows nothing.
FRAGMENT = 2.0
# Metrics that tell of words without counterpart.
LACKING = ("meaning", "omission", "addition")
# Metrics whose value never becomes an issue: they are too rough to point at a place.
NO_ISSUE = frozenset(("length",))
Sides = Mapping[tuple[int, str], Side]
OfHop = dict[int, dict[str, Evidence | None]]
Triangles = dict[tuple[str, str, str], tuple[tuple[float, ...], ...]]
Logits = dict[str, dict[together.Hop, dict[int, float | None]]]


def score(
    document: Document, alignment: Alignment, *, encoder: str = "usem3", highlight: bool = False
) -> tuple[Divergence, ...]:
    """The divergence of every unit over every hop and end to end, in the order of units, then of comparisons.

    Units that are set aside have none; a hop on which both sides are empty has none.

    Args:
        document: the segmented document.
        alignment: its alignment.
        encoder: a name in ENCODERS.
        highlight: find the words without counterpart too, in the units that lack or add something.

    Raises:
        UnknownName: the encoder is not registered.
    """
    model = encoders.load(encoder)
    sides = _sides(document, alignment, model)
    linked = _linked(document, alignment, sides, model)
    evidence: dict[Hop, OfHop] = {hop: {} for hop in document.comparisons}
    pairs: dict[int, dict[together.Hop, Pair]] = {}
    # Unit by unit, so that what is read of a side is at hand for its other pairs.
    for unit in range(len(alignment.units)):
        for hop in document.comparisons:
            if pair := linked[hop].get(unit):
                evidence[hop][unit] = _measured(pair)
                pairs.setdefault(unit, {})[hop.source, hop.target] = pair
            elif found := _one_sided(unit, hop, alignment, sides, document):
                evidence[hop][unit] = found
    logits: Logits = {name: {} for name in METRICS}
    for hop, of_hop in evidence.items():
        codes = document.version(hop.source).language, document.version(hop.target).language
        languages = language(codes[0]).code, language(codes[1]).code
        for name in METRICS:
            of_name = {unit: one[name] for unit, one in of_hop.items()}
            logits[name][hop.source, hop.target] = judging.logits(name, of_name, languages)
    triangles = {unit: _triangles(unit, of_unit, evidence, logits, document) for unit, of_unit in pairs.items()}
    found_all: list[Divergence] = []
    for hop, of_hop in evidence.items():
        found_all += _divergences(hop, of_hop, logits, sides, document, triangles, linked[hop], highlight)
    order = {hop.id: place for place, hop in enumerate(document.comparisons)}
    return tuple(sorted(found_all, key=lambda one: (one.unit, order[one.hop])))


# What a metric needs of both languages.
LISTS: dict[str, Callable[[Language], object]] = {
    "negation": lambda pack: pack.denial,
    "modality": lambda pack: pack.obligation,
    "wording": lambda pack: pack.loaded,
}


def left_out(document: Document) -> list[str]:
    """A sentence for each hop on which some metrics do not apply because a language has no word lists for them."""
    told = []
    for hop in document.comparisons:
        packs = [language(document.version(id).language) for id in (hop.source, hop.target)]
        missing = [name for name, needed in LISTS.items() if not all(needed(pack) for pack in packs)]
        lacking = list(dict.fromkeys(pack.name for pack in packs if not all(needed(pack) for needed in LISTS.values())))
        told += [
            f"{hop.id}: no names were looked for in the {pack.name} itself, where every noun has a capital."
            for pack in packs
            if pack.code in names.ALL_NOUNS
        ]
        if missing:
            *most, last = missing
            listed = f"{', '.join(most)} and {last}" if most else last
            told.append(
                f"{hop.id}: {listed} were not measured, because there are no word lists for {' and '.join(lacking)}."
            )
    return told


def _sides(document: Document, alignment: Alignment, model: Encoder) -> Sides:
    """Every filled side of every compared unit, by unit and version."""
    keys: list[tuple[int, Version, Unit]] = [
        (number, document.version(id), unit)
        for number, unit in enumerate(alignment.units)
        for place, id in enumerate(alignment.versions)
        if unit.origin != "set aside" and len(unit.sides[place])
    ]
    chosen = [
        tuple(version.segments[i] for i in unit.sides[alignment.versions.index(version.id)].indexes)
        for _, version, unit in keys
    ]
    texts = [joined(segments) for segments in chosen]
    traces: Sequence[Trace | None]
    if isinstance(model, SummingEncoder):
        with ThreadPoolExecutor() as threads:
            parts = threads.map(model.trace, (texts[k::AT_ONCE] for k in range(AT_ONCE)))
            traces = summed = _interleaved(list(parts))
        whole = [trace.stretch(0, len(trace.words)) for trace in summed]
        vectors = model.head(np.array([total for total, _ in whole]), np.array([count for _, count in whole]))
    else:
        traces, vectors = [None for _ in texts], model.encode(texts)
    return {
        (number, version.id): make_side(version, language(version.language), segments, vector, trace, model)
        for (number, version, _), segments, vector, trace in zip(keys, chosen, vectors, traces, strict=True)
    }


def _interleaved(parts: Sequence[list[Trace]]) -> list[Trace]:
    """The parts dealt out one by one, put together again."""
    return [trace for round in zip_longest(*parts) for trace in round if trace is not None]


def _linked(document: Document, alignment: Alignment, sides: Sides, model: Encoder) -> dict[Hop, dict[int, Pair]]:
    """The pairs of each hop by unit, where both sides are filled."""
    links: dict[Hop, dict[int, Array | None]] = {hop: {} for hop in document.comparisons}
    for unit in range(len(alignment.units)):
        for hop, of_hop in links.items():
            if (unit, hop.source) in sides and (unit, hop.target) in sides:
                of_hop[unit] = link(sides[unit, hop.source], sides[unit, hop.target], model)
    found = {}
    for hop, of_hop in links.items():
        both = [(sides[unit, hop.source], sides[unit, hop.target]) for unit in of_hop]
        found[hop] = dict(zip(of_hop, paired(both, model, links=list(of_hop.values())), strict=True))
    return found


def _one_sided(
    unit: int, hop: Hop, alignment: Alignment, sides: Sides, document: Document
) -> dict[str, Evidence | None] | None:
    """Of a side without counterpart only that it has none; None when both sides are empty."""
    alone = [sides[unit, id] for id in (hop.source, hop.target) if (unit, id) in sides]
    if len(alone) != 1:
        return None
    kind = "omission" if alone[0].version == hop.source else "addition"
    missing = language(document.version(hop.target if kind == "omission" else hop.source).language).name
    text = (
        f"The {missing} seems to have this at another place."
        if _is_elsewhere(unit, hop, alignment)
        else f"No counterpart was found for this in the {missing}."
    )
    whole = Pointed(alone[0].version, 0, len(alone[0].text), text)
    return dict.fromkeys(METRICS) | {kind: Evidence(judging.WHOLE, (whole,))}


def _is_elsewhere(number: int, hop: Hop, alignment: Alignment) -> bool:
    """True when the passage that a version of the hop passes over was found at another place in it."""
    places = [alignment.versions.index(id) for id in (hop.source, hop.target)]
    unit = alignment.units[number]
    (missing,) = (place for place in places if not len(unit.sides[place]))
    return any(len(alignment.units[other].sides[missing]) for other in unit.moved)


def _triangles(
    unit: int, of_unit: Mapping[together.Hop, Pair], evidence: Mapping[Hop, OfHop], logits: Logits, document: Document
) -> Triangles:
    """The scores of the triangles of the chain that stand complete in a unit."""
    seen = {name: {(hop.source, hop.target): of_hop[unit][name] for hop, of_hop in evidence.items() if unit in of_hop}
            for name in METRICS}  # fmt: skip
    told = _of_unit(unit, logits)
    return {
        triple: triangle.Triangle(triple, of_unit, seen, told).scores
        for triple in triples(document.chain(document.versions[-1].id))
        if all(any({one, other} == set(hop) for hop in of_unit) for one, other in combinations(triple, 2))
    }


def _of_unit(unit: int, logits: Logits) -> dict[str, dict[together.Hop, float | None]]:
    return {
        name: {ends: of_hop[unit] for ends, of_hop in hops.items() if unit in of_hop} for name, hops in logits.items()
    }


def _divergences(
    hop: Hop, evidence: OfHop, logits: Logits, sides: Sides, document: Document,
    triangles: Mapping[int, Triangles], linked: Mapping[int, Pair], highlight: bool,
) -> Iterator[Divergence]:  # fmt: skip
    """The divergence of every unit of a hop, ranked among them."""
    ends = hop.source, hop.target
    thirds = {
        id
        for other in document.comparisons
        for id in (other.source, other.target)
        if id not in ends and all(_is_compared(document, id, end) for end in ends)
    }
    scores: dict[int, dict[str, Score]] = {}
    for unit, of_unit in evidence.items():
        table = _of_unit(unit, logits)
        scores[unit] = {}
        for name, found in of_unit.items():
            if found is None:
                continue
            own = table[name][ends]
            heard = [together.heard(name, ends, third, table) for third in sorted(thirds) if (unit, third) in sides]
            value = judging.value(own, heard)
            reasons = _reasons(found.pointed, sides, unit) if value >= WORTH_A_REASON else ()
            scores[unit][name] = Score(value, reasons, own)
    values = {
        unit: judging.overall({name: one.value for name, one in of_unit.items()}) for unit, of_unit in scores.items()
    }
    marked = _highlights(scores, linked) if highlight else {}
    ranks = calibration.percentiles(list(values.values()))
    for (unit, value), rank in zip(values.items(), ranks, strict=True):
        yield Divergence(
            unit, hop.id, value, rank, scores[unit], _issues(scores[unit]),
            _placed(marked.get(unit, ()), sides, unit),
            _changes(unit, linked, sides),
            triangles.get(unit, {}),
        )  # fmt: skip


def _issues(scores: Mapping[str, Score]) -> tuple[Issue, ...]:
    """The alarms among the scores, the strongest first; where the whole is another text, the rest follows from that."""
    whole = scores["meaning"].value if "meaning" in scores else 0.0
    found = []
    for name, one in scores.items():
        if one.value >= ALARM and name not in NO_ISSUE:
            follows = name != "meaning" and whole >= ANOTHER_TEXT
            strength = ALARM + FOLLOWS * (one.value - ALARM) if follows else one.value
            found.append(Issue(name, strength, one.reasons))
    return tuple(sorted(found, key=lambda issue: -issue.strength))


def _is_compared(document: Document, one: str, other: str) -> bool:
    return any({one, other} == {hop.source, hop.target} for hop in document.comparisons)


def _changes(unit: int, linked: Mapping[int, Pair], sides: Sides) -> tuple[Change, ...]:
    """What differs word by word between two texts in one language; nothing between others."""
    pair = linked.get(unit)
    if pair is None or pair.source.language.code != pair.target.language.code:
        return ()
    found = changes(pair.source, pair.target)
    return tuple(Change(one.kind, _placed(one.places(pair.source, pair.target), sides, unit)) for one in found)


def _highlights(
    scores: Mapping[int, Mapping[str, Score]], linked: Mapping[int, Pair]
) -> dict[int, tuple[Pointed, ...]]:
    """The words without counterpart in the units of a hop that lack or add something."""
    told = [
        place
        for place, unit in enumerate(linked)
        if any(scores[unit][name].value >= WORTH_A_REASON for name in LACKING if name in scores[unit])
    ]
    found = highlights.of_hop(list(linked.values()), told)
    units = [list(linked)[place] for place in told]
    return {
        unit: tuple(mark for mark in marks if _weight(mark, linked[unit]) >= FRAGMENT)
        for unit, marks in zip(units, found, strict=True)
    }


def _weight(mark: Pointed, pair: Pair) -> float:
    """What the words of a place weigh together."""
    side = pair.source if pair.source.version == mark.version else pair.target
    inside = side.words_at(mark.start, mark.stop)
    return float(uncovered.weights(side)[inside.start : inside.stop].sum())


def _measured(pair: Pair) -> dict[str, Evidence | None]:
    """What every metric finds in a pair; what changes within one text is known for certain."""
    found = {name: measured(name, pair) for name in METRICS}
    if pair.source.language.code == pair.target.language.code and is_one_text(pair.source, pair.target):
        told: dict[str, list[Pointed]] = {}
        for change in changes(pair.source, pair.target):
            if change.kind in METRICS and change.kind != "wording":
                known = told.setdefault(change.kind, [])
                known += change.places(pair.source, pair.target)
        for kind, places in told.items():
            one = found[kind]
            found[kind] = Evidence(one.features if one else None, tuple(places), CERTAIN)
    return found


def _reasons(pointed: Sequence[Pointed], sides: Sides, unit: int) -> tuple[Reason, ...]:
    """What the metrics show in a unit's sides, as places of the versions; what is said twice is said once."""
    return _placed([one for one in pointed if one.strength >= SHOWN], sides, unit)


def _placed(pointed: Sequence[Pointed], sides: Sides, unit: int) -> tuple[Reason, ...]:
    found = (
        reason
        for one in pointed
        for reason in sides[unit, one.version].reasons(one.start, one.stop, one.text, one.strength)
    )
    return tuple(dict.fromkeys(found))
