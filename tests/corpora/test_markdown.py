"""Markdown: what becomes of its marks, footnotes, tables and front matter, and what is told of the rest."""

import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpora
from corpora import example
from corpora.contents import File
from corpora.errors import WorkbenchError
from corpora.readers import markdown, plain

PAGE = """\
---
title: "On Cooperatives"
author: [I. Ivanov, P. Petrov]
translator: A. Smith
date: 1955-02-14
lang: en
layout: page
tags:
  - one
  - two
---
# On *Cooperatives*

The **first** paragraph[^1] with a [link](http://example.org), `code` and a
second line[^two].<!-- hidden -->

1. Lend seed;
2. Mend tools.

   A second paragraph of the item.

- bread
- rice

> As it was said.

```
x = 1

y = 2
```

| Year | Harvest |
|------|---------|
| 1954 | small[^t] |

![A field](field.png)

The harvest
-----------

Good ~~bad~~ harvest <b>this</b> year<br>and the next.

<div>A box</div>

<!-- over

several lines -->

[^1]: The first *note*
    goes on.

    And has a second paragraph.
[^two]: The second note.
[^t]: In a table.
[^never]: Called by nothing.
"""


def read(text, name="paper.md", **options):
    return markdown.read(File(name, text.encode(), "utf-8", **options))


def blocks(text):
    """Kind and text of every paragraph."""
    (version,) = read(text).versions
    return [(block.kind, version.text[block.start : block.stop]) for block in version.blocks]


def test_everything_a_page_marks():
    assert blocks(PAGE) == [
        ("title", "On Cooperatives"),
        ("", "The first paragraph with a link, code and a\nsecond line."),
        ("footnote", "The first note\ngoes on.\nAnd has a second paragraph."),
        ("footnote", "The second note."),
        ("list item", "1. Lend seed;"),
        ("list item", "2. Mend tools."),
        ("list item", "A second paragraph of the item."),
        ("list item", "bread"),
        ("list item", "rice"),
        ("", "As it was said."),
        ("paragraph", "x = 1\ny = 2"),
        ("table cell", "Year"),
        ("table cell", "Harvest"),
        ("table cell", "1954"),
        ("table cell", "small"),
        ("footnote", "In a table."),
        ("caption", "A field"),
        ("heading", "The harvest"),
        ("", "Good bad harvest this year\nand the next."),
        ("", "A box"),
        ("footnote", "Called by nothing."),
    ]


def test_what_is_not_taken_is_told():
    found = read(PAGE)
    assert found.warnings == ("One struck-out passage is read like the rest.",)
    assert found.left_out == (
        "2 comments are left out.",
        "The address of one link is left out.",
        "One picture is left out; its description is read.",
        "5 tags of HTML are left out.",
        "Fields of the front matter that are not read: layout, tags.",
    )
    assert read("Nothing but text.").left_out == ()


def test_front_matter_describes_the_version():
    (version,) = read(PAGE).versions
    assert (version.title, version.language, version.date) == ("On Cooperatives", "en", "1955-02-14")
    assert version.translators == ("A. Smith",)
    assert version.metadata == {"author": "I. Ivanov, P. Petrov", "file": "paper.md", "encoding": "utf-8"}
    assert "layout" not in version.text


