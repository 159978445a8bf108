"""OpenDocument texts read: flat and zipped ones made here, those that LibreOffice and odfdo save, and bad ones."""

import io
import shutil

import odfdo
import pytest

import corpora
from corpora.contents import Contents, File
from corpora.errors import ReadError, WorkbenchError
from tests.corpora.mutations import mutations, packed
from tests.corpora.test_word import converted

SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        **{name: f"{SPACE}{name}:1.0" for name in ("office", "text", "table", "style", "meta")},
        "fo": f"{SPACE}xsl-fo-compatible:1.0",
        "svg": f"{SPACE}svg-compatible:1.0",
        "draw": f"{SPACE}drawing:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xlink": "http://www.w3.org/1999/xlink",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
        "math": "http://www.w3.org/1998/Math/MathML",
    }.items()
)
META = """<dc:title>О кооперативе</dc:title><meta:initial-creator>Ким</meta:initial-creator>
<meta:creation-date>1999-05-06T07:08:09</meta:creation-date>"""
STYLES = """
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
  style:default-outline-level="1"/>
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>
<text:outline-style style:name="Outline">
  <text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/></text:outline-style>
<text:list-style style:name="L1">
  <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix=")"/>
  <text:list-level-style-number text:level="2" style:num-format="а, б, .., аа, аб, ... (ru)" style:num-suffix=")"/>
</text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>
"""
LAYOUT = '<style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm"/></style:page-layout>'
MASTER = """<style:master-page style:name="Standard" style:page-layout-name="pm1">
<style:header><text:p>Секретно</text:p></style:header></style:master-page>"""


def flat(body: str) -> bytes:
    """A text in one file."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {SPACES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta>{META}</office:meta><office:styles>{STYLES}</office:styles>
<office:automatic-styles>{LAYOUT}</office:automatic-styles><office:master-styles>{MASTER}</office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>""".encode()


def zipped(body: str, **more: str) -> bytes:
    """The same as an archive."""
    members = {
        "content.xml": f"<office:document-content {SPACES}><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {SPACES}><office:styles>{STYLES}</office:styles><office:master-styles>{MASTER}</office:master-styles></office:document-styles>",
        "meta.xml": f"<office:document-meta {SPACES}><office:meta>{META}</office:meta></office:document-meta>",
    }
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", **members, **more})


def read(data: bytes, name: str = "paper.odt") -> Contents:
    return corpora.contents(File(name, data))


def blocks(found: Contents) -> list[tuple[str, str]]:
    version = found.versions[0]
    return [(block.kind, version.text[block.start : block.stop]) for block in version.blocks]


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def item(*content: str, more: str = "") -> str:
    return f"<text:list-item{more}>{''.join(content)}</text:list-item>"


