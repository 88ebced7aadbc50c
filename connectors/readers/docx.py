"""Word document (.docx, WordprocessingML, ISO/IEC 29500-1 §17): letters, forms, minutes.

Parts are numbered in document order from 1: each paragraph and each table row of the body (an
empty one counts), then those of headers, footers, text boxes, footnotes, endnotes and comments,
then the addresses its links lead to. What somebody deleted under tracked changes is still there
and is read; 振り仮名 (ruby) follows its paragraph on a line of its own, so that a name stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import BinaryIO

from lxml import etree

from connectors.place import Status
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.package import Closed, Package, addresses, local, package
from connectors.readers.parts import Part, numbered, pieces, properties

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_BESIDE = (r"word/header\d*\.xml", r"word/footer\d*\.xml")
_BELOW = (r"word/footnotes\d*\.xml", r"word/endnotes\d*\.xml", r"word/comments\d*\.xml")
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_WITHOUT_TEXT = frozenset(
    ("pPr", "rPr", "instrText", "delInstrText", "drawing", "pict", "object", "txbxContent", "rt")
)


class DocxReader:
    """Reads a Word document: record ``{"part":3}``, field ``text``."""

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Check that it is a Word document; it has no fields."""
        try:
            with package(file) as word:
                word.main()
        except Closed:
            pass  # reading tells
        return Layout(MEDIA_TYPE)

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Yield every paragraph and table row, then the properties."""
        try:
            with package(file) as word:
                yield from pieces(_parts(word))
        except Closed as closed:
            yield Gap(Status.SKIPPED, str(closed))


def _parts(word: Package) -> Iterator[Part | Gap]:
    trees = stories(word)
    texts = chain(map(_text, blocks(trees)), addresses(word.relations(word.main())))
    written = list(numbered(texts))
    yield from written
    yield from properties(word.properties() | {"ChangedBy": _authors(trees.values())})
    yield from _unread(word, silent=not written)


def stories(word: Package) -> dict[str, etree._Element]:
    """Return the trees that hold a document's text, by part: the body's, then those beside it."""
    names = [word.main()]
    names += [name for pattern in (*_BESIDE, *_BELOW) for name in word.matching(pattern)]
    return {name: word.tree(name) for name in dict.fromkeys(names)}


def blocks(trees: Mapping[str, etree._Element]) -> Iterator[etree._Element]:
    """Yield every paragraph and table row, in the order in which they are numbered."""
    below = [name for pattern in _BELOW for name in trees if re.fullmatch(pattern, name)]
    for name, tree in trees.items():
        if name not in below:
            yield from blocks_of(tree)
    for box in _boxes(trees.values()):
        yield from blocks_of(box)
    for name in below:
        yield from blocks_of(trees[name])


def blocks_of(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and table rows within, through content controls and changes."""
    for child in element:
        name = local(child)
        if name in ("p", "tr"):
            yield child
        elif name != "txbxContent":
            yield from blocks_of(child)


def runs(block: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements that hold a block's text, its 振り仮名 among them."""
    for element in block.iter("{*}t", "{*}delText"):
        above = {local(one) for one in _within(element, block)}
        if "rt" in above or not _WITHOUT_TEXT & above:
            yield element


def _text(block: etree._Element) -> str:
    return _paragraph(block) if local(block) == "p" else "\t".join(_cells(block))


def _within(element: etree._Element, block: etree._Element) -> Iterator[etree._Element]:
    """Yield what an element lies in, up to its block."""
    for one in element.iterancestors():
        if one is block:
            return
        yield one


def _cells(element: etree._Element) -> Iterator[str]:
    for child in element:
        if local(child) == "tc":
            yield "\n".join(filter(None, map(_text, blocks_of(child))))
        else:
            yield from _cells(child)


def _paragraph(paragraph: etree._Element) -> str:
    text = "".join(_inline(paragraph))
    ruby = ["".join(_inline(one)) for one in paragraph.iter("{*}rt")]
    return "\n".join([text, " ".join(ruby)]) if ruby else text


def _inline(element: etree._Element) -> Iterator[str]:
    for child in element:
        name = local(child)
        if name in ("t", "delText"):
            yield child.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name == "AlternateContent":
            yield from _inline(child[0]) if len(child) else ()
        elif name not in _WITHOUT_TEXT:
            yield from _inline(child)


def _boxes(trees: Iterable[etree._Element]) -> Iterator[etree._Element]:
    for tree in trees:
        for box in tree.iter("{*}txbxContent"):
            # The same box stands there twice: for today's Word, and for Word 2007.
            if next(box.iterancestors("{*}Fallback"), None) is None:
                yield box


def _authors(trees: Iterable[etree._Element]) -> str:
    elements = chain.from_iterable(tree.iter() for tree in trees)
    names = (
        value
        for element in elements
        for key, value in element.attrib.items()
        if str(key).rpartition("}")[2] == "author"
    )
    return "\n".join(dict.fromkeys(map(str, names)))


def _unread(word: Package, *, silent: bool) -> Iterator[Gap]:
    if word.embedded():
        yield Gap(Status.PARTIAL, "embedded files are not read", units=word.embedded())
    if silent and word.pictures():
        yield Gap(Status.SKIPPED, "needs OCR: only pictures", units=word.pictures())
