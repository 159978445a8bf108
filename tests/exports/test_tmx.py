"""Translation memories that were written: valid, whole, read by other programs and read back."""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from lxml import etree

import corpora
import exports
from corpora import read_bytes
from corpora.contents import File
from corpora.document import PLACEHOLDER_MARK
from divergence.score import Issue
from exports import Selection
from reviews import Review, prepare
from reviews.notes.anchor import anchor
from reviews.notes.note import Note, Reply
from reviews.work import Verdict
from tests.exports.rules import TMX, faults
from tests.exports.translation_units import misplaced, read_back, reviews, written

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# The DTD of TMX 1.4b comes with no package that is free to install; who has it can name it.
DTD = Path(os.environ.get("TEST_TMX_DTD", "tmx14.dtd"))


def parsed(selection: Selection):
    return etree.fromstring(exports.to_bytes(selection, ".tmx"))


def properties(element) -> dict[str, str]:
    return {one.get("type"): one.text for one in element.findall("prop")}


def units(root) -> list[dict[str, str]]:
    return [{one.get(LANGUAGE): one.findtext("seg") for one in unit.findall("tuv")} for unit in root.iter("tu")]


@pytest.fixture(scope="module")
def judged(notice_review) -> Review:
    """The notice with a confirmed unit, a verdict, a bookmark and a note on words of two versions."""
    alignment = notice_review.alignment
    changed = [replace(unit, status="confirmed") if not n % 3 else unit for n, unit in enumerate(alignment.units)]
    ids = tuple(f"kept{number}" for number in range(len(changed)))
    one = next(each for each in notice_review.divergences if each.hop == "ru-en" and each.metrics)
    found = replace(one, issues=(Issue("negation", 0.8, ()),))
    verdict = Verdict("paragraph", ids[one.unit], "ru-en", "negation", (), "shift", "Kim", "2026-11-26")
    texts = {version.id: version.text for version in notice_review.document.versions}
    anchors = tuple(
        anchor(id, texts[id], texts[id].index(words), texts[id].index(words) + len(words))
        for id, words in (("ru", "урожай зерна"), ("en", "grain harvest"))
    )
    note = Note(
        "n1", anchors, "ru-en", {"vinay-darbelnet": "calque"}, body="A calque?", alternatives=("crop", "yield"),
        author="Kim", created="2026-11-26T12:00:00+00:00", replies=(Reply("Li", "2026-11-27", "No."),),
    )  # fmt: skip
    return replace(
        notice_review,
        alignment=replace(alignment, units=tuple(changed)),
        divergences=tuple(found if each is one else each for each in notice_review.divergences),
        ids=ids,
        notes=(note,),
        verdicts=(verdict,),
        bookmarks=frozenset({ids[one.unit]}),
    )


def test_every_unit_that_versions_share_is_there_with_all_of_them(judged):
    root = parsed(Selection(judged))
    shared = [unit for unit in judged.alignment.units if sum(map(bool, map(len, unit.sides))) > 1]
    assert [len(unit.findall("tuv")) for unit in root.iter("tu")] == [sum(map(bool, map(len, u.sides))) for u in shared]
    assert {"ko", "ru", "en"} == {language for unit in units(root) for language in unit}


def test_a_file_of_a_hop_has_its_two_versions(judged):
    root = parsed(Selection(judged, hop="ru-en"))
    assert all(list(unit) == ["ru", "en"] for unit in units(root))
    assert root.find("header").get("srclang") == "ru"
    assert "versions ru and en only" in "".join(one.text for one in root.find("header").findall("note"))


def test_the_header_is_complete_and_says_what_the_file_was_made_of(example_review):
    header = parsed(Selection(example_review, created="2026-11-27T02:03:04+03:00")).find("header")
    assert dict(header.attrib) == {
        "creationtool": "Relay", "creationtoolversion": "0.1.0", "segtype": "paragraph", "o-tmf": "Relay",
        "adminlang": "en", "srclang": "ko", "datatype": "plaintext", "creationdate": "20261126T230304Z",
    }  # fmt: skip
    notes = [one.text for one in header.findall("note")]
    assert f"method: {example_review.alignment.signature}" in notes
    assert sum(PLACEHOLDER_MARK in note for note in notes) == 2
    assert properties(header)["x-document"] == example_review.document.id
    assert properties(header)["x-digest-ru"] == example_review.document.version("ru").digest


