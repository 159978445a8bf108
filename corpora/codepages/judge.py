"""How likely a text is: the bits it costs to say it, letter by letter, when one expects Korean, Russian or English.

Bytes that were decoded in the wrong way make text that nobody expects: rare syllables, capitals inside of words, two
alphabets in a word, signs where they do not belong. Each of these costs bits, and the reading that costs the fewest is
the most likely one. The letters' costs come from `letters.toml`. Those of everything else are our own, in whole bits of
about the share that such a thing has in running text; they matter only as far as they tell readings apart, which
`benchmarks/codepages.py` measures.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STATISTICS = Path(__file__).with_name("letters.toml")
# Kinds of characters, as far as the costs tell them apart.
RUSSIAN, CYRILLIC, LATIN, HANGUL, HAN, DIGIT, SPACE, SIGN = range(8)
LETTERS = (RUSSIAN, CYRILLIC, LATIN, HANGUL, HAN)
# Where a word stands.
INSIDE, HEAD_OF_LINE, HEAD_OF_SENTENCE, BEHIND_CAPITALS = range(4)
SCRIPT = {RUSSIAN: 0, CYRILLIC: 0, LATIN: 1, HANGUL: 2, HAN: 2}
ASCII_LETTER, ASCII_SIGN, DIGITS, SPACES = 4.2, 6.0, 3.5, 2.7
# Letters of the alphabets that are near: Ukrainian and Belarusian ones come in Russian texts, the others hardly.
NEAR, NEAR_COST, FAR_COST = frozenset("іїєґўІЇЄҐЎ"), 13.0, 22.0
# A syllable that the statistics lack, one of KS X 1001 or not.
RARE, RARER = 21.0, 25.0
# A Chinese character, one that KS X 1001 lacks, and one that begins a word or follows Hangul.
HAN_COST, HAN_RARE, HAN_BEGINS = 11.5, 19.0, 3.0
# Capitals: at the beginning of a sentence, of a line, of another word, behind a word of capitals; the second one, which
# begins a word of capitals, also behind another such word; the following ones; one behind a small letter. Small letters:
# at the beginning of a sentence, of a line, behind a word of capitals, and behind two capitals.
FIRST, HEAD, CAPITAL, CAPITAL_AGAIN = 0.5, 1.0, 4.0, 1.0
SECOND, SECOND_AGAIN, FOLLOWING, RAISED = 3.5, 0.7, 0.2, 12.0
SMALL_FIRST, SMALL_HEAD, SMALL_AGAIN, LOWERED = 3.0, 2.0, 1.0, 9.0
# Two alphabets in a word, a word in another alphabet than the one before, the first one in an alphabet, Hangul beside
# Latin letters ("CIA는").
MIXED, CHANGED, NEW, BESIDE = 15.0, 5.0, 6.0, 3.0
# The first letter with an accent, for many texts have none; and one that has no letter beside it, but for a few words.
ACCENT, ALONE, WORDS = 11.0, 4.0, frozenset("àéèáóòùÀÉÓ")
# Letters of Central Europe, which are expected less.
EASTERN = 4.0
# Signs of printed text in the places where they belong.
FITTING = {"’": 6.0, "«": 6.0, "»": 6.0, "“": 6.5, "”": 6.5, "„": 8.5, "‘": 7.5, "—": 6.0, "–": 7.0, "…": 7.5, "№": 7.5,
           "\u00a0": 7.0, "·": 9.0, "•": 9.0, "§": 10.0, "°": 10.0, "€": 11.0, "£": 11.0, "©": 9.0, "®": 12.0, "™": 12.0,
           "±": 12.0, "½": 12.0, "¼": 12.0, "×": 12.0, "´": 13.0, "\u00ad": 13.0, "¿": 13.0, "¡": 13.0,
           "《": 7.0, "》": 7.0, "〈": 8.0, "〉": 8.0, "「": 8.0, "」": 8.0, "『": 8.0, "』": 8.0, "ㆍ": 9.0, "○": 11.0,
           "△": 11.0, "□": 11.0, "※": 11.0, "→": 11.0, "′": 11.0, "″": 11.0, "、": 11.0, "。": 11.0}  # fmt: skip
OPENING, CLOSING = frozenset("«“„‘《〈「『¿¡"), frozenset("»”’》〉」』®™°…′″、。½¼")
# English quotation marks, which Russian print has less often than its own.
ENGLISH, IN_RUSSIAN = frozenset("“”‘’"), 3.0
# What stands behind an apostrophe in an English word, and how long a word is that one behind it cuts ("d’Arc", "O’Neill");
# anything else between two letters is a letter that was misread.
ENDING, CUT = re.compile(r"(?:s|t|d|m|re|ve|ll)(?![^\W\d_])", re.IGNORECASE), 2
# Those that may stand between two letters, and those that open what another one closes.
JOINING, PAIRED = frozenset("ㆍ–—…\u00a0\u00ad"), (("“", "”"), ("«", "»"), ("《", "》"), ("〈", "〉"), ("「", "」"))
# Signs that no place is known of, letters of other alphabets, the first and what follows it, and what no text holds.
UNUSUAL, FOREIGN, FOREIGN_FOLLOWS, IMPOSSIBLE = 21.0, 24.0, 8.0, 26.0
# Letters of one alphabet lie in one block of this many code points.
BLOCK = 128
# A sign where it does not belong, one in the middle of a word, and one of a pair that lacks the other.
MISPLACED, IN_WORD, UNPAIRED = 6.0, 12.0, 2.5
# Lines and corners of tables in DOS files, alone and beside one another; and a sign that is the same as before, for long
# lines of one are nothing special.
BOX, BOX_ALONE, BOX_OTHER, REPEATED = re.compile("[─-▟]"), 24.0, 9.0, 1.0
SENTENCE_END = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Statistics:
    """What letters cost, in bits: Russian ones behind another, "" at the edge of a word, Korean and Latin ones alone."""

    pairs: Mapping[tuple[str, str], float]
    syllables: Mapping[str, float]
    latin: Mapping[str, float]


@cache
def statistics() -> Statistics:
    """The statistics of `letters.toml`."""
    data = tomllib.loads(STATISTICS.read_text(encoding="utf-8"))
    letters = [letter.strip("_") for letter in data["russian"]["letters"]]
    rows = zip(letters, data["russian"]["pairs"], strict=True)
    return Statistics(
        {(first, second): cost / 10 for first, row in rows for second, cost in zip(letters, row, strict=True)},
        {sign: float(cost) for cost, signs in data["korean"].items() for sign in signs},
        {sign: float(cost) + EASTERN for cost, signs in data["central"].items() for sign in signs}
        | {sign: float(cost) for cost, signs in data["western"].items() for sign in signs},
    )


@cache
def kind(sign: str) -> int:
    """One of the kinds of characters."""
    if sign in " \t\n\r\f\v":
        return SPACE
    if "а" <= sign.lower() <= "я" or sign in "ёЁ":
        return RUSSIAN
    if "Ѐ" <= sign <= "ԯ":
        return CYRILLIC
    if "a" <= sign.lower() <= "z" or ("À" <= sign <= "ɏ" and sign not in "×÷"):
        return LATIN
    if "가" <= sign <= "힣":
        return HANGUL
    if "\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff":
        return HAN
    return DIGIT if "0" <= sign <= "9" else SIGN


def cost(text: str) -> float:
    """The bits that a text costs."""
    total, word, script, place_of = 0.0, "", -1, HEAD_OF_LINE
    has_accent, is_loud, scripts = False, False, set[int]()
    for place, (before, sign, after) in enumerate(zip(" " + text, text, text[1:] + " ", strict=False)):
        what = kind(sign)
        if what in LETTERS:
            total += _letter(word, sign, what) + _case(word, sign, BEHIND_CAPITALS if is_loud else place_of)
            total += _change(before if word else "", word[:1], what, script)
            if what == LATIN and not sign.isascii() and not has_accent:
                total, has_accent = total + ACCENT, True
            if SCRIPT[what] not in scripts:
                total += NEW if scripts else 0.0
                scripts.add(SCRIPT[what])
            word, script, place_of = word + sign, SCRIPT[what], INSIDE
            continue
        total += _end(word) + _between(before, sign, after, what)
        if sign == "’" and len(word) > CUT and after.isalpha() and not ENDING.match(text, place + 1):
            total += IN_WORD
        if word:
            is_loud = word.isupper() if len(word) > 1 else is_loud and word.isupper()
        word = ""
        if sign == "\n" or sign == "\r":
            place_of = HEAD_OF_LINE
        elif sign in SENTENCE_END:
            place_of = HEAD_OF_SENTENCE
        elif what == DIGIT:
            place_of = INSIDE
    return total + _end(word) + UNPAIRED * _unpaired(text)


def _unpaired(text: str) -> int:
    """How many quotation marks lack their other one; low ones are closed by English opening or closing ones."""
    low = max(0, text.count("„") - text.count("“") - text.count("”"))
    return low + sum(abs(text.count(first) - text.count(second)) for first, second in PAIRED)


def _end(word: str) -> float:
    """What it costs that a word ends here, where that is known."""
    return statistics().pairs[word[-1].lower(), ""] if word and kind(word[-1]) == RUSSIAN else 0.0


def _letter(word: str, sign: str, what: int) -> float:
    known = statistics()
    if what == RUSSIAN:
        first = word[-1].lower() if word and kind(word[-1]) == RUSSIAN else ""
        return known.pairs[first, sign.lower()]
    if what == CYRILLIC:
        return NEAR_COST if sign in NEAR else FAR_COST
    if what == HANGUL:
        return known.syllables.get(sign) or (RARE if _is_in_ksx(sign) else RARER)
    if what == HAN:
        return (HAN_COST if _is_in_ksx(sign) else HAN_RARE) + (0.0 if word and kind(word[-1]) == HAN else HAN_BEGINS)
    if sign.isascii():
        return ASCII_LETTER
    alone = not word and sign not in WORDS
    return known.latin.get(sign.lower(), UNUSUAL + MISPLACED) + (ALONE if alone else 0.0)


@cache
def _is_in_ksx(sign: str) -> bool:
    return len(sign.encode("euc_kr", "ignore")) == 2


def _case(word: str, sign: str, place_of: int) -> float:
    if sign.isupper():
        if not word:
            return (CAPITAL, HEAD, FIRST, CAPITAL_AGAIN)[place_of]
        if not word[-1].isupper():
            return RAISED if word[-1].islower() else 0.0
        return FOLLOWING if len(word) > 1 else SECOND_AGAIN if place_of == BEHIND_CAPITALS else SECOND
    if not sign.islower():
        return 0.0
    if not word:
        return (0.0, SMALL_HEAD, SMALL_FIRST, SMALL_AGAIN)[place_of]
    return LOWERED if len(word) > 1 and word[-2:].isupper() else 0.0


def _change(before: str, first: str, what: int, script: int) -> float:
    """What it costs that a letter is of another alphabet than the one before it, in a word that begins with `first`."""
    if not before:
        return CHANGED if script >= 0 and SCRIPT[what] != script else 0.0
    other = kind(before)
    if SCRIPT[other] == SCRIPT[what]:
        return HAN_BEGINS if other == HANGUL and what == HAN else 0.0
    # Hangul goes behind Latin letters and before them, but not between them.
    is_between = what == LATIN and kind(first) == LATIN
    return BESIDE if {SCRIPT[other], SCRIPT[what]} == {1, 2} and not is_between else MIXED


def _between(before: str, sign: str, after: str, what: int) -> float:
    """What anything but a letter costs between the signs before and after it."""
    if what == SPACE:
        return SPACES
    if what == DIGIT:
        return DIGITS
    if sign.isascii():
        return ASCII_SIGN if " " < sign < "\x7f" else IMPOSSIBLE
    if sign.isalpha():
        return FOREIGN_FOLLOWS if before.isalpha() and ord(before) // BLOCK == ord(sign) // BLOCK else FOREIGN
    if sign == "\ufffd" or unicodedata.category(sign)[0] == "C":
        return FITTING.get(sign, IMPOSSIBLE)
    if sign == before:
        return REPEATED
    if BOX.match(sign):
        return BOX_OTHER if BOX.match(before) else BOX_ALONE + _misplaced(before, sign, after)
    beside = RUSSIAN in (kind(before), kind(after)) and sign in ENGLISH
    return FITTING.get(sign, UNUSUAL) + (IN_RUSSIAN if beside else 0.0) + _misplaced(before, sign, after)


def _misplaced(before: str, sign: str, after: str) -> float:
    """What it costs that a sign does not stand as it does in print: before, behind or between words."""
    behind, ahead = kind(before) in LETTERS, kind(after) in LETTERS
    if behind and ahead:
        of_latin = kind(before) == LATIN
        return 0.0 if (sign == "’" if of_latin else sign == "·") or sign in JOINING else IN_WORD
    if sign in OPENING:
        begins = before.isspace() or before in "([-\"'«“„"
        return MISPLACED * (after.isspace() + (not begins))
    if sign in CLOSING:
        return MISPLACED * (before.isspace() + ahead)
    if sign == "\u00a0":
        return MISPLACED * (before.isspace() + after.isspace())
    return MISPLACED if (behind and sign != "\u00ad") or (ahead and sign not in "·•№§©") else 0.0
