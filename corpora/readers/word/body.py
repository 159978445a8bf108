"""The walk through the text of a Word file: body, tables, text boxes and notes."""

from collections.abc import Callable, Iterator
from typing import Any

from corpora.readers.flow import Flow
from corpora.readers.word.characters import CHANGES, COMMENTS, DELETED, INSERTED, PROPERTIES, Characters, chosen
from corpora.readers.word.numbering import Numbering
from corpora.readers.word.package import attribute, children, number, short
from corpora.readers.word.styles import BODY_LEVEL, Styles

# Paragraphs after which is told how far the reading is.
STEP = 200


class Body(Characters):
    """Writes the text of elements into a flow.

    Args:
        flow: what is written into.
        styles: the styles of the file.
        numbering: its lists.
        done: is told how many paragraphs are read, now and then.
    """

    def __init__(
        self, flow: Flow, styles: Styles, numbering: Numbering, done: Callable[[int], None] = lambda count: None
    ) -> None:
        super().__init__(flow, styles)
        self._numbering, self._done = numbering, done
        self._paragraphs = 0
        # Where the note is called that the paragraphs are in, and the group of an alignment that they belong to.
        self._anchor: int | None = None
        self._group: int | None = None
        self._is_confirmed = False
        # The kind of a paragraph that goes on in the next one.
        self._carried = ""

    def story(
        self,
        element: Any,
        kind: str = "",
        *,
        anchor: int | None = None,
        group: int | None = None,
        confirmed: bool = False,
    ) -> None:
        """Writes the paragraphs among the children of an element; what is given holds for all their blocks."""
        self._fields.clear()
        self._anchor, self._group, self._is_confirmed = anchor, group, confirmed
        with self._within(kind):
            self._blocks(element)

    def _blocks(self, element: Any) -> None:
        for child in element:
            name = short(child.tag)
            if name == "w:p":
                self._paragraph(child)
            elif name == "w:tbl":
                self._table(child)
            elif name == "w:sdt":
                self._control(child, self._blocks)
            elif name == "mc:AlternateContent":
                self._blocks(chosen(child))
            elif name in DELETED:
                self._drop(child, name)
            elif name in COMMENTS:
                self._comment(child, name)
            elif name == "w:altChunk":
                self.counts["part"] += 1
            elif name in INSERTED:
                self._inserted(child, name, self._blocks)
            elif name not in PROPERTIES:
                self._blocks(child)
        if self.flow.is_open:
            # Nothing follows in which a paragraph without an end of its own could go on.
            self._end(self._carried)

    # ---- tables -------------------------------------------------------------------------------

    def _table(self, table: Any) -> None:
        with self._within("table cell"):
            for row in self._parts(table, "w:tr"):
                said = children(children(row).get("w:trPr"))
                if "w:del" in said:
                    self._drop(row, "w:del")
                    continue
                if "w:ins" in said:
                    self._changed(said["w:ins"], "w:ins")
                for cell in self._parts(row, "w:tc"):
                    self._cell(cell)

    def _parts(self, element: Any, wanted: str) -> Iterator[Any]:
        """The rows of a table or the cells of a row, also those in content controls."""
        waiting = [element]
        while waiting:
            found = waiting.pop()
            name = short(found.tag)
            if name == wanted:
                yield found
            elif name in COMMENTS:
                self._comment(found, name)
            elif found is element or name not in ("w:tbl", *PROPERTIES):
                waiting += reversed(found)

    def _cell(self, cell: Any) -> None:
        said = children(children(cell).get("w:tcPr"))
        if "w:cellDel" in said:
            self._drop(cell, "w:del")
        elif any(name in said and attribute(said[name], "w:val") != "restart" for name in ("w:vMerge", "w:hMerge")):
            # Of cells that are merged Word shows what is in the first.
            if any((text.text or "").strip() for text in cell.iter("{*}t")):
                self.counts["hidden"] += 1
            self._forget(cell)
        else:
            self._blocks(cell)

    # ---- paragraphs ---------------------------------------------------------------------------

    def _paragraph(self, paragraph: Any) -> None:
        said = children(children(paragraph).get("w:pPr"))
        mark = children(said.get("w:rPr"))
        style = attribute(said["w:pStyle"], "w:val") if "w:pStyle" in said else ""
        is_gone = "w:del" in mark or "w:moveFrom" in mark
        label = None if is_gone else self._label(said, style)
        self.flow.lead(f"{label} " if label else "")
        self._inline(paragraph, self._styles.is_hidden(style))
        # The code of a field that does not end with its paragraph is damaged: the text behind it is none of it.
        self._fields = [part for part in self._fields if part == "result"]
        for name in CHANGES:
            if name in mark:
                self._changed(mark[name], name)
        self._count()
        frame = said.get("w:framePr")
        is_initial = frame is not None and attribute(frame, "w:dropCap") in ("drop", "margin")
        kind = self._kind_of(said, style) or ("list item" if label is not None else "")
        if is_gone or is_initial:
            # It goes on in the next paragraph.
            self._carried = kind
        else:
            self._end(kind)

    def _count(self) -> None:
        self._paragraphs += 1
        if self._paragraphs % STEP == 0:
            self._done(self._paragraphs)

    def _end(self, kind: str) -> None:
        self._was_hidden = False
        self._finish(kind)
        boxes, self._boxes = self._boxes, []
        fields, self._fields = self._fields, []
        for box in boxes:
            if isinstance(box, str):
                self.flow.write(box)
                self._finish("")
            else:
                self._blocks(box)
        self._fields = fields

    def _finish(self, kind: str) -> None:
        self.flow.end(self._kind or kind, anchor=self._anchor, group=self._group, confirmed=self._is_confirmed)

    def _kind_of(self, said: dict[str, Any], style: str) -> str:
        if (level := said.get("w:outlineLvl")) is not None:
            is_heading = number(attribute(level, "w:val"), BODY_LEVEL) < BODY_LEVEL
            return self._styles.kind(style) or "heading" if is_heading else ""
        return self._styles.kind(style)

    def _label(self, said: dict[str, Any], style: str) -> str | None:
        """The automatic number or bullet of a paragraph, None where it stands in no list."""
        direct = children(said.get("w:numPr"))
        list_id, level = self._styles.numbering(style)
        if "w:numId" in direct:
            by_style, list_id = list_id, attribute(direct["w:numId"], "w:val")
            level = level if list_id == by_style else ""
        if "w:ilvl" in direct:
            level = attribute(direct["w:ilvl"], "w:val")
        if list_id in ("", "0"):
            return None
        place = number(level, -1) if level else self._numbering.level_of(list_id, style)
        return self._numbering.label(list_id, place)
