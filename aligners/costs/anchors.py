"""What two versions name alike whatever their words: numbers, dates, months, list labels, and names by their sound."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from aligners.encoders import Array
from aligners.transliteration import likeness, sound
from corpora.dates import find_dates
from corpora.languages import language
from corpora.numbers import find_numbers

LABEL = re.compile(r"^\s*(?:(?P<number>\d{1,2})|(?P<letter>[a-zа-я가-하]))[.)]\s")
# Labels by letter, in the order of their alphabets.
LETTERS = ("abcdefghijklmnop", "абвгдежзиклмнопр", "가나다라마바사아자차카타파하")
HANGUL = re.compile(r"[가-힣]{2,}")
WORD = re.compile(r"[^\W\d_]+")
# Letters of the shortest name in a script that has capitals.
SHORTEST = 4
# Sounds that two forms of one name begin with, and how alike they are at least.
FIRST, ALIKE = 3, 0.7
# An anchor that ties each two segments by less than this is too common to say anything.
FAINT = 0.05
# Two segments are tied no stronger than by this many anchors of their own.
MOST = 3.0
# Words of the source and words of the target that name one thing, and how sure that is.
Group = tuple[Collection[str], Collection[str], float]


def numbers(text: str, code: str) -> frozenset[str]:
    """Numbers, dates, months and the list label of a text; the same in every language.

    >>> sorted(numbers("2) On 3 May 1955 twenty-five men came.", "en"))
    ['1955-05-03', '25', 'label 2']
    """
    pack = language(code)
    found, taken = set(), []
    if label := LABEL.match(text):
        found.add(f"label {_place(label)}")
        taken.append(label.span())
    for date in find_dates(text, pack):
        found.add(f"{date.year}-{date.month:02}" + (f"-{date.day:02}" if date.day else ""))
        taken.append((date.start, date.stop))
    if pack.month:
        for match in pack.month.finditer(text):
            if all(match.end() <= start or stop <= match.start() for start, stop in taken):
                found.add(f"month {(match.lastgroup or '')[1:]}")
                taken.append(match.span())
    found |= {f"{number.value:.12g}" for number in find_numbers(text, pack, taken) if number.is_plain}
    return frozenset(found)


def _place(label: re.Match[str]) -> int:
    if label["number"]:
        return int(label["number"])
    return next((row.index(label["letter"]) + 1 for row in LETTERS if label["letter"] in row), 0)


def names(texts: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Words of each text that may be names: any of Hangul, and those the version always writes with a capital.

    >>> names(["The Trade fell.", "Trade with Busan fell, so did other trade."])
    (frozenset(), frozenset({'Busan'}))
    """
    words = [set(WORD.findall(text)) for text in texts]
    small = {word for found in words for word in found if word[0].islower()}

    def is_name(word: str) -> bool:
        return len(word) >= SHORTEST and word[0].isupper() and word.lower() not in small

    return tuple(
        frozenset(filter(is_name, found)) | frozenset(HANGUL.findall(text))
        for text, found in zip(texts, words, strict=True)
    )


def ties(
    numbers: tuple[Sequence[frozenset[str]], Sequence[frozenset[str]]],
    names: tuple[Sequence[frozenset[str]], Sequence[frozenset[str]]],
) -> Array:
    """How strongly anchors tie each two segments, shape (source segments, target segments), 0..MOST.

    An anchor that stands in n segments of one version and m of the other ties each two of them by 1 / sqrt(n m): one
    that stands only once in both says most.

    Args:
        numbers: those in each segment of the source and of the target.
        names: as `numbers`.
    """
    found = np.zeros((len(numbers[0]), len(numbers[1])), np.float32)
    for words, groups in ((numbers, _shared(*numbers)), (names, forms(*(set().union(*side) for side in names)))):
        there, here = (_places(side) for side in words)
        for source, target, sure in groups:
            rows = sorted(set().union(*(there[word] for word in source)))
            columns = sorted(set().union(*(here[word] for word in target)))
            strength = sure / float(len(rows) * len(columns)) ** 0.5
            if strength >= FAINT:
                found[np.ix_(rows, columns)] += strength
    return np.minimum(found, MOST)


def _shared(source: Sequence[frozenset[str]], target: Sequence[frozenset[str]]) -> Iterator[Group]:
    for word in sorted(set().union(*source) & set().union(*target)):
        yield [word], [word], 1.0


def _places(segments: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    found = defaultdict(list)
    for place, words in enumerate(segments):
        for word in words:
            found[word].append(place)
    return found


def _blocks(words: Collection[str]) -> dict[str, list[str]]:
    """The words by the sounds they begin with; those of fewer sounds are no names."""
    found = defaultdict(list)
    for word in sorted(words):
        if len(sound(word)) >= FIRST:
            found[sound(word)[:FIRST]].append(word)
    return found


def _likest(alike: Array) -> Iterator[tuple[int, int, float]]:
    """Rows that are alike to some column, with the column they are likest to and how alike they are to it."""
    most = alike.max(axis=1)
    for row in np.flatnonzero(most >= ALIKE).tolist():
        yield row, int(alike[row].argmax()), float(most[row])


def forms(source: Collection[str], target: Collection[str]) -> list[Group]:
    """Names of both versions that sound alike, all forms of one name together.

    Two words belong together when one is the likest the other finds, and whatever belongs to one of them does too.

    >>> [(a, b) for a, b, _ in forms(["하리슨은", "나라"], ["Harrison", "Harrisons"])]
    [(['하리슨은'], ['Harrison', 'Harrisons'])]
    """
    best: dict[tuple[int, str], tuple[float, str]] = {}
    there, here = _blocks(source), _blocks(target)
    for begin in sorted(there.keys() & here.keys()):
        words, others = there[begin], here[begin]
        alike = likeness(words, others)
        if alike.max() >= ALIKE:
            best |= {(0, words[row]): (value, others[other]) for row, other, value in _likest(alike)}
            best |= {(1, others[row]): (value, words[other]) for row, other, value in _likest(alike.T)}
    return [
        (
            [word for side, word in sorted(family) if side == 0],
            [word for side, word in sorted(family) if side == 1],
            max(best[word][0] for word in family),
        )
        for family in _families({word: (1 - word[0], other) for word, (_, other) in best.items()})
    ]


def _families(links: Mapping[tuple[int, str], tuple[int, str]]) -> Iterator[set[tuple[int, str]]]:
    """What hangs together by links, whichever way they lead."""
    neighbours = defaultdict(set)
    for one, other in links.items():
        neighbours[one].add(other)
        neighbours[other].add(one)
    known: set[tuple[int, str]] = set()
    for first in neighbours:
        family, rest = set(), {first} - known
        while rest:
            family |= rest
            rest = set().union(*(neighbours[one] for one in rest)) - family
        known |= family
        if family:
            yield family
