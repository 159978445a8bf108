"""Citations, read by programs for references."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import exports
from corpora.document import PLACEHOLDER_MARK
from exports import Selection, dating
from reviews import Review
from tests.exports.reviewed import SAID, reviews

FEW = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def bibtex(review: Review, hop: str = "") -> str:
    return exports.to_bytes(Selection(review, hop=hop), ".bib").decode("utf-8")


def csl(review: Review, hop: str = "") -> list[dict]:
    return json.loads(exports.to_bytes(Selection(review, hop=hop), ".csl.json"))


def described(review: Review, title: str, name: str, reference: str) -> Review:
    """The review with this said of each of its versions."""
    versions = tuple(
        replace(one, title=title, translators=(name, "Lee"), metadata={**one.metadata, "archive_reference": reference})
        for one in review.document.versions
    )
    return replace(review, document=replace(review.document, versions=versions))


def one_line(text: str) -> str:
    return " ".join("".join(sign for sign in " ".join(text.split()) if sign.isprintable()).split())


def test_each_version_and_the_whole_is_cited(example_review):
    korean, russian, english, whole = csl(example_review)
    assert korean["issued"] == {"date-parts": [[1955, 1, 31]]}
    assert PLACEHOLDER_MARK in korean["note"]
    assert russian["note"].startswith("Mediating text (Russian)")
    assert "Translated from the Korean (stated on the document)" in russian["note"]
    assert (english["archive"], english["archive_location"]) == ("RGANI", "fond 5, opis 28, delo 314")
    assert (english["type"], english["URL"]) == (
        "manuscript",
        "https://digitalarchive.wilsoncenter.org/document/116303",
    )
    assert english["translator"] == [{"literal": "Gary Goldberg for NKIDP"}]
    assert english["original-title"] == russian["title"]
    assert whole["note"].count(PLACEHOLDER_MARK) == 2
    assert example_review.alignment.signature in whole["note"]
    assert [item["language"] for item in csl(example_review, "ru-en")[:2]] == ["ru", "en"]


@FEW
@given(review=reviews(), title=SAID, name=SAID, reference=SAID)
def test_keys_are_ascii_and_unique_and_the_same_in_both(review, title, name, reference):
    review = described(review, title, name, reference)
    keys = [item["id"] for item in csl(review)]
    assert len(set(keys)) == len(keys) == len(review.document.versions) + 1
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)
    assert re.findall(r"^@misc\{(.*),$", bibtex(review), re.MULTILINE) == keys


@FEW
@given(review=reviews(), title=SAID, name=SAID, reference=SAID)
def test_pybtex_reads_what_was_written(review, title, name, reference):
    pybtex = pytest.importorskip("pybtex.database", reason="pybtex is not installed, which reads BibTeX")
    review = described(review, title, name, reference)
    found = pybtex.parse_string(bibtex(review), "bibtex")
    assert len(found.entries) == len(review.document.versions) + 1
    for version, entry in zip(review.document.versions, found.entries.values(), strict=False):
        assert plain(entry.fields["title"]) == one_line(version.title)
        assert plain(entry.fields["translator"]) == one_line(" and ".join(version.translators))


@FEW
@given(review=reviews(), title=SAID, name=SAID, reference=SAID)
def test_bibtexparser_reads_what_was_written(review, title, name, reference):
    bibtexparser = pytest.importorskip("bibtexparser", reason="bibtexparser is not installed, which reads BibTeX")
    review = described(review, title, name, reference)
    found = bibtexparser.parse_string(bibtex(review))
    assert not found.failed_blocks
    assert [plain(entry["title"]) for entry in found.entries[:-1]] == [
        one_line(one.title) for one in review.document.versions
    ]


COMMANDS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
}


def plain(text: str) -> str:
    """What TeX shows for a field: commands and escapes as signs, without the braces that keep capitals."""
    pieces = re.split(r"(\\text[a-z]+\{\}|\\[$&#%_])", text)
    shown = (
        COMMANDS.get(one) or (one[1:] if one.startswith("\\") else one.replace("{", "").replace("}", ""))
        for one in pieces
    )
    return " ".join("".join(shown).split())


@pytest.mark.parametrize("style", ["harvard-cite-them-right"])
def test_citeproc_renders_each_item(example_review, style):
    pytest.importorskip("citeproc", reason="citeproc-py is not installed, which renders CSL-JSON")
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    items = csl(example_review)
    source = CiteProcJSON([{key: value for key, value in item.items() if value != {}} for item in items])
    bibliography = CitationStylesBibliography(CitationStylesStyle(style, validate=False), source, formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    rendered = [str(line) for line in bibliography.bibliography()]
    assert len(rendered) == len(items)
    for item in items:
        assert any(item["title"].lower() in line.lower() for line in rendered)


@pytest.mark.parametrize(
    ("text", "languages", "parts"),
    [
        ("31 January 1955", (), (1955, 1, 31)),
        ("January 31, 1955", ("ru",), (1955, 1, 31)),
        ("31 января 1955 года", ("ru",), (1955, 1, 31)),
        ("1955년 1월 31일", ("ko",), (1955, 1, 31)),
        ("1955-01-31", (), (1955, 1, 31)),
        ("1955-01", (), (1955, 1)),
        ("around 1955", (), (1955,)),
        ("between 1954 and 1955", (), ()),
        ("from 1 January 1955 to 2 February 1955", (), ()),
        ("1955-31-01", (), (1955,)),
        ("undated", (), ()),
        ("", (), ()),
    ],
)
def test_dates_are_read_as_far_as_they_go(text, languages, parts):
    assert dating.parts(text, *languages) == parts


@given(st.text(max_size=30))
def test_any_date_is_none_or_one_that_a_calendar_may_have(text):
    found = dating.parts(text, "ru")
    assert len(found) <= 3
    assert all(1 <= part <= limit for part, limit in zip(found[1:], (12, 31), strict=False))


def test_what_is_left_out_is_said(example_review):
    for kind in (".bib", ".csl.json"):
        told = " ".join(exports.omitted(Selection(example_review), kind))
        assert "texts and their alignment are not written" in told
        assert "Divergence" in told
