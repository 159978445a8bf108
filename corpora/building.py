"""A version put together paragraph by paragraph, by readers of files that mark their paragraphs."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from corpora import languages
from corpora.contents import File
from corpora.document import Block, Repair, Version
from corpora.errors import ReadError
from corpora.normalise import digest

# What stands between the paragraphs in the text of a version.
BETWEEN = "\n\n"
BLANKS = re.compile(r"[^\S\n]+")
SHOWN = re.compile(r"\S")
# Characters that no text file holds and that no screen, database or XML file can take.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def clean(text: str) -> str:
    r"""The text as a paragraph holds it: composed (NFC), single blanks, line breaks kept, no control characters.

    >>> clean(" A\u00a0 line\x07 \n\n next ")
    'A line\nnext'
    """
    lines = (BLANKS.sub(" ", line).strip() for line in CONTROL.sub("", text).splitlines())
    return unicodedata.normalize("NFC", "\n".join(line for line in lines if line))


def places(text: str, offsets: Sequence[int]) -> list[int]:
    r"""Where in `clean(text)` the characters before each of the offsets end; the offsets are in rising order.

    >>> places(" A\u00a0 line\x07 \n\n next ", [0, 5, 12])
    [0, 3, 6]
    """
    ends = [match.end() for match in SHOWN.finditer(clean(text))]
    found, count, before = [], 0, 0
    for offset in offsets:
        # What is composed with the character before it is not parted from that.
        while before < offset < len(text) and _is_composed(text[offset]):
            offset += 1
        if offset > before:
            count += len(SHOWN.findall(clean(text[before:offset])))
            before = offset
        found.append(ends[min(count, len(ends)) - 1] if count and ends else 0)
    return found


def _is_composed(character: str) -> bool:
    """True for marks, vowels and finals that may make one character with what stands before them."""
    return (
        unicodedata.category(character)[0] == "M"
        or "\u1161" <= character <= "\u11ff"
        or CONTROL.match(character) is not None
    )


class Builder:
    """The text of a version with its blocks, as they are added."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._blocks: list[Block] = []
        self._repairs: list[Repair] = []
        self._length = 0

    def __len__(self) -> int:
        return len(self._blocks)

    def add(
        self,
        text: str,
        kind: str = "",
        *,
        group: int | None = None,
        confirmed: bool = False,
        anchor: int | None = None,
        id: str = "",
    ) -> Block | None:
        """The block that a paragraph becomes, cleaned as by `clean`; None where nothing is left of it.

        The arguments are those of `Block`; `anchor` is a character of the whole text so far.
        """
        cleaned = clean(text)
        if not cleaned:
            return None
        start = self._length + (len(BETWEEN) if self._pieces else 0)
        self._pieces.append(cleaned)
        self._length = start + len(cleaned)
        block = Block(start, self._length, kind, group, confirmed, anchor, id)
        self._blocks.append(block)
        return block

    def repair(self, kind: str, start: int, stop: int, text: str) -> None:
        """Notes that these characters of the text so far are read as `text`; in reading order."""
        self._repairs.append(Repair(kind, start, stop, text))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks so far."""
        return tuple(self._blocks)

    @property
    def text(self) -> str:
        """The text so far."""
        return BETWEEN.join(self._pieces)

    def version(self, file: File, *, language: str = "", title: str = "", metadata: Mapping[str, str] = {}) -> Version:
        """The version that was built.

        Args:
            file: where it comes from.
            language: BCP 47, as the file says it; "" to go by the text.
            title: as the file says it; "" for the file's name.
            metadata: what else the file says of it.

        Raises:
            ReadError: nothing was added.
        """
        text = self.text
        if not text:
            raise ReadError(f'"{file.base}" holds no text; give a file with the text of one version.')
        code = language or languages.guess(text)
        return Version(
            id=code,
            language=code,
            title=" ".join(title.split()) or file.title,
            text=text,
            digest=digest(text),
            repairs=tuple(self._repairs),
            blocks=tuple(self._blocks),
            metadata={**metadata, "file": file.base},
        )
