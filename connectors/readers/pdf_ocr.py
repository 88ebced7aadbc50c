"""A page of a PDF that is a picture: drawn at 300 dots an inch and read by OCR."""

from __future__ import annotations

import threading
from contextlib import closing

from pypdfium2 import PdfDocument

from connectors.readers import ocr

_DOTS, _POINTS = 300, 72
#: A plan of a building is drawn coarser: more dots than these take too much memory.
_MOST_DOTS = 60_000_000


def recognise(document: PdfDocument, index: int, one_call: threading.RLock) -> ocr.Recognised:
    """Read a page; ``one_call`` guards PDFium. Raises ``Unrecognised``."""
    pages = ocr.recognise(_drawn(document, index, one_call))
    if not pages:
        raise ocr.Unrecognised("OCR found no text on it")
    return pages[0]


def _drawn(document: PdfDocument, index: int, one_call: threading.RLock) -> bytes:
    """Draw a page as a portable graymap (PGM), the plainest format there is."""
    with one_call, closing(document[index]) as page:
        width, height = page.get_size()
        scale = min(_DOTS / _POINTS, (_MOST_DOTS / max(1.0, width * height)) ** 0.5)
        with closing(page.render(scale=scale, grayscale=True)) as drawn:
            dots = drawn.to_numpy()
            return f"P5\n{dots.shape[1]} {dots.shape[0]}\n255\n".encode() + bytes(dots.tobytes())
