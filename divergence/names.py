"""Names: people, places and powers of the authority list that one side names and the other does not.

A form that is not in the list is not compared; see `corpora/languages/names.toml`.
"""

from corpora.languages import names
from divergence.score import Reason, Score
from divergence.side import Side

# Another name in its place is plain; a name that is absent may stand there as a pronoun or a paraphrase, and one that
# is there less often all the more.
REPLACED, ABSENT, FEWER = 0.9, 0.4, 0.15
Places = dict[str, list[tuple[int, int]]]


def measure(source: Side, target: Side, encoder: object = None) -> Score | None:
    """Between 0 (the same names) and 1; None when the list knows no name here or not both languages."""
    left, right = find(source), find(target)
    if left is None or right is None or not (left or right):
        return None
    only = _surplus(left, right), _surplus(right, left)
    absent = bool(left.keys() ^ right.keys())
    value = 0.0
    if any(only):
        value = REPLACED if absent and all(only) else ABSENT if absent else FEWER
    reasons: list[Reason] = []
    for side, other, places, keys in ((source, target, left, only[0]), (target, source, right, only[1])):
        for key in keys:
            for start, stop in places[key]:
                text = f'"{side.text[start:stop]}" is not named, or less often, in the {other.language.name}.'
                reasons += side.reasons(start, stop, text)
    return Score(value, tuple(reasons))


def find(side: Side) -> Places | None:
    """The places of every listed name, None when the list does not know the language."""
    known = [(key, forms[side.language.code]) for key, forms in names() if side.language.code in forms]
    if not known:
        return None
    found = {key: [match.span() for match in pattern.finditer(side.text)] for key, pattern in known}
    return {key: places for key, places in found.items() if places}


def _surplus(own: Places, other: Places) -> list[str]:
    """Names that stand more often here than on the other side."""
    return [key for key, places in own.items() if len(places) > len(other.get(key, ()))]
