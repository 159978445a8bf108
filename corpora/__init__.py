"""Texts in: a path -> a Version, a Version -> its Segments, Versions -> a Document."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from corpora import codepages
from corpora.chain import assemble, named
from corpora.contents import Contents, File, together
from corpora.document import Document, Segment, Version
from corpora.errors import ReadError, SegmentationError, UnknownName
from corpora.linking import linked
from corpora.quoting import clean_line
from corpora.readers import (
    bundle,
    ces,
    epub,
    ladder,
    markdown,
    marked,
    odt,
    page,
    pdf,
    plain,
    scan,
    table,
    tei,
    tmx,
    word,
    xliff,
)  # fmt: skip
from corpora.segmenters import paragraphs, sentences

# By suffix; the contract is File -> Contents. Any other suffix is read as plain text.
READERS: dict[str, Callable[[File], Contents]] = {
    ".txt": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".text": plain.read,
    ".docx": word.read,
    ".docm": word.read,
    ".dotx": word.read,
    ".dotm": word.read,
    ".doc": word.read_old,
    ".rtf": word.read_old,
    ".odt": odt.read,
    ".ott": odt.read,
    ".fodt": odt.read,
    ".csv": table.read,
    ".tsv": table.read,
    ".tab": table.read,
    ".xlsx": table.read,
    ".xlsm": table.read,
    ".ods": table.read,
    ".ladder": ladder.read,
    ".align": ladder.read,
    ".aligned": ladder.read,
    ".pharaoh": ladder.read,
    ".talp": ladder.read,
    ".tei": tei.read,
    ".ces": ces.read,
    ".tmx": tmx.read,
    ".xlf": xliff.read,
    ".xliff": xliff.read,
    ".mqxliff": xliff.read,
    ".sdlxliff": xliff.read,
    ".html": page.read,
    ".htm": page.read,
    ".xhtml": page.read,
    ".mhtml": page.read,
    ".mht": page.read,
    ".epub": epub.read,
    ".pdf": pdf.read,
    ".png": scan.read,
    ".jpg": scan.read,
    ".jpeg": scan.read,
    ".tif": scan.read,
    ".tiff": scan.read,
}
READERS[".xml"] = marked.by_root(READERS)
READERS[".zip"] = bundle.of(READERS, lambda found: linked(together(found)))
# Readers of files that are nothing but one text; they may be as large as `codepages.LARGEST`.
TEXT: tuple[Callable[[File], Contents], ...] = (plain.read, markdown.read)
# The largest file of any other kind, in bytes: books with pictures stay below.
LARGEST = 512 * 2**20


def file_at(path: Path, encoding: str = "", whole: bool = False) -> File:
    """The file at a path, in memory.

    Args:
        path: where it is.
        encoding: as in `File`.
        whole: as in `File`.

    Raises:
        ReadError: it is missing, too large, or cannot be read.
    """
    file = File(path.name, b"", encoding, whole=whole)
    most = codepages.LARGEST if is_plain(file) else LARGEST
    try:
        with path.open("rb") as opened:
            data = opened.read(most + 1)
    except FileNotFoundError:
        raise ReadError(f'There is no file "{clean_line(str(path))}"; check the name and the folder.') from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", "") or "it cannot be opened").lower()
        raise ReadError(f'"{clean_line(str(path))}" cannot be read ({reason}); give a text file.') from None
    if len(data) > most:
        raise codepages.too_large(f'"{file.base}"', most)
    return replace(file, data=data)


def contents(file: File) -> Contents:
    """What a file brings: its versions, and what the file says of them.

    Args:
        file: one whose suffix is in READERS; any other is read as plain text.

    Raises:
        ReadError: it is empty, damaged, or in an encoding that cannot be told.
    """
    read = READERS.get(file.suffix, plain.read)
    if read is plain.read and ladder.fits(file):
        # What an aligner wrote is often called .txt.
        read = ladder.read
    return read(file)


def is_plain(file: File) -> bool:
    """True for a file that is read as plain text, which is quick and does no harm; others are for `corpora.apart`."""
    return READERS.get(file.suffix, plain.read) in TEXT


def read(path: Path, id: str = "", encoding: str = "") -> Version:
    """The one version in a file.

    Args:
        path: as in `file_at`.
        id: what the user calls the version: a language tag, with a number for a second one; "" to go by the text.
        encoding: as in `File`.

    Raises:
        ReadError: as `contents` says, the text is in another script than `id` says, or the file holds several versions.
    """
    return _one(contents(file_at(path, encoding)), path.name, id)


def read_bytes(data: bytes, name: str, id: str = "", encoding: str = "") -> Version:
    """The version in the bytes of a file that is called `name`; as `read` otherwise."""
    return _one(contents(File(name, data, encoding)), name, id)


def _one(found: Contents, name: str, id: str) -> Version:
    if len(found.versions) != 1:
        where = File(name, b"").base
        raise ReadError(f'"{where}" holds {len(found.versions)} versions where one is wanted; give a file for each.')
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
