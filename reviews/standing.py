"""What a page or an operation names by its place in a text, found in the same text as it stands otherwise.

A segment is known again by its words, so that a change in one paragraph is none in the others.
"""

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpora.document import Segment, Version
from reviews.operation import Operation

Texts = Mapping[str, Version]


def texts(versions: Sequence[Version]) -> Texts:
    """The versions by their ids."""
    return {version.id: version for version in versions}


def segment_now(then: Version, index: int, now: Version) -> Segment | None:
    """The segment of a version as it stands now; None where its words are others, or more or fewer have the same."""
    words = then.segments[index].text
    before = [one.index for one in then.segments if one.text == words]
    after = [one for one in now.segments if one.text == words]
    return after[before.index(index)] if len(before) == len(after) else None


def asked(values: Mapping[str, Any], seen: int, known: Mapping[int, Texts], now: Texts) -> dict[str, Any]:
    """What a page asks for, with the segments it names (`version`, `segment`, `start`) as they stand now.

    What cannot be found stays as it is: whoever takes it up finds that it does not fit.

    Args:
        values: of a command; they and what is in them may say themselves what was `seen`.
        seen: the revision that the page showed.
        known: the texts by revision, as far as they are remembered.
        now: the texts as they stand.
    """
    seen = int(values.get("seen", seen))
    made = {name: _each(value, seen, known, now) for name, value in values.items() if name != "seen"}
    if not {"version", "segment", "start"} <= made.keys():
        return made
    then, new = known.get(seen, {}).get(made["version"]), now.get(made["version"])
    index, start = made["segment"], made["start"]
    if then is None or new is None or not isinstance(index, int) or not 0 <= index < len(then.segments):
        return made
    if _begins(new, index, start) or not _begins(then, index, start):
        return made
    found = segment_now(then, index, new)
    return made if found is None else {**made, "segment": found.index, "start": found.start}


def _each(value: Any, seen: int, known: Mapping[int, Texts], now: Texts) -> Any:
    if isinstance(value, Mapping):
        return asked(value, seen, known, now)
    return [_each(one, seen, known, now) for one in value] if isinstance(value, list) else value


def _begins(version: Version, index: int, start: object) -> bool:
    return index < len(version.segments) and version.segments[index].start == start


def moved(one: Operation, then: Texts, now: Texts) -> Operation:
    """An operation on texts that stood as `then`, as it is to be done to them as they stand `now`.

    Its characters are counted from the beginning of their segment; where that is another one, they stay as they are.
    """
    if all(now.get(id) is version for id, version in then.items()):
        return one
    values = _moved(one.values, then, now)
    return one if values == one.values else replace(one, values=values)


def _moved(values: Mapping[str, Any], then: Texts, now: Texts) -> dict[str, Any]:
    made = {
        name: [_moved(each, then, now) if isinstance(each, Mapping) else each for each in value]
        if isinstance(value, list)
        else value
        for name, value in values.items()
    }
    old, new = then.get(values.get("version", "")), now.get(values.get("version", ""))
    if old is None or new is None or old is new:
        return made
    if "segment" in values:
        return asked(made, 0, {0: then}, now)
    if values.get("pieces"):
        by = _shift(old, values["pieces"][0][0], new)
        made["pieces"] = [[start + by, stop + by, text] for start, stop, text in values["pieces"]]
    for first in ("at", "start"):
        if isinstance(values.get(first), int):
            by = _shift(old, values[first], new)
            made |= {name: values[name] + by for name in (first, "stop") if isinstance(values.get(name), int)}
    return made


def _shift(then: Version, place: int, now: Version) -> int:
    """By how many characters the segment moved that holds a place, 0 where it is not known again."""
    index = bisect.bisect_right(then.segments, place, key=lambda one: one.start) - 1
    found = segment_now(then, index, now) if index >= 0 else None
    return found.start - then.segments[index].start if found else 0
