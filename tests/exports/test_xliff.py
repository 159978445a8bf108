"""XLIFF files that were written: valid, whole, read by other programs and read back."""

import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest
from hypothesis import settings
from lxml import etree

import corpora
import exports
from aligners import given
from aligners.alignment import Span
from corpora import read_bytes
from corpora.contents import File
from corpora.document import PLACEHOLDER_MARK
from corpora.errors import ExportError
from exports import Selection
from reviews import Review, prepare
from reviews.notes.anchor import anchor
from reviews.notes.note import Note
from tests.exports.rules import XLIFF, faults
from tests.exports.translation_units import misplaced, read_back, reviews, written

CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
META = "{urn:oasis:names:tc:xliff:metadata:2.0}"
# Debian's php-symfony-translation brings the core schema of XLIFF 2.0, whose elements 2.1 has as well; who has the
# schemas of 2.1 (xliff_core_2.0.xsd, metadata.xsd) can name their folder.
SYMFONY = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
SCHEMAS = Path(os.environ.get("TEST_XLIFF_SCHEMAS", "xliff2.1"))


def parsed(selection: Selection):
    return etree.fromstring(exports.to_bytes(selection, ".xlf"))


def metadata(element, category: str) -> dict[str, str]:
    groups = [one for one in element.find(f"{META}metadata") if one.get("category") == category]
    return {one.get("type"): one.text for group in groups for one in group}


def units(root) -> list:
    return list(root.iter(f"{CORE}unit"))


def texts(root, side: str) -> list[str]:
    return ["".join(one.itertext()) for one in root.iter(f"{CORE}{side}")]


def holding(root, words: str):
    return next(unit for unit in units(root) if any(words in text for text in unit.itertext()))


@pytest.fixture(scope="module")
def judged(notice_review) -> Review:
    """The notice with confirmed units and notes, two of them on words that overlap."""
    alignment = notice_review.alignment
    changed = [replace(unit, status="confirmed") if n % 2 else unit for n, unit in enumerate(alignment.units)]
    found = {version.id: version.text for version in notice_review.document.versions}

    def on(id: str, words: str):
        start = found[id].index(words)
        return anchor(id, found[id], start, start + len(words))

    notes = (
        Note("n1", (on("ru", "урожай зерна"), on("en", "grain harvest")), "ru-en", {"mqm": "accuracy"}, "minor", "So?",
             author="Kim", created="2026-11-26T12:00:00+00:00"),
        Note("n 2", (on("ru", "1954 году урожай"),), body="When?"),
        Note("n3", (replace(on("ru", "урожай зерна"), gone=True),), body="Gone."),
    )  # fmt: skip
    ids = tuple(f"kept/{number}" for number in range(len(changed)))
    return replace(notice_review, alignment=replace(alignment, units=tuple(changed)), ids=ids, notes=notes)


@pytest.mark.parametrize("hop", ["ko-ru", "ru-en", "ko-en"])
def test_every_segment_of_both_versions_is_there_once_and_in_order(judged, hop):
    root = parsed(Selection(judged, hop=hop))
    for side, id in zip(("source", "target"), hop.split("-"), strict=True):
        whole = " ".join(segment.text for segment in judged.document.version(id).segments)
        assert " ".join(" ".join(texts(root, side)).split()) == " ".join(whole.split())
        told = [metadata(unit, side).get("segments", "") for unit in units(root)]
        assert " ".join(filter(None, told)).split() == [
            f"{id}-{n + 1}" for n in range(len(judged.document.version(id).segments))
        ]


def test_only_confirmed_units_with_both_sides_are_final(judged):
    states = set()
    for unit in units(parsed(Selection(judged, hop="ru-en"))):
        said, segment = metadata(unit, "unit"), unit.find(f"{CORE}segment")
        both = all(
            any(segment.find(f"{CORE}{side}") is not None and segment.find(f"{CORE}{side}").itertext())
            for side in ("source", "target")
        )
        expected = "initial" if not both else "final" if said["status"] == "confirmed" else "translated"
        assert segment.get("state") == expected
        states.add(expected)
    assert {"final", "translated", "initial"} >= states >= {"final", "translated"}


