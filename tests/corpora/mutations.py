"""Good files made bad, for readers that must say so in one sentence."""

import io
import os
import random
import zipfile
from collections.abc import Iterator

# Ten times as many for `make soak`.
COUNT = 2000 if os.environ.get("SOAK") else 200


def mutations(files: list[bytes], count: int = COUNT, seed: int = 1955) -> Iterator[bytes]:
    """Files with bytes flipped, cut or doubled, and archives whose members were changed or swapped."""
    chance = random.Random(seed)
    for number in range(count):
        data = chance.choice(files)
        if zipfile.is_zipfile(io.BytesIO(data)) and number % 4:
            yield _with_other_members(data, chance)
        else:
            yield _broken(data, chance)


def _broken(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    stop = min(len(data), start + chance.choice((1, 2, 30, 3000)))
    middle = {
        "flip": bytes(chance.randrange(256) for _ in range(stop - start)),
        "cut": b"",
        "double": data[start:stop] * 2,
        "end": b"",
    }
    how = chance.choice(list(middle))
    return data[:start] + middle[how] + (b"" if how == "end" else data[stop:])


def _with_other_members(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    one, other = chance.choice(list(members)), chance.choice(list(members))
    how = chance.choice(("swap", "break", "break", "break", "drop", "tags"))
    if how == "swap":
        members[one], members[other] = members[other], members[one]
    elif how == "drop":
        del members[one]
    elif how == "tags":
        # Still well formed: what one element says, another does.
        words = [
            b":p>",
            b":t>",
            b":r>",
            b":tc>",
            b":tr>",
            b":tbl>",
            b":del>",
            b":ins>",
            b":h>",
            b":span>",
            b":val=",
            b":id=",
        ]
        members[one] = members[one].replace(chance.choice(words), chance.choice(words))
    elif members[one]:
        members[one] = _broken(members[one], chance)
    return packed(members)


def packed(members: dict[str, bytes | str]) -> bytes:
    """An archive of these members."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return memory.getvalue()
