"""Texts that stand together in one file, in different languages, and how they are told apart.

Three ways are tried, in this order: marker lines (`markers`), an archive's pages (`pages`), letters (`letters`). An
archive's citation block at the head of the file goes with the English text, or with the first one where none is.
"""

from dataclasses import replace

from corpora import citation
from corpora.languages import guess
from corpora.parts import letters, markers, pages
from corpora.parts.part import Part, Parts


def find(text: str) -> Parts:
    """The texts of a text; one part where it is one, or where they cannot be told apart."""
    if found := pages.find(text):
        return found
    block = citation.find(text)
    start = block.contents if block and _is_head(text, block) else 0
    found = markers.find(text[start:]) or letters.find(text[start:])
    if not found:
        return Parts((Part("", (text,)),))
    if len(found.texts) < 2:
        return replace(found, texts=(Part("", (text,)),))
    return _headed(found, text[:start]) if start else found


def _is_head(text: str, block: citation.Citation) -> bool:
    """Whether nothing stands before the citation block."""
    first = min([one.start for one in block.fields], default=block.contents)
    return not text[:first].strip(" \t\n*")


def _headed(found: Parts, head: str) -> Parts:
    """The texts with the citation block at the head of the one it goes with."""
    codes = [one.language or guess(one.text) for one in found.texts]
    place = next((place for place, code in enumerate(codes) if code == "en"), 0)
    taken = found.texts[place]
    first = next(number for number, piece in enumerate(taken.pieces) if piece)
    pieces = (*taken.pieces[:first], head + taken.pieces[first], *taken.pieces[first + 1 :])
    texts = (*found.texts[:place], Part(taken.language, pieces), *found.texts[place + 1 :])
    return replace(found, texts=texts)
