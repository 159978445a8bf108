"""Figures on REFreSD: which pairs of sentences differ in meaning, and which of their words people marked as the reason.

Source: Briakou and Carpuat 2020, "Detecting Fine-Grained Cross-Lingual Semantic Divergences without Supervision by
Learning to Rank" (English-French, MIT). A word counts as marked when two or more of the three annotators marked it.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path

import numpy as np

from aligners import encoders
from aligners.alignment import from_kinds
from aligners.encoders import Array, SummingEncoder
from benchmarks.divergence.features import pairs_of, rows
from benchmarks.divergence.injected import auc
from benchmarks.injections.logistic import fitted
from corpora.units import document
from divergence import highlights, score
from divergence.evidence import Pair
from divergence.weights import Judge

# The half that is learnt from, and the one that is only measured on, which need not be there.
HALVES = ("refresd_a.tsv", "refresd_b.tsv")
LANGUAGES = ("en", "fr")
NAMES = ("english", "french")
# Annotators who must have marked a token.
AGREED = 2
FOLDS, REPEATS = 10, 5
# Pull to zero of the weights, features being scaled to about 1: of pairs, of words, and of the baseline's words.
PULL, PULL_OF_WORDS, PULL_OF_BASELINE = 100.0, 100.0, 1.0
# The commonest tokens of a language count as its stop words.
STOP_WORDS = 100
# Letters beyond which a token is simply long.
LONG = 12
# Words over which the strengths of a stretch are averaged.
STRETCH = 5
# Shares of the order of a side's strengths that are told of a pair.
SHARES = (0.25, 0.5, 0.75)
# Keeps logarithms of strengths within bounds.
FAINT = 1e-4
Fold = tuple[Array, Array]


@dataclass(frozen=True, slots=True)
class Row:
    """Two sentences, whether they differ in meaning and how, and for each side its tokens and who marked them."""

    divergent: bool
    label: str
    texts: tuple[str, str]
    tokens: tuple[tuple[str, ...], tuple[str, ...]]
    marks: tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class Measured:
    """What is known of some rows.

    `pairs` (rows, features) tell of a pair, `words` (words, features) of its words, `words_of` (words) is the row each
    is of and `place` (tokens, 2) the first word of a token and that behind its last; `token_of` (tokens) is the row a
    token is of, `marked` (tokens) whether it was marked, `plain` (tokens, 3) its length, whether it is common, and how
    far from the middle it stands. `strength` (words) is what the product says, `overall` (rows) its divergence.
    """

    divergent: Array
    label: Array
    pairs: Array
    words: Array
    words_of: Array
    place: Array
    token_of: Array
    marked: Array
    plain: Array
    strength: Array
    overall: Array


def load(path: Path) -> list[Row]:
    """The rows of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_row(record) for record in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _row(record: Mapping[str, str]) -> Row:
    english, french = (tuple(record[f"{name}_tok"].split(" ")) for name in NAMES)
    marks = tuple(tuple(map(int, record[f"{name}_rationale"].split(" "))) for name in NAMES)
    texts = record["english"], record["french"]
    return Row(record["binary_label"] == "divergent", record["label3"], texts, (english, french), (marks[0], marks[1]))


def spans(text: str, tokens: Sequence[str]) -> list[tuple[int, int]]:
    """The characters of each token in the text.

    >>> spans("We won.", ["We", "won", "."])
    [(0, 2), (3, 6), (6, 7)]
    """
    found, place = [], 0
    for token in tokens:
        start = text.find(token, place)
        # A token that was changed, which happens, is taken to stand where the one before it ends.
        start = start if place <= start <= place + 2 else min(place, len(text))
        place = min(start + len(token), len(text))
        found.append((start, place))
    return found


