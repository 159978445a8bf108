"""Which words of the other versions stand for each word of one: what a reader sees beside the word at hand."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from aligners import encoders
from aligners.encoders import Encoder
from aligners.words import can_link, link, words
from aligners.words.evidence import MARK
from aligners.words.lexicon import Lexicon

# A link less sure than this is left out: a reader takes what lights up for the counterpart.
SURE = 0.6
# The cost grows with the square of a unit's words; this many in each of two versions take about three seconds.
LONGEST = 600
# Decimal places of a strength.
DIGITS = 2
Place = tuple[int, int]
# A link less sure than this is left out: a reader takes what lights up for the counterpart.
SURE = 0.6
# The cost grows with the square of a unit's words; this many in each of two versions take about three seconds.
LONGEST = 600


class Side(NamedTuple):
    """What a unit has of one version: its id and language (BCP 47), and the texts of its segments."""

    version: str
    language: str
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The side as one text."""
        return " ".join(self.texts)

    @property
    def words(self) -> list[Place]:
        """The places of the words in the text, marks left out."""
        return [place for place in words(self.text) if not MARK.match(self.text[slice(*place)])]


# The words of two sides that stand for each other: version, number of the word, version, number, strength 0..1.
Links = tuple[tuple[str, int, str, int, float], ...]


class Counterpart(NamedTuple):
    """A word of one text that stands for a word of another, and how surely (0..1).

    `source` and `target` are the texts' places in their sequence, source first; the others are half-open code points.
    """

    source: int
    source_place: Place
    target: int
    target_place: Place
    confidence: float


def counterparts(
    texts: Sequence[tuple[str, str]],
    *,
    encoder: Encoder,
    lexicons: Mapping[tuple[int, int], Lexicon] | None = None,
) -> tuple[Counterpart, ...]:
    """The words that stand for each other in every two texts of a unit, in the order of the texts and their words.

    Every two texts are linked directly, not by way of a third: a chain of links loses what either of them lacks. A
    word may have several counterparts or none; a mark has none.

    Args:
        texts: language (BCP 47) and text of each version's side; an empty text has no words.
        encoder: with one that cannot link words nothing is found.
        lexicons: what the document has taught (see `aligners.words.induce`), from text to later text by their places.
    """
    if not can_link(encoder):
        return ()
    places = [words(text) for _, text in texts]
    spelt = [[text[slice(*place)] for place in held] for (_, text), held in zip(texts, places, strict=True)]
    return tuple(
        Counterpart(i, places[i][found.source], j, places[j][found.target], found.confidence)
        for i, j in combinations(range(len(texts)), 2)
        for found in link(
            spelt[i],
            spelt[j],
            source_language=texts[i][0],
            target_language=texts[j][0],
            encoder=encoder,
            lexicon=(lexicons or {}).get((i, j)),
        )
        # Marks are linked too, because they hold their neighbours in place, but nobody asks what they mean.
        if not MARK.match(spelt[i][found.source]) and not MARK.match(spelt[j][found.target])
    )


def links(sides: Sequence[Side], lexicons: Mapping[str, Lexicon]) -> Links | None:
    """The words that stand for each other in every two sides, as sure as `SURE`; None where the sides are too long.

    Args:
        sides: those of a unit that are filled, in the order of the versions.
        lexicons: what the document has taught, by hop.
    """
    if sum(len(side.words) > LONGEST for side in sides) > 1:
        return None
    taught = {
        (i, j): lexicons[id]
        for i, one in enumerate(sides)
        for j, other in enumerate(sides)
        if (id := f"{one.version}-{other.version}") in lexicons and i < j
    }
    numbers = [{place: number for number, place in enumerate(side.words)} for side in sides]
    found = counterparts([(side.language, side.text) for side in sides], encoder=encoders.load(), lexicons=taught)
    return tuple(
        (
            sides[one.source].version, numbers[one.source][one.source_place],
            sides[one.target].version, numbers[one.target][one.target_place], round(one.confidence, DIGITS),
        )
        for one in found
        if one.confidence >= SURE
    )  # fmt: skip
