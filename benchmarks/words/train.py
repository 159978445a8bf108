"""Learns the weights of the word linker.

    python -m benchmarks.words.train GOLD_FOLDER PARALLEL.tsv [-o aligners/words/weights.json]

Two things are learnt. A projection of word vectors in which words that stand for each other are alike: from links that
counting both ways gives on parallel sentences (`words_agreement.py`), with the contrast of Oord et al. 2018 inside each
pair of sentences. Then two small networks that judge pairs of words: from the sentences that are annotated in
`links.txt`, half of the time with a lexicon of other sentences. GOLD_FOLDER has documents with gold alignments,
PARALLEL.tsv a Russian and an English sentence a line (MLQE-PE, CC0).
"""

import argparse
import base64
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from aligners import encoders, words
from aligners.encoders import Array, SummingEncoder
from aligners.words import evidence
from aligners.words.evidence import Side
from aligners.words.lexicon import Lexicon, count
from benchmarks import gold
from benchmarks.words.agreement import Pair, agree

LINKS = Path(__file__).with_name("links.txt")
LONGEST = 70
READ_AT_A_TIME = 256
# Machine translations rated worse than this (mean z score) teach nothing.
WORST = -0.7
# The projection: size, one in so many sentences to begin from, sentences in a step, rounds over all of them, first step
# length and how much of it is lost by the end, scales to begin with.
DIMENSIONS, SAMPLED, BATCH, ROUNDS, PACE, SLOWING = 64, 4, 48, 4, 2e-3, 0.7
SCALES = {"scale": 8.0, "distance": (3.0, 1.0), "nothing": 2.0}
# The networks: hidden units, pull to zero, steps, how many of them are averaged, parts held out in turn.
HIDDEN, PULL, STEPS, COPIES, FOLDS = 12, 1e-3, 120, 2, 3
# Of so many sentences one is also put against another's translation, to which nothing in it should be linked.
STRANGE = 5
# Sentences that teach a training lexicon: a short document's worth.
TAUGHT = 120
THRESHOLD = 0.45


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of sentences with annotated links: the file it is from, its sides, and which cells are links."""

    file: str
    languages: tuple[str, str]
    sides: tuple[Side, Side]
    linked: Array


def parallel(folder: Path, table: Path) -> dict[tuple[str, int, tuple[str, str]], Pair]:
    """Every pair of aligned texts by file, number and languages."""
    found = {}
    for document in sorted(folder.glob("*.json")):
        if not document.name.startswith(("ntrex-book", "bible")):
            continue
        read = gold.load(document)
        for languages in combinations(read.versions, 2):
            for number, unit in enumerate(read.units_of(languages)):
                texts = [" ".join(read.versions[v][i] for i in side) for v, side in zip(languages, unit, strict=True)]
                found[document.name, number, languages] = _pair(languages, texts)
    for number, line in enumerate(table.read_text(encoding="utf-8").split("\n")[1:]):
        cells = line.split("\t")
        if len(cells) == 3 and float(cells[2]) > WORST:
            found[table.name, number, ("ru", "en")] = _pair(("ru", "en"), cells[:2])
    return {key: pair for key, pair in found.items() if all(1 < len(s) < LONGEST for s in (pair.source, pair.target))}


def _pair(languages: tuple[str, str], texts: Sequence[str]) -> Pair:
    source, target = (tuple(text[a:b] for a, b in words.words(text)) for text in texts)
    pair = Pair((languages[0], languages[1]), source, target)
    in_order = words.ORDER[languages[0]] <= words.ORDER[languages[1]]
    return pair if in_order else pair.turned()


def examples(pairs: dict[tuple[str, int, tuple[str, str]], Pair], encoder: SummingEncoder) -> list[Example]:
    """The annotated sentences."""
    found = []
    for line in LINKS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        file, number, one, other, *links = line.split()
        pair = next(
            pairs[file, int(number), key] for key in ((one, other), (other, one)) if (file, int(number), key) in pairs
        )
        linked = np.zeros((len(pair.source), len(pair.target)))
        for mark in links:
            linked[tuple(map(int, mark.split("-")))] = 1
        one_side, other_side = evidence.read([pair.source, pair.target], encoder)
        found.append(Example(file, pair.languages, (one_side, other_side), linked))
    return found


def project(pairs: Sequence[Pair], encoder: SummingEncoder) -> evidence.Projection:
    """The projection in which linked words are alike and others are not."""
    rows, alone = _read(pairs, encoder)
    shares = agree(pairs, alone)
    sides: dict[str, list[Array]] = defaultdict(list)
    for pair, both in zip(pairs, rows, strict=True):
        for code, side in zip(pair.languages, both, strict=True):
            sides[code].append(side)
    centres = {code: np.concatenate(side).astype(np.float32).mean(0) for code, side in sorted(sides.items())}
    sample = np.concatenate([side - centres[code] for code in centres for side in sides[code][::SAMPLED]])
    held = {"matrix": 2 * np.linalg.eigh(sample.T @ sample)[1][:, ::-1][:, :DIMENSIONS].astype(np.float32)}
    held |= {name: np.array(value) for name, value in SCALES.items()}
    speed = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in held.items()}
    turned = np.array([int(evidence.orders_differ(pair.languages)) for pair in pairs])
    chance = np.random.default_rng(0)
    steps = -(-len(pairs) // BATCH)
    for turn in range(ROUNDS):
        total, cells = 0.0, 0
        for place, batch in enumerate(np.array_split(chance.permutation(len(pairs)), steps)):
            centred = [[side - centres[c] for c, side in zip(pairs[k].languages, rows[k], strict=True)] for k in batch]
            loss, slope, seen = _slope(held, centred, [shares[k] for k in batch], turned[batch])
            total, cells = total + loss, cells + seen
            pace = PACE * (1 - SLOWING * turn / ROUNDS)
            _walk(held, speed, {name: value / seen for name, value in slope.items()}, pace, turn * steps + place + 1)
        print(f"projection, round {turn + 1}: {total / cells:.3f} nats a word", flush=True)
    near, far = held["distance"].tolist()
    return evidence.Projection(held["matrix"], centres, float(held["scale"]), (near, far), float(held["nothing"]))


def _read(pairs: Sequence[Pair], encoder: SummingEncoder) -> tuple[list[tuple[Array, Array]], dict[str, Array]]:
    """The word features of both sides of every pair, at half precision, and the vectors of all words alone."""
    rows: list[tuple[Array, Array]] = []
    alone: dict[str, Array] = {}
    for start in range(0, len(pairs), READ_AT_A_TIME):
        some = pairs[start : start + READ_AT_A_TIME]
        read = evidence.read([side for pair in some for side in (pair.source, pair.target)], encoder)
        for side in read:
            alone |= zip(side.words, side.features[:, 512:].copy(), strict=True)
        halves = [side.features.astype(np.float16) for side in read]
        rows += zip(halves[::2], halves[1::2], strict=True)
    return rows, alone


def _walk(
    held: dict[str, Array], speed: dict[str, tuple[Array, Array]], slope: dict[str, Array], pace: float, step: int
) -> None:
    """One step down the slope, in place (Kingma and Ba 2015, Adam); the few scales go faster than the matrix."""
    for name, value in held.items():
        mean, square = speed[name]
        mean += 0.1 * (slope[name] - mean)
        square += 0.01 * (slope[name] ** 2 - square)
        length = pace if name == "matrix" else 10 * pace
        value -= length * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)


def _slope(
    held: dict[str, Array],
    centred: Sequence[Sequence[Array]],
    shares: Sequence[tuple[Array, Array]],
    turned: Array,
) -> tuple[float, dict[str, Array], int]:
    """Cross entropy of the agreed shares under the projection, its slope, and the words counted."""
    stacked = np.concatenate([side for both in centred for side in both]).astype(np.float32)
    long = stacked @ held["matrix"]
    lengths = np.linalg.norm(long, axis=1, keepdims=True) + 1e-6
    short = long / lengths
    pull = np.zeros_like(short)
    slope = {name: np.zeros_like(value) for name, value in held.items()}
    loss, seen, at = 0.0, 0, 0
    for both, goals, way in zip(centred, shares, turned, strict=True):
        n, m = len(both[0]), len(both[1])
        a, b = slice(at, at + n), slice(at + n, at + n + m)
        at += n + m
        likeness = short[a] @ short[b].T
        place = np.abs((np.arange(n)[:, None] + 0.5) / n - (np.arange(m)[None] + 0.5) / m)
        push = np.exp(held["scale"] * likeness - held["distance"][way] * place)
        wrong = np.zeros_like(push)
        for axis, goal in enumerate(goals):
            all_of_it = push.sum(axis, keepdims=True) + np.exp(held["nothing"])
            share, none = push / all_of_it, np.exp(held["nothing"]) / all_of_it
            missing = 1 - goal.sum(axis, keepdims=True)
            loss -= float((goal * np.log(share + 1e-9)).sum() + (missing * np.log(none + 1e-9)).sum())
            wrong += share - goal
            slope["nothing"] += (none - missing).sum()
            seen += goal.shape[1 - axis]
        slope["scale"] += (wrong * likeness).sum()
        slope["distance"][way] -= (wrong * place).sum()
        pull[a] += wrong @ short[b] * held["scale"]
        pull[b] += wrong.T @ short[a] * held["scale"]
    slope["matrix"] = stacked.T @ ((pull - short * (pull * short).sum(1, keepdims=True)) / lengths)
    return loss, slope, seen


def fit(planes: Sequence[Array], linked: Sequence[Array], seed: int) -> words.Network:
    """The network that makes the links most probable."""
    flat = np.concatenate([one.reshape(-1, one.shape[-1]) for one in planes]).astype(np.float32)
    goal = np.concatenate([one.ravel() for one in linked]).astype(np.float32)
    mean, spread = flat.mean(0), flat.std(0) + 1e-6
    scaled = (flat - mean) / spread
    shapes = [(flat.shape[1], HIDDEN), (HIDDEN,), (HIDDEN,), (flat.shape[1],), (1,)]
    cuts = np.cumsum([int(np.prod(shape)) for shape in shapes])[:-1]
    chance = np.random.default_rng(seed)
    start = [
        chance.normal(0, flat.shape[1] ** -0.5, shapes[0]),
        np.zeros(HIDDEN),
        chance.normal(0, 0.3, HIDDEN),
        np.zeros(flat.shape[1]),
        np.full(1, -2.0),
    ]

    def parts(weights: Array) -> list[Array]:
        return [
            part.reshape(shape).astype(np.float32) for part, shape in zip(np.split(weights, cuts), shapes, strict=True)
        ]

    def loss(weights: Array) -> tuple[float, Array]:
        hidden, hidden_bias, output, straight, bias = parts(weights)
        inner = np.tanh(scaled @ hidden + hidden_bias)
        score = inner @ output + scaled @ straight + bias
        value = float((np.logaddexp(0, score) - goal * score).mean(dtype=np.float64))
        value += 0.5 * PULL * float((hidden**2).sum() + (output**2).sum() + (straight**2).sum())
        wrong = (1 / (1 + np.exp(-score)) - goal) / len(goal)
        back = wrong[:, None] * output * (1 - inner**2)
        slopes = [
            scaled.T @ back + PULL * hidden,
            back.sum(0),
            inner.T @ wrong + PULL * output,
            scaled.T @ wrong + PULL * straight,
            wrong.sum(keepdims=True),
        ]
        return value, np.concatenate([slope.ravel() for slope in slopes]).astype(np.float64)

    found = minimize(
        loss, np.concatenate([part.ravel() for part in start]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}
    )
    hidden, hidden_bias, output, straight, bias = parts(found.x)
    return words.Network(mean, spread, hidden, hidden_bias, output, straight, bias)


Networks = tuple[words.Network, ...]


def judges(planes: Sequence[Array], linked: Sequence[Array], groups: Sequence[int]) -> tuple[Networks, Networks]:
    """The networks of both readings; the second learns from first readings of sentences held out.

    `groups` numbers the sentences: the same sentence twice must be held out together.
    """

    def ensemble(chosen: Sequence[int], read: Sequence[Array]) -> Networks:
        return tuple(fit([read[k] for k in chosen], [linked[k] for k in chosen], seed) for seed in range(COPIES))

    everything = range(len(planes))
    held_out: list[Array] = list(linked)
    for fold in range(FOLDS):
        networks = ensemble([k for k in everything if groups[k] % FOLDS != fold], planes)
        for k in everything:
            if groups[k] % FOLDS == fold:
                held_out[k] = words.judged(networks, planes[k])
    again = [evidence.second(plane, found) for plane, found in zip(planes, held_out, strict=True)]
    return ensemble(everything, planes), ensemble(everything, again)


def strangers(known: Sequence[Example], encoder: SummingEncoder) -> list[Example]:
    """Sentences that have nothing to do with each other, without their marks."""
    found = []
    for languages in sorted({one.languages for one in known}):
        alike = [one for one in known if one.languages == languages]
        for one, other in zip(alike[::STRANGE], alike[2::STRANGE], strict=False):
            both = [
                [word for word in side.words if not evidence.MARK.match(word)]
                for side in (one.sides[0], other.sides[1])
            ]
            read = evidence.read(both, encoder)
            found.append(Example(one.file, languages, (read[0], read[1]), np.zeros((len(both[0]), len(both[1])))))
    return found


def taught(
    pairs: Sequence[Pair], encoder: SummingEncoder, projection: evidence.Projection, networks: tuple[Networks, Networks]
) -> Lexicon:
    """A lexicon of some sentences, as `words.induce` makes one."""
    units = []
    for pair in pairs:
        one_side, other_side = evidence.read([pair.source, pair.target], encoder)
        planes = evidence.first(one_side, other_side, pair.languages, projection, None)
        sure = words.judged(networks[1], evidence.second(planes, words.judged(networks[0], planes)))
        links = [(i, j, float(sure[i, j])) for i, j in np.argwhere(sure >= THRESHOLD).tolist()]
        units.append((pair.source, pair.target, links))
    return count(units)


def networks(
    known: Sequence[Example],
    pairs: dict[tuple[str, int, tuple[str, str]], Pair],
    encoder: SummingEncoder,
    projection: evidence.Projection,
) -> tuple[Networks, Networks]:
    """The networks, learnt without lexicons and then with them."""
    linked = [one.linked for one in known]
    plain = [evidence.first(*one.sides, one.languages, projection, None) for one in known]
    start = judges(plain, linked, range(len(known)))
    annotated = {(one.sides[0].words, one.sides[1].words) for one in known}
    lexicons = {}
    for kind in sorted({(one.file[:5], one.languages) for one in known}):
        of_kind = [
            p for key, p in pairs.items() if (key[0][:5], p.languages) == kind and (p.source, p.target) not in annotated
        ]
        lexicons[kind] = taught(of_kind[:: max(1, len(of_kind) // TAUGHT)], encoder, projection, start)
    learned = [
        evidence.first(
            *one.sides,
            one.languages,
            projection,
            lexicons[one.file[:5], one.languages].likeness(one.sides[0].words, one.sides[1].words),
        )
        for one in known
    ]
    return judges(plain + learned, linked * 2, [*range(len(known))] * 2)


def packed(rows: Array, axis: int) -> dict[str, Any]:
    """A table as bytes with a scale a row or column; see `words.unpack`."""
    scale = np.abs(rows).max(axis, keepdims=True) / 127
    whole = np.round(rows / scale).astype(np.int8)
    return {
        "shape": rows.shape,
        "scale": np.round(scale, 7).tolist(),
        "bytes": base64.b64encode(whole.tobytes()).decode(),
    }


def record(
    encoder: SummingEncoder, sources: Sequence[str], projection: evidence.Projection, both: tuple[Networks, Networks]
) -> dict[str, Any]:
    """Everything learnt, ready to be written as JSON."""
    stages = {
        stage: [
            {field.name: np.round(getattr(one, field.name).astype(float), 4).tolist() for field in fields(one)}
            for one in found
        ]
        for stage, found in zip(("first", "second"), both, strict=True)
    }
    return {
        "command": "python -m benchmarks.words.train GOLD_FOLDER PARALLEL.tsv",
        "encoder": encoder.signature,
        "data": list(sources),
        "threshold": THRESHOLD,
        "projection": {
            "matrix": packed(projection.matrix, 0),
            "languages": list(projection.centres),
            "centres": packed(np.array(list(projection.centres.values())), 1),
            "scale": projection.scale, "distance": projection.distance, "nothing": projection.nothing,
        },
        **stages,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("table", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=words.WEIGHTS)
    options = parser.parse_args()
    encoder = encoders.load()
    assert isinstance(encoder, SummingEncoder)
    pairs = parallel(options.folder, options.table)
    projection = project(list(pairs.values()), encoder)
    known = examples(pairs, encoder)
    known += strangers(known, encoder)
    both = networks(known, pairs, encoder, projection)
    sources = sorted({name for name, _, _ in pairs})
    options.output.write_text(json.dumps(record(encoder, sources, projection, both)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