def test_footnotes_are_anchored_where_they_are_called():
    (version,) = read(PAGE).versions
    before = [version.text[: block.anchor].split()[-1] for block in version.blocks if block.anchor is not None]
    assert before == ["paragraph", "line", "small"]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("One [^a] two[^a], three [^b].\n\n[^a]: A.\n[^b]: B.", ["One", "three"]),
        ("[^a] begins.\n\n[^a]: A.", [""]),
        ("A *word*[^a] and  **two** [^b][^c]!\n\n[^a]: A.\n[^b]: B.\n[^c]: C.", ["word", "two", "two"]),
        ("One[^a].\n\n[^a]: A calls[^b].\n[^b]: B.", ["One", "calls"]),
        ("`[^a]` is code, [^x] is text.\n\n[^a]: A.", [None]),
    ],
)
def test_calls_of_footnotes(text, before):
    (version,) = read(text).versions
    notes = [block for block in version.blocks if block.kind == "footnote"]
    found = [
        None if block.anchor is None else "".join(version.text[: block.anchor].split(" ")[-1:]).split("\n")[-1]
        for block in notes
    ]
    assert found == before
    assert "[^a]" not in version.text.replace("[^a] is code", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Setext\n======\n\nText.", [("title", "Setext"), ("", "Text.")]),
        ("Text.\n\n# Heading\n\n## Second", [("", "Text."), ("heading", "Heading"), ("heading", "Second")]),
        ("**In bold**\n\n**Bold** and more.", [("heading", "In bold"), ("", "Bold and more.")]),
        ("1. The nature of the revolution\n\nText.", [("", "1. The nature of the revolution"), ("", "Text.")]),
        ("1954. A year.\n\nText.", [("", "1954. A year."), ("", "Text.")]),
        ("3) c\n4) d", [("list item", "3) c"), ("list item", "4) d")]),
        ("One sentence here.\nAnother.\nA third one.", [("", "One sentence here."), ("", "Another."), ("", "A third one.")]),
        ("A wrapped line\ngoes on.\n\nText.", [("", "A wrapped line\ngoes on."), ("", "Text.")]),
        ("A\\*b\\*c &amp; 5 < 6 &lt;x&gt; a_b_c", [("", "A*b*c & 5 < 6 <x> a_b_c")]),
        ("[a][1] and <http://x.org>\n\n[1]: http://y.org", [("", "a and http://x.org")]),
        ("a <!-- never closed", [("", "a <!-- never closed")]),
        ("```\n<!-- kept -->\n[^a]: kept\n```", [("paragraph", "<!-- kept -->\n[^a]: kept")]),
        ("<p>One.</p>\n<p>Two &amp; <script>x < y</script> three.</p>", [("", "One."), ("", "Two & three.")]),
        ("*   item\n\n    code of the item?\n\n> - quoted", [("list item", "item"), ("list item", "code of the item?"), ("list item", "quoted")]),
        ("| a |\n|---|\n|  |\n| b \\| c |", [("table cell", "a"), ("table cell", "b | c")]),
        ("---\n\nA rule, no front matter.\n\n---\n\nText.", [("", "A rule, no front matter."), ("", "Text.")]),
        ("---\nnot: closed\n\nText.", [("", "not: closed"), ("", "Text.")]),
        ("> " * 60 + "deep", [("", "deep")]),
    ],
)  # fmt: skip
def test_marks(text, expected):
    assert blocks(text) == expected


@pytest.mark.parametrize("said", ["ru", "Russian", "русский", "ru-RU"])
def test_the_language_of_front_matter_counts_where_the_letters_allow_it(said):
    found = read(f"---\nlanguage: {said}\n---\nНаша страна.")
    assert found.versions[0].language.split("-")[0] == "ru"
    assert not found.warnings
    wrong = read(f"---\nlang: {said}\n---\nOur country is not reunited.")
    assert wrong.versions[0].language == "en"
    assert wrong.warnings == ("The front matter says Russian but the text is in Latin letters, which counted.",)


@pytest.mark.parametrize("version", example.versions(), ids=lambda version: version.id)
def test_the_example_is_cut_as_plain_text_is(version):
    def cut(reader, name):
        (read,) = reader(File(name, version.text.encode())).versions
        segments = corpora.segment(read).segments
        return read, [(segment.kind, " ".join(segment.text.split())) for segment in segments]

    marked, as_markdown = cut(markdown.read, "paper.md")
    text, as_text = cut(plain.read, "paper.txt")
    assert as_markdown == as_text
    assert (marked.title, marked.date, marked.translators) == ((version.title), text.date, text.translators)
    for name in ("field", "value", "language"):
        assert [getattr(one, name) for one in marked.statements] == [getattr(one, name) for one in text.statements]
    assert [marked.text[one.start : one.stop] for one in marked.statements] == [
        text.text[one.start : one.stop] for one in text.statements
    ]


