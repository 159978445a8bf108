"""What an archive's page and the paper itself say of a version and of the chain."""

import pytest

from corpora import example, open_document, read_bytes
from corpora.archive import is_colophon
from corpora.languages import language

# Metadata of the owner's document that is drawn out of the citation.
DRAWN = {
    "document_date": "January 31, 1955",
    "archive_reference": "RGANI fond 5, opis 28, delo 314",
    "archive": "RGANI",
    "fond": "5",
    "opis": "28",
    "delo": "314",
    "translator": "Gary Goldberg",
    "translated_for": "NKIDP",
    "address": "https://digitalarchive.wilsoncenter.org/document/116303",
    "original_language": "Russian",
    "credits": "This document was made possible with support from ROK Ministry of Unification",
    "file": "nature-of-our-revolution-1955.en.txt",
}
# What the owner's document states of the chain, and the words on the paper that say it.
STATEMENTS = [
    ("en", "made from", "ru", "Russian"),
    ("en", "translator", "Gary Goldberg", "Translated for NKIDP by Gary Goldberg."),
    ("ru", "made from", "ko", "translation from Korean"),
    ("ru", "translator", "Kovalev", "Kovalev"),
    ("ru", "translator", "Fadeyev", "Fadeyev"),
    ("ru", "date", "14 February 1955", "14 February 1955"),
    ("ko", "date", "31 January 1955", "31 January 1955"),
]
BLANK_KO = "우리 나라는 아직도 통일되지 못하였다.\n\n국토와 민족은 두 부분으로 분렬되였다.\n"
BLANK_RU = "Наша страна всё ещё не воссоединена.\n\nСтрана разделена на две части.\n"


@pytest.fixture(scope="module")
def owner():
    return example.versions()[2]


@pytest.fixture(scope="module")
def lone_chain(owner):
    """The owner's document behind a Korean and a Russian text that say nothing of themselves."""
    others = [read_bytes(text.encode(), f"{id}.txt", id) for id, text in (("ko", BLANK_KO), ("ru", BLANK_RU))]
    return open_document([*others, owner])


def page(citation: str = "", text: str = "The text itself.", **labels: str) -> str:
    fields = {"Citation": citation, **{label.replace("_", " ").title(): value for label, value in labels.items()}}
    head = "".join(f"**{label}:**\n\n{value}\n\n" for label, value in fields.items() if value)
    return f"{head}**Contents:**\n\n{text}\n"


def read(text: str, name: str = "page.txt"):
    return read_bytes(text.encode(), name)


@pytest.mark.parametrize("field", DRAWN)
def test_metadata_of_the_owner_s_document(owner, field):
    assert owner.metadata[field] == DRAWN[field]


def test_title_language_status_and_translator_of_the_owner_s_document(owner):
    assert owner.title.startswith("The Nature of Our Revolution at the Current Stage and the Primary Tasks of Our")
    assert (owner.language, owner.status, owner.translators) == ("en", "published", ("Gary Goldberg for NKIDP",))
    assert owner.metadata["summary"].startswith("A Korean Worker's Party document")


def test_the_owner_s_document_makes_these_statements(owner):
    assert [(s.language, s.field, s.value) for s in owner.statements] == [row[:3] for row in STATEMENTS]


@pytest.mark.parametrize("place", range(len(STATEMENTS)), ids=[" ".join(row[:3]) for row in STATEMENTS])
def test_the_place_of_each_statement_says_it(owner, place):
    statement = owner.statements[place]
    assert owner.text[statement.start : statement.stop] == STATEMENTS[place][3]


def test_the_date_of_the_original_stands_in_the_drafting_note_and_not_in_the_typing_note(owner):
    date = owner.statements[-1]
    assert owner.text[: date.start].endswith("\nDrafted on ")


def test_the_signatures_stand_at_the_end_of_the_paper(owner):
    places = {s.value: s.start for s in owner.statements}
    assert owner.text[places["Kovalev"] - len("[signature] ") : places["Kovalev"]] == "[signature] "
    assert places["31 January 1955"] < places["Kovalev"] < places["Fadeyev"] < places["14 February 1955"]


