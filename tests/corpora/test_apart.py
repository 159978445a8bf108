"""Files read in a process of their own: as in this one, with progress, stopped at once, and bounded."""

import io
import subprocess
import sys

import docx
import pytest

import corpora
from corpora import apart
from corpora.contents import File
from corpora.errors import ReadError


def word_file(paragraphs: int, **how) -> File:
    document = docx.Document()
    for number in range(paragraphs):
        document.add_paragraph(f"Завод номер {number} был восстановлен.")
    memory = io.BytesIO()
    document.save(memory)
    return File("отчёт.docx", memory.getvalue(), **how)


def test_a_file_brings_the_same_in_its_own_process():
    file = word_file(5)
    assert apart.read(file) == corpora.contents(file)


def test_what_its_reader_says_is_said():
    with pytest.raises(ReadError, match=r"отчёт\.docx") as caught:
        apart.read(File("отчёт.docx", b"PK\x03\x04nothing"))
    with pytest.raises(ReadError) as here:
        corpora.contents(File("отчёт.docx", b"PK\x03\x04nothing"))
    assert str(caught.value) == str(here.value)


def test_plain_text_needs_no_process(monkeypatch):
    monkeypatch.setattr(apart.subprocess, "Popen", lambda *_, **__: pytest.fail("it needs none"))
    assert apart.read(File("a.txt", "Текст.".encode())).versions[0].text == "Текст."


def test_progress_rises_and_what_it_raises_stops_the_process(monkeypatch):
    told = []
    apart.read(word_file(20_000, progress=told.append))
    assert len(told) > 3
    assert told == sorted(told)

    class Enough(Exception):
        pass

    def stop(share):
        raise Enough

    begun = []

    def popen(*how, **options):
        begun.append(started(*how, **options))
        return begun[-1]

    started = subprocess.Popen
    monkeypatch.setattr(apart.subprocess, "Popen", popen)
    with pytest.raises(Enough):
        apart.read(word_file(20_000, progress=stop))
    # No process is left behind.
    assert [one.returncode is not None for one in begun] == [True]


BREAKS = {
    "takes all memory": "x = bytearray(8 << 30)",
    "breaks down": "os.abort()",
    "prints": "print('noise'); os.write(1, b'more noise'); os.abort()",
    "raises what it should not": "raise ValueError('a mistake')",
    "never ends by itself": "resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\n    while True: pass",
}


def reader_that(does: str, tmp_path, monkeypatch) -> None:
    """Puts a reader into the process that it loads in the place of the real one."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys, resource, types\n"
        f"def read(file):\n    {does}\n"
        "module = types.ModuleType('corpora.readers.word')\n"
        "module.read = module.read_old = read\n"
        "sys.modules['corpora.readers.word'] = module\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of a process are Linux's")
@pytest.mark.parametrize("how", BREAKS)
def test_a_reader_that_breaks_hurts_only_its_own_process(how, tmp_path, monkeypatch):
    reader_that("from corpora.contents import Contents; print('noise'); return Contents()", tmp_path, monkeypatch)
    assert not apart.read(word_file(1)).versions
    reader_that(BREAKS[how], tmp_path, monkeypatch)
    with pytest.raises(ReadError, match="its reader took too much memory or time, or broke down"):
        apart.read(word_file(1))
