"""The citation block at the head of an archive's page: labels, values, and where each stands."""

import pytest

from corpora import citation, example

TITLE = (
    "The Nature of Our Revolution at the Current Stage and the Primary Tasks of Our Party in the Cause of "
    "Socialist Development in North Korea"
)
# What the owner's document says of itself, label by label.
FIELDS = [
    ("document date", "January 31, 1955"),
    ("title", TITLE),
    (
        "citation",
        f'"{TITLE}", January 31, 1955, Wilson Center Digital Archive, RGANI fond 5, opis 28, delo 314. '
        "Translated for NKIDP by Gary Goldberg. <https://digitalarchive.wilsoncenter.org/document/116303>",
    ),
    (
        "summary",
        "A Korean Worker's Party document which discusses the incomplete nature of the revolution in which the "
        "peninsula remains divided and South Korea under American influence. The document also points out the "
        "responsibilities of the Party to complete socialist development in North Korea during the transitional "
        "period.",
    ),
    ("credits", "This document was made possible with support from ROK Ministry of Unification"),
    ("original language", "Russian"),
]
PAGE = """\
**March 5, 1950**

**A Title,
over two lines**

**Citation:**

A fond 5, opis 2, delo 3.

**Original Language:**

Russian

**Contents:**

The text itself.

**Citation:**

not a field any more
"""


@pytest.fixture(scope="module")
def owner():
    text = example.versions()[2].text
    return text, citation.find(text)


def test_the_owner_s_document_has_these_fields_in_this_order(owner):
    assert [(field.label, field.value) for field in owner[1].fields] == FIELDS


@pytest.mark.parametrize("label", [label for label, _ in FIELDS])
def test_each_field_stands_where_it_says(owner, label):
    text, block = owner
    field = block.field(label)
    assert " ".join(text[field.start : field.stop].split()) == field.value


def test_the_text_itself_begins_behind_the_label_contents(owner):
    text, block = owner
    assert text[block.contents :].startswith("Translation - English\n")
    assert citation.paper(text) == text[block.contents :]


def test_labels_in_the_text_itself_are_no_fields():
    block = citation.find(PAGE)
    assert [(field.label, field.value) for field in block.fields] == [
        ("document date", "March 5, 1950"),
        ("title", "A Title, over two lines"),
        ("citation", "A fond 5, opis 2, delo 3."),
        ("original language", "Russian"),
    ]
    assert citation.paper(PAGE).startswith("The text itself.")


def test_a_label_that_is_not_there_has_no_value():
    block = citation.find(PAGE)
    assert block.field("summary") is None
    assert block.value("summary") == ""


def test_of_a_label_given_twice_the_first_counts():
    block = citation.find("**Note:**\n\none\n\n**Note:**\n\ntwo\n\n**Contents:**\n\nText.")
    assert block.value("note") == "one"


@pytest.mark.parametrize("date", ["January 31, 1955", "January 1955", "1955", "May 5, 1950"])
def test_a_bold_date_above_the_labels_is_the_date_of_the_document(date):
    block = citation.find(f"**{date}**\n\n**A Title**\n\n**Contents:**\n\nText.")
    assert (block.value("document date"), block.value("title")) == (date, "A Title")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A text without a block.",
        "**A bold title**\n\nText.",
        "**Summary:**\n\nA summary.\n\nText.",
        "Contents:\n\nText.",
        "The **Contents:** are here.\n\nText.",
    ],
)
def test_without_the_label_contents_there_is_no_block(text):
    assert citation.find(text) is None
    assert citation.paper(text) == text


def test_a_label_without_a_value_is_empty():
    block = citation.find("**Summary:**\n\n**Contents:**\n\nText.")
    assert block.value("summary") == ""
    assert citation.find("**Contents:**").contents == len("**Contents:**")
