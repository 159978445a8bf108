"""XLIFF read: segments, states, notes, codes, the ways of memoQ and Trados Studio, and files that mean harm."""

import os
import random

import pytest

import corpora
from corpora.contents import Contents, File
from corpora.errors import ReadError, WorkbenchError
from tests.corpora.test_tmx import mutated, texts

ONE = 'version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"'
TWO = 'version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"'
SDL = 'xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'


def old(body: str, head: str = "", start: str = "", attributes: str = "") -> str:
    """A file of XLIFF 1.2."""
    return (
        f'{start}<xliff {ONE} {attributes}>{head}<file original="a.txt" source-language="ru" target-language="en-us" '
        f'datatype="plaintext"><body>{body}</body></file></xliff>'
    )


def new(body: str, attributes: str = "") -> str:
    """A file of XLIFF 2.0."""
    return f'<xliff {TWO} srcLang="ru" trgLang="en"><file id="f1" {attributes}>{body}</file></xliff>'


def unit(source: str, target: str | None = None, attributes: str = "", inside: str = "", state: str = "") -> str:
    """A unit of XLIFF 1.2."""
    said = "" if target is None else f"<target {state}>{target}</target>"
    return f'<trans-unit id="7" {attributes}><source>{source}</source>{said}{inside}</trans-unit>'


def segment(source: str, target: str | None = None, attributes: str = "") -> str:
    """A segment of XLIFF 2."""
    said = "" if target is None else f"<target>{target}</target>"
    return f"<segment {attributes}><source>{source}</source>{said}</segment>"


def whole(*segments: str) -> str:
    """A file of XLIFF 2.0 with one unit of these segments."""
    return new(f'<unit id="u1">{"".join(segments)}</unit>')


def read(text: str | bytes, name: str = "work.xlf") -> Contents:
    return corpora.contents(File(name, text.encode() if isinstance(text, str) else text))


def groups(found: Contents) -> list[list[int]]:
    return [[block.group for block in version.blocks] for version in found.versions]


PAIR = unit("Наша страна.", "Our country.")


@pytest.mark.parametrize("name", ["work.xlf", "work.xliff", "work.mqxliff", "work.sdlxliff"])
def test_a_unit_is_a_group_of_paragraphs_with_its_id(name):
    found = read(old(PAIR), name)
    assert [(version.id, version.language) for version in found.versions] == [("ru", "ru"), ("en-US", "en-US")]
    assert [(b.kind, b.group, b.confirmed, b.id) for version in found.versions for b in version.blocks] == [
        ("paragraph", 1, False, "7"), ("paragraph", 1, False, "7"),
    ]  # fmt: skip
    assert (found.warnings, found.left_out) == ((), ())


def test_xliff_2_has_units_of_several_segments():
    found = read(whole(segment("Раз.", "One.", 'id="s1"'), segment("Два.", "Two.")))
    assert texts(found) == {"ru": ["Раз.", "Два."], "en": ["One.", "Two."]}
    assert [block.id for block in found.versions[0].blocks] == ["s1", "u1/2"]
    assert groups(found) == [[1, 2], [1, 2]]


def test_targets_in_another_order_are_read_in_theirs():
    body = segment("Раз.", "One.").replace("<target>", '<target order="2">') + segment("Два.", "Two.").replace(
        "<target>", '<target order="1">'
    )
    found = read(new(f'<unit id="u1">{body}</unit>'))
    assert texts(found)["en"] == ["Two.", "One."]
    assert groups(found) == [[1, 2], [2, 1]]


def test_what_has_no_counterpart_stands_alone():
    found = read(old(unit("Раз.") + unit("Два.", "") + unit("", "Three.") + PAIR))
    assert groups(found) == [[1, 2, 4], [3, 4]]


def test_a_file_without_translations_says_so():
    found = read(old(unit("Раз.")))
    assert [version.id for version in found.versions] == ["ru"]
    assert found.warnings == ("Only one version in it has any text: there is no translation to align.",)


CUT = (
    '<seg-source><mrk mtype="seg" mid="1">Раз.</mrk> <g id="1"><mrk mtype="seg" mid="2">Два<x id="2"/>.</mrk></g></seg-source>'
    '<target><mrk mtype="seg" mid="2">Two.</mrk> <mrk mtype="seg" mid="1">One.</mrk></target>'
)


