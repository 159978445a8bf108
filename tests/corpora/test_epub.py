"""EPUB books: chapters in order, notes on their characters, what is no chapter told."""

import io
import itertools
import os
import random
import zipfile

import pytest

import corpora
from corpora.contents import Contents, File
from corpora.errors import ReadError, WorkbenchError

MUTATIONS = 2000 if os.environ.get("SOAK") else 200
CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
METADATA = (
    "<dc:title>On Grain</dc:title><dc:creator>A. Kim</dc:creator><dc:language>ko</dc:language><dc:date>1955</dc:date>"
    '<dc:contributor id="t">J. Doe</dc:contributor><meta refines="#t" property="role">trl</meta>'
    "<dc:identifier id='i'>urn:1</dc:identifier>"
)


def chapter(body: str, language: str = "en") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}"><head><title>x</title></head><body>{body}</body></html>'
    )


def package(files: list[str], *, linear: str = "", nav: str = "", guide: str = "", metadata: str = METADATA) -> str:
    items = "".join(
        f'<item id="f{n}" href="{name}" media-type="application/xhtml+xml"{" properties=" + chr(34) + "nav" + chr(34) if name == nav else ""}/>'
        for n, name in enumerate(files)
    )
    spine = "".join(
        f'<itemref idref="f{n}" linear="{"no" if name == linear else "yes"}"/>' for n, name in enumerate(files)
    )
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine><guide>{guide}</guide></package>"
    )


def packed(members: dict[str, str | bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, data in members.items():
            archive.writestr(name, data)
    return memory.getvalue()


def book(chapters: dict[str, str], **said) -> dict[str, str | bytes]:
    members: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER, "OEBPS/book.opf": package(list(chapters), **said),
    }  # fmt: skip
    return members | {f"OEBPS/{name}": text for name, text in chapters.items()}


def read(members: dict[str, str | bytes]) -> Contents:
    return corpora.contents(File("book.epub", packed(members)))


def blocks(found: Contents, version: int = 0) -> list[tuple[str, str]]:
    one = found.versions[version]
    return [(block.kind, one.text[block.start : block.stop]) for block in one.blocks]


CHAPTERS = {
    "a.xhtml": chapter(
        "<h1>One</h1><p>Grain<a epub:type='noteref' href='notes.xhtml#n1'>1</a> was sown&#160;here.</p>"
    ),
    "b.xhtml": chapter('<h1>Two</h1><p>And <span epub:type="pagebreak" id="p2">2</span>reaped.</p>'),
    "notes.xhtml": chapter(
        '<h1>Notes</h1><aside epub:type="footnote" id="n1"><p>1. Maize. <a href="a.xhtml#x">back</a></p></aside>'
    ),
}


def test_chapters_come_in_reading_order_with_their_notes_anchored():
    found = read(book(CHAPTERS, linear="notes.xhtml"))
    assert blocks(found) == [
        ("heading", "One"), ("", "Grain was sown here."), ("heading", "Two"), ("", "And reaped."), ("heading", "Notes"),
        ("footnote", "Maize. back"),
    ]  # fmt: skip
    (version,) = found.versions
    assert version.text[: version.blocks[-1].anchor].endswith("Grain")


def test_what_the_book_says_of_itself():
    (version,) = read(book(CHAPTERS)).versions
    assert (version.title, version.date, version.translators) == ("On Grain", "1955", ("J. Doe",))
    assert version.metadata == {"author": "A. Kim", "published": "1955", "identifier": "urn:1", "file": "book.epub"}


def test_the_book_says_its_language_where_the_chapters_do_not():
    bare = chapter("<p>농민들은 모두 참가하여야 한다.</p>").replace(' lang="en"', "")
    assert read(book({"a.xhtml": bare})).versions[0].language == "ko"


def test_covers_and_tables_of_contents_stay_out_and_are_told():
    chapters = {
        "cover.xhtml": chapter('<section epub:type="cover"><p>A cover</p></section>'),
        "nav.xhtml": chapter('<h1>Contents</h1><nav epub:type="toc"><ol><li><a href="a.xhtml">One</a></li></ol></nav>'),
        "list.xhtml": chapter('<p><a href="a.xhtml">One</a></p><p>This book was printed in Pyongyang.</p>'),
        "title.xhtml": chapter('<section epub:type="titlepage"><p>On Grain</p></section>'),
        **CHAPTERS,
    }
    found = read(book(chapters, nav="nav.xhtml", guide='<reference type="toc" href="list.xhtml"/>'))
    assert blocks(found)[:4] == [
        ("", "This book was printed in Pyongyang."), ("front matter", "On Grain"), ("heading", "One"), ("", "Grain was sown here."),
    ]  # fmt: skip
    assert found.left_out == ("4 passages of covers and tables of contents.",)


def test_a_book_in_two_languages_is_two_versions():
    pairs = (("The harvest was small.", "Урожай был мал."), ("All should join.", "Все должны вступить."))
    body = "".join(f'<p>{one}</p><p lang="ru">{other}</p>' for one, other in pairs)
    found = read(book({"a.xhtml": chapter(body)}))
    assert [(one.id, len(one.blocks)) for one in found.versions] == [("en", 2), ("ru", 2)]


def test_chapters_that_are_not_there_are_told():
    members = book({**CHAPTERS, "gone.xhtml": ""})
    del members["OEBPS/gone.xhtml"]
    found = read(members)
    assert len(found.versions[0].blocks) == 6
    assert found.left_out == ('1 chapter that the book lists but does not hold, such as "OEBPS/gone.xhtml".',)


@pytest.mark.parametrize(
    "href", ["../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "%2e%2e/%2e%2e/etc/passwd"]
)
def test_a_chapter_outside_of_the_book_is_not_looked_for(href):
    found = read(book({"a.xhtml": CHAPTERS["b.xhtml"], href: ""}))
    assert "root:" not in found.versions[0].text
    assert "1 chapter that the book lists but does not hold" in found.left_out[0]


ENCRYPTED = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
    '<enc:EncryptedData><enc:EncryptionMethod Algorithm="{}"/><enc:CipherData><enc:CipherReference URI="OEBPS/{}"/>'
    "</enc:CipherData></enc:EncryptedData></encryption>"
)


def test_a_protected_book_is_refused_and_hidden_fonts_are_not():
    members = book(CHAPTERS)
    aes = ENCRYPTED.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "a.xhtml")
    with pytest.raises(ReadError, match=r"protected against copying \(DRM\)"):
        read(members | {"META-INF/encryption.xml": aes})
    fonts = ENCRYPTED.format("http://www.idpf.org/2008/embedding", "font.otf")
    assert read(members | {"META-INF/encryption.xml": fonts}).versions