def turn(found: Sequence[Row], judge: Judge, usual: Mapping[str, float], encoder: SummingEncoder) -> float:
    """How far above the usual level a word's logit is to be for the marked words to be found best (F1 over tokens)."""
    pairs = pairs_of([row.texts for row in found], LANGUAGES, encoder)
    tables = [highlights.features(pair) for pair in pairs]
    judged = [None if table is None else (judge.logits(table[0]), judge.logits(table[1])) for table in tables]
    values = highlights.beside(pairs, judged, highlights.level(pairs, judged, usual))
    measured = [_tokens(row, pair) for row, pair in zip(found, pairs, strict=True)]
    marked = np.concatenate([marks for of_row in measured for _, marks, _ in of_row])
    of_tokens = [
        _of_tokens(of_side, place)
        for of_row, of_pair in zip(measured, values, strict=True)
        for (place, _, _), of_side in zip(of_row, of_pair, strict=True)
    ]
    least = threshold(np.concatenate(of_tokens), marked)
    return float(np.log(least / (1 - least)))


def measure(found: Sequence[Row], encoder: SummingEncoder) -> Measured:
    """Everything that is known of the rows of one file; what is usual is told from these rows alone."""
    pairs = pairs_of([row.texts for row in found], LANGUAGES, encoder)
    strengths = highlights.strengths(pairs)
    common = [_common(row.tokens[side] for row in found) for side in (0, 1)]
    words: list[Array] = []
    words_of, place, token_of, marked, plain, parts = [], [], [], [], [], []
    count = 0
    for number, (row, pair, strength) in enumerate(zip(found, pairs, strengths, strict=True)):
        tables = highlights.features(pair) or [np.zeros((len(s), len(highlights.FEATURES))) for s in strength]
        parts.append(told(strength))
        for side, (places, marks, position) in enumerate(_tokens(row, pair)):
            tokens = row.tokens[side]
            words.append(tables[side])
            words_of += [number] * len(tables[side])
            place.append(places + count)
            count += len(tables[side])
            token_of += [number] * len(tokens)
            marked.append(marks)
            lengths = [min(len(token), LONG) / LONG for token in tokens]
            plain.append(np.column_stack([lengths, [token.lower() in common[side] for token in tokens], position]))
    table, _ = rows(pairs)
    return Measured(
        np.array([row.divergent for row in found]), np.array([row.label for row in found]), np.hstack([table, parts]),
        np.concatenate(words), np.array(words_of), np.concatenate(place), np.array(token_of), np.concatenate(marked),
        np.concatenate(plain), np.concatenate([one for both in strengths for one in both]),
        overall(found),
    )  # fmt: skip


def overall(found: Sequence[Row]) -> Array:
    """The divergence that the product tells of each pair, the rows being a document."""
    made = document([dict(zip(LANGUAGES, row.texts, strict=True)) for row in found], LANGUAGES)
    given = from_kinds(LANGUAGES, ([1, 1] for _ in found), "given")
    return np.array([one.value for one in score(made, given)])


def told(strengths: Sequence[Array]) -> list[float]:
    """What the words of both sides tell of the pair: the side that lacks more first."""
    sides = [_summed(values) for values in strengths]
    return [*np.max(sides, axis=0).tolist(), *np.min(sides, axis=0).tolist()]


def _summed(values: Array) -> list[float]:
    """How strong the strengths of some words are: in the mean, at most, in the strongest stretch, and how they spread."""
    kept = np.clip(values, FAINT, 1 - FAINT)
    logit = np.log(kept / (1 - kept))
    size = min(STRETCH, len(kept))
    runs = np.convolve(logit, np.ones(size) / size, "valid")
    return [
        logit.mean(), kept.mean(), kept.sum(), kept.max(), logit.max(), runs.max(), runs.min(), logit.std(),
        *np.quantile(logit, SHARES), (kept >= highlights.MARKED).mean(),
    ]  # fmt: skip


def _common(sentences: Iterable[tuple[str, ...]]) -> set[str]:
    """The commonest tokens."""
    counts = Counter(token.lower() for tokens in sentences for token in tokens)
    return {token for token, _ in counts.most_common(STOP_WORDS)}


