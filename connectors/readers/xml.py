"""XML (W3C): exports, settings and forms of e-Gov, of which no reader knows more than this.

Every text between tags and every attribute is a part, numbered from 1 in document order; its field
is the path of tags below the root, ``customer.name`` or ``customer@id``, without namespaces. Of
more paths than 1000 the rest is ``text``. Entities and document types are neither read nor
expanded, and nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from lxml import etree

from connectors import encoding
from connectors.encoding import Guess
from connectors.errors import Damaged
from connectors.place import Status
from connectors.readers import charset
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.damage import damage_told
from connectors.readers.parts import Part, pieces, place
from connectors.readers.transcode import Utf8

MEDIA_TYPE = "application/xml"
MOST_PATHS = 1000

_CHUNK = 1 << 20
_LABEL = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""")
_BROKEN = "its XML breaks off or is damaged; what stands before was read"


class XmlReader:
    """Reads a document as a stream: record ``{"part":3}``, field by path."""

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Tell the encoding by mark, label or bytes; the fields only reading tells."""
        guess = _guess(file)
        return Layout(MEDIA_TYPE, encoding=guess.codec, encoding_evidence=guess.evidence)

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Yield all texts, then what couldn't be read."""
        stream = Utf8(file, _guess(file))
        yield from pieces(_parts(stream))
        yield from stream.gaps()


def _guess(file: BinaryIO) -> Guess:
    head = file.read(encoding.HEAD)
    found, label = encoding.detect(head), _LABEL.match(head[:1024])
    codec = charset.known(label[1].decode()) if label and not found.bom else None
    if codec is None or charset.decode(head, codec).codec != codec:
        return found
    return Guess(codec, 0, "its own label, which its bytes fit")


def _parts(stream: Utf8) -> Iterator[Part | Gap]:
    found = _Found()
    parser = etree.XMLParser(
        target=found, encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=True
    )
    try:
        while chunk := stream.read(_CHUNK):
            with damage_told(_BROKEN):
                parser.feed(chunk)
            yield from found.taken()
        with damage_told(_BROKEN):
            parser.close()
    except Damaged as damage:
        yield from found.taken()
        yield Gap(Status.PARTIAL, str(damage))
    yield from found.taken()
    if found.entities:
        yield Gap(Status.PARTIAL, "entities of its own are not expanded", found.entities)


class _Found:
    """What the parser met since it was last asked."""

    def __init__(self) -> None:
        self.entities = 0
        self._path: list[str] = []
        self._texts: list[str] = []
        self._paths: set[str] = set()
        self._parts: list[Part] = []
        self._number = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._flush()
        self._path.append(_local(tag))
        for name, value in attributes.items():
            self._add(f"{self._where()}@{_local(name)}", value)

    def end(self, _: str) -> None:
        self._flush()
        self._path.pop()

    def data(self, text: str) -> None:
        self._texts.append(text)

    def doctype(self, *_: str | None) -> None:
        self.entities += 1

    def close(self) -> None:
        self._flush()

    def taken(self) -> list[Part]:
        parts, self._parts = self._parts, []
        return parts

    def _flush(self) -> None:
        text = "".join(self._texts).strip()
        self._texts = []
        if text:
            self._add(self._where(), text)

    def _where(self) -> str:
        return ".".join(self._path[1:] or self._path)

    def _add(self, path: str, text: str) -> None:
        if path not in self._paths and len(self._paths) >= MOST_PATHS:
            path = "text"
        self._paths.add(path)
        self._number += 1
        if text.strip():
            self._parts.append(Part(place(part=self._number), {path: text}))


def _local(name: str) -> str:
    return name.rpartition("}")[2]
