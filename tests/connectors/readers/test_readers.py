"""The table of readers, and how a file finds its row in it."""

from __future__ import annotations

import io
import zipfile

import pytest

from connectors.errors import Damaged, Unsupported
from connectors.readers import READERS, reader_for
from connectors.readers.media import media_type

OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize("kind", READERS)
def test_every_row_names_a_reader(kind: str) -> None:
    """Each media type of the table has a reader that can be made."""
    reader = reader_for(kind)
    assert callable(reader.layout)
    assert callable(reader.read)


def test_what_has_no_reader_is_unsupported() -> None:
    """A media type without a reader is refused in one sentence."""
    with pytest.raises(Unsupported, match="msword"):
        reader_for("application/msword")


def packed(*names: str) -> bytes:
    """Return a ZIP of empty files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "hint", "kind"),
    [
        (b"%PDF-1.7 ", "a.csv", "application/pdf"),
        (b"PAR1....", "a", "application/vnd.apache.parquet"),
        (
            packed("[Content_Types].xml", "word/document.xml"),
            "a",
            OFFICE + "wordprocessingml.document",
        ),
        (packed("[Content_Types].xml", "xl/a.xml"), "a.docx", OFFICE + "spreadsheetml.sheet"),
        (packed("word/a.csv"), "a.docx", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xlsx", OFFICE + "spreadsheetml.sheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "application/x-ole-storage"),
        (b"\x1f\x8b\x08", "a.csv", "application/gzip"),
        ("氏名,電話\n".encode("cp932"), "a.csv", "text/csv"),
        (b"a\tb\n", "A.TSV", "text/tab-separated-values"),
        (b'{"a":1}\n', "a.jsonl", "application/jsonl"),
        (b"<!DOCTYPE html><p>x", "a", "text/html"),
        (b"From: a@b.jp\nTo: c@d.jp\nSubject: x\n\nx", "a.txt", "message/rfc822"),
        (b"From a@b.jp Thu Sep 18 17:54:04 2008\nFrom: a@b.jp\n\nx", "inbox", "application/mbox"),
        ("From: 山田\n".encode(), "a.log", "text/plain"),
        ("山田太郎".encode("utf-16"), "a.txt", "text/plain"),
        (b"", "a.txt", "text/plain"),
        (bytes(range(256)) * 4, "a.csv", "application/octet-stream"),
    ],
)
def test_a_file_is_known_by_its_bytes(data: bytes, hint: str, kind: str) -> None:
    """Bytes tell what a file is; a suffix only what text is meant as."""
    file = io.BytesIO(data)
    assert media_type(file, hint) == kind
    assert file.tell() == 0


def test_a_broken_zip_is_damaged() -> None:
    """A ZIP without its table of contents is damaged, whatever it was."""
    with pytest.raises(Damaged, match="ZIP"):
        media_type(io.BytesIO(packed("a")[:40]), "a.docx")