def _tokens(row: Row, pair: Pair) -> list[tuple[Array, Array, Array]]:
    """For each side the words every token covers, whether it was marked, and how far from the middle it stands."""
    found = []
    for side, tokens, marks in zip((pair.source, pair.target), row.tokens, row.marks, strict=True):
        places = [side.words_at(*span) for span in spans(side.text, tokens)]
        position = np.abs((np.arange(len(tokens)) + 0.5) / len(tokens) - 0.5)
        found.append((np.array([(one.start, one.stop) for one in places]), np.array(marks) >= AGREED, position))
    return found


def _of_tokens(values: Array, place: Array) -> Array:
    """The strength of each token: the highest of its words', 0 when it has none."""
    return np.array([values[start:stop].max(initial=0.0) for start, stop in place.tolist()])


def threshold(values: Array, marked: Array) -> float:
    """The value from which on tokens are to be marked for the highest F1."""
    order = np.argsort(-values, kind="stable")
    right = np.cumsum(marked[order])
    found = 2 * right / (marked.sum() + np.arange(1, len(order) + 1))
    return float(values[order[int(found.argmax())]])


def f1(marked: Array, found: Array) -> float:
    """The F1 of what was found."""
    return float(2 * (marked & found).sum() / max(marked.sum() + found.sum(), 1))


def macro_f1(right: Array, found: Array) -> float:
    """The mean F1 of both answers."""
    return (f1(right, found) + f1(~right, ~found)) / 2


