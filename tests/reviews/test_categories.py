"""The sets of categories: what is shipped, and what a user's file makes of it."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.errors import ReadError, WorkbenchError
from reviews.notes.categories import ID, RESERVED, SEVERITIES, SHIPPED, CategorySet, sets


@pytest.fixture
def own(tmp_path):
    """Writes a user's file and reads the sets with it."""

    def read(text: str | bytes) -> dict[str, CategorySet]:
        path = tmp_path / "mine.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return {one.id: one for one in sets(path)}

    return read


def shipped() -> dict[str, CategorySet]:
    return {one.id: one for one in sets()}


def test_four_sets_are_shipped():
    assert {id: len(one.categories) for id, one in shipped().items()} == {
        "molina-hurtado": 18,
        "vinay-darbelnet": 7,
        "leuven-zwart": 3,
        "mqm": 7,
    }


def test_only_mqm_finds_fault_and_has_severities():
    assert [one.id for one in sets() if one.evaluative] == ["mqm"]
    assert {one.id: tuple(level.id for level in one.severities) for one in sets() if one.severities} == {
        "mqm": SEVERITIES
    }
    assert not any(one.is_changed for one in sets())


@pytest.mark.parametrize("one", sets(), ids=lambda one: one.id)
def test_every_set_and_category_says_what_it_is(one):
    assert one.title
    assert one.source
    assert one.description
    assert len({category.id for category in one.categories}) == len(one.categories)
    for category in (*one.categories, *one.severities):
        assert ID.fullmatch(category.id)
        assert category.title
        # One line, a sentence.
        assert 20 < len(category.explanation) < 160
        assert category.explanation.endswith(".")
        assert "\n" not in category.explanation + category.example
        assert one.category(category.id) in (category, None)
    assert one.category("no-such-category") is None


