"""The queue of doubtful places leads with what can be verified, and forgets what was decided."""

import pytest

from reviews import find
from reviews.desk import Command, Desk
from reviews.doubt import VERIFIABLE, doubtful
from reviews.storage.store import Store
from tests.conftest import example


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Desk:
    where = tmp_path_factory.mktemp("doubt") / "relay.db"
    return Desk(Store(str(where)), find)


@pytest.fixture(scope="module")
def document(desk) -> str:
    return desk.store.add(example.versions(), "1955")


def act(desk: Desk, document: str, number: int, kind: str, values: dict[str, object]) -> None:
    (receipt,) = desk.act(document, "paragraph", [Command(number, kind, values, 10**6)], run="a", author="")
    assert receipt.done, receipt.said


def test_the_queue(desk, document):
    bench = desk.bench(document, "paragraph")
    review = bench.review()
    queue = doubtful(review)
    order = (*VERIFIABLE, "confidence", "divergence")
    assert [doubt.kind for doubt in queue] == sorted((doubt.kind for doubt in queue), key=order.index)
    assert {"quantities", "names", "negation"} <= {doubt.kind for doubt in queue}
    assert len({doubt.unit for doubt in queue}) == len(queue)
    assert not any(doubt.is_done for doubt in queue)
    first, second = queue[0], queue[1]

    act(desk, document, 1, "confirm", {"units": [first.unit], "status": "confirmed"})
    assert [one.unit for one in doubtful(bench.review()) if one.is_done] == [first.unit]

    number = review.ids.index(second.unit)
    asked = 1
    for hop, one in review.divergence(number).items():
        for issue in one.issues:
            asked += 1
            spans = [[reason.version, reason.start, reason.stop] for reason in issue.reasons]
            wish = {"unit": second.unit, "hop": hop, "issue": issue.kind, "verdict": "dismissed", "spans": spans}
            act(desk, document, asked, "verdict", wish)
    assert asked > 1
    assert {one.unit for one in doubtful(bench.review()) if one.is_done} == {first.unit, second.unit}

    for number in range(1, asked):
        act(desk, document, 90 + number, "undo", {})
    assert {one.unit for one in doubtful(bench.review()) if one.is_done} == {first.unit}
