"""The nouns of the first stage: segments, versions, hops, documents.

All of them are frozen values. Offsets are half-open, in code points of `Version.text`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpora.errors import ReadError

PLACEHOLDER_MARK = "placeholder, written for demonstration, not archival"

# Kinds that belong to the text itself; front matter and apparatus are kept and shown on request.
BODY_KINDS = (
    "title", "heading", "paragraph", "list item", "table cell", "caption", "footnote", "endnote", "colophon",
)  # fmt: skip
KINDS = ("front matter", "apparatus", *BODY_KINDS)
STATUSES = ("archival", "published", "user-supplied", "placeholder")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one version: a paragraph, heading, list item, sentence or line.

    `version.text[start:stop] == text` except where a `Repair` inside the stretch replaces characters.
    `paragraph` is the index of the paragraph-level segment it lies in. `anchor` is the character of the version's text at
    which a footnote is called, None for everything else.
    """

    index: int
    paragraph: int
    kind: str
    start: int
    stop: int
    text: str
    anchor: int | None = None

    @property
    def is_body(self) -> bool:
        """True when the segment belongs to the text itself and is aligned by default."""
        return self.kind in BODY_KINDS


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as its file cut it: characters `start:stop` of the version.

    `kind` is one of KINDS, or "" where the rules of the segmenter tell it; what has a kind is neither cut nor joined.
    Blocks of several versions with the same `group` were aligned with each other before, by the file they came in, and
    a person had `confirmed` that. `anchor` is as in `Segment`, `id` what the file calls the block.
    """

    start: int
    stop: int
    kind: str = ""
    group: int | None = None
    confirmed: bool = False
    anchor: int | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """Characters `start:stop` of a version that are read as `text`; `kind` says by which rule."""

    kind: str
    start: int
    stop: int
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a paper says of the chain it stands in: `field` of the version in `language` is `value`.

    `start:stop` is the place on the paper that says so.
    """

    language: str
    field: str
    value: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a document. The text never changes; a correction makes a new version.

    `blocks` are the paragraphs that its file marked, in order; without any they are told from the text.
    """

    id: str
    language: str
    title: str
    text: str
    digest: str
    segments: tuple[Segment, ...] = ()
    source: str | None = None
    how_known: str = "unknown"
    status: str = "user-supplied"
    date: str = ""
    translators: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    blocks: tuple[Block, ...] = ()
    statements: tuple[Statement, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_placeholder(self) -> bool:
        """True when the text only stands in for one that is not at hand."""
        return self.status == "placeholder"

    @property
    def body(self) -> tuple[Segment, ...]:
        """The segments of the text itself, without front matter and apparatus."""
        return tuple(segment for segment in self.segments if segment.is_body)


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of translation between two versions, or the whole way from end to end."""

    source: str
    target: str

    @property
    def id(self) -> str:
        """The two version ids joined by a hyphen: "ko-ru"."""
        return f"{self.source}-{self.target}"


@dataclass(frozen=True, slots=True)
class Document:
    """A text in two or more versions that form a tree by `Version.source`."""

    id: str
    title: str
    versions: tuple[Version, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)

    def version(self, id: str) -> Version:
        """The version with this id.

        Raises:
            ReadError: the document has no such version.
        """
        for version in self.versions:
            if version.id == id:
                return version
        known = ", ".join(version.id for version in self.versions)
        raise ReadError(f'The document has no version "{id}"; it has {known}.')

    def chain(self, id: str) -> tuple[str, ...]:
        """Ids from the original down to `id`, by `source`."""
        ids: list[str] = [id]
        while (source := self.version(ids[0]).source) is not None and source not in ids:
            ids.insert(0, source)
        return tuple(ids)

    @property
    def hops(self) -> tuple[Hop, ...]:
        """Every single step, in the order of the versions."""
        return tuple(Hop(v.source, v.id) for v in self.versions if v.source is not None)

    @property
    def ends(self) -> tuple[Hop, ...]:
        """The original with every later version of its chain that is more than a step away."""
        chains = [self.chain(version.id) for version in self.versions]
        return tuple(Hop(chain[0], chain[-1]) for chain in chains if len(chain) > 2)

    @property
    def comparisons(self) -> tuple[Hop, ...]:
        """Every pair that is compared: each step, the original with every later version of its chain, and versions of
        which none is made from another (two texts in one language) with the first of them.
        """
        first, *others = [version.id for version in self.versions if version.source is None]
        return self.hops + self.ends + tuple(Hop(first, other) for other in others)
