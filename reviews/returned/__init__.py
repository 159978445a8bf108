"""A table that was written, edited and given back: what it changes in a review, and what no longer fits.

Nothing is applied here. Each change is what a page would ask for (`reviews.desk.Command`: kind and values), in an order
in which all of them can be done one after the other; each was tried on the review as it stands.
"""

from collections.abc import Callable, Mapping, Sequence

from corpora.contents import File
from corpora.errors import ReadError
from corpora.tables import own, sheets
from reviews.returned import identity, moves, notes, statuses, texts
from reviews.returned.trial import Change, Edited, Refusal, Trial
from reviews.review import Review

__all__ = ["RETURNED", "Change", "Refusal", "changes", "level_of"]


def changes(file: File, review: Review) -> tuple[list[Change], list[Refusal]]:
    """What an edited table changes in a review, and what of it is refused, each with its row and the reason.

    Raises:
        ReadError: the file cannot be read, or is no table that this program wrote.
        UnknownName: no table of this kind is read back.
    """
    lines = _lines(file)
    trial = Trial(review)
    edited = _edited(lines, trial)
    # Texts come last, from the end on, so that what was counted before stays right; a status after what takes it away.
    moves.find(edited, trial)
    notes.find(edited, trial)
    statuses.find(edited, trial)
    texts.find(edited, trial)
    return trial.changes, sorted(trial.refusals, key=lambda one: one.row)


def level_of(file: File) -> str:
    """The level that an edited table was made at.

    Raises:
        ReadError: as in `changes`.
    """
    said = (identity.read(line.id) for line in _lines(file))
    return next((one.level for one in said if one), "paragraph")


def _table(file: File) -> list[own.Line]:
    """Tables (CSV, XLSX and what spreadsheets make of them) with the columns that this program writes."""
    found = next((sheet for sheet in sheets(file) if own.fits(sheet)), None)
    if found is None:
        raise ReadError(
            f'"{file.base}" has not the columns of an exported table; give the table that was downloaded, as it was edited.'
        )
    return own.lines(found)


RETURNED: Mapping[str, Callable[[File], list[own.Line]]] = {
    ".csv": _table,
    ".tsv": _table,
    ".xlsx": _table,
    ".xlsm": _table,
    ".ods": _table,
}


def _lines(file: File) -> list[own.Line]:
    if file.suffix not in RETURNED:
        raise ReadError(f'"{file.base}" is no table; give one of {", ".join(RETURNED)}.')
    return RETURNED[file.suffix](file)


def _edited(lines: Sequence[own.Line], trial: Trial) -> list[Edited]:
    """The rows that are about this review, each with the place of its unit; None for one that somebody added."""
    review = trial.review
    places = {name: place for place, name in enumerate(identity.names(review))}
    said = [(line, identity.read(line.id)) for line in lines]
    foreign = [one for _, one in said if one and (one.document, one.level) != (review.document.id, review.level)]
    if foreign and all(one is None or one in foreign for _, one in said):
        of = foreign[0]
        why = (
            "of another document" if of.document != review.document.id else f"made by {of.level}s, not {review.level}s"
        )
        trial.refuse(0, f"The table is {why}; give the one that was downloaded here.")
        return []
    found: list[Edited] = []
    seen: set[str] = set()
    for line, one in said:
        if one is None and line.id.strip():
            trial.refuse(
                line.number, "What the row says of itself in the column “id” was changed; it cannot be known again."
            )
        elif one is None:
            found.append(Edited(line, None, None))
        elif (one.document, one.level) != (review.document.id, review.level):
            trial.refuse(line.number, "The row is of another document or level.")
        elif one.unit in seen:
            trial.refuse(line.number, "The unit stands in the table twice; the first row counts.")
        elif one.unit in places:
            found.append(Edited(line, one, places[one.unit]))
        elif _is_edited(line, one):
            trial.refuse(line.number, "The unit is not there any more; it was merged or aligned anew meanwhile.")
        seen.add(one.unit if one else "")
    return found


def _is_edited(line: own.Line, one: identity.Identity) -> bool:
    """True when a cell of a row says something else than was written."""
    cells = [(line.status, one.stamps["status"][0]), (line.notes, one.stamps["notes"][0])]
    for id, side in line.sides.items():
        if id in one.stamps:
            cells += zip((side.text, " ".join(side.segments)), one.stamps[id], strict=True)
    return any(identity.stamp(cell) != then for cell, then in cells)
