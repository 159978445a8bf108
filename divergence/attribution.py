"""Which step of the chain brought a difference in, by the triangle of three versions.

The version that differs from both others is the one that was changed. If it is the first, the step behind it brought
the difference in, and all later versions follow; if it is the last, the last step did; if it is the middle one, the last
version is true to the first again: a detour. Two versions alone cannot tell which of them departs.
"""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from corpora.document import Document
from corpora.languages import language
from divergence.score import Attribution, Divergence
from divergence.together import Hop, blame, logit

# What a difference in all three pairs is worth beside one version standing apart: the logit from which it counts.
SEVERAL = 0.0


def attribute(document: Document, hops: Mapping[str, Divergence], kind: str | None = None) -> Attribution:
    """What brought the differences of a unit in: those of one kind, or its strongest.

    Args:
        document: the document.
        hops: the unit's divergence by hop.
        kind: a metric, whether or not it is an issue; the kind of the strongest issue if none is given.
    """
    chain = document.chain(document.versions[-1].id)
    issues = [issue for one in hops.values() for issue in one.issues]
    if not issues and kind is None:
        return Attribution("none", None, {"none": 1.0}, "No difference was found.")
    if len(chain) < 3:
        names = " and ".join(language(document.version(id).language).name for id in (v.id for v in document.versions))
        told = f"With {names} alone it cannot be told which of them departs from the text they come from."
        return Attribution("unknown", None, {"unknown": 1.0}, told + _of_placeholders(document, chain))
    kind = kind or max(issues, key=lambda issue: issue.strength).kind
    probabilities, versions = _along(kind, chain, _logits(document, hops))
    hop = max(probabilities, key=lambda name: probabilities[name])
    told = _told(document, hop, versions.get(hop), probabilities[hop])
    return Attribution(hop, versions.get(hop), probabilities, told + _of_placeholders(document, chain))


def _logits(document: Document, hops: Mapping[str, Divergence]) -> dict[str, dict[Hop, float | None]]:
    """The logits of each metric by hop."""
    found: dict[str, dict[Hop, float | None]] = {}
    for hop in document.comparisons:
        for name, score in hops[hop.id].metrics.items() if hop.id in hops else ():
            found.setdefault(name, {})[hop.source, hop.target] = score.own
    return found


def _along(
    kind: str, chain: tuple[str, ...], logits: Mapping[str, Mapping[Hop, float | None]]
) -> tuple[dict[str, float], dict[str, str]]:
    """The probability of every step, detour and of several, and the version that stands apart in each.

    Every triangle of the first version and two neighbours is asked in turn, from the end: what is not the last step's,
    nor a detour of the one before, was there already.
    """
    first, left = chain[0], 1.0
    probabilities = {"several": 0.0}
    versions: dict[str, str] = {}
    for before, last in reversed(list(pairwise(chain[1:]))):
        shares = blame(kind, (first, before, last), logits)
        pairs = [
            max(logit(kind, a, b, logits), logit(kind, b, a, logits))
            for a, b in ((first, before), (before, last), (first, last))
        ]
        several = left * float(np.prod([1 / (1 + np.exp(SEVERAL - value)) for value in pairs]))
        probabilities["several"] += several
        left -= several
        step = f"{before}-{last}"
        probabilities[step], versions[step] = left * shares[last], last
        if left * shares[before] > probabilities.get("detour", 0.0):
            versions["detour"] = before
        probabilities["detour"] = probabilities.get("detour", 0.0) + left * shares[before]
        left *= shares[first]
    probabilities[f"{first}-{chain[1]}"], versions[f"{first}-{chain[1]}"] = left, first
    return probabilities, versions


def _told(document: Document, hop: str, version: str | None, probability: float) -> str:
    names = {v.id: language(v.language).name for v in document.versions}
    sure = f" (probability {probability:.0%})"
    if hop == "several":
        return f"It differs in several places: no two versions agree{sure}."
    if hop == "detour" and version:
        return f"The {names[version]} departs here, and the last version is true to the first again{sure}."
    source, target = next((one.source, one.target) for one in document.comparisons if one.id == hop)
    return f"It came in between the {names[source]} and the {names[target]}{sure}."


def _of_placeholders(document: Document, chain: tuple[str, ...]) -> str:
    held = [language(document.version(id).language).name for id in chain if document.version(id).is_placeholder]
    if not held:
        return ""
    return f" This speaks of the {' and the '.join(held)} placeholder{'s' * (len(held) > 1)}, not of an archival text."
