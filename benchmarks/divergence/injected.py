"""Figures on units of three versions in which one thing was changed: what is found, named, and traced to its version."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import rankdata

from aligners.alignment import from_kinds
from corpora.units import document
from divergence import ALARM, attribute, score
from divergence.score import Attribution, Divergence

VERSIONS = ("ko", "ru", "en")
# The metric that each type of change is to be found by.
METRIC_OF = {
    "omission": "omission", "addition": "addition", "number": "quantities", "entity": "names", "negation": "negation",
    "modality": "modality", "swap": "meaning",
}  # fmt: skip
# What one version lacks, another has more: which of the two is said depends on the direction of the hop.
MIRRORED = {"omission": "addition", "addition": "omission"}
FALSE_ALARMS = 0.05
# The step that a change of these versions comes in by, and the version that stands apart.
HOP_OF = {"ko": "ko-ru", "ru+en": "ko-ru", "en": "ru-en", "ru": "detour"}
APART = {"ko": "ko", "ru+en": "ko", "en": "en", "ru": "ru"}
STEPS = {"ko-ru": "ko", "detour": "ru", "ru-en": "en"}


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit of the file with what was found in it."""

    row: dict[str, Any]
    hops: dict[str, Divergence]
    told: Attribution

    @property
    def blind(self) -> str:
        """The version that most likely stands apart, whether or not anything was alarmed."""
        steps = {hop: value for hop, value in self.told.probabilities.items() if hop in STEPS}
        return STEPS[max(steps, key=lambda hop: steps[hop])]

    def value(self, kind: str) -> float:
        """The highest value of a type's metric over all hops."""
        names = {METRIC_OF[kind], METRIC_OF.get(MIRRORED.get(kind, kind), METRIC_OF[kind])}
        return max(
            (one.metrics[name].value for one in self.hops.values() for name in names if name in one.metrics),
            default=0.0,
        )


def load(path: Path) -> list[Scored]:
    """The scored units of a file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    made = document([{v: row[v] for v in VERSIONS} for row in rows], VERSIONS)
    alignment = from_kinds(VERSIONS, ([1, 1, 1] for _ in rows), "given")
    hops: list[dict[str, Divergence]] = [{} for _ in rows]
    for one in score(made, alignment):
        hops[one.unit][one.hop] = one
    found = []
    for row, of_row in zip(rows, hops, strict=True):
        found.append(Scored(row, of_row, attribute(made, of_row)))
    return found


def strongest(hops: dict[str, Divergence]) -> str:
    """The kind of the strongest issue over the hops; without one the metric with the highest value."""
    names = set(METRIC_OF.values())
    issues = [(issue.strength, issue.kind) for one in hops.values() for issue in one.issues if issue.kind in names]
    values = [(score.value, name) for one in hops.values() for name, score in one.metrics.items() if name in names]
    return max(issues or values or [(0.0, "meaning")])[1]


def auc(found: Sequence[float], clean: Sequence[float]) -> float:
    """The chance that a found value is higher than a clean one, equal ones counting half."""
    ranks = rankdata([*found, *clean])
    return float((ranks[: len(found)].sum() - len(found) * (len(found) + 1) / 2) / (len(found) * len(clean)))


def report(path: Path) -> Iterator[str]:
    """The figures as lines of Markdown."""
    by_type: defaultdict[str, list[Scored]] = defaultdict(list)
    for one in load(path):
        by_type[one.row["type"]].append(one)
    clean, benign = by_type.pop("none"), by_type.pop("benign")
    yield "| type | metric | AUC | recall at 5 % false alarms | benign, AUC | alarms in clean units |"
    yield "|---|---|---|---|---|---|"
    for kind, units in by_type.items():
        values, usual = [one.value(kind) for one in units], [one.value(kind) for one in clean]
        bound = float(np.quantile(usual, 1 - FALSE_ALARMS))
        recall = float(np.mean([value > bound for value in values]))
        alarms = float(np.mean([value >= ALARM for value in usual]))
        yield f"| {kind} | {METRIC_OF[kind]} | {auc(values, usual):.3f} | {recall:.3f} | {auc([one.value(kind) for one in benign], usual):.3f} | {alarms:.3f} |"
    overall = [max(d.value for d in one.hops.values()) for one in clean]
    values = [max(d.value for d in one.hops.values()) for units in by_type.values() for one in units]
    yield f"| all | divergence | {auc(values, overall):.3f} | {np.mean([v > np.quantile(overall, 0.95) for v in values]):.3f} | {auc([max(d.value for d in one.hops.values()) for one in benign], overall):.3f} | |"
    changed = [one for units in by_type.values() for one in units]
    yield ""
    exact = [METRIC_OF[one.row["type"]] == strongest(one.hops) for one in changed]
    either = [strongest(one.hops) in (METRIC_OF[one.row["type"]], MIRRORED.get(one.row["type"], "")) for one in changed]
    yield f"Kind named: {np.mean(either):.3f} ({np.mean(exact):.3f} when omission and addition must be told apart)."
    blind = [one.blind == APART[one.row["version"]] for one in changed]
    told = [one.told.version == APART[one.row["version"]] for one in changed]
    yield f"Version at fault: {np.mean(blind):.3f} of all; {np.mean(told):.3f} counting units without an issue as wrong."
    single = [one for one in changed if one.row["version"] != "ru" and one.told.hop in ("ko-ru", "ru-en")]
    right = [one.told.hop == HOP_OF[one.row["version"]] for one in single]
    yield f"ko-ru against ru-en on {len(single)} detected units of a single hop: {np.mean(right):.3f}."
    detected = [one for one in changed if one.told.hop not in ("none", "unknown")]
    yield f"Hop, detour included, on {len(detected)} detected units: {np.mean([one.told.hop == HOP_OF[one.row['version']] for one in detected]):.3f}."
    for kind, units in by_type.items():
        yield f"- {kind}: named {np.mean([strongest(o.hops) in (METRIC_OF[kind], MIRRORED.get(kind, '')) for o in units]):.3f}, version {np.mean([o.blind == APART[o.row['version']] for o in units]):.3f}, with an issue {np.mean([o.told.hop != 'none' for o in units]):.3f}"
    yield f"- clean units with an issue: {np.mean([one.told.hop != 'none' for one in clean]):.3f}; benign: {np.mean([one.told.hop != 'none' for one in benign]):.3f}"
