"""The app's server: Streamlit on this computer, warmed up before the browser comes."""

import os
import socket
import sys
import threading
from pathlib import Path

from corpora.errors import WorkbenchError

# The database of this process, as `reviews.storage.database` reads it.
VARIABLE = "WORKBENCH_DATABASE"
FRONT = Path(__file__).parent.parent / "workbench.py"


def run(port: int, database: str = "") -> None:
    """Serves the app until it is stopped.

    Args:
        port: where on this computer.
        database: as `reviews.storage.store.Store` takes it.

    Raises:
        WorkbenchError: the port is taken, or the database cannot be opened.
    """
    if _is_taken(port):
        raise WorkbenchError(
            f"Port {port} is taken, perhaps by a workbench that is still open; stop that one, or choose another port "
            f"with --port {port + 1} (make run PORT={port + 1})."
        )
    os.environ[VARIABLE] = _opened(database)
    # The settings lie beside the front door; Streamlit looks for them in the working folder.
    os.chdir(FRONT.parent)
    threading.Thread(target=_warm_up, daemon=True).start()
    from streamlit.web import cli

    command = ["run", str(FRONT), "--server.port", str(port)]
    if _has_screen():
        # Streamlit opens the browser itself, and would ask for an e-mail address first.
        command += ["--server.headless", "false", "--server.showEmailPrompt", "false"]
    cli.main(command)


def _opened(database: str) -> str:
    """The address of a database that can be opened, as it is understood from any folder."""
    from reviews.storage.store import Store

    return Store(database).address


def _warm_up() -> None:
    from views import warmup

    warmup.warm_up()


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _has_screen() -> bool:
    """True where a browser can be opened for the user."""
    return sys.platform in ("darwin", "win32") or any(name in os.environ for name in ("DISPLAY", "WAYLAND_DISPLAY"))
