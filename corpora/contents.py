"""What a file brings: one or more versions, what it says of them, and what of it is left out.

A reader turns a `File` into `Contents`. Nothing is stored on the way, so that all of it can be shown first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath, PureWindowsPath

from corpora.document import Version
from corpora.quoting import clean_line

# Characters of a name that are shown; file systems allow up to 255.
LONGEST_NAME = 120
NAMELESS = "file without a name"
Progress = Callable[[float], None]


def _nothing(share: float) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it came.

    `encoding` is the one that the user chose, "" to go by the bytes; only text files heed it. `language` (BCP 47) is the
    one that the user chose, "" to go by the text; only pictures heed it, which a machine reads in one language. A reader
    that takes long calls `progress` with the share done (0..1), which may raise to end the work. `whole` says that the
    file holds one text, whatever it looks like.
    """

    name: str
    data: bytes
    encoding: str = ""
    progress: Progress = field(default=_nothing, compare=False, repr=False)
    whole: bool = False
    language: str = ""

    @property
    def suffix(self) -> str:
        """The end of the name from its last full stop on, in small letters."""
        return PurePosixPath(self.base).suffix.lower()

    @property
    def base(self) -> str:
        """The name without the folders before it, which may be those of another system, as one short line.

        Double quotation marks are single ones, since messages quote the name.
        """
        line = clean_line(self.name.replace('"', "'"))
        return clean_line(PureWindowsPath(line).name or line, LONGEST_NAME) or NAMELESS

    @property
    def title(self) -> str:
        """What the text is called where it has no title itself."""
        return PurePosixPath(self.base).stem.strip() or self.base


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment or note of the file on characters `start:stop` of the version with this place in `Contents.versions`.

    `created` is ISO 8601 in UTC, "" where the file does not say.
    """

    version: int
    start: int
    stop: int
    text: str
    author: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """Where characters `start:stop` of a version stand on the picture of a page, in shares of its width and height (0..1).

    `confidence` says how sure the machine is that read them (0..1).
    """

    start: int
    stop: int
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Facsimile:
    """The picture of a page (PNG) of the version with this place in `Contents.versions`, and where its words stand on it.

    `page` counts from 1 on. The names are those of TEI P5 (11, "Representation of Primary Sources").
    """

    version: int
    page: int
    image: bytes = field(repr=False)
    zones: tuple[Zone, ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """An alignment that stands in a file of its own, over segments of other files.

    Each link holds, for every side, the keys of the segments that belong together: `Block.id`, or numbers of lines that
    count from 1 where `by_line`. `files` are the names of the sides' files, in order, where the links say them;
    `confirmed` the places of the links that a person confirmed.
    """

    links: tuple[tuple[tuple[str, ...], ...], ...]
    by_line: bool = True
    files: tuple[str, ...] = ()
    confirmed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Contents:
    """The versions of a file without segments, the original first where that is known.

    `warnings` say what was decided in reading, `left_out` what the file has that no version holds; a sentence each.
    """

    versions: tuple[Version, ...] = ()
    remarks: tuple[Remark, ...] = ()
    links: tuple[Links, ...] = ()
    warnings: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    facsimiles: tuple[Facsimile, ...] = ()

    @property
    def is_aligned(self) -> bool:
        """True when two versions share a group of blocks."""
        groups = [{block.group for block in version.blocks} - {None} for version in self.versions]
        return any(one & other for place, one in enumerate(groups) for other in groups[:place])


def together(found: Sequence[Contents]) -> Contents:
    """The contents of several files as one; groups of one file stay apart from those of another.

    Versions keep their ids, also where two have the same: `corpora.chain.numbered` tells them apart.
    """
    versions: list[Version] = []
    remarks: list[Remark] = []
    facsimiles: list[Facsimile] = []
    groups = 0
    for one in found:
        remarks += [replace(remark, version=remark.version + len(versions)) for remark in one.remarks]
        facsimiles += [replace(page, version=page.version + len(versions)) for page in one.facsimiles]
        highest = max((block.group or 0 for version in one.versions for block in version.blocks), default=0)
        versions += [_regrouped(version, groups) for version in one.versions]
        groups += highest + 1
    return Contents(
        tuple(versions),
        tuple(remarks),
        tuple(links for one in found for links in one.links),
        tuple(told for one in found for told in one.warnings),
        tuple(told for one in found for told in one.left_out),
        tuple(facsimiles),
    )


def arranged(found: Contents, places: Sequence[int]) -> Contents:
    """The contents with only the versions at these places, in this order, and what is said of them."""
    remarks = [replace(one, version=places.index(one.version)) for one in found.remarks if one.version in places]
    pictures = [replace(one, version=places.index(one.version)) for one in found.facsimiles if one.version in places]
    versions = tuple(found.versions[place] for place in places)
    return replace(found, versions=versions, remarks=tuple(remarks), facsimiles=tuple(pictures))


def _regrouped(version: Version, by: int) -> Version:
    if not by or not version.blocks:
        return version
    return replace(
        version,
        blocks=tuple(one if one.group is None else replace(one, group=one.group + by) for one in version.blocks),
    )
