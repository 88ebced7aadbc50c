"""PDF (ISO 32000-2): pages of drawn text, as letters, contracts and scanned applications.

PDFium gives each page's text, page by page and offline. A page without a text layer is a picture
and needs OCR, which is told, or done where it is asked for. Form fields, notes and links laid over
a page belong to its text; what the file says of itself (author, title) is the part ``properties``.

kreuzberg, which also holds PDFium, isn't used: one PDF with a malformed date makes it panic, print
that date, and fail on every PDF that the process reads afterwards (seen in 4.10).
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import BinaryIO

from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

from connectors.errors import Damaged
from connectors.options import PLAIN, Options
from connectors.place import Status
from connectors.readers import pdf_note, pdf_ocr
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.ocr import DOUBTFUL, SURE, Unrecognised
from connectors.readers.parts import Part, pieces, place, properties

MEDIA_TYPE = "application/pdf"

_NO_TEXT = "needs OCR: page has no text layer"
_PROPERTIES = ("Title", "Subject", "Author", "Keywords")
# How PDFium writes a hyphen at a line's end, of which a telephone number has some.
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\x00": None, "\r": None})
# PDFium isn't made for threads: one call at a time in a process.
_ONE_CALL = threading.RLock()


class PdfReader:
    """Reads a PDF page by page: record ``{"page":2}``, field ``text``."""

    def __init__(self, options: Options = PLAIN) -> None:
        self._options = options

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Check that it is a PDF; a PDF has no fields."""
        if b"%PDF-" not in file.read(1024):
            raise Damaged("This isn't a PDF: it doesn't begin as one; restore or replace it.")
        return Layout(MEDIA_TYPE)

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Yield the pages with text and the properties, then what couldn't be read."""
        document = _unlocked(file, self._options.passwords)
        if document is None:
            reason = "encrypted: no password of the list opens it"
            yield Gap(Status.SKIPPED, reason if self._options.passwords else "encrypted")
            return
        with closing(document):
            yield from pieces(_parts(document, ocr=self._options.ocr))


def _unlocked(file: BinaryIO, passwords: Sequence[str]) -> PdfDocument | None:
    """Open with the first of the passwords that fits, but first with none."""
    tried = (_open(file, each) for each in dict.fromkeys((None, *passwords)))
    return next(filter(None, tried), None)


def _open(file: BinaryIO, password: str | None) -> PdfDocument | None:
    try:
        with _ONE_CALL:
            document = PdfDocument(file, password)
            document.init_forms()
            return document
    except PdfiumError as error:
        if error.err_code in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY):
            return None
        raise Damaged("The PDF can't be opened; save it anew or restore it.") from None


def _parts(document: PdfDocument, *, ocr: bool) -> Iterator[Part | Gap]:
    broken = 0
    blank: list[int] = []
    for number in range(1, len(document) + 1):
        drawn, laid_over = _page(document, number - 1)
        broken += drawn is None
        if drawn is not None and not drawn.strip():
            blank.append(number)
        if text := "\n".join(filter(str.strip, [drawn or "", *laid_over])):
            yield Part(place(page=number), {"text": text})
    yield from properties(_properties(document))
    if ocr:
        yield from _recognised(document, blank)
    yield from _unread(document, 0 if ocr else len(blank), broken)


def _recognised(document: PdfDocument, numbers: Sequence[int]) -> Iterator[Part | Gap]:
    """Read pages without text by OCR, and tell once for each reason how many it failed on."""
    gaps: Counter[tuple[Status, str]] = Counter()
    for number in numbers:
        try:
            found = pdf_ocr.recognise(document, number - 1, _ONE_CALL)
        except Unrecognised as why:
            gaps[Status.SKIPPED, str(why)] += 1
            continue
        yield Part(place(page=number), {"text": found.text})
        if found.confidence < SURE:
            gaps[Status.PARTIAL, DOUBTFUL] += 1
    yield from (Gap(*why, units=units) for why, units in gaps.items())


def _page(document: PdfDocument, index: int) -> tuple[str | None, list[str]]:
    """Return a page's drawn text, ``None`` where it is broken, and what is laid over it."""
    try:
        with _ONE_CALL, closing(document[index]) as page, closing(page.get_textpage()) as text:
            drawn = str(text.get_text_range()).translate(_HYPHENS)
            return drawn, pdf_note.read(document, page)
    except PdfiumError:
        return None, []


def _properties(document: PdfDocument) -> dict[str, str]:
    with _ONE_CALL:
        return {name: str(document.get_metadata_value(name)) for name in _PROPERTIES}


def _unread(document: PdfDocument, blank: int, broken: int) -> Iterator[Gap]:
    if blank:
        yield Gap(Status.SKIPPED, _NO_TEXT, units=blank)
    if broken:
        yield Gap(Status.FAILED, "damaged pages", units=broken)
    if embedded := document.count_attachments():
        yield Gap(Status.PARTIAL, "embedded files are not read", units=embedded)
