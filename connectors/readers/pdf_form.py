"""PDF form (AcroForm, ISO 32000-2 §12.7): what somebody typed into the fields of an application.

A field's value isn't part of the page's drawn text, so PDFium's text lacks it. It is read here and
joined to the page its field lies on, as ``name: value``.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

# Its warnings may quote the file.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_TYPED = ("/Tx", "/Ch")  # text and choices; buttons and signatures have no words
_DEEPEST = 32


@dataclass(frozen=True, slots=True, repr=False)
class Form:
    """Lines by page, from 1; ``readable`` says whether the form could be read. No ``repr``."""

    lines: dict[int, list[str]] = field(default_factory=dict)
    embedded: int = 0
    readable: bool = True


def read(data: bytes) -> Form:
    """Read the fields of a PDF that may have some, and count the files embedded in it."""
    try:
        pdf = PdfReader(io.BytesIO(data))
        root = pdf.root_object
        embedded = len(list(pdf.attachment_list)) if "/Names" in root else 0
        return Form(_lines(pdf) if "/AcroForm" in root else {}, embedded)
    except Exception:  # noqa: BLE001  # over broken bytes it raises whatever comes to pass
        return Form(readable=False)


def _lines(pdf: PdfReader) -> dict[int, list[str]]:
    return {number: found for number, page in enumerate(pdf.pages, 1) if (found := _typed(page))}


def _typed(page: DictionaryObject) -> list[str]:
    widgets = (note.get_object() for note in page.get("/Annots") or ())
    return [
        line
        for widget in widgets
        if isinstance(widget, DictionaryObject)
        for line in _value(widget)
    ]


def _value(widget: DictionaryObject) -> Iterator[str]:
    if widget.get("/Subtype") != "/Widget" or _inherited(widget, "/FT") not in _TYPED:
        return
    value = _inherited(widget, "/V")
    shown = " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    name = widget.get("/TU") or _inherited(widget, "/T") or ""
    if shown.strip():
        yield f"{name}: {shown}" if name else shown


def _inherited(widget: DictionaryObject, key: str) -> object:
    holder: object = widget
    for _ in range(_DEEPEST):
        if not isinstance(holder, DictionaryObject):
            return None
        if key in holder:
            return holder[key]
        parent = holder.get("/Parent")
        holder = parent.get_object() if parent is not None else None
    return None
