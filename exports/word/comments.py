"""Notes as comments of a Word file: where they begin and end in the cells, what they say, and the replies to them."""

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpora.building import CONTROL
from corpora.document import Version
from corpora.segmenters.paragraphs import repaired
from exports import rows
from exports.selection import Selection
from exports.word.elements import made
from reviews.notes import categories
from reviews.notes.anchor import Anchor
from reviews.notes.note import Note

RELATION = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
NAME = "/word/commentsExtended.xml"
THREADS = "http://schemas.microsoft.com/office/word/2012/wordml"
PARAGRAPHS = "http://schemas.microsoft.com/office/word/2010/wordml"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one cell that a note stands on: from `start` of segment `first` to `stop` of segment `last`."""

    version: str
    unit: int
    first: int
    start: int
    last: int
    stop: int


@dataclass(frozen=True, slots=True)
class Marks:
    """The comments that begin and end at characters of a version's segments: (version, index) -> (offset, ids)."""

    begins: dict[tuple[str, int], list[tuple[int, list[int]]]] = field(default_factory=dict)
    ends: dict[tuple[str, int], list[tuple[int, list[int]]]] = field(default_factory=dict)

    def add(self, piece: Piece, ids: list[int]) -> None:
        """Comments stand on a piece."""
        self.begins.setdefault((piece.version, piece.first), []).append((piece.start, ids))
        self.ends.setdefault((piece.version, piece.last), []).append((piece.stop, ids))


def pieces(note: Note, selection: Selection, holders: Mapping[str, Mapping[int, int]]) -> list[Piece]:
    """The pieces of the file that a note stands on, one a unit and version; none where its words are gone.

    Args:
        note: one of the review.
        selection: what of the review the file has.
        holders: by version, which unit of the file holds a segment.
    """
    versions = {version.id: version for version in selection.versions}
    found = []
    for anchor in note.anchors:
        if not anchor.gone and anchor.version in versions:
            found += _pieces(anchor, versions[anchor.version], holders[anchor.version])
    return found


def _pieces(anchor: Anchor, version: Version, holder: Mapping[int, int]) -> list[Piece]:
    segments = version.segments
    first = max(0, bisect.bisect_right(segments, anchor.start, key=lambda one: one.start) - 1)
    last = bisect.bisect_left(segments, anchor.stop, key=lambda one: one.start)
    of_unit: dict[int, list[int]] = {}
    for index in range(first, last):
        # Between two segments there is nothing to stand on, unless there is nothing else.
        if index in holder and (segments[index].stop > anchor.start or last - first == 1):
            of_unit.setdefault(holder[index], []).append(index)
    return [
        Piece(version.id, unit, indexes[0], start, indexes[-1], stop)
        for unit, indexes in of_unit.items()
        for start, stop in [_within(version, anchor, indexes)]
    ]


def _within(version: Version, anchor: Anchor, indexes: Sequence[int]) -> tuple[int, int]:
    """Where the anchor begins in the first and ends in the last of these segments, as they are read."""
    first, last = version.segments[indexes[0]], version.segments[indexes[-1]]

    def shown(start: int, stop: int) -> int:
        return len(repaired(version.text, start, stop, version.repairs))

    start = min(shown(first.start, max(anchor.start, first.start)), len(first.text))
    stop = min(shown(last.start, max(last.start, min(anchor.stop, last.stop))), len(last.text))
    return (start, stop) if first is not last or start < stop else (0, len(last.text))


def said(note: Note) -> list[str]:
    """What a comment says of a note, a paragraph each."""
    known = {one.id: one for one in categories.sets()}
    lines = []
    for set, id in note.categories.items():
        category = known[set].category(id) if set in known else None
        title = f"{known[set].title}: {category.title}" if category else f"{set}: {id}"
        lines.append(
            f"{title} ({note.severity})" if note.severity and set in known and known[set].evaluative else title
        )
    lines += note.body.split("\n")
    facts = {
        "Alternatives": "; ".join(note.alternatives),
        "Evidence": note.evidence,
        "Certainty": note.certainty,
        "Hop": note.hop,
        "Suggested from": note.origin,
        "State": note.state,
    }
    return [line for line in (*lines, *(f"{name}: {value}" for name, value in facts.items() if value)) if line.strip()]


