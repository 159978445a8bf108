"""Texts in: a path -> a Version, a Version -> its Segments, Versions -> a Document."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from corpora import codepages, readers
from corpora.chain import assemble, named
from corpora.contents import Contents, File, together
from corpora.document import Document, Segment, Version
from corpora.errors import ReadError, SegmentationError, UnknownName
from corpora.quoting import clean_line
from corpora.segmenters import paragraphs, sentences

# By suffix; the contract is File -> Contents. Any other suffix is read as plain text.
READERS: dict[str, Callable[[File], Contents]] = {
    ".txt": readers.read_plain,
    ".md": readers.read_markdown,
    ".markdown": readers.read_markdown,
    ".text": readers.read_plain,
    ".docx": readers.read_word,
    ".docm": readers.read_word,
    ".dotx": readers.read_word,
    ".dotm": readers.read_word,
    ".doc": readers.read_old_word,
    ".rtf": readers.read_old_word,
    ".odt": readers.read_odt,
    ".ott": readers.read_odt,
    ".fodt": readers.read_odt,
    ".csv": readers.read_table,
    ".tsv": readers.read_table,
    ".tab": readers.read_table,
    ".xlsx": readers.read_table,
    ".xlsm": readers.read_table,
    ".ods": readers.read_table,
    ".ladder": readers.read_ladder,
    ".align": readers.read_ladder,
    ".aligned": readers.read_ladder,
    ".pharaoh": readers.read_ladder,
    ".talp": readers.read_ladder,
    ".tei": readers.read_tei,
    ".ces": readers.read_ces,
    ".tmx": readers.read_tmx,
    ".xlf": readers.read_xliff,
    ".xliff": readers.read_xliff,
    ".mqxliff": readers.read_xliff,
    ".sdlxliff": readers.read_xliff,
    ".html": readers.read_page,
    ".htm": readers.read_page,
    ".xhtml": readers.read_page,
    ".mhtml": readers.read_page,
    ".mht": readers.read_page,
    ".epub": readers.read_epub,
    ".pdf": readers.read_pdf,
    ".png": readers.read_scan,
    ".jpg": readers.read_scan,
    ".jpeg": readers.read_scan,
    ".tif": readers.read_scan,
    ".tiff": readers.read_scan,
}


def _by_root(file: File) -> Contents:
    """XML of a kind that its first element tells: TEI, CES and others."""
    from corpora.readers import marked

    return marked.by_root(READERS)(file)


def _bundle(file: File) -> Contents:
    """A ZIP archive: every file in it by its own reader, put together."""
    from corpora.readers import bundle

    return bundle.of(READERS, together)(file)


READERS |= {".xml": _by_root, ".zip": _bundle}
# Readers of files that are nothing but one text; they may be as large as `codepages.LARGEST`.
TEXT: tuple[Callable[[File], Contents], ...] = (readers.read_plain, readers.read_markdown)
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
    read = READERS.get(file.suffix, readers.read_plain)
    # What an aligner wrote is often called .txt.
    return readers.read_ladder(file) if read is readers.read_plain and _is_ladder(file) else read(file)


def _is_ladder(file: File) -> bool:
    from corpora.readers import ladder

    return ladder.fits(file)


def is_plain(file: File) -> bool:
    """True for a file that is read as plain text, which is quick and does no harm; others are for `corpora.apart`."""
    return READERS.get(file.suffix, readers.read_plain) in TEXT


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