NOTE = '<text:note text:note-class="{}"><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>'
CHANGED = "<office:change-info><dc:creator>Ли</dc:creator><dc:date>2020-01-01T00:00:00</dc:date></office:change-info>"
CHANGES = f"""<text:tracked-changes>
<text:changed-region text:id="c1" xml:id="c1"><text:deletion>{CHANGED}<text:p>очень</text:p></text:deletion></text:changed-region>
<text:changed-region text:id="c2" xml:id="c2"><text:insertion>{CHANGED}</text:insertion></text:changed-region></text:tracked-changes>"""
REMARK = """<office:annotation office:name="a1"><dc:creator>Пак</dc:creator><dc:date>2021-02-03T04:05:06</dc:date>
<text:p>Проверить.</text:p></office:annotation>"""
RICH = f"""{CHANGES}<text:h text:style-name="Heading_20_1" text:outline-level="1">Задачи</text:h>
<text:p>Перед нами <text:change text:change-id="c1"/>стоит <text:change-start text:change-id="c2"/>большая <text:change-end
 text:change-id="c2"/>за<text:soft-page-break/>дача{NOTE.format("footnote", p("Примечание."))} восстановить {REMARK}сельское
 хозяйство<office:annotation-end office:name="a1"/><text:span text:style-name="Hidden">тайно</text:span>.<text:line-break/>Вторая
<text:tab/>строка<text:s text:c="3"/>с кон\u00adцом.{NOTE.format("endnote", p("В конце."))}</text:p>
<text:list text:style-name="L1" xml:id="l1">{item(p("ссуда;"), "<text:list>", item(p("семенная")), item(p("денежная")), "</text:list>")}
{item(p("дома."))}</text:list>
{p("Между.")}<text:list text:style-name="L1" text:continue-list="l1">{item(p("третье"))}</text:list>
<text:list text:style-name="L2">{item(p("точка"))}</text:list>
<table:table table:name="T"><table:table-column table:number-columns-repeated="2"/><table:table-header-rows><table:table-row>
<table:table-cell table:number-columns-spanned="2">{p("шапка")}</table:table-cell><table:covered-table-cell/></table:table-row>
</table:table-header-rows><table:table-row><table:table-cell>{p("раз")}{p("два")}</table:table-cell><table:table-cell>{p("три")}
</table:table-cell></table:table-row></table:table>
<text:p>Рядом.<draw:frame text:anchor-type="paragraph" svg:width="4cm" svg:height="2cm" draw:z-index="0"><draw:text-box>
{p("В рамке.")}</draw:text-box></draw:frame></text:p>
<text:h text:style-name="Heading_20_1" text:outline-level="1">Итог</text:h>{p("И<text:span>так</text:span>.")}"""
EXPECTED = [
    ("heading", "I. Задачи", None),
    ("", "Перед нами стоит большая задача восстановить сельское хозяйство.\nВторая строка с концом.", None),
    ("list item", "1) ссуда;", None), ("list item", "а) семенная", None), ("list item", "б) денежная", None),
    ("list item", "2) дома.", None), ("", "Между.", None), ("list item", "3) третье", None), ("list item", "• точка", None),
    ("table cell", "шапка", None), ("table cell", "раз", None), ("table cell", "два", None), ("table cell", "три", None),
    ("", "Рядом.", None), ("", "В рамке.", None), ("heading", "II. Итог", None), ("", "Итак.", None),
    ("footnote", "Примечание.", 42), ("endnote", "В конце.", 99),
]  # fmt: skip


def check_rich(found: Contents, name: str) -> None:
    """All that the rich text holds is there."""
    version = found.versions[0]
    assert [(block.kind, version.text[block.start : block.stop], block.anchor) for block in version.blocks] == EXPECTED
    [remark] = found.remarks
    assert version.text[remark.start : remark.stop] == "сельское хозяйство"
    assert (remark.text, remark.author, remark.created) == ("Проверить.", "Пак", "2021-02-03T04:05:06+00:00")
    assert (version.language, version.title, version.metadata["creator"]) == ("ru", "О кооперативе", "Ким")
    assert version.metadata["created"] == "1999-05-06T07:08:09+00:00"
    assert version.metadata["file"] == name
    assert found.warnings == (
        "1 tracked insertion is accepted.",
        "1 tracked deletion is accepted: the text is out.",
    )
    assert found.left_out == (
        "The text of 1 page header or footer is left out.",
        "1 passage of hidden text is left out.",
    )


@pytest.mark.parametrize("data", [flat(RICH), zipped(RICH)], ids=["flat", "zipped"])
def test_a_text_is_read_with_all_it_holds(data):
    check_rich(read(data), "paper.odt")


@pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is not installed; apt has libreoffice-writer-nogui"
)
@pytest.mark.parametrize("suffix", ["odt", "fodt", "docx"])
def test_what_libreoffice_makes_of_it_reads_the_same(tmp_path, suffix):
    (tmp_path / "paper.fodt").write_bytes(flat(RICH))
    converted(tmp_path, "paper.fodt", suffix)
    check_rich(corpora.contents(corpora.file_at(tmp_path / "out" / f"paper.{suffix}")), f"paper.{suffix}")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<text:p text:style-name="Title">О деле</text:p>' + p("Текст."), [("title", "О деле"), ("", "Текст.")]),
        (p("a<text:a xlink:href='x'>б</text:a><text:page-number>3</text:page-number>"), [("", "aб3")]),
        (p("漢<text:ruby><text:ruby-base>字</text:ruby-base><text:ruby-text>자</text:ruby-text></text:ruby>"), [("", "漢字")]),
        (
            f'<text:table-of-content><text:table-of-content-source><text:index-title-template>X</text:index-title-template>'
            f"</text:table-of-content-source><text:index-body>{p('Глава 1')}</text:index-body></text:table-of-content>{p('Т.')}",
            [("front matter", "Глава 1"), ("", "Т.")],
        ),
        (f'<text:section text:display="none">{p("нет")}</text:section><text:section>{p("да")}</text:section>', [("", "да")]),
        (
            f'<text:list text:style-name="L1"><text:list-header>{p("над")}</text:list-header>'
            + item(p("пять"), p("и дальше"), more=' text:start-value="5"') + item(p("шесть")) + "</text:list>"
            + f'<text:list text:style-name="L1">{item(p("снова"))}</text:list>'
            + f'<text:list text:style-name="L1" text:continue-numbering="true">{item(p("за ним"))}</text:list>',
            [
                ("", "над"), ("list item", "5) пять"), ("", "и дальше"), ("list item", "6) шесть"),
                ("list item", "1) снова"), ("list item", "2) за ним"),
            ],
        ),
        (
            f"<draw:g><draw:custom-shape>{p('в круге')}<draw:enhanced-geometry/></draw:custom-shape></draw:g>{p('Т.')}",
            [("", "в круге"), ("", "Т.")],
        ),
        (
            p("x<draw:frame><draw:object><math:math><math:mi>E</math:mi><math:mo>=</math:mo><math:mn>1</math:mn></math:math>"
              "</draw:object><draw:image/></draw:frame>"),
            [("", "x E=1")],
        ),
        (p("имя <text:placeholder>&lt;Имя&gt;</text:placeholder>"), [("", "имя")]),
        (p(f"раз{NOTE.format('footnote', p('а') + p('б'))}"), [("", "раз"), ("footnote", "а"), ("footnote", "б")]),
        ("<text:h text:outline-level='1'><text:number>§ 1</text:number>Глава</text:h>", [("heading", "§ 1 Глава")]),
    ],
)  # fmt: skip
def test_paragraphs_are_read_as_libreoffice_shows_them(body, expected):
    assert blocks(read(zipped(body))) == expected


def test_deleted_text_that_stands_in_the_text_is_out_with_its_paragraph_ends():
    edges = '<text:change-start text:change-id="c1"/>', '<text:change-end text:change-id="c1"/>'
    note = NOTE.format("footnote", p("прочь"))
    found = read(
        flat(
            CHANGES + p("Один " + edges[0] + "нет" + note) + p("ничего") + p("ни" + edges[1] + "абзац.") + p("Другой.")
        )
    )
    assert blocks(found) == [("", "Один абзац."), ("", "Другой.")]
    found = read(flat(CHANGES + p("Один.") + edges[0] + p("нет") + edges[1] + p("Другой.")))
    assert blocks(found) == [("", "Один."), ("", "Другой.")]


def test_a_comment_in_deleted_text_stays_and_answers_stand_by_their_question():
    deleted = f'<text:tracked-changes><text:changed-region text:id="c"><text:deletion>{p("нет" + REMARK)}</text:deletion></text:changed-region></text:tracked-changes>'
    answer = REMARK.replace(
        'office:name="a1"', 'office:name="a2" loext:parent-name="a1" loext:resolved="true"'
    ).replace("03T", "04T")
    found = read(zipped(f"{deleted}<text:p>Слово<text:change text:change-id='c'/> дело.</text:p>{p('Ещё' + answer)}"))
    text = found.versions[0].text
    assert [(text[one.start : one.stop], one.created[:10]) for one in found.remarks] == [
        ("Слово", "2021-02-03"),
        ("Ещё", "2021-02-04"),
    ]
    assert "1 comment that is marked as resolved is taken like the others." in found.warnings


