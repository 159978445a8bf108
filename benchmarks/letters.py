"""How often letters stand beside one another: the statistics by which encodings are told.

    python -m benchmarks.letters > corpora/codepages/letters.toml

Made from the word frequencies of wordfreq 3.1.1 (Speer 2022; its data are CC BY-SA 4.0), which is no part of the
requirements: `pip install --no-deps wordfreq==3.1.1 ftfy langcodes locate msgpack regex wcwidth`. Costs are bits, the
binary logarithm of how rarely something comes.
"""

import importlib
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
# Stands for the beginning and the end of a word.
EDGE = "_"
# What a pair borrows from how often its second letter comes at all, and from all letters alike.
BORROWED, ALIKE = 0.02, 0.002
# Languages in Latin letters that the code pages of Western and of Central Europe can write.
WESTERN, CENTRAL = ("en", "fr", "de", "es", "it", "nl", "pt"), ("hu", "pl", "cs", "ro")
# Romanian is written with a comma under these letters, for which code pages have those with a cedilla.
CEDILLA = str.maketrans("șț", "şţ")
# Most of the texts behind the list write е for ё; where it is written it comes about four times as often.
YO = 4
# The word lists write it ss; its share of German letters (Beutelspacher, Kryptologie 2005).
SHARP_S = 0.0031
HEAD = """\
# What letters cost in bits: how often they come, and in Russian how often behind one another. Printed by
# `python -m benchmarks.letters` from the word frequencies of wordfreq 3.1.1 (Robyn Speer, 2022), whose data are
# CC BY-SA 4.0 and come from Wikipedia, subtitles, news, books and the web.
"""


def frequencies(code: str) -> Mapping[str, float]:
    """How often each word of a language comes."""
    found: Mapping[str, float] = importlib.import_module("wordfreq").get_frequency_dict(code, "best")
    return found


def pairs() -> Iterator[str]:
    """The tables of Russian: the letters, and for each first letter of a pair the cost of every second one."""
    counts: defaultdict[tuple[str, str], float] = defaultdict(float)
    single: defaultdict[str, float] = defaultdict(float)
    for word, times in frequencies("ru").items():
        if set(word) <= set(RUSSIAN):
            frequency = times * (YO if "ё" in word else 1)
            for pair in zip(EDGE + word, word + EDGE, strict=True):
                counts[pair] += frequency
                single[pair[1]] += frequency
    letters, total = EDGE + RUSSIAN, sum(single.values())
    yield f'[russian]\nletters = "{letters}"\n# Tenths of a bit: a row for each first letter, in the order of `letters`.\npairs = ['
    for first in letters:
        behind = sum(counts[first, second] for second in letters)
        shares = [
            (1 - BORROWED - ALIKE) * counts[first, second] / behind
            + BORROWED * single[second] / total
            + ALIKE / len(letters)
            for second in letters
        ]
        yield f"  [{', '.join(str(round(-10 * math.log2(share))) for share in shares)}],"
    yield "]\n"


def singles(name: str, said: str, counts: Mapping[str, float], all_signs: float = 0) -> Iterator[str]:
    """A table of signs by what they cost, in whole bits, the frequent ones first; they are so many of `all_signs`."""
    total = all_signs or sum(counts.values())
    of_cost: dict[int, list[str]] = {}
    for sign in sorted(counts, key=lambda sign: (-counts[sign], sign)):
        of_cost.setdefault(round(-math.log2(counts[sign] / total)), []).append(sign)
    yield f"# {said}\n[{name}]"
    yield from (f'{cost} = "{"".join(signs)}"' for cost, signs in of_cost.items())


def korean() -> Mapping[str, float]:
    """How often each syllable of Korean comes."""
    counts: defaultdict[str, float] = defaultdict(float)
    for word, frequency in frequencies("ko").items():
        for sign in word:
            if "가" <= sign <= "힣":
                counts[sign] += frequency
    return counts


def latin(codes: Sequence[str], encoding: str) -> Mapping[str, float]:
    """How often each letter comes in languages in Latin letters, all of them alike."""
    counts: defaultdict[str, float] = defaultdict(float)
    for code in codes:
        for listed, frequency in frequencies(code).items():
            word = listed.translate(CEDILLA)
            is_written = word.encode(encoding, "ignore").decode(encoding) == word
            # What cannot be written in the code page is a foreign word.
            if is_written and all(unicodedata.category(sign) == "Ll" for sign in word):
                for sign in word:
                    counts[sign] += frequency
    return counts


def main() -> None:
    print(HEAD)
    for line in pairs():
        print(line)
    for line in singles("korean", "Syllables of Korean.", korean()):
        print(line)
    western = {**latin(WESTERN, "cp1252")}
    western["ß"] = SHARP_S * sum(western.values()) / len(WESTERN)
    central = latin(CENTRAL, "cp1250")
    only = {sign: count for sign, count in central.items() if sign not in western}
    said = "Letters of languages of {} Europe ({}), all of them alike"
    print()
    for line in singles("western", said.format("Western", ", ".join(WESTERN)) + ".", western):
        print(line)
    print()
    said = said.format("Central", ", ".join(CENTRAL)) + ", those that the former lack."
    for line in singles("central", said, only, sum(central.values())):
        print(line)


if __name__ == "__main__":
    main()
