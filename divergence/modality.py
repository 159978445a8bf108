"""Modality: one side obliges where the other permits, or only one does either."""

from divergence.cues import Place, places
from divergence.score import Reason, Score
from divergence.side import Side

# A shift from one to the other is plain; a cue on one side only is often wording.
SHIFTED, ONE_SIDED = 0.9, 0.3


def measure(source: Side, target: Side, encoder: object = None) -> Score | None:
    """0 where both sides oblige and permit equally often; None without cues or without a list."""
    if not (source.language.obligation and target.language.obligation):
        return None
    left, right = _cues(source), _cues(target)
    if not any((*left, *right)):
        return None
    obliges, permits = len(left[0]) - len(right[0]), len(left[1]) - len(right[1])
    if not obliges and not permits:
        return Score(0.0)
    value = SHIFTED if obliges * permits < 0 else min(SHIFTED, ONE_SIDED * (abs(obliges) + abs(permits)) / 2)
    reasons: list[Reason] = []
    for side, cues in ((source, left), (target, right)):
        for verb, found in zip(("obliges", "permits"), cues, strict=True):
            for start, stop in found:
                reasons += side.reasons(start, stop, f'"{side.text[start:stop].strip()}" {verb}.')
    return Score(value, tuple(reasons))


def _cues(side: Side) -> tuple[list[Place], list[Place]]:
    """Places that oblige and places that permit."""
    pack = side.language
    return places(side, pack.obligation), places(side, pack.possibility)
