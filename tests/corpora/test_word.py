"""Word files read: files of a few parts made here, files of python-docx and LibreOffice, and bad ones."""

import io
import re
import shutil
import subprocess
import zipfile

import docx
import pytest

import corpora
from corpora.contents import Contents, File
from corpora.errors import ReadError, WorkbenchError
from tests.corpora.mutations import mutations, packed

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "w": MAIN,
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
        "w16cid": "http://schemas.microsoft.com/office/word/2016/wordml/cid",
        "w16cex": "http://schemas.microsoft.com/office/word/2018/wordml/cex",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
    }.items()
)
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="ru-RU"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="chapter"><w:name w:val="Глава"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="level"><w:name w:val="Раздел"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="circle"><w:name w:val="Circle"/><w:basedOn w:val="circle"/></w:style>
<w:style w:type="paragraph" w:styleId="listed"><w:name w:val="Пункт"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="ask"><w:name w:val="Placeholder Text"/></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="7">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="russianLower"/><w:lvlText w:val="%1.%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="7"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def word(body: str, **parts: str) -> bytes:
    """A Word file with this body and these other parts, by what their relationships call them."""
    parts = {"styles": STYLES, "numbering": NUMBERING, **parts}
    roots = {"core-properties": "cp", "comments": "w:comments", "footnotes": "w:footnotes", "endnotes": "w:endnotes"}
    members = {
        "_rels/.rels": f'<Relationships {RELATIONS}><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="b" Type="{OFFICE}/core-properties" Target="/word/core-properties.xml"/></Relationships>',
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships {RELATIONS}>"
        + "".join(f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in parts)
        + "</Relationships>",
    }
    for kind, inner in parts.items():
        root = roots.get(kind, f"w:{kind}")
        members[f"word/{kind}.xml"] = f"<{root} {SPACES}>{inner}</{root}>"
    return packed(members)


