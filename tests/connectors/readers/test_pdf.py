"""PDF, made with reportlab."""

from __future__ import annotations

import contextlib
import io
import random
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from connectors.errors import Damaged
from connectors.place import Status
from connectors.readers.base import Gap
from connectors.readers.pdf import PdfReader

FONT = "HeiseiMin-W3"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def pdf(*pages: list[str], password: str | None = None, author: str = "") -> bytes:
    """Draw pages of lines; an empty page is a picture, as from a scanner."""
    file = io.BytesIO()
    locked = None if password is None else StandardEncryption(password, "owner")
    drawing = canvas.Canvas(file, encrypt=locked)
    drawing.setAuthor(author)
    for lines in pages:
        if not lines:
            drawing.drawInlineImage(Image.new("RGB", (40, 20), "white"), 72, 600)
        for height, line in enumerate(lines):
            drawing.setFont(FONT, 12)
            drawing.drawString(72, 760 - 20 * height, line)
        drawing.showPage()
    drawing.save()
    return file.getvalue()


def test_a_page_is_a_record(read: Callable[..., Any]) -> None:
    """Each page's text is found under its number, in Japanese as well."""
    found = read(PdfReader(), pdf(["氏名 山田太郎", "電話 03-1234-5678"], ["佐藤花子"]))
    assert found.texts() == {
        '{"page":1}': "氏名 山田太郎\n電話 03-1234-5678",
        '{"page":2}': "佐藤花子",
    }
    assert found.gaps == []


def test_running_heads_are_read(read: Callable[..., Any]) -> None:
    """What stands on every page is read on every page."""
    pages = [["顧客名 山田太郎様", f"明細 {number}"] for number in range(5)]
    texts = read(PdfReader(), pdf(*pages)).texts()
    assert all("山田太郎" in text for text in texts.values())
    assert len(texts) == 5


def test_properties_are_read(read: Callable[..., Any]) -> None:
    """The author a file names is a place of theirs."""
    found = read(PdfReader(), pdf(["本文"], author="鈴木一郎"))
    assert ('{"part":"properties"}', {"Author": "鈴木一郎"}) in [
        (record, {"Author": values.get("Author")}) for record, values in found.rows
    ]


def test_notes_and_links_belong_to_their_page(read: Callable[..., Any]) -> None:
    """A note and a mail link laid over a page are part of its text."""
    file = io.BytesIO()
    drawing = canvas.Canvas(file)
    drawing.drawString(72, 700, "x")
    drawing.linkURL("mailto:taro@example.jp", (72, 500, 200, 520))
    drawing.textAnnotation("call Hanako", (72, 400, 200, 420))
    drawing.save()
    text = read(PdfReader(), file.getvalue()).texts()['{"page":1}']
    assert "taro@example.jp" in text
    assert "call Hanako" in text


def test_what_was_typed_into_a_form_is_read(read: Callable[..., Any]) -> None:
    """The values of form fields belong to their page; an empty field says nothing."""
    file = io.BytesIO()
    drawing = canvas.Canvas(file)
    for page, value in enumerate(["Taro Yamada", ""], 1):
        drawing.drawString(72, 700, f"page {page}")
        drawing.acroForm.textfield(name=f"name{page}", value=value, x=72, y=600)
        drawing.showPage()
    drawing.save()
    assert read(PdfReader(), file.getvalue()).texts() == {
        '{"page":1}': "page 1\nname1: Taro Yamada",
        '{"page":2}': "page 2",
    }


def test_embedded_files_are_told(read: Callable[..., Any]) -> None:
    """Files attached to a PDF aren't read, which is said."""
    document = PdfDocument(pdf(["本文"]))
    document.new_attachment("名簿.csv").set_data(b"x")
    file = io.BytesIO()
    document.save(file)
    gap = Gap(Status.PARTIAL, "embedded files are not read", units=1)
    assert read(PdfReader(), file.getvalue()).gaps == [gap]


def test_pages_without_text_are_told(read: Callable[..., Any]) -> None:
    """Scanned pages are counted as needing OCR, and the others are read under their own number."""
    found = read(PdfReader(), pdf([], ["本文"], []))
    assert found.texts() == {'{"page":2}': "本文"}
    assert found.gaps == [Gap(Status.SKIPPED, "needs OCR: page has no text layer", units=2)]


def test_a_password_is_told(read: Callable[..., Any]) -> None:
    """A PDF that needs a password is a gap; one that only forbids printing is read."""
    assert read(PdfReader(), pdf(["秘密"], password="p")).gaps == [Gap(Status.SKIPPED, "encrypted")]
    assert read(PdfReader(), pdf(["公開"], password="")).texts() == {'{"page":1}': "公開"}


def test_a_broken_pdf_is_damaged() -> None:
    """A PDF cut short is damaged, and the message holds nothing of it."""
    whole = pdf(["山田太郎"])
    with pytest.raises(Damaged, match="can't be opened"):
        list(PdfReader().read(io.BytesIO(whole[: len(whole) // 2]), "a.pdf"))
    with pytest.raises(Damaged, match="isn't a PDF"):
        PdfReader().layout(io.BytesIO(b"hello"), "a.pdf")


def test_a_broken_pdf_spoils_no_other(read: Callable[..., Any]) -> None:
    """After broken PDFs of many kinds, a sound one is read as before."""
    sound = pdf(["山田太郎"], author="鈴木一郎")
    before = read(PdfReader(), sound)
    for seed in range(100):
        chance = random.Random(seed)  # noqa: S311  # repeatable
        data = bytearray(sound)
        for _ in range(5):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(Damaged):
            read(PdfReader(), bytes(data))
    assert read(PdfReader(), sound) == before
