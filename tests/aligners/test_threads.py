"""Work at once: its order, its errors, and that no interruption leaves it hanging."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from functools import partial

import pytest

from aligners import threads
from aligners.threads import at_once


@pytest.mark.parametrize("processors", [1, 2, 5])
def test_results_stand_in_the_order_of_the_tasks(processors, monkeypatch):
    monkeypatch.setattr(threads, "processors", lambda: processors)

    def slow(number):
        time.sleep(0.01 * (3 - number))
        return number

    assert at_once([partial(slow, number) for number in range(4 - 1)]) == [0, 1, 2]
    assert at_once([]) == []


def test_no_more_run_than_there_are_processors(monkeypatch):
    monkeypatch.setattr(threads, "processors", lambda: 2)
    running, most = [], []

    def task():
        running.append(1)
        most.append(len(running))
        time.sleep(0.01)
        running.pop()

    at_once([task] * 6)
    assert max(most) == 2


def test_the_first_error_ends_the_others(monkeypatch):
    monkeypatch.setattr(threads, "processors", lambda: 2)
    ended = threading.Event()
    seen = []

    def fail():
        raise ValueError("this one")

    def wait():
        seen.append(ended.wait(20))

    with pytest.raises(ValueError, match="this one"):
        at_once([wait, fail, wait], end=ended.set)
    # The running one was told and waited for; the third was never begun.
    assert seen == [True]


def test_what_is_done_meanwhile_may_end_the_work(monkeypatch):
    monkeypatch.setattr(threads, "TELL", 0.001)
    ended = threading.Event()

    def stop():
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        at_once([lambda: ended.wait(20)], stop, end=ended.set)


INTERRUPTED = """
    import faulthandler, os, sys
    from aligners import threads

    threads.TELL = 0.00002
    # A process that hangs says where, and ends.
    faulthandler.dump_traceback_later(60, exit=True)

    def task():
        while not ended:
            pass

    stopped = 0
    for _ in range(int(sys.argv[1])):
        ended = []
        try:
            print("ready", flush=True)
            threads.at_once([task, task], end=lambda: ended.append(True))
        except KeyboardInterrupt:
            stopped += 1
    print(stopped)
"""


def test_no_interruption_leaves_the_work_hanging():
    times = 300
    command = [sys.executable, "-c", textwrap.dedent(INTERRUPTED), str(times)]
    default = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, preexec_fn=default, env={**os.environ, "PYTHONPATH": os.getcwd()}
    ) as process:
        assert process.stdout
        for place in range(times):
            if process.stdout.readline() != "ready\n":
                break
            # Spread over the work's beginning and its waiting.
            time.sleep(0.0005 + place % 50 / 20_000)
            process.send_signal(signal.SIGINT)
        out = process.stdout.read()
    assert (process.returncode, out) == (0, f"{times}\n")
