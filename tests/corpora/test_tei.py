"""TEI files as they are found: what is read, where, as what, and what is said of the rest."""

import pytest

import corpora
from corpora.contents import Contents, File
from corpora.errors import ReadError
from tests.corpora.mutated import is_one_sentence, mutants, refusals

HEADER = """<teiHeader><fileDesc><titleStmt><title>A Title</title></titleStmt><publicationStmt><p>none</p></publicationStmt>
<sourceDesc><p>none</p></sourceDesc></fileDesc></teiHeader>"""


def tei(inside: str, header: str = HEADER, before: str = "") -> bytes:
    return f'{before}<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}{inside}</TEI>'.encode()


def read(data: bytes) -> Contents:
    return corpora.contents(File("paper.tei", data))


def body(inside: str) -> Contents:
    return read(tei(f"<text><body>{inside}</body></text>"))


def blocks(found: Contents, version: int = 0) -> list[tuple[str, str]]:
    text = found.versions[version].text
    return [(block.kind, text[block.start : block.stop]) for block in found.versions[version].blocks]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<p>One <hi rend='italic'>two</hi>\n   three.</p>", [("", "One two three.")]),
        ("<head>On <name>Seoul</name></head><p>It is.</p>", [("heading", "On Seoul"), ("", "It is.")]),
        ("<ab>One.</ab><ab type='caption'>Two.</ab>", [("", "One."), ("caption", "Two.")]),
        (
            "<list><head>Tasks</head><item>to sow<list><item>rice</item></list>soon</item><item><p>to reap</p></item></list>",
            [("heading", "Tasks"), ("list item", "to sow"), ("list item", "rice"), ("list item", "soon"), ("list item", "to reap")],
        ),
        ("<list type='gloss'><label>a</label><item>b</item></list>", [("list item", "a"), ("list item", "b")]),
        (
            "<table><head>Harvest</head><row><cell>1954</cell><cell><p>small</p></cell></row></table>",
            [("caption", "Harvest"), ("table cell", "1954"), ("table cell", "small")],
        ),
        ("<lg><l>Roses</l>\n<l>are <pb/>red</l></lg>", [("", "Roses\nare red")]),
        ("<sp><speaker>KIM.</speaker><stage>sits</stage><l>To be</l><l>or not</l></sp>",
         [("paragraph", "KIM."), ("", "sits"), ("", "To be\nor not")]),
        ("<p>He said: <q>Go.</q> <quote>Now.</quote></p><quote>Alone.</quote>", [("", "He said: Go. Now."), ("", "Alone.")]),
        ("<p>See.<figure><graphic url='x'/><head>A map</head><figDesc>of Korea</figDesc></figure> More.</p>",
         [("", "See. More."), ("caption", "A map"), ("caption", "of Korea")]),
        ("<div><opener><dateline>Seoul, 1955</dateline><salute>Dear all,</salute></opener><p>Hi.</p><closer>Yours, <signed>K.</signed></closer></div>",
         [("", "Seoul, 1955"), ("", "Dear all,"), ("", "Hi."), ("", "Yours,"), ("", "K.")]),
        ("<p>A text<lb/>in lines</p>", [("", "A text\nin lines")]),
        ("<p>of re-<lb break='no'/>\n volution and coun<pb n='2' break='no'/>try a<pb/>b</p>", [("", "of revolution and country a b")]),
        ("<p>x<gap reason='illegible'/> y <unclear>z</unclear> <supplied>w</supplied></p>", [("", "x[…] y z w")]),
        ("<p>a <del>b</del><add>c</add> <subst><del>d</del><add>e</add></subst></p>", [("", "a c e")]),
        ("<p><w join='right'>Yes</w>\n<pc>.</pc>\n<w>No</w></p>", [("", "Yes. No")]),
        ("Loose text.<p>Then.</p>", [("", "Loose text."), ("", "Then.")]),
        ("<p>A<fw>12</fw> B</p>", [("", "A B")]),
        ("<p>A <!-- not this --><?and not?>B</p>", [("", "A B")]),
    ],
)  # fmt: skip
def test_what_is_read(inside, expected):
    assert blocks(body(inside)) == expected


