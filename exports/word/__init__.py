"""DOCX: the versions side by side in a table for Word, with the notes as its comments."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from corpora.building import CONTROL
from corpora.readers.word.table import UNIT
from exports import rows
from exports.provenance import PROGRAM, facts
from exports.selection import Selection
from exports.word import styles
from exports.word.comments import Threads, begin, end, place
from exports.word.elements import cell, field, made, paragraph, row, run
from exports.word.table import table
from reviews.notes.note import Note

# The column of what is said of the file, in twentieths of a point.
NAMES = 2400
# A property of a file holds no more characters.
LONGEST = 255


def write(selection: Selection, file: BinaryIO) -> None:
    """Writes a Word file: a table with a row an alignment unit and a column a version, notes as comments."""
    import docx

    document = docx.Document()
    ids = styles.prepare(document, selection)
    threads = Threads(document)
    marks, nowhere = place(selection, threads)
    document.add_paragraph(_clean(selection.review.document.title), style="Title")
    document.add_paragraph(_clean(selection.told), style="Subtitle")
    document.element.body.insert(2, table(selection, ids, marks))
    _notes(document, nowhere)
    _about(document, selection, ids)
    threads.finish()
    _footer(document, selection)
    _properties(document, selection)
    memory = io.BytesIO()
    document.save(memory)
    file.write(memory.getvalue())


def _clean(text: str) -> str:
    return CONTROL.sub(" ", text)


def _notes(document: Any, nowhere: Sequence[tuple[Note, list[int]]]) -> None:
    """The notes whose words are not in the table, with the words that they stood on."""
    if not nowhere:
        return
    document.add_paragraph("Notes whose words are not in the table", style="Heading 1")
    for note, ids in nowhere:
        said = "; ".join(
            f"{one.version}: {one.quote}{' (gone from the text)' if one.gone else ''}" for one in note.anchors
        )
        element = document.add_paragraph()._p
        element.extend(begin(id) for id in ids)
        element.append(run(said or "without words"))
        for id in ids:
            element.extend(end(id))


def _about(document: Any, selection: Selection, ids: Mapping[str, str]) -> None:
    """What the file was made of, as a table without lines."""
    document.add_paragraph("About this file", style="Heading 1")
    wide = styles.width(selection) - NAMES
    lines = [
        row(
            cell(paragraph(ids[UNIT], run(name, made("w:b"))), width=NAMES),
            cell(paragraph(ids[UNIT], run(value)), width=wide),
        )
        for name, value in facts(selection)
    ]
    properties = made("w:tblPr", made("w:tblW", w=NAMES + wide, type="dxa"), made("w:tblLayout", type="fixed"))
    grid = made("w:tblGrid", made("w:gridCol", w=NAMES), made("w:gridCol", w=wide))
    document.element.body.insert(-1, made("w:tbl", properties, grid, *lines))
    # Word wants a paragraph behind a table.
    document.add_paragraph(style=UNIT)


def _footer(document: Any, selection: Selection) -> None:
    """The document's title and the number of the page."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Twips

    line = document.sections[0].footer.paragraphs[0]
    line.style = document.styles[UNIT]
    line.paragraph_format.tab_stops.add_tab_stop(Twips(styles.width(selection)), WD_TAB_ALIGNMENT.RIGHT)
    title = _clean(selection.review.document.title)
    line._p.append(run(f"{title if len(title) < LONGEST else title[:LONGEST] + '…'}\t"))
    line._p.extend([field("PAGE"), run(" / "), field("NUMPAGES")])


def _properties(document: Any, selection: Selection) -> None:
    said = document.core_properties
    said.title = _clean(selection.review.document.title)[:LONGEST]
    said.author = said.last_modified_by = PROGRAM
    said.subject = " and ".join(hop.id for hop in selection.comparisons)[:LONGEST]
    said.comments = _clean(selection.told)[:LONGEST]
    said.language = selection.versions[0].language[:LONGEST]
    said.created = said.modified = datetime.fromisoformat(selection.created).replace(tzinfo=None)
    said.keywords = said.category = ""


def omitted(selection: Selection) -> list[str]:
    """What a Word file does not hold: what was measured, and what was said of it."""
    told = []
    found = rows.divergences(selection)
    issues = sum(len(one.issues) for one in found)
    reasons = sum(len(score.reasons) for one in found for score in one.metrics.values())
    if found:
        told.append(f"{len(found)} divergences with {issues} issues and {reasons} reasons are not in the file.")
    if judged := sum(1 for row in rows.issue_rows(selection) if row[4]):
        said = "1 verdict on an issue is" if judged == 1 else f"{judged} verdicts on issues are"
        told.append(f"{said} not in the file.")
    return told