def p(*content: str, style: str = "", more: str = "") -> str:
    """A paragraph of runs: what begins with a tag stands as it is."""
    runs = "".join(one if one.startswith("<") else r(one) for one in content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def listed(number: int, level: int, text: str) -> str:
    return p(text, more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def read(data: bytes, name: str = "paper.docx") -> Contents:
    return corpora.contents(File(name, data))


def blocks(found: Contents) -> list[tuple[str, str]]:
    version = found.versions[0]
    return [(block.kind, version.text[block.start : block.stop]) for block in version.blocks]


CELL = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"
ROW = "<w:tr>{}</w:tr>"
BOX = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CODE = FIELD.format("begin") + "<w:r><w:instrText>REF x</w:instrText></w:r>" + FIELD.format("separate")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("Глава", style="1") + p("Текст."), [("heading", "Глава"), ("", "Текст.")]),
        (p("Глава", style="chapter") + p("Раздел", style="level"), [("heading", "Глава"), ("heading", "Раздел")]),
        (p("Прямо", more='<w:outlineLvl w:val="0"/>'), [("heading", "Прямо")]),
        (p("Текст", style="1", more='<w:outlineLvl w:val="9"/>'), [("", "Текст")]),
        (p("О деле", style="Title") + p("Кругом", style="circle"), [("title", "О деле"), ("", "Кругом")]),
        (p("А", "<w:r><w:tab/><w:t>б</w:t><w:br/><w:t>в</w:t><w:cr/><w:t>г</w:t></w:r>"), [("", "А б\nв\nг")]),
        (p("северо", "<w:r><w:noBreakHyphen/></w:r>", "восток"), [("", "северо\u2011восток")]),
        (p("ко\u00adопе", "<w:r><w:softHyphen/></w:r>", "ратив"), [("", "кооператив")]),
        (p("до", '<w:r><w:br w:type="page"/></w:r>', "после"), [("", "до\nпосле")]),
        (p('<w:hyperlink w:anchor="x">' + r("ссылка") + "</w:hyperlink>", " и"), [("", "ссылка и")]),
        (p("<w:smartTag><w:smartTag>" + r("Пхеньян") + "</w:smartTag></w:smartTag>"), [("", "Пхеньян")]),
        (p(CODE, "итог", FIELD.format("end"), "."), [("", "итог.")]),
        (p(FIELD.format("begin"), CODE, "внутри", FIELD.format("end"), FIELD.format("end"), "."), [("", ".")]),
        (p(FIELD.format("begin"), "код") + p("Дальше."), [("", "Дальше.")]),
        (p('<w:fldSimple w:instr="DATE">' + r("5 марта") + "</w:fldSimple>"), [("", "5 марта")]),
        (p('<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', r("\uf0ae", '<w:rFonts w:ascii="Symbol"/>')), [("", "α→")]),
        (p("<m:oMath><m:r><m:t>E=mc</m:t></m:r><m:r><m:t>2</m:t></m:r></m:oMath>"), [("", "E=mc2")]),
        (p("О", more='<w:framePr w:dropCap="drop"/>') + p("днажды."), [("", "Однажды.")]),
        (p("рядом", BOX.format(p("в рамке"))) + p("дальше"), [("", "рядом"), ("", "в рамке"), ("", "дальше")]),
        (
            p("<w:r><mc:AlternateContent><mc:Choice>" + BOX.format(p("раз"))[5:-6] + "</mc:Choice><mc:Fallback>"
              + BOX.format(p("два"))[5:-6] + "</mc:Fallback></mc:AlternateContent></w:r>"),
            [("", "раз")],
        ),
        ("<w:sdt><w:sdtContent>" + p("в поле") + "</w:sdtContent></w:sdt>", [("", "в поле")]),
        (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
            + p("Глава 1") + "</w:sdtContent></w:sdt>" + p("Текст."),
            [("front matter", "Глава 1"), ("", "Текст.")],
        ),
        (
            listed(1, 0, "а") + listed(1, 1, "б") + listed(1, 1, "в") + p("между") + listed(1, 0, "г") + listed(1, 1, "д")
            + listed(3, 0, "е") + listed(2, 0, "ж") + p("з", style="listed"),
            [
                ("list item", "1. а"), ("list item", "1.а) б"), ("list item", "1.б) в"), ("", "между"),
                ("list item", "2. г"), ("list item", "2.а) д"), ("list item", "5. е"), ("list item", "• ж"),
                ("list item", "6. з"),
            ],
        ),
        (p("не в списке", style="listed", more='<w:numPr><w:numId w:val="0"/></w:numPr>'), [("", "не в списке")]),
        (listed(1, 0, "") + listed(1, 0, "второй"), [("list item", "2. второй")]),
        (
            "<w:tbl>"
            + ROW.format(CELL.format('<w:gridSpan w:val="2"/>', p("шапка")))
            + ROW.format(CELL.format('<w:vMerge w:val="restart"/>', p("слева")) + CELL.format("", p("раз") + p("два")))
            + ROW.format(CELL.format("<w:vMerge/>", p()) + CELL.format("", "<w:tbl>" + ROW.format(CELL.format("", p("внутри"))) + "</w:tbl>" + p()))
            + "</w:tbl>",
            [("table cell", text) for text in ("шапка", "слева", "раз", "два", "внутри")],
        ),
        (
            p("<w:r><w:ruby><w:rt>" + r("한자") + "</w:rt><w:rubyBase>" + r("漢字") + "</w:rubyBase></w:ruby></w:r>"),
            [("", "漢字")],
        ),
    ],
)  # fmt: skip
def test_paragraphs_are_read_as_word_shows_them(body, expected):
    assert blocks(read(word(body))) == expected


CALLED = p(
    "Слово", '<w:r><w:footnoteReference w:id="2"/></w:r>', " и дело",
    '<w:r><w:endnoteReference w:id="1"/></w:r>', '<w:r><w:footnoteReference w:id="3"/></w:r>', ".",
)  # fmt: skip
FOOTNOTES = (
    '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
    f'<w:footnote w:id="3">{p("Третья.")}</w:footnote>'
    f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", " Вторая.")}{p("Её конец.")}</w:footnote>'
)


def test_notes_stand_behind_the_body_and_know_where_they_are_called():
    found = read(word(CALLED, footnotes=FOOTNOTES, endnotes=f'<w:endnote w:id="1">{p("В конце.")}</w:endnote>'))
    version = found.versions[0]
    assert [(block.kind, version.text[block.start : block.stop], block.anchor) for block in version.blocks] == [
        ("", "Слово и дело.", None),
        ("footnote", "Вторая.", 5),
        ("footnote", "Её конец.", 5),
        ("footnote", "Третья.", 12),
        ("endnote", "В конце.", 12),
    ]
    cut = corpora.segment(version)
    assert [segment.anchor for segment in cut.segments] == [None, 5, 5, 12, 12]
    assert not found.warnings


