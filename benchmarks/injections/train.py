"""Learns the weights of the divergence metrics from changes made to clean texts.

    python -m benchmarks.injections.train GOLD_FOLDER [--without UNITS.jsonl] [-o divergence/weights.json]

Clean texts are the gold units of three filled sides in the folder's documents, sentences and paragraphs. In a share of
them one thing is changed (`benchmarks/injections/inject.py`); a pair of versions of which one was changed is an example of a
difference, a pair of clean ones is none. Units that share a text with UNITS.jsonl, or a part of one, are left out, so
that it can be measured on.
"""

import argparse
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from aligners import encoders
from aligners.encoders import Array, Encoder, SummingEncoder
from aligners.transliteration import likeness
from benchmarks.injections.examples import (
    HOPS,
    SETS,
    VERSIONS,
    Example,
    clean_units,
    examples,
)
from benchmarks.injections.inject import KINDS
from benchmarks.injections.logistic import PULL, fitted, judge_of
from divergence import weights
from divergence.calibration import Usual, levelled, usual
from divergence.chain import together, triangle
from divergence.chain.triangle import Triangle
from divergence.evidence import Evidence
from divergence.metrics import LEVELLED, METRICS, meaning, modality, names, negation, quantities, uncovered
from divergence.side import Side
from divergence.weights import Judge

# Its features say much the same, and what they share counts.
PULL_OF = {"uncovered": 35.0}
# The share of clean units that a metric may alarm, and of clean pairs before the third version is heard.
FALSE_ALARMS = 0.025
# Translations of clean texts do leave out and add; an omission and an addition may be alarmed as often as this.
FALSE_OMISSIONS = 0.12
# Features of the metrics that are fitted, and those whose products are used too.
FITTED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "meaning": (meaning.FEATURES, ()),
    "uncovered": (uncovered.FEATURES, ()),
    "quantities": (quantities.FEATURES, ()),
    "names": (names.FEATURES, names.CROSSED),
    "negation": (negation.FEATURES, ()),
    "modality": (modality.FEATURES, ()),
}
# Pull to zero of the weights by which a kind of change is told from what its own metric says, and from the others.
PULL_OWN, PULL_OTHERS = 10.0, 1000.0
# Features that a kind's own metric gives, where they have other names.
OWN = {"omission": ("more", "less", "words"), "addition": ("more", "less", "words")}
# How the values join: their power, and what the logits of some count for below an alarm. Chosen so that the changed units
# are told from the clean ones, and half of REFreSD as people judged it.
OVERALL = {"power": 2, "bias": 2.0, "graded": {"meaning": 0.6, "omission": 0.3, "addition": 0.3}}
# How many changed units a clean one counts as.
CLEAN = 2.0
Logits = Mapping[str, Mapping[tuple[str, str], Sequence[float | None]]]
# How alike the name that was taken out and its counterpart on the other side sound at least.
SAME_NAME = 0.6


def name_judge(found: Iterable[Example]) -> Judge:
    """What tells a name that has been replaced on the other side from one that has not."""
    rows, differs = [], []
    for one in found:
        for hop, pair in one.pairs.items():
            for way in (pair, pair.turned) if one.made.kind in ("", "names") else ():
                known = names.find(way)
                if not one.made.kind:
                    rows += [name.features for name in known]
                    differs += [False] * len(known)
                elif one.differs(hop) and (row := _replaced(one, way.source, known)):
                    rows.append(row)
                    differs.append(True)
    return judge_of(names.OF_A_NAME, names.CROSSED_OF_A_NAME, np.array(rows), np.array(differs))


def _replaced(one: Example, source: Side, known: Sequence[names.Name]) -> tuple[float, ...] | None:
    """What is known of the name that was put in, or of the counterpart of the one that was taken out."""
    old, new = one.before[one.made.version], one.made.texts[one.made.version]
    start = len(_shared(old, new))
    while start and new[start - 1].isalpha():
        start -= 1
    if source.version == one.made.version:
        return next((name.features for name in known if name.start <= start < name.stop), None)
    gone = old[start : len(old) - len(_shared(old[start:][::-1], new[start:][::-1]))]
    if not known or len(gone) < 2:
        return None
    alike = likeness([gone], [source.text[name.start : name.stop] for name in known])[0]
    return known[int(alike.argmax())].features if alike.max() >= SAME_NAME else None


