"""Words of different scripts by their sound: how alike two of them are as names or loans of each other.

Two spellings are compared. `letters` keeps what Latin, Cyrillic and Hangul all write apart; `sound` keeps only classes
of consonants and that there is a vowel, because Hangul writes p and f, l and r, k and g of foreign names alike.
Sources: for Hangul the Revised Romanization of 2000, voiced stops written as voiceless; for Cyrillic BGN/PCGN 1947,
with signs left out. We depart from both where another language's usual spelling is nearer (х is h, й is i).
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        re.split(" ", "a b v g d e e zh z i i k l m n o p r s t u f h ts ch sh sh _ i _ e iu ia"),
        strict=True,
    )
)
INITIALS = ["k", "k", "n", "t", "t", "r", "m", "p", "p", "s", "s", "_", "ch", "ch", "ch", "k", "t", "p", "h"]
VOWELS = [
    "a",
    "e",
    "ia",
    "ie",
    "o",
    "e",
    "io",
    "ie",
    "o",
    "ua",
    "ue",
    "ue",
    "io",
    "u",
    "uo",
    "ue",
    "ui",
    "iu",
    "u",
    "ui",
    "i",
]
FINALS = [
    "_",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "n",
    "t",
    "t",
    "k",
    "t",
    "p",
    "_",
]
# The first and the last precomposed syllable, and how many vowels and finals there are (Unicode 15, 3.12).
FIRST_SYLLABLE, LAST_SYLLABLE, OF_AN_INITIAL, OF_A_VOWEL = 0xAC00, 0xD7A3, 588, 28
# Latin spellings of one sound, in the order in which they are replaced; ahead of each, letters without which there is
# nothing to replace.
SPELLINGS = tuple(
    (needed, re.compile(pattern), letters)
    for needed, pattern, letters in (
        ("_", "_", ""), ("sch", "sch", "sh"), ("ph", "ph", "f"), ("kh", "kh", "h"), ("ck", "ck", "k"), ("x", "x", "ks"),
        ("qu", "qu", "kv"), ("q", "q", "k"), ("c", "c(?=[eiy])", "s"), ("c", "c(?!h)", "k"), ("w", "w", "v"),
        ("y", "y", "i"), ("j", "j", "zh"), ("th", "th", "t"), ("ee", "ee", "i"), ("oo", "oo", "u"),
        ("", r"(\D)\1", r"\1"),
    )
)  # fmt: skip
HISSES = re.compile("sh|ch|ts|zh")
CLASSES = str.maketrans("bvfgdrz", "pppktls")
VOWEL_RUN = re.compile("[aeiou]+")
DOUBLED = re.compile(r"(\D)\1")
# Shorter spellings say nothing unless they are equal.
SHORTEST = 3
# Endings, particles and the other parts of a name are cut off by comparing the best part, at a small price.
PART = 0.95


@lru_cache(maxsize=65536)
def letters(word: str) -> str:
    """The word in plain Latin letters and digits, small; "" when it has neither.

    >>> letters("Харрисон"), letters("Harrison"), letters("파인스타인")
    ('harison', 'harison', 'painsutain')
    """
    spelt = "".join(_letter(character) for character in unicodedata.normalize("NFC", word.lower()))
    for needed, pattern, replacement in SPELLINGS:
        if needed in spelt:
            spelt = pattern.sub(replacement, spelt)
    return spelt


def _letter(character: str) -> str:
    code = ord(character)
    if FIRST_SYLLABLE <= code <= LAST_SYLLABLE:
        code -= FIRST_SYLLABLE
        vowel = code % OF_AN_INITIAL // OF_A_VOWEL
        return INITIALS[code // OF_AN_INITIAL] + VOWELS[vowel] + FINALS[code % OF_A_VOWEL]
    if character in CYRILLIC:
        return CYRILLIC[character]
    return "".join(part for part in unicodedata.normalize("NFKD", character) if part.isalnum())


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """The word as classes of consonants with "a" for any run of vowels.

    >>> sound("동갈라"), sound("Donggala")
    ('tankala', 'tankala')
    """
    spelt = HISSES.sub("s", letters(word)).translate(CLASSES)
    return DOUBLED.sub(r"\1", VOWEL_RUN.sub("a", spelt))


def alike_all(source: Sequence[str], target: Sequence[str]) -> np.ndarray:
    """How alike every two words are in letters and in sound, each 0 to 1, shape (source, target, 2).

    It is the normalised indel similarity of the whole words or, a little less, of their best part.
    """
    planes = []
    for spell in (letters, sound):
        words = [spell(word) for word in source], [spell(word) for word in target]
        sizes = [np.array([len(word) for word in side]) for side in words]
        shorter = np.minimum(sizes[0][:, None], sizes[1][None])
        equal = np.array(words[0], object)[:, None] == np.array(words[1], object)[None]
        planes.append(np.where(shorter < SHORTEST, (shorter > 0) & equal, _ratios(*words)))
    return np.stack(planes, axis=-1)


def _ratios(source: Sequence[str], target: Sequence[str]) -> np.ndarray:
    """The similarity of spellings or, a little less, of their best part."""
    part = process.cdist(source, target, scorer=fuzz.partial_ratio, dtype=np.float64)
    whole = process.cdist(source, target, scorer=Indel.normalized_similarity, dtype=np.float64)
    return np.asarray(np.maximum(whole, PART * part / 100))


def likeness(source: Sequence[str], target: Sequence[str]) -> np.ndarray:
    """The mean of how alike every two words are in letters and in sound (as `alike_all`), shape (source, target).

    Spellings shorter than SHORTEST are compared like any others.

    >>> likeness(["동갈라", "나라"], ["Donggala"]).round(2)
    array([[0.84],
           [0.68]], dtype=float32)
    """
    found = np.zeros((len(source), len(target)), np.float32)
    for spell in (letters, sound):
        words = [spell(word) for word in source], [spell(word) for word in target]
        found += (_ratios(*words) / 2).astype(np.float32)
    return found
