"""Negation: one side denies and the other does not."""

from divergence.cues import places
from divergence.score import Reason, Score
from divergence.side import Side

# Sides that both deny but not equally often differ in wording more often than in sense.
ONE_DENIES, UNEQUAL = 0.7, 0.3


def measure(source: Side, target: Side, encoder: object = None) -> Score | None:
    """0 where both deny equally often; None when neither denies or a language has no list."""
    if not (source.language.denial and target.language.denial):
        return None
    left = places(source, source.language.denial, source.language.passed_over)
    right = places(target, target.language.denial, target.language.passed_over)
    if not left and not right:
        return None
    if len(left) == len(right):
        return Score(0.0)
    value = ONE_DENIES if not (left and right) else UNEQUAL
    reasons: list[Reason] = []
    for side, other, cues in ((source, target, left), (target, source, right)):
        for start, stop in cues:
            text = f'"{side.text[start:stop].strip()}" denies; the {other.language.name} '
            text += "does not." if value == ONE_DENIES else "denies more or less often."
            reasons += side.reasons(start, stop, text)
    return Score(value, tuple(reasons))
