"""How units, steps and quoted words are told outside the reader."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from aligners.alignment import Span
from corpora.document import Document, Version
from corpora.quoting import shortened
from corpora.segmenters.paragraphs import repaired
from divergence.score import Reason
from exports.provenance import mark
from exports.wording import comparison_names
from reviews.notes.anchor import Anchor
from reviews.review import Review
from views.labels import language_name
from views.reader.places import pieces

# Characters shown on either side of quoted words, and of words at most: the whole stands in the reader.
BESIDE, LONGEST = 60, 600


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a version with what stands before and after them; `gone` when they stand in the text no more."""

    version: str
    words: str
    before: str = ""
    after: str = ""
    gone: bool = False


def numbers(review: Review) -> dict[str, str]:
    """What each unit is called in the reader, by id: 1, 2 ... for those compared, a1, a2 ... for those set aside."""
    found, counts = {}, {"": 0, "a": 0}
    for id, unit in zip(review.ids, review.alignment.units, strict=True):
        letter = "a" if unit.origin == "set aside" else ""
        counts[letter] += 1
        found[id] = f"{letter}{counts[letter]}"
    return found


def steps(document: Document) -> tuple[str, ...]:
    """The ids of the comparisons that are not the whole way: what comes in on a step is counted once."""
    ends = document.ends
    return tuple(hop.id for hop in document.comparisons if hop not in ends)


def hop_names(document: Document) -> dict[str, str]:
    """What each comparison is called, by its id: "hop 1, Korean to Russian"."""
    names = version_names(document)
    return {
        hop.id: f"{label}, {names[hop.source]} to {names[hop.target]}"
        for hop, (_, label) in zip(document.comparisons, comparison_names(document), strict=True)
    }


def short_hop_names(document: Document) -> dict[str, str]:
    """The same without the languages, for headings of columns: "hop 1"; with the versions where two are called alike."""
    found = {hop.id: label for hop, (_, label) in zip(document.comparisons, comparison_names(document), strict=True)}
    shared = [label for label in found.values() if list(found.values()).count(label) > 1]
    return {id: f"{label} {id}" if label in shared else label for id, label in found.items()}


def version_names(document: Document) -> dict[str, str]:
    """The languages of the versions, by id; with the id where two versions have one language."""
    languages = [language_name(version) for version in document.versions]
    return {
        version.id: f"{name} ({version.id})" if languages.count(name) > 1 else name
        for version, name in zip(document.versions, languages, strict=True)
    }


def stand_ins(document: Document) -> str:
    """Which versions only stand in for archival texts, "" where none does."""
    found = [version for version in document.versions if version.is_placeholder]
    if not found:
        return ""
    *others, last = map(language_name, found)
    names = f"{', '.join(others)} and {last}" if others else last
    return f"{names}: {mark(found[0])}"


def told(document: Document, reasons: Iterable[Reason]) -> list[tuple[str, list[Quote]]]:
    """The sentences of some reasons, each once, with the words that they point at."""
    found: dict[str, list[Quote]] = {}
    for reason in reasons:
        found.setdefault(reason.text, []).append(quoted(document.version(reason.version), reason.start, reason.stop))
    return list(found.items())


def quoted(version: Version, start: int, stop: int) -> Quote:
    """The words `start:stop` of a version, with their neighbours in their own segments."""
    inside = [version.segments[index] for index, *_ in pieces(version, start, stop)]
    first = max(inside[0].start, start - BESIDE) if inside else start
    last = min(inside[-1].stop, stop + BESIDE) if inside else stop
    before = _line(version, first, start)
    after = _line(version, stop, last)
    if inside and first > inside[0].start:
        before = f"…{before.partition(' ')[2] or before}"
    if inside and last < inside[-1].stop:
        after = f"{after.rpartition(' ')[0] or after}…"
    return Quote(version.id, shortened(_line(version, start, stop).strip(), LONGEST), before, after)


def noted(anchor: Anchor) -> Quote:
    """The words that a note stands on."""
    return Quote(anchor.version, shortened(" ".join(anchor.quote.split()), LONGEST), gone=anchor.gone)


def sides(document: Document, unit_sides: Mapping[str, Span]) -> Iterator[Quote]:
    """How the sides of a unit begin; a side without counterpart has no words."""
    for version in document.versions:
        segments = [version.segments[index].text for index in unit_sides[version.id].indexes]
        yield Quote(version.id, shortened(" ".join(" ".join(segments).split()), LONGEST))


def _line(version: Version, start: int, stop: int) -> str:
    """The characters as they are read, in one line; a blank at an end is kept."""
    text = repaired(version.text, start, stop, version.repairs)
    line = " ".join(text.split())
    return f"{' ' if text[:1].isspace() else ''}{line}{' ' if line and text[-1:].isspace() else ''}"
