"""A file as one stream of UTF-8, whatever happens in its middle."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.encoding import detect
from connectors.readers.head import head
from connectors.readers.transcode import Utf8

LINE = "1,山田太郎,東京都\n"


def _read(data: bytes) -> tuple[str, Utf8]:
    stream = Utf8(io.BytesIO(data), detect(data[:1000]))
    return stream.read().decode(), stream


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_large(codec: str) -> None:
    """Megabytes come out whole though they are converted in chunks."""
    text = LINE * 100_000
    read, stream = _read(text.encode(codec))
    assert read == text
    assert not list(stream.gaps())


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp", "iso2022_jp"])
def test_japanese_comes_late(codec: str) -> None:
    """What begins with megabytes of ASCII is read in the encoding that shows later."""
    text = "1,abc,def\n" * 300_000 + LINE * 20
    read, stream = _read(text.encode(codec))
    assert read == text
    assert not list(stream.gaps())


def test_another_encoding_later() -> None:
    """Two files pasted together are both read, and it is told."""
    read, stream = _read((LINE * 100_000).encode() + (LINE * 3).encode("cp932"))
    assert read == LINE * 100_003
    assert [gap.units for gap in stream.gaps()] == [3]


def test_bytes_stay_visible() -> None:
    """What decodes in no way stays in its place, visible and counted."""
    read, stream = _read(LINE.encode("cp932") + b"2,\x93,\x94,z\n")
    assert read == LINE + "2,\\x93,\\x94,z\n"
    assert [gap.units for gap in stream.gaps()] == [2]


def test_one_endless_line() -> None:
    """Text without a line's end isn't cut within a character."""
    text = "山田太郎,佐藤花子、" * 1_000_000
    read, stream = _read(text.encode("cp932"))
    assert read == text
    assert not list(stream.gaps())


def test_head_has_whole_lines() -> None:
    """The head ends where a line ends."""
    found = head(io.BytesIO((LINE * 50_000).encode("cp932")))
    assert set(found.lines) == {LINE}


@given(st.text(alphabet=st.characters(codec="cp932", exclude_characters="¢£¬‖−〜"), max_size=300))
def test_any_text(text: str) -> None:
    """Any text in CP932 gives some text, however little of it speaks for an encoding."""
    data = text.encode("cp932")
    read, _ = _read(data)
    assert read or not data