def test_the_owner_s_document_alone_tells_the_whole_chain(lone_chain):
    told = [(v.id, v.source, v.how_known, v.date, v.translators) for v in lone_chain.versions]
    assert told == [
        ("ko", None, "unknown", "31 January 1955", ()),
        ("ru", "ko", "stated", "14 February 1955", ("Kovalev", "Fadeyev")),
        ("en", "ru", "stated", "", ("Gary Goldberg for NKIDP",)),
    ]
    assert lone_chain.metadata["delo"] == "314"


def test_placeholders_keep_what_they_say_of_themselves():
    document = open_document(example.versions())
    assert [(v.id, v.status, v.how_known, v.date) for v in document.versions] == [
        ("ko", "placeholder", "unknown", "31 January 1955"),
        ("ru", "placeholder", "stated", "14 February 1955"),
        ("en", "published", "stated", ""),
    ]
    assert "not theirs" in document.version("ru").translators[0]


TRANSLATED = [
    ("Translated by Gary Goldberg.", "Gary Goldberg", ""),
    ("Translated for NKIDP by Gary Goldberg. <https://example.org/1>", "Gary Goldberg", "NKIDP"),
    ("Translated for CWIHP by James F. Person.", "James F. Person", "CWIHP"),
    ("Translated by J. R. R. Smith. Copy 2.", "J. R. R. Smith", ""),
    ("Translated by Gary Goldberg", "Gary Goldberg", ""),
    ("Translated for NKIDP by Dr. James F. Person.", "Dr. James F. Person", "NKIDP"),
    ("It was translated for NKIDP by Gary Goldberg.", "Gary Goldberg", "NKIDP"),
    ("Obtained by the archive, translated by Gary Goldberg.", "Gary Goldberg", ""),
    ("Obtained by the archive (translated by Gary Goldberg).", "Gary Goldberg", ""),
    ("Translated by Gary Goldberg <https://example.org/1>", "Gary Goldberg", ""),
    ("Translated by Gary\nGoldberg.", "Gary Goldberg", ""),
    ("Translated for the Cold War Project by A. Kim and B. Lee.", "A. Kim and B. Lee", "the Cold War Project"),
]


@pytest.mark.parametrize(("citation", "name", "client"), TRANSLATED, ids=[row[0] for row in TRANSLATED])
def test_translator_in_a_citation(citation, name, client):
    version = read(page(f"RGANI fond 5, opis 2, delo 3. {citation}"))
    assert (version.metadata["translator"], version.metadata["translated_for"]) == (name, client)
    assert version.translators == (f"{name} for {client}" if client else name,)
    (said,) = (statement for statement in version.statements if statement.field == "translator")
    assert said.value == name
    assert name.split()[-1] in version.text[said.start : said.stop]


@pytest.mark.parametrize("citation", ["A text.", "It was translated by many.", "Translated for the archive."])
def test_a_citation_without_a_translator_names_none(citation):
    assert read(page(citation)).translators == ()


@pytest.mark.parametrize(
    ("citation", "address"),
    [
        ("See <https://example.org/document/1>", "https://example.org/document/1"),
        ("See https://example.org/document/1.", "https://example.org/document/1"),
        ("See (http://example.org/a?b=c&d=e), page 3", "http://example.org/a?b=c&d=e"),
        ("[here](https://example.org/x)", "https://example.org/x"),
    ],
)
def test_address_in_a_citation(citation, address):
    assert read(page(citation)).metadata["address"] == address


def test_archive_reference_with_a_folder_and_in_capitals():
    version = read(page("AVPRF, fond 0102, opis 11, papka 60, delo 8"))
    assert [version.metadata[part] for part in ("archive", "papka", "delo")] == ["AVPRF", "60", "8"]
    version = read(page("The Russian State Archive, Fond 5, Opis 28, Delo 314"))
    assert version.metadata["archive_reference"] == "Fond 5, Opis 28, Delo 314"
    assert "archive" not in version.metadata


@pytest.mark.parametrize(
    ("citation", "archive"),
    [
        ("RGANI fond 5, opis 28, delo 314.", ("RGANI", "5", "28", "314")),
        ("in: GARF, fond R-5446, opis 87a, delo 12, p. 3", ("GARF", "R-5446", "87a", "12")),
        ("АВПРФ fond 0102, opis 11, delo 9", ("АВПРФ", "0102", "11", "9")),
    ],
)
def test_archive_reference_in_a_citation(citation, archive):
    version = read(page(citation))
    assert tuple(version.metadata[part] for part in ("archive", "fond", "opis", "delo")) == archive
    assert version.status == "published"


