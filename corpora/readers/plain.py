"""Plain text and Markdown, one version a file, with or without an archive's citation block at its head."""

from corpora import archive, citation, languages
from corpora.document import Version
from corpora.errors import ReadError
from corpora.normalise import decode, digest, normalise


def read(data: bytes, name: str) -> Version:
    """The version in the bytes of a text file; its title is the file's name when the text has no citation block.

    Args:
        data: the file's bytes.
        name: the file's name, for messages and as its title.

    Raises:
        ReadError: the file is empty, binary, or in an encoding that cannot be told.
    """
    text, encoding = decode(data, f'"{name}"')
    text = normalise(text)
    if not text.strip():
        raise ReadError(f'"{name}" is empty; give a file with the text of one version.')
    # The block is in English whatever the text is in.
    code = languages.guess(citation.paper(text))
    title = name.rsplit(".", 1)[0]
    version = Version(
        id=code,
        language=code,
        title=title,
        text=text,
        digest=digest(text),
        metadata={"file": name, "encoding": encoding},
    )
    block = citation.find(text)
    return archive.describe(version, block) if block else version
