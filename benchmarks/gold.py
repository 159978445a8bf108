"""Documents with gold alignments, as the benchmarks read them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpora.document import Segment


@dataclass(frozen=True, slots=True)
class Gold:
    """A document's versions as segments' texts, and the units a person or a construction says are right."""

    name: str
    set: str
    source: str
    versions: dict[str, list[str]]
    units: list[dict[str, list[int]]]
    pairs: dict[str, list[list[list[int]]]]

    def segments(self, version: str) -> tuple[Segment, ...]:
        """The segments of a version, one a line."""
        return tuple(Segment(i, i, "paragraph", 0, len(text), text) for i, text in enumerate(self.versions[version]))

    def units_of(self, versions: Sequence[str]) -> list[list[list[int]]]:
        """The gold units of some of the versions; two of them alone have finer units than all together."""
        pair = "-".join(versions)
        if pair in self.pairs:
            return self.pairs[pair]
        return [[unit.get(version) or [] for version in versions] for unit in self.units]


def load(path: Path) -> Gold:
    """The document in a gold file."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Gold(
        data.get("name", path.stem), data.get("set", path.stem), data.get("source", ""),
        data["versions"], data["gold"], data.get("pairs", {}),
    )  # fmt: skip


def load_folder(folder: Path) -> list[Gold]:
    """Every gold document in a folder, by name."""
    return [load(path) for path in sorted(folder.glob("*.json"))]
