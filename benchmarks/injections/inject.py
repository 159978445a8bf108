"""Clean units with one thing changed, to learn and to measure divergence from.

Seven kinds, as `KINDS` names them: something is left out, put in, a number or a name changed, a denial made or undone,
an obligation turned into a possibility or back, or the whole replaced by another text. Russian verbs are found by their
endings; Korean ones, and Korean names, by Kiwi, which also writes the new endings.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from corpora.korean import kiwi, proper_nouns
from corpora.segmenters.sentences import split_plain

Texts = Mapping[str, str]
# Words of a clause that may be left out, and the share of its text it may take at most.
LEAST_WORDS, MOST_SHARE = 3, 0.6
CLAUSE = re.compile(r"(?<=[,;:—–])\s+")
DIGIT = re.compile(r"\d+")
CAPITAL = re.compile(r"(?<=[^\s.!?…:«»\"“”'‘’] )[A-ZА-ЯЁ][\w’'-]{3,}")
MONTHS = {
    "en": ("January February March April May June July August September October November December",),
    "ru": (
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    ),
}
AUXILIARY = re.compile(r"\b(?:is|are|was|were|will|would|can|could|should|must|has|have|had|may|might|do|does|did)\b")
NOT = {"en": re.compile(r"\b(?:not |never )|n't\b"), "ru": re.compile(r"\b[Нн]е (?=\w)")}
RUSSIAN_VERB = re.compile(
    r"(?<![-\w])(?<!не )(?<!ни )(?:[а-яё]{3,}(?:ет|ит|ют|ят|ают|ал|ала|али|ил|ила|или|ел|ела|ели|ется|ится|ются|ался|алась|ались))(?![-\w])"
)
OBLIGES = {
    "en": {"must": "can", "should": "may", "has to": "is able to", "have to": "are able to", "need to": "can", "needs to": "can"},
    "ru": {"должен": "может", "должна": "может", "должно": "может", "должны": "могут", "следует": "можно",
           "необходимо": "можно", "нужно": "можно", "надо": "можно"},
}  # fmt: skip
PRESENT = ("ᆫ다", "는다")
PERMITS = {
    "en": {"can": "must", "could": "should", "may": "should", "might": "must", "is able to": "has to"},
    "ru": {"может": "должен", "могут": "должны", "можно": "необходимо", "могли": "должны были"},
}


@dataclass(frozen=True, slots=True)
class Injected:
    """A unit with `kind` changed in `version`; clean when both are ""."""

    texts: Texts
    kind: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an edit is made: the unit, the language to edit, all units of its document, and chance."""

    unit: Texts
    language: str
    units: Sequence[Texts]
    number: int
    chance: random.Random

    @property
    def text(self) -> str:
        """What is edited."""
        return self.unit[self.language]

    def other(self) -> str:
        """A text of the same language from elsewhere in the document."""
        far = [unit for place, unit in enumerate(self.units) if abs(place - self.number) > 1]
        return self.chance.choice(far or [unit for unit in self.units if unit is not self.unit])[self.language]


def inject(units: Sequence[Texts], kind: str, version: str, seed: int) -> list[Injected]:
    """Every unit of a document in which this kind of change can be made, with it made in this version.

    Args:
        units: the texts of each unit by language, in the order of the document.
        kind: one of KINDS.
        version: the language to edit.
        seed: begins the chance.
    """
    found = []
    for number, unit in enumerate(units):
        chance = random.Random(f"{kind} {version} {seed} {unit[version]}")
        edited = KINDS[kind](Place(unit, version, units, number, chance))
        if edited and edited != unit[version]:
            found.append(Injected({**unit, version: edited}, kind, version))
    return found


def omission(place: Place) -> str | None:
    """The text without one of its sentences or clauses."""
    text = place.text
    parts = [text[a:b] for a, b in split_plain(text)]
    if len(parts) < 2:
        parts = CLAUSE.split(text)
    fitting = [part for part in parts if len(part.split()) >= LEAST_WORDS and len(part) <= MOST_SHARE * len(text)]
    if len(parts) < 2 or not fitting:
        return None
    gone = place.chance.choice(fitting)
    return " ".join(part for part in parts if part is not gone)


def addition(place: Place) -> str | None:
    """The text with a sentence from elsewhere before or behind it."""
    other = place.other()
    a, b = place.chance.choice(split_plain(other) or [(0, len(other))])
    return f"{other[a:b]} {place.text}" if place.chance.random() < 0.5 else f"{place.text} {other[a:b]}"


def quantities(place: Place) -> str | None:
    """The text with another digit in one of its numbers, or another month."""
    found = [_other_digit(place, match) for match in DIGIT.finditer(place.text)]
    for row in MONTHS.get(place.language, ()):
        names = row.split()
        for match in re.finditer(rf"\b(?:{'|'.join(names)})\b", place.text):
            found.append(_put(place.text, match.span(), _another(place, names, match.group())))
    return place.chance.choice(found) if found else None


def _other_digit(place: Place, match: re.Match[str]) -> str:
    start = match.start() + place.chance.randrange(len(match.group()))
    digits = [
        digit for digit in ("123456789" if start == match.start() else "0123456789") if digit != place.text[start]
    ]
    return _put(place.text, (start, start + 1), place.chance.choice(digits))


def names(place: Place) -> str | None:
    """The text with one of its names replaced by one of another unit."""
    mine, others = name_places(place.unit, place.language), []
    for unit in place.units:
        others += [unit[place.language][a:b] for a, b in name_places(unit, place.language)]
    if not mine:
        return None
    span = place.chance.choice(mine)
    own = place.text[slice(*span)]
    fresh = sorted({name for name in others if name[:3] != own[:3] and name not in place.text})
    return _put(place.text, span, place.chance.choice(fresh)) if fresh else None


