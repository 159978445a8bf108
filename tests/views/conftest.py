"""The example at both levels of the app."""

from functools import cache

import pytest

from corpora import example
from reviews import Review, prepare


@cache
def reviewed(level: str) -> Review:
    """The review of the 1955 chain; made once for each level."""
    return prepare(example.versions(), level=level)


@pytest.fixture(params=["paragraph", "sentence"])
def review(request: pytest.FixtureRequest, example_review: Review) -> Review:
    """The review of the 1955 chain at each level of the app."""
    return example_review if request.param == "paragraph" else reviewed(request.param)
