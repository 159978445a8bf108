"""What three versions say together: a difference in one of them shows in both of its pairs and not in the third.

A hop's own evidence is heard with that of the two other pairs; then the versions are weighed against each other: which
of them, if it alone were changed, explains what the three pairs show.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from divergence.weights import learnt

# Logits are heard within these bounds.
LEAST, MOST = -8.0, 6.0
# What a metric that found nothing is heard as.
ABSENT = -5.0
Hop = tuple[str, str]
# The logits of a unit, by metric and hop.
Logits = Mapping[str, Mapping[Hop, float | None]]
# How the pairs point at the changed version where that was not learnt.
EQUAL = (0.5, 0.5, -1.0)
# Metrics that see one direction, and the one that sees the other.
TURNED = {"omission": "addition", "addition": "omission"}


def logit(name: str, source: str, target: str, logits: Logits) -> float:
    """The bounded logit of a metric between two versions, whichever of them the hop begins with."""
    of_hop = logits.get(name, {})
    if (source, target) not in of_hop:
        name, source, target = TURNED.get(name, name), target, source
    value = logits.get(name, {}).get((source, target))
    return ABSENT if value is None else float(np.clip(value, LEAST, MOST))


def features(name: str, hop: Hop, third: str, logits: Logits) -> list[float]:
    """A hop's logit, and the higher of those that bear it out if one of its versions was changed.

    What the source has more than the target it has more than the third version, or the third has it too. A hop that
    shows less than either other pair is not borne out: the third version was changed.
    """
    source, target = hop
    others = logit(name, third, target, logits), logit(name, source, third, logits)
    own = logit(name, *hop, logits)
    return [own, max(others) if own >= min(others) else own]


def heard(name: str, hop: Hop, third: str, logits: Logits) -> float:
    """The logit of a hop's difference once the third version has been heard; its own where that was not learnt."""
    record = learnt()["together"].get(name)
    if record is None:
        return logit(name, *hop, logits)
    return float(np.dot(features(name, hop, third, logits), record["weights"]) + record["bias"])


def fault(name: str, version: str, others: Sequence[str], logits: Logits) -> list[float]:
    """What speaks for this version being the changed one: the logits of its two pairs, the higher first, and that of
    the pair without it.
    """
    ways = (name, TURNED[name]) if name in TURNED else (name,)
    pairs = [sorted((logit(way, version, other, logits) for other in others), reverse=True) for way in ways]
    one, other = others
    return [*max(pairs, key=sum), max(logit(way, one, other, logits) for way in ways)]


def blame(name: str, versions: Sequence[str], logits: Logits) -> dict[str, float]:
    """The probability of each of three versions being the one that was changed, if one was."""
    weights = learnt()["fault"].get(name, EQUAL)
    values = np.array([
        np.dot(fault(name, version, [v for v in versions if v != version], logits), weights) for version in versions
    ])  # fmt: skip
    values = np.exp(values - values.max())
    return dict(zip(versions, (values / values.sum()).tolist(), strict=True))
