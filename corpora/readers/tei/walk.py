"""The text of a TEI element as passages: paragraphs, headings, verses, notes, each cleaned as it is read.

The tree is walked once, without recursion; what is no text is passed over and counted.
"""

from collections import Counter
from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from typing import Any

from corpora.document import KINDS
from corpora.readers.tei.elements import (
    APART,
    APPARATUS,
    BLOCKS,
    BREAKS,
    CALL,
    EMPTY,
    IN_LINE,
    LEFT_OUT,
    LINES,
    STRUCTURE,
    id_of,
    is_division,
    language_of,
    local,
    name_of,
    parent_name,
    pointers,
    words,
)  # fmt: skip
from corpora.readers.tei.passage import Aside, Opened, Passage, Place
from corpora.readers.tei.readings import Readings, is_joined

# What stands for a gap in the source.
GAP = "[…]"
# What divides a word at the end of a line.
HYPHENS = "-‐¬"
# Words of annotated texts, and how Universal Dependencies say that no blank follows one.
WORDS, NO_BLANK = ("w", "pc"), "SpaceAfter=No"
FOREIGN = "elements of other languages than TEI (formulas, drawings, music)"
# Progress is told each time so many elements were walked.
STRIDE = 5000
# Kinds of everything that stands in an element of the kind.
WHOLE = ("footnote", "endnote", "caption", "apparatus")


