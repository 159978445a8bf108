"""What a review says of itself."""

from dataclasses import replace

from corpora import example, read_bytes
from reviews import prepare

LIBRARY = """История сельской библиотеки

Библиотеку построили на средства колхоза.

Каждый вечер сюда приходили читать газеты."""


def test_the_divergences_of_a_unit_are_looked_up_and_not_searched_for(example_review):
    class Counted(tuple):
        walks = 0

        def __iter__(self):
            Counted.walks += 1
            return super().__iter__()

    review = replace(example_review, divergences=Counted(example_review.divergences))
    found = [review.divergence(number) for number in range(len(review.alignment.units))]
    assert [one for scores in found for one in scores.values()] == list(example_review.divergences)
    assert Counted.walks == 1


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
    assert review.document.version("ru").metadata["date_said_by"] == "English"
    assert "date_said_by" not in review.document.version("en").metadata
