"""Runs one aligner in a process of its own: the same segments as JSON in, units or pairs and what they cost out."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
# Libraries take as many threads as there are cores for the run.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
# No vectors are kept from an earlier run.
COLD = {"RELAY_CACHE": "off", "PYTHONDONTWRITEBYTECODE": "1"}


class SkippedError(Exception):
    """Why an aligner could not be run: what it needs is missing, or it broke off."""


def run(
    adapter: str,
    python: str,
    documents: Sequence[Mapping[str, Sequence[str]]],
    options: Mapping[str, Any],
    *,
    cores: int = 1,
) -> dict[str, Any]:
    """What the adapter answers: "documents", with "units" or "pairs" each, and seconds and bytes (`stopwatch.serve`).

    Args:
        adapter: a module of this folder.
        python: the Python that has what the adapter needs.
        documents: the segments' texts of each version by its id, a document after another.
        options: what the adapter is told; each has its own.
        cores: the process is held to so many.

    Raises:
        SkippedError: what the adapter needs is not there, or it broke off.
    """
    request = json.dumps({"documents": documents, "options": options, "cores": cores})
    command = [python, "-m", f"{__name__}.{adapter}"]
    environment = os.environ | COLD | dict.fromkeys(THREADS, str(cores))
    try:
        done = subprocess.run(
            command, input=request, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=environment
        )
    except OSError as error:
        raise SkippedError(f"{python} cannot be run ({error.strerror})") from None
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["nothing was said"]
        raise SkippedError(f"broke off with {done.returncode}: {said[-1]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "missing" in answer:
        raise SkippedError(answer["missing"])
    return answer