def test_a_unit_without_a_counterpart_has_an_empty_side(judged):
    root = parsed(Selection(judged, hop="ru-en"))
    lone = holding(root, "read out on the radio")
    assert lone.find(f"{CORE}segment/{CORE}source").text is None
    assert lone.find(f"{CORE}segment").get("state") == "initial"
    unit = judged.alignment.units[0]
    alone = replace(unit, sides=(unit.sides[0], Span(0, 0), Span(0, 0)))
    rest = replace(unit, sides=(Span(1, 1), *unit.sides[1:]))
    review = replace(
        judged, alignment=replace(judged.alignment, units=(alone, rest, *judged.alignment.units[1:])), ids=()
    )
    first, second = units(parsed(Selection(review, hop="ko-ru")))[:2]
    assert first.find(f"{CORE}segment/{CORE}target") is None
    assert second.find(f"{CORE}segment/{CORE}source").text is None


def test_units_and_notes_keep_their_names(judged):
    root = parsed(Selection(judged, hop="ru-en"))
    names = [unit.get("name") for unit in units(root)]
    assert names == [judged.ids[number] for number in Selection(judged, hop="ru-en").numbers]
    assert [note.get("id") for note in root.iter(f"{CORE}note")] == ["n1", "n_2", "n3"]


def test_notes_say_what_they_apply_to_and_stand_on_their_words(judged):
    unit = holding(parsed(Selection(judged, hop="ru-en")), "урожай зерна")
    notes = {note.get("id"): note for note in unit.iter(f"{CORE}note")}
    assert (notes["n1"].get("appliesTo"), notes["n1"].get("category")) == ("source", "mqm: accuracy")
    assert notes["n3"].get("appliesTo") is None
    assert metadata(unit, "note n1") == {
        "id": "n1", "author": "Kim", "created": "2026-11-26T12:00:00+00:00", "state": "open",
    }  # fmt: skip
    assert metadata(unit, "note n_2")["id"] == "n 2"
    assert marked(unit.find(f"{CORE}segment/{CORE}source")) == {"#n=n1": "урожай зерна", "#n=n_2": "1954 году урожай"}
    assert marked(unit.find(f"{CORE}segment/{CORE}target")) == {"#n=n1": "grain harvest"}


def marked(element) -> dict[str, str]:
    """The words that each note stands on."""
    found, open_ = {}, {}
    for child in element:
        if child.tag == f"{CORE}sm":
            open_[child.get("id")] = child.get("ref")
            found[child.get("ref")] = ""
        else:
            del open_[child.get("startRef")]
        for reference in open_.values():
            found[reference] += child.tail or ""
    return found


def test_the_file_says_what_it_was_made_of(example_review):
    (file,) = parsed(Selection(example_review, hop="ko-ru")).iter(f"{CORE}file")
    said = metadata(file, "provenance")
    assert said["method"] == example_review.alignment.signature
    assert sum(PLACEHOLDER_MARK in value for value in said.values()) == 2
    assert metadata(file, "target version")["mark"] == PLACEHOLDER_MARK
    assert metadata(file, "source version")["digest"] == example_review.document.version("ko").digest
    assert metadata(file, "document")["id"] == example_review.document.id


def test_scores_issues_and_verdicts_are_in_the_metadata(example_review):
    root = parsed(Selection(example_review, hop="ru-en"))
    ids = exports.rows.unit_ids(example_review.alignment)
    found = {unit.get("id"): unit for unit in units(root)}
    with_issues = [one for one in example_review.divergences if one.hop == "ru-en" and one.issues]
    assert with_issues
    for one in with_issues:
        unit = found[ids[one.unit]]
        assert metadata(unit, "scores ru-en")["divergence"] == f"{one.value:.3f}"
        issues = [group for group in unit.find(f"{META}metadata") if group.get("category") == "issue"]
        assert len(issues) == len(one.issues)
        assert metadata(unit, "issue")["verdict"] == "undecided"


