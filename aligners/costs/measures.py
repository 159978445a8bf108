"""What is measured of each version before versions are compared: vectors, lengths, kinds, anchors, endings."""

import itertools
import re
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from aligners import threads
from aligners.costs import anchors
from aligners.encoders import Array, Encoder, Reading, SummingEncoder
from aligners.encoders.vectors import folder, kept, recall
from corpora.document import Segment, Version
from corpora.segmenters.sentences import Spans, split_plain

# Segments taken of each version at the beginning of a stretch, and at its end.
Stretch = tuple[tuple[int, ...], tuple[int, ...]]
# Segments that may be joined on one side of a unit.
LONGEST = 5
# Texts that are read together, and whose token sums are in memory at one time.
TEXTS_AT_A_TIME = 96
ENDINGS = (".", "?", "!", ":", ";", ",")
# Endings behind which a passage may go on: a colon, a comma or semicolon, no mark at all, an abbreviation's full stop.
OPEN = ("colon", "comma", "no mark", "abbreviation")
ABBREVIATION = re.compile(r"(?:\b[^\W\d_]{1,4}|\d)\s?\.[\"'”’»)\]} ]*$")
# Longest and shortest clause, in words.
CLAUSE, LEAST = 8, 3
WORD = re.compile(r"\S+")
INNER = re.compile(r"[,;:.!?…—–。！？][\"'”’»)\]]*$")
CLOSERS = "\"'”’»)]} "
ASK = str.maketrans("？！。：；，、…", "?!.:;,,.")


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of segments: their vectors, shape (parts, dimensions), and the segment that each lies in."""

    vectors: Array
    segment: Array


@dataclass(frozen=True, slots=True)
class Side:
    """One version as the aligner sees it.

    `vectors[k - 1]` holds the vectors of k neighbouring segments joined, shape (segments - k + 1, dimensions);
    `reach` the running sum of lengths in letters, one more entry than segments; `kinds`, `endings`, `numbers` and
    `names` have an entry a segment, and so has `goes_on`: True where a segment begins inside a sentence. `open_ends` says how
    strongly a segment's ending asks for more, 0..1, shape (segments, OPEN). `joinable[i]` is False where segments i and
    i + 1 may not stand in one unit. `sentences` and `clauses` are parts of the segments.
    """

    vectors: tuple[Array, ...]
    reach: Array
    kinds: Array
    endings: Array
    numbers: tuple[frozenset[str], ...]
    names: tuple[frozenset[str], ...]
    joinable: Array
    goes_on: Array
    open_ends: Array
    sentences: Parts
    clauses: Parts

    def __len__(self) -> int:
        return len(self.kinds)


def whole(sides: Sequence[Side]) -> list[Stretch]:
    """The one stretch that holds everything."""
    return [((0,) * len(sides), tuple(len(side) for side in sides))]


def cut(side: Side, start: int, stop: int) -> Side:
    """Segments `start:stop` of a measured version as a version of its own."""
    return replace(
        side,
        vectors=tuple(rows[start : max(start, stop - size)] for size, rows in enumerate(side.vectors)),
        reach=side.reach[start : stop + 1] - side.reach[start],
        kinds=side.kinds[start:stop],
        endings=side.endings[start:stop],
        numbers=side.numbers[start:stop],
        names=side.names[start:stop],
        joinable=side.joinable[start : max(start, stop - 1)],
        goes_on=side.goes_on[start:stop],
        open_ends=side.open_ends[start:stop],
        sentences=_cut_parts(side.sentences, start, stop),
        clauses=_cut_parts(side.clauses, start, stop),
    )


def cut_out(sides: Sequence[Side], stretch: Stretch) -> list[Side]:
    """The versions' segments in a stretch as versions of their own."""
    return [cut(side, start, stop) for side, start, stop in zip(sides, *stretch, strict=True)]


def _cut_parts(parts: Parts, start: int, stop: int) -> Parts:
    first, last = np.searchsorted(parts.segment, (start, stop))
    return Parts(parts.vectors[first:last], parts.segment[first:last] - start)


def measure_all(
    versions: Sequence[Version], encoder: Encoder, progress: Callable[[float], None] = lambda share: None
) -> list[Side]:
    """The measures of the segments of every version's body, read at the same time.

    `progress` is told the share that is read; what it raises, and an interruption from the keyboard, ends the reading.
    """
    read: list[int] = []
    ended: list[bool] = []

    def told(count: int) -> None:
        if ended:
            raise CancelledError
        read.append(count)

    def tell() -> None:
        progress(sum(read) / sum(len(version.body) for version in versions))

    def both(count: int) -> None:
        told(count)
        tell()

    with kept(folder()).open():
        if threads.processors() == 1:
            # A thread would only take memory, which it does not share with what comes after.
            return [measure(version.body, encoder, both, language=version.language) for version in versions]
        readings = [partial(measure, version.body, encoder, told, language=version.language) for version in versions]
        return threads.at_once(readings, tell, end=lambda: ended.append(True))


