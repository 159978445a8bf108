"""Places of cue words, for the metrics that compare them."""

import re

from divergence.side import Side

Place = tuple[int, int]


def places(side: Side, pattern: re.Pattern[str] | None, passed_over: re.Pattern[str] | None = None) -> list[Place]:
    """Characters of every cue, except those inside an expression that is passed over ("not only")."""
    if pattern is None:
        return []
    barred = [match.span() for match in passed_over.finditer(side.text)] if passed_over else []
    found = [match.span() for match in pattern.finditer(side.text)]
    return [(a, b) for a, b in found if all(b <= start or stop <= a for start, stop in barred)]
