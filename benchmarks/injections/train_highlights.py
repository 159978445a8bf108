"""Learns to tell the words without counterpart from stretches put into clean texts and taken out of them.

    python -m benchmarks.injections.train_highlights GOLD_FOLDER REFRESD.tsv [-o divergence/highlights.json]

Clean texts are the gold units in the folder's documents of sentences, over every pair of their versions. Only the
turning point, one number, is chosen on what people marked: the rationales of REFRESD.tsv.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from aligners import encoders, words
from aligners.encoders import Array, SummingEncoder
from benchmarks.divergence import rationales
from benchmarks.divergence.features import pairs_of
from benchmarks.gold import load_folder
from benchmarks.injections.logistic import fitted
from benchmarks.injections.stretches import CLEAN, UNKNOWN, edited
from divergence import highlights
from divergence.evidence import Pair, pairs
from divergence.highlights import BETTER, FEATURES
from divergence.side import plain_sides
from divergence.weights import Judge

SETS = ("ntrex-sent", "bible-sent", "berg")
# Fewest and most words of a side: shorter ones are headings, longer ones take too long.
FEWEST, MOST = 3, 70
SEED = 1
# Pull to zero of every weight: strong, as what is learnt is to hold for other languages and for what people mark.
PULL = 2000.0
# A hop's own level counts this much more than a feature, so that it is hardly pulled.
LEVEL = 30.0
# Pairs of no known languages are given the mean of the known.
ANY = "any"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of edited pairs: their features, whether they lack a counterpart, and the number of the hop they are from."""

    rows: Array
    lacks: Array
    hop: Array


def clean_texts(folder: Path) -> dict[tuple[str, str, str], list[tuple[str, str]]]:
    """The pairs of texts of gold units, by set and languages, in their order."""
    found: defaultdict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for gold in load_folder(folder):
        for unit in gold.units if gold.set in SETS else ():
            if all(unit.get(version) for version in gold.versions):
                texts = {v: " ".join(gold.versions[v][i] for i in unit[v]) for v in gold.versions}
                if all(FEWEST <= len(words.words(text)) <= MOST for text in texts.values()):
                    for one, other in combinations(texts, 2):
                        found[gold.set, one, other].append((texts[one], texts[other]))
    return dict(found)


def learn(
    clean: Mapping[tuple[str, str, str], Sequence[tuple[str, str]]], encoder: SummingEncoder
) -> tuple[Judge, dict[str, float], int]:
    """The judge of words, what is usual in clean pairs of each two languages, and the number of words learnt from."""
    codes = sorted({f"{one}-{other}" for _, one, other in clean})
    known, parts = [], []
    for (name, one, other), texts in clean.items():
        before = pairs_of(texts, (one, other), encoder)
        known.append((codes.index(f"{one}-{other}"), before))
        parts.append(_words(before, f"{name} {one} {other} {SEED}", codes.index(f"{one}-{other}"), encoder))
    rows, lacks, hop = (
        np.concatenate(column) for column in zip(*((p.rows, p.lacks, p.hop) for p in parts), strict=True)
    )
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    levels = LEVEL * (hop[:, None] == np.arange(len(codes)))
    weights = fitted(np.hstack([(rows - mean) / spread, levels]), lacks > 0, PULL)[: len(FEATURES)]
    judge = Judge(FEATURES, mean, spread, (), weights, 0.0)
    return judge, _usual(judge, codes, known), len(rows)


def _words(before: Sequence[Pair], seed: str, hop: int, encoder: SummingEncoder) -> Words:
    """The words of which it is known whether they lack a counterpart, once the clean pairs have been edited."""
    made = edited(before, seed)
    codes = before[0].source.language.code, before[0].target.language.code
    sides = [plain_sides(code, [one.texts[k] for one in made], encoder) for k, code in enumerate(codes)]
    rows, lacks = [], []
    for one, pair in zip(made, pairs(list(zip(*sides, strict=True)), encoder, before[0].lexicon), strict=True):
        for table, flags in zip(highlights.features(pair) or (), one.lacks, strict=False):
            rows.append(table[flags != UNKNOWN])
            lacks.append(flags[flags != UNKNOWN])
    found = np.concatenate(rows)
    return Words(found, np.concatenate(lacks), np.full(len(found), hop))


def _usual(judge: Judge, codes: Sequence[str], known: Sequence[tuple[int, Sequence[Pair]]]) -> dict[str, float]:
    """The logit that is usual in the better aligned clean pairs, either way round."""
    usual: dict[str, float] = {}
    for number, code in enumerate(codes):
        middle = []
        for pair in (pair for hop, found in known if hop == number for pair in found):
            if table := highlights.features(pair):
                middle.append(highlights.middle_of(pair, (judge.logits(table[0]), judge.logits(table[1]))))
        level = round(float(np.quantile(middle, BETTER)), 5)
        usual |= {code: level, "-".join(code.split("-")[::-1]): level}
    return usual | {ANY: round(float(np.mean(list(usual.values()))), 5)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("rationales", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=highlights.WEIGHTS)
    options = parser.parse_args()
    encoder = encoders.load()
    assert isinstance(encoder, SummingEncoder)
    judge, usual, count = learn(clean_texts(options.folder), encoder)
    record = {
        "command": "python -m benchmarks.injections.train_highlights GOLD_FOLDER REFRESD.tsv",
        "encoder": encoder.signature,
        "words": count,
        "clean share": CLEAN,
        "judge": judge.record,
        "usual": usual,
        "turn": round(rationales.turn(rationales.load(options.rationales), judge, usual, encoder), 1),
    }
    options.output.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
