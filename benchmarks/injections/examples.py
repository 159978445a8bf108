"""Examples to learn from: clean units of the gold documents, and the same with one thing changed."""

import itertools
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aligners.encoders import SummingEncoder
from benchmarks.gold import load_folder
from benchmarks.injections.inject import KINDS, Injected, Texts, inject
from divergence.evidence import Pair, pairs
from divergence.side import plain_sides

VERSIONS = ("ko", "ru", "en")
HOPS = (("ko", "ru"), ("ru", "en"), ("ko", "en"))
SETS = ("ntrex-sent", "ntrex-para", "ntrex-book", "bible-sent")
# Changed units of each kind and version: beyond this the rarer kinds would count for nothing.
MOST = {"names": 400}
MOST_OTHERS = 260
SEED = 1


@dataclass(frozen=True, slots=True)
class Example:
    """A unit of a set, changed or clean, and its pairs by hop."""

    set: str
    made: Injected
    before: Texts
    pairs: Mapping[tuple[str, str], Pair]

    def differs(self, hop: tuple[str, str]) -> bool:
        """True when one of the hop's two versions was changed."""
        return self.made.version in hop


def clean_units(folder: Path, without: Path | None) -> dict[str, list[Texts]]:
    """The units of three filled sides, by set, in their order, each text once."""
    held = set()
    if without:
        rows = map(json.loads, without.read_text(encoding="utf-8").splitlines())
        held = {row[version] for row in rows for version in VERSIONS}
    every = "\n".join(sorted(held))
    seen: set[str] = set()
    found: dict[str, list[Texts]] = {name: [] for name in SETS}
    for gold in load_folder(folder):
        for unit in gold.units if gold.set in SETS else ():
            if all(unit.get(version) for version in VERSIONS):
                texts = {v: " ".join(gold.versions[v][i] for i in unit[v]) for v in VERSIONS}
                known = any(text in every or any(other in text for other in held) for text in texts.values())
                if not known and texts[VERSIONS[0]] not in seen:
                    found[gold.set].append(texts)
                    seen.add(texts[VERSIONS[0]])
    return found


def changed_units(units: Mapping[str, Sequence[Texts]]) -> list[tuple[str, Injected, Texts]]:
    """Changed units with their set and what they were before."""
    found = []
    for kind, version in itertools.product(KINDS, VERSIONS):
        made = []
        for name, texts in units.items():
            before = {tuple(unit[v] for v in VERSIONS if v != version): unit for unit in texts}
            for one in inject(texts, kind, version, SEED):
                made.append((name, one, before[tuple(one.texts[v] for v in VERSIONS if v != version)]))
        random.Random(f"{kind} {version} {SEED}").shuffle(made)
        found += made[: MOST.get(kind, MOST_OTHERS)]
    return found


def examples(units: Mapping[str, Sequence[Texts]], encoder: SummingEncoder) -> list[Example]:
    """Clean and changed units with their pairs; the changed ones use what the clean ones teach."""
    found = []
    changed = changed_units(units)
    for name, texts in units.items():
        mine = [(one, before) for set_name, one, before in changed if set_name == name]
        every = [*((Injected(unit), unit) for unit in texts), *mine]
        sides = {v: plain_sides(v, [one.texts[v] for one, _ in every], encoder) for v in VERSIONS}
        of_hop: dict[tuple[str, str], list[Pair]] = {}
        for source, target in HOPS:
            both = list(zip(sides[source], sides[target], strict=True))
            clean = pairs(both[: len(texts)], encoder)
            of_hop[source, target] = clean + pairs(both[len(texts) :], encoder, clean[0].lexicon)
        for place, (one, before) in enumerate(every):
            found.append(Example(name, one, before, {hop: of_hop[hop][place] for hop in HOPS}))
    return found
