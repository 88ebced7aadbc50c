"""HTML (https://html.spec.whatwg.org/): pages, saved forms, reports and the bodies of mail.

Every block of text is a part, numbered from 1 in document order: a heading, a paragraph, a list
item, a table row (its cells joined with TAB), or text that stands between blocks. A row that holds
another table is layout, and its cells are blocks. What was typed into a form is read, and the
addresses links lead to; scripts, styles and comments are not. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO
from urllib.parse import unquote

import lxml.html
from lxml import etree

from connectors.place import Status
from connectors.readers import charset
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.parts import Part, numbered, pieces, properties

MEDIA_TYPE = "text/html"
LARGEST = 64 * 1024 * 1024

_HEAD = 4096
_META = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_LINK = re.compile(r"(?:mailto|tel):([^?]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
# Noncharacters, which no text holds, stand for what white space must not swallow.
_BREAK, _TAB = "\ufdd0", "\ufdd1"
_AROUND_TAB = re.compile(f" *{_TAB} *")
_CELLS = ("td", "th")
_SILENT = frozenset(("script", "style", "head"))
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset"
        " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol"
        " option p pre section select summary table tbody td textarea tfoot th thead tr ul",
    )
)
_NAMES = {"author": "Author", "description": "Description", "keywords": "Keywords"}


class HtmlReader:
    """Reads a page: record ``{"part":3}``, field ``text``."""

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Tell the encoding by byte order mark, label or bytes; a page has no fields."""
        found = _decode(file.read(_HEAD))
        return Layout(MEDIA_TYPE, encoding=found.codec, encoding_evidence=found.evidence)

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Yield every block of text, then title and author."""
        data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            yield Gap(Status.SKIPPED, f"larger than {LARGEST >> 20} MiB")
            return
        page = _decode(data)
        yield from pieces(_parts(page.text))
        if page.broken:
            yield Gap(Status.PARTIAL, "bytes that fit no encoding", units=page.broken)


def blocks(html: str) -> Iterator[str]:
    """Yield the text of each block in document order; blocks without text are left out."""
    tree, _ = _parse(html)
    yield from _texts(tree) if tree is not None else ()


def _decode(data: bytes) -> charset.Labelled:
    label = _META.search(data[:_HEAD])
    return charset.decode(data, label[1].decode("ascii") if label else None)


def _parts(html: str) -> Iterator[Part | Gap]:
    tree, cut = _parse(html)
    if tree is not None:
        yield from numbered(_texts(tree))
        yield from properties(_properties(tree))
    if cut:
        yield Gap(Status.PARTIAL, "elements nested too deep to be read")


def _parse(html: str) -> tuple[etree._Element | None, bool]:
    """Return the page, if there is anything in it, and whether the parser gave up within it."""
    if not html.strip():
        return None, False
    # As bytes, because lxml refuses text that names an encoding of its own.
    data = html.encode("utf-8", "replace")
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    tree = etree.fromstring(data, parser)
    return tree, any("depth" in fault.message for fault in parser.error_log)


def _texts(tree: etree._Element) -> Iterator[str]:
    held: list[str] = []
    for run in chain(_runs(tree), [None]):
        if run is not None:
            held.append(run)
            continue
        if text := _tidy("".join(held)):
            yield text
        held = []


def _runs(tree: etree._Element) -> Iterator[str | None]:
    """Yield text as it runs on, and ``None`` where a block begins or ends."""
    walk = etree.iterwalk(tree, events=("start", "end"))
    row: etree._Element | None = None  # the table row walked through
    for event, element in walk:
        starts = event == "start"
        if row is None and starts and _is_row(element):
            row = element
            yield None
        if starts and element.tag in _SILENT:
            walk.skip_subtree()
        yield from _marks(element, starts=starts, in_row=row is not None)
        yield from _before(element) if starts else _after(element)
        if element is row and not starts:
            row = None
            yield None
        if not starts:
            yield element.tail or ""


def _is_row(element: etree._Element) -> bool:
    return element.tag == "tr" and element.find(".//table") is None


def _marks(element: etree._Element, *, starts: bool, in_row: bool) -> Iterator[str | None]:
    if element.tag == "br" and starts:
        yield _BREAK
    elif in_row and element.tag in _CELLS:
        yield _TAB if starts and element.getprevious() is not None else " "
    elif element.tag in _BLOCKS:
        yield " " if in_row else None


def _before(element: etree._Element) -> Iterator[str]:
    if element.tag == "pre":
        yield (element.text or "").replace("\n", _BREAK)
    elif element.tag not in _SILENT:
        yield element.text or ""


def _after(element: etree._Element) -> Iterator[str]:
    """Yield what an element says in attributes: input, picture, link."""
    if element.tag in ("input", "img"):
        yield f" {element.get('value') or element.get('alt') or ''} "
    elif link := _LINK.match(element.get("href", "")):
        address = unquote(link[1])
        yield f" {address} " if address not in "".join(element.itertext()) else ""


def _tidy(run: str) -> str:
    lines = _SPACE.sub(" ", run).split(_BREAK)
    text = "\n".join(line.strip(" ") for line in lines).strip("\n")
    return _AROUND_TAB.sub("\t", text) if text.strip(_TAB + " \n") else ""


def _properties(tree: etree._Element) -> dict[str, str]:
    found = {"Title": (tree.findtext(".//title") or "").strip()}
    for meta in tree.iter("meta"):
        name = _NAMES.get((meta.get("name") or "").lower())
        if name:
            found[name] = meta.get("content", "")
    return found