def test_pictures_and_objects_are_counted():
    frame = "<draw:frame>{}</draw:frame>"
    body = p(
        "Т." + frame.format("<draw:image/>") * 2 + frame.format('<draw:object xlink:href="./Object 1"/><draw:image/>')
    )
    assert read(zipped(body)).left_out[1:] == ("2 pictures are left out.", "1 embedded object is left out.")


def test_an_equation_in_a_part_of_its_own_is_read():
    inner = '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mi>x</mi><annotation>x</annotation></semantics></math>'
    body = p('Пусть <draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>.')
    found = read(zipped(body, **{"Object 1/content.xml": inner}))
    assert found.versions[0].text == "Пусть x ."
    assert found.warnings == ("1 equation is read as a line of its signs.",)


def test_a_file_of_odfdo_is_read():
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Задачи"))
    paragraph = odfdo.Paragraph("Перед нами стоит задача.")
    paragraph.insert_note(after="задача", note_id="n1", citation="1", body="Какая?")
    paragraph.insert_annotation(after="нами", body="Кем?", creator="Пак")
    document.body.append(paragraph)
    document.body.append(odfdo.List(["раз", "два"]))
    memory = io.BytesIO()
    document.save(memory)
    found = read(memory.getvalue())
    assert [(kind, text.removeprefix("1. ").removeprefix("• ")) for kind, text in blocks(found)] == [
        ("heading", "Задачи"), ("", "Перед нами стоит задача."), ("list item", "раз"), ("list item", "два"), ("footnote", "Какая?"),
    ]  # fmt: skip
    [remark] = found.remarks
    assert (found.versions[0].text[remark.start : remark.stop], remark.author) == ("нами", "Пак")


MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
SHEET = f"<office:document-content {SPACES}><office:body><office:spreadsheet/></office:body></office:document-content>"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not an OpenDocument text, or is damaged"),
        (b"Text.", "not an OpenDocument text, or is damaged"),
        (b"<html><p>Text.</p>", "not well-formed XML"),
        (b"<html><p>Text.</p></html>", "no text of a word processor"),
        (zipped(p("Т."))[:200], "not an OpenDocument text, or is damaged"),
        (zipped(""), "holds no text"),
        (packed({"mimetype": "x"}), "not an OpenDocument text, or is damaged"),
        (packed({"content.xml": SHEET}), "no text of a word processor"),
        (zipped(p("Т."), **{"META-INF/manifest.xml": MANIFEST}), "protected by a password"),
        (packed({"encrypted-package": "x"}), "protected by a password"),
        (zipped(p("Т."), **{"content.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}), "declares entities"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_in_a_sentence(data, said):
    with pytest.raises(ReadError, match=said) as caught:
        read(data)
    assert '"paper.odt"' in str(caught.value)
    assert str(caught.value).endswith(".")


def test_progress_is_told():
    shares: list[float] = []
    corpora.contents(File("paper.odt", zipped(p("Абзац.") * 2000), progress=shares.append))
    assert shares == sorted(shares)
    assert len(shares) > 5
    assert shares[-1] == 1.0


def test_what_is_nested_as_deep_as_xml_may_be_is_read():
    for part in ("<text:section>{}</text:section>", "<text:list><text:list-item>{}</text:list-item></text:list>"):
        body = p("Дно.")
        for _ in range(240 // part.count("</")):
            body = part.format(body)
        assert read(zipped(body)).versions[0].text.endswith("Дно.")
    assert read(zipped(p("<text:span>" * 240 + "Дно." + "</text:span>" * 240))).versions[0].text == "Дно."


def test_only_workbench_errors_come_out_of_broken_files():
    assert set(map(outcome, mutations([zipped(RICH), flat(RICH)]))) == {"text", "refused"}


def outcome(data: bytes) -> str:
    """What came of a file: "text" where something was read, "refused" where a sentence says why not."""
    try:
        return "text" if read(data).versions[0].text else ""
    except WorkbenchError as error:
        return "refused" if '"paper.odt"' in str(error) else str(error)
