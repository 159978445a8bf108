"""What a user gave, read: the version in a file or a pasted text, cut as it will be, or the reason why it cannot be used."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

from corpora import is_plain, segment
from corpora.chain import TAG, named
from corpora.contents import File
from corpora.document import BODY_KINDS, Version
from corpora.errors import ReadError
from corpora.languages import NAMES
from corpora.segmenters.paragraphs import ONE_LINE
from views.library import reading

# The languages that can be chosen; any other can be typed by its tag.
LANGUAGES = ("ko", "ru", "en", *sorted(NAMES))
PASTED = "Pasted text"
# Files that are text besides plain text.
ENCODED = (".csv", ".tsv", ".tab", ".htm", ".html", ".xhtml", ".ladder", ".align", ".aligned", ".pharaoh", ".talp")
# The choice of no encoding.
BY_ITSELF = ""
# The longest title of a pasted text that it is named by, in characters.
TITLE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Given:
    """A text as it was given: `key` names its fields on the page, `file` is what it stands in.

    `place` counts the versions of a file that holds several.
    """

    key: str
    file: File
    place: int = 0

    @property
    def name(self) -> str:
        """What its file is called."""
        return self.file.base

    @property
    def is_pasted(self) -> bool:
        """True when it was pasted."""
        return self.name == PASTED


def pasted(key: str, text: str) -> Given:
    """A pasted text."""
    return Given(key, File(PASTED, text.encode("utf-8"), "utf-8"))


# A page asks for every text on each of its runs.
@lru_cache(maxsize=16)
def read(given: Given, tag: str = "") -> Version:
    """The version in a text, titled.

    Args:
        given: what was given.
        tag: its language or the id of the version whose place it takes; "" to go by the text.

    Raises:
        WorkbenchError: it is no text, or plainly not in this language.
    """
    if tag and not TAG.fullmatch(tag.rstrip("0123456789")):
        raise ReadError(f'"{tag}" is not a language tag; choose a language, or type a tag such as uk or en-GB.')
    found = reading.whole(given.file).versions
    if given.place >= len(found):
        raise ReadError(f'"{given.name}" holds no text; give a file with the text of one version.')
    version = named(found[given.place], tag) if tag else found[given.place]
    if given.is_pasted and version.title == PASTED:
        # As in a file: a first line that is a sentence of the text is no title.
        first = segment(version).body[0]
        if first.kind in ("title", "heading") and len(first.text) <= TITLE_LENGTH:
            return replace(version, title=" ".join(first.text.split()))
    return version


@lru_cache(maxsize=16)
def cut(given: Given, tag: str = "", level: str = "paragraph") -> Version:
    """The version in a text, cut into segments of a level.

    Raises:
        WorkbenchError: as `read` says, or nothing of the text is left to align.
    """
    return segment(read(given, tag), level)


def is_text(file: File) -> bool:
    """True for a file whose encoding can be chosen."""
    return is_plain(file) or file.suffix in ENCODED


def is_one_text(file: File) -> bool:
    """True for a file that may hold one text where it looks like several."""
    return is_plain(file)


def is_alignment(file: File) -> bool:
    """True for a file that holds nothing but an alignment of texts in other files."""
    found = reading.task(file).found
    return found is not None and bool(found.links) and not found.versions


def in_place_of(version: Version, file: File) -> Given:
    """The one of a file's versions that is in a version's language.

    Raises:
        ReadError: the file holds several versions, and not just one in this language.
    """
    found = reading.whole(file).versions
    places = [place for place, one in enumerate(found) if one.language == version.language or len(found) == 1]
    if len(places) != 1:
        raise ReadError(f'"{file.base}" holds {len(found)} versions; give a file with the one text.')
    return Given(version.id, file, places[0])


def one_of(file: Given | None, text: Given | None) -> Given:
    """The one text that was given in two fields.

    Raises:
        ReadError: neither or both were given.
    """
    if file and text:
        raise ReadError("Both a file and a pasted text were given; remove one of them.")
    if not file and not text:
        raise ReadError("No text was given; choose a file or paste the text.")
    return file or text  # type: ignore[return-value]


def counted(version: Version, *, by_kind: bool = False) -> str:
    """What a version was cut into, in a sentence.

    Args:
        version: cut.
        by_kind: say how many there are of each kind, too.
    """
    kinds = Counter(one.kind for one in version.body)
    listed = ", ".join(_number(kinds[kind], kind) for kind in BODY_KINDS if kinds[kind])
    aside = len(version.segments) - len(version.body)
    mended = Counter(one.kind for one in version.repairs if one.kind != ONE_LINE)
    parts = [
        _number(len(version.body), "segment") + " of text" + (f" ({listed})" if by_kind else ""),
        *([f"{aside} of front matter and apparatus set aside"] if aside else []),
        *(_number(number, kind) + " repaired" for kind, number in mended.items()),
    ]
    return ", ".join(parts)


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
