"""An edited table given back: what it changes, what no longer fits, and doing it."""

import streamlit as st

from corpora.contents import File
from corpora.errors import WorkbenchError
from reviews.bench import Bench
from reviews.returned import RETURNED, Change, Refusal, changes
from reviews.returned.applied import apply
from views import state, workroom
from views.labels import plain

# Changes and refusals shown; the counts say how many there are.
SHOWN = 40


def show(bench: Bench) -> None:
    """Shows the field for an edited table, and what it would change."""
    st.caption(
        "A table that was downloaded here and edited elsewhere: statuses, notes, texts, and segment ids that were moved to "
        "another row. What it changes is shown first, and can be undone afterwards."
    )
    file = st.file_uploader(
        "The edited table", key=f"returned-{bench.document}-{bench.level}-{state.returned_turn()}", type=list(RETURNED)
    )
    if file is None:
        return
    with bench.lock:
        review, seen = bench.review(), bench.revision
    try:
        found, refused = changes(File(file.name, file.getvalue()), review)
    except WorkbenchError as error:
        st.error(plain(str(error)))
        return
    _listed(found, refused)
    count = "1 change" if len(found) == 1 else f"{len(found)} changes"
    if st.button(f"Make {count}", key="make-changes", disabled=not found):
        _make(bench, found, seen)


def _listed(found: list[Change], refused: list[Refusal]) -> None:
    if not found and not refused:
        st.caption("The table says what the document says already.")
    for change in found[:SHOWN]:
        rows = ", ".join(map(str, change.rows))
        st.text(f"Row {rows}: {change.said}." if rows else f"{change.said}.")
    if len(found) > SHOWN:
        st.caption(f"and {len(found) - SHOWN} more changes")
    if refused:
        st.caption(f"Not taken, {len(refused)}:")
    for refusal in refused[:SHOWN]:
        where = f"Row {refusal.row}: " if refusal.row else ""
        st.caption(f":material/block: {plain(where + refusal.reason)}")
    if len(refused) > SHOWN:
        st.caption(f"and {len(refused) - SHOWN} more that are not taken")


def _make(bench: Bench, found: list[Change], seen: int) -> None:
    """Makes the changes and says what became of them."""
    try:
        receipts = apply(
            workroom.desk(), bench.document, bench.level, found, seen=seen, author=state.author(), run=state.run()
        )
    except WorkbenchError as error:
        st.error(plain(str(error)))
        return
    done = sum(receipt.done for receipt in receipts)
    failed = [receipt.said for receipt in receipts if not receipt.done]
    told = f"{'1 change was' if done == 1 else f'{done} changes were'} made"
    state.say(f"{told}; {len(failed)} not: {failed[0]}" if failed else f"{told}.")
    state.renew_returned()
    st.rerun()
