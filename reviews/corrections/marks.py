"""What a person says of units and of the machine's issues."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from corpora.errors import StoreError
from reviews.corrections.outcome import Outcome, count
from reviews.notes.anchor import Anchor, anchor
from reviews.operation import Operation
from reviews.work import Verdict, Work, put

STATUSES = {"confirmed": "confirmed", "unconfirmed": "unconfirmed", "needs discussion": "marked for discussion"}
VERDICTS = {"shift": "a shift", "error": "an error", "dismissed": "dismissed", "": "open again"}


def confirm(work: Work, operation: Operation) -> Outcome:
    """Units get a status. Values: `units` (ids), `status`."""
    status = operation.values["status"]
    if status not in STATUSES:
        raise StoreError(f'There is no status "{status}"; known are: {", ".join(STATUSES)}.')
    places = {work.index(id) for id in operation.values["units"]}
    rows = [replace(row, status=status) if place in places else row for place, row in enumerate(work.rows)]
    touched = tuple(work.rows[place].id for place in sorted(places))
    what = f"unit {min(places) + 1}" if len(places) == 1 else count(len(places), "unit")
    return Outcome(
        put(work, rows, {}),
        touched,
        f"{STATUSES[status]} {what}" if status != "unconfirmed" else f"took back the state of {what}",
    )


def bookmark(work: Work, operation: Operation) -> Outcome:
    """A unit is bookmarked or not. Values: `unit`, `on`."""
    place = work.index(operation.values["unit"])
    id = work.rows[place].id
    on = bool(operation.values["on"])
    marks = work.bookmarks | {id} if on else work.bookmarks - {id}
    said = f"{'bookmarked' if on else 'took the bookmark from'} unit {place + 1}"
    return Outcome(replace(work, bookmarks=marks), (), said)


def verdict(work: Work, operation: Operation) -> Outcome:
    """An issue is called a shift, an error, or dismissed. Values: `unit`, `hop`, `issue`, `anchors`, `verdict`."""
    values = operation.values
    if values["verdict"] not in VERDICTS:
        raise StoreError(f'There is no verdict "{values["verdict"]}"; known are: shift, error, dismissed.')
    place = work.index(values["unit"])
    id = work.rows[place].id
    one = Verdict(
        operation.level, id, values["hop"], values["issue"], tuple(Anchor(**one) for one in values.get("anchors", ())), values["verdict"],
        operation.author, operation.created,
    )  # fmt: skip
    places = [(anchor.version, anchor.start, anchor.stop) for anchor in one.anchors]
    others = tuple(old for old in work.verdicts if not old.is_about(one.level, id, one.hop, one.kind, places))
    made = (*others, one) if one.verdict else others
    return Outcome(
        replace(work, verdicts=made), (id,), f"judged {values['issue']} at unit {place + 1}: {VERDICTS[one.verdict]}"
    )


def judged(work: Work, wish: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a verdict from what a page sends: `spans` ([version, start, stop]) instead of anchors."""
    anchors = []
    for version, start, stop in wish.get("spans", ()):
        text = work.versions[work.place(version)].text
        if 0 <= start < stop <= len(text):
            anchors.append(asdict(anchor(version, text, start, stop)))
    return {**{name: wish[name] for name in ("unit", "hop", "issue", "verdict")}, "anchors": anchors}


KINDS: dict[str, Any] = {"confirm": confirm, "bookmark": bookmark, "verdict": verdict}
WISHES: dict[str, Any] = {"verdict": judged}