class Threads:
    """The comments of a file as they are added, with which of them answers which, and which is settled."""

    def __init__(self, document: Any) -> None:
        self._document = document
        # Of each: the name of its last paragraph, that of the comment it answers, whether it is settled.
        self._told: list[tuple[str, str, bool]] = []

    def add(self, note: Note) -> list[int]:
        """The ids of the comments that a note and its replies become."""
        is_settled = note.state != "open"
        ids = [self._add(said(note), note.author, note.created, "", is_settled)]
        question = self._told[-1][0]
        ids += [self._add(one.body.split("\n"), one.author, one.created, question, is_settled) for one in note.replies]
        return ids

    def point(self, note: Note, where: str) -> int:
        """The id of a comment that says where a note stands that stands here too."""
        return self._add(
            [f"See the note at {where}, which is about these words too."], note.author, note.created, "", False
        )

    def _add(self, lines: Sequence[str], author: str, created: str, parent: str, is_settled: bool) -> int:
        from docx.oxml.ns import qn

        initials = "".join(word[0] for word in author.split())[:3]
        comment = self._document.comments.add_comment(
            author=CONTROL.sub("", author), initials=CONTROL.sub("", initials)
        )
        paragraphs = [comment.paragraphs[0], *(comment.add_paragraph() for _ in lines[1:])]
        for paragraph, line in zip(paragraphs, lines, strict=False):
            paragraph.add_run(CONTROL.sub(" ", line))
        element = comment._comment_elm
        element.attrib.pop(qn("w:date"), None)
        if created:
            element.set(qn("w:date"), f"{created[:19]}Z")
        name = f"{len(self._told) + 1:08X}"
        paragraphs[-1]._p.set(f"{{{PARAGRAPHS}}}paraId", name)
        self._told.append((name, parent, is_settled))
        return int(comment.comment_id)

    def finish(self) -> None:
        """Writes which comment answers which; there may be none."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from lxml import etree

        if not self._told:
            return
        root = etree.Element(f"{{{THREADS}}}commentsEx", nsmap={"w15": THREADS})
        for name, parent, is_settled in self._told:
            one = etree.SubElement(root, f"{{{THREADS}}}commentEx")
            one.set(f"{{{THREADS}}}paraId", name)
            if parent:
                one.set(f"{{{THREADS}}}paraIdParent", parent)
            one.set(f"{{{THREADS}}}done", str(int(is_settled)))
        part = self._document.part
        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part.relate_to(Part(PackURI(NAME), CONTENT, data, part.package), RELATION)
        comments = part._comments_part.element
        comments.set(f"{{{COMPATIBILITY}}}Ignorable", "w14")


def place(selection: Selection, threads: Threads) -> tuple[Marks, list[tuple[Note, list[int]]]]:
    """Where the comments of the selection's notes stand in its cells, and the notes that stand nowhere with theirs."""
    ids = rows.unit_ids(selection.review.alignment)
    sides = {version: side for side, version in enumerate(selection.review.alignment.versions)}
    holders = {
        version.id: {
            index: number for number, unit in selection.units for index in unit.sides[sides[version.id]].indexes
        }
        for version in selection.versions
    }
    marks, nowhere = Marks(), []
    for note, _ in rows.notes(selection):
        found = pieces(note, selection, holders)
        comments = threads.add(note)
        if not found:
            nowhere.append((note, comments))
            continue
        marks.add(found[0], comments)
        for piece in found[1:]:
            marks.add(piece, [threads.point(note, f"{ids[found[0].unit]} ({found[0].version})")])
    return marks, nowhere


def begin(id: int) -> Any:
    """Where the words begin that a comment stands on."""
    return made("w:commentRangeStart", id=id)


def end(id: int) -> list[Any]:
    """Where they end, with the sign of the comment."""
    return [made("w:commentRangeEnd", id=id), made("w:r", made("w:commentReference", id=id))]
