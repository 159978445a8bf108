"""Starts `drawn.pdfium` in a process of its own, gives it a file and reads what it says of the pages.

A page that takes too long, a process that ends by itself and one that needs too much memory are errors of the file.
"""

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import msgspec

from corpora.contents import File
from corpora.errors import ReadError
from corpora.readers.drawn import pdfium
from corpora.readers.drawn.page import Failed, Opened, Page, Picture
from corpora.readers.drawn.pdfium import LENGTH, Message

ROOT = Path(__file__).parents[3]
# Seconds without a word from the process, and for the whole file: 300 pages take about ten.
SILENCE, WHOLE = 60, 1800
MOST_PAGES = 10_000
# A message: the picture of the largest page with room. A longer one is no message of ours.
LONGEST = 256 * 2**20
HEAD = 1024
KINDS: dict[str, Any] = {kind.__name__: kind for kind in (Opened, Page, Picture, Failed)}
WRONG = {
    pdfium.PASSWORD: "opens with a password only; open it with that, print it into a new PDF without one and give that.",
    pdfium.DAMAGED: "is not a PDF file, or is damaged; open it in a PDF viewer, save it again and give that.",
    pdfium.TOO_LARGE: "would take too much memory; print it into a new PDF without pictures and give that.",
}


def pages(file: File) -> Iterator[Opened | Page]:
    """What a PDF says of itself, then its pages in order; one that cannot be read is empty.

    Raises:
        ReadError: it is no PDF, needs a password, or takes too long or too much memory.
    """
    number = 0
    for message in _messages(file, [pdfium.TEXT]):
        if isinstance(message, Opened):
            if message.pages > MOST_PAGES:
                raise ReadError(
                    f'"{file.base}" has {message.pages} pages, and {MOST_PAGES} are the most; give it in parts.'
                )
            yield message
        elif isinstance(message, Page):
            number = message.number
            yield message
        elif isinstance(message, Failed):
            number += 1
            yield Page(number, 0, 0, damaged=True)


def pictures(file: File, numbers: Sequence[int], dots: int) -> Iterator[Picture]:
    """Pages of a PDF as they look; one that cannot be shown is missing.

    Args:
        file: the PDF.
        numbers: of the pages, from 1 on.
        dots: an inch.

    Raises:
        ReadError: as `pages`.
    """
    for message in _messages(file, [pdfium.PICTURES, str(dots), *map(str, numbers)]):
        if isinstance(message, Picture):
            yield message


def _messages(file: File, arguments: list[str]) -> Iterator[Message]:
    """The messages about a file, without those of its failures.

    Raises:
        ReadError: as `pages`.
    """
    if b"%PDF-" not in file.data[:HEAD]:
        raise ReadError(f'"{file.base}" {WRONG[pdfium.DAMAGED]}')
    opened, number = None, 0
    for message in started(file, arguments):
        if isinstance(message, Failed) and message.why in WRONG:
            raise ReadError(f'"{file.base}" {WRONG[message.why]}')
        if isinstance(message, Opened):
            opened = message
        else:
            number += 1
        yield message
    if opened is None:
        raise ReadError(f'"{file.base}" {WRONG[pdfium.DAMAGED]}')
    if arguments[0] == pdfium.TEXT and number < opened.pages:
        raise ReadError(
            f'Page {number + 1} of "{file.base}" is damaged or needs too much memory; print the file into a new PDF '
            "and give that."
        )


def started(file: File, arguments: list[str]) -> Iterator[Message]:
    """What `pdfium.messages` gives for a file and these arguments, from a process of its own."""
    command = [sys.executable, "-m", pdfium.__name__, *arguments]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdin
    assert process.stdout
    stop = threading.Event()
    heard: queue.Queue[bytes | None] = queue.Queue(maxsize=4)
    try:
        _give(file.data, process.stdin)
        threading.Thread(target=_listen, args=(process.stdout, heard, stop), daemon=True).start()
        until = time.monotonic() + WHOLE
        while (data := _next(heard, until, file)) is not None:
            yield _message(file, data)
    finally:
        stop.set()
        process.kill()
        process.wait()
        process.stdout.close()


def _give(data: bytes, drain: IO[bytes]) -> None:
    # Where the process ends before it has all, what it said tells why.
    with suppress(OSError):
        drain.write(data)
    with suppress(OSError):
        drain.close()


def _next(heard: "queue.Queue[bytes | None]", until: float, file: File) -> bytes | None:
    try:
        return heard.get(timeout=min(SILENCE, max(0.0, until - time.monotonic())))
    except queue.Empty:
        raise ReadError(
            f'A page of "{file.base}" takes too long; print the file into a new PDF and give that.'
        ) from None


def _listen(source: IO[bytes], heard: "queue.Queue[bytes | None]", stop: threading.Event) -> None:
    """Hands on what comes, message by message, and None at the end; never waits for somebody who listens no more."""

    def hand_on(data: bytes | None) -> None:
        while not stop.is_set():
            with suppress(queue.Full):
                heard.put(data, timeout=1)
                break

    try:
        while not stop.is_set() and len(head := source.read(LENGTH.size)) == LENGTH.size:
            (length,) = LENGTH.unpack(head)
            if length > LONGEST or len(data := source.read(length)) < length:
                break
            hand_on(data)
    except (OSError, ValueError):
        pass  # closed by the one who listened
    hand_on(None)


def _message(file: File, data: bytes) -> Message:
    try:
        kind, value = msgspec.msgpack.decode(data, type=tuple[str, msgspec.Raw])
        message: Message = msgspec.msgpack.decode(value, type=KINDS[kind])
    except (msgspec.MsgspecError, KeyError):
        raise ReadError(f'"{file.base}" {WRONG[pdfium.DAMAGED]}') from None
    return message
