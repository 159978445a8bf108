"""Translations under way (XLIFF 1.2, 2.0 and 2.1; memoQ, Trados Studio): two versions, every segment an alignment unit.

Source: XLIFF Version 1.2 (OASIS Standard, 1 February 2008); XLIFF Version 2.1 (OASIS Standard, 13 February 2018).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from corpora.contents import Contents, File
from corpora.errors import ReadError
from corpora.exchange import counted
from corpora.readers import markup, segments
from corpora.readers.inline import Inline, Mark, attribute, child, children, name
from corpora.readers.pairing import TOLD_EVERY, Pairing, Placed, listed, tag
from corpora.readers.segments import SOURCE, TARGET, Note, Row

# States in which what stands as translation may still be a copy of the source.
UNTRANSLATED = ("new", "needs-translation", "initial")
UNITS, GROUPS = ("trans-unit", "unit", "bin-unit"), ("group", "body")
# What stands beside units and is not read, by the names of its elements.
SUGGESTIONS, REVISIONS, TERMS = ("alt-trans", "match"), ("revision",), ("glossEntry",)
# What is said of it: one of them, many, and the rest of the sentence.
LEFT_OUT = {
    "suggestions": ("suggestion", "suggestions", "of translation memories (alt-trans, matches)"),
    "untranslatable": ("unit", "units", "marked as not to be translated"),
    "ignorable": ("text", "texts", "between segments marked as not to be translated (ignorable)"),
    "binary": ("unit", "units", "without text (bin-unit)"),
    "revisions": ("former state", "former states", "of the text (change tracking)"),
    "terms": ("term", "terms", "of the glossary"),
    "skeletons": ("skeleton", "skeletons", "from which the original file is made again"),
}


def read(file: File) -> Contents:
    """Translations under way (XLIFF), as memoQ, Trados Studio and other programs exchange them.

    Raises:
        ReadError: the file is no XLIFF, damaged, or holds no text.
    """
    where = f'"{file.base}"'
    root = markup.parse(file.data, where)
    if name(root) != "xliff":
        raise ReadError(f"{where} is not an XLIFF file; export one from the program that has the translation.")
    return _Reading(file, root).read()


class _Reading:
    """What is known of a file half-way through it."""

    def __init__(self, file: File, root: Any) -> None:
        self._file, self._root = file, root
        self._pairing = Pairing(file)
        self._counts: Counter[str] = Counter()
        self._languages: dict[str, str] = {}
        self._versions: dict[str, Mapping[str, str]] = {}
        self._keys = {SOURCE: "", TARGET: ""}
        self._is_own = False
        self._waiting: list[Note] = []
        self._comments = segments.trados_comments(root)

    def read(self) -> Contents:
        """All of it."""
        files = list(children(self._root, "file"))
        total = sum(1 for _ in self._root.iter(*(f"{{*}}{unit}" for unit in UNITS)))
        done = 0
        for part in files:
            self._begin(part)
            for unit, is_text in self._units(part):
                done += 1
                if not done % TOLD_EVERY:
                    self._file.progress(done / total)
                self._unit(unit, is_text)
        return self._pairing.contents(
            list(self._languages),
            self._languages,
            self._versions,
            warnings=self._decided(files),
            left_out=self._left_out(),
        )

    def _begin(self, part: Any) -> None:
        """What a file element says of its two versions."""
        said = segments.metadata(part)
        languages = {
            SOURCE: tag(part.get("source-language") or self._root.get("srcLang", "")),
            TARGET: tag(part.get("target-language") or self._root.get("trgLang", "")),
        }
        ids = {side: said.get(f"{side} version", {}).get("id", "") for side in (SOURCE, TARGET)}
        self._is_own = "provenance" in said and len({*ids.values(), ""}) == 3
        for side, language in languages.items():
            key = ids[side] if self._is_own else f"{side} {language}"
            self._keys[side] = key
            self._languages.setdefault(key, language)
            if self._is_own:
                self._versions[key] = said[f"{side} version"]
        header = child(part, "header")
        head = part if header is None else header
        self._counts["skeletons"] += any(True for _ in children(head, "skeleton", "skl", "reference"))
        self._waiting += segments.notes(head, {})

    def _units(self, part: Any) -> Iterator[tuple[Any, bool]]:
        """The units of a file element in reading order, and whether their text is to be translated."""
        around = [(iter(part), part.get("translate") != "no")]
        while around:
            inner = next(around[-1][0], None)
            if inner is None:
                around.pop()
            elif isinstance(inner.tag, str) and name(inner) in (*UNITS, *GROUPS):
                is_text = {"yes": True, "no": False}.get(inner.get("translate", ""), around[-1][1])
                if name(inner) in UNITS:
                    yield inner, is_text
                else:
                    self._waiting += segments.notes(inner, {})
                    around.append((iter(inner), is_text))

    def _unit(self, unit: Any, is_text: bool) -> None:
        self._count(unit)
        rows = list(segments.of_two(unit, self._counts) if name(unit) == "unit" else segments.of_one(unit))
        if not is_text and not self._is_own:
            self._counts["untranslatable"] += any(row.source or row.target for row in rows)
            return
        said = segments.metadata(unit) if self._is_own else {}
        moved, groups = said.get("unit", {}).get("moved", ""), {}
        alone_confirmed = said.get("unit", {}).get("status") == "confirmed"
        placed: dict[str, list[tuple[Placed, Inline]]] = {SOURCE: [], TARGET: []}
        for row in rows:
            groups[row.id] = self._pairing.group(unit.get("id", ""), moved)
        for side in (SOURCE, TARGET):
            for row in rows if side == SOURCE else sorted(rows, key=lambda row: row.order):
                found = row.source if side == SOURCE else row.target
                if found is None or (side == TARGET and self._is_copy(row)):
                    continue
                both = row.source is not None and row.target is not None
                added = self._pairing.side(
                    self._keys[side], found, id=row.id, group=groups[row.id],
                    confirmed=row.confirmed if both else alone_confirmed, said=said.get(side, {}),
                )  # fmt: skip
                placed[side] += [(added, found)] if added else []
        self._waiting += segments.notes(unit, said)
        if every := [*placed[SOURCE], *placed[TARGET]]:
            notes, self._waiting = self._waiting, []
            self._note(placed, every, notes)

    def _is_copy(self, row: Row) -> bool:
        """True where the translation is the source, put there by a program until somebody translates it."""
        same = row.source is not None and row.target is not None and row.source.text.strip() == row.target.text.strip()
        is_copy = same and not row.confirmed and row.state in UNTRANSLATED and not self._is_own
        self._counts["copies"] += is_copy
        return is_copy

    def _note(
        self, placed: Mapping[str, list[tuple[Placed, Inline]]], every: list[tuple[Placed, Inline]], notes: list[Note]
    ) -> None:
        """Puts notes where they belong; those of a unit without text came with this one."""
        marked: dict[str, tuple[Placed, Mark]] = {}
        for side, found in every:
            for mark in found.marks:
                reference = mark.element.get("ref", "")
                marked.setdefault(reference.removeprefix("#n=").rpartition("n=")[2], (side, mark))
                for text, author, created in self._comments.get(attribute(mark.element, "cid"), ()):
                    self._pairing.remark(side, text, author=author, created=created, span=(mark.start, mark.stop))
                if text := mark.element.get("comment") or segments.value(mark.element):
                    self._pairing.remark(side, text, span=(mark.start, mark.stop))
        for note in notes:
            if note.id and note.id in marked:
                side, mark = marked[note.id]
                span = mark.start, mark.stop
            else:
                side, span = (placed.get(note.side) or every)[0][0], None
            self._pairing.remark(side, note.text, author=note.author, created=note.created, span=span)

    def _count(self, unit: Any) -> None:
        """What of a unit is not read."""
        self._counts["binary"] += name(unit) == "bin-unit"
        for inner in unit:
            if isinstance(inner.tag, str) and name(inner) not in (SOURCE, TARGET, "segment"):
                names = [name(one) for one in inner.iter("{*}*")]
                self._counts["suggestions"] += sum(one in SUGGESTIONS for one in names)
                self._counts["revisions"] += sum(one in REVISIONS for one in names)
                self._counts["terms"] += sum(one in TERMS for one in names)

    def _decided(self, files: list[Any]) -> Iterator[str]:
        if len(files) > 1:
            names = listed(one.get("original") or one.get("id", "") for one in files)
            yield f"It holds {len(files)} files ({names}), read as one text in the order of the file."
        if count := self._counts["copies"]:
            yield f"{counted(count, 'target')} marked as not translated, with the words of the source, read as empty."

    def _left_out(self) -> Iterator[str]:
        if self._is_own:
            yield "Scores, issues and confidence of the file; they are measured anew."
        for key, (one, many, rest) in LEFT_OUT.items():
            if count := self._counts[key]:
                yield f"{counted(count, one, many)} {rest}."
        if self._waiting:
            yield f"{counted(len(self._waiting), 'note')} behind the last unit with text."