def test_front_matter_and_apparatus_are_not_to_be_translated(example_review):
    root = parsed(Selection(example_review, hop="ru-en"))
    kinds = {
        metadata(unit, side).get("kinds")
        for unit in units(root)
        for side in ("source", "target")
        if unit.get("translate") == "no"
    }
    assert kinds - {None} == {"front matter", "apparatus"}


def test_characters_that_xml_cannot_hold_are_spelt_out_and_read_back():
    found = [read_bytes(text.encode(), f"{id}.txt", id) for id, text in (("ru", "Он\x1bпал.\x0c"), ("en", "He fell."))]
    data = exports.to_bytes(Selection(prepare(found, level="line")), ".xlf")
    assert [one.get("hex") for one in etree.fromstring(data).iter(f"{CORE}cp")] == ["000C"]
    assert corpora.contents(File("x.xlf", data)).versions[0].text == "Онпал."


def test_the_texts_stay_as_they_are_between_the_lines_of_the_file(judged):
    data = exports.to_bytes(Selection(judged, hop="ru-en"), ".xlf").decode()
    assert all(line.lstrip().startswith("<") for line in data.split("\n") if "<source>" in line)
    assert "<source>Подписано в Пхеньяне 5 марта 1955 года.</source>" in data


def test_a_file_of_no_unit_is_refused(judged):
    empty = Selection(replace(judged, notes=()), only="notes", hop="ru-en")
    with pytest.raises(ExportError, match="at least one alignment unit"):
        exports.to_bytes(empty, ".xlf")


def test_a_hop_is_asked_for_and_an_archive_has_all(judged):
    with pytest.raises(ExportError, match="choose one of the hops ko-ru, ru-en, ko-en"):
        exports.to_bytes(Selection(judged), ".xlf")
    names = zipfile.ZipFile(io.BytesIO(exports.to_bytes(Selection(judged), ".xlf.zip"))).namelist()
    assert names == ["ko-ru.xlf", "ru-en.xlf", "ko-en.xlf"]


def test_what_is_left_out_is_said(example_review):
    (told,) = exports.omitted(Selection(example_review), ".xlf") or [""]
    reasons = sum(len(score.reasons) for one in example_review.divergences for score in one.metrics.values())
    pointed = sum(len(issue.reasons) for one in example_review.divergences for issue in one.issues)
    assert told.startswith(f"{reasons - pointed} reason") == (reasons > pointed)
    assert exports.omitted(Selection(replace(example_review, divergences=())), ".xlf") == []


def test_the_file_keeps_the_rules_of_the_specification(judged, example_review):
    for review in (judged, example_review):
        for hop in ("ko-ru", "ru-en", "ko-en"):
            assert faults(parsed(Selection(review, hop=hop)), XLIFF) == []


@pytest.mark.skipif(not SYMFONY.is_dir(), reason="no core schema (Debian's package php-symfony-translation has it)")
def test_the_file_is_valid_by_the_core_schema(judged, example_review):
    text = (SYMFONY / "xliff-core-2.0.xsd").read_bytes()
    beside = (SYMFONY / "xml.xsd").as_uri().encode()
    schema = etree.XMLSchema(etree.fromstring(text.replace(b"informativeCopiesOf3rdPartySchemas/w3c/xml.xsd", beside)))
    _check(schema, judged, example_review)


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="no schemas of XLIFF 2.1; name their folder in TEST_XLIFF_SCHEMAS")
def test_the_file_is_valid_by_the_schemas_of_core_and_metadata(judged, example_review):
    imports = "".join(
        f'<xs:import namespace="urn:oasis:names:tc:xliff:{name}:2.0" schemaLocation="{(SCHEMAS / file).as_uri()}"/>'
        for name, file in (("document", "xliff_core_2.0.xsd"), ("metadata", "metadata.xsd"))
    )
    both = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    _check(etree.XMLSchema(etree.fromstring(both)), judged, example_review)


def _check(schema, *found: Review) -> None:
    for review in found:
        for hop in ("ko-ru", "ru-en", "ko-en"):
            assert schema.validate(parsed(Selection(review, hop=hop))), schema.error_log


