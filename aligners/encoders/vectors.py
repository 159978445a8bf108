"""What encoders have read, kept in a file, so that a text is read once and not at every alignment.

Kept under the encoder's signature, the kind of thing and the SHA-256 of the text; never the text itself. Numbers are
kept as they are (float32), so that results with and without the file are the same, to the last bit, on one machine.
The file lies in the user's cache folder, or in the folder that the environment variable RELAY_CACHE names;
RELAY_CACHE=off keeps nothing. It can be deleted at any time.
"""

import hashlib
import logging
import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import cache
from pathlib import Path

import numpy as np

Array = np.ndarray
# Bytes of the file: about 40,000 sentences of the default encoder, or 300,000 vectors.
LIMIT = 512 * 2**20
# Digests asked for in one statement, below SQLite's oldest limit of 999.
AT_ONCE = 500
# Seconds to wait while another process writes.
PATIENCE = 10
DAY = 86_400
TABLE = """
CREATE TABLE IF NOT EXISTS vectors (
    encoder TEXT NOT NULL, kind TEXT NOT NULL, digest BLOB NOT NULL, width INTEGER NOT NULL, data BLOB NOT NULL,
    checksum INTEGER NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (encoder, kind, digest));
CREATE INDEX IF NOT EXISTS oldest ON vectors (used);
"""
OLDEST = "DELETE FROM vectors WHERE rowid IN (SELECT rowid FROM vectors ORDER BY used, rowid LIMIT ?)"
LOG = logging.getLogger(__name__)


class Vectors:
    """Arrays in one SQLite file, for several processes and threads; without a path nothing is kept.

    A file that cannot be read or written is left aside: what is asked for is then simply not known. Those used
    longest ago, by the day, go first when the file grows beyond `limit` bytes.
    """

    def __init__(self, path: Path | None, limit: int = LIMIT) -> None:
        self.path, self.limit = path, limit
        self._ready = False

    def get(self, encoder: str, kind: str, digests: Sequence[bytes]) -> dict[bytes, Array]:
        """The arrays that are known, float32, shape (rows, width), by digest."""
        found: dict[bytes, Array] = {}
        today = int(time.time() // DAY)

        def read(base: sqlite3.Connection) -> None:
            for start in range(0, len(digests), AT_ONCE):
                some = digests[start : start + AT_ONCE]
                where = f"encoder = ? AND kind = ? AND digest IN ({','.join('?' * len(some))})"
                query = f"SELECT digest, width, data, checksum, used FROM vectors WHERE {where}"
                stale = False
                for digest, width, data, checksum, used in base.execute(query, (encoder, kind, *some)):
                    if zlib.crc32(data) == checksum:
                        found[digest] = np.frombuffer(data, np.float32).reshape(-1, width)
                        stale = stale or used != today
                if stale:
                    base.execute(f"UPDATE vectors SET used = ? WHERE {where}", (today, encoder, kind, *some))

        self._try(read)
        return found

    def put(self, encoder: str, kind: str, arrays: Mapping[bytes, Array]) -> None:
        """Keeps arrays of shape (rows, width) by digest."""
        today = int(time.time() // DAY)
        rows = []
        for digest, array in arrays.items():
            data = np.ascontiguousarray(array, np.float32).tobytes()
            rows.append((encoder, kind, digest, array.shape[1], data, zlib.crc32(data), today))

        def write(base: sqlite3.Connection) -> None:
            base.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            self._shrink(base)

        self._try(write)

    def _shrink(self, base: sqlite3.Connection) -> None:
        """Takes an eighth away while the file is too full; its pages are used again."""
        page, count = (base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "page_count"))
        while page * (count - base.execute("PRAGMA freelist_count").fetchone()[0]) > self.limit:
            many = base.execute("SELECT count(*) FROM vectors").fetchone()[0]
            if not many:
                return
            base.execute(OLDEST, (many // 8 + 1,))

    def _try(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Does the work in one transaction; in part or not at all where the file cannot be used."""
        until = time.monotonic() + PATIENCE
        while (path := self.path) is not None:
            try:
                return self._do(path, work)
            except (sqlite3.Error, OSError, ValueError) as error:
                # SQLite waits by itself for most locks, but not while another process makes or tidies up the file.
                if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                    if time.monotonic() > until:
                        return None
                    time.sleep(0.02)
                    continue
                LOG.warning(
                    'The kept vectors in "%s" are left aside (%s); delete the file if it is broken, or set RELAY_CACHE '
                    "to another folder or to off.",
                    path,
                    error,
                )
                self.path = None
        return None

    @contextmanager
    def open(self) -> Iterator[None]:
        """Keeps the file open for as long: SQLite tidies up whenever the last connection to it is closed."""
        self._try(lambda _: None)
        with ExitStack() as held:
            with suppress(sqlite3.Error):
                if self.path is not None:
                    held.enter_context(closing(sqlite3.connect(self.path))).execute("PRAGMA user_version")
            yield

    def _do(self, path: Path, work: Callable[[sqlite3.Connection], None]) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=PATIENCE)) as base:
            if not self._ready:
                base.execute("PRAGMA journal_mode = WAL")
                base.executescript(TABLE)
                self._ready = True
            # A power cut may lose the last entries, but not the file.
            base.execute("PRAGMA synchronous = NORMAL")
            with base:
                work(base)


def recall(
    encoder: str, kind: str, keys: Sequence[str], compute: Callable[[list[int]], Sequence[Array]]
) -> list[Array]:
    """An array of shape (rows, width) for each key: those kept, and the others computed, once each, and kept.

    Args:
        encoder: its signature.
        kind: what the arrays are.
        keys: what each array depends on, the text foremost.
        compute: places in `keys` -> their arrays.
    """
    digests = [hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest() for key in keys]
    places = {digest: place for place, digest in reversed(list(enumerate(digests)))}
    store = kept(folder())
    known = store.get(encoder, kind, list(places))
    missing = sorted((place, digest) for digest, place in places.items() if digest not in known)
    if missing:
        new = compute([place for place, _ in missing])
        fresh = {digest: array for (_, digest), array in zip(missing, new, strict=True)}
        store.put(encoder, kind, fresh)
        known |= fresh
    return [known[digest] for digest in digests]


@cache
def kept(place: Path | None) -> Vectors:
    """The store in a folder, one a process."""
    return Vectors(place and place / "vectors.sqlite")


def folder() -> Path | None:
    """The folder of the file: RELAY_CACHE, or the user's cache folder; None when nothing is to be kept.

    Source: XDG Base Directory Specification 0.8, by which a relative XDG_CACHE_HOME is ignored.
    """
    chosen = os.environ.get("RELAY_CACHE", "")
    if chosen.lower() == "off":
        return None
    if chosen:
        return Path(chosen)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "relay"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "relay"
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (base if base.is_absolute() else home / ".cache") / "relay"
