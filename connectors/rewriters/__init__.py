"""Rewriters by media type, and for the other formats why a person must do it by hand."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from connectors.errors import Unsupported
from connectors.rewriters.base import Rewriter

#: Modules and classes below this package; strings, so that none is imported before it is needed.
REWRITERS: dict[str, str] = {
    "application/jsonl": "jsonl:JsonlRewriter",
    "application/vnd.apache.parquet": "parquet:ParquetRewriter",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx:XlsxRewriter",
    "text/csv": "csv:CsvRewriter",
    "text/plain": "text:TextRewriter",
    "text/tab-separated-values": "csv:CsvRewriter",
}
#: Why records of a format are changed by hand.
BY_HAND: dict[str, str] = {}
_UNKNOWN = "its records can't be cut out"


def rewriter_for(media_type: str) -> Rewriter:
    """Return the rewriter of a format; ``Unsupported`` says why there is none."""
    if media_type not in REWRITERS:
        reason = BY_HAND.get(media_type, _UNKNOWN)
        raise Unsupported(f"Change it by hand, because {reason}.")
    module, _, name = REWRITERS[media_type].partition(":")
    return cast(Rewriter, getattr(import_module(f"{__name__}.{module}"), name)())