def test_no_note_is_dropped_but_with_the_text_that_calls_it():
    deleted = p(
        "Текст.",
        '<w:del><w:r><w:footnoteReference w:id="3"/></w:r></w:del>',
        '<w:r><w:footnoteReference w:id="9"/></w:r>',
    )
    found = read(word(deleted, footnotes=FOOTNOTES))
    assert blocks(found) == [("", "Текст."), ("footnote", "Вторая."), ("footnote", "Её конец.")]
    assert found.warnings == (
        "1 tracked deletion is accepted: the text is out.",
        "1 footnote or endnote is called nowhere in the text and stands at its end.",
        "1 footnote or endnote is called in the text and not in the file.",
    )


def comment(id: int, text: str, date: str = "2024-03-05T12:00:00Z") -> str:
    return (
        f'<w:comment w:id="{id}" w:author="А. Петрова" w:date="{date}"><w:p/>'
        f'<w:p w14:paraId="0000000{id}"><w:r><w:annotationRef/></w:r>{r(text)}</w:p></w:comment>'
    )


def test_comments_are_remarks_on_their_words():
    edges = (
        '<w:commentRangeStart w:id="{0}"/>',
        '<w:commentRangeEnd w:id="{0}"/><w:r><w:commentReference w:id="{0}"/></w:r>',
    )
    body = p("Перед ", edges[0].format(1), edges[0].format(2), "нами") + p(
        "стоит", edges[1].format(1), edges[1].format(2), " задача."
    )
    body += p("Точка", '<w:r><w:commentReference w:id="4"/></w:r>', ".")
    found = read(
        word(
            body,
            comments=comment(1, "Кем?") + comment(2, "Нами.") + comment(4, "Здесь.", "вчера") + comment(5, "Нигде."),
            commentsExtended='<w15:commentEx w15:paraId="00000001" w15:done="1"/>'
            '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="1"/>',
            commentsIds='<w16cid:commentId w16cid:paraId="00000002" w16cid:durableId="7"/>',
            commentsExtensible='<w16cex:commentExtensible w16cex:durableId="7" w16cex:dateUtc="2024-03-05T12:30:00Z"/>',
        )
    )
    text = found.versions[0].text
    assert [(text[one.start : one.stop], one.text, one.author, one.created) for one in found.remarks] == [
        ("нами\n\nстоит", "Кем?", "А. Петрова", "2024-03-05T12:00:00+00:00"),
        ("нами\n\nстоит", "Нами.", "А. Петрова", "2024-03-05T12:30:00+00:00"),
        ("Точка", "Здесь.", "А. Петрова", ""),
    ]
    assert found.warnings == ("1 comment that is marked as resolved is taken like the others.",)
    assert found.left_out == ("1 comment that stands nowhere in the text is left out.",)


INSERTED = '<w:ins w:author="А">{}</w:ins>'
DELETED = '<w:del w:author="А"><w:r><w:delText>{}</w:delText></w:r></w:del>'


@pytest.mark.parametrize(
    ("body", "text", "told"),
    [
        (p("Один ", INSERTED.format(r("два")), INSERTED.format(r(" и")), " три"), "Один два и три", ["1 tracked insertion is accepted."]),
        (p("Один ", DELETED.format("два"), "три", DELETED.format("."), "!"), "Один три!", ["2 tracked deletions are accepted: their text is out."]),
        (p("Один", more="<w:rPr><w:del/></w:rPr>") + p(" абзац."), "Один абзац.", ["1 tracked deletion is accepted: the text is out."]),
        (
            p("<w:moveFrom><w:r><w:t>раз</w:t></w:r></w:moveFrom>", "два ") + p("<w:moveTo>" + r("раз") + "</w:moveTo>"),
            "два\n\nраз", ["1 tracked move is accepted: the text stands at its new place."],
        ),
        (
            "<w:tbl>" + ROW.format("<w:trPr><w:del/></w:trPr>" + CELL.format("", p("прочь"))) + ROW.format(CELL.format("", p("здесь"))) + "</w:tbl>",
            "здесь", ["1 tracked deletion is accepted: the text is out."],
        ),
        (p(INSERTED.format(DELETED.format("нет")), "да"), "да", ["1 tracked insertion is accepted.", "1 tracked deletion is accepted: the text is out."]),
    ],
)  # fmt: skip
def test_tracked_changes_are_accepted_and_counted(body, text, told):
    found = read(word(body))
    assert found.versions[0].text == text
    assert list(found.warnings) == told


