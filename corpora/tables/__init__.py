"""Tables: a file -> its sheets, whatever program made it."""

from corpora.contents import File
from corpora.tables import delimited, excel, opendocument
from corpora.tables.sheet import Sheet

ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def sheets(file: File) -> list[Sheet]:
    """The sheets of a table that hold something, by what the file is and not by what it is called.

    Raises:
        ReadError: it is no table, or damaged, or too large.
    """
    if file.data.startswith(OLD):
        return excel.sheets(file)
    if file.data.startswith(ZIP):
        return opendocument.sheets(file) if opendocument.fits(file) else excel.sheets(file)
    if file.suffix in (".xlsx", ".xlsm"):
        return excel.sheets(file)
    if file.suffix == ".ods":
        return opendocument.sheets(file)
    return [delimited.sheet(file)]
