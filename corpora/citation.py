"""The citation block of a digital archive's page: labels in bold, each with its value, before the text itself.

**January 31, 1955**

**The title, over one or more lines**

**Citation:**

"The title", January 31, 1955, ... RGANI fond 5, opis 28, delo 314. Translated for NKIDP by ...

**Contents:**

the text
"""

import itertools
import re
from dataclasses import dataclass

# A title in bold may go over lines, but over no more than these characters.
BOLD = re.compile(r"^\*\*(?P<text>.{1,600}?)\*\*[ \t]*$", re.MULTILINE | re.DOTALL)
LABEL = re.compile(r"^\*\*(?P<label>[^*\n]{1,60}):\*\*[ \t]*$", re.MULTILINE)
CONTENTS = "contents"
# A date as English archives print it above the title: month, day, year, or a part of it.
DATE = re.compile(r"^(?:[A-Z][a-z]+ )?(?:\d{1,2}, )?\d{4}$")


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled value and its place: characters `start:stop` of the text."""

    label: str
    value: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Citation:
    """The fields of the block and `contents`, the offset at which the text itself begins."""

    fields: tuple[Field, ...]
    contents: int

    def field(self, label: str) -> Field | None:
        """The first field with this label (lower case), None when the block has none."""
        return next((field for field in self.fields if field.label == label), None)

    def value(self, label: str) -> str:
        """The value of this label, "" when the block has none."""
        field = self.field(label)
        return field.value if field else ""


def find(text: str) -> Citation | None:
    """The citation block at the head of a text, None when it has none (no label "Contents")."""
    labels = list(LABEL.finditer(text))
    contents = next((label for label in labels if label["label"].lower() == CONTENTS), None)
    if contents is None:
        return None
    labels = [label for label in labels if label.start() <= contents.start()]
    fields = _unlabelled(text[: labels[0].start()])
    for label, following in itertools.pairwise(labels):
        start, stop = _strip(text, label.end(), following.start())
        fields.append(Field(label["label"].lower(), _one_line(text[start:stop]), start, stop))
    return Citation(tuple(fields), _strip(text, contents.end(), len(text))[0])


def paper(text: str) -> str:
    """The text itself, without the citation block at its head."""
    block = find(text)
    return text[block.contents :] if block else text


def _unlabelled(head: str) -> list[Field]:
    """Date and title stand above the labels, in bold and without a name of their own."""
    fields = []
    for bold in BOLD.finditer(head):
        value = _one_line(bold["text"])
        label = "document date" if DATE.match(value) else "title"
        fields.append(Field(label, value, bold.start("text"), bold.end("text")))
    return fields


def _strip(text: str, start: int, stop: int) -> tuple[int, int]:
    piece = text[start:stop]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _one_line(text: str) -> str:
    return " ".join(text.split())
