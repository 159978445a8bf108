"""Word by word what differs between two texts in one language."""

from dataclasses import dataclass

import Levenshtein

from aligners.near import signs
from aligners.words import words


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of words of two texts that is the same or not.

    `kind` is "equal", "replace", "insert" or "delete". The places are half-open code points of the texts and reach
    from the first word to the end of the last; a side without words is empty and stands behind the word before it.
    """

    kind: str
    source_start: int
    source_stop: int
    target_start: int
    target_stop: int


def differences(source: str, target: str) -> tuple[Difference, ...]:
    """The fewest changes that make one text of the other, by words and marks, with what is equal between them.

    White space is not compared. Changes that touch are one, so equal stretches and changes take turns.

    >>> [(d.kind, d.source_start, d.source_stop) for d in differences("We won the war.", "We lost the long war.")]
    [('equal', 0, 2), ('replace', 3, 6), ('equal', 7, 10), ('insert', 10, 10), ('equal', 11, 15)]
    """
    spans = words(source), words(target)
    coded = signs(
        [text[start:stop] for start, stop in places] for text, places in zip((source, target), spans, strict=True)
    )
    runs: list[list[int]] = []
    equal: list[bool] = []
    for kind, *run in Levenshtein.opcodes(*coded):
        if equal and equal[-1] == (kind == "equal"):
            runs[-1][1], runs[-1][3] = run[1], run[3]
        else:
            runs.append(run)
            equal.append(kind == "equal")
    found = []
    for (a, b, c, d), same in zip(runs, equal, strict=True):
        kind = "equal" if same else "insert" if a == b else "delete" if c == d else "replace"
        found.append(Difference(kind, *_reach(spans[0], a, b), *_reach(spans[1], c, d)))
    return tuple(found)


def _reach(spans: tuple[tuple[int, int], ...], start: int, stop: int) -> tuple[int, int]:
    """The code points of words `start:stop`."""
    if start == stop:
        place = spans[start - 1][1] if start else 0
        return place, place
    return spans[start][0], spans[stop - 1][1]
