"""A ZIP archive of files that are read together: texts, and alignments of them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from corpora.contents import Contents, File, Progress
from corpora.errors import ReadError
from corpora.readers.zipped import Archive

Reader = Callable[[File], Contents]
# Archives in archives can be nested without end.
ARCHIVES = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tar", ".jar")
# More files than this are no versions of one text.
MOST = 100
# What systems put beside the files.
UNSEEN = re.compile(r"(?:^|/)(?:__MACOSX/|\.|Thumbs\.db$|desktop\.ini$)")
# How many names are told.
TOLD = 5


def of(readers: Mapping[str, Reader], together: Callable[[Sequence[Contents]], Contents]) -> Reader:
    """The reader of archives; `readers` are those of the files in them, by suffix, and `together` joins what they bring."""

    def read(file: File) -> Contents:
        """A ZIP archive: every file in it by its own reader, put together.

        Raises:
            ReadError: the archive is damaged, holds archives or names that lead out of it, or nothing that is read.
        """
        archive = Archive(file, "a ZIP archive")
        _check(file, archive.names)
        names = [name for name in archive.names if not name.endswith("/") and not UNSEEN.search(name)]
        known = [name for name in names if PurePosixPath(name).suffix.lower() in readers]
        if not known:
            raise ReadError(f'"{file.base}" holds no file that is read here; give an archive with texts.')
        if len(known) > MOST:
            raise ReadError(f'"{file.base}" holds {len(known)} files; give an archive with the versions of one text.')
        found = []
        for place, name in enumerate(known):
            part = File(name, archive.read(name), file.encoding, _share(file, place, len(known)))
            try:
                found.append(readers[part.suffix](part))
            except ReadError as error:
                raise ReadError(f'In "{file.base}", {error}') from None
        others = [name for name in names if name not in known]
        return _with(together(found), others)

    return read


def _share(file: File, place: int, count: int) -> Progress:
    """Tells the progress of one file of several."""
    return lambda share: file.progress((place + share) / count)


def _with(found: Contents, others: Sequence[str]) -> Contents:
    found = replace(found, warnings=tuple(dict.fromkeys(found.warnings)))
    if not others:
        return found
    named = ", ".join(name[:60] for name in others[:TOLD]) + (", ..." if len(others) > TOLD else "")
    told = f"Files of other kinds in the archive are not read ({len(others)}: {named})."
    return replace(found, left_out=(*found.left_out, told))


def _check(file: File, names: Sequence[str]) -> None:
    """Returns nothing when the names are those of files in the archive, each once, and of no archives."""
    for name in names:
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\\" in name:
            raise ReadError(f'"{file.base}" holds a name that leads out of it ({name!r:.80}); pack the files anew.')
        if name.lower().endswith(ARCHIVES):
            raise ReadError(
                f'"{file.base}" holds another archive ({name!r:.80}); unpack it and give the files themselves.'
            )
    if len(set(names)) < len(names):
        raise ReadError(f'"{file.base}" holds two files of one name; pack the files anew.')
