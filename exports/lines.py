"""What sentence and word aligners read: an archive with a text file a version and an alignment a hop.

A line file alone says nothing of which lines belong together, and an alignment nothing of the text: so they come
together, `ko.txt` and `ru.txt` beside `ko-ru.ladder`, and `about.txt` says what they were made of. In archives of
ladders and of vecalign's lines each segment has a line; for Pharaoh each unit has one, its words parted by blanks,
the same line in every version.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import BinaryIO

from aligners import encoders, words
from aligners.words.gloss import LONGEST, SURE, counterparts
from corpora.document import Hop, Version
from exports import rows
from exports.selection import Selection

ABOUT = "about.txt"
# Decimal places of a score.
DIGITS = 4


def write_ladder(selection: Selection, file: BinaryIO) -> None:
    """Writes hunalign ladders: rungs of line numbers with the confidence of the unit that begins there."""
    _write(
        selection,
        file,
        _lines(selection),
        {f"{hop.id}.ladder": list(_ladder(selection, hop)) for hop in selection.comparisons},
    )


def write_align(selection: Selection, file: BinaryIO) -> None:
    """Writes alignments as vecalign does: line numbers from 0, and one less the confidence as the cost."""
    _write(
        selection,
        file,
        _lines(selection),
        {f"{hop.id}.align": list(_pairs(selection, hop)) for hop in selection.comparisons},
    )


def write_pharaoh(selection: Selection, file: BinaryIO) -> None:
    """Writes word links in Pharaoh's notation over a line a unit, as sure as those that the reader lights up."""
    units = {
        version.id: [_unit(selection, number, version) for number in selection.numbers]
        for version in selection.versions
    }
    texts = {id: [" ".join(_spelt(text)) for text in own] for id, own in units.items()}
    _write(
        selection, file, texts, {f"{hop.id}.pharaoh": _words(selection, hop, units) for hop in selection.comparisons}
    )


def omitted(selection: Selection) -> list[str]:
    """What ladders and vecalign's lines do not hold of a selection, a sentence each."""
    segments = [text for version in selection.versions for _, text in _segments(selection, version)]
    broken = sum("\n" in text for text in segments)
    told = [f"Line ends inside {_counted(broken, 'segment')}, which became blanks."] if broken else []
    return told + _omitted(selection)


def omitted_pharaoh(selection: Selection) -> list[str]:
    """What an archive of word links does not hold of a selection, a sentence each."""
    told = ["Where a segment ends inside a unit, and which words stood without a blank between them."]
    for hop in selection.comparisons:
        sides = [selection.review.document.version(id) for id in (hop.source, hop.target)]
        long = sum(all(_is_long(_unit(selection, number, side)) for side in sides) for number in selection.numbers)
        if long:
            told.append(f"Word links of {_counted(long, 'unit')} of {hop.id} with more than {LONGEST} words a side.")
    return told + _omitted(selection)


def _omitted(selection: Selection) -> list[str]:
    units = [unit for _, unit in selection.units]
    said = sum(unit.status != "unconfirmed" for unit in units)
    moved, aside = sum(bool(unit.moved) for unit in units), sum(unit.origin == "set aside" for unit in units)
    told = ["Kinds of segments, paragraphs, divergence, issues and verdicts."]
    if said:
        told.append(f"The status of {_counted(said, 'unit')}.")
    if moved:
        told.append(f"Where {_counted(moved, 'moved unit')} has its counterpart.")
    if aside:
        told.append(
            f"That {_counted(aside, 'segment')} of front matter and apparatus was set aside; it has no counterpart."
        )
    if notes := len(rows.notes(selection)):
        told.append(f"{_counted(notes, 'note')}.")
    return told


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _write(
    selection: Selection, file: BinaryIO, texts: Mapping[str, Sequence[str]], alignments: Mapping[str, Sequence[str]]
) -> None:
    """Writes the archive; its members are as old as the selection, so that the same one gives the same bytes."""
    about = [f"{name}: {value}" for name, value in rows.about_rows(selection)]
    made = datetime.fromisoformat(selection.created).timetuple()[:6]
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        members = {**{f"{id}.txt": lines for id, lines in texts.items()}, **alignments, ABOUT: about}
        for name, lines in members.items():
            member = zipfile.ZipInfo(name, made)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, "".join(f"{line}\n" for line in lines).encode("utf-8"))
    file.write(memory.getvalue())


