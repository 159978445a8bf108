"""Readers: a File -> its Contents. One file or folder a family of formats; the dict is in `corpora`.

Each is loaded when a file of its kind is read: all of them together would slow every start.
"""

from corpora.contents import Contents, File


def read_word(file: File) -> Contents:
    """Word files, as text with headings, lists, tables, footnotes and comments."""
    from corpora.readers.word import read

    return read(file)


def read_old_word(file: File) -> Contents:
    """Old Word files and RTF, of which is told how to make them readable."""
    from corpora.readers.word import read_old

    return read_old(file)


def read_odt(file: File) -> Contents:
    """OpenDocument texts (LibreOffice), with headings, lists, tables, footnotes and comments."""
    from corpora.readers.odt import read

    return read(file)


def read_table(file: File) -> Contents:
    """Tables (CSV, TSV, XLSX, ODS) with a version in every column of text, a row for what belongs together."""
    from corpora.readers.table import read

    return read(file)


def read_ladder(file: File) -> Contents:
    """Alignments by hunalign, vecalign, bertalign, Bleualign and Champollion; word links in Pharaoh's notation."""
    from corpora.readers.ladder import read

    return read(file)


def read_tei(file: File) -> Contents:
    """TEI P5: texts, witnesses and translations with their alignment, notes and header."""
    from corpora.readers.tei import read

    return read(file)


def read_ces(file: File) -> Contents:
    """CES and OPUS XML: a text of paragraphs and sentences, or the alignment of two of them."""
    from corpora.readers.ces import read

    return read(file)


def read_tmx(file: File) -> Contents:
    """Translation memories (TMX), any number of languages."""
    from corpora.readers.tmx import read

    return read(file)


def read_xliff(file: File) -> Contents:
    """Translations under way (XLIFF), as memoQ, Trados Studio and other programs exchange them."""
    from corpora.readers.xliff import read

    return read(file)


def read_page(file: File) -> Contents:
    """Saved web pages: their main text, without navigation and notices."""
    from corpora.readers.page import read

    return read(file)


def read_epub(file: File) -> Contents:
    """EPUB books: the chapters in reading order, without covers and tables of contents."""
    from corpora.readers.epub import read

    return read(file)


def read_pdf(file: File) -> Contents:
    """PDF with a text layer; running heads, page numbers and words that lines cut are told from the layout."""
    from corpora.readers.pdf import read

    return read(file)


def read_scan(file: File) -> Contents:
    """Pictures of pages, read by machine in one language; words it is unsure of carry a remark."""
    from corpora.readers.scan import read

    return read(file)


def read_markdown(file: File) -> Contents:
    """Markdown, with front matter, footnotes and tables; several texts in one file are told apart."""
    from corpora.readers.markdown import read

    return read(file)


def read_plain(file: File) -> Contents:
    """Plain text; several texts in one file are told apart, unless the user says that it is one."""
    from corpora.readers.plain import read

    return read(file)
