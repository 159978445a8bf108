"""What our files of translation units (TMX, XLIFF) say besides the texts, in the same words when written and when read.

A side of a unit is one text in those files, whatever number of segments it has; what stands beside it says where they
begin, as long as nobody changed the text.
"""

import hashlib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from corpora.document import KINDS, STATUSES, Version

# Digits of the digest that tells whether a text was changed: enough for texts that nobody forges.
DIGEST_LENGTH = 16
LISTED = "; "


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start:stop` of a side that are one segment; `kind` as in `Block`, `id` what the file calls it."""

    start: int
    stop: int
    kind: str
    id: str


def short_digest(text: str) -> str:
    """What a text is compared by with the one that was written.

    >>> short_digest("Our country")
    'c07d36ccf6593f0a'
    """
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:DIGEST_LENGTH]


def told(text: str, pieces: Sequence[Piece]) -> dict[str, str]:
    """Names and values that stand beside the text of a side."""
    return {
        "segments": " ".join(piece.id for piece in pieces),
        "kinds": LISTED.join(piece.kind for piece in pieces),
        "starts": " ".join(str(piece.start) for piece in pieces),
        "digest": short_digest(text),
    }


def pieces(text: str, said: Mapping[str, str], id: str) -> list[Piece]:
    """The segments of a side as `told` said them; one where the text was changed, or nothing is said.

    Args:
        text: the side as it stands in the file.
        said: the names and values beside it.
        id: what the segment is called where nothing says it.
    """
    ids, kinds = said.get("segments", "").split(), said.get("kinds", "").split(LISTED)
    starts = [int(one) for one in said.get("starts", "").split() if one.isdecimal() and len(one) < DIGEST_LENGTH]
    known = kinds[0] if kinds[0] in KINDS else "paragraph"
    whole = [Piece(0, len(text), known, " ".join(ids) or id)]
    if "digest" not in said or said["digest"] != short_digest(text) or not len(ids) == len(kinds) == len(starts):
        return whole
    edges = [*starts, len(text)]
    if edges[0] or any(one >= other for one, other in itertools.pairwise(edges)) or {*kinds} - {*KINDS}:
        return whole
    return [Piece(*each) for each in zip(starts, edges[1:], kinds, ids, strict=True)]


def described(version: Version) -> dict[str, str]:
    """Names and values that say what a version is."""
    return {
        "language": version.language,
        "title": version.title,
        "status": version.status,
        "made from": f"{version.source} ({version.how_known})" if version.source else "",
        "date": version.date,
        "translators": "\n".join(version.translators),
        "archive reference": version.metadata.get("archive_reference", ""),
        "digest": version.digest,
    }


def restored(version: Version, said: Mapping[str, str]) -> Version:
    """The version with what `described` said of it."""
    reference = said.get("archive reference", "")
    return replace(
        version,
        title=said.get("title") or version.title,
        status=said["status"] if said.get("status") in STATUSES else version.status,
        date=said.get("date", ""),
        translators=tuple(filter(None, said.get("translators", "").split("\n"))),
        metadata={**version.metadata, **({"archive_reference": reference} if reference else {})},
    )


def counted(number: int, noun: str, many: str = "") -> str:
    """A number with its noun: "1 code", "2 codes"."""
    return f"{number:,} {noun if number == 1 else many or f'{noun}s'}"


def signature(author: str, created: str) -> str:
    """The last line of a note in those files: who wrote it, and when; "" where neither is known."""
    said = ", ".join(filter(None, (author, created)))
    return f"By {said}" if said else ""


def utc(time: str) -> str:
    """A time of a file in ISO 8601, UTC; "" where it is none, or none that is known everywhere.

    >>> utc("2014-10-29T15:16:15.3366393+01:00"), utc("20141029T151615Z"), utc("yesterday")
    ('2014-10-29T14:16:15+00:00', '2014-10-29T15:16:15+00:00', '')
    """
    try:
        found = datetime.fromisoformat(time)
        return found.astimezone(UTC).isoformat(timespec="seconds") if found.tzinfo else ""
    except (ValueError, OverflowError):
        return ""
