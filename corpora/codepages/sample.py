"""The part of a file that its encoding is told by: all of a short one, stretches of a long one.

Only bytes above 127 tell code pages apart, so each stretch holds some; and each of the 128 that comes at all is in one,
so that two code pages that read the sample alike read the whole file alike.
"""

import re

HIGH = re.compile(rb"[\x80-\xff]")
# Bytes that are a character of their own in every encoding of one or two bytes, so that a stretch may begin there.
BORDER = re.compile(rb"[\x00-\x2f]")
# Bytes taken whole, stretches of a longer file, and bytes of each.
WHOLE, STRETCHES, LENGTH = 6000, 16, 320
# Bytes of a stretch round the first place of a rare byte, and how far a border is looked for.
AROUND, REACH = 24, 200
# Bytes of UTF-16 and UTF-32 come in twos and fours.
UNIT = 4


def stretches(data: bytes) -> list[bytes]:
    """Pieces of a file in an encoding of one or two bytes a character, in order."""
    if len(data) <= WHOLE:
        return [data]
    found, stop = [], 0
    for number in range(STRETCHES):
        first = HIGH.search(data, max(stop, len(data) * number // STRETCHES))
        if first:
            start, stop = _border(data, first.start(), stop), _end(data, first.start() + LENGTH)
            found.append(data[start:stop])
    seen = set(b"".join(found))
    for byte in sorted(set(data) - seen):
        if byte >= 0x80:
            place = data.find(byte)
            found.append(data[_border(data, place - AROUND, 0) : _end(data, place + AROUND)])
    return found


def wide_stretches(data: bytes) -> list[bytes]:
    """Pieces of a file in an encoding of two or four bytes a character, in order."""
    if len(data) <= WHOLE:
        return [data]
    starts = (len(data) * number // STRETCHES // UNIT * UNIT for number in range(STRETCHES))
    return [data[start : start + LENGTH] for start in starts]


def _border(data: bytes, place: int, least: int) -> int:
    """The last border at or before a place, the place itself where there is none within reach."""
    place = max(place, least)
    borders = list(BORDER.finditer(data, max(least, place - REACH), place))
    return borders[-1].start() if borders else place


def _end(data: bytes, place: int) -> int:
    """The first border behind a place."""
    border = BORDER.search(data, place, place + REACH)
    return border.start() if border else min(len(data), place + REACH)
