"""Cue words of one side and those of the other that answer them, for the metrics that compare cues.

A cue is answered as surely as the words around it are linked to the words around a cue of the other side.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from divergence.evidence import Pair, widened
from divergence.side import Side

# Words before and behind a cue that belong to it. Where the verb ends the sentence its endings carry the cue, and what
# it says something of stands before it.
AROUND, VERB_LAST = (1, 2), (2, 0)
# Without links cues answer each other by their number alone, as surely as this.
UNLINKED = 0.7


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at characters `start:stop`, its words with their neighbours, and how much it answers (0..1)."""

    start: int
    stop: int
    words: range
    worth: float = 1.0


def cues(
    side: Side, pattern: re.Pattern[str] | None, barred: re.Pattern[str] | None = None, worth: float = 1.0
) -> list[Cue]:
    """Every cue, except those inside an expression that is passed over ("not only")."""
    if pattern is None:
        return []
    closed = [match.span() for match in barred.finditer(side.text)] if barred else []
    around = VERB_LAST if side.language.script == "Hangul" else AROUND
    found = []
    for match in pattern.finditer(side.text):
        start, stop = match.span()
        if all(stop <= a or b <= start for a, b in closed):
            touched = side.words_at(start, stop)
            found.append(Cue(start, stop, widened(touched, *around, len(side.words)), worth))
    return found


def answers(pair: Pair, own: Sequence[Cue], others: Sequence[Cue]) -> np.ndarray:
    """How surely each cue of the source is answered by each of the target, shape (own, others), each 0 to its worth."""
    found = np.zeros((len(own), len(others)))
    for row, one in enumerate(own):
        for column, other in enumerate(others):
            if pair.links is None:
                sure = UNLINKED
            else:
                sure = float(pair.links[np.ix_(one.words, other.words)].max(initial=0.0))
            found[row, column] = sure * other.worth
    return found


def kept(pair: Pair, cue: Cue) -> float:
    """How surely the words around a cue of the source have counterparts at all: the mean of the two surest."""
    if pair.links is None or not cue.words:
        return 1.0
    return float(np.sort(pair.best[0][list(cue.words)])[-2:].mean())
