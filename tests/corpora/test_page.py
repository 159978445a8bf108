"""Saved web pages: what of them is text, and what they say of it."""

import itertools
import os
import random
from dataclasses import replace

import pytest
from lxml import etree, html

import corpora
from corpora.contents import Contents, File
from corpora.errors import ReadError, WorkbenchError
from corpora.readers import page

# Random mutations of good pages.
MUTATIONS = 2000 if os.environ.get("SOAK") else 200
SENTENCE = "The harvest of that year was larger than the one before, as the report says. "


def read(body: str, head: str = "", name: str = "paper.html", language: str = "en", **file: str) -> Contents:
    whole = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    )
    return corpora.contents(File(name, whole.encode(), **file))


def blocks(found: Contents, version: int = 0) -> list[tuple[str, str]]:
    one = found.versions[version]
    return [(block.kind, one.text[block.start : block.stop]) for block in one.blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>Title</h1><h2>Part</h2><p>One\n line.</p>", [("title", "Title"), ("heading", "Part"), ("", "One line.")]),
        ("<h1>One</h1><p>Text.</p><h1>Two</h1>", [("heading", "One"), ("", "Text."), ("heading", "Two")]),
        ("<ul><li>first<li>second<p>more</ul>", [("list item", "first"), ("list item", "second"), ("list item", "more")]),
        ("<dl><dt>term<dd>what it is</dl>", [("list item", "term"), ("list item", "what it is")]),
        (
            "<table><caption>Table 1</caption><tr><th>Year<th>Grain<tr><td>1954<td>2,300</table>",
            [("caption", "Table 1"), *(("table cell", one) for one in ("Year", "Grain", "1954", "2,300"))],
        ),
        ("<table><tr><td><h2>A page laid out by a table</h2><p>Text.</table>", [("heading", "A page laid out by a table"), ("", "Text.")]),
        ("<figure><img src=x.png alt=x><figcaption>Picture 1</figcaption></figure>", [("caption", "Picture 1")]),
        ("<blockquote><p>Said so.</p></blockquote>", [("", "Said so.")]),
        ("One line<br>and another.<br><br>A new paragraph.", [("", "One line\nand another."), ("", "A new paragraph.")]),
        ("<pre>  one\n  two\n\n  three</pre>", [("", "one\ntwo"), ("", "three")]),
        ("<p>un<b>broken</b> w&shy;ord and <q>said</q></p>", [("", "unbroken word and “said”")]),
        ("<h2>Part <a href='#part'>¶</a></h2><p>Text.</p>", [("heading", "Part"), ("", "Text.")]),
        ("<div>in<div>side</div>out</div>", [("", "in"), ("", "side"), ("", "out")]),
        ("<p>Page <span class=pagenum>[Pg 12]</span>turned.</p>", [("", "Page turned.")]),
    ],
)  # fmt: skip
def test_paragraphs_have_the_kinds_that_the_page_says(body, expected):
    assert blocks(read(body)) == expected


@pytest.mark.parametrize(
    "body",
    [
        # Plain, Word, Wikipedia, EPUB, old papers.
        '<p>Grain<sup><a href="#fn1" id="r1">1</a></sup> was.</p><ol><li id="fn1">1. Maize too. <a href="#r1">↩</a></li></ol>',
        '<p>Grain<a href="#_ftn1" name="_ftnref1">[1]</a> was.</p><div><p><a href="#_ftnref1" name="_ftn1">[1]</a> Maize too.</p></div>',
        '<p>Grain<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup> was.</p><ol><li id="cite_note-1"><b><a href="#cite_ref-1">^</a></b> <span>Maize too.</span></li></ol>',
        '<p>Grain<a epub:type="noteref" href="#n">1</a> was.</p><aside epub:type="footnote" id="n"><p>Maize too.</p></aside>',
        '<p>Grain <a href="#note1">[1]</a> was.</p><hr><p><a name="note1"></a>[1] Maize too.</p>',
        '<p>Grain [<a href="#fn1" id="ref1">1</a>] was.</p><p id="fn1">[<a href="#ref1">1</a>] Maize too.</p>',
        '<p>Grain<a role="doc-noteref" href="#n">*</a> was.</p><p id="n" role="doc-footnote">* Maize too.</p>',
    ],
)  # fmt: skip
def test_a_footnote_stands_on_the_character_that_calls_it(body):
    found = read(body)
    assert blocks(found) == [("", "Grain was."), ("footnote", "Maize too.")]
    assert found.versions[0].blocks[1].anchor == len("Grain")


