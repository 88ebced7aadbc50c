"""PowerPoint presentation (.pptx, PresentationML, ISO/IEC 29500-1 §19): slides.

A slide is one part, numbered in the order shown, hidden ones included. Its text is that of its
shapes, tables, diagrams and charts, its notes and comments, and the addresses its links lead to,
one paragraph or table row a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from connectors.place import Status
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.package import Closed, Package, addresses, local, package
from connectors.readers.parts import Part, numbered, pieces, properties

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

_BESIDE = ("notesSlide", "comments", "diagramData", "chart")
_AUTHORS = r"ppt/(commentAuthors|authors)\.xml"


class PptxReader:
    """Reads a presentation: record ``{"part":n}`` for the n-th slide, field ``text``."""

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Check that it is a presentation; it has no fields."""
        try:
            with package(file) as slides:
                slides.main()
        except Closed:
            pass  # reading tells
        return Layout(MEDIA_TYPE)

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Yield every slide, then the properties."""
        try:
            with package(file) as slides:
                yield from pieces(_parts(slides))
        except Closed as closed:
            yield Gap(Status.SKIPPED, str(closed))


def _parts(slides: Package) -> Iterator[Part | Gap]:
    written = list(numbered(_slide(slides, name) for name in _order(slides)))
    yield from written
    yield from properties(slides.properties() | {"ChangedBy": _authors(slides)})
    if slides.embedded():
        yield Gap(Status.PARTIAL, "embedded files are not read", units=slides.embedded())
    if slides.pictures() and not written:
        yield Gap(Status.SKIPPED, "needs OCR: only pictures", units=slides.pictures())


def _order(slides: Package) -> Iterator[str]:
    main = slides.main()
    relations = slides.relations(main)
    for slide in slides.tree(main).iterfind("{*}sldIdLst/{*}sldId"):
        ids = [value for key, value in slide.attrib.items() if str(key).endswith("}id")]
        yield from (relations[str(one)].target for one in ids if one in relations)


def _slide(slides: Package, name: str) -> str:
    relations = slides.relations(name)
    beside = [one.target for one in relations.values() if one.kind in _BESIDE and not one.external]
    lines = [line for part in (name, *beside) for line in _lines(slides.tree(part))]
    return "\n".join(filter(str.strip, [*lines, *addresses(relations)]))


def _lines(element: etree._Element) -> Iterator[str]:
    for child in element:
        name = local(child)
        if name == "p":
            yield "".join(_inline(child))
        elif name == "tr":
            yield "\t".join(" ".join(_lines(cell)) for cell in child.iterfind("{*}tc"))
        elif name in ("text", "v"):  # a comment's words, a chart's values
            yield child.text or ""
        elif name != "Fallback":
            yield from _lines(child)


def _inline(paragraph: etree._Element) -> Iterator[str]:
    for child in paragraph.iter("{*}t", "{*}br"):
        yield "\n" if local(child) == "br" else child.text or ""


def _authors(slides: Package) -> str:
    found = (one.get("name", "") for part in slides.matching(_AUTHORS) for one in slides.tree(part))
    return "\n".join(dict.fromkeys(found))
