"""Which words of a page's units stand for each other, as the script of the page reads it."""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from aligners import encoders, words
from aligners.words import gloss
from aligners.words.gloss import Side
from aligners.words.lexicon import Lexicon
from corpora.document import Version
from exports.selection import Selection
from exports.web.view import View

# Units that teach the words of a document, spread over it where it has more: to learn from all takes as long as to link them.
TEACHING = 150


def links(view: View) -> dict[str, Any]:
    """The links by the unit's id: pairs of versions by their places among those of the page, each with word, word, per cent.

    Words are counted from 0 in a side, marks left out. A unit that is too long, or has no links, is not there.
    """
    sides = dict(_sides(view.selection))
    lexicons = _lexicons(view.selection, sides)
    order = {version.id: place for place, version in enumerate(view.selection.versions)}
    found: dict[str, Any] = {}
    for number, of_unit in sides.items():
        pairs: dict[tuple[int, int], list[int]] = {}
        for one, i, other, j, strength in gloss.links(of_unit, lexicons) or ():
            pairs.setdefault((order[one], order[other]), []).extend((i, j, round(100 * strength)))
        if pairs:
            found[view.ids[number]] = [[*both, flat] for both, flat in pairs.items()]
    return found


def as_json(found: Mapping[str, Any]) -> str:
    """The links as JSON that can stand in a page: nothing in it ends an element."""
    return json.dumps(found, separators=(",", ":")).replace("<", "\\u003c")


def too_long(selection: Selection) -> int:
    """The number of units whose words are not linked because two sides have more than `gloss.LONGEST`."""
    return sum(sum(len(side.words) > gloss.LONGEST for side in sides) > 1 for _, sides in _sides(selection))


def _sides(selection: Selection) -> Iterator[tuple[int, list[Side]]]:
    """The filled sides of the units that have more than one."""
    versions = selection.review.alignment.versions
    for number, unit in selection.units:
        spans = ((version, unit.sides[versions.index(version.id)]) for version in selection.versions)
        sides = [_side(version, span.indexes) for version, span in spans if len(span)]
        if unit.origin != "set aside" and len(sides) > 1:
            yield number, sides


def _side(version: Version, indexes: range) -> Side:
    return Side(version.id, version.language, tuple(version.segments[index].text for index in indexes))


def _lexicons(selection: Selection, sides: Mapping[int, list[Side]]) -> dict[str, Lexicon]:
    """What the units teach of every comparison, as the reader learns it from all of them."""
    model = encoders.load()
    if not words.can_link(model):
        return {}
    languages = {version.id: version.language for version in selection.versions}
    step = math.ceil(len(sides) / TEACHING) or 1
    spelt = [
        {side.version: [side.text[slice(*place)] for place in words.words(side.text)] for side in one}
        for one in list(sides.values())[::step]
    ]
    return {
        hop.id: words.induce(
            [(one[hop.source], one[hop.target]) for one in spelt if hop.source in one and hop.target in one],
            source_language=languages[hop.source], target_language=languages[hop.target], encoder=model,
        )
        for hop in selection.comparisons
    }  # fmt: skip
