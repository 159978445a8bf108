"""CES archives: read by opustools, and back."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

import corpora
import exports
from corpora.building import clean
from corpora.contents import Contents, File
from corpora.document import PLACEHOLDER_MARK
from exports import Selection, rows
from exports.tei.element import name, printable
from reviews import Review
from tests.exports.reviewed import reviews

FEW = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def members(review: Review, only: str = "", hop: str = "") -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(exports.to_bytes(Selection(review, only, hop), ".ces.zip"))) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


def read(review: Review) -> Contents:
    return corpora.contents(File("review.ces.zip", exports.to_bytes(Selection(review), ".ces.zip")))


def test_a_text_a_version_and_an_alignment_a_hop(example_review):
    assert list(members(example_review)) == [
        "text.ko.xml", "text.ru.xml", "text.en.xml", "text.ko.ru.alignment.xml", "text.ru.en.alignment.xml",
        "text.ko.en.alignment.xml",
    ]  # fmt: skip
    assert list(members(example_review, hop="ru-en")) == ["text.ru.xml", "text.en.xml", "text.ru.en.alignment.xml"]


def test_the_to_side_comes_first_as_intertext_has_it(example_review):
    root = etree.fromstring(members(example_review)["text.ko.ru.alignment.xml"])
    assert (root.get("toDoc"), root.get("fromDoc")) == ("text.ru.xml", "text.ko.xml")
    for link in root:
        first, second = (side.split() for side in link.get("xtargets").split(";"))
        assert all(id.startswith("ru-") for id in first)
        assert all(id.startswith("ko-") for id in second)
        assert link.get("type") == f"{len(first)}-{len(second)}"


@FEW
@given(review=reviews())
def test_texts_and_links_read_back_whole(review):
    found = read(review)
    for version, own in zip(found.versions, review.document.versions, strict=True):
        texts = [(b.id, b.kind, " ".join(version.text[b.start : b.stop].split())) for b in version.blocks]
        said = [
            (name(rows.segment_id(own.id, one.index)), one.kind, " ".join(clean(printable(one.text)).split()))
            for one in own.segments
        ]
        assert texts == [one for one in said if one[2]]
        assert (version.language, version.status, version.translators) == (own.language, own.status, own.translators)
    order = review.alignment.versions
    for links, hop in zip(found.links, review.document.comparisons, strict=True):
        assert links.files == (f"text.{hop.source}.xml", f"text.{hop.target}.xml")
        expected, sure = [], set()
        for unit in review.alignment.units:
            sides = tuple(
                tuple(name(rows.segment_id(id, n)) for n in unit.sides[order.index(id)].indexes)
                for id in (hop.source, hop.target)
            )
            if any(sides):
                if unit.status == "confirmed":
                    sure.add(len(expected))
                expected.append(sides)
        assert links.links == tuple(expected)
        assert links.confirmed == sure


def test_every_file_states_what_it_is(example_review):
    for data in members(example_review, "confirmed").values():
        head = data.decode().split("-->")[0]
        assert head.count(PLACEHOLDER_MARK) == 2
        assert example_review.alignment.signature in head
        assert "only confirmed units" in head
        assert etree.fromstring(data) is not None


def test_opustools_reads_the_links(example_review, tmp_path):
    parser = pytest.importorskip(
        "opustools.parse.alignment_parser", reason="opustools is not installed, which reads the links"
    )
    data = members(example_review)["text.ru.en.alignment.xml"]
    path = tmp_path / "alignment.xml"
    path.write_bytes(data)
    with path.open("rb") as file:
        found = parser.AlignmentParser(file).collect_links()
    links, first, second, _, source, target, _ = found
    assert (source, target) == ("text.ru.xml", "text.en.xml")
    assert len(links) == sum(any(map(len, unit.sides[1:])) for unit in example_review.alignment.units)
    assert {id.split("-")[0] for id in first} == {"en"}
    assert {id.split("-")[0] for id in second} == {"ru"}


def test_what_is_left_out_is_said(example_review):
    told = " ".join(exports.omitted(Selection(example_review), ".ces.zip"))
    assert "set aside are written as links with an empty side (53)" in told
    assert "Divergence" in told
    assert "Notes" not in told
