"""Names: who and what one side names and the other does not.

A name is a word with a capital inside a sentence, in Korean a proper noun. It is looked for on the other side by its
sound across scripts, by its vector, by the links between words, by what it is linked to elsewhere in the document, and
in the list of attested forms. A name that another one stands for is plainer than one that is absent, which may be there
as a pronoun or a paraphrase.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from aligners.encoders import Array, SummingEncoder
from aligners.transliteration import letters, likeness
from aligners.words.evidence import alone
from corpora.korean import proper_nouns
from corpora.languages import names as attested
from divergence.evidence import CERTAIN, HINT, Evidence, Pair, Pointed
from divergence.side import REMEMBERED, Side
from divergence.weights import Judge, judge_of

# What is known of one name: how like it the words of the other side are.
OF_A_NAME = (
    "sound", "vector", "link", "sound of the linked", "vector of the linked", "sound and vector", "sound and link",
    "vector and link", "initials", "short", "document", "listed and there", "listed and absent", "same letters",
)  # fmt: skip
CROSSED_OF_A_NAME = OF_A_NAME[:6]
# What the names of both sides say together.
FEATURES = (
    "source", "source, next", "target", "target, next", "either", "replaced", "replaced and linked", "linked", "unlinked",
    "Korean", "names",
)  # fmt: skip
CROSSED = FEATURES[:-1]
CAPITAL = re.compile(r"(?<![\w'’-])[A-ZА-ЯЁÀ-Þ][\w’'-]+")
# A sentence begins behind these; the first word of one has a capital in any case.
BEGINS = re.compile(r"(?:^|[.!?…:]|[\"“”«»„‘(\[•–—-])[\"“”«»„'‘’(\[\s–—-]*$")
# Characters before a word that show whether a sentence begins with it.
BEFORE = 6
# Where every noun has a capital it tells nothing (Duden, Rechtschreibung, D 80).
ALL_NOUNS = frozenset(("de", "lb"))
# Shorter words are no names unless they are initials; shorter spellings of other words sound like anything.
SHORTEST = 3
# Letters beyond which a name is not short.
SHORT = 5
# Letters at the beginning that two forms of one name share.
SAME = 4
# Words with a capital that name nothing by themselves; days and months are told by other metrics.
NO_NAMES = re.compile(
    r"(?:I(?:['’]\w+)?|Mr|Mrs|Ms|Dr|Sir|Lord|God|Comrades?|Monsieur|Madame|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April"
    r"|May|June|July|August|September|October|November|December)(?:['’]s)?"
)
# First words that stand before names without belonging to them.
COMMON = re.compile(
    r"(?:the|a|an|in|on|at|by|for|from|of|to|with|but|and|when|while|after|before|as|if|his|her|their|its|this|that|these"
    r"|those|both|в|на|с|по|за|из|у|о|об|от|до|для|при|но|и|когда|после|как|если|его|её|их|это|этот)",
    re.IGNORECASE,
)
# The least logit of a name that counts, which also stands for no name.
LEAST = -4.0
# What a name's logit is raised by before it becomes a probability: few names are replaced.
RAISED = 1.0
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Name:
    """A name at characters `start:stop` of a side, what is known of it in the order of OF_A_NAME, and where it is linked."""

    start: int
    stop: int
    features: tuple[float, ...]

    @property
    def link(self) -> float:
        """How surely it stands for some word of the other side."""
        return self.features[OF_A_NAME.index("link")]


def measure(pair: Pair, judge: Judge | None = None) -> Evidence | None:
    """Names without counterpart on either side; None when none is seen or the encoder cannot link words."""
    judge = judge or judge_of("name")
    found = find(pair), find(pair.turned)
    if not any(found):
        return None
    logits = [_logits(names, judge) for names in found]
    pointed = []
    for one, names, values in zip((pair, pair.turned), found, logits, strict=True):
        for name, logit in zip(names, values, strict=True):
            strength = float(1 / (1 + np.exp(-logit)))
            if strength > HINT:
                quote = one.source.text[name.start : name.stop]
                text = f'The name "{quote}" was not found in {one.other}.'
                pointed.append(Pointed(one.source.version, name.start, name.stop, text, strength))
    replaced = _replaced_attested(pair)
    pointed = [one for one in pointed if not any(_overlap(one, other) for other in replaced)] + replaced
    return Evidence(_together(pair, found, logits), tuple(pointed), CERTAIN if replaced else None)


def _overlap(one: Pointed, other: Pointed) -> bool:
    return one.version == other.version and one.start < other.stop and other.start < one.stop


def _replaced_attested(pair: Pair) -> list[Pointed]:
    """People named more often on one side, when there are such on either side; [] otherwise.

    A place is no evidence: a capital stands for its state.
    """
    more: list[list[Pointed]] = [[], []]
    sides = _attested(pair.source), _attested(pair.target)
    for entry in attested():
        spots = [side.get(entry.key) for side in sides]
        if spots[0] is None or spots[1] is None or entry.is_place:
            continue
        for side, one in enumerate((pair, pair.turned)):
            here, there = spots[side] or (), spots[1 - side] or ()
            if len(here) > len(there):
                named = f"is not named in {one.other}, or less often."
                more[side] += [Pointed(one.source.version, a, b, f'"{one.source.text[a:b]}" {named}') for a, b in here]
    return [*more[0], *more[1]] if all(more) else []


def _logits(names: list[Name], judge: Judge) -> Array:
    """The logit of each name being replaced or absent; an attested form on the other side overrules the rest."""
    if not names:
        return np.zeros(0)
    rows = np.array([name.features for name in names])
    found: Array = np.where(rows[:, OF_A_NAME.index("listed and there")] > 0, LEAST, judge.logits(rows))
    return found


def _together(pair: Pair, found: tuple[list[Name], list[Name]], logits: list[Array]) -> tuple[float, ...]:
    """What the names of both sides say, in the order of FEATURES."""
    tops = []
    for values in logits:
        ordered = np.sort(np.concatenate([np.maximum(values, LEAST), [LEAST, LEAST]]))[::-1]
        tops += [float(ordered[0]), float(ordered[1])]
    sure = [1 / (1 + np.exp(-(values + RAISED))) for values in logits]
    replaced, linked_replaced = LEAST, 0.0
    for row, one in enumerate(found[0]):
        for column, other in enumerate(found[1]):
            both = float(min(logits[0][row], logits[1][column]))
            link = pair.linked(one.start, one.stop, other.start, other.stop)
            replaced = max(replaced, both)
            linked_replaced = max(linked_replaced, link / (1 + np.exp(-(both + RAISED))))
    every = [
        (value, name.link)
        for names, values in zip(found, sure, strict=True)
        for name, value in zip(names, values, strict=True)
    ]
    return (
        *tops, max(tops[0], tops[2]), replaced, float(linked_replaced),
        max((float(value * link) for value, link in every), default=0.0),
        max((float(value * (1 - link)) for value, link in every), default=0.0),
        float(any(side.language.script == "Hangul" for side in (pair.source, pair.target))), min(len(every), 8) / 8,
    )  # fmt: skip


def places(side: Side) -> list[Place]:
    """Where names stand, in reading order: attested forms, and other words that are written like names."""
    attested_places = [place for found in _attested(side).values() for place in found]
    other = [(a, b) for a, b in _written(side) if not any(a < stop and start < b for start, stop in attested_places)]
    return sorted({*attested_places, *other})


def _written(side: Side) -> list[Place]:
    """Words with a capital inside sentences and first words that such a one follows; in Korean proper nouns."""
    if side.language.script == "Hangul":
        return [(a, b) for a, b in proper_nouns(side.text) if b - a > 1]
    if side.language.code in ALL_NOUNS or side.language.script not in ("Latin", "Cyrillic"):
        return []
    found: list[Place] = []
    first: Place | None = None
    for match in CAPITAL.finditer(side.text):
        start, stop = match.span()
        word = match.group()
        stop -= 2 if word[-2:] in ("'s", "’s") else 0
        if (stop - start < SHORTEST and not word[:2].isupper()) or NO_NAMES.fullmatch(word):
            continue
        if BEGINS.search(side.text[max(0, start - BEFORE) : start]):
            first = start, stop
            continue
        if first and side.text[first[1] : start] in (" ", "'s ", "’s "):
            found += [] if COMMON.fullmatch(side.text[slice(*first)]) else [first]
        first = None
        found.append((start, stop))
    return found


def find(pair: Pair) -> list[Name]:
    """The names of the source with what is known of them on the other side."""
    if pair.links is None or not pair.target.words:
        return []
    spots = places(pair.source)
    if not spots:
        return []
    assert isinstance(pair.encoder, SummingEncoder)
    own = [pair.source.text[a:b] for a, b in spots]
    others = [pair.target.text[a:b] for a, b in pair.target.words]
    short = np.array([len(letters(other)) < SHORTEST for other in others])
    sounds = np.where(short[None], 0, likeness(own, others))
    vectors = alone(own, pair.encoder) @ alone(others, pair.encoder).T
    known = np.zeros_like(sounds) if pair.lexicon is None else pair.lexicon.likeness(own, others)
    begun = {other[:SAME].lower() for other in others}
    listed = _listed(pair.source, pair.target)
    found = []
    for place, (start, stop) in enumerate(spots):
        words = pair.source.words_at(start, stop)
        link = pair.links[list(words)].max(axis=0) if words else np.zeros(len(others))
        sound, vector, at = sounds[place], vectors[place], int(link.argmax())
        entry = [there for (a, b), there in listed if a < stop and start < b]
        features = (
            float(sound.max()), float(vector.max()), float(link.max()), float(sound[at]), float(vector[at]),
            float((sound + vector).max()), float((sound * link).max()), float((vector * link).max()),
            float(own[place].isupper()), float(stop - start < SHORT), float(known[place].max()),
            float(any(entry)), float(bool(entry) and not any(entry)), float(own[place][:SAME].lower() in begun),
        )  # fmt: skip
        found.append(Name(start, stop, features))
    return found


def _listed(source: Side, target: Side) -> list[tuple[Place, bool]]:
    """Attested forms in the source, and whether the target has a form of the same name."""
    others = _attested(target)
    return [(spot, bool(others[key])) for key, found in _attested(source).items() if key in others for spot in found]


@lru_cache(maxsize=REMEMBERED)
def _attested(side: Side) -> dict[str, tuple[Place, ...]]:
    """Where the attested forms of each name that has any in the side's language stand."""
    return {
        entry.key: tuple(match.span() for match in pattern.finditer(side.text))
        for entry in attested()
        if (pattern := entry.forms.get(side.language.code))
    }