class Walk:
    """Walks one text.

    Args:
        groups: the group of each element that the file aligned.
        alone: other elements that the file holds for passages of their own.
        notes: the ids of the file's notes, which references call.
        marks: the ids whose places are wanted.
        readings: decides between readings.
        tell: called now and then.
    """

    def __init__(
        self,
        groups: Mapping[Any, int],
        alone: Container[Any],
        notes: Container[str],
        marks: Container[str],
        readings: Readings,
        tell: Callable[[], None],
    ) -> None:
        self._groups, self._alone, self._notes, self._marks = groups, alone, notes, marks
        self._readings, self._tell = readings, tell
        self.found: list[Passage] = []
        self.left: Counter[str] = Counter()
        self.begins: dict[str, Place] = {}
        self.ends: dict[str, Place] = {}
        # Where each note is called by a reference, and the first passage of each, by its id.
        self._calls: dict[str, Place] = {}
        self._first: dict[str, Passage] = {}
        self._opened = [Opened()]
        self._at = [Passage()]
        self._asides: list[Aside] = []
        self._waiting: list[Passage] = []
        self._counts: Counter[Any] = Counter()
        self._number = 0

    def walk(self, element: Any) -> None:
        """Reads all of an element."""
        from lxml import etree

        self._opened[0] = Opened(language=language_of(element))
        self._fresh()
        steps = etree.iterwalk(element, events=("start", "end"))
        for event, one in steps:
            if event == "start":
                self._number += 1
                if self._number % STRIDE == 0:
                    self._tell()
                if not self._begin(one, name_of(one)):
                    steps.skip_subtree()
                elif one.text:
                    self._at[-1].add(one.text)
            else:
                self._end(one, name_of(one))
                if one.tail and one is not element:
                    self._at[-1].add(one.tail)
        self._flush()
        self._settle()
        for id, call in self._calls.items():
            if id in self._first:
                self._first[id].called = self._first[id].called or call

    def _begin(self, element: Any, name: str) -> bool:
        """False where the element is passed over."""
        if not name or name in APART or name in LEFT_OUT:
            self.left[LEFT_OUT.get(name, "") if name else FOREIGN] += 1
            return False
        if not self._readings.is_read(element, name):
            return False
        if name in BREAKS and is_joined(element):
            self._readings.decided["joined"] += 1
            self._at[-1].join(HYPHENS)
        elif name in LINES:
            self._at[-1].end_line()
        elif name in BREAKS or name == "space":
            self._at[-1].add(" ")
        elif name in WORDS and element.get("join") in ("left", "both"):
            self._at[-1].join()
        elif name == "gap":
            self._readings.decided["gap"] += 1
            self._at[-1].add(GAP)
        elif name in ("ptr", "ref") and self._is_call(element, name):
            return False
        elif name == "figure" or (name == "note" and not (element.get("place") or "").startswith(IN_LINE)):
            self._open_aside(element, name)
        elif self._is_passage(element, name):
            self._open(element, name)
        if (id := id_of(element)) and id in self._marks:
            self.begins[id] = self._here()
        return True

    def _here(self) -> Place:
        return Place(self._at[-1], self._at[-1].length, len(self.found))

    def _open(self, element: Any, name: str) -> None:
        self._flush()
        above = self._opened[-1]
        own = element in self._groups or element in self._alone
        kind = above.kind if above.kind in WHOLE else self._kind(element, name) or above.kind
        opened = replace(
            above, element=element, kind=kind, id=id_of(element), language=_language(element) or above.language
        )
        opened = replace(opened, is_passage=own or above.is_passage)
        self._opened.append(replace(opened, group=self._groups[element]) if element in self._groups else opened)
        self._fresh()

    def _open_aside(self, element: Any, name: str) -> None:
        """A note or figure is read apart from the paragraph that it stands in."""
        kind, group = "caption", self._groups.get(element)
        called = None
        if parent_name(element) in STRUCTURE:
            self._flush()
            self._fresh()
        elif name == "note":
            called = self._here()
        if name == "note":
            is_end = (element.get("place") or "").startswith("end")
            kind = "endnote" if is_end or any(name_of(one) == "back" for one in element.iterancestors()) else "footnote"
            target = local((pointers(element.get("target")) or [""])[0])
            called = self.begins.get(target, called)
        own = element in self._alone or group is not None
        language = _language(element) or self._opened[-1].language
        self._opened.append(Opened(element, kind, id_of(element), group, language, own))
        self._asides.append(Aside(element, id_of(element), called))
        self._at.append(Passage())
        self._fresh()

    def _is_passage(self, element: Any, name: str) -> bool:
        if element in self._groups or element in self._alone or name in BLOCKS or name in STRUCTURE:
            return True
        around = parent_name(element)
        if name == "label":
            return around == "list"
        return around in STRUCTURE and name not in EMPTY and name not in LINES

    def _kind(self, element: Any, name: str) -> str:
        """The kind that an element says, "" where it says none."""
        said, around = (element.get("type") or "").replace("-", " "), parent_name(element)
        if name in ("ab", "head", "p") and said in KINDS:
            return said
        if is_division(name) and said in APPARATUS:
            return "apparatus"
        if name == "titlePage" or (name == "titlePart" and said not in ("", "main")):
            return "front matter"
        if name == "head" and around == "table":
            return "caption"
        return "list item" if name in ("label", "bibl") and around in ("list", "listBibl") else BLOCKS.get(name, "")

    def _is_call(self, element: Any, name: str) -> bool:
        """True for the call of a note, whose mark is no text."""
        for pointer in pointers(element.get("target")):
            if local(pointer) in self._notes:
                self._calls.setdefault(local(pointer), self._here())
                return name == "ptr" or bool(CALL.fullmatch(words(element)))
        return False

    def _end(self, element: Any, name: str) -> None:
        if (id := id_of(element)) and id in self._marks:
            self.ends[id] = self._here()
        if name in ("l", "addrLine"):
            self._at[-1].end_line()
        if name in WORDS and (element.get("join") in ("right", "both") or NO_BLANK in (element.get("misc") or "")):
            self._at[-1].join()
        if self._opened[-1].element is not element:
            return
        self._flush()
        self._opened.pop()
        if self._asides and self._asides[-1].element is element:
            self._asides.pop()
            self._at.pop()
        else:
            self._fresh()
        if parent_name(element) in STRUCTURE and not self._asides:
            self._settle()

    def _flush(self) -> None:
        """Closes the passage that is being read."""
        passage = self._at[-1]
        passage.trim()
        if not passage.pieces:
            return
        if not self._asides:
            self.found.append(passage)
            return
        # Notes stand behind the paragraph that calls them.
        self._waiting.append(passage)
        aside = self._asides[-1]
        if not aside.is_read:
            aside.is_read, passage.called = True, aside.called
            if aside.id:
                self._first[aside.id] = passage

    def _settle(self) -> None:
        self.found += self._waiting
        self._waiting = []

    def _fresh(self) -> None:
        """Begins a passage."""
        around = self._opened[-1]
        self._counts[around.element] += 1
        key = around.element, self._counts[around.element]
        kind = around.kind or ("paragraph" if around.is_passage else "")
        self._at[-1] = Passage(kind, around.id if key[1] == 1 else "", around.group, around.language, key)


def _language(element: Any) -> str:
    """The language tag of an element itself."""
    return element.get("{http://www.w3.org/XML/1998/namespace}lang") or element.get("lang") or ""
