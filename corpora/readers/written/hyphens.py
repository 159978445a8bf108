"""What lies between two lines of a paragraph: a blank, or nothing because the line's end cut a word."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from corpora.korean import kiwi
from corpora.readers.printed.lines import Line

# Signs that cut a word at a line's end: always (soft hyphen, the negation sign that recognition programs write for it),
# and those that words also hold themselves.
SOFT, HYPHEN = "\u00ad¬", "-\u2010\u2011"
CUT = re.compile(rf"([^\W\d_]+)([{HYPHEN}{SOFT}])$")
FIRST = re.compile(r"[^\W\d_]+")
# A dash that is written without blanks, and an address of the web that goes on: a line may end there, too.
OPEN = re.compile(r"\w[-\u2010\u2011–—]$|(?:https?://|www\.)\S*[/_=%&?]$|https?:$")
WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
# Russian words that keep their hyphen (Rules of Russian Orthography and Punctuation 1956, 76-87): by what stands before
# it and what stands behind it.
RUSSIAN = re.compile(
    r"(?:как\w*|как(?:ой|ого)|кто|ко(?:го|му)|кем|ком|что|че(?:го|му|м)|где|куда|когда|откуда|чь\w+|чей|почему|зачем|"
    r"отчего|сколько)-(?:то|либо|нибудь)|ко[ей]-\w+|из-(?:за|под)|во-(?:первых|вторых|третьих)|все-таки|всё-таки|"
    r"по-(?:\w+[сц]ки|моему|твоему|своему|нашему|вашему|прежнему|новому|старому|видимому|другому|настоящему)"
)
# Two adjectives on a level ("social and economic"), where the second is a word of the text; one subordinate to the other is
# written as one word ("of agriculture").
COMPOUND = re.compile(
    r"(?!само|взаимо|много|мало|ново|перво|ранее|выше|ниже)[а-яё]{4,}о-(?!хозяйствен)[а-яё]{4,}"
    r"(?:ого|ому|ой|ый|ий|ая|яя|ое|ее|ые|ие|их|ых|ими|ыми|ую|юю|ом|ем|ым|им|ей)"
)
# Parts of English words that mostly keep theirs (Chicago Manual of Style, 17th ed., 7.89).
SELF = frozenset(("self", "ex", "vice", "well", "half", "all", "cross", "north", "south"))
LETTER = re.compile("[가-힣\u4e00-\u9fff\uf900-\ufaff]")
HANGUL = re.compile("[가-힣]")
KANA = re.compile("[\u3040-\u30ff]")
# Characters at the end of a line that are looked at, and those of the longest line of print.
LONGEST, LONGEST_LINE = 200, 1000
# Lines of Korean that go to the analyser together.
TOGETHER = 200
# The share of lines with a blank drawn behind them that tells that the file draws one wherever there is one.
DRAWN, FEWEST = 0.15, 8
# The share of lines below which the analyser errs: it takes one of a hundred ends of words for a cut. Lines that tell.
ERRING, MANY = 0.03, 60


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """The words of lines in small letters, without those that the ends of lines may have cut."""
    counts: Counter[str] = Counter()
    was_cut = False
    for text in texts:
        words = WORD.findall(text.casefold())
        is_korean = bool(HANGUL.search(text))
        ends = bool(CUT.search(text[-LONGEST:])) or is_korean
        counts.update(words[1 if was_cut or is_korean else 0 : -1 if ends else None])
        was_cut = ends
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
    one = one[-LONGEST:]
    cut, first = CUT.search(one), FIRST.match(other)
    if not cut or not first:
        return (1, one[-1]) if OPEN.search(one) and (other[:1].isalnum() or other.startswith("//")) else None
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
    if COMPOUND.fullmatch(f"{small}-{later}") and known.get(later):
        return True
    if small in SELF or one[: -len(before) - 1].endswith(tuple("-\u2010")):
        return True
    # "Anglo-American", "USSR-Korea"; a word in capitals is cut like any other.
    return behind[0].isupper() and not (before.isupper() and len(before) > 1)


def in_syllables(one: str, other: str) -> bool:
    """True where two lines meet in letters of which each can end a line: Hangul and Han."""
    return bool(LETTER.match(one[-1:]) and LETTER.match(other[:1]))


def cut_lines(paragraphs: Sequence[Sequence[Line]], known: Mapping[str, int]) -> frozenset[int]:
    """The lines of a text, by their `id`, whose ends cut a word of Korean without a hyphen.

    A file that draws its blanks tells by a line that ends without one. Of another, the analyser decides; where it finds
    next to none, it errs, and the text has its lines end with words.

    Args:
        paragraphs: the lines of each.
        known: the words of the text, by `vocabulary`.
    """
    meeting = [[in_syllables(one.text, other.text) for one, other in itertools.pairwise(lines)] for lines in paragraphs]
    pairs = sum(map(sum, meeting))
    ends = [
        line
        for lines, meet in zip(paragraphs, meeting, strict=True)
        for line, one in zip(lines, meet, strict=False)
        if one
    ]
    drawn = sum(line.ends_blank for line in ends)
    if drawn >= max(FEWEST, DRAWN * pairs):
        return frozenset(id(line) for line in ends if not line.ends_blank)
    found = frozenset(
        id(line)
        for lines, meet in zip(paragraphs, meeting, strict=True)
        if any(meet)
        for line, cut in zip(lines, _cuts([line.text for line in lines], known), strict=False)
        if cut
    )
    return found if pairs < MANY or len(found) >= ERRING * pairs else frozenset()


def _cuts(texts: Sequence[str], known: Mapping[str, int]) -> list[bool]:
    """For each line of a paragraph but the last: True where its end cut a word.

    Source: the spacing of Kiwi's morphological analysis (Lee 2024); a word that the text has in one elsewhere is one.
    """
    if any(len(text) > LONGEST_LINE for text in texts):
        # No line of print: nothing is known of its words.
        return [False] * (len(texts) - 1)
    if not any(HANGUL.search(text) for text in texts):
        # Chinese and Japanese know no blanks.
        return [in_syllables(one, other) for one, other in itertools.pairwise(texts)]
    found: list[bool] = []
    for start in range(0, len(texts) - 1, TOGETHER):
        _, blanks = kiwi().glue(texts[start : start + TOGETHER + 1], return_space_insertions=True)
        found += [not blank for blank in blanks]
    return [
        in_syllables(one, other) and _is_word(one, other, cut, known)
        for (one, other), cut in zip(itertools.pairwise(texts), found, strict=True)
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
