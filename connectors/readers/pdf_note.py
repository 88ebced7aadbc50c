"""PDF annotation (ISO 32000-2 §12.5): a note, link or form field laid over a page.

None of it is part of the page's drawn text: what somebody typed into an application form, the
comment of a reviewer and who wrote it, the address that a link leads to.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from pypdfium2 import PdfDocument, PdfPage
from pypdfium2 import raw as pdfium

# Pop-ups repeat their note.
_SILENT = (pdfium.FPDF_ANNOT_POPUP,)
_TYPED = (
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
)

# PDFium writes UTF-16 into a buffer and returns the bytes needed, its final zero included.
Fill = Callable[[Any, int], int]


def read(document: PdfDocument, page: PdfPage) -> list[str]:
    """Return a line for each annotation that says something, in the page's order."""
    lines = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if note:
            lines.append(": ".join(filter(str.strip, _said(document, note))))
            pdfium.FPDFPage_CloseAnnot(note)
    return [line for line in lines if line]


def _said(document: PdfDocument, note: Any) -> Iterator[str]:
    kind = pdfium.FPDFAnnot_GetSubtype(note)
    if kind == pdfium.FPDF_ANNOT_WIDGET:
        yield from _typed(document, note)
    elif kind == pdfium.FPDF_ANNOT_LINK:
        yield _address(document, note)
    elif kind not in _SILENT:
        for key in (b"T", b"Contents"):  # who wrote it, and what
            yield _text(partial(pdfium.FPDFAnnot_GetStringValue, note, key))


def _typed(document: PdfDocument, note: Any) -> Iterator[str]:
    form = document.formenv
    if form is None or pdfium.FPDFAnnot_GetFormFieldType(form, note) not in _TYPED:
        return
    value = _text(partial(pdfium.FPDFAnnot_GetFormFieldValue, form, note))
    if value.strip():
        shown = _text(partial(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, note))
        yield shown or _text(partial(pdfium.FPDFAnnot_GetFormFieldName, form, note))
        yield value


def _address(document: PdfDocument, note: Any) -> str:
    link = pdfium.FPDFAnnot_GetLink(note)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if not action:
        return ""
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
    return buffer.value.decode("utf-8", errors="replace")


def _text(fill: Fill) -> str:
    size = fill(None, 0)
    buffer = ctypes.create_string_buffer(size)
    fill(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", errors="replace")
