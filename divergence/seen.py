"""What is seen of some units before it is judged, and what all units of a document show to be usual in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aligners.alignment import Alignment
from aligners.encoders import Array, Encoder
from aligners.words.lexicon import EMPTY
from corpora.document import Document, Hop
from corpora.languages import language
from divergence import highlights, judging
from divergence.changes import changes, is_one_text
from divergence.context import Context, HopContext
from divergence.evidence import CERTAIN, Evidence, Pair, Pointed, link
from divergence.evidence import pairs as paired
from divergence.highlights import Logits
from divergence.metrics import METRICS
from divergence.metrics import evidence as measured
from divergence.side import Sides, sides_of

OfHop = dict[int, dict[str, Evidence | None]]
# The logits of words that are known already, by hop and unit.
Judged = Mapping[Hop, Mapping[int, Logits | None]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of some units before it is judged: their sides, and pairs and evidence of each hop by unit."""

    document: Document
    sides: Sides
    pairs: Mapping[Hop, Mapping[int, Pair]]
    evidence: Mapping[Hop, OfHop]


def see(
    document: Document, alignment: Alignment, units: Sequence[int], model: Encoder, context: Context | None = None
) -> Seen:
    """What is seen of some units; without a context they are all of the document, and teach its lexicons."""
    sides = sides_of(document, alignment, units, model)
    pairs = _paired(document, units, sides, model, context)
    evidence: dict[Hop, OfHop] = {hop: {} for hop in document.comparisons}
    # Unit by unit, so that what is read of a side is at hand for its other pairs.
    for unit in units:
        for hop, of_hop in evidence.items():
            if pair := pairs[hop].get(unit):
                of_hop[unit] = _measured(pair)
            elif found := _one_sided(unit, hop, alignment, sides, document):
                of_hop[unit] = found
    return Seen(document, sides, pairs, evidence)


def _paired(
    document: Document, units: Sequence[int], sides: Sides, model: Encoder, context: Context | None
) -> dict[Hop, dict[int, Pair]]:
    """The pairs of each hop by unit, where both sides are filled."""
    links: dict[Hop, dict[int, Array | None]] = {hop: {} for hop in document.comparisons}
    for unit in units:
        for hop, of_hop in links.items():
            if (unit, hop.source) in sides and (unit, hop.target) in sides:
                of_hop[unit] = link(sides[unit, hop.source], sides[unit, hop.target], model)
    found = {}
    for hop, of_hop in links.items():
        both = [(sides[unit, hop.source], sides[unit, hop.target]) for unit in of_hop]
        taught = context.hops[hop.id].lexicon if context else None
        found[hop] = dict(zip(of_hop, paired(both, model, taught, list(of_hop.values())), strict=True))
    return found


def learn(seen: Seen, model: Encoder, judged: Judged | None) -> Context:
    """What is usual in a document of which all units were seen; what of their words, if `judged` samples them."""
    return Context(model.signature, {hop.id: _usual(hop, seen, judged) for hop in seen.document.comparisons})


def _usual(hop: Hop, seen: Seen, judged: Judged | None) -> HopContext:
    """What is usual in a hop of which all units were seen."""
    pairs = seen.pairs[hop]
    lexicon = next((pair.lexicon.telling for pair in pairs.values() if pair.lexicon), EMPTY)
    found = {name: [of_unit[name] for of_unit in seen.evidence[hop].values()] for name in METRICS}
    source, target = (language(seen.document.version(id).language).code for id in (hop.source, hop.target))
    word = None if judged is None else highlights.usual_of(pairs, judged[hop])
    return HopContext(judging.usual_of(found, (source, target)), lexicon, word)


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
