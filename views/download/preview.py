"""How a file begins, as far as it can be shown: a table, or its first lines."""

import io
import zipfile

import streamlit as st

from exports import ZIP, Selection, rows, to_bytes
from views.labels import plain

# Kinds that are shown as the table that they hold.
TABLES = (".csv", ".xlsx", ".docx", ".html")
# Rows, lines and characters shown.
ROWS, LINES, CHARACTERS = 12, 60, 6000


def show(selection: Selection, kind: str) -> None:
    """Shows how the file of a kind begins."""
    if kind in TABLES:
        _table(selection)
        return
    data = to_bytes(selection, kind)
    if kind.endswith(ZIP):
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = archive.namelist()
        st.caption(f"The files are {plain(', '.join(names))}; this is how the first one begins.")
        data, kind = archive.read(names[0]), kind.removesuffix(ZIP)
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