def test_front_and_back_are_read():
    found = read(tei(
        "<text><front><titlePage><docTitle><titlePart>On Tasks</titlePart></docTitle><byline>by K.</byline></titlePage>"
        "<div type='preface'><p>Preface.</p></div></front><body><p>Body.</p></body>"
        "<back><div type='bibliography'><listBibl><bibl>A book</bibl></listBibl></div><p>Afterword.</p></back></text>"
    ))  # fmt: skip
    assert blocks(found) == [
        ("title", "On Tasks"), ("front matter", "by K."), ("", "Preface."), ("", "Body."), ("apparatus", "A book"),
        ("", "Afterword."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("inside", "kind", "before"),
    [
        ("<p>The plan<note place='foot'>Of 1954.</note> was kept.</p>", "footnote", "The plan"),
        ("<p>The plan<note place='end'>Of 1954.</note> was kept.</p>", "endnote", "The plan"),
        ("<p>The plan<note>Of 1954.</note> was kept.</p>", "footnote", "The plan"),
        ("<p>The plan<ref target='#n'>*</ref> was kept.</p><note xml:id='n'>Of 1954.</note>", "footnote", "The plan"),
        (
            "<p>The <anchor xml:id='a'/>plan was kept.</p><note target='#a' place='end'>Of 1954.</note>",
            "endnote",
            "The ",
        ),
    ],
)
def test_notes_stand_behind_their_paragraph_and_know_where_they_are_called(inside, kind, before):
    found = body(inside)
    note = next(block for block in found.versions[0].blocks if block.kind)
    text = found.versions[0].text
    assert (note.kind, text[note.start : note.stop]) == (kind, "Of 1954.")
    assert text[: note.anchor] == before
    assert blocks(found)[0][1] == "The plan was kept."


def test_a_note_in_the_line_stays_there():
    assert blocks(body("<p>The plan <note place='inline'>(of 1954)</note> was.</p>")) == [
        ("", "The plan (of 1954) was.")
    ]


@pytest.mark.parametrize(
    ("inside", "text", "told"),
    [
        ("<choice><sic>eror</sic><corr>error</corr></choice>", "error", "Corrections"),
        ("<choice><orig>vnto</orig><reg>unto</reg></choice>", "unto", "regularised"),
        ("<choice><abbr>Cde.</abbr><expan>Comrade</expan></choice>", "Comrade", "Abbreviations"),
        ("<choice><unclear cert='high'>one</unclear><unclear>two</unclear></choice>", "one", "hard to read"),
        ("<app><lem wit='#A'>one</lem><rdg wit='#B'>two</rdg></app>", "one", "Variant readings"),
        ("a <gap/>", "a […]", "Gaps"),
        ("<supplied>it</supplied>", "it", "supplied"),
        ("be<lb break='no'/>gin", "begin", "as one"),
    ],
)
def test_the_edited_reading_is_taken_and_that_is_said(inside, text, told):
    found = body(f"<p>{inside}</p>")
    assert found.versions[0].text == text
    assert any(told in line and "(in 1 place)" in line for line in found.warnings)


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<p>A <del>b</del></p>", "Deleted passages are not read (1)."),
        ("<p>A <graphic url='x.png'/></p>", "Pictures are not read (1)."),
        ("<fw>12</fw><p>A</p>", "Running heads, page numbers and other lines of the printer are not read (1)."),
        (
            "<p>A <formula><m:math xmlns:m='http://www.w3.org/1998/Math/MathML'><m:mi>x</m:mi></m:math></formula></p>",
            "formulas",
        ),
    ],
)
def test_what_is_not_read_is_said(inside, told):
    assert any(told in line for line in body(inside).left_out)


def test_nothing_is_said_of_a_plain_file():
    found = body("<p>One.</p>")
    assert (found.warnings, found.left_out, found.remarks, found.links) == ((), (), (), ())


