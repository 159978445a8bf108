"""Hunalign (Varga et al. 2005) without a dictionary: lengths, then words that it learns from its first alignment.

The program is looked for beside the environment's Python, then on the path.
"""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.adapters.stopwatch import Beads, Stopwatch, Versions, one_line, pairwise, serve


def prepare(_options: dict[str, Any], _watch: Stopwatch) -> Callable[[Versions], dict[str, Any]]:
    """Finds the program."""
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    program = shutil.which("hunalign", path=places)
    if not program:
        raise FileNotFoundError("there is no program hunalign beside the environment's Python or on the path")

    def align(versions: Versions) -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            empty = Path(folder, "empty.dic")
            empty.touch()
            for version, texts in versions.items():
                Path(folder, version).write_text("".join(f"{one_line(text)}\n" for text in texts), encoding="utf-8")

            def two(a: str, b: str) -> Beads:
                command = [program, "-utf", "-realign", str(empty), str(Path(folder, a)), str(Path(folder, b))]
                # It keeps notes of its own in the folder where it runs.
                done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
                return beads(done.stdout)

            return pairwise(versions, two)

    return align


def beads(ladder: str) -> Beads:
    """The beads between the rungs that it prints: two line numbers and a score a line."""
    rungs = [tuple(map(int, line.split("\t")[:2])) for line in ladder.splitlines()]
    return [(list(range(a, c)), list(range(b, d))) for (a, b), (c, d) in itertools.pairwise(rungs)]


if __name__ == "__main__":
    serve(prepare)
