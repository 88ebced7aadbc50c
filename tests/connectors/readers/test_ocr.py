"""OCR by the real tesseract, of a page drawn as a scanner gives it."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdfium2 import PdfDocument
from reportlab.lib.utils import ImageReader as Picture
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from connectors.options import PLAIN, Options
from connectors.place import Status
from connectors.readers import ocr, reader_for
from connectors.readers.base import Gap

Reading = Callable[..., Any]
WITH_OCR = Options(ocr=True)
NEEDS_TESSERACT = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="apt install tesseract-ocr tesseract-ocr-jpn"
)
pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))


@pytest.fixture(scope="module")
def scanned() -> Image.Image:
    """A page drawn by PDFium and kept as a picture alone."""
    file = io.BytesIO()
    drawing = canvas.Canvas(file, pagesize=(300, 120))
    drawing.setFont("HeiseiMin-W3", 20)
    drawing.drawString(20, 80, "Tel 03-1234-5678")
    drawing.drawString(20, 40, "taro@example.jp")
    drawing.save()
    image: Image.Image = PdfDocument(file.getvalue())[0].render(scale=3).to_pil()
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Return the bytes of a picture."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def test_a_picture_needs_ocr(read: Reading, scanned: Image.Image) -> None:
    """Without being told to, no picture is read, which is told."""
    found = read(reader_for("image/png", PLAIN), saved(scanned, "PNG"))
    assert found.gaps == [Gap(Status.SKIPPED, "needs OCR")]


@pytest.mark.slow
@NEEDS_TESSERACT
def test_pictures(read: Reading, scanned: Image.Image) -> None:
    """Pictures are read page by page."""
    texts = read(reader_for("image/png", WITH_OCR), saved(scanned, "PNG")).texts()
    assert "03-1234-5678" in texts['{"page":1}']
    pages = saved(scanned, "TIFF", save_all=True, append_images=[scanned])
    assert list(read(reader_for("image/tiff", WITH_OCR), pages).texts()) == [
        '{"page":1}',
        '{"page":2}',
    ]


@pytest.mark.slow
@NEEDS_TESSERACT
def test_a_scanned_pdf(read: Reading, scanned: Image.Image) -> None:
    """Of a PDF only the pages without text are read by OCR, under their own number."""
    file = io.BytesIO()
    drawing = canvas.Canvas(file, pagesize=(300, 120))
    drawing.drawString(20, 80, "drawn text")
    drawing.showPage()
    drawing.drawImage(Picture(scanned), 0, 0, 300, 120)
    drawing.save()
    found = read(reader_for("application/pdf", WITH_OCR), file.getvalue())
    assert found.texts()['{"page":1}'] == "drawn text"
    assert "03-1234-5678" in found.texts()['{"page":2}']


def test_without_tesseract(
    read: Reading, scanned: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where tesseract isn't installed, what to install is told."""
    monkeypatch.setenv("PATH", "")
    found = read(reader_for("image/png", WITH_OCR), saved(scanned, "PNG"))
    assert found.gaps == [Gap(Status.SKIPPED, ocr.MISSING)]


@pytest.mark.slow
@NEEDS_TESSERACT
def test_japanese(read: Reading) -> None:
    """Japanese is read without the spaces that tesseract puts between its characters."""
    font = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
    if not font.exists():
        pytest.skip("apt install fonts-noto-cjk")
    image = Image.new("L", (900, 200), "white")
    letters = ImageFont.truetype(font, 48)
    ImageDraw.Draw(image).text((30, 60), "氏名 山田太郎 東京都千代田区", font=letters, fill="black")
    text = read(reader_for("image/png", WITH_OCR), saved(image, "PNG")).texts()['{"page":1}']
    assert "山田太郎" in text
    assert "東京都千代田区" in text
