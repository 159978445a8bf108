"""Modality: one side obliges where the other permits, or only one does either.

Source: cues of obligation and possibility, tied to the words they stand with by the links between words.
"""

import numpy as np

from divergence.evidence import HINT, Evidence, Pair, Pointed
from divergence.metrics.cues import Cue, answers, cues

FEATURES = (
    "shifted", "obligation unanswered", "possibility unanswered", "opposite differences", "obligations differ",
    "possibilities differ", "cues",
)  # fmt: skip
Cues = tuple[list[Cue], list[Cue]]


def measure(pair: Pair) -> Evidence | None:
    """Obligations and possibilities without counterpart; None without cues or without a list."""
    if not (pair.source.language.obligation and pair.target.language.obligation):
        return None
    left, right = (
        (cues(s, s.language.obligation), cues(s, s.language.possibility)) for s in (pair.source, pair.target)
    )
    if not any((*left, *right)):
        return None
    alone = _alone(pair, left, right), _alone(pair.turned, right, left)
    differ = [len(a) - len(b) for a, b in zip(left, right, strict=True)]
    shifted = max(_shifted(pair, left, right), _shifted(pair.turned, right, left))
    unanswered = [max((*alone[0][kind], *alone[1][kind]), default=0.0) for kind in (0, 1)]
    features = (
        shifted, *unanswered, float(differ[0] * differ[1] < 0), min(abs(differ[0]), 3), min(abs(differ[1]), 3),
        min(sum(map(len, (*left, *right))), 8) / 8,
    )  # fmt: skip
    pointed = []
    for side, other, found, lacks in (
        (pair.source, pair.other, left, alone[0]),
        (pair.target, pair.turned.other, right, alone[1]),
    ):
        for verb, own, values in zip(("obliges", "permits"), found, lacks, strict=True):
            for cue, value in zip(own, values, strict=True):
                if value > HINT:
                    quote = side.text[cue.start : cue.stop].strip()
                    text = f'"{quote}" {verb}; the counterpart in {other} does not.'
                    pointed.append(Pointed(side.version, cue.start, cue.stop, text, value))
    return Evidence(features, tuple(pointed))


def _alone(pair: Pair, own: Cues, others: Cues) -> tuple[list[float], list[float]]:
    """How little each obligation and each possibility of the source is answered by one of its kind."""
    obliges, permits = (
        list(1 - np.asarray(answers(pair, a, b)).max(axis=1, initial=0.0)) for a, b in zip(own, others, strict=True)
    )
    return obliges, permits


def _shifted(pair: Pair, own: Cues, others: Cues) -> float:
    """How surely an obligation of the source stands where the target permits, and neither is answered by its kind."""
    if not (own[0] and others[1]):
        return 0.0
    crossed = answers(pair, own[0], others[1])
    obliges = 1 - np.asarray(answers(pair, own[0], others[0])).max(axis=1, initial=0.0)
    permits = 1 - np.asarray(answers(pair.turned, others[1], own[1])).max(axis=1, initial=0.0)
    return float((crossed * obliges[:, None] * permits[None]).max())
