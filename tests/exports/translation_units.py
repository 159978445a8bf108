"""Reviews for files of translation units: with one-sided units, statuses and notes; and what of them must be read back."""

import itertools
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import strategies as st

from aligners.alignment import Alignment, Span, Unit, check
from corpora.building import clean
from corpora.contents import Contents
from corpora.document import Version
from exports import Selection
from reviews import Review
from reviews.notes.anchor import Anchor, anchor
from reviews.notes.note import Note
from tests.strategies import documents


@st.composite
def reviews(draw) -> Review:
    """Two or three versions cut by paragraphs or lines, with any units, and with what people may have done to them."""
    document = draw(documents(3, level=draw(st.sampled_from(["paragraph", "line"]))))
    units = draw(_units(document.versions))
    alignment = Alignment(tuple(version.id for version in document.versions), tuple(units), "by hand")
    check(alignment, [len(version.segments) for version in document.versions])
    notes = draw(st.lists(_notes(document.versions), max_size=3))
    ids = tuple(f"kept{number}" for number in range(len(units)))
    named = tuple(replace(note, id=f"n{number}") for number, note in enumerate(notes))
    return Review(document, "paragraph", alignment, (), ids=ids, notes=named)


@st.composite
def _units(draw, versions: tuple[Version, ...]) -> list[Unit]:
    """Units of up to two segments a version; front matter and apparatus are set aside one by one."""
    units: list[Unit] = []
    places = [0] * len(versions)
    while rest := [n for n, version in enumerate(versions) if places[n] < len(version.segments)]:
        aside = [n for n in rest if not versions[n].segments[places[n]].is_body]
        taken = [0] * len(versions)
        if aside:
            taken[aside[0]] = 1
        for number in [] if aside else rest:
            following = versions[number].segments[places[number] : places[number] + draw(st.integers(0, 2))]
            taken[number] = len(list(itertools.takewhile(lambda segment: segment.is_body, following)))
        if not any(taken):
            taken[rest[0]] = 1
        sides = tuple(Span(place, place + count) for place, count in zip(places, taken, strict=True))
        places = [side.stop for side in sides]
        status = draw(st.sampled_from(["confirmed", "unconfirmed"]))
        units.append(Unit(sides, origin="set aside" if aside else "automatic", status=status))
    return units


@st.composite
def _notes(draw, versions: tuple[Version, ...]) -> Note:
    anchors = []
    for version in draw(st.lists(st.sampled_from(versions), min_size=1, max_size=2, unique_by=lambda one: one.id)):
        start = draw(st.integers(0, len(version.text) - 1))
        anchors.append(
            anchor(version.id, version.text, start, draw(st.integers(start + 1, min(start + 30, len(version.text)))))
        )
    body = draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
    author = draw(st.sampled_from(["", "Kim", "R. Kovalyov & Co."]))
    created = draw(st.sampled_from(["", "2026-11-26T12:00:00+00:00"]))
    return Note(anchors=tuple(anchors), body=f"Why {body}", author=author, created=created)


# A segment as it is read back: its version, its place there, its kind, its text.
Passage = tuple[str, int, str, str]


def written(selection: Selection, *, shared: bool) -> dict[frozenset[Passage], str]:
    """The units of a selection with their status; only those that two versions share where `shared`."""
    review, found = selection.review, {}
    places = {version.id: 0 for version in selection.versions}
    for number in selection.numbers:
        unit = review.alignment.units[number]
        passages: list[Passage] = []
        for version in selection.versions:
            span = unit.sides[review.alignment.versions.index(version.id)]
            segments = [version.segments[index] for index in span.indexes]
            texts = [(segment.kind, clean(segment.text)) for segment in segments if clean(segment.text)]
            passages += [(version.id, place, *text) for place, text in enumerate(texts)]
        if passages and (not shared or len({version for version, *_ in passages}) > 1):
            found[frozenset(_placed(passages, places))] = unit.status
    return found


def read_back(found: Contents) -> dict[frozenset[Passage], str]:
    """The groups of a file that was read, in the same form."""
    groups: dict[int, list[Passage]] = {}
    confirmed: dict[int, bool] = {}
    for version in found.versions:
        for place, block in enumerate(version.blocks):
            text = version.text[block.start : block.stop]
            groups.setdefault(block.group, []).append((version.id, place, block.kind, text))
            confirmed[block.group] = block.confirmed
    return {
        frozenset(passages): "confirmed" if confirmed[group] else "unconfirmed" for group, passages in groups.items()
    }


def _placed(passages: Iterable[Passage], places: dict[str, int]) -> Iterable[Passage]:
    """The passages with their places in what is written of their version."""
    for version, _, kind, text in passages:
        yield version, places[version], kind, text
        places[version] += 1


def misplaced(notes: Iterable[Note], review: Review, found: Contents) -> list[str]:
    """The notes that were not read back by their author on their words; of words in one segment only."""
    wrong = []
    for note in notes:
        said = [one for one in found.remarks if one.text.startswith(clean(note.body))]
        texts = {_words(found.versions[one.version].text[one.start : one.stop]) for one in said}
        if not any((one.author, one.created) == (note.author, note.created) for one in said):
            wrong.append(f"{note.id} has another author")
        words = [_words(one.quote) for one in note.anchors if _in_one_segment(one, review)]
        if len(words) == len(note.anchors) and all(words) and not texts & {*words}:
            wrong.append(f"{note.id} stands on {texts} and not on {words}")
    return wrong


def _words(text: str) -> str:
    return " ".join(clean(text).split())


def _in_one_segment(one: Anchor, review: Review) -> bool:
    segments = review.document.version(one.version).segments
    return any(segment.start <= one.start and one.stop <= segment.stop for segment in segments)
