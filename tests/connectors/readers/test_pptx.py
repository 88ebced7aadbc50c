"""Presentations, written part by part: no library here makes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from connectors.errors import Damaged
from connectors.readers.pptx import PptxReader

EXTERNAL = ' TargetMode="External"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:r="{OFFICE}"'
)


def paragraph(text: str) -> str:
    """Return a paragraph of DrawingML."""
    return f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"


def slide(*shapes: str) -> str:
    """Return a slide of shapes."""
    return f"<p:sld {NAMES}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"


def shape(*texts: str) -> str:
    """Return a text box."""
    return f"<p:sp><p:txBody>{''.join(map(paragraph, texts))}</p:txBody></p:sp>"


def table(*rows: list[str]) -> str:
    """Return a table."""
    cells = (
        "".join(f"<a:tc><a:txBody>{paragraph(cell)}</a:txBody></a:tc>" for cell in row)
        for row in rows
    )
    lines = "".join(f"<a:tr>{line}</a:tr>" for line in cells)
    return f"<p:graphicFrame><a:tbl>{lines}</a:tbl></p:graphicFrame>"


def relations(**targets: str) -> str:
    """Return a part's relations: ``id="kind target"``."""
    rows = "".join(
        f'<Relationship Id="{one}" Type="{OFFICE}/{to.split()[0]}" Target="{to.split()[1]}"'
        f"{EXTERNAL if 'mailto' in to else ''}/>"
        for one, to in targets.items()
    )
    base = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{base}">{rows}</Relationships>'


def presentation(order: str, **parts: str) -> bytes:
    """Zip the parts; ``order`` lists slides by their relation's id."""
    ids = "".join(f'<p:sldId id="1" r:id="{one}"/>' for one in order.split())
    main = f"<p:presentation {NAMES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("_rels/.rels", relations(a="officeDocument ppt/presentation.xml"))
        package.writestr("ppt/presentation.xml", main)
        for name, text in parts.items():
            package.writestr("ppt/" + name.replace("__", "/").replace("_xml", ".xml"), text)
    return file.getvalue()


DECK = {
    "_rels__presentation_xml.rels": relations(
        x="slide slides/slide2.xml", y="slide slides/slide1.xml"
    ),
    "slides__slide1_xml": slide(shape("最後")),
    "slides__slide2_xml": slide(
        shape("名簿", "営業部"), table(["氏名", "電話"], ["山田太郎", "03"])
    ),
    "slides___rels__slide2_xml.rels": relations(
        n="notesSlide ../notesSlides/notesSlide1.xml", m="hyperlink mailto:taro@example.jp"
    ),
    "notesSlides__notesSlide1_xml": slide(shape("佐藤花子に電話")),
}


def test_a_slide_is_a_part_in_the_order_shown(read: Callable[..., Any]) -> None:
    """Slides are numbered as shown; shapes, tables, notes and links are their text."""
    texts = read(PptxReader(), presentation("x y", **DECK)).texts()
    assert texts == {
        '{"part":1}': "名簿\n営業部\n氏名\t電話\n山田太郎\t03\n佐藤花子に電話\ntaro@example.jp",
        '{"part":2}': "最後",
    }


def test_comments_and_authors_are_read(read: Callable[..., Any]) -> None:
    """Comments of both ages belong to their slide; who wrote them and the author are told."""
    old = f'<p:cmLst {NAMES}><p:cm authorId="0"><p:text>田中様に確認</p:text></p:cm></p:cmLst>'
    body = f"<m:txBody>{paragraph('返信待ち')}</m:txBody>"
    new = f"<m:cmLst {NAMES} xmlns:m='urn:m'><m:cm>{body}</m:cm></m:cmLst>"
    author = '<p:cmAuthor id="0" name="佐藤"/>'
    core = "<c xmlns:dc='urn:dc'><dc:creator>鈴木一郎</dc:creator></c>"
    deck = DECK | {
        "slides___rels__slide2_xml.rels": relations(
            c="comments ../comments/comment1.xml", d="comments ../comments/modernComment1.xml"
        ),
        "comments__comment1_xml": old,
        "comments__modernComment1_xml": new,
        "commentAuthors_xml": f"<p:cmAuthorLst {NAMES}>{author}</p:cmAuthorLst>",
    }
    file = io.BytesIO(presentation("x y", **deck))
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("docProps/core.xml", core)
    found = read(PptxReader(), file.getvalue())
    assert found.texts()['{"part":1}'].endswith("田中様に確認\n返信待ち")
    assert found.rows[-1][1] == {"Author": "鈴木一郎", "ChangedBy": "佐藤"}


def test_an_empty_slide_counts(read: Callable[..., Any]) -> None:
    """A slide without text yields nothing, and the next keeps its number."""
    deck = DECK | {"slides__slide2_xml": slide(), "slides___rels__slide2_xml.rels": relations()}
    assert read(PptxReader(), presentation("x y", **deck)).texts() == {'{"part":2}': "最後"}


def test_a_missing_slide_is_damaged(read: Callable[..., Any]) -> None:
    """A presentation that lacks a slide it lists is damaged."""
    deck = {name: part for name, part in DECK.items() if name != "slides__slide1_xml"}
    with pytest.raises(Damaged, match="restore"):
        read(PptxReader(), presentation("x y", **deck))
