"""The address of a database, as it is given and as it is handed on."""

import pytest

from corpora.errors import StoreError
from reviews.storage import database


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("x.db", "{here}/x.db"),
        ("/data/Relay %20 #1?.db", "/data/Relay %20 #1?.db"),
        ("sqlite:///x.db", "{here}/x.db"),
        ("sqlite://", "sqlite://"),
        ("postgres://u:p%40@h/n", "postgresql+psycopg://u:p%40@h/n"),
    ],
)
def test_an_address_that_is_handed_on_leads_to_the_same_place_from_any_folder(given, written, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    handed_on = database.written(database.address(given))
    assert handed_on == written.format(here=tmp_path)
    monkeypatch.chdir("/")
    assert database.written(database.address(handed_on)) == handed_on


@pytest.mark.parametrize("given", ["://", "mysql://me:secret@host/x", "magic://x"])
def test_an_address_of_no_known_kind_is_told_without_its_password(given):
    with pytest.raises(StoreError, match="give a file, or postgresql://user@host/name") as told:
        database.address(given)
    assert "secret" not in str(told.value)
