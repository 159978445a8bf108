"""What is measured between two sides of a unit, one module a metric."""

from collections.abc import Callable

from divergence.evidence import Evidence, Pair
from divergence.metrics import (
    addition,
    length,
    meaning,
    modality,
    names,
    negation,
    omission,
    quantities,
    uncovered,
    wording,
)

# Evidence of each metric in a pair of sides, None where it does not apply.
METRICS: dict[str, Callable[[Pair], Evidence | None]] = {
    "meaning": meaning.measure,
    "omission": omission.measure,
    "addition": addition.measure,
    "quantities": quantities.measure,
    "names": names.measure,
    "negation": negation.measure,
    "modality": modality.measure,
    "wording": wording.measure,
    "length": length.measure,
}
# Features of each metric that depend on the languages and are compared with what is usual in the hop, by their place.
LEVELLED: dict[str, tuple[int, ...]] = {
    name: tuple(module.FEATURES.index(feature) for feature in module.LEVELLED)
    for name, module in (("meaning", meaning), ("omission", uncovered), ("addition", uncovered), ("length", length))
}


def evidence(name: str, pair: Pair) -> Evidence | None:
    """What a metric finds in a pair; in two sides that are the same text nothing."""
    found = METRICS[name](pair)
    return Evidence(None) if found and pair.source.text == pair.target.text else found
