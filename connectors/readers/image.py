"""画像 (picture): PNG, JPEG, GIF and TIFF, as scanners, faxes and telephones make them.

Each page is a record ``{"page":1}`` with the field ``text``, where OCR is asked for; else a picture
is unread. What else a picture holds, such as where it was taken, isn't read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from connectors.options import PLAIN, Options
from connectors.place import Status
from connectors.readers import ocr
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.media import media_type
from connectors.readers.parts import Part, pieces, place

LARGEST = 256 * 1024 * 1024


class ImageReader:
    """Reads pictures, if told to."""

    def __init__(self, options: Options = PLAIN) -> None:
        self._options = options

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Tell what kind of picture it is; it has no fields."""
        return Layout(media_type(file, hint))

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Yield the text of every page, then how sure it is."""
        if self._options.ocr:
            yield from pieces(_parts(file.read(LARGEST)))
        else:
            yield Gap(Status.SKIPPED, ocr.NEEDED)


def _parts(picture: bytes) -> Iterator[Part | Gap]:
    try:
        pages = ocr.recognise(picture)
    except ocr.Unrecognised as why:
        yield Gap(Status.SKIPPED, str(why))
        return
    for page in pages:
        yield Part(place(page=page.page), {"text": page.text})
    if doubtful := sum(page.confidence < ocr.SURE for page in pages):
        yield Gap(Status.PARTIAL, ocr.DOUBTFUL, doubtful)
