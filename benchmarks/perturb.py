"""Further documents to learn from: known units, cut anew by chance.

Units of one segment a version are taken from a gold document in their order; then segments are left out, joined with
the next or put in from elsewhere, in each version by itself. Rates differ from copy to copy, so that none is learnt.
"""

import random
from collections.abc import Sequence

from benchmarks.gold import Gold

# Shares of segments that are left out, joined with the next, and put in; each copy draws one of each.
LEFT_OUT = (0.02, 0.04, 0.06)
JOINED = (0.08, 0.10, 0.14)
PUT_IN = (0.0, 0.01, 0.02, 0.03)
# Fewer units than this make no document.
LEAST = 6


def plain_units(gold: Gold) -> list[list[str]]:
    """The texts of the units that have just one segment in every version."""
    whole = [unit for unit in gold.units if all(len(unit.get(version) or ()) == 1 for version in gold.versions)]
    return [[texts[unit[version][0]] for version, texts in gold.versions.items()] for unit in whole]


def copy(gold: Gold, foreign: Sequence[list[str]], seed: int) -> Gold | None:
    """The document cut anew, the same for the same seed; None when it has too few plain units.

    Args:
        gold: the document.
        foreign: units of other documents in the same versions, to put in; without them nothing is put in.
        seed: begins the chance.
    """
    rows = plain_units(gold)
    if len(rows) < LEAST:
        return None
    chance = random.Random(f"{gold.name} {seed}")
    left_out, joined, put_in = chance.choice(LEFT_OUT), chance.choice(JOINED), chance.choice(PUT_IN)
    names = list(gold.versions)
    kept = [[chance.random() >= left_out for _ in rows] for _ in names]
    joints = [_joints(column, joined, chance) for column in kept]
    texts: dict[str, list[str]] = {name: [] for name in names}
    units: list[dict[str, list[int]]] = []
    open_unit: dict[str, list[int]] = {}
    for row, unit in enumerate(rows):
        for place, name in enumerate(names):
            if not kept[place][row]:
                continue
            if row and joints[place][row - 1]:
                texts[name][-1] += " " + unit[place]
            else:
                open_unit.setdefault(name, []).append(len(texts[name]))
                texts[name].append(unit[place])
        if any(column[row] for column in joints):
            continue
        if open_unit:
            units.append(open_unit)
            open_unit = {}
        for place, name in enumerate(names):
            if foreign and chance.random() < put_in:
                units.append({name: [len(texts[name])]})
                texts[name].append(chance.choice(foreign)[place])
    return Gold(f"{gold.name} copy {seed}", gold.set, gold.source, texts, units, {})


def _joints(kept: Sequence[bool], share: float, chance: random.Random) -> list[bool]:
    """Whether each segment is joined with the next; never three in a row, and only what was kept."""
    found = [False] * len(kept)
    for row in range(len(kept) - 1):
        if kept[row] and kept[row + 1] and not (row and found[row - 1]):
            found[row] = chance.random() < share
    return found
