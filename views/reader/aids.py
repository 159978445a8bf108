"""Reading aids for one unit: the words of its versions that stand for each other, and how words of other scripts sound."""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from aligners.words import gloss
from aligners.words.gloss import Side, links
from aligners.words.lexicon import Lexicon
from corpora.romanisation import SYSTEMS, romanised
from reviews.bench import Bench
from views import workroom
from views.reader.places import across


def answer(bench: Bench, ask: Mapping[str, Any]) -> dict[str, Any]:
    """The aids for a unit. Asked with `unit` and `systems`, romanisations by language; languages may be left out."""
    with bench.lock:
        row, versions = bench.work.row(ask["unit"]), bench.work.versions
        sides = tuple(
            Side(version.id, version.language, tuple(version.segments[index].text for index in side.indexes))
            for version, side in zip(versions, row.sides, strict=True)
            if len(side)
        )
    lexicons = {id: hop.lexicon for id, hop in bench.found.context.hops.items()}
    systems = ask.get("systems") or {}
    key = ("words", bench.document, bench.level, sides, tuple(sorted(systems.items())))
    found = workroom.worked_out(key, partial(aids, sides, lexicons, systems))
    return {"unit": ask["unit"], "ready": False} if found is None else {"unit": ask["unit"], **found}


def aids(sides: Sequence[Side], lexicons: Mapping[str, Lexicon], systems: Mapping[str, str]) -> dict[str, Any]:
    """The aids for the sides of a unit: `words`, `links` between them, `scripts` with romanisations, and what is `said`.

    Args:
        sides: those that are filled, in the order of the versions.
        lexicons: what the document has taught, by hop.
        systems: the romanisation to use, by language; the first one for a language that is not named.

    Raises:
        UnknownName: there is no such romanisation.
    """
    said, found = "", links(sides, lexicons)
    if found is None:
        said = f"Counterparts of words are not looked for in units of more than {gloss.LONGEST} words; the sentences have them."
    return {
        "words": {
            side.version: [place for word in side.words for place in across(side.texts, *word)] for side in sides
        },
        "links": found or (),
        "scripts": {side.version: _script(side, systems) for side in sides if not is_latin(side.text)},
        "said": said,
    }


def is_latin(text: str) -> bool:
    """True when most letters of a text are Latin, or it has none."""
    letters = [_is_latin(letter) for letter in text if letter.isalpha()]
    return 2 * sum(letters) >= len(letters)


@lru_cache(maxsize=4096)
def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN"))


def _script(side: Side, systems: Mapping[str, str]) -> dict[str, Any]:
    """A side in Latin letters: as a whole by segment, and word by word; without a system where there is none."""
    code = side.language.split("-")[0].lower()
    known = SYSTEMS.get(code, {})
    if not known:
        return {"language": code, "systems": [], "system": ""}
    system = systems.get(code) or next(iter(known))
    return {
        "language": code,
        "systems": list(known.items()),
        "system": system,
        "segments": [romanised(text, side.language, system) for text in side.texts],
        "words": [romanised(side.text[slice(*place)], side.language, system) for place in side.words],
    }
