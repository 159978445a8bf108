"""Reading aids, alignment anew and word differences as a page asks for them."""

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import pytest

from aligners.words import gloss
from aligners.words.gloss import Side
from corpora import example, read_bytes
from corpora.document import Segment, Version
from corpora.errors import ConflictError, StoreError
from reviews.bench import Bench
from reviews.desk import Command, Desk
from tests.views.conftest import bench
from views import workroom
from views.reader import aids, asks
from views.reader.beside import difference, differences
from views.reader.courier import answered
from views.reader.sheets import Sheets

ENGLISH = "We won the war 😀 in two years.\n\nNobody should pay.\n"
OTHER = "We lost the long war 😀 in three years.\n\nNobody may pay.\n"


class Hands:
    """Stands in for the background: does what it was given when it is told to."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, work: Callable[[], Any]) -> Future[Any]:
        made: Future[Any] = Future()
        self.waiting.append((made, work))
        return made

    def work(self) -> None:
        for made, work in self.waiting:
            try:
                made.set_result(work())
            except BaseException as error:
                made.set_exception(error)
        self.waiting.clear()


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    made = Hands()
    monkeypatch.setattr(workroom, "hands", lambda: made)
    workroom._answers.clear()
    return made


def asked(one: Bench, hands: Hands, **ask: Any) -> dict[str, Any]:
    """The answer to a question that takes longer: not ready at first, there when it was worked out."""
    first = asks.answer(one, {"number": 1, **ask})
    assert (first["ready"], first["kind"], first["number"]) == (False, ask["kind"], 1)
    hands.work()
    answer = asks.answer(one, {"number": 2, **ask})
    assert (answer["ready"], answer["number"]) == (True, 2)
    return json.loads(json.dumps(answer))


def texts(*pairs: tuple[str, str, str]) -> list[Version]:
    return [replace(read_bytes(text.encode(), f"{id}.txt", id), language=language) for id, language, text in pairs]


def words_of(one: Bench, answer: dict[str, Any], version: str) -> list[str]:
    """The words of an answer, cut out of the segments as a browser does."""
    side = one.work.row(answer["unit"]).sides[one.work.place(version)]
    segments = [one.work.document.version(version).segments[index].text for index in side.indexes]
    return [
        segments[k].encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le")
        for k, start, stop in answer["words"][version]
    ]


def paired(one: Bench, answer: dict[str, Any], source: str, target: str) -> set[str]:
    spelt = {version: words_of(one, answer, version) for version in answer["words"]}
    return {f"{spelt[a][i]}-{spelt[b][j]}" for a, i, b, j, _ in answer["links"] if (a, b) == (source, target)}


# ---- words ------------------------------------------------------------------------------------


def unit_of(one: Bench, begins: str) -> str:
    """The unit whose Korean side begins so."""
    korean = one.work.versions[0]
    return next(
        row.id
        for row in one.work.rows
        if len(row.sides[0]) and korean.segments[row.sides[0].start].text.startswith(begins)
    )


def test_counterparts_of_the_example_are_told_by_place(desk: Desk, hands: Hands) -> None:
    one = desk.bench(workroom.the_example(), "paragraph")
    answer = asked(one, hands, kind="words", unit=unit_of(one, "우리 나라는 아직도"))
    assert {"아직도-ещё", "독립-независимое", "완전히-полностью"} <= paired(one, answer, "ko", "ru")
    assert {"две-two", "освободив-liberating"} <= paired(one, answer, "ru", "en")
    assert {"아직도-still", "통일을-reunification"} <= paired(one, answer, "ko", "en")
    assert all(gloss.SURE <= strength <= 1 for *_, strength in answer["links"])
    assert answer["said"] == ""
    assert not any(mark in words_of(one, answer, "en") for mark in ".,;")


def test_other_scripts_are_romanised_by_the_chosen_system(desk: Desk, hands: Hands) -> None:
    one = desk.bench(workroom.the_example(), "paragraph")
    unit = unit_of(one, "우리 나라는 아직도")
    plain = asked(one, hands, kind="words", unit=unit)
    assert set(plain["scripts"]) == {"ko", "ru"}
    assert plain["scripts"]["ko"]["system"] == "revised"
    assert plain["scripts"]["ko"]["segments"][0].startswith("uri naraneun ajikdo")
    assert plain["scripts"]["ko"]["words"][:3] == ["uri", "naraneun", "ajikdo"]
    assert len(plain["scripts"]["ru"]["words"]) == len(plain["words"]["ru"])
    chosen = asked(one, hands, kind="words", unit=unit, systems={"ko": "mccune-reischauer"})
    assert chosen["scripts"]["ko"]["words"][:2] == ["uri", "naranŭn"]
    assert chosen["links"] == plain["links"]


def test_a_language_without_system_says_so_and_latin_letters_need_none() -> None:
    sides = [
        Side("el", "el", ("Ο λαός νίκησε.",)),
        Side("en", "en", ("The people won.",)),
        Side("vi", "vi", ("Người dân",)),
    ]
    found = aids.aids(sides, {}, {})
    assert found["scripts"] == {"el": {"language": "el", "systems": [], "system": ""}}


def test_places_count_the_units_of_a_browser_in_every_segment(hands: Hands) -> None:
    one = bench(texts(("en", "en", ENGLISH), ("en2", "en", OTHER)))
    answer = asked(one, hands, kind="words", unit=one.work.rows[0].id)
    assert words_of(one, answer, "en") == ["We", "won", "the", "war", "in", "two", "years"]
    assert {"years-years", "war-war"} <= paired(one, answer, "en", "en2")


def test_units_of_too_many_words_are_not_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gloss, "LONGEST", 2)
    monkeypatch.setattr(gloss, "link", None)
    sides = [Side("ru", "ru", ("Мы победили врага.",)), Side("en", "en", ("We won it all.",))]
    found = aids.aids(sides, {}, {})
    assert found["links"] == ()
    assert "more than 2 words" in found["said"]
    assert found["scripts"]["ru"]["words"] == ["My", "pobedili", "vraga"]


def test_what_fails_is_said_in_one_sentence_and_tried_again(desk: Desk, hands: Hands, caplog: Any) -> None:
    one = desk.bench(workroom.the_example(), "paragraph")
    gone = asks.answer(one, {"kind": "words", "number": 1, "unit": "n99"})
    assert gone["ready"]
    assert "not there any more" in gone["said"]
    wrong = asked(one, hands, kind="words", unit="u3", systems={"ko": "klingon"})
    assert "klingon" in wrong["said"]
    assert "words" not in wrong
    for ask in ({"kind": "nothing"}, {"kind": "words"}, {"kind": "realign"}, {"kind": "difference", "pairs": 3}):
        answer = asks.answer(one, {"number": 1, **ask})
        assert answer["ready"]
        assert answer["said"].endswith(".")


def test_an_unforeseen_failure_does_not_hang(hands: Hands, caplog: pytest.LogCaptureFixture) -> None:
    def fails() -> None:
        raise ZeroDivisionError

    assert workroom.worked_out("key", fails) is None
    hands.work()
    with pytest.raises(Exception, match="the log of the server says why"):
        workroom.worked_out("key", fails)
    assert "ZeroDivisionError" in caplog.text
    assert workroom.worked_out("key", lambda: 3) is None
    hands.work()
    assert workroom.worked_out("key", lambda: 4) == 3


def test_only_the_last_answers_are_kept(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workroom, "ANSWERS", 2)
    for number in range(5):
        assert workroom.worked_out(number, lambda number=number: [number]) is None
        hands.work()
    assert list(workroom._answers) == [3, 4]


# ---- aligning anew ----------------------------------------------------------------------------


def test_units_are_aligned_anew_where_they_come_out_otherwise(desk: Desk, hands: Hands) -> None:
    id = workroom.the_example()
    one = desk.bench(id, "paragraph")
    rows = one.work.rows
    same = asked(one, hands, kind="realign", first=rows[4].id, last=rows[8].id)
    assert "units" not in same
    assert same["said"] == "Units 5 to 9 come out as they are; nothing was changed."
    own = [row.sides for row in rows]
    desk.act(id, "paragraph", [Command(1, "merge", {"unit": rows[5].id, "with": "below"})], run="r", author="")
    answer = asked(one, hands, kind="realign", first=rows[4].id, last=rows[8].id)
    values = {"first": answer["first"], "last": answer["last"], "units": answer["units"]}
    (receipt,) = desk.act(id, "paragraph", [Command(2, "realign", values)], run="r", author="")
    assert (receipt.done, receipt.said) == (True, "Aligned units 5 to 8 anew.")
    assert [[list(side.indexes) for side in row.sides] for row in one.work.rows] == [
        [list(side.indexes) for side in sides] for sides in own
    ]


def test_a_confirmed_unit_in_the_range_is_named(desk: Desk, hands: Hands) -> None:
    id = workroom.the_example()
    one = desk.bench(id, "paragraph")
    confirm = Command(1, "confirm", {"units": ["u6"], "status": "confirmed"})
    desk.act(id, "paragraph", [confirm], run="r", author="")
    answer = asked(one, hands, kind="realign", first="u5", last="u7")
    assert "units" not in answer
    assert "Unit 6 is confirmed" in answer["said"]


# ---- two versions in one language --------------------------------------------------------------


def four() -> list[Version]:
    """Two English translations of one Russian text."""
    korean, russian, english = example.versions()
    body = english.text.replace("two parts", "three parts").replace("country", "land")
    other = replace(read_bytes(body.encode(), "en2.txt", "en2"), language="en", source="ru")
    return [korean, russian, english, other]


def page_of(one: Bench, sheets: Sheets) -> dict[str, Any]:
    page: dict[str, Any] = json.loads(sheets.page(one))
    return page


def changed(page: dict[str, Any], pair: str) -> set[tuple[str, str, str, str]]:
    """Every change of a page: its kind, version, words, and what is said of them."""
    return {
        (change["kind"], place["version"], _cut(unit, place), place["text"])
        for unit in page["units"].values()
        for change in unit.get("differences", {}).get(pair, ())
        for place in change["places"]
    }


def _cut(unit: dict[str, Any], place: dict[str, Any]) -> str:
    text = unit["sides"][place["version"]][place["segment"]]["text"]
    return text.encode("utf-16-le")[2 * place["start"] : 2 * place["stop"]].decode("utf-16-le")


def test_leaves_of_one_source_say_what_differs_when_asked(desk: Desk, hands: Hands) -> None:
    id = desk.store.add(four(), "Four versions")
    one, sheets = desk.bench(id, "paragraph"), workroom.sheets(id, "paragraph")
    assert not any(hop.id == "en-en2" for hop in one.work.document.comparisons)
    before = page_of(one, sheets)
    assert before["compared"] == []
    answer = asked(one, hands, kind="difference", pairs=[["en", "en2"]])
    assert answer == {"kind": "difference", "number": 2, "ready": True}
    patch = json.loads(sheets.patch(one, before["epoch"], before["turn"]))
    assert patch["compared"] == [["en", "en2"]]
    found = changed(patch, "en-en2")
    assert ("quantities", "en", "two", 'The other text has "three" here.') in found
    assert ("wording", "en2", "land", 'The other text has "country" here.') in found


def test_a_changed_text_is_compared_again(desk: Desk, hands: Hands) -> None:
    id = desk.store.add(four(), "Four versions")
    one, sheets = desk.bench(id, "paragraph"), workroom.sheets(id, "paragraph")
    asked(one, hands, kind="difference", pairs=[["en", "en2"]])
    before = page_of(one, sheets)
    segment = next(s for s in one.work.document.version("en2").segments if "three parts" in s.text)
    values = {
        "version": "en2",
        "segment": segment.index,
        "start": segment.start,
        "text": segment.text.replace("three", "two"),
    }
    (receipt,) = desk.act(id, "paragraph", [Command(1, "edit", values)], run="r", author="")
    assert receipt.done
    patch = json.loads(sheets.patch(one, before["epoch"], before["turn"]))
    assert len(patch["units"]) == 1
    assert not {kind for kind, *_ in changed(patch, "en-en2")} & {"quantities"}


def test_places_of_changes_count_the_units_of_a_browser_in_every_segment() -> None:
    one = bench(texts(("en", "en", ENGLISH), ("en2", "en", OTHER)))
    first, last = one.work.rows[0], one.work.rows[-1]
    whole = tuple(replace(a, stop=b.stop) for a, b in zip(first.sides, last.sides, strict=True))
    segments = {version.id: version.segments for version in one.work.versions}
    found = {
        (change["kind"], place["version"], _cut({"sides": shown(segments)}, place))
        for change in difference(one.work, replace(first, sides=whole), "en", "en2")
        for place in change["places"]
    }
    assert {("quantities", "en2", "three"), ("modality", "en", "should"), ("wording", "en2", "long")} <= found


def shown(segments: Mapping[str, Sequence[Segment]]) -> dict[str, Any]:
    """Segments as a page has them."""
    return {version: [{"text": one.text} for one in of_version] for version, of_version in segments.items()}


def test_words_are_compared_in_one_language_only(desk: Desk, hands: Hands) -> None:
    one = desk.bench(workroom.the_example(), "paragraph")
    answer = asked(one, hands, kind="difference", pairs=[["ru", "en"]])
    assert "in one language only" in answer["said"]
    unknown = asked(one, hands, kind="difference", pairs=[["en", "fr"]])
    assert 'no version "fr"' in unknown["said"]
    with pytest.raises(StoreError, match="in one language only"):
        differences(one.work, [("ko", "en")])


# ---- several questions at once ------------------------------------------------------------------


def test_a_page_asks_several_things_at_once(desk: Desk, hands: Hands) -> None:
    id = workroom.the_example()
    message = {
        "page": "p", "beat": 1, "document": id, "level": "paragraph", "epoch": "", "turn": 0, "commands": [],
        "asks": [{"kind": "history", "number": 1, "unit": "u4"}, {"kind": "words", "number": 2, "unit": "u4"},
                 {"kind": "history", "number": 3, "unit": "gone"}],
    }  # fmt: skip
    told = json.loads(answered(message, ""))
    assert "error" not in told
    assert [(one["kind"], one["number"], one["ready"]) for one in told["answers"]] == [
        ("history", 1, True),
        ("words", 2, False),
        ("history", 3, True),
    ]
    hands.work()
    told = json.loads(answered({**message, "beat": 2, "asks": message["asks"][1:2]}, ""))
    assert [one["unit"] for one in told["answers"]] == ["u4"]
    assert told["answers"][0]["words"]["ko"]


def test_a_page_hears_what_others_did_and_that_its_document_was_deleted(desk: Desk, hands: Hands) -> None:
    id = workroom.the_example()
    message = {
        "page": "mine.1", "beat": 1, "document": id, "level": "paragraph", "epoch": "", "turn": 0, "revision": 0, "asks": [],
        "commands": [{"run": "mine.1", "number": 1, "kind": "bookmark", "values": {"unit": "u1", "on": True}, "seen": 0,
                      "document": id, "level": "paragraph"}],
    }  # fmt: skip
    told = json.loads(answered(message, "Kim"))
    assert (told["others"], told["author"], "warning" in told) == ([], "Kim", False)
    desk.store.delete(id)
    told = json.loads(answered({**message, "page": "theirs.1", "commands": []}, ""))
    assert told["others"] == ["Kim bookmarked unit 1."]
    assert (told["undo"], "the Library can bring it back" in told["warning"]) == ("", True)


def test_a_conflict_is_a_sentence(desk: Desk, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    one = desk.bench(workroom.the_example(), "paragraph")

    def gone(*_: Any) -> None:
        raise ConflictError("This unit is gone.")

    monkeypatch.setitem(asks.ASKS, "history", gone)
    assert asks.answer(one, {"kind": "history", "number": 1, "unit": "u1"}) == {
        "kind": "history",
        "number": 1,
        "unit": "u1",
        "ready": True,
        "said": "This unit is gone.",
    }
