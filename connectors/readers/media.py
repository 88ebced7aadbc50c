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
from connectors.readers import ole, sql_head
from connectors.readers.damage import damage_told
from connectors.readers.dialect import is_table

UNKNOWN = "application/octet-stream"
ZIP = "application/zip"
TAR = "application/x-tar"
GZIP = "application/gzip"
OLE = "application/x-ole-storage"
#: Called an SQLite database, but without its first bytes: encrypted, most likely.
SQLITE_LOCKED = "application/x-sqlite-locked"

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
# Two letters alone may also begin the text PKEY,NAME.
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MAGIC = (
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"PARE", "application/vnd.apache.parquet"),
    (b"\x1f\x8b", GZIP),
    (ole.MAGIC, OLE),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (sql_head.CUSTOM_MAGIC, sql_head.CUSTOM),
    (b"{\\rtf", "application/rtf"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"\x7fELF", "application/x-executable"),
)
_SUFFIXES = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".tab": "text/tab-separated-values",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".json": "application/json",
    ".xml": "application/xml",
    ".htm": "text/html",
    ".html": "text/html",
    ".xhtml": "text/html",
    ".eml": "message/rfc822",
    ".mbox": "application/mbox",
}
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(r"\ufeff?<\?xml\s+version=")
_MAIL = re.compile(
    r"(?:From [^\n]*\n)?(?:(?:Return-Path|Received|Delivered-To|X-[\w-]+|From|To|Date|Subject|"
    r"Message-ID|MIME-Version|Reply-To|DKIM-Signature):[^\n]*\n(?:[ \t][^\n]*\n)*){3}",
    re.IGNORECASE,
)
_MBOX = re.compile(r"From \S+ .*\d{1,2}:\d{2}.*\d{4}\r?\n[!-9;-~]+:")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_FEW = 100
#: Power that fails leaves zeros in a log; what isn't called text may hold no more than _FEW allows.
_CALLED_TEXT = frozenset(
    (".txt", ".log", ".md", ".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json", ".html", ".htm")
)
_SOME = 4
_JSON_OBJECT = re.compile(r'\{\s*(?:\}|".*\})\s*', re.DOTALL)
_UNTOLD = ("", ".dat", ".asc")
_LINES = 20
_SQLITE = (".sqlite", ".sqlite3", ".sqlitedb", ".db3", ".db", ".sqlcipher")


def media_type(file: BinaryIO, hint: str) -> str:
    """Tell what ``file`` is, ``hint`` being its name, and go back to its start."""
    file.seek(0)
    head = file.read(encoding.HEAD)
    file.seek(0)
    found = _by_bytes(file, head, PurePosixPath(hint).suffix.lower())
    file.seek(0)
    return found


def _by_bytes(file: BinaryIO, head: bytes, suffix: str) -> str:
    if head.startswith(_ZIP_MAGIC):
        return _zip(file)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return _ole(file, suffix) if kind == OLE else kind
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


def _ole(file: BinaryIO, suffix: str) -> str:
    found = ole.kind(file)
    if found in (None, ole.LOCKED):
        return _LOCKED.get(suffix, found or OLE)
    return found


def _text(head: bytes, suffix: str) -> str:
    guess = encoding.detect(head)
    text, broken = encoding.decode(head[guess.bom :], guess.codec)
    zeros = text.count("\0") * (2 if suffix in _CALLED_TEXT else _FEW)
    controls = len(_CONTROL.findall(text)) * _FEW
    if zeros + controls > len(text) or broken * _SOME > len(text):
        return SQLITE_LOCKED if suffix in _SQLITE else UNKNOWN
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    for pattern, kind in ((_MBOX, "application/mbox"), (_MAIL, "message/rfc822")):
        if pattern.match(text):
            return kind
    if _HTML.match(text):
        return "text/html"
    if sql_head.is_dump(text):
        return sql_head.MEDIA_TYPE
    return "application/xml" if _XML.match(text) else _plain(text, suffix)


def _plain(text: str, suffix: str) -> str:
    """Tell a table or JSON lines that no suffix announces; a log stays lines."""
    lines = [line for line in text.splitlines(keepends=True)[:_LINES] if line.strip()]
    if all(map(_JSON_OBJECT.fullmatch, lines)) and len(lines) > 1:
        return "application/jsonl"
    if suffix != ".log" and is_table(lines, "\t"):
        return "text/tab-separated-values"
    return "text/csv" if suffix in _UNTOLD and is_table(lines, ",") else "text/plain"
