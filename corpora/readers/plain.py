"""Plain text: one version a file or several, each with or without an archive's citation block at its head."""

import bisect
from dataclasses import replace

from corpora import archive, citation, languages, parts
from corpora.chain import numbered
from corpora.contents import Contents, File
from corpora.document import Block, Version
from corpora.normalise import digest
from corpora.parts.part import BETWEEN, Part, Parts
from corpora.segmenters import paragraphs
from corpora.texts import opened


def read(file: File) -> Contents:
    """Plain text; several texts in one file are told apart, unless the user says that it is one.

    Raises:
        ReadError: the file is empty, binary, too large, or in an encoding that cannot be told.
    """
    source = opened(file)
    found = Parts((Part("", (source.text,)),)) if file.whole else parts.find(source.text)
    versions = [_version(file, part, source.encoding) for part in found.texts]
    if found.is_aligned:
        versions = [replace(version, blocks=_blocks(part)) for version, part in zip(versions, found.texts, strict=True)]
    return Contents(
        tuple(numbered(versions)),
        warnings=(*source.warnings, *found.warnings),
        left_out=(*source.left_out, *found.left_out),
    )


def _version(file: File, part: Part, encoding: str) -> Version:
    text = part.text
    # The block is in English whatever the text is in.
    code = part.language or languages.guess(citation.paper(text))
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


def _blocks(part: Part) -> tuple[Block, ...]:
    """The paragraphs of a text, each with the number of its piece as the group."""
    ends: list[int] = []
    groups = [group for group, piece in enumerate(part.pieces) if piece]
    for group in groups:
        ends.append((ends[-1] + len(BETWEEN) if ends else 0) + len(part.pieces[group]))
    return tuple(
        replace(block, group=groups[bisect.bisect_left(ends, block.stop)]) for block in paragraphs.blocks(part.text)
    )