def test_the_header_says_what_the_text_is():
    header = """<teiHeader><fileDesc><titleStmt><title type='sub'>Sub</title><title type='main'>On  Tasks</title><author>Kim</author>
    <respStmt><resp>translated by</resp><name>V. Kovalev</name></respStmt><editor role='translator'>G. Goldberg</editor></titleStmt>
    <publicationStmt><availability><licence target='https://example.org/by'>CC BY</licence></availability></publicationStmt>
    <sourceDesc><msDesc><msIdentifier><repository>RGANI</repository><idno>fond 5</idno></msIdentifier>
    <history><origin><origDate when='1955-01-31'>31 January 1955</origDate></origin></history></msDesc></sourceDesc></fileDesc>
    <profileDesc><langUsage><language ident='rus'>Russian</language></langUsage></profileDesc></teiHeader>"""
    (version,) = read(tei("<text><body><p>Текст.</p></body></text>", header)).versions
    assert (version.title, version.language, version.date) == ("On Tasks", "ru", "31 January 1955")
    assert version.translators == ("V. Kovalev", "G. Goldberg")
    assert version.metadata["archive_reference"] == "RGANI, fond 5"
    assert (version.metadata["author"], version.metadata["licence"]) == ("Kim", "CC BY")
    assert version.status == "user-supplied"


@pytest.mark.parametrize(("own", "expected"), [("", "ru"), (" xml:lang='en'", "en")])
def test_the_header_is_doubted_where_the_text_is_in_other_letters_and_the_text_is_not(own, expected):
    header = HEADER.replace(
        "</teiHeader>", "<profileDesc><langUsage><language ident='en'/></langUsage></profileDesc></teiHeader>"
    )
    found = read(tei(f"<text{own}><body><p>Наша страна ещё не воссоединена.</p></body></text>", header))
    assert found.versions[0].language == expected
    assert bool(found.warnings) == (expected == "ru")


PARALLEL = """<text><group>
<text xml:lang="ru"><body><p xml:id="r1">Один.</p><p xml:id="r2">Два.</p><p xml:id="r3">Ещё.</p></body></text>
<text xml:lang="en"><body><p xml:id="e1" {first}>One.</p><p xml:id="e2" {second}>Two.</p></body></text></group></text>{links}"""


@pytest.mark.parametrize(
    ("first", "second", "links"),
    [
        (
            "",
            "",
            "<standOff><linkGrp type='alignment'><link target='#r1 #e1'/><link target='#r2 #e2'/></linkGrp></standOff>",
        ),
        (
            "",
            "",
            "<text><body><p/></body><back><linkGrp><link targets='#r1 #e1'/><link targets='#r2 #e2'/></linkGrp></back></text>",
        ),
        ("corresp='#r1'", "corresp='#r2'", ""),
        ("sameAs='#r1'", "corresp='paper.tei#r2'", ""),
    ],
)
def test_what_the_file_aligned_is_grouped(first, second, links):
    found = read(tei(PARALLEL.format(first=first, second=second, links=links)))
    russian, english = found.versions[:2]
    assert [version.language for version in (russian, english)] == ["ru", "en"]
    assert [block.group for block in russian.blocks[:2]] == [block.group for block in english.blocks]
    assert russian.blocks[2].group is None
    assert [block.kind for block in english.blocks] == ["paragraph", "paragraph"]
    assert len({block.group for block in english.blocks}) == 2


def test_a_language_each_in_divisions_of_one_body():
    found = body(
        "<div type='edition' xml:lang='ru'><p>Один.</p></div><div type='translation' xml:lang='en'><p>One.</p></div>"
        "<div type='commentary'><p>Why.</p></div>"
    )
    assert [(version.language, version.text) for version in found.versions] == [("ru", "Один."), ("en", "One.")]
    assert "not read (4 characters)" in found.left_out[0]


def test_segments_of_two_languages_in_turn():
    found = body(
        "<p xml:lang='ru'><seg xml:id='r1'>Один.</seg></p><p xml:lang='en'><seg corresp='#r1'>One.</seg></p>"
        "<p xml:lang='ru'><seg xml:id='r2'>Два.</seg></p><p xml:lang='en'><seg corresp='#r2'>Two.</seg></p>"
    )
    assert [version.text for version in found.versions] == ["Один.\n\nДва.", "One.\n\nTwo."]
    assert found.is_aligned


