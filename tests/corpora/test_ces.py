"""CES, OPUS and InterText files: texts, and the alignments that stand beside them."""

import pytest

import corpora
from corpora.contents import Contents, File
from corpora.errors import ReadError
from tests.corpora.mutated import is_one_sentence, mutants, refusals


def read(text: str, name: str = "ru.ces") -> Contents:
    return corpora.contents(File(name, text.encode()))


TEXT = """<?xml version="1.0"?><!DOCTYPE doc SYSTEM "http://korpus.cz/intercorp.dtd"><doc id="x" lang="ru" title="О задачах">
<head id="h"><s id="0:1">О задачах</s></head><p id="1"><s id="1:1">Один.</s> <s id="1:2">Два <b>и</b> три.</s></p></doc>"""
INTERTEXT = """<linkGrp toDoc='en.xml' fromDoc='ru.xml'><link type='2-1' xtargets='e1 e2;r1' status='man'/>
<link type='0-1' xtargets=';r2' status='auto'/></linkGrp>"""
OPUS = """<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" ""><cesAlign version="1.0"><linkGrp targType="s" toDoc="en/x.xml.gz"
fromDoc="ru/x.xml.gz"><link certainty="0.5" xtargets="r1;e1 e2" id="SL0"/><link xtargets="r2;" id="SL1"/></linkGrp></cesAlign>"""


def test_sentences_are_blocks_with_the_names_the_file_gives_them():
    (version,) = read(TEXT).versions
    assert (version.language, version.title) == ("ru", "О задачах")
    found = [(block.id, block.kind, version.text[block.start : block.stop]) for block in version.blocks]
    assert found == [
        ("0:1", "heading", "О задачах"), ("1:1", "paragraph", "Один."), ("1:2", "paragraph", "Два и три."),
    ]  # fmt: skip


def test_a_text_without_sentences_is_its_paragraphs():
    (version,) = read("<text><body><p id='1'>One.</p><p id='2'>Two.</p></body></text>").versions
    assert [block.id for block in version.blocks] == ["1", "2"]


def test_words_are_joined_as_the_file_says():
    text = '<text><p id="1"><s id="1"><w id="1.1" misc="SpaceAfter=No">Yes</w>\n<w id="1.2">,</w>\n<w id="1.3">no</w></s></p></text>'
    assert read(text).versions[0].text == "Yes, no"


@pytest.mark.parametrize(
    ("text", "files", "program"),
    [(INTERTEXT, ("ru.xml", "en.xml"), "InterText"), (OPUS, ("ru/x.xml", "en/x.xml"), "OPUS")],
)
def test_either_order_of_the_sides_is_read_from_the_first_text_to_the_second(text, files, program):
    found = read(text)
    (links,) = found.links
    assert links.files == files
    assert links.links == ((("r1",), ("e1", "e2")), (("r2",), ()))
    assert not links.by_line
    assert program in found.warnings[0]
    assert not found.versions


def test_what_a_person_linked_is_confirmed():
    assert read(INTERTEXT).links[0].confirmed == {0}
    assert read(OPUS).links[0].confirmed == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "<cesAlign/>",
        "<linkGrp><link target='#a #b'/></linkGrp>",
        "<doc/>",
        "<doc><q>x</q></doc>",
        "<doc><s id='1'/></doc>",
        "<doc",
        "",
    ],
)
def test_what_is_no_such_file_is_refused_in_one_sentence(text):
    with pytest.raises(ReadError) as caught:
        read(text)
    assert is_one_sentence(caught.value, "ru.ces")


def test_whatever_happens_to_a_file_it_is_read_or_refused_in_one_sentence():
    good = [TEXT.encode(), INTERTEXT.encode(), OPUS.encode()]
    refused = refusals(lambda data: corpora.contents(File("ru.ces", data)), mutants(good, 7))
    assert refused
    assert all(is_one_sentence(error, "ru.ces") for error in refused)
