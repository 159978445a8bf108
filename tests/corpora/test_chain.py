"""Versions in chain order -> a document: ids, sources, siblings, and how the chain is known."""

from dataclasses import replace

import pytest

from corpora import example, read_bytes
from corpora.chain import assemble, named, numbered
from corpora.document import Statement, Version
from corpora.errors import ReadError

TEXTS = {
    "ko": "우리 나라는 아직도 통일되지 못하였다.",
    "ru": "Наша страна всё ещё не воссоединена.",
    "en": "Our country is still not reunited.",
    "de": "Unser Land ist noch immer nicht wiedervereint.",
}


def version(id: str, *statements: tuple[str, str, str], **fields) -> Version:
    """A version that makes these statements: language, field, value."""
    text = TEXTS[id.rstrip("0123456789").split("-")[0]]
    said = tuple(Statement(*statement, 0, 1) for statement in statements)
    return replace(read_bytes(text.encode(), f"{id}.txt", id), statements=said, **fields)


def sources(*versions: Version) -> list[tuple[str, str | None, str]]:
    return [(found.id, found.source, found.how_known) for found in assemble(versions).versions]


def test_each_version_is_made_from_the_one_before():
    assert sources(version("ko"), version("ru"), version("en")) == [
        ("ko", None, "unknown"),
        ("ru", "ko", "inferred"),
        ("en", "ru", "inferred"),
    ]


def test_two_translations_into_one_language_are_siblings():
    document = assemble([version("ko"), version("ru"), version("en"), version("en2")])
    assert [(found.id, found.source) for found in document.versions][2:] == [("en", "ru"), ("en2", "ru")]
    assert document.chain("en2") == ("ko", "ru", "en2")
    assert [hop.id for hop in document.hops] == ["ko-ru", "ru-en", "ru-en2"]
    assert [hop.id for hop in document.comparisons] == ["ko-ru", "ru-en", "ru-en2", "ko-en", "ko-en2"]


def test_two_translations_into_one_language_of_two_regions_are_siblings():
    versions = [version("ko"), version("ru"), version("en-GB"), version("en-US")]
    assert [found.source for found in assemble(versions).versions] == [None, "ko", "ru", "ru"]


def test_siblings_in_the_middle_are_not_made_from_one_another():
    assert [source for _, source, _ in sources(version("ko"), version("ru"), version("ru2"), version("en"))] == [
        None,
        "ko",
        "ko",
        "ru2",
    ]


def test_a_version_can_be_translated_back():
    assert sources(version("en"), version("de"), version("en2"))[2] == ("en2", "de", "inferred")


def test_a_source_is_stated_where_its_own_paper_says_so():
    assert sources(version("ko"), version("ru", ("ru", "made from", "ko")))[1] == ("ru", "ko", "stated")


def test_a_source_is_stated_where_a_later_paper_of_the_chain_says_so():
    later = version("en", ("ru", "made from", "ko"))
    assert sources(version("ko"), version("ru"), later)[1:] == [("ru", "ko", "stated"), ("en", "ru", "inferred")]


def test_a_statement_on_another_source_states_nothing():
    assert sources(version("ko"), version("en", ("en", "made from", "ru")))[1] == ("en", "ko", "inferred")


def test_a_region_in_a_language_tag_does_not_hide_what_papers_say():
    versions = [replace(version("ko"), id="ko-KP", language="ko-KP"), version("ru", ("ru", "made from", "ko"))]
    versions.append(version("en", ("ko", "date", "31 January 1955")))
    document = assemble(versions)
    assert (document.versions[1].how_known, document.versions[0].date) == ("stated", "31 January 1955")


def test_a_paper_does_not_speak_for_its_sibling():
    said = [("en", "made from", "ru"), ("en", "translator", "Gary Goldberg"), ("en", "date", "2005")]
    document = assemble([version("ru"), version("en", *said), version("en2")])
    one, other = document.versions[1:]
    assert (one.how_known, one.translators, one.date) == ("stated", ("Gary Goldberg",), "2005")
    assert (other.how_known, other.translators, other.date) == ("inferred", (), "")


def test_a_paper_speaks_for_the_sibling_it_was_made_from_only():
    said = [("ru", "made from", "ko"), ("ru", "translator", "Kovalev")]
    document = assemble([version("ko"), version("ru"), version("ru2"), version("en", *said)])
    assert [(found.how_known, found.translators) for found in document.versions[1:3]] == [
        ("inferred", ()),
        ("stated", ("Kovalev",)),
    ]


def test_what_a_version_brings_itself_is_kept():
    own = version("ru", date="1 March 1955", translators=("Ivanov",))
    later = version("en", ("ru", "date", "14 February 1955"), ("ru", "translator", "Kovalev"))
    found = assemble([version("ko"), own, later]).versions[1]
    assert (found.date, found.translators) == ("1 March 1955", ("Ivanov",))


def test_who_says_so_is_recorded_only_of_what_was_taken_over():
    later = version("en", ("ru", "date", "14 February 1955"), ("ru", "translator", "Kovalev"))
    own = assemble([version("ko"), version("ru", date="1 March 1955"), later]).versions[1]
    assert own.translators == ("Kovalev",)
    assert "date_said_by" not in own.metadata
    assert own.metadata["translators_said_by"] == "English"
    both = assemble([version("ko"), version("ru"), later]).versions[1]
    assert (both.metadata["date_said_by"], both.metadata["translators_said_by"]) == ("English", "English")


