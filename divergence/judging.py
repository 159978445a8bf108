"""Evidence -> logits: what the features of each metric say, beside what is usual in the hop."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from divergence.calibration import Usual, levelled, usual
from divergence.chain.together import ABSENT, LEAST, MOST
from divergence.evidence import Evidence, Pair
from divergence.metrics import LEVELLED, evidence
from divergence.weights import judge_of, learnt

# Two metrics see the same features from either side.
JUDGES = {"omission": "uncovered", "addition": "uncovered"}
# Spreads beside the usual ratio at which a length is as likely an outlier as not, and over which that changes.
TURN, WIDTH = 3.5, 0.8

# Metrics too rough to count for the whole.
APART = frozenset(("length",))
# The features of a side that has no counterpart at all.
WHOLE = ()
# How little a loaded word may be answered before it is more likely than not that the other side is plain.
PLAIN, STEP = 0.55, 0.12


def usual_of(found: Mapping[str, Iterable[Evidence | None]], languages: tuple[str, str]) -> dict[str, Usual]:
    """What is usual in a hop for the features of each metric that are compared with it.

    Args:
        found: the evidence of every pair of the hop by metric; None where a metric does not apply.
        languages: codes of source and target.
    """
    levels = {}
    for name, places in LEVELLED.items():
        rows = [one.features for one in found.get(name, ()) if one and one.features]
        table = np.array(rows, float)[:, places] if rows else np.zeros((0, len(places)))
        levels[name] = usual(table, prior(name, languages))
    return levels


def logits(name: str, found: Mapping[int, Evidence | None], levels: Mapping[str, Usual]) -> dict[int, float | None]:
    """The logit of a difference for every unit of a hop where the metric applies; None where it found nothing.

    Args:
        name: a metric.
        found: its evidence by unit; None where it does not apply.
        levels: what is usual in the hop, as `usual_of` gives it.
    """
    told = {unit: one.features for unit, one in found.items() if one is not None}
    values: dict[int, float | None] = {unit: MOST if features == WHOLE else None for unit, features in told.items()}
    units = [unit for unit, features in told.items() if features]
    if units:
        rows = np.array([told[unit] for unit in units], float)
        if places := LEVELLED.get(name):
            rows = levelled(rows, levels[name], places)
        values |= dict(zip(units, judged(name, rows), strict=True))
    for unit, one in found.items():
        if one and one.sure is not None:
            values[unit] = max(one.sure, values[unit] or one.sure)
    return values


def alone(name: str, pair: Pair) -> tuple[float, Evidence] | None:
    """What a metric says of a single pair, and its evidence, with no document around it; None where it does not apply."""
    found = evidence(name, pair)
    if found is None:
        return None
    languages = pair.source.language.code, pair.target.language.code
    return value(logits(name, {0: found}, usual_of({name: [found]}, languages))[0], ()), found


def value(own: float | None, heard: Sequence[float]) -> float:
    """What a metric says of a hop, 0..1: 0 where it found nothing, one half where an issue begins.

    Args:
        own: the logit of the hop's own evidence.
        heard: the same once a third version has been heard, for each such version.
    """
    if own is None:
        return 0.0
    if own >= MOST:
        return 1.0
    logit = sum(heard) / len(heard) if heard else own
    return float(1 / (1 + np.exp(-logit)))


def overall(values: Mapping[str, float]) -> float:
    """One number from the values of all metrics, 0..1; 0 where all of them are 0.

    It is the probability of there being some difference, as if each metric spoke for another: little below the loudest.
    What meaning, omission and addition say below an alarm counts too, graded.
    """
    if not any(values.values()):
        return 0.0
    if max(values.get("omission", 0.0), values.get("addition", 0.0)) >= 1:
        return 1.0
    record = learnt()["overall"]
    grade = record["bias"] + sum(share * _logit(values.get(name, 0.0)) for name, share in record["graded"].items())
    same = 1 - 1 / (1 + np.exp(-grade))
    for name, value in values.items():
        if name not in APART:
            same *= 1 - value ** record["power"]
    return float(1 - same)


def _logit(value: float) -> float:
    """The bounded logit of a value."""
    if value <= 0:
        return ABSENT
    return float(np.clip(np.log(value) - np.log1p(-value), LEAST, MOST)) if value < 1 else MOST


def judged(name: str, rows: np.ndarray) -> list[float]:
    """The logits of rows of features, levelled; half of the pairs at 0 differ as the metric was taught."""
    if name == "length":
        return [float(value) for value in (np.abs(rows[:, 0]) - TURN) / WIDTH]
    if name == "wording":
        return [float(value) for value in (rows[:, 0] - PLAIN) / STEP]
    judge = JUDGES.get(name, name)
    return [float(value) for value in judge_of(judge).logits(rows) - learnt()["alarm"][judge]]


def prior(name: str, languages: tuple[str, str]) -> Usual:
    """What is usual between two languages, or between any where that was not learnt."""
    priors = learnt()["usual"][JUDGES.get(name, name)]
    way = languages if name != "addition" else languages[::-1]
    level, spread = priors.get("-".join(way), priors["any"])
    return Usual(np.array(level), np.array(spread))
