"""OLE compound file (MS-CFB): what Office wrote until 2003, and wraps around what it encrypts.

Source: https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb
"""

from __future__ import annotations

from typing import BinaryIO

from olefile import OleFileIO

from connectors.readers import charset
from connectors.readers.damage import damage_told

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD, EXCEL, POWERPOINT = (
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
)
#: An Office file of today under a password, which alone tells of which kind it is.
LOCKED = "application/x-office-locked"

_STREAMS = {
    "EncryptedPackage": LOCKED,
    "Workbook": EXCEL,
    "Book": EXCEL,
    "WordDocument": WORD,
    "PowerPoint Document": POWERPOINT,
}
_PROPERTIES = {
    "author": "Author",
    "last_saved_by": "LastModifiedBy",
    "title": "Title",
    "subject": "Subject",
    "keywords": "Keywords",
    "comments": "Description",
    "category": "Category",
    "manager": "Manager",
    "company": "Company",
}
_BROKEN = "The Office file can't be read; open and save it anew, or restore it."


def kind(file: BinaryIO) -> str | None:
    """Return the media type; ``None`` where it is neither known nor whole."""
    try:
        with damage_told(_BROKEN), _opened(file) as ole:
            return next((kind for name, kind in _STREAMS.items() if ole.exists(name)), None)
    except Exception:  # noqa: BLE001  # whatever is wrong with it, its reader tells
        return None


def properties(file: BinaryIO) -> dict[str, str]:
    """Return what the file says of itself: Author, Title and such; raises ``Damaged``."""
    with damage_told(_BROKEN), _opened(file) as ole:
        found = ole.get_metadata()
    label = f"cp{found.codepage}" if isinstance(found.codepage, int) else None
    values = ((shown, getattr(found, name)) for name, shown in _PROPERTIES.items())
    return {name: _text(value, label) for name, value in values if value}


def _opened(file: BinaryIO) -> OleFileIO:
    file.seek(0)
    return OleFileIO(file)


def _text(value: bytes | str, label: str | None) -> str:
    # A code page of 65001 is UTF-8; one of -535 the same number, signed.
    if isinstance(value, str):
        return value
    return charset.decode(value, "utf-8" if label in ("cp65001", "cp-535") else label).text