def test_segments_of_xliff_1_2_are_paired_by_their_marks():
    found = read(old(unit("Раз. Два.", inside=CUT)))
    assert texts(found) == {"ru": ["Раз.", "Два."], "en-US": ["Two.", "One."]}
    assert groups(found) == [[1, 2], [2, 1]]
    assert found.versions[0].blocks[1].id == "7/2"
    assert found.warnings == ("2 codes of the original format in the text left out, the words inside kept.",)


def test_segments_with_one_mark_twice_are_both_read():
    twice = CUT.replace('mid="2"', 'mid="1"')
    assert texts(read(old(unit("Раз. Два.", inside=twice)))) == {"ru": ["Раз.", "Два."], "en-US": ["Two.", "One."]}


def test_words_between_segments_are_kept():
    inside = '<seg-source>§ 5 <mrk mtype="seg" mid="1">Раз.</mrk></seg-source><target><mrk mtype="seg" mid="1">One.</mrk></target>'
    assert texts(read(old(unit("§ 5 Раз.", inside=inside)))) == {"ru": ["Раз.", "§ 5"], "en-US": ["One."]}


def test_a_target_that_was_not_cut_is_paired_as_a_whole():
    inside = '<seg-source><mrk mtype="seg" mid="1">Раз.</mrk> <mrk mtype="seg" mid="2">Два.</mrk></seg-source><target>One. Two.</target>'
    assert texts(read(old(unit("Раз. Два.", inside=inside)))) == {"ru": ["Раз. Два."], "en-US": ["One. Two."]}


@pytest.mark.parametrize(
    ("text", "confirmed"),
    [
        (old(unit("Раз.", "One.", 'approved="yes"')), True),
        (old(unit("Раз.", "One.", 'approved="no"')), False),
        (old(unit("Раз.", "One.", state='state="final"')), True),
        (old(unit("Раз.", "One.", state='state="signed-off"')), True),
        (old(unit("Раз.", "One.", state='state="translated"')), False),
        (old(unit("Раз.", "One.", 'xmlns:mq="MQXliff" mq:status="ManuallyConfirmed"')), True),
        (old(unit("Раз.", "One.", 'xmlns:mq="MQXliff" mq:status="Proofread"')), True),
        (old(unit("Раз.", "One.", 'xmlns:mq="MQXliff" mq:status="PartiallyEdited"')), False),
        (whole(segment("Раз.", "One.", 'state="final"')), True),
        (whole(segment("Раз.", "One.", 'state="reviewed"')), True),
        (whole(segment("Раз.", "One.", 'state="translated"')), False),
        (whole(segment("Раз.", "One.", 'state="translated" subState="mq:ManuallyConfirmed"')), True),
        (whole(segment("Раз.", "One.")), False),
    ],
)  # fmt: skip
def test_what_a_person_finished_is_confirmed(text, confirmed):
    found = read(text)
    assert [block.confirmed for version in found.versions for block in version.blocks] == [confirmed, confirmed]


def test_nobody_confirms_what_is_not_translated():
    found = read(old(unit("Раз.", "", 'approved="yes"') + PAIR))
    assert [block.confirmed for version in found.versions for block in version.blocks] == [False] * 3


def test_trados_confirms_segment_by_segment():
    defs = '<sdl:seg-defs><sdl:seg id="1" conf="ApprovedTranslation"/><sdl:seg id="2" conf="Draft"/></sdl:seg-defs>'
    found = read(old(unit("Раз. Два.", inside=CUT + defs), attributes=SDL), "work.sdlxliff")
    assert [block.confirmed for block in found.versions[0].blocks] == [True, False]
    assert [block.confirmed for block in found.versions[1].blocks] == [False, True]


