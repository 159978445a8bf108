"""Every feature of every metric as one row a pair, for regressions on what people judged."""

from collections.abc import Sequence

import numpy as np

from aligners.encoders import Array, SummingEncoder
from divergence.calibration import Usual, levelled, usual
from divergence.evidence import Evidence, Pair, pairs
from divergence.metrics import LEVELLED, METRICS, evidence, meaning, modality, names, negation, quantities, uncovered
from divergence.side import plain_sides

WIDTHS = {
    "meaning": len(meaning.FEATURES), "omission": len(uncovered.FEATURES), "addition": len(uncovered.FEATURES),
    "quantities": len(quantities.FEATURES), "names": len(names.FEATURES), "negation": len(negation.FEATURES),
    "modality": len(modality.FEATURES), "length": 1,
}  # fmt: skip
# Certainties of links whose shares are counted.
BANDS = (0.3, 0.6, 0.9)


def pairs_of(texts: Sequence[tuple[str, str]], languages: tuple[str, str], encoder: SummingEncoder) -> list[Pair]:
    """Pairs of texts as the metrics see them, with the lexicon of all of them."""
    sides = [
        plain_sides(code, column, encoder) for code, column in zip(languages, zip(*texts, strict=True), strict=True)
    ]
    return pairs(list(zip(*sides, strict=True)), encoder)


def rows(found: Sequence[Pair], level: dict[str, Usual] | None = None) -> tuple[Array, dict[str, Usual]]:
    """The features of the pairs, shape (pairs, features), and what is usual among them (or given)."""
    columns: list[Array] = []
    levels: dict[str, Usual] = {}
    for name in METRICS:
        if name not in WIDTHS:
            continue
        seen = [evidence(name, pair) for pair in found]
        table = np.array([_row(one, WIDTHS[name]) for one in seen], float)
        if places := LEVELLED.get(name):
            none = Usual(np.zeros(len(places)), np.full(len(places), 1e-3))
            levels[name] = level[name] if level else usual(table[:, places], none)
            table = levelled(table, levels[name], places)
        columns += [table, np.array([[one is not None, bool(one and one.features)] for one in seen], float)]
    columns.append(np.array([_links(pair) for pair in found]))
    return np.hstack(columns), levels


def _row(one: Evidence | None, width: int) -> list[float]:
    return list(one.features) if one and one.features else [0.0] * width


def _links(pair: Pair) -> list[float]:
    """How surely words are linked, how usual the links are, and how long the sides are."""
    values: list[float] = []
    assert pair.links is not None
    known = (
        pair.lexicon.likeness(*([s.text[a:b] for a, b in s.words] for s in (pair.source, pair.target)))
        if pair.lexicon
        else pair.links
    )
    for best, axis in ((pair.best[0], 1), (pair.best[1], 0)):
        usual_links = known.max(axis=axis, initial=0.0)
        values += [float(best.mean()) if best.size else 0.0, float(usual_links.mean()) if best.size else 0.0]
        values += [float((best > band).mean()) if best.size else 0.0 for band in BANDS]
        values.append(float(np.log(best + 0.05).mean()) if best.size else 0.0)
    sizes = [len(side.words) for side in (pair.source, pair.target)]
    return [*values, np.log1p(sizes[0]), np.log1p(sizes[1]), float(np.log((sizes[1] + 1) / (sizes[0] + 1)))]
