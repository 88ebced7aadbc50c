"""Rewriters by media type, and for the other formats why a person must do it by hand."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from connectors.errors import Unsupported
from connectors.rewriters.base import Rewriter

_OFFICE = "application/vnd.openxmlformats-officedocument."

#: Modules and classes below this package; strings, so that none is imported before it is needed.
REWRITERS: dict[str, str] = {
    "application/json": "json_array:JsonRewriter",
    "application/jsonl": "jsonl:JsonlRewriter",
    "application/vnd.apache.parquet": "parquet:ParquetRewriter",
    f"{_OFFICE}spreadsheetml.sheet": "xlsx:XlsxRewriter",
    f"{_OFFICE}wordprocessingml.document": "docx:DocxRewriter",
    "text/csv": "csv:CsvRewriter",
    "text/plain": "text:TextRewriter",
    "text/tab-separated-values": "csv:CsvRewriter",
}
_DOCUMENT = "a document has no rows; delete the text in the program that made it"
_MAIL = "a mail is kept whole; delete it in its mailbox"
_ARCHIVE = "a file in an archive can't be written alone; unpack it, change it and pack it anew"
_PICTURE = "a picture has no text; paint it over or delete it"
#: Why records of a format are changed by hand.
BY_HAND: dict[str, str] = {
    "application/gzip": _ARCHIVE,
    "application/mbox": _MAIL,
    "application/pdf": _DOCUMENT,
    "application/rtf": _DOCUMENT,
    "application/vnd.ms-excel": "old workbooks are read only; save it as .xlsx and scan it again",
    f"{_OFFICE}presentationml.presentation": _DOCUMENT,
    "application/sql": "a dump is a copy; delete the rows in the database, make the dump anew",
    "application/vnd.sqlite3": "a database in a file store may be in use; delete rows with SQLite",
    "application/x-office-locked": "it is under a password; open and change it in Office",
    "application/x-tar": _ARCHIVE,
    "application/xml": "its elements depend on one another; delete them in an editor",
    "application/zip": _ARCHIVE,
    "image/bmp": _PICTURE,
    "image/gif": _PICTURE,
    "image/jpeg": _PICTURE,
    "image/png": _PICTURE,
    "image/tiff": _PICTURE,
    "message/rfc822": _MAIL,
    "text/html": "a page has no rows; delete the text where the page is made",
}
_UNKNOWN = "its records can't be cut out"


def rewriter_for(media_type: str) -> Rewriter:
    """Return the rewriter of a format; ``Unsupported`` says why there is none."""
    if media_type not in REWRITERS:
        reason = BY_HAND.get(media_type, _UNKNOWN)
        raise Unsupported(f"Change it by hand, because {reason}.")
    module, _, name = REWRITERS[media_type].partition(":")
    return cast(Rewriter, getattr(import_module(f"{__name__}.{module}"), name)())