def name_places(unit: Texts, language: str) -> list[tuple[int, int]]:
    """Where a unit's names stand in one of its languages: capitals inside sentences, in Korean proper nouns."""
    text = unit[language]
    if language == "ko":
        return [(a, b) for a, b in proper_nouns(text) if b - a > 1]
    return [match.span() for match in CAPITAL.finditer(text)]


def negation(place: Place) -> str | None:
    """The text with a denial undone, or one made where there is none."""
    if place.language == "ko":
        return _korean(place, _affirm) or _korean(place, _deny)
    denials = list(NOT[place.language].finditer(place.text))
    if denials:
        return _put(place.text, place.chance.choice(denials).span(), "")
    if place.language == "en":
        verbs = list(AUXILIARY.finditer(place.text))
        return _put(place.text, (at := place.chance.choice(verbs).end(), at), " not") if verbs else None
    verbs = list(RUSSIAN_VERB.finditer(place.text))
    return _put(place.text, (at := place.chance.choice(verbs).start(), at), "не ") if verbs else None


def modality(place: Place) -> str | None:
    """The text with an obligation made a possibility, or the other way round."""
    if place.language == "ko":
        return _korean(place, _permit) or _korean(place, _oblige)
    swaps = OBLIGES[place.language] | PERMITS[place.language]
    cues = list(re.finditer(rf"\b(?:{'|'.join(sorted(swaps, key=len, reverse=True))})\b", place.text))
    if not cues:
        return None
    cue = place.chance.choice(cues)
    return _put(place.text, cue.span(), swaps[cue.group()])


def meaning(place: Place) -> str | None:
    """Another text in its place, more often a neighbour."""
    near = [place.units[n] for n in (place.number - 1, place.number + 1) if 0 <= n < len(place.units)]
    return place.chance.choice(near)[place.language] if near and place.chance.random() < 0.6 else place.other()


KINDS: dict[str, Callable[[Place], str | None]] = {
    "omission": omission,
    "addition": addition,
    "quantities": quantities,
    "names": names,
    "negation": negation,
    "modality": modality,
    "meaning": meaning,
}


def _put(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


def _another(place: Place, options: Sequence[str], own: str) -> str:
    return place.chance.choice([option for option in options if option != own])


def _korean(place: Place, edit: Callable[[Sequence[Any]], list[tuple[int, int, list[tuple[str, str]]]]]) -> str | None:
    """The text with one of the edits, which are token places and the morphemes to put there."""
    tokens = kiwi().tokenize(place.text)
    edits = edit(tokens)
    if not edits:
        return None
    first, stop, morphemes = place.chance.choice(edits)
    # The words of the place are joined anew, the others stay as they are.
    words = {(token.sent_position, token.word_position) for token in tokens[first:stop]}
    whole = [k for k, token in enumerate(tokens) if (token.sent_position, token.word_position) in words]
    start, end = tokens[whole[0]].start, max(tokens[k].end for k in whole)
    before = [(token.form, token.tag) for token in tokens[whole[0] : first]]
    after = [(token.form, token.tag) for token in tokens[stop : whole[-1] + 1]]
    if morphemes[-1] == ("있", "VA") and after and after[0][0] in PRESENT:
        # This verb has no mark of the present before the ending.
        after[0] = (after[0][0].removeprefix("ᆫ").removeprefix("는"), after[0][1])
    return place.text[:start] + kiwi().join([*before, *morphemes, *after]) + place.text[end:]


def _verbs(tokens: Sequence[Any]) -> list[int]:
    """Places of verbs and adjectives that an ending follows at once and a denial does not."""
    return [
        k
        for k, (token, after) in enumerate(pairwise(tokens))
        if token.tag[:2] in ("VV", "VA", "XS") and token.tag not in ("XSN", "XSM") and after.tag in ("EF", "EC", "EP")
        and not (after.form == "지" and len(tokens) > k + 2 and tokens[k + 2].form in ("않", "못하", "말"))
    ]  # fmt: skip


def _deny(tokens: Sequence[Any]) -> list[tuple[int, int, list[tuple[str, str]]]]:
    return [(k, k + 1, [(tokens[k].form, tokens[k].tag), ("지", "EC"), ("않", "VX")]) for k in _verbs(tokens)]


def _affirm(tokens: Sequence[Any]) -> list[tuple[int, int, list[tuple[str, str]]]]:
    return [
        (k, k + 3, [(tokens[k].form, tokens[k].tag)])
        for k in range(len(tokens) - 2)
        if tokens[k].tag[:1] in "VX" and tokens[k + 1].form == "지" and tokens[k + 2].form == "않"
    ]


def _permit(tokens: Sequence[Any]) -> list[tuple[int, int, list[tuple[str, str]]]]:
    can = [("ᆯ", "ETM"), ("수", "NNB"), ("있", "VA")]
    return [
        (k, k + 3, [(tokens[k].form, tokens[k].tag), *can])
        for k in range(len(tokens) - 2)
        if tokens[k + 1].form in ("어야", "아야", "여야") and tokens[k + 2].form in ("하", "되")
    ]


def _oblige(tokens: Sequence[Any]) -> list[tuple[int, int, list[tuple[str, str]]]]:
    must = [("어야", "EC"), ("하", "VX")]
    return [
        (k, k + 4, [(tokens[k].form, tokens[k].tag), *must])
        for k in range(len(tokens) - 3)
        if tokens[k + 1].tag == "ETM" and tokens[k + 2].form == "수" and tokens[k + 3].form == "있"
    ]