def test_a_long_file_is_read_in_slices_and_tells_how_far_it_is():
    body = "A paragraph with a [link][1] and a note[^n].\n\n- an item\n\n  more of it\n\n" * 3000
    told = []
    text = f"{body}\n[^n]: The note.\n\n[1]: http://example.org\n"
    (version,) = read(text, progress=told.append).versions
    assert len(version.blocks) == 9001
    assert "[link]" not in version.text
    assert told == sorted(told)
    assert len(told) > 3
    assert max(told) < 1


def test_what_progress_raises_ends_the_reading():
    class Stop(Exception):
        pass

    def stop(share):
        raise Stop

    with pytest.raises(Stop):
        read("Text.", progress=stop)


@pytest.mark.parametrize("text", ["<!-- only -->", "---\ntitle: x\n---\n", "[1]: http://x.org", "***", "|||\n|-|-|\n"])
def test_a_file_without_text_is_refused(text):
    with pytest.raises(WorkbenchError, match=r'"paper\.md" holds no text; give a file'):
        read(text)


HOSTILE = {
    "brackets": "[" * 20_000, "pictures": "![" * 20_000, "emphasis": "*a **b " * 8_000, "tags": "<a " * 20_000,
    "quotations": ">" * 20_000, "lists in lists": "- " * 20_000, "comments": "<!-- a\n" * 20_000, "fences": "```\n" * 20_000,
    "cells": "|a" * 20_000 + "\n" + "|-" * 20_000, "addresses": "".join(f"[a{n}]: b\n" for n in range(20_000)) + "\nx",
    "notes that call notes": "a[^0]\n\n" + "".join(f"[^{n}]: b[^{n + 1}]\n" for n in range(20_000)),
    "calls of one note": "[^a]" * 20_000 + "\n\n[^a]: b", "scripts": "<div>" + "<script " * 20_000,
    "labels": "**a\n" * 20_000 + "**Contents:**\n\nb", "backticks": "".join("`" * n + "a" for n in range(300)),
    "fields": "---\n" + "a: b\n" * 20_000 + "---\nc", "entities": "&" * 20_000, "one line": "a" * 1_000_000,
}  # fmt: skip


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_end_soon(text):
    try:
        found = read(text)
    except WorkbenchError as error:
        message = str(error)
        assert message.startswith('"paper.md" ')
    else:
        assert found.versions[0].text


MARKS = st.sampled_from([*"#*_`>[]()!|-~<&:^\n \t", "[^1]", "\n\n", "<!--", "-->", "---\n", "слово ", "글 ", "1. ", "    ", "```\n", "**", "[^1]: "])  # fmt: skip


@given(st.lists(MARKS, max_size=40).map("".join))
def test_any_marks_give_paragraphs_in_order_with_anchors_in_the_text(text):
    try:
        found = read(text)
    except WorkbenchError:
        return
    for version in found.versions:
        place = 0
        for block in version.blocks:
            assert place <= block.start < block.stop <= len(version.text)
            place = block.stop
            assert block.anchor is None or 0 <= block.anchor <= len(version.text)
        assert "\ufdd0" not in version.text


def test_damaged_files_raise_nothing_but_what_they_should():
    chance = random.Random(1)
    for _ in range(2000 if os.environ.get("SOAK") else 200):
        data = bytearray(PAGE.encode())
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(data))
            piece = data[place : place + chance.randint(0, 60)]
            change = chance.choice([b"", bytes(piece) * 2, chance.randbytes(3)])
            data[place : place + len(piece)] = change
        try:
            markdown.read(File("paper.md", bytes(data)))
        except WorkbenchError as error:
            message = str(error)
            assert '"paper.md"' in message
