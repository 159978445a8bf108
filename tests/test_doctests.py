"""The examples in docstrings."""

import doctest
import importlib

import pytest

from tests.test_layers import modules

WITH_EXAMPLES = sorted(
    name for name, source in modules().items() if ">>> " in source and name.split(".")[0] not in ("views", "benchmarks")
)


def test_there_are_examples():
    assert "corpora.segmenters.paragraphs" in WITH_EXAMPLES


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_come_out_as_written(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted
    assert not found.failed
