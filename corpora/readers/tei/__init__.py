"""TEI P5 (and P4): one text, several texts of one file, or the witnesses of a critical edition, with their alignment."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpora.building import Builder
from corpora.chain import numbered
from corpora.contents import Contents, File
from corpora.document import Version
from corpora.errors import ReadError
from corpora.languages import language, script_of
from corpora.readers import markup
from corpora.readers.tei.elements import ROOTS, name_of
from corpora.readers.tei.header import About, about, fitting_tag
from corpora.readers.tei.passage import Passage, Place
from corpora.readers.tei.pointers import Given, given
from corpora.readers.tei.readings import DECIDED, LEFT, MOST_WITNESSES, Readings, witnesses
from corpora.readers.tei.remarks import marks, remarks
from corpora.readers.tei.texts import around, header_of, is_apart, texts, whole
from corpora.readers.tei.walk import STRIDE, Walk

# More texts in a file are no versions of one text.
MOST_TEXTS = 50


def read(file: File) -> Contents:
    """TEI P5: texts, witnesses and translations with their alignment, notes and header.

    Raises:
        ReadError: the file is no TEI, or holds no text.
    """
    root = markup.parse(file.data, f'"{file.base}"')
    if name_of(root) not in ROOTS:
        raise ReadError(f'"{file.base}" is not TEI (its first element is no <TEI>); give a TEI file.')
    found = texts(root)
    if not found:
        raise ReadError(
            f'"{file.base}" holds no <text>; give a TEI file with the text itself, not its description alone.'
        )
    return _Reading(file, root, found).contents()


class _Reading:
    """The reading of one file, with what was decided on the way."""

    def __init__(self, file: File, root: Any, found: Sequence[Any]) -> None:
        self._file, self._root, self._texts = file, root, found
        self._given = given(root, found, file.base)
        self._marks = marks(root)
        self._notes = frozenset(self._marks.notes)
        self._walks: list[Walk] = []
        self._versions: list[Version] = []
        self._decided: Counter[str] = Counter()
        self._left: Counter[str] = Counter()
        self._warnings: list[str] = []
        self._lost: list[str] = []
        self._steps, self._total = 0, sum(1 for _ in root.iter()) + 1

    def contents(self) -> Contents:
        """Everything that the file brings."""
        known = witnesses(self._root) if len(self._texts) == 1 else {}
        if 1 < len(known) <= MOST_WITNESSES:
            self._read_witnesses(known)
        else:
            if known:
                self._warnings.append(
                    f"The file has the texts of {len(known)} witnesses, and only the editor's text is read: more than "
                    f"{MOST_WITNESSES} are not compared."
                )
            self._read_texts()
        if not self._versions:
            raise ReadError(f'"{self._file.base}" holds no text in its <text>; give a TEI file with the text itself.')
        found, lost = remarks(self._marks, self._walks)
        told = [
            f"{text[0].upper()}{text[1:]} (in {_places(self._decided[key])})."
            for key, text in DECIDED.items()
            if self._decided[key]
        ]
        left = [*self._lost]
        left += [f"{text[0].upper()}{text[1:]} are not read ({count})." for text, count in self._left.items() if text]
        if lost:
            left.append(f"Notes whose place cannot be told are not read ({lost}).")
        versions = numbered(self._versions)
        return Contents(tuple(versions), found, self._given.links, (*self._warnings, *told), tuple(left))

    def _read_texts(self) -> None:
        if not is_apart(self._texts, {*self._given.groups, *self._given.alone}):
            passages = [passage for text in whole(self._texts) for passage in self._walk(text, Readings()).found]
            self._add(passages, about(self._texts[0], header_of(self._texts[0])))
            return
        walks = [self._walk(text, Readings()) for text in self._texts]
        spoken = [{passage.language for passage in walk.found if passage.group is not None} for walk in walks]
        if beside := around(self._texts):
            self._lost.append(
                f"What stands beside the versions, such as commentaries and an apparatus, is not read ({beside} characters)."
            )
        if len(self._texts) > MOST_TEXTS:
            raise ReadError(
                f'"{self._file.base}" holds {len(self._texts)} texts; give a file with the versions of one text.'
            )
        for text, walk, languages in zip(self._texts, walks, spoken, strict=True):
            said = about(text, header_of(text))
            parts: dict[str, list[Passage]] = {}
            for passage in walk.found:
                parts.setdefault(passage.language if 1 < len(languages) <= MOST_TEXTS else "", []).append(passage)
            for tag, passages in parts.items():
                self._add(passages, replace(said, language=fitting_tag(tag), is_own=True) if tag else said)

    def _read_witnesses(self, known: Mapping[frozenset[str], str]) -> None:
        """Each witness becomes a version; what stands in one paragraph of the file is aligned."""
        text = self._texts[0]
        said = about(text, header_of(text))
        numbers: dict[tuple[Any, int], int] = {}
        for place, (ids, name) in enumerate(known.items()):
            readings = Readings(ids)
            walk = self._walk(text, readings, counted=not place)
            for passage in walk.found:
                passage.group = numbers.setdefault(passage.key, len(numbers))
            self._add(walk.found, replace(said, title=f"{said.title or self._file.title} ({name})"), witness=name)

    def _walk(self, text: Any, readings: Readings, *, counted: bool = True) -> Walk:
        groups: Given = self._given
        walk = Walk(groups.groups, groups.alone, self._notes, self._marks.wanted, readings, self._tell)
        walk.walk(text)
        self._walks.append(walk)
        if counted:
            self._decided += readings.decided
            for key, count in walk.left.items():
                self._left[key] += count
            for key, count in readings.left.items():
                self._left[LEFT[key]] += count
        return walk

    def _tell(self) -> None:
        self._steps += STRIDE
        self._file.progress(min(1.0, self._steps / self._total))

    def _add(self, passages: Sequence[Passage], said: About, **more: str) -> None:
        """Adds the version that passages make, where there are any."""
        builder = Builder()
        for passage in passages:
            anchor = _character(passage.called)
            kind = passage.kind or ("paragraph" if passage.group is not None else "")
            sure = passage.group in self._given.confirmed
            passage.block = builder.add(
                passage.text, kind, group=passage.group, confirmed=sure, anchor=anchor, id=passage.id
            )
            passage.version = len(self._versions)
        if not len(builder):
            return
        tag = self._fitting(said, builder.text)
        version = builder.version(self._file, language=tag, title=said.title, metadata={**said.metadata, **more})
        self._versions.append(
            replace(version, date=said.date, translators=said.translators, status=said.status or version.status)
        )

    def _fitting(self, said: About, text: str) -> str:
        """The language that the file says; "" where its header says it of a text that is plainly in other letters."""
        wanted, script = language(said.language), script_of(text)
        if said.is_own or not said.language or not wanted.script or not script or wanted.script == script:
            return said.language
        self._warnings.append(
            f"The header says that the text is {wanted.name} ({said.language}), but it is written in {script} letters and is "
            "taken for what these tell."
        )
        return ""


def _character(place: Place | None) -> int | None:
    """The character of a version at which a note is called."""
    if place is None or place.passage.block is None:
        return None
    return min(place.passage.block.start + place.offset, place.passage.block.stop)


def _places(count: int) -> str:
    return f"{count} place{'s' if count != 1 else ''}"
