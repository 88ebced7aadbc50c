"""Office Open XML package (ISO/IEC 29500-2): a ZIP of XML parts, as .docx and .pptx are.

XML is read without entities, DTDs or network. A document protected by a password is no ZIP but an
OLE file that holds an ``EncryptedPackage``.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import unquote

from lxml import etree

from connectors.errors import Damaged
from connectors.readers.damage import damage_told

LARGEST = 64 * 1024 * 1024

_BROKEN = "The Office file can't be read; open and save it anew, or restore it."
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PROPERTIES = {
    "creator": "Author",
    "lastModifiedBy": "LastModifiedBy",
    "title": "Title",
    "subject": "Subject",
    "keywords": "Keywords",
    "description": "Description",
    "category": "Category",
    "Company": "Company",
    "Manager": "Manager",
}
_EMBEDDED = re.compile(r"/embeddings/|/oleObject", re.IGNORECASE)
_LINK = re.compile(r"(mailto|tel|callto|sip):", re.IGNORECASE)
_PICTURE = re.compile(r"/media/[^/]+\.(png|jpe?g|tiff?|bmp|gif|emf|wmf)$", re.IGNORECASE)


class Closed(Exception):
    """The package can't be read although it isn't broken; the message is the gap's reason."""


@dataclass(frozen=True, slots=True, repr=False)
class Relation:
    """A part's reference to another part, or outside (``external``: a link's address)."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of one Office file, by name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names: tuple[str, ...] = tuple(archive.namelist())

    def matching(self, pattern: str) -> list[str]:
        """Return the parts whose whole name matches, in the order of the numbers they bear."""
        return sorted((name for name in self.names if re.fullmatch(pattern, name)), key=_natural)

    def tree(self, name: str) -> etree._Element:
        """Parse a part; raises ``Damaged`` if it is missing or broken, ``Closed`` if too large."""
        with damage_told(_BROKEN):
            if self._archive.getinfo(name).file_size > LARGEST:
                raise Closed(f"a part is larger than {LARGEST >> 20} MiB unpacked")
            return etree.fromstring(self._archive.read(name), _parser())

    def main(self) -> str:
        """Return the name of the part that is the document; raises ``Damaged``."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument":
                return relation.target
        raise Damaged("The Office file lacks its document; open and save it anew, or restore it.")

    def relations(self, name: str) -> dict[str, Relation]:
        """Return what a part refers to, by id."""
        folder, base = posixpath.split(name)
        rels = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        if rels not in self.names:
            return {}
        return {one.get("Id", ""): _relation(one, folder) for one in self.tree(rels)}

    def properties(self) -> dict[str, str]:
        """Return what the file says of itself: Author, LastModifiedBy, Title and such."""
        found: dict[str, str] = {}
        for name in self.matching(r"docProps/(core|app|custom)\.xml"):
            for element in self.tree(name):
                field = element.get("name") or _PROPERTIES.get(local(element))
                text = "".join(element.itertext())
                if field and text.strip():
                    found[field] = text
        return found

    def embedded(self) -> int:
        """Count files of other kinds within: workbooks, drawings, sound."""
        return sum(bool(_EMBEDDED.search(name)) for name in self.names)

    def pictures(self) -> int:
        """Count pictures."""
        return sum(bool(_PICTURE.search(name)) for name in self.names)


def local(element: etree._Element) -> str:
    """Return a tag without its namespace: transitional and strict files differ only in those."""
    return str(element.tag).rpartition("}")[2]


def addresses(relations: Mapping[str, Relation]) -> list[str]:
    """Return the mail addresses and telephone numbers that links lead to."""
    links = (one.target for one in relations.values() if one.external)
    return [unquote(_LINK.sub("", link)) for link in links if _LINK.match(link)]


@contextmanager
def package(file: BinaryIO) -> Iterator[Package]:
    """Open an Office file; raises ``Closed`` or ``Damaged``."""
    if file.read(4) == _OLE:
        _explain(file)
    file.seek(0)
    with damage_told(_BROKEN):
        archive = zipfile.ZipFile(file)
    with archive:
        yield Package(archive)


def _explain(file: BinaryIO) -> None:
    # Directory sectors may lie anywhere in an OLE file, so it is searched through.
    tail = b""
    while chunk := file.read(1 << 20):
        if _ENCRYPTED in tail + chunk:
            raise Closed("encrypted")
        tail = chunk[-len(_ENCRYPTED) :]
    raise Damaged("This is an Office file of before 2007; save it in today's format.")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part or 0) if part.isdigit() else 0, part) for part in re.split(r"(\d+)", name)]


def _relation(element: etree._Element, folder: str) -> Relation:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relation(element.get("Type", "").rpartition("/")[2], target, external)
