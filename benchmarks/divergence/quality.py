"""How well the evidence foretells what people think of a translation: MLQE-PE, Russian-English (Fomicheva et al. 2022).

Regressions are learnt from the training pairs and measured on every other file. What they are given can be stated: the
features of the metrics, how the texts are written, and, told apart, what translations with the same words were thought
of. The sentence vectors themselves, which nobody can check, are a prior of their own.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from sklearn.decomposition import PCA
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold
from sklearn.svm import SVR

from aligners import encoders
from aligners.alignment import from_kinds
from aligners.encoders import Array, SummingEncoder
from benchmarks.divergence.features import pairs_of, rows
from benchmarks.divergence.writing import table
from corpora.units import document
from divergence import score

LANGUAGES = ("ru", "en")
TRAIN = "mlqe_ru_en_train.tsv"
OTHERS = "mlqe_ru_en_*.tsv"
FOLDS, SEED = 5, 1
# Spreads beyond which a feature says nothing more.
BOUND = 5.0
# Dimensions that the vectors of a pair are reduced to.
DIMENSIONS = 256
# Letters of the stretches of words, and words in a row, that are looked up elsewhere.
LOOKED_UP: tuple[dict[str, object], ...] = (
    {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 3},
    {"token_pattern": r"\w+|[^\w\s]", "ngram_range": (1, 2), "min_df": 2},
)
Learn = Callable[[Array, Array, Array], Array]


@dataclass(frozen=True, slots=True)
class Row:
    """A source, its translation, and what people thought of it: the mean of their z-scores, higher is better."""

    source: str
    target: str
    liked: float


def load(path: Path) -> list[Row]:
    """The rows of a file."""
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")[1:]
    return [Row(source, target, float(liked)) for source, target, liked in (line.split("\t") for line in lines)]


def report(folder: Path) -> Iterator[str]:
    """The figures as lines of Markdown."""
    train = load(folder / TRAIN)
    files = [path for path in sorted(folder.glob(OTHERS)) if path.name != TRAIN]
    groups = [load(path) for path in files]
    every = [row for group in (train, *groups) for row in group]
    told = foretold(every, len(train))
    ends = np.cumsum([len(train), *map(len, groups)])
    liked = np.array([row.liked for row in every])
    yield f"MLQE-PE, Pearson with what people thought; {FOLDS} folds of {len(train)} training pairs, and other files."
    yield ""
    yield f"| | folds | {' | '.join(path.stem for path in files)} |"
    yield f"|---|---|{'---|' * len(files)}"
    for name, values in told.items():
        parts = [(0, ends[0]), *pairwise(ends)]
        yield f"| {name} | {' | '.join(_figure(values[a:b], liked[a:b]) for a, b in parts)} |"


def _figure(values: Array, liked: Array) -> str:
    return "" if np.isnan(values).any() else f"{np.corrcoef(values, liked)[0, 1]:.3f}"


def foretold(every: Sequence[Row], known: int) -> dict[str, Array]:
    """What each way foretells of every row; of the first `known` rows from the folds that they are not in."""
    encoder = encoders.load()
    assert isinstance(encoder, SummingEncoder)
    texts = [(row.source, row.target) for row in every]
    liked = np.array([row.liked for row in every[:known]])
    pairs = pairs_of(texts, LANGUAGES, encoder)
    vectors = np.array([pair.source.vector for pair in pairs]), np.array([pair.target.vector for pair in pairs])
    stated = _scaled(np.hstack([rows(pairs)[0], table(texts, LANGUAGES, known)]), known)
    words = np.stack(
        [
            _folded(np.array(column, object), liked, partial(_looked_up, way=way))
            for column in zip(*texts, strict=True)
            for way in LOOKED_UP
        ],
        axis=1,
    )
    told = {
        "cosine": np.sum(vectors[0] * vectors[1], axis=1),
        "divergence, turned round": -_divergence(texts, known),
        "what can be stated of the pair": _mean(stated, liked),
        "the same, and what its words were thought of elsewhere": _mean(
            np.hstack([stated, _scaled(words, known)]), liked
        ),
        "sentence vectors alone (prior)": _folded(_joined(*vectors, known), liked, _vectors),
    }
    both = np.stack(list(told.values())[-2:], axis=1)
    return told | {"the two above together": _folded(_scaled(both, known), liked, _ridge)}


def _divergence(texts: Sequence[tuple[str, str]], known: int) -> Array:
    """The divergence of the further rows, which needs no teaching; the known ones have none."""
    others = texts[known:]
    made = document([dict(zip(LANGUAGES, both, strict=True)) for both in others], LANGUAGES)
    found = score(made, from_kinds(LANGUAGES, ([1, 1] for _ in others), "given"))
    return np.array([np.nan] * known + [one.value for one in found])


def _folded(table: Array, liked: Array, learn: Learn) -> Array:
    """What is foretold of every row by what the other folds, or for further rows all of them, teach."""
    known = len(liked)
    found = np.zeros(len(table))
    for others, fold in KFold(FOLDS, shuffle=True, random_state=SEED).split(np.arange(known)):
        found[fold] = learn(table[others], liked[others], table[fold])
    if len(table) > known:
        found[known:] = learn(table[:known], liked, table[known:])
    return found


def _mean(table: Array, liked: Array) -> Array:
    """The mean of three kinds of regression."""
    return np.mean([_folded(table, liked, learn) for learn in (_ridge, _boosted, _near)], axis=0)


def _ridge(known: Array, liked: Array, others: Array) -> Array:
    found: Array = Ridge(alpha=300.0).fit(known, liked).predict(others)
    return found


def _boosted(known: Array, liked: Array, others: Array) -> Array:
    model = HistGradientBoostingRegressor(
        max_iter=250,
        learning_rate=0.05,
        max_leaf_nodes=15,
        l2_regularization=5.0,
        min_samples_leaf=30,
        random_state=SEED,
    )
    found: Array = model.fit(known, liked).predict(others)
    return found


def _near(known: Array, liked: Array, others: Array) -> Array:
    found: Array = SVR(C=0.5, epsilon=0.2, gamma=0.3 / known.shape[1]).fit(known, liked).predict(others)
    return found


def _vectors(known: Array, liked: Array, others: Array) -> Array:
    found: Array = SVR(C=1.0, epsilon=0.2, gamma=2.0 / known.shape[1]).fit(known, liked).predict(others)
    return found


def _looked_up(known: Array, liked: Array, others: Array, *, way: dict[str, object]) -> Array:
    """What texts with the same words, or stretches of words, were thought of."""
    vectorizer = TfidfVectorizer(sublinear_tf=True, **way)
    seen = vectorizer.fit_transform(known)
    found: Array = Ridge(alpha=3.0, solver="sparse_cg").fit(seen, liked).predict(vectorizer.transform(others))
    return found


def _joined(source: Array, target: Array, known: int) -> Array:
    """The vectors of a pair, their difference and product in fewer dimensions, of spread 1."""
    wide = np.hstack([source, target, np.abs(source - target), source * target])
    found: Array = PCA(min(DIMENSIONS, known), random_state=SEED).fit(wide[:known]).transform(wide)
    return found / found[:known].std()


def _scaled(table: Array, known: int) -> Array:
    found: Array = np.clip((table - table[:known].mean(0)) / (table[:known].std(0) + 1e-6), -BOUND, BOUND)
    return found
