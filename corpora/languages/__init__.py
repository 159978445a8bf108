"""Language packs: one TOML file a language, and what can be told of a text from its script alone."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
# Unicode ranges that tell a script (Unicode 15, Scripts.txt); Han is left out: Korean papers of the period mix it in.
SCRIPTS = {
    "Hangul": re.compile(r"[ᄀ-ᇿ㄰-㆏가-힣]"),
    "Cyrillic": re.compile(r"[Ѐ-ԯ]"),
    "Latin": re.compile(r"[A-Za-zÀ-ɏ]"),
}


@dataclass(frozen=True, slots=True)
class Language:
    """What the workbench knows of one language; see the TOML files for the meaning of each list."""

    code: str
    name: str
    script: str
    sentences: str
    colophon: tuple[str, ...]
    apparatus: re.Pattern[str] | None
    months: tuple[re.Pattern[str], ...]
    idioms: re.Pattern[str] | None
    numbers: tuple[tuple[int, re.Pattern[str]], ...]
    denial: re.Pattern[str] | None
    passed_over: re.Pattern[str] | None
    obligation: re.Pattern[str] | None
    possibility: re.Pattern[str] | None
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
    path = FOLDER / f"{primary}.toml"
    known = path.is_file()
    data = tomllib.loads((path if known else FOLDER / "und.toml").read_text(encoding="utf-8"))
    # Hangul writes particles on the numeral, so a word border can be asked for in the other scripts only.
    edge = "" if data["script"] == "Hangul" else r"\b"
    return Language(
        code=primary,
        name=data["name"] if known else NAMES.get(primary, primary),
        script=data["script"] if known else SCRIPT_OF.get(primary, ""),
        sentences=data["sentences"],
        colophon=tuple(data["colophon"]),
        apparatus=any_of(data["apparatus"]),
        months=tuple(re.compile(f"{edge}(?:{month}){edge}", re.IGNORECASE) for month in data["months"]),
        idioms=any_of(data["idioms"]),
        numbers=tuple(
            (int(value), re.compile(f"{edge}(?:{'|'.join(words)}){edge}", re.IGNORECASE))
            for value, words in data["numbers"].items()
        ),
        denial=any_of(data["negation"]["denial"]),
        passed_over=any_of(data["negation"]["passed_over"]),
        obligation=any_of(data["modality"]["obligation"]),
        possibility=any_of(data["modality"]["possibility"]),
        translated_from=line_with(data["statements"]["translated_from"]),
        signed=line_with(data["statements"]["signed"]),
        language_names=data["statements"]["names"],
    )


# English names and scripts of languages the encoder knows but that have no file here (Unicode CLDR).
NAMES = {
    "ar": "Arabic", "de": "German", "es": "Spanish", "fr": "French", "it": "Italian", "ja": "Japanese",
    "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "th": "Thai", "tr": "Turkish", "zh": "Chinese",
}  # fmt: skip
SCRIPT_OF = dict.fromkeys(("de", "es", "fr", "it", "nl", "pl", "pt", "tr"), "Latin")


def script_of(text: str) -> str:
    """The script most letters of the text are written in, "" when it has none that is known here."""
    counts = {script: len(pattern.findall(text)) for script, pattern in SCRIPTS.items()}
    best = max(counts, key=lambda script: counts[script])
    return best if counts[best] else ""


def guess(text: str) -> str:
    """The language of a text: by its script, and within the Latin script by its words.

    Source: Hangul and Cyrillic decide at once; Latin goes to py3langid (Lui and Baldwin 2012), held to the
    languages that the default encoder knows.
    """
    script = script_of(text)
    if script in ("Hangul", "Cyrillic"):
        return "ko" if script == "Hangul" else "ru"
    if not script:
        return "und"
    return _identifier().classify(text[:20000])[0]


@lru_cache(maxsize=1)
def _identifier():  # type: ignore[no-untyped-def]
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["en", *sorted(SCRIPT_OF)])
    return identifier


@lru_cache(maxsize=1)
def names() -> tuple[tuple[str, dict[str, re.Pattern[str]]], ...]:
    """The authority list: for each name its key and, a language, the pattern of its attested forms."""
    data = tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8"))
    return tuple(
        (key, {code: re.compile(_whole_words(forms, code)) for code, forms in entry.items()})
        for key, entry in data.items()
    )


def _whole_words(forms: list[str], code: str) -> str:
    joined = "|".join(forms)
    return joined if code == "ko" else rf"\b(?:{joined})\b"