def test_endnotes_and_notes_of_several_paragraphs():
    found = read(
        '<p>A<sup><a href="#_edn1">i</a></sup> b<sup><a href="#_edn2">ii</a></sup></p>'
        '<div id="_edn1"><p>i One.</p><p>More of one.</p></div><div id="_edn2"><p>ii Two.</p></div>'
    )
    assert blocks(found) == [("", "A b"), ("endnote", "One."), ("endnote", "More of one."), ("endnote", "Two.")]
    assert [block.anchor for block in found.versions[0].blocks] == [None, 1, 1, 3]


@pytest.mark.parametrize(
    "body",
    [
        '<p>See <a href="#s1">1</a> and <a href="#s2">2</a>.</p><p id="s1">One.</p><p id="s2">Two.</p>',
        '<p>Chapter <a href="#two">[2]</a></p><h2 id="two">2 Two</h2><p>Text.</p>',
        '<p>10<sup>2</sup> and <sup><a href="#nowhere">1</a></sup></p>',
        '<p>See <a href="#n">the note</a>.</p><p id="n">The note of the ministry.</p>',
    ],
)
def test_other_links_are_text(body):
    assert {kind for kind, _ in blocks(read(body))} <= {"", "heading", "title"}


def test_navigation_and_notices_stay_out_and_are_told():
    found = read(
        '<header><nav><a href="/">Home</a> <a href="/a">About</a></nav></header>'
        '<div class="cookie-notice">We use cookies to make this page better for you. <button>OK</button></div>'
        f"<article><h1>The harvest</h1><p>{SENTENCE * 3}</p><p>{SENTENCE}</p></article>"
        '<aside class="sidebar"><h3>Latest</h3><ul><li><a href="/x">Another story</a></ul></aside>'
        "<footer><p>Copyright 1999. All rights reserved.</p></footer>"
    )
    assert blocks(found) == [("title", "The harvest"), ("", (SENTENCE * 3).strip()), ("", SENTENCE.strip())]
    (told,) = found.left_out
    assert told.startswith("5 passages with 113 characters around the text")
    assert '"We use cookies to make this page better …"' in told


def test_a_page_without_surroundings_is_text_from_end_to_end():
    body = "".join(f"<p>{number}</p>" for number in ("Short.", "x", "A line without an end"))
    found = read(body)
    assert len(found.versions[0].blocks) == 3
    assert not found.left_out


def test_what_is_not_shown_is_left_out():
    found = read(
        "<style>p {color: red}</style><script>var x = 1;</script><template><p>later</p></template><!-- a remark -->"
        f'<p>{SENTENCE}</p><p hidden>secret</p><p style="display: none">secret</p><img src="x.png"><noscript>no</noscript>'
    )
    assert found.versions[0].text == SENTENCE.strip()
    assert found.left_out == (
        "2 elements with text that the page does not show.",
        "1 picture or other embedded object.",
    )
    assert not found.remarks


def test_changes_are_read_as_accepted():
    found = read("<p>The <del>old</del><ins>new</ins> text.</p><del><p>All of it.</p></del>")
    assert found.versions[0].text == "The new text."
    assert found.warnings == ("Changes were read as accepted: 2 deletions left out, 1 insertion kept.",)