def test_what_a_citation_block_cites_is_published_wherever_the_archive_lies():
    assert read(page("The National Archives, FO 371/115480. Wilson Center Digital Archive")).status == "published"


def test_without_a_citation_a_text_is_user_supplied():
    assert read(page("", summary="A text.")).status == "user-supplied"
    assert read("A text without a block.").status == "user-supplied"


def test_a_block_does_not_rename_its_file():
    version = read(page("A text.", file="another.txt", encoding="another"))
    assert (version.metadata["file"], version.metadata["encoding"]) == ("page.txt", "utf-8")


def test_the_language_of_a_text_is_not_that_of_its_block():
    head = "A summary in English that is a good deal longer than the text. " * 10
    assert read(page(head, "우리 나라는 통일되지 못하였다.")).language == "ko"
    assert read(page(head, "Наша страна не воссоединена.")).language == "ru"


def test_a_language_label_decides():
    text = "우리 나라는 아직도 통일되지 못하였다."
    assert read(page("A text.", text, language="Korean")).language == "ko"
    assert read(page("A text.", text, language="Klingon")).language == "ko"


@pytest.mark.parametrize(
    ("text", "made_from"),
    [
        ("translation from Korean\n\nThe text.", [("en", "ko")]),
        ("Translation from the Russian\n\nThe text.", [("en", "ru")]),
        ("This is a translation from Korean into English.\n\nThe text.", []),
        ("translation from Klingon\n\nThe text.", []),
    ],
)
def test_a_line_on_the_paper_that_says_what_it_was_made_from(text, made_from):
    said = read(page("A text.", text)).statements
    assert [(s.language, s.value) for s in said if s.field == "made from"] == made_from


def test_a_russian_paper_says_the_same_in_russian():
    text = "Перевод с корейского\n\nНаша страна не воссоединена.\n\nПеревёл: [подпись] Ковалёв\n\n14 февраля 1955 г.\n"
    version = read(page("A text.", text))
    assert [(s.language, s.field, s.value) for s in version.statements] == [
        ("ru", "made from", "ko"),
        ("ru", "translator", "Ковалёв"),
        ("ru", "date", "14 февраля 1955"),
    ]
    assert [version.text[s.start : s.stop] for s in version.statements[1:]] == ["Ковалёв", "14 февраля 1955"]


def test_without_a_drafting_note_the_archive_dates_the_original():
    text = f"**January 31, 1955**\n\n{page('A text.', 'translation from Korean' + chr(10) * 2 + 'The text.')}"
    (date,) = (s for s in read(text).statements if s.field == "date")
    assert (date.language, date.value) == ("ko", "January 31, 1955")
    assert read(text).text[date.start : date.stop] == date.value


# Notes of drafting, typing and printing, and sentences of the text that only look like them.
COLOPHONS = [
    ("en", "Drafted on 31 January 1955", True),
    ("en", "Typed on 1 February 1955.", True),
    ("en", "Printed in 3 copies, 4 April 1956", True),
    ("en", "The plan was completed in March 1954.", False),
    ("en", "In May 1950 nothing of it was written.", False),
    ("en", "A typed letter of 3 May 1950 is lost.", False),
    ("en", "Drafted in haste", False),
    ("en", "14 February 1955", False),
    ("en", "Written in May 1950, " + "it is a long sentence of the text " * 3, False),
    ("en", "Completed in May 1955, the plant makes steel.", False),
    ("ru", "Составлено 31 января 1955 года", True),
    ("ru", "Отпечатано в 3 экз. 1 февраля 1955 г.", True),
    ("ru", "1 февраля 1955 г. отпечатано", True),
    ("ru", "Письмо было написано в марте 1954 года.", False),
    ("ko", "1955년 1월 31일 작성", True),
    ("ko", "타자: 1955년 2월 2일", True),
    ("ko", "1954년 3월에 계획이 작성되였다.", False),
]


@pytest.mark.parametrize(("code", "line", "is_one"), COLOPHONS, ids=[row[1][:40] for row in COLOPHONS])
def test_colophon(code, line, is_one):
    assert is_colophon(line, language(code)) is is_one
