"""What lies between two lines of a paragraph: a blank, or nothing because the line's end cut a word."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from corpora.korean import kiwi
from corpora.readers.printed.lines import Line
import itertools

# Signs that cut a word at a line's end: always (soft hyphen, the negation sign that recognition programs write for it),
# and those that words also hold themselves.
SOFT, HYPHEN = "\u00ad¬", "-\u2010\u2011"
CUT = re.compile(rf"([^\W\d_]+)([{HYPHEN}{SOFT}])$")
FIRST = re.compile(r"[^\W\d_]+")
# A dash that is written without blanks, and an address of the web that goes on: a line may end there, too.
OPEN = re.compile(r"\w[-\u2010\u2011–—]$|(?:https?://|www\.)\S*[/_=%&?]$")
WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
# Russian words that keep their hyphen (Rules of Russian Orthography and Punctuation 1956, 76-87): by what stands before
# it and what stands behind it.
RUSSIAN = re.compile(
    r"(?:как\w*|как(?:ой|ого)|кто|ко(?:го|му)|кем|ком|что|че(?:го|му|м)|где|куда|когда|откуда|чь\w+|чей|почему|зачем|"
    r"отчего|сколько)-(?:то|либо|нибудь)|ко[ей]-\w+|из-(?:за|под)|во-(?:первых|вторых|третьих)|все-таки|всё-таки|"
    r"по-(?:\w+[сц]ки|моему|твоему|своему|нашему|вашему|прежнему|новому|старому|видимому|другому|настоящему)"
)
# Parts of English words that mostly keep theirs (Chicago Manual of Style, 17th ed., 7.89).
SELF = frozenset(("self", "ex", "vice", "well", "half", "all", "cross", "north", "south"))
LETTER = re.compile("[가-힣\u4e00-\u9fff\uf900-\ufaff]")
HANGUL = re.compile("[가-힣]")
KANA = re.compile("[\u3040-\u30ff]")
# Lines of Korean that go to the analyser together.
TOGETHER = 200
# The share of lines with a blank drawn behind them that tells that the file draws one wherever there is one.
DRAWN, FEWEST = 0.15, 8


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """The words of lines in small letters, with those that lines may have cut left out."""
    counts: Counter[str] = Counter()
    for text in texts:
        words = WORD.findall(text.casefold())
        counts.update(words[1 : -1 if CUT.search(text) else None])
    return counts


def joint(one: str, other: str, known: Mapping[str, int]) -> tuple[int, str] | None:
    """How two lines of one paragraph in an alphabet are put together where a word was cut.

    Returns:
        How many characters go from the end of the first line, and what stands for them and the line's end; None where
        nothing was cut.

    >>> joint("the pre-", "sent state", {})
    (1, '')
    >>> joint("что-", "нибудь ещё", {})
    (1, '-')
    """
    cut, first = CUT.search(one), FIRST.match(other)
    if not cut or not first:
        return (1, one[-1]) if OPEN.search(one) and other[:1].isalnum() else None
    before, sign, behind = cut[1], cut[2], first[0]
    if sign in SOFT:
        return 1, ""
    return 1, (sign if _is_kept(before, behind, one, other, known) else "")


def _is_kept(before: str, behind: str, one: str, other: str, known: Mapping[str, int]) -> bool:
    """True when the hyphen belongs to the word."""
    small, later = before.casefold(), behind.casefold()
    together, apart = known.get(small + later, 0), known.get(f"{small}-{later}", 0)
    if together != apart:
        return apart > together
    if RUSSIAN.fullmatch(f"{small}-{later}"):
        return True
    if small in SELF or one[: -len(before) - 1].endswith(tuple("-\u2010")):
        return True
    # "Anglo-American", "USSR-Korea"; a word in capitals is cut like any other.
    return behind[0].isupper() and not (before.isupper() and len(before) > 1)


def draws_blanks(pairs: Sequence[tuple[Line, Line]]) -> bool:
    """True for a file that draws the blanks at the ends of lines, so that a line without one cut a word.

    Args:
        pairs: lines of Korean that follow one another in a paragraph.
    """
    drawn = sum(one.ends_blank for one, _ in pairs)
    return drawn >= FEWEST and DRAWN * len(pairs) <= drawn


def in_syllables(one: str, other: str) -> bool:
    """True where two lines meet in letters of which each can end a line: Hangul and Han."""
    return bool(LETTER.match(one[-1:]) and LETTER.match(other[:1]))


def cuts(texts: Sequence[str], known: Mapping[str, int]) -> list[bool]:
    """For each line of a paragraph in Korean but the last: True where its end cut a word.

    Source: the spacing of Kiwi's morphological analysis (Lee 2024); a word that the text has in one elsewhere is one.
    """
    if not any(HANGUL.search(text) for text in texts):
        # Chinese and Japanese know no blanks.
        return [in_syllables(one, other) for one, other in itertools.pairwise(texts)]
    found: list[bool] = []
    for start in range(0, len(texts) - 1, TOGETHER):
        part = texts[start : start + TOGETHER + 1]
        _, blanks = kiwi().glue(part, return_space_insertions=True)
        found += [not blank for blank in blanks]
    return [
        in_syllables(one, other) and _is_word(one, other, cut, known)
        for one, other, cut in zip(texts, texts[1:], found, strict=False)
    ]


def _is_word(one: str, other: str, cut: bool, known: Mapping[str, int]) -> bool:
    before, behind = WORD.findall(one)[-1:], WORD.match(other)
    if not before or not behind:
        return cut
    last, first = before[0].casefold(), behind[0].casefold()
    whole = known.get(last + first, 0)
    if known.get(last) and known.get(first) and not whole:
        return False
    return cut or (whole > 1 and not known.get(last))
