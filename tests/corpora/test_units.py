"""Tables of aligned units and of sentence pairs."""

import json

import pytest

from corpora.errors import ReadError
from corpora.units import document, read_pairs, read_units

TABLE = "id\tko\tru\tnote\n1\t하나\tОдин\tx\n\n2\t\tДва\n"


def test_columns_are_found_by_their_names_and_others_passed_over(tmp_path):
    path = tmp_path / "units.tsv"
    path.write_bytes(b"\xef\xbb\xbf" + TABLE.replace("\n", "\r\n").encode())
    assert read_units(path, ["ko", "ru"]) == [{"ko": "하나", "ru": "Один"}, {"ko": "", "ru": "Два"}]


def test_objects_may_have_further_keys_and_texts_that_are_null(tmp_path):
    path = tmp_path / "units.jsonl"
    rows = [{"ko": "하나", "ru": 'Он сказал:\t"да"\u2028', "id": 1}, {"ko": None, "ru": "Два"}]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    assert read_units(path, ["ru", "ko"]) == [{"ru": 'Он сказал:\t"да"', "ko": "하나"}, {"ru": "Два", "ko": ""}]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("units.tsv", "", "holds no units"),
        ("units.tsv", "ko\tru\n", "holds no units"),
        ("units.tsv", "ko\ten\na\tb", 'line 2: there is no version "ru" among ko, en'),
        ("units.tsv", "ko\tru\na\tb\tc", "line 2 has 3 columns"),
        ("units.jsonl", '{"ko": "a", "ru": "b"}\n{"ko": ', "line 2 is not a JSON object"),
        ("units.jsonl", '{"ko": "a", "ru": 5}', 'line 1: "ru" is not a text'),
        ("units.jsonl", "[" * 100_000, "line 1 is not a JSON object"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, name, text, told):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=told) as caught:
        read_units(path, ["ko", "ru"])
    assert str(caught.value).endswith(".")


def test_a_file_that_is_not_there_or_not_utf8_is_told(tmp_path):
    with pytest.raises(ReadError, match="There is no file"):
        read_units(tmp_path / "no.tsv", ["ko", "ru"])
    (tmp_path / "old.tsv").write_bytes("ko\tru\nа\tб".encode("cp1251"))
    with pytest.raises(ReadError, match="not in UTF-8"):
        read_units(tmp_path / "old.tsv", ["ko", "ru"])


def test_every_text_stands_at_its_place_in_its_version():
    made = document([{"ko": "하나", "ru": "Один"}, {"ko": "", "ru": "Два"}], ["ko", "ru"])
    assert [(v.id, v.source, len(v.segments)) for v in made.versions] == [("ko", None, 1), ("ru", "ko", 2)]
    assert all(v.text[s.start : s.stop] == s.text for v in made.versions for s in v.segments)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("ru_tokens\ten_tokens\nОдин\tOne\n", [("One", "Один")]),
        ("One\tОдин\nTwo\tДва\t0-0\n", [("One", "Один"), ("Two", "Два")]),
    ],
)
def test_pairs_are_read_with_and_without_a_header(tmp_path, text, pairs):
    path = tmp_path / "pairs.tsv"
    path.write_text(text, encoding="utf-8")
    assert read_pairs(path, "en", "ru") == pairs
