"""What every entry of every dict of variants promises. An entry that is added is tested here without a further line."""

import csv
import io
import itertools
import json
import zipfile

import docx
import numpy as np
import openpyxl
import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st
from lxml import etree, html

import aligners
import corpora
import divergence
import exports
from aligners import ALIGNERS, ENCODERS, encoders
from aligners.costs import measures
from corpora.contents import Contents, File
from corpora.document import KINDS, Version
from corpora.errors import SegmentationError, UnknownName, WorkbenchError
from corpora.languages import FOLDER, language
from corpora.segmenters import sentences
from divergence import METRICS, judging
from divergence.evidence import pairs
from divergence.side import joined, make_side
from exports import EXPORTERS, Selection
from reviews import Review
from tests.strategies import documents, untidy, versions

DICTS = {
    "READERS": corpora.READERS,
    "LEVELS": corpora.LEVELS,
    "SPLITTERS": sentences.SPLITTERS,
    "ALIGNERS": ALIGNERS,
    "ENCODERS": ENCODERS,
    "METRICS": METRICS,
    "EXPORTERS": EXPORTERS,
}
ENTRIES = [pytest.param(entry, id=f"{name}[{key}]") for name, found in DICTS.items() for key, entry in found.items()]
SMALL = settings(max_examples=15)
MARKS = (b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00")
anything = st.one_of(
    st.binary(max_size=80),
    st.binary(max_size=3).flatmap(lambda data: st.integers(1, 200).map(lambda times: data * times)),
    st.text(max_size=60).map(str.encode),
    st.builds(
        lambda text, encoding: text.encode(encoding, "replace"),
        st.one_of(untidy("ko"), untidy("ru"), untidy("en")),
        st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32", "cp949", "cp1251", "koi8-r", "cp866", "cp1252"]),
    ),
)


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_first_docstring_line_is_a_title(entry):
    title = (entry.__doc__ or "").strip().split("\n")[0]
    assert title.endswith(".")
    assert 10 < len(title) < 150


@pytest.mark.parametrize("suffix", corpora.READERS)
@settings(max_examples=100)
@given(mark=st.sampled_from(MARKS), data=anything)
@example(mark=b"", data=b"")
@example(mark=b"", data=b"**:**\n**Contents:**")
@example(mark=b"", data=b"**Citation:**\n\nTranslated by J. Smith\n\n**Contents:**\n\nText")
@example(mark=b"\xff\xfe", data=b"\x00\xd8")
def test_reader_gives_versions_without_segments_or_says_in_one_sentence_why_not(suffix, mark, data):
    name = f"paper{suffix}"
    try:
        found = corpora.READERS[suffix](File(name, mark + data))
    except WorkbenchError as error:
        message = str(error)
        assert f'"{name}"' in message
        assert message.endswith(".")
        assert "\n" not in message
        return
    assert isinstance(found, Contents)
    assert found.versions or found.links
    for version in found.versions:
        assert version.text.strip()
        assert not version.segments
        assert "\r" not in version.text
        assert version.metadata["file"] == name
        assert version.id.startswith(version.language)


@settings(max_examples=50)
@given(data=anything, suffix=st.text(max_size=4), id=st.text(st.characters(codec="ascii"), max_size=4))
@example(data=b"Some text.", suffix="txt", id="names")
@example(data=b"Some text.", suffix="txt", id="x" * 300)
@example(data=b"Some text.", suffix="txt", id="../en")
def test_reading_raises_workbench_errors_only_whatever_the_file_and_the_version_are_called(data, suffix, id):
    try:
        version = corpora.read_bytes(data, f"paper.{suffix}", id)
    except WorkbenchError:
        return
    assert version.id == id or not id


@pytest.mark.parametrize("level", corpora.LEVELS)
@settings(max_examples=40)
@given(version=st.sampled_from(["ko", "ru", "en"]).flatmap(versions))
def test_level_cuts_segments_in_order_and_leaves_the_rest_of_the_version_alone(level, version):
    try:
        cut = corpora.segment(version, level)
    except SegmentationError:
        reject()
    assert (cut.id, cut.text, cut.digest, cut.metadata) == (version.id, version.text, version.digest, version.metadata)
    assert [segment.index for segment in cut.segments] == list(range(len(cut.segments)))
    assert {segment.kind for segment in cut.segments} <= set(KINDS)
    assert all(segment.text.strip() and segment.start < segment.stop for segment in cut.segments)
    for before, after in itertools.pairwise(cut.segments):
        assert before.stop <= after.start
        assert before.paragraph <= after.paragraph
    outside = [a.stop for a in cut.segments], [*(b.start for b in cut.segments[1:]), len(cut.text)]
    gaps = [cut.text[: cut.segments[0].start], *(cut.text[a:b] for a, b in zip(*outside, strict=True))]
    assert not "".join(gaps).translate(dict.fromkeys(map(ord, "#*_=-"))).strip()


@pytest.mark.parametrize("splitter", sentences.SPLITTERS)
@settings(max_examples=40)
@given(text=st.one_of(untidy("ko"), untidy("ru"), untidy("en")))
def test_splitter_spans_hold_everything_but_white_space(splitter, text):
    place = 0
    for start, stop in sentences.SPLITTERS[splitter](text):
        assert place <= start < stop <= len(text)
        assert not text[place:start].strip()
        assert text[start:stop] == text[start:stop].strip()
        place = stop
    assert not text[place:].strip()


def test_every_language_names_a_splitter_that_exists():
    packs = [path.stem for path in FOLDER.glob("*.toml") if path.stem != "names"]
    assert {"ko", "ru", "en", "und"} <= set(packs)
    assert {language(code).sentences for code in packs} <= set(sentences.SPLITTERS)


@pytest.mark.xdist_group("encoders")
@pytest.mark.parametrize("name", ENCODERS)
def test_encoder_gives_unit_vectors_one_row_a_text(name, encoder):
    model = encoder(name)
    texts = ["우리 나라", "Наша страна", "Our country is still not reunited.", "…", "", "\u200b", "a" * 3000]
    vectors = model.encode(texts)
    assert vectors.shape[0] == len(texts)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert np.allclose(model.encode(texts[2:3]), vectors[2:3], atol=1e-4)
    assert model.signature.startswith(name)


@pytest.mark.parametrize("method", ALIGNERS)
@SMALL
@given(document=documents(4))
def test_aligner_takes_every_segment_in_order_with_a_confidence(method, document):
    sides = [measures.measure(version.body, encoders.load()) for version in document.versions]
    units = ALIGNERS[method](sides)
    assert all(0 <= confidence <= 1 + 1e-9 for _, confidence in units)
    assert all(len(shape) == len(sides) and any(shape) and min(shape) >= 0 for shape, _ in units)
    assert [sum(taken) for taken in zip(*(shape for shape, _ in units), strict=True)] == [len(side) for side in sides]


def pair(source: Version, target: Version):
    """The first body segments of two versions as the metrics see them."""
    model = encoders.load()
    sides = []
    for version in (source, target):
        segments = version.body[:2]
        trace = model.trace([joined(segments)])[0]
        total, count = trace.stretch(0, len(trace.words))
        vector = model.head(total[None], np.array([count]))[0]
        sides.append(make_side(version, language(version.language), segments, vector, trace, model))
    return pairs([(sides[0], sides[1])], model)[0]


@pytest.mark.parametrize("name", METRICS)
@SMALL
@given(document=documents())
def test_metric_is_within_bounds_and_what_it_points_at_is_in_the_texts(name, document):
    one = pair(*document.versions[:2])
    found = judging.alone(name, one)
    if found is None:
        return
    value, evidence = found
    assert 0 <= value <= 1
    texts = {side.version: side.text for side in (one.source, one.target)}
    for pointed in evidence.pointed:
        assert texts[pointed.version][pointed.start : pointed.stop].strip()
        assert pointed.text.endswith(".")
        assert 0 <= pointed.strength <= 1


@pytest.mark.parametrize("name", METRICS)
@SMALL
@given(document=documents(2))
def test_metric_gives_nothing_for_identical_sides(name, document):
    for version in document.versions:
        found = judging.alone(name, pair(version, version))
        assert found is None or (found[0], found[1].pointed) == (0, ())


# Formats of notes or of descriptions alone.
WITHOUT_TEXT = (".jsonld", ".bib", ".csl.json")


def opened(data: bytes, suffix: str) -> list[str]:
    """Every text in a file, read by a program that is not ours."""
    if suffix == ".bib":
        return data.decode("utf-8").split("\n\n")
    if suffix in (".csl.json", ".jsonld"):
        return [str(json.loads(data))]
    if suffix == ".ces.zip":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [text for name in archive.namelist() for text in lines_of(archive.read(name), "s")]
    if suffix == ".tei.xml":
        return lines_of(data, "seg")
    if suffix == ".json":
        record = json.loads(data)
        return [segment["text"] for version in record["versions"] for segment in version["segments"]]
    if suffix.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [line for name in archive.namelist() for line in archive.read(name).decode().split("\n")]
    if suffix in (".tmx", ".xlf"):
        return [
            "".join(element.itertext())
            for element in etree.fromstring(data).iter("{*}seg", "{*}source", "{*}target", "{*}meta", "prop")
        ]
    if suffix == ".csv":
        return [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    if suffix == ".docx":
        tables = docx.Document(io.BytesIO(data)).tables
        return [cell.text for table in tables for row in table.rows for cell in row.cells]
    if suffix == ".html":
        # Control characters are in no page.
        return ["".join(one.itertext()) for one in html.document_fromstring(data.decode()).iter("p", "dd")]
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]


def lines_of(data: bytes, name: str) -> list[str]:
    """The texts of the elements of this name, with their lines, of the whole file where it has none."""
    root = etree.fromstring(data)
    for end in root.iter("{*}lb"):
        end.tail = "\n" + (end.tail or "")
    return ["".join(one.itertext()) for one in root.iter(f"{{*}}{name}")] or ["".join(root.itertext())]


@pytest.mark.parametrize("suffix", [suffix for suffix in EXPORTERS if suffix not in WITHOUT_TEXT])
def test_exporter_writes_a_file_that_its_reader_opens(suffix, notice_review):
    hops = [hop.id for hop in notice_review.document.comparisons] if suffix in exports.OF_HOP else [""]
    for hop in hops:
        memory = io.BytesIO()
        selection = Selection(notice_review, hop=hop)
        assert EXPORTERS[suffix](selection, memory) is None
        # Where lines end, and whether marks stand apart from words, is the format's own.
        cells = ["".join(cell.split()) for cell in opened(memory.getvalue(), suffix)]
        for version, segment in held(selection, suffix):
            assert any("".join(segment.text.split()) in cell for cell in cells), f"{version.id} {segment.index}"


def held(selection: Selection, suffix: str):
    """The segments that a file of this kind holds with their versions: in a translation memory those of shared units."""
    for _, unit in selection.units:
        sides = [
            (version, unit.sides[selection.review.alignment.versions.index(version.id)])
            for version in selection.versions
        ]
        if suffix == ".tmx" and sum(len(side) > 0 for _, side in sides) < 2:
            assert exports.omitted(selection, suffix)
            continue
        yield from ((version, version.segments[index]) for version, side in sides for index in side.indexes)


@pytest.mark.parametrize("suffix", EXPORTERS)
@SMALL
@given(document=documents(level="line"))
def test_exporter_copes_with_any_text(suffix, document):
    alignment = aligners.align(document, "diagonal")
    review = Review(document, "line", alignment, divergence.score(document, alignment))
    hop = document.comparisons[0].id if suffix in exports.OF_HOP else ""
    assert opened(exports.to_bytes(Selection(review, hop=hop), suffix), suffix)


@pytest.mark.parametrize(
    ("call", "known"),
    [
        (lambda document: corpora.segment(document.versions[0], "nonsense"), corpora.LEVELS),
        (lambda document: corpora.open_document(document.versions, "nonsense"), corpora.LEVELS),
        (lambda document: aligners.align(document, "nonsense"), ALIGNERS),
        (lambda document: aligners.align(document, encoder="nonsense"), ENCODERS),
        (lambda document: encoders.load("nonsense"), ENCODERS),
        (lambda document: exports.to_bytes(None, "nonsense"), EXPORTERS),
    ],
    ids=["level", "level of a document", "method", "encoder of a method", "encoder", "file format"],
)
def test_an_unknown_name_is_told_with_the_known_ones(call, known, document):
    with pytest.raises(UnknownName, match="nonsense") as caught:
        call(document)
    assert all(f"{name}" in str(caught.value) for name in known)
