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
from connectors.readers.base import Reader

_OFFICE = "application/vnd.openxmlformats-officedocument."

READERS = {
    "application/json": "jsonl:JsonReader",
    "application/jsonl": "jsonl:JsonlReader",
    "application/mbox": "mbox:MboxReader",
    "application/pdf": "pdf:PdfReader",
    "application/vnd.apache.parquet": "parquet:ParquetReader",
    f"{_OFFICE}presentationml.presentation": "pptx:PptxReader",
    f"{_OFFICE}spreadsheetml.sheet": "xlsx:XlsxReader",
    f"{_OFFICE}wordprocessingml.document": "docx:DocxReader",
    "message/rfc822": "mail:EmlReader",
    "text/csv": "csv:CsvReader",
    "text/html": "html:HtmlReader",
    "text/plain": "text:TextReader",
    "text/tab-separated-values": "csv:CsvReader",
}


def reader_for(media_type: str) -> Reader:
    """Return the reader of a media type; raises ``Unsupported`` where there is none."""
    if media_type not in READERS:
        raise Unsupported(f"There is no reader for {media_type}; see the list in the README.")
    module, name = READERS[media_type].split(":")
    return cast("Reader", getattr(import_module(f"connectors.readers.{module}"), name)())
