"""PDF (ISO 32000): pages of drawn text, as letters, contracts and scanned applications.

PDFium, through kreuzberg, gives each page's text offline. A page without a text layer is a
picture and would need OCR, which is told, not done. Notes, links and form fields laid over a page
belong to its text; what the file says of itself (author, title) is the part ``properties``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast

from kreuzberg import (
    ConcurrencyConfig,
    ContentFilterConfig,
    ExtractionConfig,
    ExtractionResult,
    PageConfig,
    PdfConfig,
    extract_bytes_sync,
)
from kreuzberg.exceptions import ExtractionTimeoutError, KreuzbergError

from connectors.errors import Damaged
from connectors.place import Status
from connectors.readers import pdf_form
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.parts import Part, pieces, place, properties

MEDIA_TYPE = "application/pdf"
LARGEST = 512 * 1024 * 1024
SECONDS = 300

_NO_TEXT = "needs OCR: page has no text layer"
_PROPERTIES = {"Title": "title", "Subject": "subject", "Author": "authors", "Keywords": "keywords"}


class PdfReader:
    """Reads a PDF page by page: record ``{"page":2}``, field ``text``."""

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Check that it is a PDF; a PDF has no fields."""
        if b"%PDF-" not in file.read(1024):
            raise Damaged("This isn't a PDF: it doesn't begin as one; restore or replace it.")
        return Layout(MEDIA_TYPE)

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Yield the pages with text, then a gap that counts the pages without."""
        data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            yield Gap(Status.SKIPPED, f"larger than {LARGEST >> 20} MiB")
            return
        yield from pieces(_read(data))


def _read(data: bytes) -> Iterator[Part | Gap]:
    try:
        result = _extract(data)
    except ExtractionTimeoutError:
        yield Gap(Status.FAILED, f"took longer than {SECONDS} seconds")
        return
    if result is None:
        yield Gap(Status.SKIPPED, "encrypted")
    else:
        yield from _parts(result, pdf_form.read(data))


def _extract(data: bytes) -> ExtractionResult | None:
    try:
        return extract_bytes_sync(data, MEDIA_TYPE, config=_config())
    except ExtractionTimeoutError:
        raise
    except KreuzbergError as error:
        if "password" in str(error).lower():
            return None
        # The library's own message may quote what it stumbled over, so it isn't passed on.
        raise Damaged("The PDF can't be parsed; open it, save it anew, or restore it.") from None


def _config() -> ExtractionConfig:
    # No cache: it would leave the text of documents in a folder of the user's.
    return ExtractionConfig(
        use_cache=False,
        enable_quality_processing=False,
        extraction_timeout_secs=SECONDS,
        pages=PageConfig(extract_pages=True),
        pdf_options=PdfConfig(extract_metadata=True, extract_annotations=True),
        concurrency=ConcurrencyConfig(max_threads=1),
        content_filter=ContentFilterConfig(
            include_headers=True,
            include_footers=True,
            include_watermarks=True,
            strip_repeating_text=False,
        ),
    )


def _parts(result: ExtractionResult, form: pdf_form.Form) -> Iterator[Part | Gap]:
    notes = _notes(result)
    pages = {page["page_number"]: page["content"] for page in result.pages or []}
    for number, text in pages.items():
        around = [*form.lines.get(number, []), *notes.get(number, [])]
        written = "\n".join(filter(str.strip, [text.replace("\r\n", "\n"), *around]))
        if written:
            yield Part(place(page=number), {"text": written})
    yield from properties(_properties(cast("Mapping[str, object]", result.metadata)))
    yield from _unread(sum(not text.strip() for text in pages.values()), form)


def _unread(blank: int, form: pdf_form.Form) -> Iterator[Gap]:
    if blank:
        yield Gap(Status.SKIPPED, _NO_TEXT, units=blank)
    if form.embedded:
        yield Gap(Status.PARTIAL, "embedded files are not read", units=form.embedded)
    if not form.readable:
        yield Gap(Status.PARTIAL, "form fields, if any, can't be read")


def _notes(result: ExtractionResult) -> dict[int, list[str]]:
    notes: dict[int, list[str]] = {}
    for note in result.annotations or []:
        if note.content:
            notes.setdefault(note.page_number, []).append(note.content)
    return notes


def _properties(metadata: Mapping[str, object]) -> dict[str, str]:
    found = {name: metadata.get(key) for name, key in _PROPERTIES.items()}
    return {name: _line(value) for name, value in found.items() if value}


def _line(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)