def test_only_what_a_person_confirmed_is_confirmed():
    links = "<standOff><linkGrp><link target='#r1 #e1' ana='#status-confirmed'/><link target='#r2 #e2' cert='high'/></linkGrp></standOff>"
    found = read(tei(PARALLEL.format(first="", second="", links=links)))
    assert [block.confirmed for block in found.versions[1].blocks] == [True, False]


def test_the_paragraphs_of_aligned_divisions_say_it_more_exactly():
    found = read(tei(
        "<text><group><text xml:lang='ru'><body><div xml:id='r'><p xml:id='r1'>Один.</p><p>Ещё.</p></div></body></text>"
        "<text xml:lang='en'><body><div corresp='#r'><p corresp='#r1'>One.</p></div></body></text></group></text>"
    ))  # fmt: skip
    assert [block.group is None for block in found.versions[0].blocks] == [False, True]


def test_links_into_other_files_are_links():
    found = read(tei(
        "<text><body><p xml:id='p1'>One.</p></body></text><standOff><linkGrp type='alignment'><link target='#p1 ru.xml#s1 ru.xml#s2'/>"
        "</linkGrp></standOff>"
    ))  # fmt: skip
    (links,) = found.links
    assert (links.files, links.links, links.by_line) == (("paper.tei", "ru.xml"), ((("p1",), ("s1", "s2")),), False)
    assert found.versions[0].blocks[0].id == "p1"


def test_a_corpus_is_a_version_a_text():
    one = f"<TEI>{HEADER}<text xml:lang='ru'><body><p>Один.</p></body></text></TEI>"
    other = f"<TEI>{HEADER.replace('A Title', 'Another')}<text xml:lang='en'><body><p>One.</p></body></text></TEI>"
    data = f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{HEADER}{one}{other}</teiCorpus>'.encode()
    assert [(version.id, version.title) for version in read(data).versions] == [("ru", "A Title"), ("en", "Another")]


def test_a_collection_in_one_language_is_one_text():
    group = "<front><p>Poems</p></front><group><text><body><p>One.</p></body></text><text><body><p>Two.</p></body></text></group>"
    found = read(tei(f"<text xml:lang='en'>{group}</text>"))
    assert [version.text for version in found.versions] == ["Poems\n\nOne.\n\nTwo."]


def test_each_witness_is_a_version_and_they_are_aligned():
    header = HEADER.replace(
        "<p>none</p></sourceDesc>",
        "<listWit><witness xml:id='A'>Draft</witness><witness xml:id='B'>Print</witness></listWit></sourceDesc>",
    )
    found = read(tei(
        "<text xml:lang='en'><body><p>The <app><lem wit='#A'>big</lem><rdg wit='#B'>small</rdg></app> plan.</p>"
        "<app><rdg wit='#B'><p>Only printed.</p></rdg></app><p>End.</p></body></text>", header,
    ))  # fmt: skip
    assert [version.title for version in found.versions] == ["A Title (A: Draft)", "A Title (B: Print)"]
    assert [version.text for version in found.versions] == [
        "The big plan.\n\nEnd.", "The small plan.\n\nOnly printed.\n\nEnd."
    ]  # fmt: skip
    first, second = ([block.group for block in version.blocks] for version in found.versions)
    assert first == [second[0], second[2]]


def test_notes_apart_are_remarks_on_their_words():
    standoff = """<standOff><respStmt xml:id='k'><resp>notes</resp><name>Kim</name></respStmt>
    <note target='#a' targetEnd='#b' resp='#k'><date when='2026-11-26T15:00:00+03:00'/>Why?</note>
    <note target='#p2'>All of it.</note><note target='#nowhere'>Lost.</note></standOff>"""
    found = read(tei(
        "<text><body><p>The <anchor xml:id='a'/>big plan<anchor xml:id='b'/> was.</p><p xml:id='p2'>Kept.</p></body></text>" + standoff
    ))  # fmt: skip
    first, second = found.remarks
    text = found.versions[0].text
    assert (text[first.start : first.stop], first.text, first.author) == ("big plan", "Why?", "Kim")
    assert first.created == "2026-11-26T12:00:00+00:00"
    assert (text[second.start : second.stop], second.text) == ("Kept.", "All of it.")
    assert "Notes whose place cannot be told are not read (1)." in found.left_out


