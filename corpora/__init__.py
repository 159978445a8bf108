"""Texts in: a path -> a Version, a Version -> its Segments, Versions -> a Document."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from corpora.chain import assemble, named
from corpora.contents import Contents, File
from corpora.document import Document, Segment, Version
from corpora.errors import ReadError, SegmentationError, UnknownName
from corpora.readers import pdf, plain, scan
from corpora.segmenters import paragraphs, sentences

# By suffix; the contract is File -> Contents. Any other suffix is read as plain text.
READERS: dict[str, Callable[[File], Contents]] = {
    ".txt": plain.read,
    ".md": plain.read,
    ".markdown": plain.read,
    ".text": plain.read,
    ".pdf": pdf.read,
    ".png": scan.read,
    ".jpg": scan.read,
    ".jpeg": scan.read,
    ".tif": scan.read,
    ".tiff": scan.read,
}


def open_file(path: Path, encoding: str = "") -> Contents:
    """What a file brings: its versions, and what the file says of them.

    Args:
        path: a file whose suffix is in READERS; any other suffix is read as plain text.
        encoding: as in `File`.

    Raises:
        ReadError: the file is missing, empty, damaged, or in an encoding that cannot be told.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f'There is no file "{path}"; check the name and the folder.') from None
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise ReadError(f'"{path}" cannot be read ({reason}); give a text file.') from None
    return contents(File(path.name, data, encoding))


def contents(file: File) -> Contents:
    """What a file that was given brings; as `open_file` otherwise."""
    return READERS.get(file.suffix, plain.read)(file)


def read(path: Path, id: str = "", encoding: str = "") -> Version:
    """The one version in a file.

    Args:
        path: as in `open_file`.
        id: what the user calls the version: a language tag, with a number for a second one; "" to go by the text.
        encoding: as in `File`.

    Raises:
        ReadError: as `open_file` says, the text is in another script than `id` says, or the file holds several versions.
    """
    return _one(open_file(path, encoding), path.name, id)


def read_bytes(data: bytes, name: str, id: str = "") -> Version:
    """The version in the bytes of a file that is called `name`; as `read` otherwise."""
    return _one(contents(File(name, data)), name, id)


def _one(found: Contents, name: str, id: str) -> Version:
    if len(found.versions) != 1:
        raise ReadError(f'"{name}" holds {len(found.versions)} versions where one is wanted; give a file for each.')
    return named(found.versions[0], id) if id else found.versions[0]


# Kinds that hold sentences.
RUNNING = ("paragraph", "list item", "table cell", "footnote", "endnote")


def segment_paragraphs(version: Version) -> Version:
    """Paragraphs, headings and list items, with page breaks repaired; apparatus kept apart."""
    return paragraphs.segment(version)


def segment_sentences(version: Version) -> Version:
    """Sentences inside the paragraphs, by the splitter of the language."""
    whole = paragraphs.segment(version)
    segments: list[Segment] = []
    for paragraph in whole.segments:
        pieces = [(0, len(paragraph.text))]
        if paragraph.kind in RUNNING:
            pieces = sentences.split(paragraph.text, version.language)
        for first, last in pieces:
            start, stop = paragraphs.unrepaired(paragraph, first, last, whole.repairs)
            text = paragraph.text[first:last]
            anchor = None if segments and segments[-1].paragraph == paragraph.index else paragraph.anchor
            segments.append(Segment(len(segments), paragraph.index, paragraph.kind, start, stop, text, anchor))
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
