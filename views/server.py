"""The app's server: Streamlit on this computer, warmed up before the browser comes."""

import os
import sys
import threading
from pathlib import Path

FRONT = Path(__file__).parent.parent / "workbench.py"


def run(port: int) -> None:
    """Serves the app until it is stopped."""
    # The settings lie beside the front door; Streamlit looks for them in the working folder.
    os.chdir(FRONT.parent)
    threading.Thread(target=_warm_up, daemon=True).start()
    from streamlit.web import cli

    command = ["run", str(FRONT), "--server.port", str(port)]
    if _has_screen():
        # Streamlit opens the browser itself, and would ask for an e-mail address first.
        command += ["--server.headless", "false", "--server.showEmailPrompt", "false"]
    cli.main(command)


def _warm_up() -> None:
    from views import warmup

    warmup.warm_up()


def _has_screen() -> bool:
    """True where a browser can be opened for the user."""
    return sys.platform in ("darwin", "win32") or any(name in os.environ for name in ("DISPLAY", "WAYLAND_DISPLAY"))
