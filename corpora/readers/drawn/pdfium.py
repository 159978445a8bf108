"""The pages of a PDF by PDFium, in a process of its own: this module is what `drawn.process` runs there.

PDFium is written in C++, works as long as a strange file makes it, and serves one thread at a time; in there it can
neither hold up the workbench nor end it. The file comes in, messages with their length before them go out.
"""

import itertools
import struct
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from corpora.readers.drawn import surface
from corpora.readers.drawn.page import Failed, Opened, Page, Picture

# Memory that the process may take, in bytes: a page of a scanned map needs some hundred megabytes.
MOST_MEMORY = 3 * 2**30
MOST_HEADINGS = 20_000
# Points an inch; pixels that the picture of a page may have.
INCH, MOST_PIXELS = 72, 30_000_000
LENGTH = struct.Struct(">I")
PASSWORD, DAMAGED, TOO_LARGE = "password", "damaged", "too large"
TEXT, PICTURES = "text", "pictures"

Message = Opened | Page | Picture | Failed


def main(arguments: list[str], source: BinaryIO, drain: BinaryIO) -> None:
    """Writes what a file says of itself, then its pages, or pictures of the pages that are named.

    Args:
        arguments: TEXT, or PICTURES with the dots an inch and the numbers of the pages.
        source: the file.
        drain: where the messages go.
    """
    import msgspec

    _limit_memory()
    encoder = msgspec.msgpack.Encoder()
    try:
        for message in messages(source.read(), arguments):
            data = encoder.encode((type(message).__name__, message))
            drain.write(LENGTH.pack(len(data)) + data)
            drain.flush()
    except MemoryError:
        data = encoder.encode((Failed.__name__, Failed(TOO_LARGE)))
        drain.write(LENGTH.pack(len(data)) + data)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def messages(data: bytes, arguments: list[str]) -> Iterator[Message]:
    """What `main` writes."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        yield Failed(PASSWORD if "password" in str(error).lower() else DAMAGED)
        return
    try:
        yield _opened(document)
        if arguments[0] == TEXT:
            for number in range(1, len(document) + 1):
                yield _of_page(document, number, surface.read)
        else:
            for number in map(int, arguments[2:]):
                yield _of_page(document, number, lambda page, number: _picture(page, number, int(arguments[1])))
    finally:
        document.close()


def _opened(document: Any) -> Opened:
    import pypdfium2

    headings = []
    try:
        title = document.get_metadata_value("Title")
        for entry in itertools.islice(document.get_toc(), MOST_HEADINGS):
            destination = entry.get_dest()
            place = destination.get_index() if destination else None
            if place is not None:
                headings.append((place + 1, _whole(entry.get_title())))
    except (pypdfium2.PdfiumError, UnicodeError, ValueError):
        title = ""
    return Opened(len(document), _whole(title), tuple(headings))


def _whole(text: str) -> str:
    """The text without halves of characters, which no message can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _of_page(document: Any, number: int, read: Any) -> Page | Picture | Failed:
    import pypdfium2

    try:
        page = document[number - 1]
    except (pypdfium2.PdfiumError, IndexError):
        return Failed(str(number))
    try:
        return read(page, number)
    except (pypdfium2.PdfiumError, ValueError):
        return Failed(str(number))
    finally:
        page.close()


def _picture(page: Any, number: int, dots: int) -> Picture:
    width, height = page.get_size()
    scale = min(dots / INCH, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
    drawn = page.render(scale=scale, grayscale=True)
    lines = memoryview(drawn.buffer).cast("B")
    starts = range(0, drawn.height * drawn.stride, drawn.stride)
    pixels = b"".join(bytes(lines[start : start + drawn.width]) for start in starts)
    return Picture(number, drawn.width, drawn.height, round(scale * INCH), pixels)


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)
