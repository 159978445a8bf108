"""A file read in a process of its own: it can be stopped at any moment, and what it does to that process hurts no other.

Files of other programs are read by large libraries, some of them not in Python. A file that makes one of them take all
memory, never end, or break down ends here in a sentence.
"""

import _thread
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO

import msgspec

from corpora.contents import Contents, File
from corpora.errors import ReadError

ROOT = Path(__file__).parent.parent
# Bytes of memory (address space) and seconds of work that reading may take.
MEMORY, SECONDS = 4 * 2**30, 900
TELL = 0.2
SIZE = 8


def read(file: File) -> Contents:
    """What a file brings, as its reader gives it; plain text is read here.

    `file.progress` is called with the share done every TELL seconds or more often; what it raises ends the reading at once.

    Raises:
        ReadError: as the reader says, or it took too much memory or time, or broke down.
    """
    from corpora import contents, is_plain

    if is_plain(file):
        return contents(file)
    command = [sys.executable, "-m", "corpora.apart"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdin
    assert process.stdout
    share = 0.0
    try:
        try:
            _write(process.stdin, [file.name, file.encoding, file.whole, file.language])
            process.stdin.write(file.data)
            process.stdin.close()
        except BrokenPipeError:
            pass
        for kind, data in _messages(process.stdout):
            if kind == "share":
                share = msgspec.msgpack.decode(data, type=float)
            if kind in ("share", ""):
                file.progress(share)
            elif kind == "error":
                raise ReadError(msgspec.msgpack.decode(data, type=str))
            else:
                return msgspec.msgpack.decode(data, type=Contents)
    finally:
        process.kill()
        process.stdout.close()
        process.wait()
    raise ReadError(
        f'"{file.base}" could not be read: its reader took too much memory or time, or broke down; save it in another '
        "format, such as plain text, and give that."
    )


def _messages(stream: BinaryIO | Any) -> Iterator[tuple[str, msgspec.Raw]]:
    """The messages as they come, and one of the kind "" whenever none has come for TELL seconds."""
    told: SimpleQueue[bytes | None] = SimpleQueue()

    def listen() -> None:
        while (message := _read(stream)) is not None:
            told.put(message)
        told.put(None)

    _thread.start_new_thread(listen, ())
    while True:
        try:
            message = told.get(timeout=TELL)
        except Empty:
            yield "", msgspec.Raw()
            continue
        if message is None:
            return
        yield msgspec.msgpack.decode(message, type=tuple[str, msgspec.Raw])


def _write(stream: BinaryIO | Any, value: object) -> None:
    data = msgspec.msgpack.encode(value)
    stream.write(len(data).to_bytes(SIZE, "big") + data)
    stream.flush()


def _read(stream: BinaryIO | Any) -> bytes | None:
    """The next message, None where there is no whole one any more."""
    head = stream.read(SIZE)
    size = int.from_bytes(head, "big")
    data = stream.read(size) if len(head) == SIZE else b""
    return data if len(head) == SIZE and len(data) == size else None


def _confined() -> None:
    """Bounds this process, where the system can, and leaves interruptions from the keyboard to the one that started it."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource
    except ImportError:  # Windows has no such limits.
        return
    for limit, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        hard = resource.getrlimit(limit)[1]
        resource.setrlimit(limit, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _serve() -> None:
    """Reads one file from standard input and tells what it brings on standard output."""
    # What a library prints must not come between the messages.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _confined()
    asked = _read(sys.stdin.buffer)
    assert asked
    name, encoding, whole, language = msgspec.msgpack.decode(asked, type=tuple[str, str, bool, str])
    from corpora import contents

    told = _teller(out)
    try:
        found = contents(File(name, sys.stdin.buffer.read(), encoding, told, whole, language))
    except ReadError as error:
        _write(out, ("error", str(error)))
    else:
        _write(out, ("contents", found))


def _teller(out: Any) -> Callable[[float], None]:
    """Tells the share done, though not more often than anybody could see."""
    last = [0.0]

    def told(share: float) -> None:
        if share >= last[0] + 0.01:
            last[0] = share
            _write(out, ("share", share))

    return told


if __name__ == "__main__":
    _serve()
