"""Rich Text Format (.rtf, RTF 1.9.1): letters and forms of word processors of every age.

Parts are numbered from 1: paragraphs and table rows of the body (an empty one counts), then those
of headers, footers, footnotes, comments and text boxes. Deleted and hidden text is read, since it
is there. Pictures and embedded objects aren't.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from connectors.errors import Damaged
from connectors.place import Status
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.parts import Part, numbered, pieces, properties
from connectors.readers.rtf_text import Texts, paragraphs, texts

MEDIA_TYPE = "application/rtf"
LARGEST = 256 * 1024 * 1024

_MAGIC = b"{\\rtf"


class RtfReader:
    """Reads a document: record ``{"part":3}``, field ``text``."""

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Check that it is RTF; it has no fields."""
        if file.read(len(_MAGIC)) != _MAGIC:
            raise Damaged("This isn't RTF: it doesn't begin as one; restore or replace it.")
        return Layout(MEDIA_TYPE)

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Yield every paragraph and table row, then the properties."""
        data = file.read(LARGEST + 1)
        if not data.startswith(_MAGIC):
            raise Damaged("This isn't RTF: it doesn't begin as one; restore or replace it.")
        if len(data) > LARGEST:
            yield Gap(Status.PARTIAL, f"larger than {LARGEST >> 20} MiB: its end was not read")
        yield from pieces(_parts(texts(data[:LARGEST])))


def _parts(found: Texts) -> Iterator[Part | Gap]:
    yield from numbered(paragraphs(found))
    said = found.properties
    # Word's list of those who changed it begins with nobody.
    said["ChangedBy"] = [name for some in said.get("ChangedBy", ()) for name in some.split(";")]
    said["ChangedBy"] = [name for name in said["ChangedBy"] if name != "Unknown"]
    yield from properties({name: _joined(values) for name, values in said.items()})
    if found.objects:
        yield Gap(Status.PARTIAL, "embedded files are not read", found.objects)
    if found.undecodable:
        reason = "bytes could not be decoded; they are kept as \\x.. in their values"
        yield Gap(Status.PARTIAL, f"{found.undecodable} {reason}", found.undecodable)


def _joined(values: list[str]) -> str:
    return "\n".join(dict.fromkeys(value.strip() for value in values if value.strip()))
