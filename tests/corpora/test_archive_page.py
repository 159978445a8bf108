"""Pages of digital archives: their record comes out as the citation block of the plain text files."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import corpora
from corpora import citation
from corpora.contents import File
from corpora.document import Version

SEEDS = Path(__file__).parents[2] / "seeds"
CITED = (
    '"On the Grain Harvest", January 31, 1955, Digital Archive of Harvests, RGANI fond 5, opis 28, delo 314. '
    'Translated for NKIDP by Jane Q. Doe. <a href="https://archive.example/document/1">https://archive.example/document/1</a>'
)
PARAGRAPHS = (
    "Translation - English",
    "to the CPSU CC",
    "translation from Korean",
    "On the Grain Harvest",
    "1. What was sown",
    "The harvest of 1954 was smaller than the one before, and the peasants were lent seed by the state.",
    "All of them should join the cooperatives, as the committee has decided in its last session of that year.",
    "Typed on 1 February 1955.",
)
TEXT = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
AROUND = (
    '<html lang="en"><head><meta charset="utf-8"><title>On the Grain Harvest | Digital Archive</title></head><body>'
    '<nav><ul><li><a href="/">Home</a><li><a href="/topics">Topics</a></ul></nav>{}'
    "<footer><p>The archive of harvests. All rights reserved.</p></footer></body></html>"
)
# The ways in which such sites are built.
HEADINGS = f"""
<main><p class="date">January 31, 1955</p><h1>On the Grain Harvest</h1>
<h3>Citation</h3><p>{CITED}</p>
<h3>Summary</h3><p>A paper on the harvest of 1954.</p>
<h3>Credits</h3><p>Made possible by the Ministry of Grain</p>
<h3>Original Language</h3><p>Russian</p>
<h3>Contents</h3><div>{TEXT}</div></main>"""
LABELS = f"""
<article class="node--type-document"><h1><span>On the Grain Harvest</span></h1>
<div class="field--date"><time datetime="1955-01-31">January 31, 1955</time></div>
<div class="field"><div class="field__label">Citation</div><div class="field__item">{CITED}</div></div>
<div class="field"><div class="field__label">Summary</div><div class="field__item"><p>A paper on the harvest of 1954.</p></div></div>
<div class="field body"><div class="field__item">{TEXT}</div></div>
<aside class="sidebar"><h2>Document Information</h2>
<div class="field"><div class="field__label">Credits</div><div class="field__item">Made possible by the Ministry of Grain</div></div>
<div class="field"><div class="field__label">Language</div><div class="field__items"><div class="field__item">Russian</div></div></div>
</aside></article>"""
TERMS = f"""
<div id="content"><h1>On the Grain Harvest</h1>
<dl><dt>Date:</dt><dd>January 31, 1955</dd><dt>Citation:</dt><dd>{CITED}</dd><dt>Summary:</dt><dd>A paper on the harvest of 1954.</dd>
<dt>Credits:</dt><dd>Made possible by the Ministry of Grain</dd><dt>Original Language:</dt><dd>Russian</dd></dl>
<h2>Transcript</h2>{TEXT}</div>"""
BOLD = f"""
<div><p><strong>January 31, 1955</strong></p><h1>On the Grain Harvest</h1>
<p><strong>Citation:</strong> {CITED}</p><p><strong>Summary:</strong> A paper on the harvest of 1954.</p>
<p><strong>Credits:</strong> Made possible by the Ministry of Grain</p><p><strong>Original Language:</strong> Russian</p>
<p><strong>Contents:</strong></p>{TEXT}</div>"""
SITES = {"headings": HEADINGS, "labels": LABELS, "terms": TERMS, "bold": BOLD}


def read(body: str) -> Version:
    (version,) = corpora.contents(File("page.html", AROUND.format(body).encode())).versions
    return version


@pytest.mark.parametrize("site", SITES)
def test_the_record_is_found_however_the_page_is_built(site):
    version = read(SITES[site])
    assert version.title == "On the Grain Harvest"
    assert (version.status, version.translators) == ("published", ("Jane Q. Doe for NKIDP",))
    told = version.metadata
    assert (told["document_date"], told["archive_reference"]) == ("January 31, 1955", "RGANI fond 5, opis 28, delo 314")
    assert (told["address"], told["summary"]) == (
        "https://archive.example/document/1",
        "A paper on the harvest of 1954.",
    )
    assert (told["credits"], told["original_language"]) == ("Made possible by the Ministry of Grain", "Russian")
    said = {(one.language, one.field, one.value) for one in version.statements}
    assert {("en", "made from", "ru"), ("ru", "made from", "ko"), ("ko", "date", "1 February 1955")} <= said


@pytest.mark.parametrize("site", SITES)
def test_the_text_of_the_document_is_whole_and_alone(site):
    version = read(SITES[site])
    block = citation.find(version.text)
    assert block
    assert version.text[block.contents :].split("\n\n") == list(PARAGRAPHS)
    cut = corpora.segment(version)
    assert [(one.kind, one.text) for one in cut.segments if one.kind != "front matter"] == [
        *(("apparatus", one) for one in PARAGRAPHS[:3]),
        ("title", PARAGRAPHS[3]),
        ("heading", PARAGRAPHS[4]),
        *(("paragraph", one) for one in PARAGRAPHS[5:7]),
        ("colophon", PARAGRAPHS[7]),
    ]


def page_of(text: str) -> Iterator[str]:
    """A page with a citation block as a site of headings would show it."""
    date, title = re.findall(r"^\*\*(.+?)\*\*[ \t]*$", text, re.MULTILINE | re.DOTALL)[:2]
    yield f"<div><p>{date}</p><h1>{html.escape(' '.join(title.split()))}</h1>"
    for block in re.split(r"\n\s*\n", text.strip())[2:]:
        if label := re.fullmatch(r"\*\*(.+):\*\*", block.strip()):
            yield f"<h3>{label[1]}</h3>"
        elif mark := re.fullmatch(r"(#+) (.+)", block.strip()):
            yield f"<h{len(mark[1])}>{html.escape(mark[2])}</h{len(mark[1])}>"
        elif block.strip() == "---":
            yield "<hr>"
        else:
            yield f"<p>{html.escape(block.strip()).replace(chr(10), '<br>')}</p>"
    yield "</div>"


@pytest.mark.parametrize("id", ["en", "ko", "ru"])
def test_the_papers_of_1955_read_the_same_from_a_page(id):
    plain = corpora.read(SEEDS / f"nature-of-our-revolution-1955.{id}.txt")
    paged = read("".join(page_of(plain.text)))
    assert (paged.id, paged.title, paged.status, paged.date) == (plain.id, plain.title, plain.status, plain.date)
    assert paged.translators == plain.translators
    keys = set(plain.metadata) - {"file", "encoding"}
    assert {key: paged.metadata[key] for key in keys} == {key: plain.metadata[key] for key in keys}
    assert [(s.language, s.field, s.value) for s in paged.statements] == [
        (s.language, s.field, s.value) for s in plain.statements
    ]
    one, other = corpora.segment(plain), corpora.segment(paged)
    assert [segment.text for segment in other.body] == [segment.text for segment in one.body]


def test_a_page_that_tells_how_to_cite_it_is_no_archive():
    version = read(f"<article><h1>A blog</h1><p>{PARAGRAPHS[5]}</p><h3>Cite as</h3><p>Doe, A blog.</p></article>")
    assert citation.find(version.text) is None
    assert version.status == "user-supplied"


def test_a_value_cannot_pass_for_a_label():
    version = read(HEADINGS.replace("A paper on the harvest of 1954.", "One<br>**Contents:**<br>two"))
    block = citation.find(version.text)
    assert block
    assert version.text[block.contents :].startswith("Translation - English")
