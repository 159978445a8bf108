"""CES stand-off as InterText and OPUS read it: an archive with a text a version and an alignment a hop.

In `xtargets` the passages of the *to* side come first, as InterText has it.
"""

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from corpora.document import Hop, Segment, Version
from exports import rows
from exports.provenance import facts, mark
from exports.selection import Selection, id_of
from exports.tei.element import is_printable, name, printable

# What the names of all the files begin with; InterText takes what follows for the name of the version.
STEM = "text"
HEADS = ("title", "heading")
# A file in an archive bears this time: the same review makes the same bytes.
STAMP = (1980, 1, 1, 0, 0, 0)
# A hyphen before another.
HYPHENS = re.compile("-(?=-)")
# How InterText calls who made a link.
BY_HAND, BY_MACHINE = "man", "auto"


def write(selection: Selection, file: BinaryIO) -> None:
    """Writes CES stand-off in an archive: a text a version, an alignment a hop, for InterText and OPUS."""
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for version in selection.versions:
            _put(archive, _text_name(version.id), _text(selection, version))
        for hop in selection.comparisons:
            _put(archive, f"{STEM}.{hop.source}.{hop.target}.alignment.xml", _alignment(selection, hop))
    file.write(memory.getvalue())


def _put(archive: zipfile.ZipFile, called: str, text: str) -> None:
    entry = zipfile.ZipInfo(called, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text.encode("utf-8"))


def _text_name(version: str) -> str:
    return f"{STEM}.{version}.xml"


def _opening(selection: Selection) -> str:
    """The head of every file, with everything that every file states."""
    told = "\n".join(f"{what}: {value}" for what, value in facts(selection))
    # No two hyphens may stand together in a comment (XML 1.0, production 15).
    return f"<?xml version='1.0' encoding='utf-8'?>\n<!--\n{HYPHENS.sub('- ', printable(told))}\n-->\n"


def _text(selection: Selection, version: Version) -> str:
    said = {
        "id": STEM, "version": version.id, "lang": version.language, "title": version.title, "status": mark(version),
        "date": version.date, "translators": "; ".join(version.translators),
    }  # fmt: skip
    lines = [f"{_opening(selection)}<doc {_attributes(said)}>"]
    for (paragraph, kind), several in groupby(_segments(selection, version), key=lambda one: (one.paragraph, one.kind)):
        element = "head" if kind in HEADS else "p"
        told = {"id": f"p{paragraph + 1}", "type": "" if kind == "heading" else kind.replace(" ", "-")}
        lines.append(f"<{element} {_attributes(told)}>")
        lines += [f"<s {_attributes({'id': _id(version.id, one.index)})}>{_content(one)}</s>" for one in several]
        lines.append(f"</{element}>")
    return "\n".join([*lines, "</doc>", ""])


def _segments(selection: Selection, version: Version) -> Sequence[Segment]:
    side = selection.review.alignment.versions.index(version.id)
    return [version.segments[index] for _, unit in selection.units for index in unit.sides[side].indexes]


def _content(segment: Segment) -> str:
    return "<lb/>".join(escape(printable(line)) for line in segment.text.split("\n"))


def _attributes(values: dict[str, str]) -> str:
    return " ".join(f"{key}={quoteattr(printable(value))}" for key, value in values.items() if value)


def _id(version: str, index: int) -> str:
    return name(rows.segment_id(version, index))


def _alignment(selection: Selection, hop: Hop) -> str:
    """The links of a hop; what has no counterpart has an empty side."""
    order, review = selection.review.alignment.versions, selection.review
    head = _attributes({"targType": "s", "toDoc": _text_name(hop.target), "fromDoc": _text_name(hop.source)})
    lines = [f"{_opening(selection)}<linkGrp {head}>"]
    for number, unit in selection.units:
        sides = [
            [_id(version, index) for index in unit.sides[order.index(version)].indexes]
            for version in (hop.target, hop.source)
        ]
        if not any(sides):
            continue
        id = id_of(review, number)
        said = {
            "type": "-".join(str(len(side)) for side in sides), "xtargets": ";".join(" ".join(side) for side in sides),
            "status": BY_HAND if unit.status == "confirmed" else BY_MACHINE,
            "certainty": f"{round(unit.confidence, 4)}" if unit.origin == "automatic" else "",
            "mark": "1" if id and id in review.bookmarks else "",
        }  # fmt: skip
        lines.append(f"<link {_attributes(said)}/>")
    return "\n".join([*lines, "</linkGrp>", ""])


def omitted(selection: Selection) -> list[str]:
    """What CES files do not hold of a selection."""
    told = []
    units = [unit for _, unit in selection.units]
    if wide := sum(sum(map(bool, map(len, unit.sides))) > 2 for unit in units) if len(selection.versions) > 2 else 0:
        told.append(f"Units of more than two versions are written as links of each hop ({wide}).")
    for what, count in (
        ("Units that need discussion are written as links of the machine", sum(u.status == "needs discussion" for u in units)),
        ("Units that a person made but did not confirm are written as links of the machine", sum(u.origin == "manual" and u.status != "confirmed" for u in units)),
        ("Segments of front matter and apparatus that were set aside are written as links with an empty side", sum(u.origin == "set aside" for u in units)),
        ("Links to passages that moved are not written", sum(bool(u.moved) for u in units)),
        ("Notes are not written", len(rows.notes(selection))),
        ("Divergence, its issues, reasons and verdicts are not written", len(rows.divergences(selection))),
        ("Archive references and other descriptions of the versions stand in the comment at the head only", sum(bool(version.metadata.get("archive_reference")) for version in selection.versions)),
        ("The places at which footnotes are called are not written", sum(one.anchor is not None for version in selection.versions for one in version.segments)),
        ("Characters that no XML file can hold are replaced, in segments", sum(not is_printable(one.text) for version in selection.versions for one in version.segments)),
    ):  # fmt: skip
        if count:
            told.append(f"{what} ({count}).")
    return told
