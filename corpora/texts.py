"""A text file as every reader of text formats begins: bytes -> text in normal form, and what was decided on the way."""

from dataclasses import dataclass

from corpora import normalise
from corpora.codepages import decode
from corpora.contents import File
from corpora.errors import ReadError

# Stands for a character that was lost when somebody saved the file.
LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file, the name of its encoding, and what `Contents` says of it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def opened(file: File) -> Text:
    """The text in a file, in normal form.

    Raises:
        ReadError: the file is empty, binary, too large, or in an encoding that cannot be told or does not fit.
        UnknownName: there is no encoding with the name that the user chose.
    """
    raw, encoding = decode(file.data, f'"{file.base}"', file.encoding)
    text = normalise.normalise(raw)
    if not text.strip():
        raise ReadError(f'"{file.base}" is empty; give a file with the text of one version.')
    upper, lost, controls = normalise.upper(raw), text.count(LOST), normalise.controls(raw)
    warnings = (
        f"{_counted(upper, 'upper control character')} read as what Windows-1252 has there." if upper else "",
        f"{_counted(lost, 'character')} lost before; there is {LOST} instead." if lost else "",
    )
    left_out = f"{_counted(controls, 'control character')} left out." if controls else ""
    return Text(text, encoding, tuple(filter(None, warnings)), tuple(filter(None, (left_out,))))


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what} was" if count == 1 else f"{count:,} {what}s were"
