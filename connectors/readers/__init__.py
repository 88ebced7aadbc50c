"""The readers: one module a format, by media type.

Adding a format is one module with one class of :class:`connectors.readers.base.Reader`, and one
row here. The modules are imported when first used.

>>> type(reader_for("text/html")).__name__
'HtmlReader'
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from connectors.errors import Unsupported
from connectors.options import PLAIN, Options
from connectors.readers.base import Reader

_OFFICE = "application/vnd.openxmlformats-officedocument."

READERS = {
    "application/json": "jsonl:JsonReader",
    "application/jsonl": "jsonl:JsonlReader",
    "application/mbox": "mbox:MboxReader",
    "application/pdf": "pdf:PdfReader",
    "application/rtf": "rtf:RtfReader",
    "application/sql": "sql_dump:SqlReader",
    "application/vnd.apache.parquet": "parquet:ParquetReader",
    "application/vnd.ms-excel": "xls:XlsReader",
    f"{_OFFICE}presentationml.presentation": "pptx:PptxReader",
    f"{_OFFICE}spreadsheetml.sheet": "xlsx:XlsxReader",
    f"{_OFFICE}wordprocessingml.document": "docx:DocxReader",
    "application/x-office-locked": "locked:LockedReader",
    "application/xml": "xml:XmlReader",
    "image/gif": "image:ImageReader",
    "image/jpeg": "image:ImageReader",
    "image/png": "image:ImageReader",
    "image/tiff": "image:ImageReader",
    "message/rfc822": "mail:EmlReader",
    "text/csv": "csv:CsvReader",
    "text/html": "html:HtmlReader",
    "text/plain": "text:TextReader",
    "text/tab-separated-values": "csv:CsvReader",
}
#: Their classes take the options: passwords to try, whether to read pictures.
_ASKING = frozenset(
    (
        *("application/mbox", "application/pdf", "application/x-office-locked", "message/rfc822"),
        *(kind for kind in READERS if kind.startswith("image/")),
    )
)
#: These may be under a password.
_LOCKABLE = frozenset(kind for kind in READERS if kind.startswith((_OFFICE, "application/vnd.ms-")))


def reader_for(media_type: str, options: Options = PLAIN) -> Reader:
    """Return the reader of a media type; raises ``Unsupported`` where there is none.

    Of ``options`` the passwords and ``ocr`` count.
    """
    if media_type not in READERS:
        raise Unsupported(f"There is no reader for {media_type}; see the list in the README.")
    module, name = READERS[media_type].split(":")
    made = getattr(import_module(f"connectors.readers.{module}"), name)
    if media_type in _LOCKABLE:
        from connectors.readers.locked import LockedReader

        return LockedReader(options, made())
    return cast("Reader", made(options) if media_type in _ASKING else made())
