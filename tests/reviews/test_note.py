"""What notes say: to and from plain values, and what a page may send."""

import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.document import Document
from corpora.errors import StoreError, WorkbenchError
from reviews.notes import categories
from reviews.notes.anchor import Anchor, anchor
from reviews.notes.note import CERTAINTIES, LONGEST, STATES, Note, Reply, checked, note_from, to_values
from tests.strategies import ODDITIES, SENTENCES

EVERY = tuple(sentence for sentences in SENTENCES.values() for sentence in sentences)
texts = st.one_of(st.sampled_from(EVERY), st.sampled_from(ODDITIES), st.text(max_size=8))
times = st.datetimes().map(lambda time: time.isoformat(timespec="seconds") + "+00:00")
anchors = st.builds(
    lambda text, start, gone: Anchor(**asdict(anchor("ru", text, start, start + 4)) | {"gone": gone}),
    st.sampled_from(EVERY), st.integers(0, 2), st.booleans(),
)  # fmt: skip
FAULTS = ("", "neutral", "minor", "major", "critical")


def one_of(set_id: str) -> st.SearchStrategy[str]:
    (one,) = (one for one in categories.sets() if one.id == set_id)
    return st.sampled_from([category.id for category in one.categories])


chosen = st.fixed_dictionaries({}, optional={one.id: one_of(one.id) for one in categories.sets()})
notes = st.builds(
    Note,
    id=texts, anchors=st.lists(anchors, max_size=3).map(tuple), hop=st.sampled_from(["", "ko-ru", "ru-en"]),
    categories=st.one_of(chosen, st.dictionaries(texts, texts, max_size=2)), severity=st.sampled_from(FAULTS), body=texts,
    alternatives=st.lists(texts, max_size=3).map(tuple), evidence=texts, certainty=st.sampled_from(["", *CERTAINTIES]),
    state=st.sampled_from(STATES), author=texts, created=st.one_of(times, texts), changed=times,
    replies=st.lists(st.builds(Reply, texts, times, texts), max_size=2).map(tuple), origin=texts,
)  # fmt: skip
# What JSON can hold.
plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)

TEXT = SENTENCES["ru"][0]
PLACE = asdict(anchor("ru", TEXT, 5, 11))


def sent(**values) -> dict:
    return {"anchors": [PLACE], "body": "Really?", **values}


@given(notes)
def test_a_note_survives_the_way_through_json(note):
    assert note_from(json.loads(json.dumps(to_values(note)))) == note


@given(notes)
def test_values_are_plain_and_say_every_field(note):
    values = to_values(note)
    assert list(values) == list(Note.__slots__)
    assert json.loads(json.dumps(values)) == values


@settings(max_examples=200)
@given(notes, chosen, one_of("mqm"), times, st.lists(anchors, min_size=1, max_size=3), st.sampled_from(EVERY))
def test_what_was_checked_is_a_note_and_is_not_changed_again(note, categories, fault, created, places, body):
    given = to_values(
        replace(
            note,
            categories=categories | {"mqm": fault},
            created=created,
            anchors=tuple(places),
            body=note.body + body,
        )
    )
    values = checked(given)
    assert to_values(note_from(values)) == values
    assert checked(values) == values
    for name in ("anchors", "categories", "severity", "certainty", "state", "created", "changed"):
        assert values[name] == given[name]
    written = json.dumps(values, ensure_ascii=False)
    assert "\x00" not in written
    written.encode()


@settings(max_examples=300)
@given(st.data())
def test_any_values_are_a_note_or_one_kind_of_error(data):
    values = data.draw(st.one_of(
        plain,
        st.dictionaries(st.sampled_from([*Note.__slots__, "x"]), plain, max_size=3),
        st.dictionaries(st.sampled_from(Note.__slots__), plain, max_size=2).map(lambda values: sent(**values)),
        st.dictionaries(st.sampled_from([*Anchor.__slots__, "x"]), plain, max_size=2).map(
            lambda values: sent(anchors=[PLACE | values])
        ),
    ))  # fmt: skip
    for read in (note_from, checked):
        try:
            told = repr(read(values)) + "."
        except WorkbenchError as error:
            told = str(error)
        assert told.endswith(".")


