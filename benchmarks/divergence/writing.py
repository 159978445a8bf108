"""How the two texts of a pair are written, which tells how hard the first is to translate: numbers that can be stated."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from aligners.encoders import Array
from aligners.words.lexicon import beginning

WORD = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
# Marks that are counted one kind by one.
MARKS = (",", "?", "!", '"«“', "—–", ":;", "(", "…")
ENDS = re.compile(r"[.!?]+")
# The rarest words of a text whose mean is told.
RAREST = 3
# Words that show who speaks to whom, a denial, and in Russian the particles of talk and of proverbs.
TELLING = {
    "ru": (
        "ты тебя тебе твой вы вас вам ваш", "я мне меня мой мы нас", "не ни нет",
        "бы б ли же ж то ка коли коль да аль кабы",
    ),
    "en": ("you your", "i me my we us our", "not n't no don't", "who that which"),
}  # fmt: skip


def table(texts: Sequence[tuple[str, str]], languages: tuple[str, str], known: int) -> Array:
    """A row of numbers for each pair, shape (pairs, features).

    Per side: how long it is in characters, words and letters a word; how common its words are in the first `known`
    pairs (mean, rarest, the three rarest, the share met once at most); its marks, digits, capitals, sentences, words
    that come again, and words that tell of persons, denials and particles. Then the ratio of words.
    """
    sides = []
    for column, code in zip(zip(*texts, strict=True), languages, strict=True):
        words = [WORD.findall(text.lower()) for text in column]
        stem: Callable[[str], str] = beginning if code == "ru" else str
        counts = Counter(stem(word) for of_text in words[:known] for word in of_text)
        sides.append([
            _side(text, of_text, [counts[stem(word)] for word in of_text if word[0].isalnum()], code)
            for text, of_text in zip(column, words, strict=True)
        ])  # fmt: skip
    ratio = [[math.log((other[1] + 1) / (one[1] + 1))] for one, other in zip(*sides, strict=True)]
    return np.hstack([np.array(sides[0]), np.array(sides[1]), np.array(ratio)])


def _side(text: str, words: Sequence[str], counts: Sequence[int], code: str) -> list[float]:
    common = sorted(math.log1p(count) for count in counts) or [0.0]
    size = max(len(words), 1)
    return [
        math.log1p(len(text)), len(words), sum(map(len, words)) / size,
        sum(common) / len(common), common[0], float(np.mean(common[:RAREST])), sum(count <= 1 for count in counts) / size,
        *(float(sum(text.count(mark) for mark in kind)) for kind in MARKS),
        sum(map(str.isdigit, text)), sum(word[:1].isupper() for word in text.split()), float(text[:1].isupper()),
        float(text.rstrip()[-1:] in tuple(".!?…")), len(ENDS.findall(text)), len(set(words)) / size,
        *(float(sum(word in told.split() for word in words)) for told in TELLING.get(code, ())),
    ]  # fmt: skip
