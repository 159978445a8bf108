"""The server that tests of the store run against."""

import os
import shutil
from pathlib import Path

import pytest

from tests import postgresql


def test_a_table_is_written_and_read_back(postgres_database: str):
    assert postgres_database.startswith("postgresql+psycopg://")
    with postgresql.connect(postgres_database) as session:
        session.execute("CREATE TABLE notes (id int PRIMARY KEY, body text)")
        session.execute("INSERT INTO notes VALUES (1, %s)", ["력사 — история"])
    with postgresql.connect(postgres_database) as session:
        assert session.execute("SELECT * FROM notes").fetchall() == [(1, "력사 — история")]
        # Letters of every script have capitals, as on a server that people use.
        assert session.execute("SELECT upper('история')").fetchall() == [("ИСТОРИЯ",)]


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_gets_an_empty_database(postgres_database: str, turn: int):
    with postgresql.connect(postgres_database) as session:
        session.execute("CREATE TABLE only_once (id int)")


def test_a_database_is_gone_in_the_end_though_someone_is_still_connected(postgres_url: str):
    with postgresql.fresh(postgres_url) as address:
        left_open = postgresql.connect(address)
    with pytest.raises(postgresql.psycopg.OperationalError):
        left_open.execute("SELECT 1")
    with pytest.raises(postgresql.psycopg.OperationalError, match="does not exist"):
        postgresql.connect(address)


def test_a_server_and_its_folder_are_gone_in_the_end(postgres_url: str):
    if "TEST_DATABASE_URL" in os.environ:
        pytest.skip("TEST_DATABASE_URL names a server, and ours is not wanted")
    with postgresql.running() as address:
        assert address != postgres_url
        with postgresql.connect(address) as session:
            folder = session.execute("SHOW unix_socket_directories").fetchall()[0][0]
            assert session.execute("SHOW listen_addresses").fetchall() == [("",)]
        assert Path(folder).is_dir()
    assert not Path(folder).exists()
    with pytest.raises(postgresql.psycopg.OperationalError):
        postgresql.connect(address)


def test_the_programs_are_found_where_debian_keeps_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for version in ("9.6", "15", "8"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert postgresql.programs(tmp_path) == tmp_path / "15" / "bin"
    with pytest.raises(postgresql.NoServerError, match=r"install\.sh"):
        postgresql.programs(tmp_path / "none")


def test_root_without_another_user_is_told_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(postgresql, "USER", "nobody-of-this-name")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(postgresql.NoServerError, match="nobody-of-this-name"):
        postgresql._user()
