"""Gale and Church 1993, by lengths alone, in the PyPI package galechurch with its own settings."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from benchmarks.adapters.stopwatch import Beads, Stopwatch, Versions, pairwise, serve


def prepare(_options: dict[str, Any], _watch: Stopwatch) -> Callable[[Versions], dict[str, Any]]:
    """Loads galechurch."""
    if not find_spec("galechurch"):
        raise ImportError("the package galechurch is not installed")
    package: Any = import_module("galechurch")

    def align(versions: Versions) -> dict[str, Any]:
        def two(a: str, b: str) -> Beads:
            beads = package.align(list(versions[a]), list(versions[b])).beads
            return [
                (list(range(one.source_start, one.source_end)), list(range(one.target_start, one.target_end)))
                for one in beads
            ]

        return pairwise(versions, two)

    return align


if __name__ == "__main__":
    serve(prepare)
