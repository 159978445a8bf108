"""What a hop shows, heard with the two other pairs: a difference in one version shows in both of its pairs."""

from collections.abc import Mapping

import numpy as np

from divergence.weights import learnt

# Logits are heard within these bounds.
LEAST, MOST = -8.0, 6.0
# What a metric that found nothing is heard as.
ABSENT = -5.0
Hop = tuple[str, str]
# The logits of a unit, by metric and hop.
Logits = Mapping[str, Mapping[Hop, float | None]]
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
    shows less than both other pairs, in either direction, is not borne out: the third version was changed.
    """
    source, target = hop
    own = logit(name, *hop, logits)
    if between(name, *hop, logits) < min(between(name, third, end, logits) for end in hop):
        return [own, own]
    return [own, max(own, logit(name, third, target, logits), logit(name, source, third, logits))]


def between(name: str, one: str, other: str, logits: Logits) -> float:
    """The logit of a difference between two versions, in whichever direction there is more of it."""
    return max(logit(name, one, other, logits), logit(name, other, one, logits))


def heard(name: str, hop: Hop, third: str, logits: Logits) -> float:
    """The logit of a hop's difference once the third version has been heard; its own where that was not learnt."""
    record = learnt()["together"].get(name)
    if record is None:
        return logit(name, *hop, logits)
    return float(np.dot(features(name, hop, third, logits), record["weights"]) + record["bias"])
