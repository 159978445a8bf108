"""Translation memories read: languages, codes, notes, what is told of them, and files that mean harm."""

import io
import os
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import corpora
from corpora.building import clean
from corpora.contents import Contents, File
from corpora.document import Block
from corpora.errors import ReadError, WorkbenchError
from corpora.readers import inline
from corpora.readers.pairing import Offsets

HEADER = (
    '<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" {} datatype="text"/>'
)


def memory(body: str, source: str = 'srclang="ru"', start: str = "") -> str:
    return f'{start}<tmx version="1.4">{HEADER.format(source)}<body>{body}</body></tmx>'


def unit(*variants: tuple[str, str], inside: str = "", attributes: str = "") -> str:
    texts = "".join(f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv>' for language, text in variants)
    return f"<tu {attributes}>{inside}{texts}</tu>"


def read(text: str | bytes, name: str = "memory.tmx") -> Contents:
    return corpora.contents(File(name, text.encode() if isinstance(text, str) else text))


def texts(found: Contents) -> dict[str, list[str]]:
    return {
        version.id: [version.text[block.start : block.stop] for block in version.blocks] for version in found.versions
    }


PAIR = unit(("ru", "Наша страна."), ("en", "Our country."), attributes='tuid="a7"')


def test_a_unit_is_a_group_of_paragraphs_with_its_id():
    found = read(memory(PAIR + unit(("ru", "Весна."), ("en", "Spring."))))
    assert texts(found) == {"ru": ["Наша страна.", "Весна."], "en": ["Our country.", "Spring."]}
    assert found.versions[1].blocks == (
        Block(0, 12, "paragraph", 1, False, None, "a7"), Block(14, 21, "paragraph", 2, False, None, "2"),
    )  # fmt: skip
    assert found.is_aligned
    assert (found.warnings, found.left_out) == ((), ())


@pytest.mark.parametrize(
    ("source", "languages", "order"),
    [
        ('srclang="ru"', ["en", "ru", "ko"], ["ru", "en", "ko"]),
        ('srclang="RU"', ["en-us", "ru_RU"], ["ru-RU", "en-US"]),
        ('srclang="*all*"', ["en", "ru"], ["en", "ru"]),
        ('srclang="de"', ["en", "ru"], ["en", "ru"]),
        ('srclang="ru"', ["en", "ru", "en"], ["ru", "en", "en2"]),
        ('srclang="zh-hant"', ["en", "zh-Hans", "zh-Hant"], ["zh-Hant", "en", "zh-Hans"]),
    ],
)
def test_the_source_comes_first_and_the_rest_as_it_comes(source, languages, order):
    found = read(memory(unit(*((language, f"Text {place}") for place, language in enumerate(languages))), source))
    assert [version.id for version in found.versions] == order
    told = any("which of its languages is the source" in warning for warning in found.warnings)
    assert told == ("de" in source)


def test_a_unit_without_one_of_the_languages_stands_alone():
    found = read(memory(PAIR + unit(("ru", "Весна.")) + unit(("ru", "Зима."), ("en", " "))))
    assert [len(version.blocks) for version in found.versions] == [3, 1]
    assert [block.group for block in found.versions[0].blocks] == [1, 2, 3]


def test_a_language_that_is_none_is_told_by_the_text():
    found = read(memory(unit(("x-none", "Наша страна."), ("en", "Our country."))))
    assert {version.language for version in found.versions} == {"ru", "en"}


def test_tmx_1_1_names_the_language_otherwise():
    old = memory(PAIR).replace("xml:lang", "lang").replace('version="1.4"', 'version="1.1"')
    assert [version.id for version in read(old).versions] == ["ru", "en"]


@pytest.mark.parametrize(
    ("segment", "text", "codes"),
    [
        ('The <bpt i="1">&lt;b></bpt>black<ept i="1">&lt;/b></ept> cat', "The black cat", 2),
        ('<it pos="begin">&lt;i></it>A<hi type="verb">B</hi>C', "ABC", 2),
        ("Touch <ut>{\\cf6</ut>Retry", "Touch Retry", 1),
        ('1.<ph x="1">\\t</ph>One<ph x="2">\\n</ph>Two<ph type="lb"/>Three', "1. One\nTwo\nThree", 3),
        ("One<ph>&lt;br/></ph>two", "One\ntwo", 1),
        ('A<hi>B<hi>C<bpt i="1"/>D</hi></hi>', "ABCD", 3),
        ("Tom &amp; Jerry &#x1F600;", "Tom & Jerry \U0001f600", 0),
        ("  One\n   two  ", "One\ntwo", 0),
    ],
)
def test_codes_go_and_the_words_in_them_stay(segment, text, codes):
    found = read(memory(unit(("ru", "Текст"), ("en", segment))))
    assert texts(found)["en"] == [text]
    told = [warning for warning in found.warnings if "of the original format" in warning]
    noun = "code" if codes == 1 else "codes"
    assert [warning.startswith(f"{codes} {noun} ") for warning in told] == ([True] if codes else [])


def test_texts_in_codes_are_passages_behind_theirs():
    segment = 'Click <ph type="image">&lt;img alt="<sub>Start<ph>&lt;b></ph> here</sub>"></ph> now<ph type="fnote">{<sub>A note.</sub>}</ph>.'
    found = read(memory(unit(("ru", "Текст"), ("en", segment))))
    english = found.versions[1]
    assert [(english.text[b.start : b.stop], b.kind, b.group, b.anchor) for b in english.blocks] == [
        ("Click now.", "paragraph", 1, None), ("Start here", "paragraph", 1, None),
        ("A note.", "footnote", 1, 9),
    ]  # fmt: skip
    assert english.text[:9] == "Click now"
    assert any(warning.startswith("2 texts inside such codes") for warning in found.warnings)


def test_notes_are_remarks_on_their_texts():
    variants = '<tuv xml:lang="ru"><seg>Раз.</seg></tuv><tuv xml:lang="en"><note>On one.</note><prop type="p">v</prop><seg>One.</seg></tuv>'
    found = read(memory(f"<tu><note>On both.</note>{variants}</tu>"))
    assert [(r.version, r.start, r.stop, r.text) for r in found.remarks] == [
        (1, 0, 4, "On one."),
        (0, 0, 4, "On both."),
    ]
    assert found.left_out == ("1 property of units and texts (p).",)


def test_what_stands_in_the_header_is_told():
    head = HEADER.format('srclang="ru"').replace("/>", "><note>About.</note><prop type='a'>b</prop></header>")
    found = read(memory(PAIR).replace(HEADER.format('srclang="ru"'), head))
    assert found.left_out == ("1 note and 1 property of the whole memory, in its header.",)


def test_several_documents_in_one_memory_are_told():
    units = "".join(
        unit(("ru", "Раз."), ("en", "One."), inside=f'<prop type="x-document">{name}</prop>') for name in "abb"
    )
    (told,) = read(memory(units)).warnings
    assert told.startswith("It holds units of 2 documents (a, b)")


def test_what_a_person_approved_is_confirmed():
    found = read(memory(PAIR + unit(("ru", "Раз."), ("en", "One."), inside='<prop type="approved">yes</prop>')))
    assert [block.confirmed for block in found.versions[0].blocks] == [False, True]


UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
ENCODINGS = [(encoding, declared) for encoding in UNICODE for declared in ("", "UTF-8", "UTF-16")]


@pytest.mark.parametrize(("encoding", "declared"), [*ENCODINGS, ("cp1251", "windows-1251"), ("koi8-r", "KOI8-R")])
def test_encodings_are_told_by_their_marks_and_by_what_the_file_says(encoding, declared):
    start = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    assert texts(read(memory(PAIR, start=start).encode(encoding))) == {"ru": ["Наша страна."], "en": ["Our country."]}


def test_a_dtd_that_is_named_is_not_loaded(tmp_path, monkeypatch):
    (tmp_path / "tmx14.dtd").write_text('<!ENTITY nbsp "loaded">')
    monkeypatch.chdir(tmp_path)
    found = read(memory(unit(("ru", "Раз."), ("en", "One&nbsp;two")), start='<!DOCTYPE tmx SYSTEM "tmx14.dtd">'))
    assert texts(found)["en"] == ["One two"]


@pytest.mark.parametrize(
    "broken",
    [
        memory(unit(("ru", "Раз."), ("en", "One.&#x1F;"))),
        memory(unit(("ru", "Раз."), ("en", "One.\x08"))),
        memory(unit(("ru", "Раз."), ("en", "<x:y z:a='b'>One.</x:y>"))),
        memory(unit(("ru", "Раз."), ("en", "One.&#8;"))).encode("utf-16"),
    ],
)
def test_what_programs_often_get_wrong_is_mended(broken):
    assert texts(read(broken)) == {"ru": ["Раз."], "en": ["One."]}


LAUGHS = '<!DOCTYPE tmx [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip
HOSTILE = {
    "billion laughs": memory(unit(("en", "&j;"), ("ru", "Раз.")), start=LAUGHS),
    "external entity": memory(
        unit(("en", "&x;"), ("ru", "Раз.")), start='<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
    "deep nesting": memory(unit(("en", "<hi>" * 5000 + "x" + "</hi>" * 5000))),
    "cut off": memory(PAIR * 20)[:900],
    "another XML": "<html><body><tu/></body></html>",
    "no body": '<tmx version="1.4"/>',
    "no text": memory(unit(("en", " "), ("ru", "<ph>x</ph>"))),
    "no units": memory(""),
    "a ZIP": b"PK\x03\x04" + bytes(200),
    "controls": memory(unit(("en", "x"))).replace(">x<", f">{chr(1)}<"),
    "empty": "",
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_what_means_harm_or_nothing_ends_in_one_sentence(hostile):
    with pytest.raises(ReadError) as caught:
        read(hostile, "odd memory.tmx")
    message = str(caught.value)
    assert '"odd memory.tmx"' in message
    assert message.endswith(".")
    assert "\n" not in message


def test_more_languages_than_anybody_compares_are_refused():
    with pytest.raises(ReadError, match="holds more than 200 versions"):
        read(memory(unit(*(("en", f"Text {number}") for number in range(300)))))


def test_what_progress_raises_passes_through():
    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpora.contents(File("m.tmx", memory(PAIR * 1200).encode(), progress=stop))


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with something flipped, cut, doubled or moved; as they are where too little is left."""
    if data.count(b"<") < 2:
        return data
    start, stop = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    kind = chance.randrange(5)
    if kind == 0:
        place = chance.randrange(len(data))
        return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]
    if kind == 1:
        return data[:start] + data[stop:]
    if kind == 2:
        return data[:stop] + data[start:]
    tags = [place for place in range(len(data)) if data[place : place + 1] == b"<"]
    first, second = sorted(chance.sample(tags, 2))
    if kind == 3:
        return data[:first] + data[second:]
    return data[:first] + data[second:] + data[first:second]


def test_nothing_but_a_workbench_error_comes_out_of_spoilt_files():
    chance = random.Random(1955)
    good = memory(
        PAIR
        + unit(
            ("ru", 'Раз<ph type="fnote">{<sub>А</sub>}</ph>'), ("en", "<hi>One</hi>&nbsp;"), inside="<note>N</note>"
        ),
        start='<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
    )
    read_whole, told = 0, []
    for number in range(2000 if os.environ.get("SOAK") else 200):
        data = good.encode("utf-16" if number % 4 == 0 else "utf-8")
        for _ in range(chance.randrange(1, 4)):
            data = mutated(data, chance)
        try:
            read_whole += len(read(data).versions)
        except WorkbenchError as error:
            told.append(str(error))
    assert read_whole
    assert all('"memory.tmx"' in message and message.endswith(".") for message in told)


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)


@st.composite
def inlines(draw, depth: int = 3):
    """An element with text and codes in it, as TMX has them, with the text that is to be read."""
    element = etree.Element("hi")
    element.text = draw(words)
    text = element.text
    for _ in range(draw(st.integers(0, 3)) if depth else 0):
        name = draw(st.sampled_from(["hi", "bpt", "ph", "mrk", "g", "x", "cp"]))
        if name in ("hi", "mrk", "g"):
            inner, held = draw(inlines(depth - 1))
            inner.tag = name
        else:
            inner, held = etree.Element(name), ""
            if name in ("bpt", "ph"):
                inner.text = draw(words).replace("\\", "/").replace("\n", "")
            if name == "cp":
                inner.set("hex", "001B")
                held = "\x1b"
        inner.tail = draw(words)
        element.append(inner)
        text += held + inner.tail
    return element, text


@settings(max_examples=100)
@given(made=inlines())
def test_codes_anywhere_leave_the_text_as_it_is(made):
    element, text = made
    whole = etree.parse(io.BytesIO(etree.tostring(element))).getroot()
    found = inline.flat(whole)
    breaks = str.maketrans("", "", " \n\t")
    assert found.text.translate(breaks) == text.translate(breaks)
    for mark in found.marks:
        assert found.text[mark.start : mark.stop] == inline.flat(mark.element).text


@settings(max_examples=200)
@given(
    text=st.text(st.sampled_from("a é\u0301\n\t\u00a0\u2028ㅎ\u1112\u1161\u11ab\x85"), max_size=20),
    start=st.integers(0, 20),
)
def test_places_in_a_cleaned_text_are_those_of_cleaning_what_stands_before(text, start):
    offsets, whole = Offsets(text), clean(text)
    before = clean(text[:start])
    assert offsets.of(min(start, len(text)), at_end=True) == len(before)
    behind = len(clean(f"{text[:start]}|")) - 1
    first = min(offsets.of(min(start, len(text)), at_end=False), len(whole))
    assert first == min(behind, len(whole)) or not clean(text[start:])