def test_what_is_not_text_is_counted():
    picture = "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"
    ask = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = p(
        "Видно",
        r(" тайно", "<w:vanish/>"),
        r(" совсем", '<w:rStyle w:val="secret"/>'),
        r(" и", '<w:vanish w:val="0"/>'),
    )
    body += p(
        picture,
        picture,
        "<w:r><w:object/></w:r>",
        ask.format(r("Впишите имя", '<w:rStyle w:val="ask"/>')),
        ask.format(r("Ким")),
    )
    body += "<w:altChunk/>" + p(
        "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", r("\uf0f1", '<w:rFonts w:ascii="Webdings"/>')
    )
    found = read(word(body, header=p("Секретно"), footer=p()))
    assert blocks(found) == [("", "Видно и"), ("", "Ким"), ("", "x\uf0f1")]
    assert found.left_out == (
        "The text of 1 page header or footer is left out.",
        "1 passage of hidden text is left out.",
        "2 pictures are left out.",
        "1 embedded object is left out.",
        "1 document inside the document is left out.",
        "1 form field that was not filled in is left out.",
    )
    assert found.warnings == (
        "1 equation is read as a line of its signs.",
        "1 sign of a special font has no letter that is known here and is kept as that font's code.",
    )


def test_properties_language_and_title():
    properties = (
        "<dc:title>Microsoft Word - Документ1</dc:title><dc:creator>Ким</dc:creator>"
        "<dcterms:created>1999-05-06T07:08:09Z</dcterms:created>"
    )
    version = read(word(p("О деле", style="Title") + p("Задача стоит."), **{"core-properties": properties})).versions[0]
    assert (version.language, version.title) == ("ru", "О деле")
    assert version.metadata == {
        "title": "Microsoft Word - Документ1",
        "creator": "Ким",
        "created": "1999-05-06T07:08:09+00:00",
        "file": "paper.docx",
    }
    assert read(word(p("Задача стоит."), **{"core-properties": properties})).versions[0].title == "paper"


def test_strict_files_are_read_too():
    data = word(CALLED, footnotes=FOOTNOTES)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name).replace(MAIN.encode(), STRICT.encode()) for name in archive.namelist()}
    assert blocks(read(packed(members))) == blocks(read(data))


def test_a_file_of_python_docx_is_read():
    document = docx.Document()
    document.add_heading("Задачи", 1)
    paragraph = document.add_paragraph("Перед нами стоит ")
    document.add_comment(paragraph.add_run("задача"), "Какая?", "Пак")
    document.add_paragraph("раз", style="List Number")
    document.add_paragraph("два", style="List Number")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "шапка"
    table.cell(1, 0).text, table.cell(1, 1).text = "а", "б"
    memory = io.BytesIO()
    document.save(memory)
    found = read(memory.getvalue())
    assert blocks(found) == [
        ("heading", "Задачи"), ("", "Перед нами стоит задача"), ("list item", "1. раз"), ("list item", "2. два"),
        ("table cell", "шапка"), ("table cell", "а"), ("table cell", "б"),
    ]  # fmt: skip
    [remark] = found.remarks
    assert (found.versions[0].text[remark.start : remark.stop], remark.text, remark.author) == (
        "задача",
        "Какая?",
        "Пак",
    )


PAGE = """<html lang="de"><head><meta charset="utf-8"><title>Bericht</title></head><body><h1>Überschrift</h1>
<p>Ein Absatz mit einem <a href="http://example.org">Verweis</a> auf etwas anderes und<br>mit Umbruch.</p><ol><li>eins</li><li>zwei</li></ol>
<ul><li>Punkt</li></ul><table><tr><th colspan=2>Kopf</th></tr><tr><td>a</td><td>b</td></tr></table></body></html>"""


@pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is not installed; apt has libreoffice-writer-nogui"
)
@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_a_web_page_that_libreoffice_saved_is_read(tmp_path, suffix):
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    converted(tmp_path, "page.html", suffix, "--infilter=HTML (StarWriter)")
    found = corpora.contents(corpora.file_at(tmp_path / "out" / f"page.{suffix}"))
    assert (found.versions[0].language, found.versions[0].title) == ("de", "Bericht")
    assert blocks(found) == [
        ("heading", "Überschrift"), ("", "Ein Absatz mit einem Verweis auf etwas anderes und\nmit Umbruch."), ("list item", "1. eins"),
        ("list item", "2. zwei"), ("list item", "• Punkt"), ("table cell", "Kopf"), ("table cell", "a"), ("table cell", "b"),
    ]  # fmt: skip