def test_comments_and_changes_of_trados():
    head = (
        '<doc-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"><cmt-defs><cmt-def id="c1"><Comments><Comment severity='
        '"Low" user="Kim" date="2014-10-29T15:16:15.3366393+03:00" version="1.0">Why?</Comment></Comments></cmt-def>'
        "</cmt-defs></doc-info>"
    )
    target = (
        '<mrk mtype="seg" mid="1">Our <mrk mtype="x-sdl-deleted">land</mrk><mrk mtype="x-sdl-added"><mrk mtype="x-sdl-comment" '
        'sdl:cid="c1">country</mrk></mrk>.</mrk>'
    )
    inside = f'<seg-source><mrk mtype="seg" mid="1">Наша страна.</mrk></seg-source><target>{target}</target>'
    found = read(old(unit("Наша страна.", inside=inside), head, attributes=SDL), "work.sdlxliff")
    assert texts(found)["en-US"] == ["Our country."]
    (remark,) = found.remarks
    assert (found.versions[1].text[remark.start : remark.stop], remark.version) == ("country", 1)
    assert (remark.text, remark.author, remark.created) == ("Why?", "Kim", "2014-10-29T12:16:15+00:00")
    assert found.warnings == ("2 tracked changes taken as accepted: what was deleted is not read.",)


def test_comments_of_memoq():
    comments = (
        '<mq:comments xmlns:mq="MQXliff"><mq:comment id="1" creatoruser="Kim" time="2014-10-29T15:16:15Z" deleted="false" '
        'appliesto="Target">Why?</mq:comment><mq:comment id="2" deleted="true">Gone</mq:comment></mq:comments>'
    )
    (remark,) = read(old(unit("Раз.", "One.", inside=comments)), "work.mqxliff").remarks
    assert (remark.version, remark.text, remark.author, remark.created) == (
        1,
        "Why?",
        "Kim",
        "2014-10-29T15:16:15+00:00",
    )


def test_notes_are_remarks_on_the_side_they_are_about():
    inside = '<note from="Kim" annotates="target">T</note><note annotates="source">S</note><note>G</note>'
    found = read(old(unit("Раз.", "One.", inside=inside)))
    assert [(r.version, r.text, r.author) for r in found.remarks] == [(1, "T", "Kim"), (0, "S", ""), (0, "G", "")]


def test_notes_of_a_file_or_group_stand_on_the_next_text_with_their_category():
    notes = "<notes><note>File.</note></notes>"
    group = '<group id="g"><notes><note category="place">Group.</note></notes><unit id="u0"><segment><source/></segment></unit>{}</group>'
    found = read(new(notes + group.format(f'<unit id="u1">{segment("Раз.", "One.")}</unit>')))
    assert [(r.version, r.start, r.stop, r.text) for r in found.remarks] == [
        (0, 0, 4, "File."), (0, 0, 4, "place: Group."),
    ]  # fmt: skip


def test_notes_of_xliff_2_stand_on_the_words_that_are_marked_with_them():
    source = 'Наша <mrk id="m1" type="comment" ref="#n=n1">страна</mrk> <sm id="m2" type="comment" value="Short."/>мала<em startRef="m2"/>.'
    body = f'<unit id="u1"><notes><note id="n1">Which?</note></notes>{segment(source, "Our country is small.")}</unit>'
    found = read(new(body))
    text = found.versions[0].text
    assert {(text[r.start : r.stop], r.text) for r in found.remarks} == {("страна", "Which?"), ("мала", "Short.")}
    assert text == "Наша страна мала."


def test_a_copy_of_the_source_is_no_translation():
    found = read(
        old(PAIR + unit("Раз.", "Раз.", state='state="new"') + unit("1955", "1955", state='state="translated"'))
    )
    assert groups(found) == [[1, 2, 3], [1, 3]]
    assert found.warnings == ("1 target marked as not translated, with the words of the source, read as empty.",)


def test_several_files_are_one_text():
    one = old(PAIR)
    file = one[one.index("<file") : one.index("</xliff>")]
    found = read(one.replace("</xliff>", file.replace("a.txt", "b.txt") + "</xliff>"))
    assert texts(found)["ru"] == ["Наша страна."] * 2
    assert found.warnings == ("It holds 2 files (a.txt, b.txt), read as one text in the order of the file.",)


