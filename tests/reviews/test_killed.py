"""A program that is killed while it writes: what it acknowledged is there, and nothing half-done."""

import os
import subprocess
import sys

import pytest

from reviews import find
from reviews.desk import Desk
from reviews.storage.store import Store
from tests.conftest import notice

# Does one thing after another and says of each when it is stored, until it is killed.
WRITER = """
import sys
from reviews.desk import Command, Desk
from reviews.storage.store import Store
desk, document = Desk(Store(sys.argv[1]), None), sys.argv[2]
for number in range(100_000):
    command = Command(number, "bookmark", {"unit": "u1", "on": number % 2 == 0}, 10**6)
    (receipt,) = desk.act(document, "paragraph", [command], run="killed", author="")
    print(receipt.revision, flush=True)
"""

# Operations before the kill.
ACKNOWLEDGED = [1, 25, *([100, 1000] if os.environ.get("SOAK") else ())]


@pytest.mark.parametrize("acknowledged", ACKNOWLEDGED)
def test_what_was_acknowledged_before_the_kill_is_there(tmp_path, acknowledged):
    url = str(tmp_path / "relay.db")
    desk = Desk(Store(url), find)
    document = desk.store.add(notice(), "A notice")
    desk.bench(document, "paragraph")
    command = [sys.executable, "-c", WRITER, url, document]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert writer.stdout
    last = 0
    while last < acknowledged:
        last = int(writer.stdout.readline())
    writer.kill()
    last = max([last, *(int(line) for line in writer.stdout.read().splitlines() if line)])
    writer.wait()
    stored = Store(url).operations(document)
    assert [one.operation.id for one in stored] == list(range(1, len(stored) + 1))
    assert [one.number for one in stored] == list(range(len(stored)))
    assert last <= len(stored) <= last + 1  # one may have been stored and not told yet
    assert (len(stored) % 2 == 1) == ("u1" in Desk(Store(url), desk._find).bench(document, "paragraph").work.bookmarks)
