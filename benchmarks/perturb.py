"""Further documents to learn from: known units, cut anew by chance.

Units of one segment a version are taken from a gold document in their order; then segments are left out, joined with
the next or put in from elsewhere, in each version by itself. Rates differ from copy to copy, so that none is learnt.
"""

import itertools
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.gold import Gold

# Shares of segments that are left out, joined with the next, and put in; each copy draws one of each. (Segments replaced
# by others were tried: they teach to doubt what the encoder reads badly, and cost the Gospel two units in a hundred.)
LEFT_OUT = (0.02, 0.04, 0.06)
JOINED = (0.08, 0.10, 0.14)
PUT_IN = (0.0, 0.01, 0.02, 0.03)
# Fewer units than this make no document.
LEAST = 6


@dataclass(frozen=True, slots=True)
class Side:
    """A version of a copy: its texts; for each unit of the document its segments and those from elsewhere behind it, and
    whether it is joined with the next."""

    texts: list[str]
    own: list[list[int]]
    foreign: list[list[int]]
    joints: list[bool]


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
    kept = [[chance.random() >= left_out for _ in rows] for _ in gold.versions]
    joints = [_joints(column, joined, chance) for column in kept]
    sides: dict[str, Side] = {}
    for place, name in enumerate(gold.versions):
        side = sides[name] = Side([], [], [], joints[place])
        for row, unit in enumerate(rows):
            # Nothing from elsewhere stands inside a unit.
            is_open = any(column[row] for column in joints)
            is_joined = bool(row) and joints[place][row - 1]
            side.own.append([])
            if kept[place][row]:
                if is_joined:
                    side.texts[-1] += " " + unit[place]
                else:
                    side.own[-1].append(len(side.texts))
                    side.texts.append(unit[place])
            side.foreign.append([])
            if foreign and not is_open and chance.random() < put_in:
                side.foreign[-1].append(len(side.texts))
                side.texts.append(chance.choice(foreign)[place])
    pairs = {
        f"{a}-{b}": [[unit.get(a, []), unit.get(b, [])] for unit in _units({a: sides[a], b: sides[b]})]
        for a, b in itertools.combinations(sides, 2)
    }
    texts = {name: side.texts for name, side in sides.items()}
    return Gold(f"{gold.name} copy {seed}", gold.set, gold.source, texts, _units(sides), pairs)


def _units(sides: Mapping[str, Side]) -> list[dict[str, list[int]]]:
    """The units of some versions: what any of them joins is one."""
    units: list[dict[str, list[int]]] = []
    unit: dict[str, list[int]] = {}
    for row in range(max(len(side.own) for side in sides.values())):
        for name, side in sides.items():
            if side.own[row]:
                unit.setdefault(name, []).extend(side.own[row])
        if any(side.joints[row] for side in sides.values()):
            continue
        units += [unit] if unit else []
        unit = {}
        units += [{name: side.foreign[row]} for name, side in sides.items() if side.foreign[row]]
    return units


def _joints(kept: Sequence[bool], share: float, chance: random.Random) -> list[bool]:
    """Whether each segment is joined with the next; never three in a row, and only what was kept."""
    found = [False] * len(kept)
    for row in range(len(kept) - 1):
        if kept[row] and kept[row + 1] and not (row and found[row - 1]):
            found[row] = chance.random() < share
    return found
