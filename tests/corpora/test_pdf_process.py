"""PDFium in a process of its own: what becomes of files that make it work too long, end it, or fill the memory."""

import sys
import threading
import zlib

import pytest

from corpora.contents import File
from corpora.errors import ReadError
from corpora.readers import pdf
from corpora.readers.drawn import process
from corpora.readers.drawn.page import Opened, Page
from tests.corpora.paper import Paper


def doubling() -> bytes:
    """Forms of which each draws the next one ten times, twelve deep: a page of a billion words."""
    words = Paper().page().put(50, 80, "ha")
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    objects.append(
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>"
    )
    objects.append(b"<< /Length 5 >>\nstream\n/F Do\nendstream")
    for number in range(5, 17):
        drawn = b"/F Do " * 10 if number < 16 else words.pages[0][0]
        head = (
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length {len(drawn)} /Resources << /XObject << /F {number + 1} "
            "0 R >> >> >>\nstream\n"
        )
        objects.append(head.encode() + drawn + b"\nendstream")
    out = b"%PDF-1.4\n"
    for number, content in enumerate(objects, 1):
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    return out + b"trailer << /Root 1 0 R >>\n%%EOF\n"


def refused(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        pdf.read(File("paper.pdf", data))
    return str(caught.value)


def test_the_process_gives_the_pages():
    paper = Paper().page().put(50, 80, "One").page().put(50, 80, "Two")
    opened, *pages = process.pages(File("paper.pdf", paper.data()))
    assert opened == Opened(2)
    assert all(isinstance(page, Page) for page in pages)
    assert [page.words[0].text for page in pages] == ["One", "Two"]


def test_a_page_that_would_never_end_is_refused(monkeypatch):
    monkeypatch.setattr(process, "SILENCE", 2)
    # What comes first depends on the machine: the end of patience or of memory.
    assert any(told in refused(doubling()) for told in ("takes too long", "needs too much memory"))


def test_a_page_that_unpacks_to_a_gigabyte_is_refused_or_read():
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"q " * 2**19) for _ in range(2**10)) + packer.flush()
    out = Paper().page().put(50, 80, "One").raw(b"%%%")
    data = out.data().replace(b"%%%", b"Q")
    start = data.index(b"<< /Length", data.index(b"/Type /Page "))
    stop = data.index(b"endstream", start)
    bomb = f"<< /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode() + packed + b"\n"
    assert '"paper.pdf"' in refused(data[:start] + bomb + data[stop:])


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("import sys; sys.stdin.buffer.read(); sys.exit(3)", "is not a PDF file, or is damaged"),
        ("import os; os.abort()", "is not a PDF file, or is damaged"),
        ("print('a' * 100)", "is not a PDF file, or is damaged"),
        ("import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\3\\x93\\1\\2')", "is not a PDF file, or is damaged"),
    ],
    ids=["ends", "crashes", "talks nonsense", "talks in messages of no kind"],
)
def test_a_process_that_ends_by_itself_is_an_error_of_the_file(program, told, monkeypatch, tmp_path):
    script = tmp_path / "program"
    script.write_text(f"#!{sys.executable}\n{program}\n")
    script.chmod(0o755)
    monkeypatch.setattr(process.sys, "executable", str(script))
    assert told in refused(b"%PDF-1.4 and so on")


def test_pages_that_are_read_no_further_leave_nothing_behind():
    threads = threading.active_count()
    found = process.pages(File("paper.pdf", Paper().page().put(50, 80, "One").page().put(50, 80, "Two").data()))
    assert isinstance(next(found), Opened)
    found.close()
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(5)
    assert threading.active_count() <= threads


def test_a_file_of_more_pages_than_any_book_is_refused(monkeypatch):
    monkeypatch.setattr(process, "MOST_PAGES", 1)
    assert "has 2 pages, and 1 are the most" in refused(Paper().page().page().data())


def test_pages_are_drawn_as_pictures():
    (picture,) = process.pictures(
        File("paper.pdf", Paper(wide=72, high=144).page().raw(b"0 0 36 144 re f").data()), [1], 100
    )
    assert (picture.number, picture.width, picture.height, picture.dots) == (1, 100, 200, 100)
    assert picture.pixels[:40] == bytes(40)
    assert picture.pixels[60:100] == b"\xff" * 40
