"""Which step of the chain brought a difference in, by the triangle of three versions.

The version that differs from both others is the one that was changed. If it is the first, the step behind it brought
the difference in, and all later versions follow; if it is the last, the last step did; if it is the middle one, the last
version is true to the first again: a detour. Two versions alone cannot tell which of them departs.
"""

from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

import numpy as np

from aligners.encoders import Array
from corpora.document import Document
from corpora.languages import language
from divergence.chain.together import TURNED, Hop, Logits, logit
from divergence.chain.triangle import KINDS
from divergence.score import Attribution, Divergence

# What a difference in all three pairs is worth beside one version standing apart: the logit from which it counts.
SEVERAL = 0.0
# How the pairs of a version, and the pair without it, point at it for kinds that this was not learnt for.
PAIR, ACROSS = 0.5, -1.0
Triple = tuple[str, str, str]


def attribute(document: Document, hops: Mapping[str, Divergence], kind: str | None = None) -> Attribution:
    """What brought the differences of a unit in: those of one kind, or whichever explains all pairs best.

    Args:
        document: the document.
        hops: the unit's divergence by hop.
        kind: a metric, whether or not it is an issue; any kind if none is given.
    """
    chain = document.chain(document.versions[-1].id)
    issues = [issue for one in hops.values() for issue in one.issues]
    if not issues and kind is None:
        return Attribution("none", None, _without_issue(chain, hops), "No difference is large enough for an alarm.")
    if len(chain) < 3:
        names = " and ".join(language(document.version(id).language).name for id in (v.id for v in document.versions))
        told = f"With {names} alone it cannot be told which of them departs from the text they come from."
        return Attribution("unknown", None, {"unknown": 1.0}, told + _of_placeholders(document, chain))
    strongest = kind or max(issues, key=lambda issue: issue.strength).kind
    kinds = {kind} if kind else set(KINDS)
    alarmed = {
        version
        for hop in document.comparisons
        if hop.id in hops and hops[hop.id].issues
        for version in (hop.source, hop.target)
    }
    probabilities, versions = _along(strongest, kinds, chain, hops, _logits(document, hops), alarmed)
    hop = max(probabilities, key=lambda name: probabilities[name])
    told = _told(document, hop, versions.get(hop), probabilities[hop])
    return Attribution(hop, versions.get(hop), probabilities, told + _of_placeholders(document, chain))


def _without_issue(chain: Sequence[str], hops: Mapping[str, Divergence]) -> dict[str, float]:
    """The probability of there being no difference, and of what brought one in that was overlooked."""
    if not hops:
        return {"none": 1.0}
    if len(chain) < 3:
        values = (s.value for one in hops.values() for name, s in one.metrics.items() if name in KINDS)
        loudest = max(values, default=0.0)
        return {"none": 1 - loudest, "unknown": loudest}
    none = 1.0
    for triple in triples(chain):
        found = _scores(triple, hops)
        none *= 1.0 if found is None else 1 / (1 + float(np.exp(found).sum()))
    probabilities, _ = _along("meaning", set(KINDS), chain, hops, {}, frozenset())
    return {"none": none} | {hop: (1 - none) * value for hop, value in probabilities.items()}


def triples(chain: Sequence[str]) -> list[Triple]:
    """The first version with every two neighbours behind it, from the end."""
    return [(chain[0], before, last) for before, last in reversed(list(pairwise(chain[1:])))]


def _scores(triple: Triple, hops: Mapping[str, Divergence]) -> Array | None:
    """The scores of the kinds in each of three versions, None where a version has nothing."""
    found = (one.triangles[triple] for one in hops.values() if triple in one.triangles)
    return next((np.array(scores) for scores in found), None)


def _logits(document: Document, hops: Mapping[str, Divergence]) -> dict[str, dict[Hop, float | None]]:
    """The logits of each metric by hop."""
    found: dict[str, dict[Hop, float | None]] = {}
    for hop in document.comparisons:
        for name, score in hops[hop.id].metrics.items() if hop.id in hops else ():
            found.setdefault(name, {})[hop.source, hop.target] = score.own
    return found


def _along(
    strongest: str,
    kinds: Set[str],
    chain: Sequence[str],
    hops: Mapping[str, Divergence],
    logits: Logits,
    alarmed: Set[str],
) -> tuple[dict[str, float], dict[str, str]]:
    """The probability of every step, detour and of several, and the version that stands apart in each.

    Every triangle of the first version and two neighbours is asked in turn, from the end: what is not the last step's,
    nor a detour of the one before, was there already. Only versions with an issue between them and another are blamed.
    """
    first, left = chain[0], 1.0
    probabilities = {"several": 0.0}
    versions: dict[str, str] = {}
    for triple in triples(chain):
        _, before, last = triple
        shares = _possible(_blame(strongest, kinds, triple, _scores(triple, hops), logits), alarmed)
        several = left * _several(strongest, triple, logits)
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


def _blame(strongest: str, kinds: Set[str], triple: Triple, scores: Array | None, logits: Logits) -> dict[str, float]:
    """The probability of each of three versions being the one that was changed, if one was."""
    learnt = [row for row, kind in enumerate(KINDS) if kind in kinds or TURNED.get(kind) in kinds]
    if scores is not None and learnt and strongest in KINDS:
        values = np.exp(scores[learnt] - scores[learnt].max()).sum(axis=0)
    else:
        # What a version lacks the others have: both directions count.
        ways = (strongest, TURNED[strongest]) if strongest in TURNED else (strongest,)
        values = np.exp([
            max(
                PAIR * sum(logit(way, version, other, logits) for other in triple if other != version)
                + ACROSS * _across(version, triple, strongest, logits)
                for way in ways
            )
            for version in triple
        ])  # fmt: skip
    return dict(zip(triple, (values / values.sum()).tolist(), strict=True))


def _possible(shares: Mapping[str, float], alarmed: Set[str]) -> dict[str, float]:
    """The shares of the alarmed versions alone, if there are any."""
    left = {version: share if version in alarmed else 0.0 for version, share in shares.items()}
    total = sum(left.values())
    return {version: share / total for version, share in left.items()} if total else dict(shares)


def _across(version: str, triple: Triple, kind: str, logits: Logits) -> float:
    """The logit of a difference between the two other versions, in either direction."""
    one, other = (v for v in triple if v != version)
    return max(logit(kind, one, other, logits), logit(kind, other, one, logits))


def _several(kind: str, triple: Triple, logits: Logits) -> float:
    """How likely all three pairs differ on their own."""
    if not logits:
        return 0.0
    pairs = (_across(version, triple, kind, logits) for version in triple)
    return float(np.prod([1 / (1 + np.exp(SEVERAL - value)) for value in pairs]))


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
