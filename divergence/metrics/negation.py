"""Negation: one side denies what the other does not.

A denial is answered by one beside a linked word. Words that hold a denial ("unable", "refuse", бессильный, 불가능) may
answer, but raise no alarm of their own. Source: polarity tied to the predicate, not a count of cues.
"""

import re

import numpy as np

from divergence.evidence import HINT, Evidence, Pair, Pointed
from divergence.metrics.cues import Cue, answers, cues, kept
from divergence.side import Side

FEATURES = (
    "unanswered", "unanswered by plain denials", "unanswered though linked", "others unanswered", "difference",
    "one side denies", "denials", "difference with held denials", "odd with held denials", "held denials",
)  # fmt: skip
# What a word that holds a denial is worth as an answer.
HOLDS = 0.6
CLAUSE = re.compile(r"[.,;:!?…—–]")


def measure(pair: Pair) -> Evidence | None:
    """Denials without counterpart on either side; None when neither denies or a language has no list."""
    if not (pair.source.language.denial and pair.target.language.denial):
        return None
    plain = [denials(side) for side in (pair.source, pair.target)]
    if not any(plain):
        return None
    holding = [cues(side, side.language.holds_denial, worth=HOLDS) for side in (pair.source, pair.target)]
    every = [a + b for a, b in zip(plain, holding, strict=True)]
    loose: list[float] = []
    strict: list[float] = []
    present: list[float] = []
    pointed: list[Pointed] = []
    for one, own, others, strong in ((pair, plain[0], every[1], plain[1]), (pair.turned, plain[1], every[0], plain[0])):
        left = _unanswered(one, own, others)
        loose += left
        strict += _unanswered(one, own, strong)
        present += [value * kept(one, cue) for value, cue in zip(left, own, strict=True)]
        for cue, value in zip(own, left, strict=True):
            if value > HINT:
                quote = one.source.text[cue.start : cue.stop].strip()
                text = f'"{quote}" denies; no denial was found beside the counterpart in {one.other}.'
                pointed.append(Pointed(one.source.version, cue.start, cue.stop, text, value))
    ordered = sorted(loose, reverse=True)
    counts, held = ([len(side) for side in found] for found in (plain, holding))
    apart = abs(counts[0] + held[0] - counts[1] - held[1])
    features = (
        ordered[0], max(strict), max(present), min(sum(ordered[1:]), 3.0), min(abs(counts[0] - counts[1]), 3),
        float((counts[0] > 0) != (counts[1] > 0)), min(sum(counts), 8) / 8,
        min(apart, 3), float(apart % 2), min(sum(held), 4) / 4,
    )  # fmt: skip
    return Evidence(features, tuple(pointed))


def denials(side: Side) -> list[Cue]:
    """The denials of a side; a word that goes with the denial of its clause is none of its own."""
    found = cues(side, side.language.denial, side.language.passed_over)
    concord = side.language.concord
    if concord is None:
        return found
    single = [cue for cue in found if not concord.fullmatch(side.text, cue.start, cue.stop)]
    return [cue for cue in found if cue in single or not any(_in_one_clause(side.text, cue, one) for one in single)]


def _in_one_clause(text: str, one: Cue, other: Cue) -> bool:
    return not CLAUSE.search(text, min(one.stop, other.stop), max(one.start, other.start))


def _unanswered(pair: Pair, own: list[Cue], others: list[Cue]) -> list[float]:
    """How little each cue of the source is answered, 0 to 1."""
    if not others:
        return [1.0] * len(own)
    return list(1 - np.asarray(answers(pair, own, others)).max(axis=1, initial=0.0))
