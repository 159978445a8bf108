"""Files that are ZIP archives (DOCX, ODT, EPUB, XLSX): opened so that what is in them cannot do harm.

Members are read by their names, in memory, and never written anywhere; an archive that would not fit is refused first.
"""

import io
import zipfile
import zlib

from corpora.contents import File
from corpora.errors import ReadError

# Bytes that an archive may hold when it is unpacked, and its largest member: the largest books with pictures stay below.
MOST, LARGEST = 1024 * 2**20, 256 * 2**20
# How much smaller packing makes a large member: text shrinks to a tenth or so, repeated bytes to a thousandth.
RATIO, SMALL = 200, 2**20
MEMBERS = 20_000
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)


class Archive:
    """The members of a ZIP archive by name.

    Args:
        file: the archive.
        kind: what it is to be, for messages: "a Word file".

    Raises:
        ReadError: it is no archive, or unpacking it would fill the memory.
    """

    def __init__(self, file: File, kind: str) -> None:
        self._where, self._kind = f'"{file.base}"', kind
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(file.data))
            members = self._archive.infolist()
        except BROKEN:
            raise ReadError(
                f"{self._where} is not {kind}, or is damaged; open it in the program that made it and save it again."
            ) from None
        if any(one.flag_bits & 1 for one in members):
            raise ReadError(f"{self._where} is protected by a password; save it without one and give that.")
        sizes = [one.file_size for one in members]
        packed_small = any(one.file_size > SMALL and one.file_size > RATIO * one.compress_size for one in members)
        if packed_small or len(sizes) > MEMBERS or sum(sizes) > MOST or max(sizes, default=0) > LARGEST:
            raise ReadError(
                f"{self._where} would take too much memory when unpacked; save it again without what is not text."
            )
        self.names = tuple(one.filename for one in members)

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """The bytes of a member.

        Raises:
            ReadError: there is no such member, or it is damaged.
        """
        try:
            return self._archive.read(name)
        except BROKEN:
            raise ReadError(
                f"{self._where} is not {self._kind}, or is damaged (in {name!r:.80}); open it in the program that made "
                "it and save it again."
            ) from None
