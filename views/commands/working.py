"""Long work on the command line: how far it is, how it is stopped, and what is told of its result."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from corpora.errors import ExportError

if TYPE_CHECKING:
    from corpora.document import Version
    from exports import Selection
    from reviews import Review


@contextmanager
def stoppable() -> Iterator[None]:
    """Work that Ctrl-C ends with one line on stderr and exit status 130, as a shell expects it."""
    try:
        yield
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        raise SystemExit(130) from None


@contextmanager
def bar() -> Iterator[Callable[[float, str], None]]:
    """A bar on the terminal that shows the share done (0..1) and the step; nothing is shown elsewhere."""
    shown = typer.progressbar(
        length=100,
        file=sys.stderr,
        # Hidden, or a pipe would still be sent the label.
        hidden=not sys.stderr.isatty(),
        # The steps do not take time by their share, so a time that is left would mislead.
        show_eta=False,
        # The bar stays in its place while the label changes.
        bar_template="[%(bar)s]  %(info)s  %(label)s",
    )
    begun: list[bool] = []

    def progress(share: float, step: str) -> None:
        if not begun:
            # What is done at once needs no bar.
            shown.__enter__()
            begun.append(True)
        shown.label = step
        shown.update(round(share * 100) - shown.pos)
        # A step of no length is shown too.
        shown.render_progress()

    try:
        yield progress
    finally:
        if begun:
            shown.__exit__(None, None, None)


def run(versions: Sequence["Version"], level: str, method: str, encoder: str) -> "Review":
    """The review of the versions; a terminal shows how far the work is."""
    with bar() as progress:
        from reviews import prepare

        return prepare(versions, level=level, method=method, encoder=encoder, progress=progress)


def put(selection: "Selection", output: Path) -> None:
    """Writes the file, and says what its kind leaves out."""
    from exports import ZIP, asked, omitted, write

    write(selection, output)
    kind = asked(output.name)
    for line in omitted(selection, kind) or omitted(selection, kind.removesuffix(ZIP)):
        print(f"Not in the file: {line}", file=sys.stderr)


def tell(review: "Review", output: Path) -> None:
    """Says what was written."""
    units = review.alignment.units
    compared = [unit for unit in units if unit.origin != "set aside"]
    missing = sum(1 for unit in compared if not all(map(len, unit.sides)))
    moved = sum(1 for unit in compared if unit.moved)
    aside = sum(1 for unit in units if unit.origin == "set aside")
    print(
        f"{output}: {counted(len(compared))}, {missing} of them without counterpart in some version"
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


def counted(units: int) -> str:
    """A number of units in words."""
    return "1 unit" if units == 1 else f"{units} units"


def writable(output: Path, source: Path) -> None:
    """Returns nothing when a file can be written here that is not the one to read."""
    from exports import check_place

    check_place(output)
    if output.exists() and source.exists() and output.samefile(source):
        raise ExportError(f'"{output}" is the table to read; choose another name.')


def write_lines(output: Path, lines: Iterable[str]) -> None:
    """Writes the lines once all of them are made."""
    from exports import write_whole

    write_whole(output, "".join(f"{line}\n" for line in lines).encode("utf-8"))
