"""TEI P5: every version as a text, the alignment, divergence, issues and notes as stand-off."""

from collections.abc import Sequence
from typing import Any, BinaryIO

from exports import rows
from exports.selection import Selection
from exports.tei.element import NAMESPACE, is_printable, name
from exports.tei.header import write_header
from exports.tei.standoff import Spans, write_alignment, write_notes, write_scores
from exports.tei.texts import write_text

INTRODUCTION = " A text and its versions, aligned. The header says what they are; standOff what was found and said. "


def write(selection: Selection, file: BinaryIO) -> None:
    """Writes TEI P5: the versions as texts, the alignment, divergence, issues and notes as stand-off links."""
    from lxml import etree

    root = etree.Element(f"{{{NAMESPACE}}}TEI", nsmap={None: NAMESPACE})
    root.addprevious(etree.Comment(INTRODUCTION))
    write_header(root, selection)
    standoff = etree.SubElement(root, f"{{{NAMESPACE}}}standOff")
    standoff.tail = "\n"
    text = etree.SubElement(root, f"{{{NAMESPACE}}}text")
    group = etree.SubElement(text, f"{{{NAMESPACE}}}group")
    notes = _spans(selection)
    marked = _write_texts(group, selection, notes)
    write_alignment(standoff, selection)
    write_scores(standoff, selection)
    ids = rows.unit_ids(selection.review.alignment)
    units = {
        note.id: [ids[number] for number in numbers if number in selection.numbers]
        for note, numbers in rows.notes(selection)
    }
    write_notes(standoff, notes, units, marked)
    if not len(standoff):
        root.remove(standoff)
    file.write(etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8"))
    file.write(b"\n")


def _spans(selection: Selection) -> Spans:
    """Each note with the ids of the span, its beginning and its end for each of its places."""
    found = []
    for number, (note, _) in enumerate(rows.notes(selection), 1):
        ids = [name("place", f"{number}", f"{place}") for place in range(1, len(note.anchors) + 1)]
        found.append((note, [(id, f"{id}.begin", f"{id}.end") for id in ids]))
    return found


def _write_texts(group: Any, selection: Selection, notes: Spans) -> set[str]:
    """The versions with the segments of the units of the file; returns the ids of the anchors in them."""
    order = selection.review.alignment.versions
    marked: set[str] = set()
    for version in selection.versions:
        side = order.index(version.id)
        segments = [version.segments[index] for _, unit in selection.units for index in unit.sides[side].indexes]
        marks = []
        for note, places in notes:
            for one, (_, begin, end) in zip(note.anchors, places, strict=True):
                if one.version == version.id and not one.gone:
                    marks += [(one.start, False, begin), (one.stop, True, end)]
        marked |= write_text(group, version, sorted(segments, key=lambda one: one.index), marks)
    return marked


def omitted(selection: Selection) -> list[str]:
    """What a TEI file does not hold of a selection."""
    told = []
    versions = selection.versions
    mended = sum(len(version.repairs) for version in versions)
    if mended:
        told.append(f"Line and page breaks that were mended are written as mended ({mended}).")
    impossible = sum(not is_printable(segment.text) for version in versions for segment in version.segments)
    if impossible:
        told.append(f"Characters that no XML file can hold are replaced (in {_segments(impossible)}).")
    highlights = sum(len(one.highlights) for one in rows.divergences(selection))
    if highlights:
        told.append(f"Highlighted words without counterpart are not written ({highlights}).")
    statements = sum(len(version.statements) for version in versions)
    if statements:
        told.append(f"The places on the papers that speak of the chain are not written ({statements}).")
    notes = [note for note, _ in rows.notes(selection)]
    ids = {version.id for version in versions}
    outside = sum(one.version not in ids for note in notes for one in note.anchors)
    if outside:
        told.append(f"Places of notes in versions that the file has not are not written ({outside}).")
    return told


def _segments(count: int) -> str:
    return f"{count} segment{'s' if count != 1 else ''}"


__all__: Sequence[str] = ("omitted", "write")