def converted(folder, name: str, suffix: str, *options: str) -> None:
    """A file that LibreOffice saved in another format, in the folder "out"."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", *options]
    command += ["--convert-to", suffix, "--outdir", str(folder / "out"), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=250)


def test_progress_is_told_and_its_error_passes_through():
    data = word("".join(p(f"Абзац {number}.") for number in range(3000)))
    shares: list[float] = []
    read_all = corpora.contents(File("paper.docx", data, progress=shares.append))
    assert len(read_all.versions[0].blocks) == 3000
    assert shares == sorted(shares)
    assert len(shares) > 10
    assert shares[-1] == 1.0

    class StopError(Exception):
        pass

    def stop(share: float) -> None:
        if share > 0.5:
            raise StopError

    with pytest.raises(StopError):
        corpora.contents(File("paper.docx", data, progress=stop))


DEEP = 300
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PARTS = {"word/document.xml": f"<w:document {SPACES}><w:body>{p('Текст.')}</w:body></w:document>"}
ROOT = f'<Relationships {RELATIONS}><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="{{}}"/></Relationships>'


def whole(document: str, target: str = "word/document.xml") -> bytes:
    return packed({"_rels/.rels": ROOT.format(target), "word/document.xml": document})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a Word file, or is damaged"),
        (b"PK\x03\x04", "not a Word file, or is damaged"),
        (b"Plain text.", "not a Word file, or is damaged"),
        (b"%PDF-1.7", "not a Word file, or is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word file .* protected by a password"),
        (b"{\\rtf1 Text}", "an RTF file"),
        (word(p("Текст."))[:300], "not a Word file, or is damaged"),
        (word(p()), "holds no text"),
        (packed({"a.txt": "Text."}), "no document in it"),
        (packed({"[Content_Types].xml": "", "xl/workbook.xml": "<x/>", "_rels/.rels": ROOT.format("xl/workbook.xml")}), "none of a word processor"),
        (whole(PARTS["word/document.xml"], "../../../etc/passwd"), "no document in it"),
        (whole("<w:document"), "not well-formed XML"),
        (whole(BOMB + "<x>&b;</x>"), "declares entities"),
        (whole(OUTSIDE + "<x>&a;</x>"), "declares entities"),
        (whole(f"<w:document {SPACES}>" + "<w:p>" * DEEP + "</w:p>" * DEEP + "</w:document>"), "more than 256 deep"),
        (packed({"_rels/.rels": ROOT.format("word/document.xml"), "word/document.xml": b"\0" * 3_000_000}), "too much memory"),
    ],
)  # fmt: skip
def test_what_is_no_word_file_is_refused_in_a_sentence(data, said):
    with pytest.raises(ReadError, match=said) as caught:
        read(data)
    assert '"paper.docx"' in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("name", ["old.doc", "rich.rtf"])
@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0", b"{\\rtf1 x}", b"<html>", b"Text."])
def test_old_word_files_and_rtf_are_told_how_to_become_readable(name, data):
    with pytest.raises(ReadError, match=rf'"{re.escape(name)}" .* save it as \.docx') as caught:
        read(data, name)
    assert str(caught.value).count(". ") == 0


def test_a_new_file_under_an_old_name_is_read():
    assert read(word(p("Текст.")), "paper.doc").versions[0].text == "Текст."


def test_what_is_nested_as_deep_as_xml_may_be_is_read_or_refused():
    for part in (
        "<w:ins>{}</w:ins>",
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
    ):
        body = p("Дно.")
        for _ in range(240 // part.count("</")):
            body = part.format(body)
        assert read(word(body)).versions[0].text == "Дно."


def test_only_workbench_errors_come_out_of_broken_files():
    edge = '<w:commentRangeStart w:id="1"/>'
    files = [
        word(CALLED + p(edge, "а", INSERTED.format(r("б")), CODE, "в"), footnotes=FOOTNOTES, comments=comment(1, "Кем?"), header=p("С")),
        word(listed(1, 0, "а") + listed(3, 1, "б") + "<w:tbl>" + ROW.format(CELL.format("<w:vMerge/>", p("в")) * 2) + "</w:tbl>"),
    ]  # fmt: skip
    assert set(map(outcome, mutations(files))) == {"text", "refused"}


def outcome(data: bytes) -> str:
    """What came of a file: "text" where something was read, "refused" where a sentence says why not."""
    try:
        return "text" if read(data).versions[0].text else ""
    except WorkbenchError as error:
        return "refused" if '"paper.docx"' in str(error) else str(error)
