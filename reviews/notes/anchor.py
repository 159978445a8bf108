"""Where a note stands: characters of a version, with the words there and around them, so that they are found again.

Source: W3C Web Annotation Data Model (2017), TextPositionSelector and TextQuoteSelector together.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from corpora.errors import StoreError

# Characters kept on either side of the quote, about five words: the Data Model leaves the number open.
CONTEXT = 32
# Shorter quotes are only looked for as they are: one letter of seven makes another word as often as a variant of it.
SHORTEST_NEAR = 8
# A stretch is other words when it is less like the quote than this (rapidfuzz ratio, 0..100), or when both together
# with their contexts are. Measured on the 1955 texts, quotes of 8 to 150 characters: of words that are not in the rest
# of the text at most 1.2 % are taken for some of it (by the quote alone, at 80, up to 37 %), and of words in a copy
# with every fifth word changed 74 % (8 characters) to all (150) are found.
NEAR = 70
# How much likeness of context (0..1) a place at the other end of the text must have on the old place.
FAR = 0.1


@dataclass(frozen=True, slots=True)
class Anchor:
    """Characters `start:stop` of the text of `version`: the `quote`, with up to CONTEXT characters before and after.

    `gone` says that the words stand there no more; the rest is then as it was last, and the place is a hint. `was` is
    what the quote read when it was made, "" as long as it reads so.
    """

    version: str
    start: int
    stop: int
    quote: str
    before: str
    after: str
    gone: bool = False
    was: str = ""


def anchor(version_id: str, text: str, start: int, stop: int) -> Anchor:
    """The anchor at characters `start:stop` of a version's text.

    Raises:
        StoreError: there are no such characters.
    """
    if not 0 <= start < stop <= len(text):
        raise StoreError(
            f'A note cannot stand at characters {start} to {stop} of version "{version_id}", which has {len(text)}; '
            "select some of its words."
        )
    return _at(version_id, text, start, stop)


def shifted(anchor: Anchor, start: int, stop: int, new_text: str, text_after: str) -> Anchor:
    """The anchor after characters `start:stop` of the text it stands in were replaced by `new_text`.

    What replaces characters of the quote alone belongs to it; what is inserted at its edges does not. Of a quote that is
    replaced together with its neighbours the rest is kept, and when there is no rest the anchor is gone; `found` looks
    whether its words stand elsewhere.

    Args:
        anchor: as it was before.
        start: where the replaced characters began.
        stop: where they ended; the same as `start` when something was inserted.
        new_text: what stands there instead.
        text_after: the whole text as it is now.
    """
    longer = len(new_text) - (stop - start)
    first, last = anchor.start, anchor.stop
    if stop <= first:
        first, last = first + longer, last + longer
    elif start < last:
        if first <= start and stop <= last:
            last += longer
        elif start < first:
            first, last = start + len(new_text), last + longer
        else:
            last = start
    if anchor.gone:
        return replace(anchor, start=first, stop=last) if stop <= anchor.start else anchor
    # Nothing is left of a quote that was removed, or replaced together with neighbours on both sides.
    return (
        _changed(anchor, _at(anchor.version, text_after, first, last)) if first < last else replace(anchor, gone=True)
    )


def _changed(old: Anchor, new: Anchor) -> Anchor:
    """The new anchor, which knows what the quote read when the old one was made."""
    first = old.was or old.quote
    return new if new.quote == first else replace(new, was=first)


def found(anchor: Anchor, text: str) -> Anchor:
    """The anchor in a text that took the place of its own, or in its own when its words may have come back.

    The words are looked for with their whole context, then by themselves, where likeness of context and nearness choose
    between several places, then as words that are much like them. An anchor that is not found is gone. Where the same
    words stand at the old place by chance, their context tells.
    """
    place = (_in_context(anchor, text) or _exact(anchor, text) or _near(anchor, text)) if anchor.quote else None
    return _changed(anchor, _at(anchor.version, text, *place)) if place else replace(anchor, gone=True)


def _at(version: str, text: str, start: int, stop: int) -> Anchor:
    before = text[max(0, start - CONTEXT) : start]
    return Anchor(version, start, stop, text[start:stop], before, text[stop : stop + CONTEXT])


Place = tuple[int, int]


def _in_context(anchor: Anchor, text: str) -> Place | None:
    """The nearest place where the quote stands in its whole context."""
    whole = anchor.before + anchor.quote + anchor.after
    hint = anchor.start - len(anchor.before)
    places = text.rfind(whole, 0, hint + len(whole)), text.find(whole, hint)
    starts = [place + len(anchor.before) for place in places if place >= 0]
    if not starts:
        return None
    start = min(starts, key=lambda start: abs(start - anchor.start))
    return start, start + len(anchor.quote)


def _exact(anchor: Anchor, text: str) -> Place | None:
    """The place of the quote whose context and nearness speak for it most.

    A short quote that stands in several places, in none as if it were its own, is not found: "not" is everywhere.
    """
    # Looked ahead for: places may overlap.
    starts = (match.start() for match in re.finditer(f"(?={re.escape(anchor.quote)})", text))
    places = [(start, start + len(anchor.quote)) for start in starts]
    best = max(places, key=lambda place: _likelihood(anchor, text, place), default=None)
    if best is None or len(places) == 1 or len(anchor.quote) >= SHORTEST_NEAR or best[0] == anchor.start:
        return best
    return best if _alike(anchor, text, best) >= NEAR else None


def _likelihood(anchor: Anchor, text: str, place: Place) -> float:
    """How like the context of a place is to the anchor's (0..1), less what its distance costs."""
    return _context(anchor, text, place) / 100 - _cost(anchor, text, place)


