"""The changes of an edited table, done: one operation each, so that each can be taken back."""

import uuid
from collections.abc import Sequence

from reviews.desk import Command, Desk, Receipt
from reviews.returned.trial import Change


def apply(
    desk: Desk, document: str, level: str, changes: Sequence[Change], *, seen: int, author: str, run: str = ""
) -> list[Receipt]:
    """What became of each change, in order.

    Args:
        desk: where the document is worked on.
        document: its id.
        level: the one that the table was made at.
        changes: as `reviews.returned.changes` found them.
        seen: the revision that they were tried on; what others changed since is refused.
        author: who brings them.
        run: what the browser calls its page, so that these can be undone there; "" for none.
    """
    hand = run.partition(".")[0] + "." if "." in run else ""
    made = f"{hand}returned-{uuid.uuid4().hex}"
    commands = [Command(number, one.kind, one.values, seen) for number, one in enumerate(changes, 1)]
    return desk.act(document, level, commands, run=made, author=author)
