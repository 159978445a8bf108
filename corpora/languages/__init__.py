"""Language packs: one TOML file a language, and what can be told of a text from its script alone."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
# The primary subtag of a language tag (BCP 47); the folder holds other files too.
TAG = re.compile(r"[a-z]{2,3}")
# A tag with a region, a script or the like.
REGIONAL = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})+")
# Unicode ranges that tell a script (Unicode 15, Scripts.txt); Han is left out: Korean papers of the period mix it in.
SCRIPTS = {
    "Hangul": re.compile(r"[ᄀ-ᇿ㄰-㆏가-힣]"),
    "Cyrillic": re.compile(r"[Ѐ-ԯ]"),
    "Latin": re.compile(r"[A-Za-zÀ-ɏ]"),
}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number word: its value, what it multiplies a number before it by (0 when it does not), and whether it counts alone."""

    value: float
    times: float = 0
    stands_alone: bool = True


@dataclass(frozen=True, slots=True)
class Language:
    """What the workbench knows of one language; see the TOML files for the meaning of each list."""

    code: str
    name: str
    script: str
    sentences: str
    abbreviations: re.Pattern[str] | None
    colophon: tuple[str, ...]
    apparatus: re.Pattern[str] | None
    months: tuple[re.Pattern[str], ...]
    month: re.Pattern[str] | None
    months_in_dates: tuple[re.Pattern[str], ...]
    idioms: re.Pattern[str] | None
    numerals: tuple[Numeral, ...]
    numeral: re.Pattern[str] | None
    numeral_runs: re.Pattern[str] | None
    number_link: re.Pattern[str] | None
    times: re.Pattern[str] | None
    decades: re.Pattern[str] | None
    suffixes: Mapping[str, float]
    measures: Mapping[str, re.Pattern[str]]
    has_roman: bool
    denial: re.Pattern[str] | None
    concord: re.Pattern[str] | None
    passed_over: re.Pattern[str] | None
    holds_denial: re.Pattern[str] | None
    obligation: re.Pattern[str] | None
    possibility: re.Pattern[str] | None
    loaded: re.Pattern[str] | None
    translated_from: re.Pattern[str] | None
    signed: re.Pattern[str] | None
    language_names: Mapping[str, str]


def any_of(patterns: list[str]) -> re.Pattern[str] | None:
    """One pattern that matches any of these, ignoring case; None when there are none."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE) if patterns else None


def line_with(pattern: str) -> re.Pattern[str] | None:
    """The pattern searched line by line, ignoring case; None when it is empty."""
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE) if pattern else None


@cache
def language(code: str) -> Language:
    """The language pack for a BCP 47 tag; "und" when the language has no file of its own."""
    primary = code.split("-")[0].lower()
    known = bool(TAG.fullmatch(primary)) and (FOLDER / f"{primary}.toml").is_file()
    data = _data(primary if known else "und")
    numerals, numeral = _numerals(data)
    return Language(
        code=primary,
        name=data["name"] if known else NAMES.get(primary, primary),
        script=data["script"] if known else SCRIPT_OF.get(primary, ""),
        sentences=data["sentences"],
        abbreviations=re.compile("|".join(data["abbreviations"])) if data["abbreviations"] else None,
        colophon=tuple(data["colophon"]),
        apparatus=any_of(data["apparatus"]),
        months=tuple(re.compile(_words([month], data), re.IGNORECASE) for month in data["months"]),
        month=_any_month(data),
        months_in_dates=tuple(
            re.compile(_words([month, *([f"(?:{short})\\.?"] if short else [])], data), re.IGNORECASE)
            for month, short in zip_longest(data["months"], data["short_months"], fillvalue="")
        ),
        idioms=any_of(data["idioms"]),
        numerals=numerals,
        numeral=numeral,
        numeral_runs=any_of(_in_full(data["numeral_runs"], data)),
        number_link=any_of(data["number_link"]),
        times=_either(data["quantities"]["times"]),
        decades=_either(data["quantities"]["decades"]),
        suffixes=data["quantities"]["suffixes"],
        measures={name: re.compile(_behind(words, data)) for name, words in data["measures"].items()},
        has_roman=data["quantities"]["roman"],
        denial=any_of(data["negation"]["denial"]),
        concord=any_of(data["negation"]["concord"]),
        passed_over=any_of(data["negation"]["passed_over"]),
        holds_denial=any_of(data["negation"]["holds_denial"]),
        obligation=any_of(data["modality"]["obligation"]),
        possibility=any_of(data["modality"]["possibility"]),
        loaded=any_of(data["wording"]["loaded"]),
        translated_from=line_with(data["statements"]["translated_from"]),
        signed=line_with(data["statements"]["signed"]),
        language_names=data["statements"]["names"],
    )


@cache
def _data(code: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))


def _words(patterns: list[str], data: Mapping[str, Any]) -> str:
    """One pattern of whole words, or of parts of words in a language that writes endings and particles on them."""
    joined = f"(?:{'|'.join(patterns)})"
    return joined if data["words_run_on"] else rf"(?<!\w){joined}(?!\w)"


def _either(patterns: list[str]) -> re.Pattern[str] | None:
    """One pattern of several that name the same groups; the first that fits is taken."""
    if not patterns:
        return None
    numbered = [re.sub(r"\(\?P<([a-z]+)>", rf"(?P<\g<1>{number or ''}>", one) for number, one in enumerate(patterns)]
    return re.compile("|".join(f"(?:(?<!\\d){one})" for one in numbered), re.IGNORECASE)


def _behind(words: list[str], data: Mapping[str, Any]) -> str:
    """A word that stands behind a number, with a blank or a hyphen between or none."""
    return rf"[\s\u00a0-]?(?:{'|'.join(words)})" + ("" if data["words_run_on"] else r"(?!\w)")


def _any_month(data: Mapping[str, Any]) -> re.Pattern[str] | None:
    """One pattern of all months; the name of the group that was found ends in the month's number."""
    groups = [f"(?P<m{number}>{month})" for number, month in enumerate(data["months"], 1)]
    return re.compile(_words(groups, data), re.IGNORECASE) if groups else None


