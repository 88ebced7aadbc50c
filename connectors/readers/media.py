"""Media type (RFC 6838): what a file is, by its bytes; by its suffix only where bytes don't tell.

A suffix says what text is meant as (CSV, log, JSON lines); of a binary file it says nothing that
its first bytes don't say better. Archives, which have no reader, are told as what they are.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

from connectors import encoding
from connectors.readers.damage import damage_told

UNKNOWN = "application/octet-stream"
ZIP = "application/zip"
TAR = "application/x-tar"
GZIP = "application/gzip"
OLE = "application/x-ole-storage"

_OFFICE = "application/vnd.openxmlformats-officedocument."
_DOCX = f"{_OFFICE}wordprocessingml.document"
_XLSX = f"{_OFFICE}spreadsheetml.sheet"
_PPTX = f"{_OFFICE}presentationml.presentation"
_INSIDE = {"word/": _DOCX, "xl/": _XLSX, "ppt/": _PPTX}
_LOCKED = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), _DOCX),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), _XLSX),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".potx"), _PPTX),
}
_MAGIC = (
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"\x1f\x8b", GZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"{\\rtf", "application/rtf"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
_SUFFIXES = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".tab": "text/tab-separated-values",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".json": "application/json",
    ".htm": "text/html",
    ".html": "text/html",
    ".xhtml": "text/html",
    ".eml": "message/rfc822",
    ".mbox": "application/mbox",
}
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)", re.IGNORECASE | re.DOTALL
)
_MAIL = re.compile(
    r"(?:From [^\n]*\n)?(?:(?:Return-Path|Received|Delivered-To|X-[\w-]+|From|To|Date|Subject|"
    r"Message-ID|MIME-Version|Reply-To|DKIM-Signature):[^\n]*\n(?:[ \t][^\n]*\n)*){3}",
    re.IGNORECASE,
)
_MBOX = re.compile(r"From \S+ .*\d{1,2}:\d{2}.*\d{4}\r?\n[!-9;-~]+:")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FEW = 100


def media_type(file: BinaryIO, hint: str) -> str:
    """Tell what ``file`` is, ``hint`` being its name, and go back to its start."""
    file.seek(0)
    head = file.read(encoding.HEAD)
    file.seek(0)
    found = _by_bytes(file, head, PurePosixPath(hint).suffix.lower())
    file.seek(0)
    return found


def _by_bytes(file: BinaryIO, head: bytes, suffix: str) -> str:
    if head.startswith(b"PK"):
        return _zip(file)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return _LOCKED.get(suffix, kind) if kind == OLE else kind
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head[257:262] == b"ustar":
        return TAR
    return _text(head, suffix)


def _zip(file: BinaryIO) -> str:
    with damage_told("The ZIP's table of contents can't be read; restore or replace it."):
        names = zipfile.ZipFile(file).namelist()
    if "[Content_Types].xml" in names:
        for folder, kind in _INSIDE.items():
            if any(name.startswith(folder) for name in names):
                return kind
    return ZIP


def _text(head: bytes, suffix: str) -> str:
    guess = encoding.detect(head)
    text, broken = encoding.decode(head[guess.bom :], guess.codec)
    if (len(_CONTROL.findall(text)) + broken) * _FEW > len(text):
        return UNKNOWN
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    for pattern, kind in ((_MBOX, "application/mbox"), (_MAIL, "message/rfc822")):
        if pattern.match(text):
            return kind
    return "text/html" if _HTML.match(text) else "text/plain"
