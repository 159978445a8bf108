"""Words for people that files and screens share: what versions and comparisons are called, times, shares, ranks."""

from datetime import datetime

from corpora.document import Document, Version
from corpora.languages import language

# Percentiles from which a divergence is shown as larger than usual, large, and very large.
BOUNDS = (50, 80, 95)
# What set a unit, where it was not the aligner.
BY_OTHERS = {"manual": "set by hand", "given": "as its file gave it"}


def role(document: Document, version: Version) -> str:
    """What a version is in the chain: original, mediating text or translation."""
    is_source = any(other.source == version.id for other in document.versions)
    return "Original" if version.source is None else "Mediating text" if is_source else "Translation"


def language_name(version: Version) -> str:
    """The English name of a version's language."""
    return language(version.language).name


def moment(created: str) -> str:
    """A stored time as people read it; they are all in UTC.

    >>> moment("1955-01-31T12:05:09+00:00")
    '31 Jan 1955, 12:05 UTC'
    """
    try:
        time = datetime.fromisoformat(created)
    except ValueError:
        return created
    return f"{time.day} {time:%b %Y, %H:%M} UTC"


def percent(share: float) -> str:
    """A share, 0 to 1, as people read it; what is not certain is not shown as such.

    >>> percent(0.997)
    'over 99 %'
    """
    whole = round(100 * share)
    return "over 99 %" if whole == 100 and share < 1 else f"{whole} %"


def signed(author: str, created: str) -> str:
    """Who did something and when: "Kim, 31 Jan 1955, 12:05 UTC"."""
    return ", ".join(filter(None, (author or "unsigned", moment(created))))


def comparison_names(document: Document) -> list[tuple[str, str]]:
    """What each comparison is, and is called: a numbered step, the whole way, or texts with no step between them."""
    steps = {hop: ("step", f"hop {number}") for number, hop in enumerate(document.hops, 1)}
    alone = {version.id for version in document.versions if version.source is None}
    beside, whole = ("beside", "beside"), ("whole", "end to end")
    return [steps.get(hop, beside if hop.target in alone else whole) for hop in document.comparisons]


def ordinal(number: int) -> str:
    """A rank as people read it.

    >>> [ordinal(number) for number in (1, 12, 62, 93, 100)]
    ['1st', '12th', '62nd', '93rd', '100th']
    """
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ends.get(number % 10, 'th')}"


def far(percentile: int) -> int:
    """How far a divergence of this percentile is, 1 to 4."""
    return 1 + sum(percentile >= bound for bound in BOUNDS)
