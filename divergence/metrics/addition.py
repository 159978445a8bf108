"""Addition: words of the target that nothing in the source answers to."""

from divergence.evidence import Evidence, Pair, Pointed
from divergence.metrics import uncovered


def measure(pair: Pair) -> Evidence | None:
    """What of the target lacks a counterpart; None when the encoder does not sum its tokens."""
    if (found := uncovered.measure(pair.turned)) is None:
        return None
    text = f"Nothing in {pair.turned.other} was found for these words."
    return Evidence(found.features, (Pointed(pair.target.version, *found.place, text),) if found.place else ())
