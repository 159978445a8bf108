"""How a file begins, as far as it can be shown: a table, a page, or its first lines."""

import io
import zipfile

import streamlit as st

from exports import ZIP, Selection, rows, to_bytes
from views.labels import plain

# Kinds that are shown as the table that they hold, and those that are shown as they look in a browser.
TABLES = (".csv", ".xlsx", ".docx")
PAGES = (".html",)
# Rows, lines and characters shown.
ROWS, LINES, CHARACTERS = 12, 60, 6000
HEIGHT = 560
# Units of a page that is made for its preview: words are linked for it.
MOST = 150


def show(selection: Selection, kind: str) -> None:
    """Shows how the file of a kind begins."""
    if kind in TABLES:
        _table(selection)
        return
    if kind in PAGES and len(selection.numbers) > MOST:
        st.caption("The page of so many units takes a while to make; download it to look at it.")
        return
    data = to_bytes(selection, kind)
    if kind.endswith(ZIP):
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = archive.namelist()
        st.caption(f"The files are {plain(', '.join(names))}; this is how the first one begins.")
        data, kind = archive.read(names[0]), kind.removesuffix(ZIP)
    if kind in PAGES:
        st.iframe(data.decode("utf-8"), height=HEIGHT)
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        st.caption("This kind of file can only be looked at in its own program.")
        return
    lines = text[:CHARACTERS].split("\n")[:LINES]
    st.code("\n".join(lines) + ("\n…" if len("\n".join(lines)) < len(text) else ""), language=None, wrap_lines=True)


def _table(selection: Selection) -> None:
    """The first rows of the table of units."""
    import pandas as pd

    columns, table = rows.columns(selection), rows.alignment_rows(selection)
    frame = pd.DataFrame(table[:ROWS], columns=columns).map(lambda cell: "" if cell is None else str(cell))
    st.dataframe(frame, hide_index=True)
    if len(table) > ROWS:
        st.caption(f"and {len(table) - ROWS} more rows")