def test_a_page_may_send_the_little_there_is():
    assert checked(sent()) == to_values(Note(anchors=(Anchor(**PLACE),), body="Really?"))


def test_what_is_entered_is_cleaned():
    values = checked(
        sent(
            body="  one \r\n\ttwo\x00\u2028three\ud800 ",
            author=" Kim\n  Il ",
            evidence=" e\u0301 ",
            alternatives=[" a  b ", "", "a b", "c"],
            categories={"mqm": "", "leuven-zwart": " mutation "},
            replies=[{"author": "Pak", "created": "", "body": " "}, {"author": " ", "created": "", "body": " so\n"}],
        )
    )
    assert values["body"] == "one \n\ttwo\nthree"
    assert values["author"] == "Kim Il"
    assert values["evidence"] == "é"
    assert values["alternatives"] == ["a b", "c"]
    assert values["categories"] == {"leuven-zwart": "mutation"}
    assert values["replies"] == [{"author": "", "created": "", "body": "so"}]


def test_a_quote_keeps_the_controls_that_texts_hold():
    text = "one\x0ctwo\x85three"
    place = asdict(anchor("en", text, 3, 8))
    assert checked(sent(anchors=[place]))["anchors"] == [place]


def test_one_category_of_each_set_and_a_severity_beside_mqm():
    four = {
        "molina-hurtado": "reduction",
        "vinay-darbelnet": "modulation",
        "leuven-zwart": "mutation",
        "mqm": "accuracy",
    }
    assert checked(sent(categories=four, severity="minor"))["categories"] == four
    with pytest.raises(StoreError, match='"severity": it stands only beside a category of "MQM error dimensions"'):
        checked(sent(categories={"molina-hurtado": "reduction"}, severity="minor"))


def test_categories_are_those_of_the_sets_in_use():
    mine = categories.CategorySet(
        "mine", "Mine", "", "", True, (categories.Category("a", "A", "B."),), categories.sets()[-1].severities
    )
    values = sent(categories={"mine": "a"}, severity="major")
    assert checked(values, sets=[mine])["categories"] == {"mine": "a"}
    with pytest.raises(WorkbenchError, match='no set of categories called "mine"; known are: molina-hurtado, '):
        checked(values)
    with pytest.raises(WorkbenchError, match='no category of "Mine" called "b"; known are: a'):
        checked(sent(categories={"mine": "b"}), sets=[mine])
    # A kept note whose category is known no more is read all the same.
    assert note_from(values).categories == {"mine": "a"}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (None, 'key "note": it is not an object'),
        ([], 'key "note": it is not an object'),
        (sent(colour="red"), 'key "colour": it is not known; leave it out or use one of id, anchors'),
        (sent(body=3), 'key "body": it is not a text'),
        (sent(body=None), 'key "body": it is not a text'),
        (sent(alternatives="a"), 'key "alternatives": it is not a list of texts'),
        (sent(alternatives=[1]), 'key "alternatives": it is not a text'),
        (sent(categories=["mqm"]), 'key "categories": it is not an object of texts'),
        (sent(categories={"mqm": 1}), 'key "categories": it is not a text'),
        (sent(anchors={}), 'key "anchors": it is not a list of places'),
        (sent(anchors=[]), "stands nowhere; select the words"),
        (sent(anchors=["ru"]), 'key "anchors": it is not an object'),
        (sent(anchors=[{"version": "ru"}]), 'key "anchors": "start" is missing'),
        (sent(anchors=[PLACE | {"start": True}]), 'key "start": it is not a whole number'),
        (sent(anchors=[PLACE | {"start": 5.0}]), 'key "start": it is not a whole number'),
        (sent(anchors=[PLACE | {"start": 10**5000}]), 'key "start": it is not a whole number'),
        (sent(anchors=[PLACE | {"gone": 0}]), 'key "gone": it is not true or false'),
        (sent(anchors=[PLACE | {"start": 6}]), 'key "anchors": characters 6 to 11'),
        (sent(anchors=[PLACE | {"start": -1, "stop": 5}]), 'key "anchors": characters -1 to 5'),
        (sent(anchors=[PLACE | {"quote": "стра\x00а"}]), "characters that cannot be kept"),
        (sent(anchors=[PLACE | {"before": "x" * 33}]), 'key "before": it has 33 characters; shorten it to 32'),
        (sent(replies=[{"author": "Pak", "body": "so"}]), 'key "replies": "created" is missing'),
        (sent(replies=[{"author": "Pak", "body": "so", "created": "today"}]), 'key "replies": "today" is no time'),
        (sent(severity="grave"), 'key "severity": it is "grave"; choose one of neutral, minor, major, critical'),
        (sent(certainty="sure"), 'key "certainty": it is "sure"; choose one of certain, likely, possible'),
        (sent(state=""), 'key "state": it is ""; choose one of open, settled, withdrawn'),
        (sent(created="yesterday"), 'key "created": "yesterday" is no time in UTC'),
        (sent(changed="2026-01-31T12:00:00"), 'key "changed": "2026-01-31T12:00:00" is no time in UTC'),
        (sent(changed="2026-01-31T12:00:00+09:00"), "is no time in UTC"),
        (sent(body="x" * 20_001), 'key "body": it has 20001 characters; shorten it to 20000'),
        (sent(author="x" * 201), 'key "author": it has 201 characters'),
        (sent(alternatives=["x" * 2001]), 'key "alternative": it has 2001 characters'),
        (sent(alternatives=[str(number) for number in range(101)]), 'key "alternatives": it has 101 entries'),
        (sent(anchors=[PLACE] * 101), 'key "anchors": it has 101 entries'),
        (sent(body=" \n "), "says nothing; write something or choose a category"),
        (sent(categories={"mqm": "speed"}), 'called "speed"; known are: terminology, accuracy'),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(values, message):
    with pytest.raises(WorkbenchError) as raised:
        checked(values)
    assert message in str(raised.value)
    assert len(str(raised.value)) < 400


