"""What a file states of its text, as far as it can be believed: language, title and times."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from corpora import languages
from corpora.building import clean
from corpora.document import Block

# Below so many letters the language that a file states is believed rather than what its letters suggest.
ENOUGH = 60
# Of a longer text some stretches are looked at, of so many characters together.
SAMPLE, STRETCHES = 120_000, 4


def language_of(text: str, stated: Mapping[str, int]) -> str:
    """The language of a text: the one that most of it is stated to be in, unless the text says otherwise.

    Args:
        text: of a version.
        stated: language tags with the number of characters that are said to be in them. Programs put the language of
            their user there as often as that of the text.
    """
    text = _sample(text)
    by_text = languages.guess(text)
    tag = max(stated, key=lambda tag: stated[tag], default="")
    primary = tag.split("-")[0].lower()
    if not re.fullmatch("[a-z]{2,3}", primary) or primary in ("und", "zxx") or primary == by_text:
        return by_text
    script, wanted = languages.script_of(text), languages.language(primary).script
    if by_text == "und" or not script:
        # Of letters that no script here has, a language with a script of its own is no name.
        return by_text if wanted else primary
    if wanted:
        # The same letters: only what the text is too short to tell is left to the statement.
        is_short = sum(map(str.isalpha, text[: 10 * ENOUGH])) < ENOUGH
        return primary if wanted == script == "Latin" and is_short else by_text
    return primary if stated_fits(primary, script) else by_text


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    step, size = len(text) // STRETCHES, SAMPLE // STRETCHES
    return " ".join(text[start : start + size] for start in range(0, step * STRETCHES, step))


# Languages in letters of a script that have no pack here, by their tags.
CYRILLIC = frozenset(
    ("uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt", "ba", "cv", "os", "ce", "sah", "uz", "az")
)
OTHERS = frozenset(
    ("ja", "zh", "yue", "ar", "fa", "ur", "he", "yi", "el", "hy", "ka", "th", "hi", "bn", "ta", "te", "am")
)


def stated_fits(primary: str, script: str) -> bool:
    """True where a language that has no pack can be written in this script."""
    return primary in CYRILLIC if script == "Cyrillic" else script == "Latin" and primary not in CYRILLIC | OTHERS


def in_utc(time: str) -> str:
    """A time of a file as ISO 8601 in UTC, "" where it is none; one without a zone is taken as it stands.

    >>> in_utc("2024-03-05T12:00:00+09:00"), in_utc("yesterday")
    ('2024-03-05T03:00:00+00:00', '')
    """
    try:
        found = datetime.fromisoformat(time.strip())
        return (found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return ""


# Titles that programs give and nobody chose: of an empty document in several languages, or a file's name.
GENERIC = re.compile(
    r"(?:microsoft (?:office )?word ?[-–—].*|(?:document|dokument|документ|doc|untitled|безымянный|без имени|без названия"
    r"|문서|새 문서|제목 없음|無題|word document|документ microsoft word|microsoft word 문서)[ _-]*\d*"
    r"|.*\.(?:docx?|dotx?|docm|dotm|odt|ott|rtf|txt|html?|pdf|wpd|hwp)|pow(?:er)?point presentation)",
    re.IGNORECASE,
)
# What stands above a table of contents in the style of a title.
CONTENTS = re.compile(
    r"(?:table of )?contents|содержание|оглавление|차례|목차|inhalt(?:sverzeichnis)?|目次", re.IGNORECASE
)


def title_of(stated: str, blocks: Sequence[Block], text: str) -> str:
    """The title of a version: of its paragraphs of that kind, or the one that the file states, "" where neither is one."""
    shown = (" ".join(text[block.start : block.stop].split()) for block in blocks if block.kind == "title")
    titles = (title for title in (*shown, " ".join(clean(stated).split())) if _is_title(title))
    return next(titles, "")


def _is_title(text: str) -> bool:
    says = sum(map(str.isalnum, text)) > 1
    return says and not GENERIC.fullmatch(text) and not CONTENTS.fullmatch(text)
