"""The front door: the app under `streamlit run workbench.py`, the command line under `python workbench.py`."""

import sys


def is_served() -> bool:
    """True when Streamlit runs this file. Never imports Streamlit itself."""
    runtime = sys.modules.get("streamlit.runtime")
    return bool(runtime and runtime.exists())


def show() -> None:
    """Shows the app."""
    from views import screens

    screens.show()


def main() -> None:
    """Runs the command line."""
    from views import terminal

    terminal.main()


if __name__ == "__main__":
    if is_served():
        # Streamlit executes this file anew on every run; the module keeps its classes.
        import workbench

        workbench.show()
    else:
        main()
