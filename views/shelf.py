"""Finished reviews in memory, shared by all sessions of the server."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from functools import cache, partial
from threading import Lock
from typing import Any, TypeVar

from corpora.document import Version
from reviews import Review, prepare

# Reviews kept in memory; the one used longest ago goes first.
KEPT = 16
T = TypeVar("T")
Progress = Callable[[float, str], None]


class Shelf:
    """Reviews by what they were made of. What one session is making, another one waits for."""

    def __init__(self) -> None:
        self._reviews: OrderedDict[tuple[object, ...], Future[Review]] = OrderedDict()
        self._beside: OrderedDict[tuple[int, Callable[[Review], Any]], tuple[Review, Any]] = OrderedDict()
        self._lock = Lock()

    def get(
        self,
        versions: Sequence[Version],
        level: str,
        progress: Progress = lambda share, step: None,
        *,
        make: Callable[..., Review] = prepare,
    ) -> Review:
        """The review of these versions; made when it is not on the shelf."""
        texts = tuple((v.id, v.digest, v.status, v.title, v.date, v.translators) for v in versions)
        key = (level, *texts)
        while True:
            with self._lock:
                kept = self._reviews.get(key)
                mine = kept or Future()
                self._reviews[key] = mine
                self._reviews.move_to_end(key)
                while len(self._reviews) > KEPT:
                    self._reviews.popitem(last=False)
            if not kept:
                known = {"paragraphs": self._finished(("paragraph", *texts))} if level == "sentence" else {}
                return self._made(key, mine, partial(make, versions, level=level, progress=progress, **known))
            if not kept.done():
                progress(0.0, "Reading and aligning the versions")
            try:
                return kept.result()
            except CancelledError:
                # Whoever was making it gave up; it is made here then.
                continue

    def _finished(self, key: tuple[object, ...]) -> Review | None:
        """What is on the shelf under a key, None when nothing is or it is still being made."""
        with self._lock:
            kept = self._reviews.get(key)
        return kept.result() if kept and kept.done() and not kept.cancelled() else None

    def beside(self, review: Review, make: Callable[[Review], T]) -> T:
        """What `make` makes of a review, kept beside it: a page asks for it on every run."""
        # By identity, which holds as long as the review is kept with it: comparing reviews would read all their texts.
        key = (id(review), make)
        with self._lock:
            kept = self._beside.get(key)
        if kept is None:
            kept = review, make(review)
        with self._lock:
            self._beside[key] = kept
            self._beside.move_to_end(key)
            while len(self._beside) > KEPT:
                self._beside.popitem(last=False)
        made: T = kept[1]
        return made

    def _made(self, key: tuple[object, ...], place: Future[Review], make: Callable[[], Review]) -> Review:
        try:
            review = make()
        except BaseException:
            with self._lock:
                self._reviews.pop(key, None)
            place.cancel()
            raise
        place.set_result(review)
        return review


@cache
def shelf() -> Shelf:
    """The shelf of this server."""
    return Shelf()
