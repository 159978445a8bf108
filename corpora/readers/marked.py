"""XML files whose name does not say what they hold: the first element does."""

from collections.abc import Callable, Mapping

from corpora.contents import Contents, File
from corpora.errors import ReadError
from corpora.readers import markup

Reader = Callable[[File], Contents]
# Each kind of XML by its first elements: the suffix that its reader is known by.
ROOTS: Mapping[str, str] = {
    "TEI": ".tei", "teiCorpus": ".tei", "TEI.2": ".tei", "teiCorpus.2": ".tei", "cesAlign": ".ces", "linkGrp": ".ces",
    "cesDoc": ".ces", "text": ".ces", "doc": ".ces", "document": ".ces", "letsmt": ".ces", "body": ".ces", "tmx": ".tmx",
    "xliff": ".xlf", "html": ".html",
}  # fmt: skip


def by_root(readers: Mapping[str, Reader]) -> Reader:
    """The reader of XML files; `readers` are those of the kinds, by suffix, when a file is read."""

    def read(file: File) -> Contents:
        """XML of a kind that its first element tells: TEI, CES and others.

        Raises:
            ReadError: it is XML of another kind, or none.
        """
        root = markup.first_element(file.data, f'"{file.base}"')
        reader = readers.get(ROOTS.get(root, ""))
        if reader is None:
            known = ", ".join(name for name, suffix in ROOTS.items() if suffix in readers)
            raise ReadError(f'"{file.base}" is XML of a kind that is not read here (<{root:.40}>); read are {known}.')
        return reader(file)

    return read
