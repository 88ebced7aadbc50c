"""What a file is told to be."""

from __future__ import annotations

import io

import pytest

from connectors.readers.media import media_type

TABLE = "番号\t氏名\n1\t山田\n2\t佐藤\n"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("export.txt", TABLE.encode("cp932"), "text/tab-separated-values"),
        ("export.dat", TABLE.replace("\t", ",").encode(), "text/csv"),
        ("memo.txt", "山田様、お世話に,なります\nよろしく\nお願い,します\n".encode(), "text/plain"),
        ("access.log", TABLE.encode(), "text/plain"),
        ("events", b'{"a":1}\n{"a":2}\n', "application/jsonl"),
        ("a.csv", b"PKEY,NAME\n1,a\n", "text/csv"),
        ("a.csv", "1,佐".encode()[:-1] + b"\n", "text/csv"),
        ("a.csv", bytes(range(256)) * 4, "application/octet-stream"),
        ("a.txt", b"", "text/plain"),
        # zeros that a power cut left
        ("a.log", "氏名：山田".encode() + b"\0" * 4, "text/plain"),
        ("a.bin", "氏名：山田".encode() + b"\0" * 4, "application/octet-stream"),
        ("a.log", b"\0" * 900, "application/octet-stream"),
    ],
)
def test_media_type(name: str, data: bytes, kind: str) -> None:
    """Bytes come first, then the suffix, then how the lines look."""
    assert media_type(io.BytesIO(data), name) == kind