def test_p4_without_a_namespace_is_read_with_the_entities_of_its_great_dtd():
    data = b"""<!DOCTYPE TEI.2 SYSTEM "teixlite.dtd"><TEI.2><teiHeader/><text lang="en"><body><p id="p1">One &mdash; two&nbsp;three.</p>
    </body></text></TEI.2>"""
    found = read(data)
    assert found.versions[0].text == "One — two three."
    assert found.versions[0].blocks[0].id == "p1"


LAUGHS = (
    "<!DOCTYPE TEI [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '&{chr(97 + n)};&{chr(97 + n)};'>" for n in range(20))
    + "]>"
)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (tei("<text><body><p>&u;</p></body></text>", before=LAUGHS), "entities|well-formed"),
        (tei("<text><body><p>&x;</p></body></text>", before="<!DOCTYPE TEI [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"), "entit"),
        (tei("<text><body><p>&unknown;</p></body></text>", before="<!DOCTYPE TEI SYSTEM 'x.dtd'>"), "unknown"),
        (tei("<text><body>" + "<div>" * 400 + "<p>x</p>" + "</div>" * 400 + "</body></text>"), "256 deep"),
        (tei("<text><body><p>cut")[:-10], "well-formed"),
        (tei("<text><body/></text>"), "holds no text"),
        (tei(""), "holds no <text>"),
        (b"<html><body><p>x</p></body></html>", "not TEI"),
        (b"PK\x03\x04 no", "well-formed"),
        (b"", "well-formed"),
        (tei("".join(f"<text xml:lang='ru'><body><p>{n}<seg xml:id='s{n}'/></p></body></text>" for n in range(60)) +
             "<standOff><spanGrp type='one-sided'><span target='#s1'/></spanGrp></standOff>"), "holds 60 texts"),
    ],
    ids=["billion laughs", "external entity", "unknown entity", "deep", "cut", "empty", "header only", "html", "zip", "nothing", "many"],
)  # fmt: skip
def test_a_hostile_file_is_refused_in_one_sentence(data, told):
    with pytest.raises(ReadError, match=told) as caught:
        read(data)
    assert is_one_sentence(caught.value, "paper.tei")


def test_a_large_file_tells_how_far_it_is_and_can_be_stopped():
    class StopError(Exception):
        pass

    shares = []

    def tell(share):
        shares.append(share)
        if len(shares) == 3:
            raise StopError

    data = tei("<text><body>" + "<p>One <hi>two</hi>.</p>" * 20_000 + "</body></text>")
    with pytest.raises(StopError):
        corpora.contents(File("paper.tei", data, progress=tell))
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] <= 1


def test_many_notes_choices_and_breaks_in_one_paragraph_take_no_longer_each():
    inside = "<note>n</note><lb/><choice><sic>a</sic><corr>b</corr></choice><app><lem>c</lem><rdg>d</rdg></app>"
    found = body(f"<p>{inside * 20_000}</p>")
    assert len(found.versions[0].blocks) == 20_001


GOOD = [
    tei(PARALLEL.format(first="corresp='#r1'", second="", links="<standOff><linkGrp><link target='#r2 #e2'/></linkGrp></standOff>")),
    tei("<text><body><head>H</head><p>A<note place='foot'>n</note><choice><sic>x</sic><corr>y</corr></choice></p><list><item>i</item>"
        "</list><lg><l>v</l></lg><p>re<lb break='no'/>ad <app><lem wit='#A'>l</lem><rdg wit='#B'>r</rdg></app></p></body></text>"),
    tei("<text><body><p>The <anchor xml:id='a'/>plan<anchor xml:id='b'/>.</p></body></text><standOff><note target='#a' targetEnd='#b'>"
        "N</note></standOff>"),
]  # fmt: skip


def test_whatever_happens_to_a_file_it_is_read_or_refused_in_one_sentence():
    refused = refusals(read, mutants(GOOD, 1955))
    assert refused
    assert all(is_one_sentence(error, "paper.tei") for error in refused)
