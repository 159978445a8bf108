"""Web Annotations: what the data model wants, judged by its own rules and by a JSON-LD processor."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import exports
from corpora.document import PLACEHOLDER_MARK
from exports import Selection
from reviews import Review
from reviews.notes.anchor import anchor
from reviews.notes.note import Note
from tests.exports.reviewed import reviews

FEW = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
OA, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
# The motivations of the vocabulary (Web Annotation Vocabulary, 3.3).
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying", "linking",
    "moderating", "questioning", "replying", "tagging",
}  # fmt: skip
# What the W3C's context says of the terms that are used here (Web Annotation Vocabulary, appendix A).
TERMS: dict[str, Any] = {
    "id": {"@type": "@id", "@id": "@id"}, "type": {"@type": "@id", "@id": "@type"},
    "oa": OA, "as": AS, "dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/",
    "dctypes": "http://purl.org/dc/dcmitype/", "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "Annotation": "oa:Annotation", "TextualBody": "oa:TextualBody", "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage", "Software": "as:Application",
    "Person": "foaf:Person", "Text": "dctypes:Text",
    # The context forgets one of them.
    **{name: f"oa:{name}" for name in MOTIVATIONS - {"assessing"}},
    "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"}, "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"}, "partOf": {"@type": "@id", "@id": "as:partOf"},
    "first": {"@type": "@id", "@id": "as:first"}, "last": {"@type": "@id", "@id": "as:last"},
    "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
    "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
    "creator": {"@type": "@id", "@id": "dcterms:creator"}, "generator": {"@type": "@id", "@id": "as:generator"},
    "created": {"@type": "xsd:dateTime", "@id": "dcterms:created"}, "modified": {"@type": "xsd:dateTime", "@id": "dcterms:modified"},
    "generated": {"@type": "xsd:dateTime", "@id": "dcterms:issued"},
    "name": "foaf:name", "label": "rdfs:label", "value": "rdf:value", "format": "dc:format", "language": "dc:language",
}  # fmt: skip


def written(review: Review, only: str = "", hop: str = "") -> dict[str, Any]:
    return json.loads(exports.to_bytes(Selection(review, only, hop), ".jsonld"))


def several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def items(review: Review) -> list[dict[str, Any]]:
    whole = written(review)
    return whole["first"]["items"] if "first" in whole else []


@FEW
@given(review=reviews())
def test_each_annotation_is_as_the_data_model_wants_it(review):
    found = items(review)
    ids = [one["id"] for one in found]
    assert all(id.startswith("urn:uuid:") for id in ids)
    for one in found:
        assert one["type"] == "Annotation"
        assert set(several(one["motivation"])) <= MOTIVATIONS
        assert several(one["target"])
        for body in several(one.get("body")):
            assert (body["type"], body["format"]) == ("TextualBody", "text/plain")
            assert body["purpose"] in MOTIVATIONS
        for time in ("created", "modified", "generated"):
            assert time not in one or datetime.fromisoformat(one[time]).tzinfo
        if "creator" in one:
            assert one["creator"]["type"] == "Person"
        for target in several(one["target"]):
            if isinstance(target, dict):
                assert target["type"] == "SpecificResource"
                check_selectors(review, target)


def check_selectors(review: Review, target: dict[str, Any]) -> None:
    """The quote and the place are the same words of the version."""
    of_type = {selector["type"]: selector for selector in several(target["selector"])}
    quote, place = of_type["TextQuoteSelector"], of_type.get("TextPositionSelector")
    assert (place is None) == target.get("gone", False)
    if place:
        texts = [version.text for version in review.document.versions if version.title == target["source"]["name"]]
        cut = {(text[: place["start"]], text[place["start"] : place["end"]], text[place["end"] :]) for text in texts}
        assert any(
            exact == quote["exact"]
            and before.endswith(quote.get("prefix", ""))
            and after.startswith(quote.get("suffix", ""))
            for before, exact, after in cut
        )


@FEW
@given(review=reviews())
def test_every_note_and_reply_is_an_annotation(review):
    whole, found = written(review), items(review)
    assert whole["total"] == len(found) == len(review.notes) + sum(len(note.replies) for note in review.notes)
    replies = [one for one in found if one["motivation"] == "replying"]
    ids = {one["id"] for one in found if one not in replies}
    assert all(reply["target"] in ids for reply in replies)
    for note in review.notes:
        bodies = [body["value"] for one in found if one not in replies for body in several(one.get("body"))]
        assert note.body in bodies
        assert all(one in bodies for one in note.alternatives)


def test_the_collection_says_what_it_was_made_of(example_review):
    whole = written(example_review)
    assert whole["type"] == "AnnotationCollection"
    assert (whole["total"], "first" in whole) == (0, False)
    told = " ".join(whole["provenance"])
    assert told.count(PLACEHOLDER_MARK) == 2
    assert example_review.alignment.signature in told


def test_a_note_of_another_hop_is_not_in_the_file(example_review):
    texts = {version.id: version.text for version in example_review.document.versions}
    notes = tuple(
        Note(f"n{id}", (anchor(id, texts[id], 3000, 3010),), body=id) for id in ("ko", "en") if len(texts[id]) > 3010
    )
    review = replace(example_review, notes=notes)
    assert written(review)["total"] == len(notes)
    assert written(review, hop="ko-ru")["total"] == sum(note.body != "en" for note in notes)
    assert any("only notes are" in line for line in exports.omitted(Selection(review), ".jsonld"))


@settings(FEW, max_examples=10)
@given(review=reviews())
def test_a_json_ld_processor_finds_a_meaning_for_every_key(review):
    jsonld = pytest.importorskip("pyld.jsonld", reason="pyld is not installed, which reads JSON-LD")

    def load(address: str, options: Any) -> dict[str, Any]:
        assert address == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": address, "document": {"@context": TERMS}}

    whole = written(review)
    (expanded,) = jsonld.expand(whole, {"documentLoader": load})
    lost = missing(whole, expanded)
    assert not lost
    assert expanded["@type"] == [f"{AS}OrderedCollection"]
    found = expanded[f"{AS}first"][0][f"{AS}items"][0]["@list"] if review.notes else []
    for one in found:
        assert one["@type"] == [f"{OA}Annotation"]
        assert one[f"{OA}hasTarget"]
        assert all(motivation["@id"].startswith(OA) for motivation in one[f"{OA}motivatedBy"])


def missing(value: Any, expanded: Any) -> int:
    """How many keys more the file has than what the processor made of it."""
    return max(0, keys(value) - keys(expanded))


def keys(value: Any) -> int:
    """Keys with a meaning: contexts and the wrapping of values are none."""
    if isinstance(value, list):
        return sum(map(keys, value))
    if not isinstance(value, dict):
        return 0
    return sum(
        1 + keys(inner)
        for key, inner in value.items()
        if key not in ("@context", "@value", "@list", "@type", "type", "@id", "id")
    ) + (keys(value["@list"]) if "@list" in value else 0)
