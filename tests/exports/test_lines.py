"""Alignments with their line files, as the aligners that made these formats read them."""

import ast
import io
import itertools
import zipfile
from dataclasses import replace

import pytest

import exports
from aligners import words
from exports import Selection, rows
from reviews.review import Review

KINDS = (".ladder.zip", ".align.zip", ".pharaoh.zip")


def members(selection: Selection, kind: str) -> dict[str, list[str]]:
    """The lines of every file in the archive."""
    with zipfile.ZipFile(io.BytesIO(exports.to_bytes(selection, kind))) as archive:
        return {name: archive.read(name).decode().removesuffix("\n").split("\n") for name in archive.namelist()}


def joined(review: Review, number: int, version: str) -> str:
    side = review.alignment.units[number].sides[review.alignment.versions.index(version)]
    texts = [review.document.version(version).segments[index].text for index in side.indexes]
    return " ".join(" ".join(texts).split())


@pytest.mark.parametrize("kind", KINDS)
def test_an_archive_has_a_text_a_version_an_alignment_a_hop_and_says_what_it_was_made_of(notice_review, kind):
    selection = Selection(notice_review)
    found = members(selection, kind)
    suffix = kind.removesuffix(".zip")
    hops = [f"{hop}{suffix}" for hop in ("ko-ru", "ru-en", "ko-en")]
    assert list(found) == ["ko.txt", "ru.txt", "en.txt", *hops, "about.txt"]
    assert found["about.txt"] == [f"{name}: {value}" for name, value in rows.about_rows(selection)]
    assert list(members(Selection(notice_review, hop="ru-en"), kind)) == [
        "ru.txt", "en.txt", f"ru-en{suffix}", "about.txt",
    ]  # fmt: skip
    assert exports.to_bytes(selection, kind) == exports.to_bytes(selection, kind)


@pytest.mark.parametrize("hop", ["ko-ru", "ru-en", "ko-en"])
def test_a_ladder_read_as_its_makers_say_gives_the_units(example_review, hop):
    found = members(Selection(example_review), ".ladder.zip")
    source, target = hop.split("-")
    rungs = [line.split("\t") for line in found[f"{hop}.ladder"]]
    # The first n sentences of the source text correspond to the first m sentences of the target text.
    texts = []
    for (i, j, score), (k, n, _) in itertools.pairwise(rungs):
        texts.append(
            (
                " ".join(found[f"{source}.txt"][int(i) : int(k)]),
                " ".join(found[f"{target}.txt"][int(j) : int(n)]),
                float(score),
            )
        )
    wanted = [
        (joined(example_review, number, source), joined(example_review, number, target), round(unit.confidence, 4))
        for number, unit in enumerate(example_review.alignment.units)
    ]
    assert texts == [unit for unit in wanted if unit[0] or unit[1]]
    assert rungs[0][:2] == ["0", "0"]
    assert rungs[-1] == [str(len(found[f"{source}.txt"])), str(len(found[f"{target}.txt"])), "0.0000"]


@pytest.mark.parametrize("hop", ["ko-ru", "ru-en", "ko-en"])
def test_lines_of_vecalign_give_the_units_and_what_their_confidence_lacks(example_review, hop):
    found = members(Selection(example_review), ".align.zip")
    source, target = hop.split("-")
    units = []
    for line in found[f"{hop}.align"]:
        one, other, cost = line.split(":")
        sides = [
            [found[f"{id}.txt"][n] for n in ast.literal_eval(side)] for id, side in ((source, one), (target, other))
        ]
        units.append((" ".join(sides[0]), " ".join(sides[1]), float(cost)))
    wanted = [
        (joined(example_review, number, source), joined(example_review, number, target), unit.confidence)
        for number, unit in enumerate(example_review.alignment.units)
    ]
    wanted = [unit for unit in wanted if unit[0] or unit[1]]
    assert [unit[:2] for unit in units] == [unit[:2] for unit in wanted]
    assert [unit[2] for unit in units] == pytest.approx([1 - unit[2] for unit in wanted], abs=1e-4)


def test_word_links_count_the_words_of_lines_that_are_the_same_unit_in_every_version(notice_review):
    found = members(Selection(notice_review), ".pharaoh.zip")
    units = notice_review.alignment.units
    for id in ("ko", "ru", "en"):
        assert len(found[f"{id}.txt"]) == len(units)
        for number, line in enumerate(found[f"{id}.txt"]):
            text = joined(notice_review, number, id)
            assert line.split() == [text[start:stop] for start, stop in words.words(text)]
    linked = 0
    for hop in ("ko-ru", "ru-en", "ko-en"):
        source, target = hop.split("-")
        lines = found[f"{hop}.pharaoh"]
        assert len(lines) == len(units)
        for line, one, other in zip(lines, found[f"{source}.txt"], found[f"{target}.txt"], strict=True):
            links = [tuple(map(int, link.split("-"))) for link in line.split()]
            assert links == sorted(set(links))
            assert all(i < len(one.split()) and j < len(other.split()) for i, j in links)
            linked += len(links)
    assert linked > 50
    one, other = found["ru.txt"][1].split(), found["en.txt"][1].split()
    pairs = [tuple(map(int, link.split("-"))) for link in found["ru-en.pharaoh"][1].split()]
    assert ("1954", "1954") in [(one[i], other[j]) for i, j in pairs]


def test_a_filter_is_honoured_and_told(example_review):
    units = list(example_review.alignment.units)
    chosen = [number for number, unit in enumerate(units) if unit.origin != "set aside"][3:5]
    for number in chosen:
        units[number] = replace(units[number], status="confirmed")
    review = replace(example_review, alignment=replace(example_review.alignment, units=tuple(units)))
    found = members(Selection(review, only="confirmed"), ".align.zip")
    assert " ".join(found["ru.txt"]) == " ".join(joined(review, number, "ru") for number in chosen)
    assert len(found["ru-en.align"]) == 2
    assert any("only confirmed units" in line for line in found["about.txt"])


def test_what_is_left_out_is_told_with_numbers(example_review, notice_review):
    assert exports.omitted(Selection(notice_review), ".ladder.zip") == [
        "Kinds of segments, paragraphs, divergence, issues and verdicts."
    ]
    told = exports.omitted(Selection(example_review), ".align.zip")
    broken = sum("\n" in one.text for version in example_review.document.versions for one in version.segments)
    aside = sum(unit.origin == "set aside" for unit in example_review.alignment.units)
    assert f"Line ends inside {broken} segments, which became blanks." in told
    assert f"That {aside} segments of front matter and apparatus was set aside; it has no counterpart." in told
    units = (replace(notice_review.alignment.units[0], status="confirmed"), *notice_review.alignment.units[1:])
    review = replace(notice_review, alignment=replace(notice_review.alignment, units=units))
    assert "The status of 1 unit." in exports.omitted(Selection(review), ".ladder.zip")
    assert exports.omitted(Selection(review), ".pharaoh.zip")[0].startswith("Where a segment ends inside a unit")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_may_be_written_by_its_name(notice_review, kind, tmp_path):
    exports.write(Selection(notice_review), tmp_path / f"notice{kind}")
    with zipfile.ZipFile(tmp_path / f"notice{kind}") as archive:
        assert "about.txt" in archive.namelist()