def _shared(one: str, other: str) -> str:
    """What two texts begin with."""
    count = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:count]


def measured(found: Sequence[Example], by_name: Judge) -> dict[str, dict[tuple[str, str], list[Evidence | None]]]:
    """The evidence of every metric and hop, in the order of the examples."""
    rows: dict[str, dict[tuple[str, str], list[Evidence | None]]] = {name: {} for name in METRICS}
    for hop in HOPS:
        for name, metric in METRICS.items():
            rows[name][hop] = [
                names.measure(one.pairs[hop], by_name) if name == "names" else metric(one.pairs[hop]) for one in found
            ]
    return rows


def levels(
    name: str, found: Sequence[Example], rows: Mapping[tuple[str, str], Sequence[Evidence | None]]
) -> dict[tuple[str, tuple[str, str]], Usual]:
    """What is usual in each set and hop, of its clean units."""
    places = list(LEVELLED[name])
    none = Usual(np.zeros(len(places)), np.full(len(places), 1e-3))
    return {
        (group, hop): usual(
            np.array([
                evidence.features for one, evidence in zip(found, rows[hop], strict=True)
                if one.set == group and not one.made.kind and evidence and evidence.features
            ])[:, places], none,
        )
        for group in SETS
        for hop in HOPS
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """What the metrics see in the examples: features by metric and hop, in their order, and what is usual."""

    examples: Sequence[Example]
    by_name: Judge
    usual: Mapping[str, Mapping[str, Sequence[Sequence[float]]]]
    features: Mapping[str, Mapping[tuple[str, str], Sequence[Array | None]]]
    evidence: Mapping[str, Mapping[tuple[str, str], Sequence[Evidence | None]]]


def measure(found: Sequence[Example]) -> Measured:
    """The features of the examples, those that depend on the languages beside what is usual."""
    by_name = name_judge(found)
    rows = measured(found, by_name)
    usual_in: dict[str, dict[str, list[list[float]]]] = {}
    scaled: dict[str, dict[tuple[str, str], list[Array | None]]] = {}
    for name in METRICS:
        level = levels(name, found, rows[name]) if name in LEVELLED else {}
        scaled[name] = {hop: _scaled(name, found, rows[name][hop], hop, level) for hop in HOPS}
        if level:
            known = usual_in.setdefault("uncovered" if name in together.TURNED else name, {})
            known.update(_priors(name, level))
    for record in usual_in.values():
        record["any"] = [
            [round(float(v), 5) for v in np.mean([one[k] for one in record.values()], axis=0)] for k in (0, 1)
        ]
    return Measured(found, by_name, usual_in, scaled, rows)


def teach(seen: Measured) -> dict[str, Any]:
    """Everything that is learnt from the examples, as plain values."""
    found, scaled = seen.examples, seen.features
    judges = {"name": seen.by_name}
    alarm = {}
    for name, (features, crossed) in FITTED.items():
        known_rows, differs = _labelled(name, found, scaled)
        judges[name] = judge_of(features, crossed, known_rows, differs, PULL_OF.get(name, PULL))
        alarm[name] = _alarm(judges[name].logits(known_rows)[~differs], found, len(_taught(name)))
    logits = _logits(found, scaled, judges, alarm)
    return {
        "judges": {name: judge.record for name, judge in judges.items()},
        "alarm": {name: round(value, 5) for name, value in alarm.items()},
        "usual": seen.usual,
        "together": {name: _together(name, found, logits) for name in logits},
        "triangle": taught_triangle(seen, logits),
        "overall": OVERALL,
    }


def _scaled(
    name: str, found: Sequence[Example], rows: Sequence[Evidence | None], hop: tuple[str, str],
    level: Mapping[tuple[str, tuple[str, str]], Usual],
) -> list[Array | None]:  # fmt: skip
    """The features of a metric over a hop, those that depend on the languages beside what is usual."""
    values: list[Array | None] = []
    for one, evidence in zip(found, rows, strict=True):
        if evidence is None or evidence.features is None:
            values.append(None)
        else:
            row = np.array([evidence.features], float)
            values.append((levelled(row, level[one.set, hop], LEVELLED[name]) if level else row)[0])
    return values


def _labelled(
    name: str, found: Sequence[Example], scaled: Mapping[str, Mapping[tuple[str, str], Sequence[Array | None]]]
) -> tuple[Array, Array]:
    """The features that a judge is taught by, and which of them are of a difference."""
    rows, differs = [], []
    for metric, kinds in _taught(name):
        for hop in HOPS:
            for one, row in zip(found, scaled[metric][hop], strict=True):
                if row is not None and (not one.made.kind or (one.differs(hop) and _shows(one, hop, metric, kinds))):
                    rows.append(row)
                    differs.append(bool(one.made.kind))
    return np.array(rows), np.array(differs)


def _alarm(clean: Array, found: Sequence[Example], ways: int) -> float:
    """The logit that the allowed share of clean pairs exceeds; those in which a metric finds nothing are clean too."""
    pairs = sum(not one.made.kind for one in found) * len(HOPS) * ways
    return float(np.quantile(clean, max(0.5, 1 - FALSE_ALARMS * pairs / len(clean))))


def _logits(
    found: Sequence[Example], scaled: Mapping[str, Mapping[tuple[str, str], Sequence[Array | None]]],
    judges: Mapping[str, Judge], alarm: Mapping[str, float],
) -> dict[str, dict[tuple[str, str], list[float | None]]]:  # fmt: skip
    """The logits of every fitted metric by hop, in the order of the examples."""
    values: dict[str, dict[tuple[str, str], list[float | None]]] = {}
    for name in METRICS:
        judge = "uncovered" if name in together.TURNED else name
        if judge in alarm:
            values[name] = {
                hop: [
                    None if row is None else float(judges[judge].logits(row[None])[0]) - alarm[judge]
                    for row in scaled[name][hop]
                ]
                for hop in HOPS
            }
    return values


def _of_unit(
    logits: Mapping[str, Mapping[tuple[str, str], Sequence[float | None]]], place: int
) -> dict[str, dict[tuple[str, str], float | None]]:
    return {name: {hop: values[place] for hop, values in hops.items()} for name, hops in logits.items()}


def _together(
    name: str, found: Sequence[Example], logits: Mapping[str, Mapping[tuple[str, str], Sequence[float | None]]]
) -> dict[str, Any]:
    """How a hop's logit is heard with those of the other pairs; the allowed share of clean units is alarmed."""
    kinds = ("omission", "addition") if name in together.TURNED else (name,)
    rows, differs, unit = [], [], []
    for place, one in enumerate(found):
        if one.made.kind and one.made.kind not in kinds:
            continue
        of_unit = _of_unit(logits, place)
        for metric, hop in itertools.product(kinds, HOPS):
            # A pair without the version that was changed is as clean as one of a clean unit.
            changed = bool(one.made.kind) and one.differs(hop)
            if logits[metric][hop][place] is not None and (not changed or _shows(one, hop, metric, kinds)):
                third = next(version for version in VERSIONS if version not in hop)
                rows.append(together.features(metric, hop, third, of_unit))
                differs.append(changed)
                unit.append(place)
    values = fitted(np.array(rows), np.array(differs))
    heard = np.array(rows) @ values[:-1]
    highest = {place: -np.inf for place, one in enumerate(found) if not one.made.kind}
    for place, logit in zip(unit, heard.tolist(), strict=True):
        if place in highest:
            highest[place] = max(highest[place], logit)
    share = FALSE_OMISSIONS if name in together.TURNED else FALSE_ALARMS
    bound = float(np.quantile(list(highest.values()), 1 - share, method="higher"))
    return {"weights": [round(float(v), 5) for v in values[:-1]], "bias": round(-bound, 5)}


def taught_triangle(seen: "Measured", logits: Logits) -> dict[str, Any]:
    """How the three pairs point at the kind of change and at the version that was changed.

    A kind is told by its own metric; what the others say counts for little.
    """
    rows, kinds, versions = [], [], []
    for place, one in enumerate(seen.examples):
        of_unit = {name: {hop: values[place] for hop, values in hops.items()} for name, hops in seen.evidence.items()}
        rows.append(Triangle(VERSIONS, one.pairs, of_unit, _of_unit(logits, place)).features)
        kinds.append(triangle.KINDS.index(one.made.kind) if one.made.kind else -1)
        versions.append(VERSIONS.index(one.made.version) if one.made.kind else 0)
    table = np.array(rows)
    mean, spread = table.mean(axis=(0, 1)), table.std(axis=(0, 1)) + 1e-6
    weights, bias = _softmax((table - mean) / spread, np.array(kinds), np.array(versions))
    return {
        "features": list(triangle.FEATURES), "mean": _rounded(mean), "spread": _rounded(spread),
        "weights": {kind: _rounded(row) for kind, row in zip(triangle.KINDS, weights, strict=True)},
        "bias": dict(zip(triangle.KINDS, _rounded(bias), strict=True)),
    }  # fmt: skip


def _softmax(rows: Array, kinds: Array, versions: Array) -> tuple[Array, Array]:
    """Weights and biases of every kind, fitted to the kind and version changed; no change scores 0."""
    units, sides, width = rows.shape
    count = len(triangle.KINDS)
    pull = np.array([
        [PULL_OWN if feature.split(":")[0] in OWN.get(kind, (kind,)) else PULL_OTHERS for feature in triangle.FEATURES]
        for kind in triangle.KINDS
    ])  # fmt: skip
    right = np.where(kinds < 0, count * sides, kinds * sides + versions)
    share = np.where(kinds < 0, CLEAN, 1.0)

    def loss(values: Array) -> tuple[float, Array]:
        weights, bias = values[:-count].reshape(count, width), values[-count:]
        found = (np.einsum("uvf,kf->ukv", rows, weights, optimize=True) + bias[:, None]).reshape(units, -1)
        found = np.hstack([found, np.zeros((units, 1))])
        found -= found.max(axis=1, keepdims=True)
        chances = np.exp(found)
        chances /= chances.sum(axis=1, keepdims=True)
        total = -(share * np.log(chances[np.arange(units), right])).sum() + 0.5 * (pull * weights**2).sum()
        chances[np.arange(units), right] -= 1
        slope = (chances * share[:, None])[:, :-1].reshape(units, count, sides)
        turned = np.einsum("ukv,uvf->kf", slope, rows, optimize=True) + pull * weights
        return float(total), np.concatenate([turned.ravel(), slope.sum(axis=(0, 2))])

    start = np.zeros(count * width + count)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 600}).x
    return best[:-count].reshape(count, width), best[-count:]


