"""One side of a unit as the metrics see it: text, words, vectors, and the way back to the version's characters."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import zip_longest
from typing import cast

import numpy as np

from aligners import threads, words
from aligners.alignment import Alignment, Unit
from aligners.encoders import Array, Encoder, SummingEncoder, Trace
from corpora.document import Document, Repair, Segment, Version
from corpora.languages import Language, language
from corpora.segmenters.paragraphs import unrepaired
from divergence.score import Reason

# Lengths of the stretches that a sentence of the other side is compared with, in words.
WINDOWS = (4, 7, 11, 16)
# Lengths of the stretches around a word that are compared with those of the other side, in words.
AROUND = (1, 3, 5, 9)
# Sides whose vectors are kept: those of a unit are compared one after another.
REMEMBERED = 16
# Shares that the sides are read in at once.
AT_ONCE = 4
Place = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Side:
    """The segments of one version in one unit, read as one text with single spaces between them.

    `vector` has unit length, shape (dimensions,); `trace` is None when the encoder does not sum its tokens. `words` are
    the places of the words and marks in the text, as `aligners.words.words` finds them. Sides are compared by identity.
    """

    version: str
    language: Language
    segments: tuple[Segment, ...]
    repairs: tuple[Repair, ...]
    text: str
    vector: Array
    trace: Trace | None
    words: tuple[Place, ...]
    encoder: Encoder

    def vectors_of(self, stretches: Iterable[Place]) -> Array:
        """The vectors of stretches of the trace's words, shape (stretches, dimensions)."""
        assert self.trace is not None
        return self._headed(self.trace.stretch(start, stop) for start, stop in stretches)

    def vectors_without(self, stretches: Iterable[Place]) -> Array:
        """The vectors of the text without each of these stretches of the trace's words."""
        assert self.trace is not None
        return self._headed(self.trace.rest(start, stop) for start, stop in stretches)

    def _headed(self, totals: Iterable[tuple[Array, float]]) -> Array:
        sums, counts = zip(*totals, strict=True)
        return cast("SummingEncoder", self.encoder).head(np.array(sums), np.array(counts))

    def words_at(self, start: int, stop: int) -> range:
        """Indexes of the words that characters `start:stop` touch."""
        first = bisect_right(self.words, start, key=lambda word: word[1])
        return range(first, max(first, bisect_left(self.words, stop, key=lambda word: word[0])))

    def reasons(self, start: int, stop: int, text: str, strength: float = 1.0) -> tuple[Reason, ...]:
        """Reasons for characters `start:stop` of this side's text, one for each segment they touch."""
        found, place = [], 0
        for segment in self.segments:
            first, last = max(start, place) - place, min(stop, place + len(segment.text)) - place
            if first < last:
                found.append(Reason(self.version, *unrepaired(segment, first, last, self.repairs), text, strength))
            place += len(segment.text) + 1
        return tuple(found)


# The filled sides of units, by unit and version.
Sides = Mapping[tuple[int, str], Side]


@lru_cache(maxsize=REMEMBERED)
def windows(side: Side) -> tuple[list[Place], Array]:
    """Overlapping stretches of the trace's words and their vectors, shape (stretches, dimensions)."""
    count = len(side.trace.words) if side.trace else 0
    places = [(a, a + n) for n in WINDOWS for a in range(0, count - n + 1, 1 + n // 6)] or [(0, count)]
    return places, side.vectors_of(places)


@lru_cache(maxsize=REMEMBERED)
def around(side: Side) -> dict[int, Array]:
    """The vectors of the stretches around each of the trace's words, by their length in AROUND."""
    count = len(side.trace.words) if side.trace else 0
    return {size: side.vectors_of(stretches_around(count, size)) for size in AROUND}


def stretches_around(count: int, size: int) -> list[Place]:
    """The stretch of so many words around each of `count` words, shorter at the ends."""
    return [(max(0, place - size // 2), min(count, place + size // 2 + 1)) for place in range(count)]


def joined(segments: Sequence[Segment]) -> str:
    """The text of a side: its segments with a space between them."""
    return " ".join(segment.text for segment in segments)


def plain_sides(code: str, texts: Sequence[str], encoder: SummingEncoder) -> list[Side]:
    """Sides of texts that belong to no document, each one segment of the version that its language names."""
    traces = encoder.trace(texts)
    whole = [trace.stretch(0, len(trace.words)) for trace in traces]
    vectors = encoder.head(np.array([total for total, _ in whole]), np.array([count for _, count in whole]))
    return [
        Side(
            code,
            language(code),
            (Segment(0, 0, "paragraph", 0, len(text), text),),
            (),
            text,
            vector,
            trace,
            words.words(text),
            encoder,
        )
        for text, vector, trace in zip(texts, vectors, traces, strict=True)
    ]


def make_side(
    version: Version, pack: Language, segments: Sequence[Segment], vector: Array, trace: Trace | None, encoder: Encoder
) -> Side:
    """The side of a unit that these segments fill."""
    text = joined(segments)
    return Side(version.id, pack, tuple(segments), version.repairs, text, vector, trace, words.words(text), encoder)


def sides_of(document: Document, alignment: Alignment, units: Iterable[int], model: Encoder) -> Sides:
    """Every filled side of these units, those that are set aside left out."""
    keys: list[tuple[int, Version, Unit]] = [
        (number, document.version(id), unit)
        for number in units
        for unit in (alignment.units[number],)
        for place, id in enumerate(alignment.versions)
        if unit.origin != "set aside" and len(unit.sides[place])
    ]
    chosen = [
        tuple(version.segments[i] for i in unit.sides[alignment.versions.index(version.id)].indexes)
        for _, version, unit in keys
    ]
    texts = [joined(segments) for segments in chosen]
    traces: Sequence[Trace | None]
    if isinstance(model, SummingEncoder):
        parts = threads.at_once([partial(model.trace, texts[k::AT_ONCE]) for k in range(AT_ONCE)])
        traces = summed = _interleaved(parts)
        whole = [trace.stretch(0, len(trace.words)) for trace in summed]
        vectors = model.head(np.array([total for total, _ in whole]), np.array([count for _, count in whole]))
    else:
        traces, vectors = [None for _ in texts], model.encode(texts)
    return {
        (number, version.id): make_side(version, language(version.language), segments, vector, trace, model)
        for (number, version, _), segments, vector, trace in zip(keys, chosen, vectors, traces, strict=True)
    }


def _interleaved(parts: Sequence[list[Trace]]) -> list[Trace]:
    """The parts dealt out one by one, put together again."""
    return [trace for round in zip_longest(*parts) for trace in round if trace is not None]
