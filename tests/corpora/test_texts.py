"""A text file as it comes: what is taken out of it and told, what its name looks like, and how large it may be."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpora
from corpora.contents import File
from corpora.errors import ReadError
from corpora.texts import opened

PAGE = "The harvest was good. " * 100


@pytest.mark.parametrize(
    ("text", "kept", "warnings", "left_out"),
    [
        (PAGE, PAGE, (), ()),
        (PAGE + "\x07", PAGE, (), ("1 control character was left out.",)),
        (PAGE + "\x07\x1b", PAGE, (), ("2 control characters were left out.",)),
        (PAGE + "\ufffd", PAGE + "\ufffd", ("1 character was lost before; there is \ufffd instead.",), ()),
        (PAGE + "The Party\x92s.", PAGE + "The Party’s.",
         ("1 upper control character was read as what Windows-1252 has there.",), ()),
        (PAGE + "\u00ad", PAGE, (), ()),
    ],
    ids=["nothing", "a bell", "two", "a lost character", "a sign of Windows-1252", "a soft hyphen"],
)  # fmt: skip
def test_what_is_taken_out_is_told(text, kept, warnings, left_out):
    found = opened(File("paper.txt", text.encode()))
    assert (found.text, found.warnings, found.left_out) == (kept, warnings, left_out)


NFD = unicodedata.normalize("NFD", "한글 й.txt")


@pytest.mark.parametrize(
    ("name", "base", "suffix", "title"),
    [
        ("paper.txt", "paper.txt", ".txt", "paper"),
        ("C:\\Users\\Я\\Документы\\текст.txt", "текст.txt", ".txt", "текст"),
        ("\\\\server\\share\\조선 문헌.MD", "조선 문헌.MD", ".md", "조선 문헌"),
        ("/home/me/a.b.txt", "a.b.txt", ".txt", "a.b"),
        (NFD, "한글 й.txt", ".txt", "한글 й"),
        ('the "best" text.txt', "the 'best' text.txt", ".txt", "the 'best' text"),
        ("two\nlines\r\n\x07\u202e.txt ", "two lines .txt", ".txt", "two lines"),
        ("без расширения", "без расширения", "", "без расширения"),
        (".txt", ".txt", "", ".txt"),
        ("paper.", "paper.", "", "paper."),
        ("", "file without a name", "", "file without a name"),
        ("\x00\u200b", "file without a name", "", "file without a name"),
        ("folder/", "folder", "", "folder"),
    ],
)
def test_names_of_files_are_one_clean_line(name, base, suffix, title):
    file = File(name, b"")
    assert (file.base, file.suffix, file.title) == (base, suffix, title)


def test_a_long_name_keeps_its_ends():
    file = File("я" * 300 + ".markdown", b"")
    assert len(file.base) == 120
    assert file.suffix == ".markdown"
    assert "…" in file.title


@given(st.text(max_size=200))
def test_any_name_stands_in_a_message_on_one_line(name):
    with pytest.raises(ReadError) as caught:
        corpora.contents(File(name, b"\x00\x01"))
    message = str(caught.value)
    assert message.isprintable()
    assert message.count('"') == 2
    assert File(name, b"").title


def test_a_path_with_odd_characters_is_told_on_one_line(tmp_path):
    with pytest.raises(ReadError, match="There is no file") as caught:
        corpora.file_at(tmp_path / "a\nb\x07.txt")
    assert "\n" not in str(caught.value)
    with pytest.raises(ReadError, match="cannot be read"):
        corpora.file_at(tmp_path / "a\0b.txt")
