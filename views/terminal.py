"""The command line. Heavy modules are imported by the command that needs them, so that --help stays quick."""

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from corpora.errors import WorkbenchError
from views.commands import aligning, library, measuring
from views.commands.options import Database

PORT = 8501
app = typer.Typer(
    help="Align the versions of a document that came through a chain of translations, and see which step changed what.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def front_door(context: typer.Context) -> None:
    """Without a command: open the workbench in the browser."""
    if context.invoked_subcommand is None:
        serve(PORT)


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this computer.")] = PORT,
    database: Database = "",
) -> None:
    """Open the workbench in the browser."""
    from views import server

    server.run(port, database)


COMMANDS: dict[str, Callable[..., None]] = {
    "align": aligning.align,
    "example": aligning.example,
    "import": library.bring_in,
    "export": library.export,
    "convert": library.convert,
    "score": measuring.score,
    "link": measuring.link,
    "serve": serve,
}
for name, command in COMMANDS.items():
    app.command(name)(command)


def main() -> None:
    """Runs the command line; an error the workbench raised on purpose is one line on stderr and exit status 1."""
    try:
        app()
    except WorkbenchError as error:
        print(f"Error: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except BrokenPipeError:
        raise SystemExit(1) from None
