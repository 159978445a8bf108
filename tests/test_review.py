"""What a review says of itself."""

from corpora import example, read_bytes
from reviews import prepare

LIBRARY = """История сельской библиотеки

Библиотеку построили на средства колхоза.

Каждый вечер сюда приходили читать газеты."""


def test_versions_of_one_text_raise_no_doubt(example_review):
    assert example_review.doubt == ""


def test_a_text_that_is_no_version_of_the_others_raises_doubt():
    korean, _, english = example.versions()
    review = prepare([korean, read_bytes(LIBRARY.encode(), "library.txt", "ru"), english])
    assert "may not be versions of one text" in review.doubt
    assert review.doubt.startswith("Versions ko and ru share only")


def test_what_another_paper_says_of_a_text_is_told_as_its_word():
    korean, _, english = example.versions()
    review = prepare([korean, read_bytes(LIBRARY.encode(), "library.txt", "ru"), english])
    assert review.document.version("ru").metadata["said_by"] == "English"
    assert "said_by" not in review.document.version("en").metadata