def test_a_version_s_own_paper_is_no_other_speaker():
    found = assemble([version("ko"), version("ru", ("ru", "date", "1955"))]).versions[1]
    assert found.date == "1955"
    assert "date_said_by" not in found.metadata


def test_of_several_dates_the_first_counts_and_of_translators_all():
    said = [("ru", "date", "1955"), ("ru", "date", "1956"), ("ru", "translator", "A"), ("ru", "translator", "B")]
    found = assemble([version("ko"), version("ru", *said)]).versions[1]
    assert (found.date, found.translators) == ("1955", ("A", "B"))


def test_the_document_is_called_after_the_version_with_a_citation():
    english = example.versions()[2]
    document = assemble([version("ko"), version("ru"), english, version("en2")])
    assert (document.title, document.metadata, document.id) == (english.title, english.metadata, english.digest[:12])


def test_without_a_citation_the_document_is_called_after_the_last_version():
    assert assemble([version("ko"), version("en", title="The End")]).title == "The End"


@pytest.mark.parametrize("versions", [[], [version("en")]], ids=["none", "one"])
def test_one_version_is_no_document(versions):
    with pytest.raises(ReadError, match="only one version; give two or more"):
        assemble(versions)


@pytest.mark.parametrize("ids", [("en", "en"), ("ko", "ru", "ko"), ("ru", "en2", "en2")])
def test_the_same_id_twice_is_refused_with_a_way_out(ids):
    with pytest.raises(ReadError, match="Two versions are called") as caught:
        assemble([version(id) for id in ids])
    twice = max(ids, key=ids.count)
    assert f'"{twice}"' in str(caught.value)


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        (["ko", "ru", "en"], ["ko", "ru", "en"]),
        (["en", "en"], ["en", "en2"]),
        (["en", "en", "en", "ko"], ["en", "en2", "en3", "ko"]),
        (["en", "en2", "en"], ["en", "en2", "en3"]),
        (["en2", "en", "en"], ["en2", "en", "en3"]),
        ([], []),
    ],
)
def test_names_that_are_taken_get_a_number(ids, found):
    assert [one.id for one in numbered([version(id) for id in ids])] == found


@pytest.mark.parametrize(
    ("id", "language"),
    [
        ("en", "en"),
        ("en2", "en"),
        ("en12", "en"),
        ("EN", "EN"),
        ("en-GB", "en-GB"),
        ("en-GB2", "en-GB"),
        ("es-419", "es-419"),
        ("de", "de"),
    ],
)
def test_an_id_is_a_language_tag_with_a_number(id, language):
    found = named(version("en"), id)
    assert (found.id, found.language) == (id, language)


@pytest.mark.parametrize(
    ("given", "id", "message"),
    [
        ("ko", "ru", r'"ko\.txt" was given as Russian \(ru\) but is written in Hangul letters, most likely Korean;'),
        (
            "ru",
            "en2",
            r'"ru\.txt" was given as English \(en\) but is written in Cyrillic letters, most likely Russian;',
        ),
        ("en", "ko", r'"en\.txt" was given as Korean \(ko\) but is written in Latin letters, most likely English;'),
        ("ru", "de", r'"ru\.txt" was given as German \(de\) but is written in Cyrillic'),
    ],
)
def test_a_file_in_another_script_is_refused(given, id, message):
    with pytest.raises(ReadError, match=message) as caught:
        read_bytes(TEXTS[given].encode(), f"{given}.txt", id)
    assert str(caught.value).endswith("give the right file or the right language.")


def test_a_short_text_under_a_long_english_head_is_in_its_own_script():
    head = "**Summary:**\n\n" + "A summary in English. " * 30 + "\n\n**Contents:**\n\n"
    assert read_bytes((head + TEXTS["ko"]).encode(), "a.txt", "ko").id == "ko"
    with pytest.raises(ReadError, match="written in Hangul"):
        read_bytes((head + TEXTS["ko"]).encode(), "a.txt", "en")


@pytest.mark.parametrize(
    ("text", "id"), [("これはペンです。CIA", "ja"), ("1955 — № 5", "ko"), (TEXTS["en"], "xx"), ("我们的国家", "en")]
)
def test_a_script_that_is_not_known_is_no_reason_to_refuse(text, id):
    assert read_bytes(text.encode(), "a.txt", id).id == id


@pytest.mark.parametrize("id", ["names", "x" * 300, "../en", "en/../ko", "🙂", "-", "123", "nul\0"])
def test_any_id_is_taken_as_it_is(id):
    assert read_bytes(TEXTS["en"].encode(), "a.txt", id).id == id


def test_an_unknown_version_of_a_document_is_told_with_the_known_ones():
    document = assemble([version("ko"), version("en")])
    with pytest.raises(ReadError, match=r'no version "ru"; it has ko, en\.'):
        document.chain("ru")


def test_two_texts_in_one_language_are_compared_though_neither_is_made_from_the_other():
    document = assemble([version("en"), version("en2")])
    assert not document.hops
    assert [hop.id for hop in document.comparisons] == ["en-en2"]
