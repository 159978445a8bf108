"""XML by its first element, and archives of files that are read together."""

import io
import zipfile

import pytest

import corpora
from corpora.contents import Contents, File
from corpora.errors import ReadError
from tests.corpora.mutated import archives, is_one_sentence, mutants, refusals

RUSSIAN = b'<doc lang="ru"><p id="1"><s id="1:1">\xd0\x9e\xd0\xb4\xd0\xb8\xd0\xbd.</s></p></doc>'
ENGLISH = b'<doc lang="en"><p id="1"><s id="1:1">One.</s></p></doc>'
LINKS = b"<linkGrp toDoc='en.xml' fromDoc='ru.xml'><link type='1-1' xtargets='1:1;1:1' status='man'/></linkGrp>"
GOOD = {"ru.xml": RUSSIAN, "en.xml": ENGLISH, "ru.en.xml": LINKS, "note.txt": b"Some words of English here."}


def packed(files: dict[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return memory.getvalue()


def read(data: bytes, name: str = "all.zip") -> Contents:
    return corpora.contents(File(name, data))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><p>One.</p></body></text></TEI>", "One."),
        (
            b"<?xml version='1.0'?><!-- "
            + b"long " * 30_000
            + b"--><TEI.2><text><body><p>One.</p></body></text></TEI.2>",
            "One.",
        ),
        (ENGLISH, "One."),
        (ENGLISH.decode().encode("utf-16"), "One."),
    ],
)
def test_xml_is_read_by_its_first_element(data, text):
    assert read(data, "paper.xml").versions[0].text == text


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"<svg/>", "<svg>"), (b"", "well-formed"), (b"no", "well-formed"), (b"<a", "well-formed"), (b"<a>&x;", "<a>")],
)
def test_xml_of_another_kind_is_refused_in_one_sentence(data, told):
    with pytest.raises(ReadError, match=told) as caught:
        read(data, "paper.xml")
    assert is_one_sentence(caught.value, "paper.xml")


def test_the_files_of_an_archive_are_read_together():
    found = read(packed({"corpus/": b"", "corpus/ru.xml": RUSSIAN, "corpus/en.xml": ENGLISH, "links.xml": LINKS}))
    assert [(version.language, version.metadata["file"]) for version in found.versions] == [
        ("ru", "ru.xml"),
        ("en", "en.xml"),
    ]
    (links,) = found.links
    assert links.links == ((("1:1",), ("1:1",)),)
    assert all(version.blocks[0].id == "1:1" for version in found.versions)


def test_what_is_not_read_of_an_archive_is_named():
    found = read(packed({**GOOD, "map.gif": b"GIF89a", "__MACOSX/._ru.xml": b"x", ".DS_Store": b"x"}))
    assert found.left_out == ("Files of other kinds in the archive are not read (1: map.gif).",)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"../ru.xml": RUSSIAN}, "leads out of it"),
        ({"/etc/ru.xml": RUSSIAN}, "leads out of it"),
        ({"a/../../ru.xml": RUSSIAN}, "leads out of it"),
        ({"C:\\ru.xml": RUSSIAN}, "leads out of it"),
        ({"ru.xml": RUSSIAN, "inner.zip": packed(GOOD)}, "another archive"),
        ({"ru.xml": RUSSIAN, "inner.xml.gz": b"x"}, "another archive"),
        ({"map.gif": b"x"}, "no file that is read"),
        ({}, "no file that is read"),
        ({f"{n}.txt": b"One." for n in range(101)}, "holds 101 files"),
        ({"ru.xml": b"<svg/>"}, '"ru.xml" is XML of a kind'),
        ({"big.txt": b"a" * 50_000_000}, "memory"),
    ],
)
def test_a_hostile_archive_is_refused_in_one_sentence(files, told):
    with pytest.raises(ReadError, match=told) as caught:
        read(packed(files))
    assert is_one_sentence(caught.value, "all.zip")


def test_two_files_of_one_name_are_refused():
    memory = io.BytesIO(packed(GOOD))
    with zipfile.ZipFile(memory, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("ru.xml", ENGLISH)
    with pytest.raises(ReadError, match="two files of one name"):
        read(memory.getvalue())


def test_whatever_happens_to_an_archive_it_is_read_or_refused_in_one_sentence():
    refused = refusals(read, (*archives(GOOD, 3), *mutants([packed(GOOD)], 4)))
    assert refused
    assert all(is_one_sentence(error, "all.zip") for error in refused)
