"""Omission: words of the source that nothing in the target answers to."""

from divergence.evidence import Evidence, Pair, Pointed
from divergence.metrics import uncovered


def measure(pair: Pair) -> Evidence | None:
    """What of the source lacks a counterpart; None when the encoder does not sum its tokens."""
    if (found := uncovered.measure(pair)) is None:
        return None
    text = f"No counterpart was found for these words in {pair.other}."
    return Evidence(found.features, (Pointed(pair.source.version, *found.place, text),) if found.place else ())