def folds(label: Array, count: int, seed: int) -> list[Fold]:
    """Numbers of the rows to learn from and to measure on, each fold with its share of every label."""
    chance = np.random.default_rng(seed)
    fold = np.zeros(len(label), int)
    dealt = 0
    for name in np.unique(label):
        mine = chance.permutation(np.flatnonzero(label == name))
        fold[mine] = (dealt + np.arange(len(mine))) % count
        dealt += len(mine)
    return [(np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(count)]


def regression(rows: Array, right: Array, tested: Array, pull: float) -> Array:
    """The logits of the tested rows as a logistic regression learns them."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    weights = fitted((rows - mean) / spread, right, pull)
    found: Array = (tested - mean) / spread @ weights[:-1] + weights[-1]
    return found


def divergent(found: Measured, fold: Fold) -> Array:
    """The logits of a difference in a fold's tested rows, 0 being as likely as not."""
    learnt, tested = fold
    values = taught(found, fold)
    borders = np.searchsorted(found.words_of, np.arange(len(found.divergent) + 1))
    lacking = [_summed(values[start:stop]) for start, stop in pairwise(borders.tolist())]
    table = np.hstack([found.pairs, lacking])
    return regression(table[learnt], found.divergent[learnt], table[tested], PULL)


def taught(found: Measured, fold: Fold) -> Array:
    """The strength of every word, the product's evidence being weighed as the marks of the rows learnt from teach."""
    learnt = np.isin(found.words_of, fold[0])
    marked = np.zeros(len(found.words), bool)
    for (start, stop), is_marked in zip(found.place.tolist(), found.marked.tolist(), strict=True):
        marked[start:stop] |= is_marked
    values = regression(found.words[learnt], marked[learnt], found.words, PULL_OF_WORDS)
    strength: Array = 1 / (1 + np.exp(-values))
    return strength


def by_place(found: Measured, fold: Fold) -> Array:
    """The baseline: how long each token is, whether it is common, and how far from the middle it stands."""
    learnt = np.isin(found.token_of, fold[0])
    return regression(found.plain[learnt], found.marked[learnt], found.plain, PULL_OF_BASELINE)


def by_strength(found: Measured, fold: Fold) -> Array:
    """What the product says of each token."""
    return _of_tokens(found.strength, found.place)


def by_people(found: Measured, fold: Fold) -> Array:
    """The product's evidence, weighed as the marks teach."""
    return _of_tokens(taught(found, fold), found.place)


SYSTEMS: dict[str, Callable[[Measured, Fold], Array]] = {
    "length, stop word, place (baseline)": by_place,
    "highlights": by_strength,
    "the highlights' evidence, learnt from the marks": by_people,
}


def found_by(system: Callable[[Measured, Fold], Array], found: Measured, split: Sequence[Fold]) -> Array:
    """Which tokens a system marks in the tested rows, from the threshold that is best in the rows learnt from."""
    chosen = np.zeros(len(found.marked), bool)
    for fold in split:
        values = system(found, fold)
        learnt, tested = (np.isin(found.token_of, part) for part in fold)
        chosen[tested] = values[tested] >= threshold(values[learnt], found.marked[learnt])
    return chosen


def joined(one: Measured, other: Measured) -> Measured:
    """The rows of both, those of the other behind."""
    words, rows = len(one.words), len(one.divergent)
    shift = {"words_of": rows, "token_of": rows, "place": words}
    columns = {
        field.name: np.concatenate([getattr(one, field.name), getattr(other, field.name) + shift.get(field.name, 0)])
        if field.name in shift
        else np.concatenate([getattr(one, field.name), getattr(other, field.name)])
        for field in fields(Measured)
    }
    return Measured(**columns)


def report(folder: Path) -> Iterator[str]:
    """The figures as lines of Markdown: half a by itself, and half b, where it is there, as half a teaches."""
    encoder = encoders.load()
    assert isinstance(encoder, SummingEncoder)
    known = measure(load(folder / HALVES[0]), encoder)
    yield f"REFreSD, half a: {FOLDS} folds, {REPEATS} times."
    yield ""
    yield from figures(known, [folds(known.label, FOLDS, seed) for seed in range(REPEATS)])
    if (folder / HALVES[1]).exists():
        both = joined(known, measure(load(folder / HALVES[1]), encoder))
        border = len(known.divergent)
        yield ""
        yield "REFreSD, half b, learnt from half a."
        yield ""
        yield from figures(both, [[(np.arange(border), np.arange(border, len(both.divergent)))]])


def figures(found: Measured, splits: Sequence[Sequence[Fold]]) -> Iterator[str]:
    """The tables of pairs and of words, the mean over the splits."""
    tested = np.sort(np.concatenate([fold[1] for fold in splits[0]]))
    right = found.divergent[tested]
    yield "| divergent or equivalent | AUC | macro F1 |"
    yield "|---|---|---|"
    plain = {
        "not alike (cosine)": found.pairs[:, 0],
        "divergence": found.overall,
        "mean strength": _mean_strength(found),
    }
    for name, values in plain.items():
        yield f"| {name} | {auc(values[tested][right], values[tested][~right]):.3f} | |"
    areas, scores = [], []
    for split in splits:
        values = np.zeros(len(found.divergent))
        for fold in split:
            values[fold[1]] = divergent(found, fold)
        areas.append(auc(values[tested][right], values[tested][~right]))
        scores.append(macro_f1(right, values[tested] >= 0))
    yield f"| regression on all features and strengths | {np.mean(areas):.3f} | {np.mean(scores):.3f} |"
    yield ""
    tokens = np.isin(found.token_of, tested)
    yield "| words without counterpart | F1 | precision | recall | F1 in divergent pairs |"
    yield "|---|---|---|---|---|"
    yield _line("every word", found, tokens, [np.ones(len(tokens), bool)])
    shipped = by_strength(found, splits[0][0]) >= highlights.MARKED
    for name, system in SYSTEMS.items():
        yield _line(name, found, tokens, [found_by(system, found, split) for split in splits])
    yield _line("highlights, strength of one half and more, as shipped", found, tokens, [shipped])


def _mean_strength(found: Measured) -> Array:
    count = len(found.divergent)
    total = np.bincount(found.words_of, found.strength, minlength=count)
    mean: Array = total / np.maximum(np.bincount(found.words_of, minlength=count), 1)
    return mean


def _line(name: str, found: Measured, tokens: Array, chosen: Sequence[Array]) -> str:
    """A row of the table of words: means over the splits."""
    inside = tokens & found.divergent[found.token_of]
    values = np.mean(
        [
            (
                f1(found.marked[tokens], one[tokens]),
                found.marked[tokens & one].mean(),
                one[tokens & found.marked].mean(),
                f1(found.marked[inside], one[inside]),
            )
            for one in chosen
        ],
        axis=0,
    )
    return f"| {name} | " + " | ".join(f"{value:.3f}" for value in values) + " |"