@pytest.mark.parametrize("values", [{"categories": {"mqm": "style"}}, {"alternatives": ["a"]}, {"evidence": "e"}])
def test_a_note_may_speak_without_a_body(values):
    assert checked({"anchors": [PLACE], **values})["body"] == ""


@pytest.mark.parametrize("time", ["", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00.5+00:00"])
def test_times_in_utc_are_taken_as_they_are(time):
    assert checked(sent(created=time))["created"] == time


def test_every_text_and_list_has_a_longest_length():
    """But for the choices."""
    names = {*Note.__slots__, *Reply.__slots__, "version", "quote", "before", "after"}
    assert names - {"severity", "certainty", "state"} <= set(LONGEST)


def test_of_a_document_places_are_enough(document: Document):
    text = document.version("ru").text
    values = checked(sent(anchors=[{"version": "ru", "start": 2, "stop": 14}], hop="ru-en"), document=document)
    assert note_from(values).anchors == (anchor("ru", text, 2, 14),)
    # Words around a place may have changed meanwhile; its own have not.
    place = asdict(anchor("ru", text, 2, 14)) | {"before": "x"}
    assert checked(sent(anchors=[place]), document=document)["anchors"] == values["anchors"]
    gone = place | {"gone": True, "quote": "gone words"}
    assert checked(sent(anchors=[gone]), document=document)["anchors"] == [gone]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (sent(anchors=[{"version": "fr", "start": 0, "stop": 1}]), 'no version "fr"; it has ko, ru, en'),
        (sent(anchors=[{"version": "ru", "start": 0, "stop": 10**6}]), "cannot stand at characters 0 to 1000000"),
        (sent(anchors=[{"version": "ru", "start": 0, "stop": 1, "quote": "я"}]), 'has "О" where the note was to stand on "я"'),
        (sent(anchors=[{"version": "ru", "start": 0, "stop": 1}], hop="en-ru"), 'comparison called "en-ru"; known are: ko-ru'),
        (sent(anchors=[{"version": "ru"}]), '"start" is missing'),
        (sent(anchors=3), "list of places"),
        (3, "not an object"),
    ],
)  # fmt: skip
def test_places_that_the_document_does_not_have_are_named(document, values, message):
    with pytest.raises(WorkbenchError) as raised:
        checked(values, document=document)
    assert message in str(raised.value)
