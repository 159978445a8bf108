"""A PostgreSQL server for the length of a test run, and an empty database for each test."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

DEBIAN = Path("/usr/lib/postgresql")
# The server refuses to run as root; Debian's package makes this user for it.
USER = "postgres"
# What is written need not outlast the computer's next fall.
HASTE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
SCHEME = "postgresql+psycopg"


class NoServerError(Exception):
    """There is nothing here to run a server with; the message says what is missing."""


def programs(debian: Path = DEBIAN) -> Path:
    """The folder with `initdb` and `pg_ctl`: the one in the PATH, otherwise Debian's with the highest version."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = [one.parent for one in debian.glob("*/bin/initdb")]
    if not folders:
        raise NoServerError("There is no PostgreSQL here (initdb); tests/install.sh installs it.")
    return max(folders, key=lambda folder: [int(part) for part in folder.parent.name.split(".")])


@contextmanager
def running() -> Iterator[str]:
    """The address of a server of our own, which nobody but us can reach: it has a socket in a temporary folder.

    Raises:
        NoServerError: PostgreSQL is not installed, or we are root and have no other user to run it as.
    """
    folder_of_programs, user = programs(), _user()
    # Not pytest's folder: the other user may not enter it, and a socket's path has a hundred characters at most.
    with tempfile.TemporaryDirectory(prefix="relay-postgresql-") as folder:
        if user:
            shutil.chown(folder, user, user)

        def run(program: str, *arguments: str) -> None:
            subprocess.run(
                [folder_of_programs / program, "--pgdata", f"{folder}/data", *arguments],
                cwd=folder, user=user, group=user, extra_groups=user and (), check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip

        run("initdb", "--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")
        options = f"{HASTE} -c listen_addresses='' -c unix_socket_directories={folder}"
        run("pg_ctl", "start", "--wait", "--silent", "--log", f"{folder}/log", "--options", options)
        try:
            yield f"{SCHEME}://{USER}@/postgres?host={quote(folder, safe='')}"
        finally:
            run("pg_ctl", "stop", "--wait", "--silent", "--mode", "immediate")


def _user() -> str | None:
    """The user to run the server as; None to run it as who we are."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(USER).pw_name
    except KeyError:
        raise NoServerError(f'PostgreSQL does not run as root, and there is no user "{USER}" here.') from None


@contextmanager
def fresh(server: str) -> Iterator[str]:
    """The address of a new, empty database on a server, which is gone in the end."""
    name = f"relay_test_{secrets.token_hex(8)}"
    with connect(server) as session:
        session.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(server)._replace(scheme=SCHEME, path=f"/{name}").geturl()
        finally:
            session.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def connect(address: str) -> psycopg.Connection:
    """A connection to a database by an address as SQLAlchemy has it."""
    return psycopg.connect(urlsplit(address)._replace(scheme="postgresql").geturl(), autocommit=True)
