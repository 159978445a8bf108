"""The versions that a file of translation units holds, put together unit by unit, with the notes on their words."""

import bisect
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from corpora.building import CONTROL, Builder, clean
from corpora.chain import TAG, numbered
from corpora.contents import Contents, File, Remark
from corpora.document import Block, Version
from corpora.errors import ReadError
from corpora.exchange import Piece, counted, pieces, restored, signature, utc
from corpora.readers.inline import Inline

# Units after which progress is told, and names that a sentence lists before it stops.
TOLD_EVERY, LISTED = 500, 5
# Versions that one file may hold: the largest memories have a text in a few dozen languages.
MOST_VERSIONS = 200
# Controls of files and groups, which are white space to Python, part no words here: they are taken out.
WORD, LONGEST_WORD = re.compile("(?:[\x1c-\x1f]|\\S)+"), 1000


class Offsets:
    """Where the characters of a text stand once it is cleaned (`corpora.building.clean`): word by word, one sign between.

    Made once for a text, however many notes ask.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        # Of every word: where it begins, where it ends, and where it begins once all is clean.
        self._starts: list[int] = []
        self._stops: list[int] = []
        self._clean: list[int] = []
        place = 0
        for word in WORD.finditer(text):
            if length := len(_cleaned(word.group())):
                self._starts.append(word.start())
                self._stops.append(word.end())
                self._clean.append(place)
                place += length + 1

    def of(self, offset: int, *, at_end: bool) -> int:
        """The place of a character, or of the end of what stands before it."""
        word = bisect.bisect_right(self._starts, offset - at_end) - 1
        if word < 0:
            return 0
        start, stop = self._starts[word], min(offset, self._stops[word])
        # No word is so long; what is may be out by its accents.
        length = len(_cleaned(self._text[start:stop])) if stop - start < LONGEST_WORD else stop - start
        is_behind = offset > self._stops[word] and not at_end and word + 1 < len(self._starts)
        return self._clean[word] + length + is_behind


def _cleaned(word: str) -> str:
    return unicodedata.normalize("NFC", CONTROL.sub("", word))


class Placed:
    """A side of a unit as it stands in its version: the blocks it became, with the pieces of its text."""

    def __init__(self, version: str, text: str, blocks: Sequence[tuple[Piece, Block]]) -> None:
        self.version = version
        self._text, self._blocks = text, blocks
        self._stops = [piece.stop for piece, _ in blocks]
        self._offsets: dict[int, Offsets] = {}

    @property
    def whole(self) -> tuple[int, int]:
        """The characters of the version that hold the side."""
        return self._blocks[0][1].start, self._blocks[-1][1].stop

    def characters(self, start: int, stop: int) -> tuple[int, int]:
        """The characters of the version that were `start:stop` of the side; all of it where nothing is left of them."""
        first, last = self._place(start, at_end=False), self._place(stop, at_end=True)
        return (first, last) if start < stop and first < last else self.whole

    def _place(self, offset: int, *, at_end: bool) -> int:
        number = bisect.bisect_right(self._stops, offset - at_end)
        number = min(number, len(self._blocks) - 1)
        piece, block = self._blocks[number]
        if number not in self._offsets:
            self._offsets[number] = Offsets(self._text[piece.start : piece.stop])
        return min(block.start + self._offsets[number].of(max(offset - piece.start, 0), at_end=at_end), block.stop)


class Pairing:
    """The versions of a file as their units are added; `versions` are known by keys of the reader's choice."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._builders: dict[str, Builder] = {}
        # With the keys of their versions, whose places are known at the end.
        self._remarks: list[tuple[str, Remark]] = []
        self._groups: dict[str, int] = {}
        self._last = 0
        self.counts: Counter[str] = Counter()

    def group(self, id: str = "", moved: str = "") -> int:
        """The group of the next unit.

        Args:
            id: what our own file calls the unit.
            moved: the ids of those that hold its passage elsewhere, with which it is one group again.
        """
        self._last += 1
        group = self._groups.get(id, self._last)
        for other in moved.split():
            self._groups.setdefault(other, group)
        return group

    def side(
        self, version: str, inline: Inline, *, id: str, group: int | None, confirmed: bool = False,
        said: Mapping[str, str] = {},
    ) -> Placed | None:  # fmt: skip
        """A version's part of a unit, added; None where it holds no text.

        Args:
            version: the key of the version.
            inline: the text with what was found in it.
            id: what the file calls the unit.
            group: as in `Block`.
            confirmed: as in `Block`.
            said: what our own files say of the segments.

        Raises:
            ReadError: there are more versions than anybody compares.
        """
        if version not in self._builders and len(self._builders) == MOST_VERSIONS:
            raise ReadError(
                f'"{self._file.base}" holds more than {MOST_VERSIONS} versions of its text; give a file with fewer languages.'
            )
        builder = self._builders.setdefault(version, Builder())
        self.counts["codes"] += inline.codes
        self.counts["tracked"] += inline.tracked
        blocks = []
        for piece in pieces(inline.text, said, id):
            text = inline.text[piece.start : piece.stop]
            block = builder.add(text, piece.kind, group=group, confirmed=confirmed, id=piece.id)
            blocks += [(piece, block)] if block else []
        placed = Placed(version, inline.text, blocks) if blocks else None
        for place, kind, text in inline.subs:
            anchor = placed.characters(0, place)[1] if placed and kind != "paragraph" else None
            added = builder.add(text, kind, group=group, confirmed=confirmed, anchor=anchor, id=id)
            self.counts["texts in codes"] += added is not None
            if placed is None and added:
                placed = Placed(version, text, [(Piece(0, len(text), kind, id), added)])
        return placed

    def remark(
        self, placed: Placed, text: str, *, author: str = "", created: str = "", span: tuple[int, int] | None = None
    ) -> None:
        """A note on the characters `span` of a side, on all of it when None; `created` as the file writes it."""
        author = " ".join(author.split())
        if said := clean(text.removesuffix(signature(author, created))):
            start, stop = placed.whole if span is None else placed.characters(*span)
            remark = Remark(0, start, stop, said, author, utc(created))
            self._remarks.append((placed.version, remark))

    def contents(
        self, order: Sequence[str], languages: Mapping[str, str], said: Mapping[str, Mapping[str, str]] = {},
        *, title: str = "", warnings: Iterable[str] = (), left_out: Iterable[str] = (),
    ) -> Contents:  # fmt: skip
        """All of it.

        Args:
            order: the keys of the versions that come first, the original before all; the rest follows as it came.
            languages: BCP 47 by key, "" to go by the text.
            said: what our own files say of the versions, by key.
            title: what the text is called, "" for the file's name.
            warnings: what was decided besides.
            left_out: what was left out besides.

        Raises:
            ReadError: there is no text.
        """
        keys = [key for key in dict.fromkeys([*order, *self._builders]) if len(self._builders.get(key, ()))]
        if not keys:
            raise ReadError(f'"{self._file.base}" holds no text; give a file whose translation units have some.')
        versions = []
        for key in keys:
            version = self._builders[key].version(self._file, language=languages.get(key, ""), title=title)
            versions.append(_named(restored(version, said[key]), key) if key in said else version)
        places = {key: place for place, key in enumerate(keys)}
        return Contents(
            tuple(numbered(versions)),
            tuple(replace(remark, version=places[key]) for key, remark in self._remarks),
            warnings=(*self._decided(len(keys)), *warnings),
            left_out=tuple(left_out),
        )

    def _decided(self, versions: int) -> Iterable[str]:
        if versions == 1:
            yield "Only one version in it has any text: there is no translation to align."
        if count := self.counts["codes"]:
            yield f"{counted(count, 'code')} of the original format in the text left out, the words inside kept."
        if count := self.counts["texts in codes"]:
            yield f"{counted(count, 'text')} inside such codes (footnotes, titles of links) read as passages behind theirs."
        if count := self.counts["tracked"]:
            yield f"{counted(count, 'tracked change')} taken as accepted: what was deleted is not read."


def _named(version: Version, id: str) -> Version:
    """The version under the id that our own file gives it."""
    return replace(version, id=id) if id.startswith(version.language) else version


def listed(names: Iterable[str]) -> str:
    """The first of several names, each once."""
    found = list(dict.fromkeys(filter(None, (" ".join(one.split()) for one in names))))
    return ", ".join(found[:LISTED]) + (f" and {len(found) - LISTED} more" if len(found) > LISTED else "")


def tag(said: str) -> str:
    """A language as BCP 47 writes it, "" where it is none.

    >>> tag("EN_us"), tag("zh-hant-tw"), tag("x-none")
    ('en-US', 'zh-Hant-TW', '')
    """
    first, *rest = said.strip().replace("_", "-").split("-")
    found = "-".join([first.lower(), *(_subtag(one) for one in rest)])
    return found if TAG.fullmatch(found) else ""


def _subtag(said: str) -> str:
    if len(said) == 2:
        return said.upper()
    return said.title() if len(said) == 4 and said.isalpha() else said.lower()
