"""The column of statuses -> what is confirmed, and what no longer is."""

from collections.abc import Sequence

from corpora.tables.headings import is_confirmed
from reviews.corrections.marks import STATUSES
from reviews.returned.trial import Edited, Trial, state

UNCONFIRMED, CONFIRMED = "unconfirmed", "confirmed"


def find(edited: Sequence[Edited], trial: Trial) -> None:
    """Finds the units whose status is another one; one change for all that get the same.

    A unit that the table itself gave other segments has the status that its row says, as if it had been given anew.
    """
    of: dict[str, list[Edited]] = {}
    rows = {row.id: row for row in trial.work.rows}
    for one in edited:
        if one.identity is None or "status" not in one.identity.stamps:
            if one.identity is None and _status(one.line.status) not in (UNCONFIRMED, None):
                trial.refuse(one.line.number, "A row that was added gets its status when it is read; set it then.")
            continue
        unit, wanted = trial.unit(one), _status(one.line.status)
        became = state(one.line.status, one.identity.stamps["status"][0], unit.status if unit else "")
        moved = one.identity.unit in trial.moved
        if became == "kept" and not moved:
            continue
        if one.identity.unit not in rows:
            if became != "kept":
                trial.refuse(one.line.number, "The unit is not aligned, or its text went to others; it has no status.")
        elif wanted is None:
            trial.refuse(one.line.number, f'There is no status "{one.line.status}"; known are: {", ".join(STATUSES)}.')
        elif became == "crossed":
            trial.refuse(one.line.number, f"The status was set to {unit.status if unit else ''} meanwhile.")
        elif rows[one.identity.unit].status != wanted:
            of.setdefault(wanted, []).append(one)
    for status, those in of.items():
        units = [one.identity.unit for one in those if one.identity]
        trial.change("confirm", {"units": units, "status": status}, [one.line.number for one in those])


def _status(cell: str) -> str | None:
    """The status that a cell says, None where it says none that is known."""
    plain = cell.strip().casefold()
    if plain in STATUSES:
        return plain
    if not plain:
        return UNCONFIRMED
    return CONFIRMED if is_confirmed(cell) else None