def _segments(selection: Selection, version: Version) -> Iterator[tuple[int, str]]:
    """The places and texts of a version's segments in the selection, in order."""
    side = selection.review.alignment.versions.index(version.id)
    for _, unit in selection.units:
        yield from ((index, version.segments[index].text) for index in unit.sides[side].indexes)


def _lines(selection: Selection) -> dict[str, list[str]]:
    """The line files by version: a segment a line."""
    return {
        version.id: [" ".join(text.split()) for _, text in _segments(selection, version)]
        for version in selection.versions
    }


def _stretches(selection: Selection, hop: Hop) -> Iterator[tuple[range, range, float]]:
    """The lines of both sides, counted from 0, of every unit that has one, and the unit's confidence."""
    sides = [selection.review.alignment.versions.index(id) for id in (hop.source, hop.target)]
    places = [0, 0]
    for _, unit in selection.units:
        source, target = (
            range(place, place + len(unit.sides[side])) for place, side in zip(places, sides, strict=True)
        )
        places = [source.stop, target.stop]
        if source or target:
            yield source, target, unit.confidence


def _ladder(selection: Selection, hop: Hop) -> Iterator[str]:
    top = 0, 0
    for source, target, confidence in _stretches(selection, hop):
        yield f"{source.start}\t{target.start}\t{confidence:.{DIGITS}f}"
        top = source.stop, target.stop
    # Nothing begins at the last rung.
    yield f"{top[0]}\t{top[1]}\t{0:.{DIGITS}f}"


def _pairs(selection: Selection, hop: Hop) -> Iterator[str]:
    for source, target, confidence in _stretches(selection, hop):
        yield f"{list(source)}:{list(target)}:{1 - confidence:.{DIGITS}f}"


def _unit(selection: Selection, number: int, version: Version) -> str:
    """What a unit has of a version, in one line."""
    alignment = selection.review.alignment
    side = alignment.units[number].sides[alignment.versions.index(version.id)]
    return " ".join(" ".join(version.segments[index].text for index in side.indexes).split())


def _spelt(text: str) -> list[str]:
    return [text[slice(*place)] for place in words.words(text)]


def _is_long(text: str) -> bool:
    return len(words.words(text)) > LONGEST


def _words(selection: Selection, hop: Hop, units: Mapping[str, Sequence[str]]) -> list[str]:
    """The links of every unit over a hop; the words are counted from 0."""
    encoder = encoders.load()
    source, target = (selection.review.document.version(id) for id in (hop.source, hop.target))
    pairs = list(zip(units[source.id], units[target.id], strict=True))
    linked = [pair if not all(map(_is_long, pair)) else ("", "") for pair in pairs]
    taught = words.induce(
        ((_spelt(one), _spelt(other)) for one, other in linked if one and other),
        source_language=source.language, target_language=target.language, encoder=encoder,
    ).telling if words.can_link(encoder) else None  # fmt: skip
    found = []
    for one, other in linked:
        texts = [(source.language, one), (target.language, other)]
        at = [{place: number for number, place in enumerate(words.words(text))} for text in (one, other)]
        links = counterparts(texts, encoder=encoder, lexicons={(0, 1): taught} if taught else None)
        sure = [(at[0][link.source_place], at[1][link.target_place]) for link in links if link.confidence >= SURE]
        found.append(" ".join(f"{i}-{j}" for i, j in sorted(sure)))
    return found
