"""Wording: a loaded word of one side whose counterpart on the other side is plain.

Loaded words are those that dictionaries mark as abusive or derogatory; the language files name them and their source.
"""

from divergence.evidence import HINT, Evidence, Pair, Pointed
from divergence.metrics.cues import answers, cues, kept

FEATURES = ("unanswered", "others unanswered")
# What a lack counts when the other side has as many loaded words, which may answer without being linked.
AS_MANY = 0.5


def measure(pair: Pair) -> Evidence | None:
    """Loaded words without a loaded counterpart; None when neither side has one or a language has no list."""
    if not (pair.source.language.loaded and pair.target.language.loaded):
        return None
    found = [cues(side, side.language.loaded) for side in (pair.source, pair.target)]
    if not any(found):
        return None
    share = AS_MANY if len(found[0]) == len(found[1]) else 1.0
    lacks: list[float] = []
    pointed: list[Pointed] = []
    for one, own, others in ((pair, found[0], found[1]), (pair.turned, found[1], found[0])):
        sure = answers(one, own, others)
        for row, cue in enumerate(own):
            lack = (1 - float(sure[row].max(initial=0.0))) * kept(one, cue) * share
            lacks.append(lack)
            if lack > HINT:
                quote = one.source.text[cue.start : cue.stop]
                text = f'"{quote}" is a loaded word; its counterpart in {one.other} is not.'
                pointed.append(Pointed(one.source.version, cue.start, cue.stop, text, lack))
    ordered = sorted(lacks, reverse=True)
    return Evidence((ordered[0], min(sum(ordered[1:]), 3.0)) if ordered[0] > 0 else None, tuple(pointed))
