"""How long scoring takes beside encoding the same texts, in one run on one core."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from threadpoolctl import threadpool_limits

from aligners import encoders
from aligners.alignment import from_kinds
from benchmarks.divergence.injected import VERSIONS
from corpora.units import document
from divergence import score

UNITS = 100
# Each is done so often, in turn; the median counts.
ROUNDS = 3


def report(path: Path) -> Iterator[str]:
    """The figures as lines, of the first clean units of a file; the models are loaded before."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    clean = [{v: row[v] for v in VERSIONS} for row in rows if row["type"] == "none"][:UNITS]
    made = document(clean, VERSIONS)
    alignment = from_kinds(VERSIONS, ([1, 1, 1] for _ in clean), "given")
    model = encoders.load()
    texts = [unit[version] for unit in clean for version in VERSIONS]
    ways: dict[str, Callable[[], object]] = {
        "encoding": lambda: model.encode(texts),
        "scoring": lambda: score(made, alignment),
        "scoring with highlights": lambda: score(made, alignment, highlight=True),
    }
    with threadpool_limits(1):
        for way in ways.values():
            way()
        took = {name: sorted(_seconds(way) for _ in range(ROUNDS))[ROUNDS // 2] for name, way in ways.items()}
    yield f"{len(clean)} units of three versions, processor seconds:"
    for name, seconds in took.items():
        yield f"- {name}: {seconds:.2f} ({seconds / took['encoding']:.1f} times the encoding)"


def _seconds(way: Callable[[], object]) -> float:
    start = time.process_time()
    way()
    return time.process_time() - start