def test_placeholders_are_marked_beside_every_text(example_review):
    for variant in parsed(Selection(example_review)).iter("tuv"):
        expected = "published" if variant.get(LANGUAGE) == "en" else PLACEHOLDER_MARK
        assert properties(variant)["x-version-status"] == expected


def test_what_is_known_of_a_unit_stands_in_its_properties(judged):
    root = parsed(Selection(judged))
    one = next(each for each in judged.divergences if [issue.kind for issue in each.issues] == ["negation"])
    said = next(properties(unit) for unit in root.iter("tu") if properties(unit)["x-name"] == f"kept{one.unit}")
    unit = judged.alignment.units[one.unit]
    assert (said["x-status"], said["x-kind"], said["x-bookmarked"]) == (unit.status, unit.kind, "yes")
    assert said[f"x-divergence-{one.hop}"] == f"{one.value:.3f}"
    assert said[f"x-percentile-{one.hop}"] == str(one.percentile)
    issues = [prop.text for prop in root.iter("prop") if prop.get("type") == f"x-issue-{one.hop}"]
    assert "negation 0.800: shift, Kim, 2026-11-26" in issues


def test_a_note_stands_with_the_first_of_its_words_and_says_all_it_knows(judged):
    variants = [one for one in parsed(Selection(judged)).iter("tuv") if one.find("note") is not None]
    assert [one.get(LANGUAGE) for one in variants] == ["ru"]
    said = properties(variants[0])["x-note"].split(" ", 2)
    start, stop = map(int, said[0].split("-"))
    assert variants[0].findtext("seg")[start:stop] == "урожай зерна"
    assert said[1:] == ["2026-11-26T12:00:00+00:00", "Kim"]
    assert variants[0].findtext("note").split("\n") == [
        "A calque?", "ru: “урожай зерна”", "en: “grain harvest”", "hop: ru-en", "categories: vinay-darbelnet: calque",
        "alternatives: crop | yield", "state: open", "reply by Li, 2026-11-27: No.",
        "By Kim, 2026-11-26T12:00:00+00:00",
    ]  # fmt: skip


def test_what_is_left_out_is_said_with_numbers(judged):
    text = judged.document.version("en").text
    words = "read out on the radio"
    lone = Note("n2", (anchor("en", text, text.index(words), text.index(words) + 5),), body="Where?")
    review = replace(judged, notes=(*judged.notes, lone))
    one_sided = [unit for unit in judged.alignment.units if unit.is_one_sided and unit.origin != "set aside"]
    aside = sum(unit.origin == "set aside" for unit in judged.alignment.units)
    told = exports.omitted(Selection(review), ".tmx")
    sure = sum(unit.status == "confirmed" for unit in one_sided)
    assert f"{len(one_sided)} alignment unit that only one version has, {sure} of them confirmed." in told
    assert aside == 0 or any(sentence.startswith(f"{aside} segment") for sentence in told)
    assert "1 note on words that no unit of the file holds stand in its header." in told
    header = parsed(Selection(review)).find("header")
    assert "Where?" in header.findall("note")[-1].text
    assert [f"left out: {sentence}" for sentence in told] == [
        one.text for one in header.findall("note") if one.text.startswith("left out: ") and "versions" not in one.text
    ][-len(told) :]


def test_nothing_is_said_where_nothing_is_left_out():
    texts = {"ko": "우리 나라.", "ru": "Наша страна."}
    versions = [read_bytes(text.encode(), f"{id}.txt", id) for id, text in texts.items()]
    review = prepare(versions, level="line")
    assert exports.omitted(Selection(replace(review, divergences=())), ".tmx") == []


def test_two_versions_in_one_language_are_two_variants():
    texts = {"ru": "Наша страна.", "en": "Our country.", "en2": "Our land."}
    review = prepare([read_bytes(text.encode(), f"{id}.txt", id) for id, text in texts.items()], level="line")
    data = exports.to_bytes(Selection(review), ".tmx")
    (unit,) = etree.fromstring(data).iter("tu")
    assert [one.get(LANGUAGE) for one in unit.findall("tuv")] == ["ru", "en", "en"]
    assert [(v.id, v.language) for v in corpora.contents(File("x.tmx", data)).versions] == [
        ("ru", "ru"), ("en", "en"), ("en2", "en"),
    ]  # fmt: skip