def measure(
    segments: Sequence[Segment],
    encoder: Encoder,
    progress: Callable[[int], None] = lambda count: None,
    *,
    language: str = "und",
) -> Side:
    """The measures of one version's segments in a language (BCP 47); `progress` is told how many more were read."""
    texts = [segment.text for segment in segments]
    kinds = [segment.kind for segment in segments]
    lengths = [sum(map(str.isalnum, text)) + 1 for text in texts]
    neighbours = itertools.pairwise(segments)
    cuts = [[split(text) or [(0, len(text))] for text in texts] for split in (split_plain, clauses)]
    if isinstance(encoder, SummingEncoder):
        vectors, parts = _summed(texts, cuts, encoder, progress)
    else:
        vectors, parts = _plain(texts, cuts, encoder)
    return Side(
        vectors=tuple(vectors),
        reach=np.concatenate([[0], np.cumsum(lengths)]).astype(np.float64),
        kinds=np.array([hash_kind(kind) for kind in kinds], np.int64),
        endings=np.array([ending(text) for text in texts], np.int64),
        numbers=tuple(anchors.numbers(text, language) for text in texts),
        names=anchors.names(texts),
        joinable=np.array([b.index == a.index + 1 for a, b in neighbours], bool),
        goes_on=np.array(
            [begins_inside(before, text) for before, text in zip(["", *texts], texts, strict=False)], bool
        ),
        open_ends=open_ends(texts),
        sentences=parts[0],
        clauses=parts[1],
    )


def _summed(
    texts: Sequence[str], cuts: Sequence[list[Spans]], encoder: SummingEncoder, progress: Callable[[int], None]
) -> tuple[list[Array], list[Parts]]:
    """Vectors of runs and of parts from one reading of the texts, or from what was kept of an earlier one."""
    spans = [
        sorted({(0, len(text)), *itertools.chain.from_iterable(found)})
        for text, *found in zip(texts, *cuts, strict=True)
    ]
    nothing = encoder.head(np.zeros((0, 1), np.float32), np.zeros(0, np.float32))
    singles, parts = [nothing], [[nothing] for _ in cuts]
    kept: list[Array] = []
    seams: list[Array] = []
    reading = encoder.reading(texts)
    for start in range(0, len(texts), TEXTS_AT_A_TIME):
        some = slice(start, start + TEXTS_AT_A_TIME)
        rows, joined = _read(texts, spans, range(len(texts))[some], reading, encoder)
        places = [{span: row for row, span in enumerate(of_text)} for of_text in spans[some]]
        first = np.cumsum([0, *map(len, places)])
        whole = [place[0, len(text)] for place, text in zip(places, texts[some], strict=True)]
        # The whole and the ends; the sums of the parts are needed no more.
        kept.append(np.array([found[[own, -2, -1]] for found, own in zip(rows, whole, strict=True)]))
        seams += joined
        sums = np.concatenate([found[:-2] for found in rows])
        progress(len(rows))
        del rows
        vectors = encoder.head(sums[:, :-1], sums[:, -1])
        singles.append(vectors[first[:-1] + whole])
        for found, cut in zip(parts, cuts, strict=True):
            found.append(
                vectors[
                    [a + place[span] for a, place, of in zip(first, places, cut[some], strict=False) for span in of]
                ]
            )
    # What was read takes more memory than what is left to do.
    del reading
    of_parts = [Parts(np.concatenate(found), _owners(cut)) for found, cut in zip(parts, cuts, strict=True)]
    del parts
    return overlaps(np.concatenate(singles), kept, seams, encoder), of_parts


def overlaps(singles: Array, rows: Sequence[Array], seams: Sequence[Array], encoder: SummingEncoder) -> list[Array]:
    """Vectors of neighbouring texts joined: item k - 1 holds those of k texts, shape (texts - k + 1, dimensions).

    Args:
        singles: the vector of each text.
        rows: feature sums of the texts and their ends with their token counts as last column, shape (texts, 3,
            width + 1), in several parts.
        seams: what stands in the place of the ends when each text and the next are joined, shape (1, width) each.
        encoder: whose sums these are.
    """
    found = [singles, *(singles[:0] for _ in range(1, LONGEST))]
    if not seams:
        return found
    sums = np.concatenate(rows)
    running = np.concatenate([np.zeros((1, sums.shape[2])), np.cumsum(sums[:, 0], axis=0, dtype=np.float64)])
    gains = np.concatenate(seams) - sums[:-1, 2, :-1] - sums[1:, 1, :-1]
    # Every joint takes an end and a begin mark away.
    joints = np.pad(gains.astype(np.float64), ((1, 0), (0, 1)), constant_values=-2)
    joints = np.cumsum(joints, axis=0)
    for size in range(2, LONGEST + 1):
        n = max(len(sums) - size + 1, 0)
        total = running[size:] - running[:n] + joints[size - 1 : size - 1 + n] - joints[:n]
        total = total.astype(np.float32)
        found[size - 1] = encoder.head(total[:, :-1], total[:, -1])
    return found