def test_title_author_date_and_address_come_from_the_page():
    head = (
        '<title>Site | The harvest</title><meta name="author" content="A. Kim"><link rel="canonical" href="https://e.org/1">'
        '<meta property="article:published_time" content="1999-05-01">'
    )
    (version,) = read(f"<h1>The harvest</h1><p>{SENTENCE}</p>", head).versions
    assert (version.title, version.date) == ("The harvest", "1999-05-01")
    assert version.metadata == {
        "author": "A. Kim", "published": "1999-05-01", "address": "https://e.org/1", "encoding": "utf-8", "file": "paper.html",
    }  # fmt: skip
    assert read(f"<p>{SENTENCE}</p>", head).versions[0].title == "Site | The harvest"


def test_parts_in_several_languages_are_several_versions():
    found = read(
        '<h1>A notice</h1><p>The harvest was small.</p><p>So <i lang="ru">колхоз</i> it is.</p>'
        '<div lang="ru"><h2>Извещение</h2><p>Урожай был мал.</p></div><div lang="ko"><p>수확이 적었다. 모두 참가하여야 한다.</p></div>'
    )
    assert [(one.id, one.text.count("\n\n")) for one in found.versions] == [("en", 2), ("ru", 1), ("ko", 0)]
    assert not found.is_aligned


def test_a_short_quotation_makes_no_version():
    (version,) = read(f'<p>{SENTENCE * 5}</p><p lang="ru">Урожай был мал.</p>').versions
    assert version.text.endswith("Урожай был мал.")


def test_rows_of_cells_in_several_languages_come_aligned():
    rows = (("첫째 문단이다.", "Первый абзац."), ("둘째 문단이다.", "Второй абзац."), ("", "Добавлено."))
    body = "".join(f'<tr><td lang="ko">{one}</td><td lang="ru">{other}</td></tr>' for one, other in rows)
    found = read(f"<table>{body}</table>")
    assert found.is_aligned
    assert [[block.group for block in one.blocks] for one in found.versions] == [[1, 2], [1, 2, None]]


def test_letters_tell_more_than_a_wrong_language():
    found = read("<p>Урожай был мал, как сказано в докладе.</p>", language="en")
    assert found.versions[0].language == "ru"
    assert found.warnings == (
        "It says that it is in English, but its letters are those of Russian; it was read as that.",
    )


RUSSIAN = "Урожай зерна был мал, и все крестьяне должны вступить в кооперативы."
KOREAN = "모든 농민들이 협동조합에 참가하여야 한다. 수확은 적었다."


@pytest.mark.parametrize(
    ("text", "declared", "encoding", "chosen", "read_as"),
    [
        (RUSSIAN, "windows-1251", "cp1251", "", "cp1251"),
        (RUSSIAN, "koi8-r", "koi8_r", "", "koi8-r"),
        (KOREAN, "euc-kr", "cp949", "", "cp949"),
        (KOREAN, "ks_c_5601-1987", "cp949", "", "cp949"),
        (RUSSIAN, "", "cp1251", "", "cp1251"),
        (RUSSIAN, "", "utf-8", "", "utf-8"),
        (RUSSIAN, "", "utf-16", "", "utf-16"),
        (RUSSIAN, "windows-1251", "utf-8-sig", "", "utf-8-sig"),
        (RUSSIAN, "windows-1251", "utf-8", "", "utf-8"),
        (RUSSIAN, "utf-8", "cp1251", "", "cp1251"),
        (RUSSIAN, "windows-1252", "cp1251", "windows-1251", "cp1251"),
    ],
)  # fmt: skip
def test_encodings(text, declared, encoding, chosen, read_as):
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    data = f"<html><head>{meta}<title>x</title></head><body><p>{text}</p></body></html>".encode(encoding)
    (version,) = corpora.contents(File("paper.htm", data, chosen)).versions
    assert (version.text, version.metadata["encoding"]) == (text, read_as)


