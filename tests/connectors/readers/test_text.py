"""Lines of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from connectors.readers.text import TextReader

Reading = Callable[..., Any]


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_lines(read: Reading, codec: str) -> None:
    """Lines keep the numbers an editor shows; blank ones are left out."""
    text = "山田太郎様\r\n\r\n   \n電話 03-1234-5678\n最後"
    found = read(TextReader(), text.encode(codec), "a.txt")
    assert found.texts() == {
        '{"line":1}': "山田太郎様",
        '{"line":4}': "電話 03-1234-5678",
        '{"line":5}': "最後",
    }


def test_only_line_ends_end_lines(read: Reading) -> None:
    """Characters that merely look like line ends to Unicode end no line; a lone CR does."""
    found = read(TextReader(), "a\u2028b\x0cc\x85d\re".encode(), "a.txt")
    assert found.texts() == {'{"line":1}': "a\u2028b\x0cc\x85d", '{"line":2}': "e"}


def test_endless_line(read: Reading) -> None:
    """A line of megabytes is read in parts, under one name, and said so."""
    found = read(TextReader(), b"x" * 3_000_000 + b"\nlast", "a.log")
    assert [record for record, _ in found.rows] == ['{"line":1}'] * 3 + ['{"line":2}']
    assert sum(len(values["text"]) for _, values in found.rows) == 3_000_004
    assert [gap.units for gap in found.gaps] == [1]


def test_many_lines(read: Reading) -> None:
    """Numbers go on from batch to batch."""
    found = read(TextReader(), b"abc\n" * 50_000, "a.log")
    assert [record for record, _ in found.rows][-1] == '{"line":50000}'
    assert len(found.rows) == 50_000