BOMB = (
    '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    + chapter("<p>&b;</p>").split("<!DOCTYPE html>")[1]
)
HOSTILE = {
    "no archive": (lambda: b"PK\x03\x04nothing", "is not an EPUB book"),
    "no container": (lambda: packed({"OEBPS/a.xhtml": "x"}), "has no META-INF/container.xml"),
    "no package": (lambda: packed({"META-INF/container.xml": CONTAINER}), "list of its chapters is missing"),
    "broken package": (lambda: packed({"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": "<a>"}), "not well-formed"),
    "no chapters": (lambda: packed(book({})), "holds no text"),
    "chapters gone": (lambda: packed({**book({}), "OEBPS/book.opf": package(["a.xhtml"])}), "none of the chapters"),
    "a chapter outside alone": (lambda: packed({**book({}), "OEBPS/book.opf": package(["../../x"])}), "none of the chapters"),
    "empty chapters": (lambda: packed(book({"a.xhtml": chapter("")})), "holds no text"),
    "entities": (lambda: packed(book({"a.xhtml": BOMB})), "declares entities"),
    "an outer entity": (
        lambda: packed(book({"a.xhtml": BOMB.replace('"aaaaaaaaaa"', 'SYSTEM "file:///etc/passwd"')})), "declares entities",
    ),
    "entities in the package": (
        lambda: packed({"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": '<!DOCTYPE p [<!ENTITY a "x">]><p>&a;</p>'}),
        "declares entities",
    ),
    "a bomb": (lambda: packed(book({"a.xhtml": chapter("<p>" + " " * 30_000_000 + "</p>")})), "too much memory"),
    "too deep": (lambda: packed(book({"a.xhtml": chapter("<div>" * 400 + "x" + "</div>" * 400)})), "nested too deeply"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_book_is_refused_in_a_sentence(what):
    make, told = HOSTILE[what]
    with pytest.raises(ReadError, match=told) as caught:
        corpora.contents(File("book.epub", make()))
    message = str(caught.value)
    assert '"book.epub"' in message
    assert message.endswith(".")
    assert "\n" not in message


def test_progress_goes_up_and_what_it_raises_passes_through():
    shares: list[float] = []
    corpora.contents(File("book.epub", packed(book(CHAPTERS)), progress=shares.append))
    assert shares == sorted(shares)
    assert shares[0] > 0
    assert shares[-1] <= 1

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpora.contents(File("book.epub", packed(book(CHAPTERS)), progress=stop))


def mutations(chance: random.Random) -> bytes:
    """A good book with faults in the archive or in its members."""
    members = book(CHAPTERS, linear="notes.xhtml")
    if chance.random() < 0.5:
        name = chance.choice(list(members))
        data = bytearray(str(members[name]).encode())
        for _ in range(chance.randint(1, 6)):
            place, other = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
            data[place : chance.choice((place, min(place + 3, other), other))] = chance.choice(
                (b"", b"<", b"&", b'"', chance.randbytes(2), bytes(data[place:other])[:50])
            )
        members[name] = bytes(data)
        if chance.random() < 0.2:
            one, other_name = chance.sample(list(members), 2)
            members[one], members[other_name] = members[other_name], members[one]
        return packed(members)
    whole = bytearray(packed(members))
    for _ in range(chance.randint(1, 6)):
        whole[chance.randrange(len(whole))] = chance.randrange(256)
    return bytes(whole[: chance.choice((len(whole), len(whole), chance.randrange(len(whole)) + 1))])


def test_no_mutation_raises_anything_but_a_workbench_error():
    chance = random.Random(1955)
    read_well, told = 0, []
    for _ in range(MUTATIONS):
        try:
            found = corpora.contents(File("book.epub", mutations(chance)))
        except WorkbenchError as error:
            told.append(str(error))
            continue
        read_well += 1
        for version in found.versions:
            for before, after in itertools.pairwise(version.blocks):
                assert before.stop < after.start
            assert all(block.anchor is None or block.anchor <= len(version.text) for block in version.blocks)
    assert read_well > MUTATIONS / 10
    assert all('"book.epub"' in one for one in told)