def _numerals(data: Mapping[str, Any]) -> tuple[tuple[Numeral, ...], re.Pattern[str] | None]:
    """The number words, and a pattern whose named group is the place of the word it found among them."""
    times = {int(value) for value in data["multipliers"]}
    found: list[Numeral] = []
    groups: list[str] = []
    # In this order: what is a word by itself is tried before the syllables that only count inside a longer number.
    for table in ("numbers", "parts", "multipliers"):
        for key, words in data[table].items():
            value = int(key)
            groups.append(f"(?P<n{len(found)}>{'|'.join(_in_full(words, data))})")
            found.append(Numeral(value, value if value in times else 0, table == "numbers"))
    return tuple(found), re.compile(_words(groups, data), re.IGNORECASE) if groups else None


def _in_full(patterns: list[str], data: Mapping[str, Any]) -> list[str]:
    """The patterns with the signs of the file's own shorthand written out."""
    for sign, meant in data["shorthand"].items():
        patterns = [pattern.replace(sign, meant) for pattern in patterns]
    return patterns


# English names and scripts of languages the encoder knows but that have no file here (Unicode CLDR).
NAMES = {
    "ar": "Arabic", "de": "German", "es": "Spanish", "fr": "French", "it": "Italian", "ja": "Japanese",
    "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "th": "Thai", "tr": "Turkish", "zh": "Chinese",
}  # fmt: skip
SCRIPT_OF = dict.fromkeys(("de", "es", "fr", "it", "nl", "pl", "pt", "tr"), "Latin")


@cache
def _called() -> Mapping[str, str]:
    """The codes of languages by what people call them, themselves among it."""
    data: dict[str, list[str]] = tomllib.loads((FOLDER / "called.toml").read_text(encoding="utf-8"))
    return {name: code for code, names in data.items() for name in (code, *names)}


def called(name: str) -> str:
    """The tag of the language that people call so: "Korean", "русский", "ko", "ko-KP"; "" for anything else.

    >>> called("Русский"), called("ko-KP"), called("Klingon")
    ('ru', 'ko-KP', '')
    """
    plain = " ".join(name.lower().split())
    if code := _called().get(plain, ""):
        return code
    primary, hyphen, _ = plain.partition("-")
    return name.strip() if hyphen and primary in _called() and REGIONAL.fullmatch(plain) else ""


def script_of(text: str) -> str:
    """The script most letters of the text are written in, "" when it is none that is known here.

    >>> script_of("これはペンです。CIA"), script_of("朝鮮勞動黨은 朝鮮人民의 黨")
    ('', 'Hangul')
    """
    text = sampled(text)
    counts = {script: len(pattern.findall(text)) for script, pattern in SCRIPTS.items()}
    best = max(counts, key=lambda script: counts[script])
    others = sum(character.isalpha() for character in text) - sum(counts.values())
    # Han beside Hangul is Korean however much there is of it.
    return best if counts[best] and (best == "Hangul" or counts[best] >= others) else ""


def sampled(text: str) -> str:
    """The text or, of one that is longer than a book, PIECES pieces of it that lie evenly apart."""
    if len(text) <= BOOK:
        return text
    length = BOOK // PIECES
    return "".join(text[start : start + length] for start in range(0, len(text) - length, len(text) // PIECES))


def guess(text: str) -> str:
    """The language code of a text, "und" when it has no letters that are known here.

    Source: Hangul and Cyrillic decide at once; Latin goes to py3langid (Lui and Baldwin 2012), held to the
    languages that the default encoder knows.
    """
    script = script_of(text)
    if script in ("Hangul", "Cyrillic"):
        return "ko" if script == "Hangul" else "ru"
    if not script:
        return "und"
    words = text[:SAMPLE].lower().split()
    if sum(word in COMMON_ENGLISH for word in words) > ENGLISH_SHARE * len(words):
        return "en"
    return _identifier().classify(text[:SAMPLE])[0]


# Characters looked at to tell a language, and to tell a script: War and Peace has 3 million.
SAMPLE, BOOK, PIECES = 20000, 1_000_000, 100
# "the", "of" and "and" make up about 13 % of English words (British National Corpus frequency list) and next to none
# of any other language in Latin letters: the plain case, told without loading the identifier's model (0.7 s).
COMMON_ENGLISH = frozenset(("the", "of", "and"))
ENGLISH_SHARE = 0.07


@lru_cache(maxsize=1)
def _identifier():  # type: ignore[no-untyped-def]
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["en", *sorted(SCRIPT_OF)])
    return identifier


@dataclass(frozen=True, slots=True)
class Attested:
    """An entry of the authority list: its key, whether it is a place, and the pattern of its forms by language."""

    key: str
    is_place: bool
    forms: Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def names() -> tuple[Attested, ...]:
    """The authority list."""
    data = tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8"))
    return tuple(
        Attested(key, group == "places", {code: re.compile(_words(w, _data(code))) for code, w in entry.items()})
        for group, entries in data.items()
        for key, entry in entries.items()
    )
