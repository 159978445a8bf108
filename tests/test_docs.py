"""The documentation does what it says."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from aligners import ALIGNERS, ENCODERS
from corpora import LEVELS, READERS, read_bytes
from divergence import METRICS
from exports import EXPORTERS, Selection, to_bytes
from exports.rows import columns
from reviews import prepare
from views import guide

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FORMATS = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ \.venv/bin/python (workbench\.py .+)\n((?:(?!```).*\n)*)", README, re.MULTILINE)


def test_the_readme_shows_a_command():
    assert COMMANDS


@pytest.mark.parametrize(("command", "output"), COMMANDS)
def test_commands_print_what_the_readme_shows(command, output, tmp_path):
    words = [str(ROOT / word) if word.startswith("seeds/") else word for word in command.split()[1:]]
    done = subprocess.run(
        [sys.executable, ROOT / "workbench.py", *words], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert done.stdout == output


@pytest.mark.parametrize("name", [*ALIGNERS, *ENCODERS, *LEVELS])
def test_every_registered_name_is_documented(name):
    assert f"`{name}`" in README or f" {name}" in README


@pytest.mark.parametrize("kind", [*READERS, *EXPORTERS])
def test_every_format_has_its_section(kind):
    assert any(f"`{kind}`" in heading for heading in re.findall(r"^## .+$", FORMATS, re.MULTILINE))


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_is_explained_in_the_guide(metric):
    assert metric.capitalize() in guide.METRICS


def test_links_and_pictures_of_the_readme_exist():
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_make_target_of_the_documentation_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for text in (README, (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        named = set(re.findall(r"^make ([a-z]+)|`make ([a-z]+)", text, re.MULTILINE))
        assert named
        assert {one or other for one, other in named} <= targets


def test_an_install_that_was_interrupted_is_taken_up_again(tmp_path):
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    done = subprocess.run(["make", "-n", "install"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "-m venv .venv" in done.stdout


def test_every_result_names_its_command():
    for path in (ROOT / "benchmarks" / "results").glob("2*.md"):
        assert "$ python -m benchmarks." in path.read_text(encoding="utf-8"), path.name


def test_the_formats_name_every_column_and_key():
    review = prepare(
        [read_bytes(text.encode(), f"{id}.txt", id) for id, text in (("ko", "하나.\n\n둘."), ("ru", "Один.\n\nДва."))]
    )
    record = json.loads(to_bytes(Selection(review), ".json"))
    first = {**record["versions"][0], **record["versions"][0]["segments"][0], **record["units"][0]}
    for key in (*record, *first):
        assert f"`{key}`" in FORMATS or f"`{key}[" in FORMATS or f"[].{key}`" in FORMATS or f".{key}`" in FORMATS, key
    for column in columns(Selection(review)):
        name = column.split(" ", 1)[-1]
        assert column in FORMATS or name in FORMATS or name in METRICS, column