def test_a_page_whose_encoding_cannot_be_told_asks_for_it():
    with pytest.raises(ReadError, match="choose the encoding"):
        corpora.contents(File("paper.html", "<p>Ein Märchen über Äpfel</p>".encode("cp1252")))
    found = corpora.contents(File("paper.html", "<p>Ein Märchen über Äpfel</p>".encode("cp1252"), "cp1252"))
    assert found.versions[0].text == "Ein Märchen über Äpfel"
    with pytest.raises(ReadError, match='"nonsense", an unknown encoding'):
        corpora.contents(File("paper.html", b"<p>x</p>", "nonsense"))


def test_characters_that_cannot_be_read_are_counted():
    found = corpora.contents(File("a.html", b"<meta charset=utf-8><p>One \xff two \xfe three, and so on.</p>"))
    assert "2 characters could not be read in utf-8" in found.warnings[0]


def test_mhtml_is_unpacked():
    body = f"<html lang=3Den><body><h1>The harvest=E2=80=A6</h1><p>{SENTENCE}</p></body></html>"
    data = (
        "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n"
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n"
        "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
        "--b\r\nContent-Type: text/html\r\n\r\n<p>a frame</p>\r\n--b--\r\n"
    )  # fmt: skip
    found = corpora.contents(File("saved.mhtml", data.encode()))
    assert blocks(found) == [("title", "The harvest…"), ("", SENTENCE.strip())]
    assert found.left_out == ("1 further page that the page shows in frames.",)


def test_xhtml_is_read_as_xml():
    whole = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><p>A&nbsp;b &eacute;<a id="x"/></p><p/><p>c</p></body></html>'
    assert [text for _, text in blocks(corpora.contents(File("a.xhtml", whole.encode())))] == ["A b é", "c"]
    broken = whole.replace("<p>c</p>", "<p>c<br>d")
    assert corpora.contents(File("a.xhtml", broken.encode())).versions[0].text.endswith("c\nd")


def test_an_article_is_segmented():
    found = read(
        "<h1>Plan</h1><h2>1. Grain</h2><p>First tasks are:</p><p>sow early;</p><p>reap late.</p><ul><li>and rest</ul>"
    )
    version = corpora.segment(found.versions[0])
    assert [one.kind for one in version.segments] == [
        "title", "heading", "paragraph", "list item", "list item", "list item",
    ]  # fmt: skip


HOSTILE = {
    "nothing": b"",
    "blanks": b"   \n ",
    "no text": b"<html><body><script>x</script></body></html>",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "an archive": b"PK\x03\x04" + bytes(100),
    "too deep": b"<div>" * 5000 + b"text",
    "a text without end": b"<p>" + b"x" * 11_000_000,
    "a tag without end": b"<a " + b"".join(b"a%d " % number for number in range(100_000)) + b">text",
    "entities": b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><p>&b;</p>',
    "an outer entity": b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;</p>',
    "empty mhtml": b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\ntext",
}


@pytest.mark.parametrize("suffix", [".html", ".xhtml", ".mhtml"])
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_page_is_refused_in_a_sentence(what, suffix):
    if what == "empty mhtml" and suffix != ".mhtml":
        return
    with pytest.raises(ReadError) as caught:
        corpora.contents(File(f"paper{suffix}", HOSTILE[what]))
    message = str(caught.value)
    assert f'"paper{suffix}"' in message
    assert message.endswith(".")
    assert "\n" not in message


LARGE = {
    "paragraphs": "<p>A line.</p>" * 50_000,
    "line breaks": "A line.<br>" * 50_000,
    "links to one note": '<p id="n">1 note</p>' + '<sup><a href="#n">1</a></sup>' * 20_000,
    "links in one block": "<div>" + 'text <a href="#x">1</a><br><br>' * 20_000 + "</div>",
    "bold in bold": "<b>" * 200 + "<p>text" * 2000,
    "cells": "<table>" + "<tr><td>1<td>2" * 20_000 + "</table>",
    "blanks": "<p>text</p>" + " " * 500_000 + "<p>more</p>",
    "quotes": "<a href='x'" * 20_000 + '"' * 20_000 + "<p>text",
    "scripts": "<script>if (a<b) x = '\"';</script>" * 20_000 + "<p>text",
    "open comments": "<p>text</p>" + "<!-- " * 50_000,
    "spans in one": "<p>" + "<span>a </span>" * 100_000,
    "notes": "".join(f'<p>a<sup><a href="#fn{n}">{n}</a></sup></p><p id="fn{n}">{n} note</p>' for n in range(5000)),
}  # fmt: skip


