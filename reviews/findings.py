"""What a page asks for by naming a finding of the machine, with what the machine found put in."""

from collections.abc import Callable, Mapping
from typing import Any

from corpora.errors import ConflictError
from divergence.score import Divergence, Issue
from reviews.doubt import verdict_on
from reviews.notes.note import to_values
from reviews.notes.suggested import suggested
from reviews.work import Row, Work

# What a note gets when it is written.
NOT_DRAFTED = ("id", "author", "created", "changed", "replies")
Measured = Callable[[Row], tuple[Divergence, ...] | None]


def completed(work: Work, measured: Measured, kind: str, wish: Mapping[str, Any]) -> Mapping[str, Any]:
    """The wish, where it names an issue by `unit`, `hop` and `issue`, with the places of the issue.

    A verdict gets the `spans` that the issue points at. A note with `suggested` is drafted from the issue named there;
    what else the wish says stands instead of the draft's.

    Raises:
        ConflictError: the issue is not there any more.
    """
    if kind == "verdict" and "spans" not in wish:
        _, issue = _issue(work, measured, wish)
        return {**wish, "spans": [[one.version, one.start, one.stop] for one in issue.reasons]}
    if kind == "note" and "suggested" in wish:
        one, issue = _issue(work, measured, wish["suggested"])
        said = verdict_on(work.level, work.row(wish["suggested"]["unit"]).id, one.hop, issue, work.verdicts)
        drafts = suggested(one, work.document, errors={issue.kind} if said and said.verdict == "error" else ())
        draft = next((note for note in drafts if note.origin == f"{one.hop}:{issue.kind}"), None)
        if draft is None:
            raise ConflictError("This issue points at no words that a note could stand on; select the words yourself.")
        values = to_values(draft)
        given = {name: value for name, value in wish.items() if name != "suggested"}
        return {**{name: value for name, value in values.items() if name not in NOT_DRAFTED}, **given}
    return wish


def _issue(work: Work, measured: Measured, wish: Mapping[str, Any]) -> tuple[Divergence, Issue]:
    row = work.row(wish["unit"])
    for one in measured(row) or ():
        for issue in one.issues:
            if (one.hop, issue.kind) == (wish["hop"], wish["issue"]):
                return one, issue
    raise ConflictError("This issue is not there any more; look at the page as it is now.")