def test_the_shipped_file_is_in_the_form_of_a_users_own(own):
    """Given as one's own file it changes nothing; severities are the one thing a user's file does not have."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert own(text[: text.index("[mqm.severities.neutral]")]) == shipped()


def test_a_set_of_ones_own_is_added_behind_the_shipped_ones(own):
    category = '[seminar.categories.allusion]\ntitle = "Allusion"\nexplanation = """Alludes to\n  another."""\n'
    found = own(f'[seminar]\ntitle = "Questions"\n{category}')
    assert list(found) == [*shipped(), "seminar"]
    seminar = found["seminar"]
    assert (seminar.title, seminar.evaluative, seminar.severities) == ("Questions", False, ())
    assert seminar.category("allusion").explanation == "Alludes to another."
    assert {id: one for id, one in found.items() if id != "seminar"} == shipped()


def test_a_set_of_ones_own_that_finds_fault_has_severities(own):
    text = '[faults]\ntitle = "Faults"\nevaluative = true\n[faults.categories.a]\ntitle = "A"\nexplanation = "B"\n'
    assert own(text)["faults"].severities == shipped()["mqm"].severities


def test_a_shipped_set_is_changed_and_keeps_its_id_and_the_rest(own):
    found = own(
        '[molina-hurtado]\nwithout = ["borrowing"]\n'
        '[molina-hurtado.categories.calque]\ntitle = "Loan translation"\n'
        '[molina-hurtado.categories.omission]\ntitle = "Omission"\nexplanation = "Left out."\n'
    )
    one, before = found["molina-hurtado"], shipped()["molina-hurtado"]
    assert one.is_changed
    assert one.title == before.title + " (changed)"
    assert one.source == "Changed by the user, after: " + before.source
    ids = [category.id for category in before.categories if category.id != "borrowing"]
    assert [category.id for category in one.categories] == [*ids, "omission"]
    assert one.category("calque").title == "Loan translation"
    assert one.category("calque").explanation == before.category("calque").explanation
    assert found["mqm"] == shipped()["mqm"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (None, "Error dimensions (changed)"),
        ("Faults we look for", "Faults we look for"),
        ("MQM", "Categories (changed)"),
        ("mqm of ours", "Of ours (changed)"),
        ("Our (MQM) list", "Our list (changed)"),
        ("Our M.Q.M. list", "Our list (changed)"),
        ("ＭＱＭ list", "List (changed)"),
        ("M\u200bQM list", "List (changed)"),
        ("MQM2 list", "List (changed)"),
        ("Multidimensional Quality Metrics: ours", "Ours (changed)"),
        ("MQM error dimensions", "Error dimensions (changed)"),
    ],
)
def test_a_changed_list_is_not_called_mqm(own, title, shown):
    said = f'title = "{title}"\n' if title else ""
    one = own(f'[mqm]\n{said}[mqm.categories.accuracy]\ntitle = "Faithfulness"\n')["mqm"]
    assert (one.id, one.title, one.evaluative, one.is_changed) == ("mqm", shown, True, True)
    assert not RESERVED.search(one.title)
    assert one.severities == shipped()["mqm"].severities


def test_a_list_that_only_bears_another_title_is_a_changed_one(own):
    assert own('[mqm]\ntitle = "MQM, the true one"\n')["mqm"].title == "The true one (changed)"


def test_another_list_is_not_called_mqm_either(own):
    text = '[ours]\ntitle = "{}"\n[ours.categories.a]\ntitle = "A"\nexplanation = "B"\n'
    assert own(text.format("MQM for us"))["ours"].title == "For us"
    assert own(text.format("MQM"))["ours"].title == "Categories"


def test_the_same_said_again_changes_nothing(own):
    assert own('[mqm]\nevaluative = true\n[mqm.categories.accuracy]\ntitle = "Accuracy"\n') == shipped()
    assert own("") == own("[mqm.categories.accuracy]\ntitle = ''\nexplanation = ''\n") == shipped()


CATEGORY = '[x.categories.a]\ntitle = "A"\nexplanation = "B"\n'


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[mqm\n", ("not valid TOML", "line 1")),
        (b"\xff\xfe[", ("UTF-8",)),
        ('mqm = "x"', ('key "mqm"', "square brackets")),
        ('["My set"]\ntitle = "x"', ('key "My set"', "small Latin letters")),
        ("[x]\n" + CATEGORY, ("[x]", 'key "title"', "missing")),
        ('[x]\ntitle = "X"', ("[x]", 'key "categories"', "[x.categories.some-id]")),
        ('[x]\ntitle = "X"\ncategories = []', ("[x]", 'key "categories"', "heading")),
        ('[x]\ntitle = " "\n' + CATEGORY, ('key "title"', "empty")),
        ('[x]\ntitle = 3\n' + CATEGORY, ('key "title"', "quotation marks")),
        ('[x]\ntitle = "X"\nwithout = ["a"]\n' + CATEGORY, ('key "without"', "not known")),
        ('[x]\ntitle = "X"\nevaluative = "yes"\n' + CATEGORY, ('key "evaluative"', "neither true nor false")),
        ('[x]\ntitle = "X"\ncolour = "red"\n' + CATEGORY, ('key "colour"', "title, source, description")),
        ('[x]\ntitle = "X"\n' + CATEGORY + 'sample = "C"', ("[x], categories, [a]", 'key "sample"', "example")),
        ('[x]\ntitle = "X"\n[x.categories.a]\ntitle = "A"', ("[a]", 'key "explanation"', "missing")),
        ('[x]\ntitle = "X"\n[x.categories]\na = 1', ('key "a"', "square brackets")),
        (f'[x]\ntitle = "{"X" * 2001}"\n' + CATEGORY, ('key "title"', "2001", "2000")),
        ("[mqm.severities.minor]\ntitle = 'x'", ("[mqm]", 'key "severities"', "not known")),
        ("[mqm]\nevaluative = false", ("[mqm]", 'key "evaluative"', "another id")),
        ("[leuven-zwart]\nevaluative = true", ("[leuven-zwart]", 'key "evaluative"', "another id")),
        ('[mqm]\nwithout = "style"', ('key "without"', "list")),
        ('[mqm]\nwithout = ["hue", {}]', ('key "without"', '"hue"', "known are terminology")),
        ('[mqm]\nwithout = [{}]', ('key "without"', "known are terminology")),
        ('[leuven-zwart]\nwithout = ["modulation", "modification", "mutation"]', ('key "without"', "leave one in")),
        ("[mqm.categories.new]\ntitle = 'New'", ("[mqm], categories, [new]", 'key "explanation"')),
        ("[" + "a." * 5000 + "a]", ()),
        ("x = " + "[" * 5000, ()),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_named_with_what_to_do(own, text, parts):
    with pytest.raises(ReadError) as raised:
        own(text)
    message = str(raised.value)
    assert "mine.toml" in message
    for part in parts:
        assert part in message


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ReadError, match=r"none\.toml cannot be read .*No such file"):
        sets(tmp_path / "none.toml")
    with pytest.raises(ReadError, match="cannot be read"):
        sets(tmp_path)


values = st.recursive(
    st.one_of(st.booleans(), st.integers(0, 9), st.just("text"), st.just("")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(
            st.sampled_from(["title", "explanation", "categories", "without", "accuracy", "x"]), inner, max_size=3
        ),
    ),
    max_leaves=8,
)


def toml(value) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else repr(value)


@given(text=st.dictionaries(st.sampled_from(["mqm", "leuven-zwart", "mine"]), values).map(
    lambda file: "\n".join(f"{key} = {toml(value)}" for key, value in file.items())
))  # fmt: skip
def test_whatever_a_file_holds_there_are_sets_or_one_kind_of_error(tmp_path_factory, text):
    tomllib.loads(text)
    path = tmp_path_factory.mktemp("sets") / "mine.toml"
    path.write_text(text, encoding="utf-8")
    try:
        found = sets(path)
    except WorkbenchError:
        return
    for one in found:
        assert one.title
        assert one.categories
        assert not (one.is_changed and RESERVED.search(one.title))