def _context(anchor: Anchor, text: str, place: Place) -> float:
    """How like the context of a place is to the anchor's, 0..100."""
    start, stop = place
    before = text[max(0, start - len(anchor.before)) : start]
    return (fuzz.ratio(anchor.before, before) + fuzz.ratio(anchor.after, text[stop : stop + len(anchor.after)])) / 2


def _cost(anchor: Anchor, text: str, place: Place) -> float:
    return FAR * min(1.0, abs(place[0] - anchor.start) / len(text))


def _near(anchor: Anchor, text: str) -> Place | None:
    """The stretch that is most like the quote in its context, looked for without and with it."""
    quote = anchor.quote
    if len(quote) < SHORTEST_NEAR:
        return None
    chosen: dict[Place, float] = {}
    for words, lead in ((quote, 0), (anchor.before + quote + anchor.after, len(anchor.before))):
        if hit := fuzz.partial_ratio_alignment(words, text, score_cutoff=NEAR):
            place = _fitted(quote, text, hit.dest_start - hit.src_start + lead)
            alike = _alike(anchor, text, place)
            if alike >= NEAR and fuzz.ratio(quote, text[slice(*place)]) >= NEAR:
                chosen[place] = alike / 100 - _cost(anchor, text, place)
    return max(chosen, key=lambda place: chosen[place], default=None)


def _alike(anchor: Anchor, text: str, place: Place) -> float:
    """How like a place with its context is to the anchor with its own, 0..100; each counts by its length."""
    quote, context = len(anchor.quote), len(anchor.before) + len(anchor.after)
    total = quote * fuzz.ratio(anchor.quote, text[slice(*place)]) + context * _context(anchor, text, place)
    return total / (quote + context)


def _fitted(quote: str, text: str, start: int) -> Place:
    """The stretch about `start` whose edges, moved by no more than CONTEXT, make it most like the quote."""
    start = min(max(start, 0), len(text))
    stop = min(start + len(quote), len(text))
    # Twice: where it begins best depends on where it ends.
    for _ in range(2):
        start = max(_edges(text, start), key=lambda edge: (fuzz.ratio(quote, text[edge:stop]), -abs(edge - start)))
        stop = max(_edges(text, stop), key=lambda edge: (fuzz.ratio(quote, text[start:edge]), -abs(edge - stop)))
    return start, stop


def _edges(text: str, about: int) -> Iterator[int]:
    """`about` and places near it where a stretch may begin or end: not between a letter and a mark written on it."""
    for edge in range(max(0, about - CONTEXT), min(len(text), about + CONTEXT) + 1):
        if edge == about or not unicodedata.combining(text[edge : edge + 1] or " "):
            yield edge