def test_translate_toolkit_reads_every_segment_with_its_state(judged):
    from translate.storage.xliff2 import Xliff2File

    selection = Selection(judged, hop="ru-en")
    store = Xliff2File.parsestring(exports.to_bytes(selection, ".xlf"))
    root = parsed(selection)
    assert (store.sourcelanguage, store.targetlanguage) == ("ru", "en")
    assert [unit.isapproved() for unit in store.units] == [
        segment.get("state") == "final" for segment in root.iter(f"{CORE}segment")
    ]
    assert [str(unit.source or "") for unit in store.units if unit.xmlelement.find(f".//{CORE}sm") is None] == [
        "".join(one.itertext()) for one in root.iter(f"{CORE}source") if one.getparent().find(f".//{CORE}sm") is None
    ]


@settings(max_examples=60)
@hypothesis.given(review=reviews())
def test_all_of_a_hop_is_read_back_as_it_was_written(review):
    for hop in review.document.comparisons:
        selection = Selection(review, hop=hop.id)
        data = exports.to_bytes(selection, ".xlf")
        assert faults(etree.fromstring(data), XLIFF) == []
        found = corpora.contents(File("x.xlf", data))
        assert read_back(found) == written(selection, shared=False)
        held = {version.id: version for version in review.document.versions}
        assert [(one.title, one.status) for one in found.versions] == [
            (held[one.id].title, held[one.id].status) for one in found.versions
        ]
        notes = [note for note, _ in exports.rows.notes(selection)]
        assert len(found.remarks) == len(notes)
        here = [note for note in notes if {one.version for one in note.anchors} <= {hop.source, hop.target}]
        assert misplaced(here, review, found) == []


@pytest.mark.parametrize("hop", ["ko-ru", "ru-en"])
def test_the_example_comes_back_with_its_units(example_review, hop):
    selection = Selection(example_review, hop=hop)
    found = corpora.contents(File("x.xlf", exports.to_bytes(selection, ".xlf")))
    units, moved = given.units(corpora.open_document(found.versions))
    places = [example_review.alignment.versions.index(id) for id in hop.split("-")]
    expected = [
        (":".join(str(len(unit.sides[place])) for place in places), unit.status)
        for _, unit in selection.units
        if unit.origin != "set aside"
    ]
    assert [(unit.kind, unit.status) for unit in units] == expected
    assert not moved


def test_a_moved_passage_is_one_group_again_when_it_is_read(judged):
    found_units = list(judged.alignment.units)
    lone = next(n for n, unit in enumerate(found_units) if unit.is_one_sided and unit.origin != "set aside")
    first = next(n for n, unit in enumerate(found_units) if not unit.is_one_sided)
    for one, other in ((lone, first), (first, lone)):
        found_units[one] = replace(found_units[one], moved=(other,))
    review = replace(judged, alignment=replace(judged.alignment, units=tuple(found_units)))
    found = corpora.contents(File("x.xlf", exports.to_bytes(Selection(review, hop="ru-en"), ".xlf")))
    english = found.versions[1]
    groups = [block.group for block in english.blocks if "radio" in english.text[block.start : block.stop]]
    assert groups == [english.blocks[0].group]


def test_a_state_that_another_program_changed_is_what_counts(judged):
    data = exports.to_bytes(Selection(judged, hop="ru-en"), ".xlf")
    found = corpora.contents(File("x.xlf", data.replace(b'state="final"', b'state="translated"')))
    both = {block.group for block in found.versions[0].blocks} & {block.group for block in found.versions[1].blocks}
    assert both
    assert not any(block.confirmed for version in found.versions for block in version.blocks if block.group in both)


def test_a_text_that_another_program_changed_is_read_whole(judged):
    data = exports.to_bytes(Selection(judged, hop="ru-en"), ".xlf").decode()
    changed = data.replace("All peasants should join cooperatives.", "Peasants\nshould join.")
    found = corpora.contents(File("x.xlf", changed.encode()))
    assert "Peasants\nshould join." in found.versions[1].text
    assert found.versions[0].text == corpora.contents(File("x.xlf", data.encode())).versions[0].text