@pytest.mark.timeout(60)
@pytest.mark.parametrize("what", LARGE)
def test_a_large_page_is_read_or_refused_in_time(what):
    try:
        found = read(LARGE[what])
    except ReadError:
        return
    assert found.versions[0].text


def test_progress_is_told_and_can_end_the_work():
    class Stopped(Exception):
        pass

    def stop(share: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        page.read(File("a.html", b"<p>text</p>", progress=stop))
    shares: list[float] = []
    page.read(File("a.html", b"<p>text</p>", progress=shares.append))
    assert shares == sorted(shares)


GOOD = (
    f'<html lang="en"><head><meta charset="utf-8"><title>T</title></head><body><nav><a href="/">Home</a></nav><main><h1>T</h1>'
    f'<p>{SENTENCE}<sup><a href="#fn1" id="r">1</a></sup></p><table><tr><td lang="ko">하나</td><td lang="ru">Один</td></tr></table>'
    f'<ul><li>item</ul><p><del>a</del><ins>b</ins></p><ol><li id="fn1">Note <a href="#r">↩</a></ol></main></body></html>'
).encode()  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The data with a few random faults."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        place, other = sorted((chance.randrange(len(made) + 1), chance.randrange(len(made) + 1)))
        match chance.randrange(5):
            case 0 if made:
                made[min(place, len(made) - 1)] = chance.randrange(256)
            case 1:
                del made[place:other]
            case 2:
                made[place:place] = made[place : min(other, place + 200)]
            case 3:
                made[place:place] = chance.choice(
                    (b"<", b">", b"&", b'"', b"</p>", b"<table>", b"\x00", b"<!--", b"<b")
                )
            case _:
                made[place:other] = chance.randbytes(chance.randrange(9))
        made = made or bytearray(b"x")
    return bytes(made)


@pytest.mark.parametrize("suffix", [".html", ".xhtml"])
def test_no_mutation_raises_anything_but_a_workbench_error(suffix):
    chance = random.Random(1955)
    read_well, told = 0, []
    for _ in range(MUTATIONS):
        try:
            found = corpora.contents(File(f"a{suffix}", mutated(GOOD, chance)))
        except WorkbenchError as error:
            told.append(str(error))
            continue
        read_well += 1
        for version in found.versions:
            for before, after in itertools.pairwise(version.blocks):
                assert before.stop < after.start
            assert all(block.anchor is None or block.anchor <= len(version.text) for block in version.blocks)
    assert read_well > MUTATIONS / 2
    assert all(f'"a{suffix}"' in one for one in told)


def test_every_word_of_a_page_is_in_its_version_or_told():
    body = "".join(
        f"<{tag}>{SENTENCE}{number}</{tag}>"
        for number, tag in enumerate(("p", "div", "li", "blockquote", "dd", "td", "h3"))
    )
    found = read(f"<main>{body}</main>")
    shown = " ".join("".join(html.fromstring(f"<main>{body}</main>").itertext()).split())
    assert " ".join(found.versions[0].text.split()).replace(" ", "") == shown.replace(" ", "")


def test_reading_touches_no_network_and_no_file(monkeypatch):
    monkeypatch.setattr(etree, "parse", lambda *_: pytest.fail("a file was parsed"))
    found = read(
        '<link rel="stylesheet" href="http://127.0.0.1:1/x.css"><iframe src="file:///etc/passwd"></iframe><p>Text.</p>'
    )
    assert found.versions[0].text == "Text."
    assert replace(found.versions[0], id="x").id == "x"