def test_a_filter_is_honoured(judged):
    shared = sum(
        unit.status == "confirmed" and sum(map(bool, map(len, unit.sides))) > 1 for unit in judged.alignment.units
    )
    assert len(units(parsed(Selection(judged, only="confirmed")))) == shared > 0


def test_the_file_keeps_the_rules_of_the_specification(judged, example_review):
    for review in (judged, example_review):
        for hop in ("", "ko-ru", "ko-en"):
            assert faults(parsed(Selection(review, hop=hop)), TMX) == []


@pytest.mark.skipif(not DTD.is_file(), reason="no DTD of TMX 1.4; name one in TEST_TMX_DTD")
def test_the_file_is_valid_by_the_dtd(judged, example_review):
    dtd = etree.DTD(str(DTD))
    for review in (judged, example_review):
        for hop in ("", "ko-ru", "ko-en"):
            assert dtd.validate(parsed(Selection(review, hop=hop))), dtd.error_log


def test_translate_toolkit_reads_every_pair_in_order(example_review):
    from translate.storage.tmx import tmxfile

    selection = Selection(example_review, hop="ru-en")
    store = tmxfile.parsestring(exports.to_bytes(selection, ".tmx"), sourcelanguage="ru", targetlanguage="en")
    expected = [(unit["ru"], unit["en"]) for unit in units(parsed(selection))]
    assert len(expected) > 20
    assert [(str(unit.source), str(unit.target)) for unit in store.units] == expected


OMEGAT_PROJECT = """<?xml version="1.0" encoding="UTF-8"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>ru</source_lang><target_lang>en</target_lang>
<sentence_seg>false</sentence_seg></project></omegat>
"""


@pytest.mark.skipif(not shutil.which("omegat"), reason="OmegaT is not installed (Debian's package omegat)")
@pytest.mark.parametrize("hop", ["ru-en", ""])
def test_omegat_translates_a_text_with_the_memory(example_review, tmp_path, hop):
    selection = Selection(example_review, hop=hop)
    found = [unit for unit in units(parsed(selection)) if {"ru", "en"} <= unit.keys() and "\n" not in unit["ru"]]
    for folder in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "omegat.project").write_text(OMEGAT_PROJECT)
    (tmp_path / "tm/auto/memory.tmx").write_bytes(exports.to_bytes(selection, ".tmx"))
    (tmp_path / "source/text.txt").write_text("\n\n".join(unit["ru"] for unit in found), encoding="utf-8")
    command = ["omegat", str(tmp_path), "--mode=console-translate", f"--config-dir={tmp_path / 'settings'}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout[-2000:]
    translated = (tmp_path / "target/text.txt").read_text(encoding="utf-8").split("\n\n")
    assert translated == [unit["en"] for unit in found]


@settings(max_examples=60)
@given(review=reviews())
def test_what_is_shared_is_read_back_as_it_was_written(review):
    for hop in ("", review.document.comparisons[0].id):
        selection = Selection(review, hop=hop)
        expected = written(selection, shared=True)
        data = exports.to_bytes(selection, ".tmx")
        assert faults(etree.fromstring(data), TMX) == []
        if not expected:
            continue
        found = corpora.contents(File("x.tmx", data))
        assert read_back(found) == expected
        held = {version.id: version for version in review.document.versions}
        for version in found.versions:
            assert (version.title, version.status) == (held[version.id].title, held[version.id].status)
        missing = sum("on words that no unit" in sentence for sentence in exports.omitted(selection, ".tmx"))
        assert missing or len(found.remarks) == len(exports.rows.notes(selection))


@settings(max_examples=60)
@given(review=reviews())
def test_every_note_is_read_back_on_its_words_or_stands_in_the_header(review):
    selection = Selection(review)
    data = exports.to_bytes(selection, ".tmx")
    header = etree.fromstring(data).find("header")
    in_header = {one.text for one in header.findall("prop") if one.get("type") == "x-note-id"}
    assume(len(in_header) < len(review.notes))
    found = corpora.contents(File("x.tmx", data))
    assert misplaced([note for note in review.notes if note.id not in in_header], review, found) == []
    assert len(found.remarks) + len(in_header) == len(review.notes)


def test_a_memory_of_no_unit_is_still_a_memory(judged):
    root = parsed(Selection(replace(judged, notes=()), only="notes"))
    assert units(root) == []
    assert faults(root, TMX) == []
