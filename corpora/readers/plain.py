"""Plain text and Markdown, one version a file, with or without an archive's citation block at its head."""

from corpora import archive, citation, languages
from corpora.contents import Contents, File
from corpora.document import Version
from corpora.errors import ReadError
from corpora.normalise import decode, digest, normalise


def read(file: File) -> Contents:
    """Plain text and Markdown; the title is the file's name when the text has no citation block.

    Raises:
        ReadError: the file is empty, binary, or in an encoding that cannot be told.
    """
    text, encoding = decode(file.data, f'"{file.base}"', file.encoding)
    text = normalise(text)
    if not text.strip():
        raise ReadError(f'"{file.base}" is empty; give a file with the text of one version.')
    return Contents((_version(file, text, encoding),))


def _version(file: File, text: str, encoding: str) -> Version:
    # The block is in English whatever the text is in.
    code = languages.guess(citation.paper(text))
    version = Version(
        id=code,
        language=code,
        title=file.title,
        text=text,
        digest=digest(text),
        metadata={"file": file.base, "encoding": encoding},
    )
    block = citation.find(text)
    return archive.describe(version, block) if block else version