def _read(
    texts: Sequence[str], spans: Sequence[Spans], some: range, reading: Reading, encoder: SummingEncoder
) -> tuple[list[Array], list[Array]]:
    """The sums of some texts' spans and ends, and of their seams with the next; what was read before is known."""

    def stretches(missing: list[int]) -> list[Array]:
        places = [some[number] for number in missing]
        return reading.stretches(places, [spans[place] for place in places])

    def seams(missing: list[int]) -> list[Array]:
        return list(reading.seams([some[number] for number in missing])[:, None])

    of_texts = [f"{spans[place]} {texts[place]}" for place in some]
    joined = [(texts[place], texts[place + 1]) for place in some if place + 1 < len(texts)]
    of_pairs = [f"{len(before)} {before}{after}" for before, after in joined]
    return (
        recall(encoder.signature, "stretches, ends", of_texts, stretches),
        recall(encoder.signature, "seam of two", of_pairs, seams),
    )


def _plain(texts: Sequence[str], cuts: Sequence[list[Spans]], encoder: Encoder) -> tuple[list[Array], list[Parts]]:
    """As `_summed`, every run and part encoded by itself, all in one call so that the encoder can fill its batches."""
    groups = [[" ".join(texts[i : i + k]) for i in range(len(texts) - k + 1)] for k in range(1, LONGEST + 1)]
    groups += [[text[a:b] for text, spans in zip(texts, cut, strict=True) for a, b in spans] for cut in cuts]
    borders = np.cumsum([len(group) for group in groups])[:-1]
    vectors = np.split(encoder.encode(list(itertools.chain.from_iterable(groups))), borders)
    return vectors[:LONGEST], [Parts(found, _owners(cut)) for found, cut in zip(vectors[LONGEST:], cuts, strict=True)]


def _owners(cut: list[Spans]) -> Array:
    return np.repeat(np.arange(len(cut)), [len(spans) for spans in cut])


def clauses(text: str) -> Spans:
    """Parts of a text of at most CLAUSE words: cut at punctuation, and longer ones evenly.

    Some papers have no punctuation inside a paragraph at all (the Korean Bible); a wrong cut only makes a less useful
    part.
    """
    words = [match.span() for match in WORD.finditer(text)]
    parts: list[list[tuple[int, int]]] = [[]]
    for start, stop in words:
        parts[-1].append((start, stop))
        if INNER.search(text[start:stop]) and len(parts[-1]) >= LEAST:
            parts.append([])
    spans = []
    for part in parts:
        pieces = -(-len(part) // CLAUSE)
        for k in range(pieces):
            run = part[k * len(part) // pieces : (k + 1) * len(part) // pieces]
            spans.append((run[0][0], run[-1][1]))
    return spans


def begins_inside(before: str, text: str) -> bool:
    """True when a segment goes on with the sentence of the one before it: a small letter, or a comma before."""
    first = next((character for character in text if character.isalpha()), "")
    return bool(before) and (first.islower() or ending(before) == ENDINGS.index(","))


def hash_kind(kind: str) -> int:
    """0 for running text, another number for each kind that stands apart from it."""
    return {"title": 1, "heading": 2, "list item": 3, "colophon": 4}.get(kind, 0)


def ending(text: str) -> int:
    """The place of the closing punctuation in ENDINGS, -1 when there is none."""
    last = text.translate(ASK).rstrip(CLOSERS)[-1:]
    return ENDINGS.index(last) if last in ENDINGS and last else -1


def open_ends(texts: Sequence[str]) -> Array:
    """How strongly each text's ending asks for more, by kind of ending, shape (texts, OPEN).

    An ending that is usual in the version (verses that end in commas, headings without a mark) says little.
    """
    found = np.zeros((len(texts), len(OPEN)))
    for row, text in enumerate(texts):
        place = ending(text)
        mark = ENDINGS[place] if place >= 0 else ""
        found[row] = (mark == ":", mark in (";", ","), not mark, mark == "." and bool(ABBREVIATION.search(text)))
    return found * (1 - found.mean(axis=0)) ** 2


def median(values: Array) -> float:
    """As `np.median`, which first loads numpy's masked arrays: 3 MB and a twentieth of a second."""
    flat = np.sort(values, axis=None)
    half = len(flat) // 2
    return float(flat[half] if len(flat) % 2 else flat[half - 1 : half + 1].mean())
