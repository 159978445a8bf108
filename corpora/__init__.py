"""Texts in: a path -> a Version, a Version -> its Segments, Versions -> a Document."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from corpora.chain import assemble, named
from corpora.document import Document, Segment, Version
from corpora.errors import ReadError, SegmentationError, UnknownName
from corpora.readers import plain
from corpora.segmenters import paragraphs, sentences

# By suffix; the contract is (bytes, name) -> Version without segments.
READERS: dict[str, Callable[[bytes, str], Version]] = {
    ".txt": plain.read,
    ".md": plain.read,
    ".markdown": plain.read,
    ".text": plain.read,
}


def read(path: Path, id: str = "") -> Version:
    """The version in a file.

    Args:
        path: a file whose suffix is in READERS; any other suffix is read as plain text.
        id: what the user calls the version: a language tag, with a number for a second one; "" to go by the text.

    Raises:
        ReadError: the file is missing, empty, binary, undecodable, or in another script than `id` says.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f'There is no file "{path}"; check the name and the folder.') from None
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise ReadError(f'"{path}" cannot be read ({reason}); give a text file.') from None
    return read_bytes(data, path.name, id)


def read_bytes(data: bytes, name: str, id: str = "") -> Version:
    """The version in the bytes of a file that is called `name`; as `read` otherwise."""
    version = READERS.get(Path(name).suffix.lower(), plain.read)(data, name)
    return named(version, id) if id else version


def segment_paragraphs(version: Version) -> Version:
    """Paragraphs, headings and list items, with page breaks repaired; apparatus kept apart."""
    return paragraphs.segment(version)


def segment_sentences(version: Version) -> Version:
    """Sentences inside the paragraphs, by the splitter of the language."""
    whole = paragraphs.segment(version)
    segments: list[Segment] = []
    for paragraph in whole.segments:
        pieces = [(0, len(paragraph.text))]
        if paragraph.kind in ("paragraph", "list item"):
            pieces = sentences.split(paragraph.text, version.language)
        for first, last in pieces:
            start, stop = paragraphs.unrepaired(paragraph, first, last, whole.repairs)
            text = paragraph.text[first:last]
            segments.append(Segment(len(segments), paragraph.index, paragraph.kind, start, stop, text))
    return replace(whole, segments=tuple(segments))


def segment_lines(version: Version) -> Version:
    """Every line that is not empty, unchanged; all of it is aligned."""
    segments: list[Segment] = []
    start = 0
    for line in version.text.split("\n"):
        if line.strip():
            index = len(segments)
            segments.append(Segment(index, index, "paragraph", start, start + len(line), line))
        start += len(line) + 1
    return replace(version, segments=tuple(segments), repairs=())


LEVELS: dict[str, Callable[[Version], Version]] = {
    "paragraph": segment_paragraphs,
    "sentence": segment_sentences,
    "line": segment_lines,
}


def segment(version: Version, level: str = "paragraph") -> Version:
    """The version cut into segments at this level.

    Raises:
        UnknownName: the level is not in LEVELS.
        SegmentationError: nothing of the text is left to align.
    """
    if level not in LEVELS:
        raise UnknownName("level", level, LEVELS)
    cut = LEVELS[level](version)
    if not cut.body:
        name = version.metadata.get("file", version.title)
        raise SegmentationError(f'"{name}" holds no text besides front matter and apparatus; give the text itself.')
    return cut


def open_document(versions: Sequence[Version], level: str = "paragraph") -> Document:
    """The document these versions make, in chain order, cut into segments.

    Raises:
        WorkbenchError: as `assemble` and `segment` say.
    """
    document = assemble(versions)
    return replace(document, versions=tuple(segment(version, level) for version in document.versions))
