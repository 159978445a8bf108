"""Good files made bad, for tests that a reader says in one sentence what it cannot read."""

import io
import os
import random
import zipfile
from collections.abc import Callable, Iterable, Iterator

from corpora.errors import WorkbenchError

COUNT = 2000 if os.environ.get("SOAK") else 200
# What parsers trip over.
ODD = (
    b"<",
    b">",
    b"&",
    b'"',
    b"\x00",
    b"\xff",
    b"]]>",
    b"<!--",
    b"&#0;",
    b"xml:id",
    b"#",
    b";",
    b"/>",
    b"<p>",
    b"</p>",
    b"\xed\xa0\x80",
)


def mutants(files: list[bytes], seed: int) -> Iterator[bytes]:
    """COUNT files, each made from one of these by a few blows: bytes flipped, cut, doubled, moved, put in."""
    chance = random.Random(seed)
    for _ in range(COUNT):
        data = bytearray(chance.choice(files))
        for _ in range(chance.randint(1, 6)):
            _strike(data, chance)
        yield bytes(data)


def _strike(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    stop = min(len(data), start + chance.choice((1, 1, 8, 64, 512)))
    blow = chance.randrange(6)
    if blow == 0 and start < len(data):
        data[start] ^= 1 << chance.randrange(8)
    elif blow == 1:
        del data[start:stop]
    elif blow == 2:
        data[start:start] = data[start:stop]
    elif blow == 3:
        data[start:start] = chance.choice(ODD)
    elif blow == 4:
        piece = data[start:stop]
        del data[start:stop]
        at = chance.randrange(len(data) + 1)
        data[at:at] = piece
    else:
        del data[stop if chance.random() < 0.2 else max(0, len(data) - 10) :]


def archives(files: dict[str, bytes], seed: int) -> Iterator[bytes]:
    """Archives whose members are swapped, left out, renamed or struck."""
    chance = random.Random(seed)
    for bad in mutants(list(files.values()), seed):
        members = list(files.items())
        for _ in range(chance.randint(1, 3)):
            one, other = chance.randrange(len(members)), chance.randrange(len(members))
            members[one] = members[one][0], members[other][1]
        place = chance.randrange(len(members))
        members[place] = members[place][0], bad
        if chance.random() < 0.3:
            del members[chance.randrange(len(members))]
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members:
                archive.writestr(name, data)
        yield memory.getvalue()


def is_one_sentence(error: WorkbenchError, name: str) -> bool:
    """True for a message that names the file and ends as a sentence."""
    message = str(error)
    return f'"{name}"' in message and message.endswith(".") and "\n" not in message


def refusals(read: Callable[[bytes], object], files: Iterable[bytes]) -> list[WorkbenchError]:
    """What a reader says of those of the files that it refuses; whatever else it raises is raised."""
    found = []
    for data in files:
        try:
            read(data)
        except WorkbenchError as error:
            found.append(error)
    return found
