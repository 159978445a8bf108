"""Sentences: text -> places of the sentences in it, by language.

Every splitter returns half-open spans that hold no white space at their ends and together hold every other character.
"""

import itertools
import re
from functools import lru_cache

from corpora.korean import kiwi
from corpora.languages import language

Spans = list[tuple[int, int]]
LAST_WORD = re.compile(r"(?<!\S)[\"'“«(\[]*(\S+)$")
CLOSERS = r"[\"'”’“‘»«›‹》」』）)\]]*"
# Full-width marks end a sentence whatever follows. A full stop behind a single letter or a day of the month does not:
# "J. Becher", "am 31. Januar".
END = re.compile(rf"[。？！]+{CLOSERS}|(?:[!?…]|(?<!\b\w)(?<!\b\d\d)\.)[.!?…]*{CLOSERS}(?=\s)")


def split_plain(text: str) -> Spans:
    """Sentences by closing punctuation followed by white space; for languages without a splitter of their own."""
    return _trimmed(text, [0, *(match.end() for match in END.finditer(text)), len(text)])


def split_english(text: str) -> Spans:
    """Sentences by pysbd's rules.

    Source: Sadvilkar and Neumann 2020, "PySBD: Pragmatic Sentence Boundary Disambiguation".
    """
    return _searched(text, _pysbd("en").segment(text))


def split_russian(text: str) -> Spans:
    """Sentences by razdel's rules (Natasha project)."""
    from razdel import sentenize

    return _trimmed(text, [*(sentence.start for sentence in sentenize(text)), len(text)])


def split_korean(text: str) -> Spans:
    """Sentences by Kiwi's morphological analysis."""
    return _trimmed(text, [*(sentence.start for sentence in kiwi().split_into_sents(text)), len(text)])


SPLITTERS = {"pysbd": split_english, "razdel": split_russian, "kiwi": split_korean, "plain": split_plain}


def split(text: str, code: str) -> Spans:
    """The places of the sentences of a text in this language."""
    pack = language(code)
    spans = SPLITTERS[pack.sentences](text) if text.strip() else []
    return _rejoined(text, spans, pack.abbreviations) if pack.abbreviations else spans


@lru_cache(maxsize=1)
def _pysbd(code: str):  # type: ignore[no-untyped-def]
    import pysbd

    return pysbd.Segmenter(language=code, clean=False)


def _searched(text: str, sentences: list[str]) -> Spans:
    """Borders found by looking for each sentence in turn: the splitter gives text, not places."""
    borders, place = [0], 0
    for sentence in sentences:
        found = text.find(sentence.strip(), place)
        if found >= 0:
            place = found + len(sentence.strip())
            borders.append(place)
    return _trimmed(text, [*borders, len(text)])


def _rejoined(text: str, spans: Spans, abbreviations: re.Pattern[str]) -> Spans:
    """The spans with those joined that were cut behind an abbreviation."""
    joined: Spans = []
    for start, stop in spans:
        if joined and (word := LAST_WORD.search(text, *joined[-1])):
            found = abbreviations.match(text, word.start(1))
            if found and found.end() == word.end():
                start = joined.pop()[0]
        joined.append((start, stop))
    return joined


def _trimmed(text: str, borders: list[int]) -> Spans:
    edges = sorted({0, *borders, len(text)})
    spans = []
    for start, stop in itertools.pairwise(edges):
        piece = text[start:stop]
        if piece.strip():
            spans.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return spans
