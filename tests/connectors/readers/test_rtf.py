r"""RTF as word processors write it, Word of Japan's ``\'83\\`` for ソ among it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from connectors.errors import Damaged
from connectors.place import Status
from connectors.readers.base import Gap
from connectors.readers.media import media_type
from connectors.readers.rtf import RtfReader

Reading = Callable[..., Any]
FONTS = r"{\fonttbl{\f0\fnil\fcharset0 Times;}{\f1\fnil\fcharset128 \'82\'6c\'82\'72;}}"


def cp932(text: str) -> str:
    r"""Write text as Word does: ``\'xx`` for high bytes, the trail byte bare or escaped."""
    written = ""
    for byte in text.encode("cp932"):
        character = chr(byte)
        if byte > 0x7F:
            written += f"\\'{byte:02x}"
        else:
            written += f"\\{character}" if character in "\\{}" else character
    return written


def rtf(body: str, head: str = FONTS, page: int = 932) -> bytes:
    """Return a file."""
    return rf"{{\rtf1\ansi\ansicpg{page}\deff0{head}{body}}}".encode("latin-1")


@pytest.mark.parametrize("page", [932, 1252])
def test_japanese_by_font(read: Reading, page: int) -> None:
    r"""Japanese is decoded by its font's character set, even where trail bytes are ``\\{}``."""
    text = "ソ能表構十予ポ 髙橋 ボマ①"
    found = read(RtfReader(), rtf(rf"\pard\f1 {cp932(text)}\par", page=page))
    assert found.texts() == {'{"part":1}': text}
    assert not found.gaps


def test_bare_bytes(read: Reading) -> None:
    """Bare bytes of CP932, as careless programs write them, are read too."""
    data = rb"{\rtf1\ansi\ansicpg932 " + "ソース 山田太郎".encode("cp932") + rb"\par}"
    assert read(RtfReader(), data).texts() == {'{"part":1}': "ソース 山田太郎"}


def test_unicode(read: Reading) -> None:
    r"""``\u`` gives the character, halves of a pair included, and its stand-ins are passed over."""
    body = r"\uc2\u23665\'8e\'52\uc1\u30000 ?\u-10174?\u-8263?{\uc0\u22826}\u37070?x\par"
    texts = read(RtfReader(), rtf(body)).texts()
    assert texts == {'{"part":1}': "山田\U00020bb9太郎x"}


def test_paragraphs_and_rows(read: Reading) -> None:
    """Paragraphs and table rows count from 1, empty ones too."""
    body = (
        r"\pard first\par\par\trowd\pard\intbl a\cell b\par c\cell\row"
        r"\trowd\pard\intbl d\cell e\cell\row\pard last\par"
    )
    assert read(RtfReader(), rtf(body)).texts() == {
        '{"part":1}': "first",
        '{"part":3}': "a\tb\nc",
        '{"part":4}': "d\te",
        '{"part":5}': "last",
    }


def test_beside(read: Reading) -> None:
    """Headers, footnotes, comments and text boxes follow the body; who wrote is a property."""
    body = (
        rf"{{\info{{\author\f1 {cp932('山田太郎')}}}{{\*\company ACME}}{{\title t}}}}"
        r"{\*\revtbl{Unknown;}{Suzuki;}}{\header head\par}{\pict\pngblip 89504e47}"
        r"\pard body{\footnote note}{\*\atnauthor Sato}{\*\annotation{\*\atndate 1}remark}"
        r"{\deleted gone}{\v hidden}{\*\unknown secret}"
        r"{\shp{\*\shpinst\shpleft0{\sp{\sn fc}{\sv 1}}{\shptxt box\par}}{\shprslt{\*\do box}}}\par"
    )
    found = read(RtfReader(), rtf(body))
    assert list(found.texts().values()) == ["bodygonehidden", "head", "note", "remark", "box"]
    assert found.rows[-1] == (
        '{"part":"properties"}',
        {"Author": "山田太郎", "Company": "ACME", "Title": "t", "ChangedBy": "Suzuki\nSato"},
    )


def test_objects_and_binary(read: Reading) -> None:
    """Embedded objects are told; binary data may look like anything."""
    body = r"{\object\objemb{\*\objdata 0105}{\result shown}}{\pict\bin5 }}{{\}}after\par"
    found = read(RtfReader(), rtf(body))
    assert found.gaps == [Gap(Status.PARTIAL, "embedded files are not read", 1)]
    assert list(found.texts().values()) == ["shownafter"]


def test_broken_files(read: Reading) -> None:
    """A file cut anywhere gives what stands before; what is no RTF is damaged."""
    whole = rtf(rf"\pard\f1 {cp932('山田太郎')}\par{{\b x}}")
    for size in range(5, len(whole)):
        read(RtfReader(), whole[:size])
    assert media_type(io.BytesIO(whole), "a.doc") == "application/rtf"
    with pytest.raises(Damaged, match="isn't RTF"):
        list(RtfReader().read(io.BytesIO(b"x"), "a.rtf"))