def test_what_is_not_read_is_told():
    body = (
        unit("Раз.", "One.", inside="<alt-trans><source>Р</source><target>O</target></alt-trans>")
        + unit("Код", "Code", 'translate="no"')
        + '<group translate="no">' + unit("Код") + "</group>"
        + '<bin-unit id="b" mime-type="image/png"><bin-source/></bin-unit>'
    )  # fmt: skip
    found = read(old(body).replace("<body>", "<header><skl><internal-file>x</internal-file></skl></header><body>"))
    assert texts(found) == {"ru": ["Раз."], "en-US": ["One."]}
    assert found.left_out == (
        "1 suggestion of translation memories (alt-trans, matches).",
        "2 units marked as not to be translated.",
        "1 unit without text (bin-unit).",
        "1 skeleton from which the original file is made again.",
    )


def test_what_stands_between_segments_of_xliff_2_is_told_when_it_is_text():
    between = "<ignorable><source> </source></ignorable><ignorable><source>5</source></ignorable>"
    found = read(new(f'<unit id="u1">{segment("Раз.", "One.")}{between}{segment("Два.", "Two.")}</unit>'))
    assert found.left_out == ("1 text between segments marked as not to be translated (ignorable).",)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('A <g id="1">B</g> C<x id="2"/>', "A B C"),
        ('A<bpt id="1">&lt;b></bpt>B<ept id="1">&lt;/b></ept>', "AB"),
        ('A<x id="1" ctype="lb"/>B', "A\nB"),
        ('A <mrk mtype="protected">B</mrk>', "A B"),
        ('A<bx id="1"/>B<ex id="1"/>', "AB"),
    ],
)
def test_codes_go_and_the_words_in_them_stay(source, text):
    assert texts(read(old(unit(source, "X"))))["ru"] == [text]


def test_a_language_that_is_missing_is_told_by_the_text():
    found = read(old(unit("Наша страна мала.", "우리 나라.")).replace('target-language="en-us"', ""))
    assert [version.language for version in found.versions] == ["ru", "ko"]


def test_both_sides_in_one_language_are_two_versions():
    found = read(old(unit("Our country.", "Our land.")).replace('"ru"', '"en"').replace("en-us", "en"))
    assert texts(found) == {"en": ["Our country."], "en2": ["Our land."]}


HOSTILE = {
    "billion laughs": old(PAIR, start='<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'),
    "deep groups": old('<group id="g">' * 4000 + PAIR + "</group>" * 4000),
    "deep codes": old(unit('<g id="1">' * 4000 + "x" + "</g>" * 4000)),
    "cut off": old(PAIR * 9)[:700],
    "another XML": "<html/>",
    "no file": f"<xliff {ONE}/>",
    "no text": old(unit("", "")),
    "only codes": old(unit('<x id="1"/>', '<x id="1"/>')),
    "binary": bytes(range(256)) * 20,
    "empty": "",
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_what_means_harm_or_nothing_ends_in_one_sentence(hostile):
    with pytest.raises(ReadError) as caught:
        read(hostile, "odd work.xlf")
    message = str(caught.value)
    assert '"odd work.xlf"' in message
    assert message.endswith(".")
    assert "\n" not in message


def test_nested_groups_as_deep_as_xml_goes_are_read():
    assert texts(read(old('<group id="g">' * 240 + PAIR + "</group>" * 240)))["ru"] == ["Наша страна."]


def test_what_progress_raises_passes_through():
    def stop(share: float) -> None:
        assert 0 < share <= 1
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpora.contents(File("w.xlf", old(PAIR * 1200).encode(), progress=stop))


def test_nothing_but_a_workbench_error_comes_out_of_spoilt_files():
    chance = random.Random(1955)
    good = [
        old(unit("Раз. Два.", inside=CUT + '<note from="K">N</note>') + PAIR, attributes=SDL),
        new(
            '<notes><note>N</note></notes><unit id="u1"><notes><note id="n1">N</note></notes>'
            + segment(
                'Н <mrk id="m" type="comment" ref="#n=n1">с</mrk><cp hex="1B"/>', "<sm id='2'/>One<em startRef='2'/>"
            )
            + "</unit>"
        ),
    ]
    read_whole, told = 0, []
    for number in range(2000 if os.environ.get("SOAK") else 200):
        data = good[number % 2].encode()
        for _ in range(chance.randrange(1, 4)):
            data = mutated(data, chance)
        try:
            read_whole += len(read(data).versions)
        except WorkbenchError as error:
            told.append(str(error))
    assert read_whole
    assert all('"work.xlf"' in message and message.endswith(".") for message in told)
