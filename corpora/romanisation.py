"""Text in Latin letters, for a reviewer who does not read its script.

Sources: for Korean the Revised Romanization of 2000 and McCune and Reischauer 1939, by the sounds inside a word (독립 is
dongnip), as Wiktionary's module ko-pron writes them; Yale (Martin 1992) by the spelling. For Russian BGN/PCGN 1947
without its optional dots, the tables of the Library of Congress (ALA-LC), Wikipedia's simplified spelling and the
scientific one (GOST 1971, ISO/R 9 1968), from the tables of iuliia. We depart from these in two points: ё is written
with the Latin ë, for which iuliia leaves the Cyrillic letter, and a Russian word in capitals stays one (РЕЧЬ, but ЦК is
TsK). Korean has no capitals. Words in Chinese characters, single Hangul letters and Cyrillic letters of other languages
stay as they are.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from corpora.errors import UnknownName

# Systems by language: what a program calls them and what people do. The first is the language's default.
SYSTEMS: Mapping[str, Mapping[str, str]] = {
    "ko": {"revised": "Revised Romanization", "mccune-reischauer": "McCune–Reischauer", "yale": "Yale"},
    "ru": {
        "bgn-pcgn": "BGN/PCGN",
        "ala-lc": "ALA-LC (Library of Congress)",
        "wikipedia": "Wikipedia (simplified)",
        "scientific": "Scientific",
    },
}
# What the libraries call them.
KO_PRON = {"revised": "rr", "mccune-reischauer": "mr", "yale": "yr"}
IULIIA = {"bgn-pcgn": "bgn_pcgn_alt", "ala-lc": "ala_lc", "wikipedia": "wikipedia", "scientific": "scientific"}
# What one step writes: syllables, composed or not, and letters with their accents (Unicode 15, Scripts.txt).
HANGUL = re.compile(r"[ᄀ-ᇿ가-힣]+")
SYLLABLES = re.compile(r"[가-힣]+")
CYRILLIC = re.compile(r"[Ѐ-ӿ][Ѐ-ӿ\u0300-\u036f]*")
WORD = re.compile(r"\S+")
LATIN_YO = str.maketrans("ёЁ", "ëË")
# From so many letters on capitals are a word, not an abbreviation.
CAPITALS = 5
# Different words that are kept: about those of a long book with its inflections.
REMEMBERED = 65536


def romanised(text: str, language: str, system: str | None = None) -> str:
    """The text in Latin letters; as it is when the language has no systems.

    Args:
        text: any text; what is not a letter of the language's script stays.
        language: BCP 47 tag.
        system: a key of `SYSTEMS[language]`; the first of them if it is not given.

    Raises:
        UnknownName: the language has systems, but not this one.

    >>> romanised("조선의 독립 1955", "ko"), romanised("조선의 독립", "ko", "mccune-reischauer")
    ('joseonui dongnip 1955', 'chosŏnŭi tongnip')
    >>> romanised("Юрий объявил: «Ещё раз!»", "ru")
    'Yuriy ob”yavil: «Yeshchë raz!»'
    """
    code = language.split("-")[0].lower()
    if code not in SYSTEMS:
        return text
    chosen = next(iter(SYSTEMS[code])) if system is None else system
    if chosen not in SYSTEMS[code]:
        raise UnknownName("romanisation", chosen, SYSTEMS[code])
    letters, write = (HANGUL, _korean) if code == "ko" else (CYRILLIC, _russian)
    return letters.sub(lambda match: write(match[0], chosen), text)


def words(text: str, language: str, system: str | None = None) -> tuple[tuple[int, int, str], ...]:
    """The words between blanks, each with its half-open code points and its text as `romanised` writes it.

    Raises:
        UnknownName: as `romanised`.

    >>> words("로동당, 1955", "ko-KP")
    ((0, 4, 'rodongdang,'), (5, 9, '1955'))
    """
    return tuple((*match.span(), romanised(match[0], language, system)) for match in WORD.finditer(text))


@lru_cache(maxsize=REMEMBERED)
def _korean(word: str, system: str) -> str:
    from ko_pron import romanise

    # Given anything but whole syllables, it raises or joins what it should keep apart.
    composed = unicodedata.normalize("NFC", word)
    return SYLLABLES.sub(lambda run: romanise(run[0], KO_PRON[system]), composed)


@lru_cache(maxsize=REMEMBERED)
def _russian(word: str, system: str) -> str:
    import iuliia

    composed = unicodedata.normalize("NFC", word)
    latin: str = iuliia.schemas.get(IULIIA[system]).translate(composed).translate(LATIN_YO)
    return latin.upper() if composed.isupper() and len(composed) >= CAPITALS else latin
