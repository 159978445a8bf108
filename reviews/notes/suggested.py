"""Notes drafted from what the program found, for a person to keep, change or drop."""

from collections.abc import Collection, Mapping, Sequence

from corpora.document import Document
from corpora.languages import language
from corpora.program import NAME, VERSION
from divergence.score import Divergence, Issue, Reason
from reviews.notes import categories
from reviews.notes.anchor import Anchor, anchor
from reviews.notes.categories import CategorySet
from reviews.notes.note import LONGEST, Note

# By the kind of an issue: the category of each set that it would belong to if a person confirmed it. What the kind does
# not settle is left open: a denial may be expressed otherwise, and a plain word for a loaded one is no error by itself.
LIKELY: Mapping[str, Mapping[str, str]] = {
    "meaning": {"mqm": "accuracy"},
    "omission": {"molina-hurtado": "reduction", "leuven-zwart": "mutation", "mqm": "accuracy"},
    "addition": {"molina-hurtado": "amplification", "leuven-zwart": "mutation", "mqm": "accuracy"},
    "quantities": {"mqm": "accuracy"},
    "names": {"mqm": "accuracy"},
    "negation": {"mqm": "accuracy"},
    "modality": {"mqm": "accuracy"},
    "wording": {"molina-hurtado": "variation"},
}
# Characters of a passage that a body quotes: it is marked in the text, and need only be known again.
QUOTED = 80


def suggested(
    divergence: Divergence,
    document: Document,
    *,
    sets: Sequence[CategorySet] | None = None,
    errors: Collection[str] = (),
) -> tuple[Note, ...]:
    """A draft for each issue of a unit over a hop, the strongest first; the same for the same issues.

    A draft says what was found and by what, as possible, and has neither id, author nor time. An issue without reasons
    has no place, and no draft.

    Args:
        divergence: of one unit over one hop.
        document: what it was measured in.
        sets: the sets of categories that are in use, the shipped ones when None.
        errors: the kinds of issues that a person called errors here: only these are put under what finds fault.
    """
    known = {one.id: one for one in (categories.sets() if sets is None else sets)}
    translates = _translates(divergence.hop, document)
    return tuple(
        Note(
            anchors=_anchors(issue, document),
            hop=divergence.hop,
            categories=_categories(issue.kind, known, is_error=issue.kind in errors) if translates else {},
            body=_body(issue, document),
            evidence=_evidence(issue, divergence),
            certainty="possible",
            origin=f"{divergence.hop}:{issue.kind}",
        )
        for issue in divergence.issues
        if issue.reasons
    )


def _translates(hop: str, document: Document) -> bool:
    """True when the hop is between two languages: what differs between two texts in one is no technique or error."""
    for one in document.comparisons:
        if one.id == hop:
            return len({language(document.version(id).language).code for id in (one.source, one.target)}) == 2
    return False


def _anchors(issue: Issue, document: Document) -> tuple[Anchor, ...]:
    places = dict.fromkeys((one.version, one.start, one.stop) for one in issue.reasons)
    found = [anchor(id, document.version(id).text, start, stop) for id, start, stop in places]
    return tuple(found[: LONGEST["anchors"]])


def _categories(kind: str, known: Mapping[str, CategorySet], *, is_error: bool) -> dict[str, str]:
    """Those of the likely categories that the sets in use still have; what finds fault only in an error."""
    likely = {id: one for id, one in LIKELY.get(kind, {}).items() if id in known and known[id].category(one)}
    return {id: one for id, one in likely.items() if is_error or not known[id].evaluative}


def _body(issue: Issue, document: Document) -> str:
    """What was found, in the words of its reasons, each beside what it is about."""
    quotes: dict[str, list[str]] = {}
    for one in issue.reasons:
        quotes.setdefault(one.text, []).append(_words(one, document))
    told = " ".join(_told(text, list(dict.fromkeys(words))) for text, words in quotes.items())
    return f"Possible issue ({issue.kind}): {told}"


def _words(reason: Reason, document: Document) -> str:
    words = " ".join(document.version(reason.version).text[reason.start : reason.stop].split())
    return words if len(words) <= QUOTED else f"{words[: QUOTED - 1].rstrip()}…"


def _told(text: str, words: Sequence[str]) -> str:
    """The reason's sentence, with the words it is about before it where it does not quote them itself."""
    quotes = [f'"{one}"' for one in words]
    return text if all(quote in text for quote in quotes) else f"{', '.join(quotes)}: {text}"


def _evidence(issue: Issue, divergence: Divergence) -> str:
    return (
        f"Found by {NAME} {VERSION}: {issue.kind} {issue.strength:.2f}, "
        f"divergence {divergence.value:.2f} over {divergence.hop}."
    )