def _rounded(values: Array) -> list[float]:
    return [round(float(value), 5) for value in values]


def _priors(name: str, level: Mapping[tuple[str, tuple[str, str]], Usual]) -> dict[str, list[list[float]]]:
    """What is usual between two languages, the mean of the sets; additions are omissions the other way round."""
    found = {}
    for hop in HOPS:
        of_sets = [level[group, hop] for group in SETS]
        way = hop if name != "addition" else hop[::-1]
        found["-".join(way)] = [
            [round(float(v), 5) for v in np.mean([one.level for one in of_sets], axis=0)],
            [round(float(v), 5) for v in np.mean([one.spread for one in of_sets], axis=0)],
        ]
        if name not in ("omission", "addition"):
            # Lengths turn round with the languages, what is alike does not.
            sign = -1 if name == "length" else 1
            found["-".join(hop[::-1])] = [[sign * v for v in found["-".join(hop)][0]], found["-".join(hop)][1]]
    return found


def _taught(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The metrics that a judge is taught by, and the kinds of change that they are to show."""
    if name == "uncovered":
        return ("omission", ("omission", "addition")), ("addition", ("omission", "addition"))
    return ((name, (name,)),)


def _shows(one: Example, hop: tuple[str, str], metric: str, kinds: Sequence[str]) -> bool:
    """True when this change is a difference of this metric over this hop."""
    if one.made.kind not in kinds:
        return False
    if metric not in ("omission", "addition"):
        return True
    lacking = one.made.version == (hop[1] if metric == "omission" else hop[0])
    return lacking == (one.made.kind == "omission")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--without", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=weights.WEIGHTS)
    options = parser.parse_args()
    encoder = encoders.load()
    assert isinstance(encoder, SummingEncoder)
    units = clean_units(options.folder, options.without)
    found = examples(units, encoder)
    write(teach(measure(found)), found, encoder, options.output)


def write(taught: Mapping[str, Any], found: Sequence[Example], encoder: Encoder, path: Path) -> None:
    """Writes what was learnt with the command, the encoder and the number of examples."""
    record = {
        "command": "python -m benchmarks.injections.train GOLD_FOLDER --without UNITS.jsonl",
        "encoder": encoder.signature,
        "clean units": sum(not one.made.kind for one in found),
        "changed units": {kind: sum(one.made.kind == kind for one in found) for kind in KINDS},
        **taught,
    }
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
