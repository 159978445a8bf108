"""The text of a segment with what stands on its words: the places that issues point at, and the marks of notes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpora.document import Segment, Version
from corpora.stretches import stretches
from exports.web.markup import Markup, element, joined


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start:stop` of a segment's text that something points at.

    `kind` is "issue" or "note", `metric` what kind of issue; `id` is the anchor of the place, "" where it continues another
    one; `behind` is what is written behind it.
    """

    start: int
    stop: int
    kind: str
    metric: str = ""
    id: str = ""
    behind: Markup = Markup("")  # noqa: RUF009


def placed(version: Version, start: int, stop: int, kind: str, **said: str) -> Iterator[tuple[int, Mark]]:
    """The marks of a place of a version, each with the index of its segment; the first one has the anchor."""
    for number, (index, first, last) in enumerate(stretches(version, start, stop)):
        yield index, Mark(first, last, kind, said.get("metric", ""), said.get("id", "") if not number else "")


def segment(version: Version, one: Segment, marks: Sequence[Mark]) -> Markup:
    """A segment as a paragraph of its cell."""
    said: dict[str, str | int | None] = {"data-kind": one.kind, "dir": "auto"}
    return element("p", {**said, "id": f"{version.id}-{one.index + 1}"}, *_runs(one.text, marks))


def _runs(text: str, marks: Sequence[Mark]) -> Iterator[Markup]:
    """The text cut where marks begin and end; the anchor of a mark stands on its first run."""
    edges = sorted({0, len(text), *(edge for mark in marks for edge in (mark.start, mark.stop))})
    for start, stop in pairwise(edges):
        run = joined([text[start:stop]])
        over = [mark for mark in marks if mark.start <= start and stop <= mark.stop]
        for mark in sorted(over, key=lambda mark: (mark.kind, mark.start)):
            anchor = mark.id if mark.start == start else ""
            run = element("mark", {"class": mark.kind, "data-metric": mark.metric or None, "id": anchor or None}, run)
        yield run
        yield from behind(mark for mark in marks if mark.stop == stop)


def behind(marks: Iterable[Mark]) -> Iterator[Markup]:
    """What is written behind the marks that end at one place."""
    for mark in marks:
        if mark.behind:
            yield mark.behind
