"""A database that is ready: found by path or address, opened, and brought to the newest tables."""

import os
from pathlib import Path

import sqlalchemy as sa

from corpora.errors import StoreError

MIGRATIONS = Path(__file__).with_name("migrations")
# The last of the migrations; a database that stands there is opened without loading alembic.
HEAD = "0001"
# Seconds that a writer waits for another one to finish.
PATIENCE = 10
VARIABLE = "WORKBENCH_DATABASE"


def address(given: str = "") -> sa.URL:
    """The address of a database: what is given, else WORKBENCH_DATABASE, else a file in the user's data folder.

    Args:
        given: an address such as postgresql://user@host/name, or the path of an SQLite file.

    Raises:
        StoreError: the address cannot be read.
    """
    wanted = given or os.environ.get(VARIABLE, "")
    if not wanted:
        import platformdirs

        wanted = str(platformdirs.user_data_path("relay", appauthor=False) / "relay.db")
    if "://" not in wanted:
        return sa.URL.create("sqlite", database=str(Path(wanted).expanduser().absolute()))
    try:
        url = sa.make_url(wanted)
    except sa.exc.ArgumentError:
        raise StoreError(
            f'"{wanted}" is no address of a database; give a file, or postgresql://user@host/name.'
        ) from None
    if url.get_backend_name() not in ("sqlite", "postgresql", "postgres"):
        raise StoreError(
            f"The database {shown(url)} is of a kind that is not known; give a file, or postgresql://user@host/name."
        )
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    return url


def shown(url: sa.URL) -> str:
    """What a user may see of an address: the path of a file, or the address without its password."""
    return url.database or "" if url.drivername == "sqlite" else url.render_as_string(hide_password=True)


def written(url: sa.URL) -> str:
    """The address as `address` reads it again, from any folder."""
    if url.drivername != "sqlite" or url.database in (None, "", ":memory:"):
        return url.render_as_string(hide_password=False)
    return str(Path(str(url.database)).absolute())


def opened(url: sa.URL) -> sa.Engine:
    """The engine of a database whose tables are the newest.

    Raises:
        StoreError: the database cannot be reached, or was made by a newer version of the program.
    """
    try:
        engine = _engine(url)
        with engine.begin() as connection:
            _upgrade(connection)
    except ModuleNotFoundError as error:
        raise StoreError(
            f"The database {shown(url)} needs {error.name}, which is not installed; install requirements-postgresql.txt."
        ) from None
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise StoreError(
            f"The database {shown(url)} cannot be opened ({reason(error)}); check its place and rights."
        ) from None
    return engine


def reason(error: Exception) -> str:
    """What a database's error says, in one line."""
    origin = getattr(error, "orig", None) or error
    return " ".join(str(origin).split()).rstrip(".")


def _engine(url: sa.URL) -> sa.Engine:
    if url.drivername != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True)
    memory = url.database in (None, "", ":memory:")
    if not memory:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        url,
        connect_args={"timeout": PATIENCE, "check_same_thread": False},
        # One connection is the whole of a database in memory.
        **({"poolclass": sa.pool.StaticPool} if memory else {}),
    )

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: object, record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]  # transactions are begun below, not by the driver
        for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {setting}")  # type: ignore[attr-defined]

    @sa.event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        # Who reads first and writes then must not find that another one wrote in between.
        writes = connection.get_execution_options().get("writes", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _upgrade(connection: sa.Connection) -> None:
    stands = None
    if sa.inspect(connection).has_table("alembic_version"):
        stands = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    if stands == HEAD:
        return
    if stands is not None and stands > HEAD:
        raise StoreError("The database was written by a newer version of the program; use that one.")
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
