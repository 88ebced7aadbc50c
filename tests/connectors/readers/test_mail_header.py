"""Headers as Japanese mailers write them: within the rules, and beside them."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.readers import mail_header

JIS = "山田太郎".encode("iso-2022-jp")


def raw(data: bytes) -> str:
    """Return bytes as the parser of mail hands them over."""
    return data.decode("ascii", "surrogateescape")


def word(data: bytes, charset: str) -> str:
    """Return an encoded word."""
    return f"=?{charset}?B?{base64.b64encode(data).decode()}?="


@pytest.mark.parametrize(
    ("header", "text"),
    [
        pytest.param("Re: hello", "Re: hello", id="plain"),
        pytest.param(word(JIS, "ISO-2022-JP"), "山田太郎", id="JIS"),
        pytest.param(word("髙橋㈱①".encode("cp932"), "Shift_JIS"), "髙橋㈱①", id="vendor rows"),
        pytest.param(word(b"\x1b$B-j|b\x1b(B", "ISO-2022-JP"), "㈱髙", id="vendor rows in JIS"),
        pytest.param("=?utf-8?Q?=E5=B1=B1_=E7=94=B0?=", "山 田", id="quoted"),
        pytest.param(
            word("山".encode()[:2], "utf-8") + "\r\n " + word("山".encode()[2:], "utf-8"),
            "山",
            id="a character split over two words",
        ),
        pytest.param(
            word("山".encode(), "utf-8") + " " + word("田".encode("cp932"), "sjis"),
            "山田",
            id="two charsets",
        ),
        pytest.param(
            f'"{word(JIS, "iso-2022-jp")}" <a@b.jp>', '"山田太郎" <a@b.jp>', id="in quotes"
        ),
        pytest.param("=?utf-8*ja?B?5bGx?=x", "山x", id="language, nothing between"),
        pytest.param("=?utf-8?B?5bGx5Q?=", r"山\xe5", id="base64 cut"),
        pytest.param(raw(JIS), "山田太郎", id="JIS, not encoded"),
        pytest.param(raw("山田太郎".encode("cp932")), "山田太郎", id="8-bit Shift_JIS"),
        pytest.param(raw("高橋".encode("euc-jp")), "高橋", id="8-bit EUC"),
        pytest.param(raw("山田太郎".encode()), "山田太郎", id="8-bit UTF-8"),
        pytest.param(word("山田".encode("utf-7"), "utf-7"), "山田", id="UTF-7"),
        pytest.param(word("山田".encode("euc-jp"), "us-ascii"), "山田", id="label lies"),
        pytest.param(word("山田".encode(), "x-no-such"), "山田", id="label unknown"),
        pytest.param("a\r\n b\r\n\tc", "a b c", id="folded"),
    ],
)
def test_headers_come_out_readable(header: str, text: str) -> None:
    """A header is read whatever its encoding and its mistakes."""
    assert mail_header.decode(header) == text


@pytest.mark.parametrize(
    ("header", "name"),
    [
        pytest.param('attachment; filename="a b.csv"', "a b.csv", id="plain"),
        pytest.param("attachment; filename=a.csv; size=3", "a.csv", id="bare"),
        pytest.param(
            "attachment; filename*=iso-2022-jp'ja'%1B%24B%3B3ED%1B%28B.csv",
            "山田.csv",
            id="RFC 2231",
        ),
        pytest.param(
            "attachment;\r\n filename*0*=utf-8''%E5%B1;\r\n filename*1*=%B1%E7;\r\n"
            " filename*2*=%94%B0; filename*3=.csv",
            "山田.csv",
            id="RFC 2231 in sections that split characters",
        ),
        pytest.param(
            "attachment; filename*=%E5%B1%B1.csv", "山.csv", id="RFC 2231 without charset"
        ),
        pytest.param(
            f'attachment; filename="{word("名簿.csv".encode("cp932"), "Shift_JIS")}"',
            "名簿.csv",
            id="encoded word in quotes, against the rules",
        ),
        pytest.param(
            f"attachment; filename={word(JIS, 'ISO-2022-JP')}", "山田太郎", id="encoded word, bare"
        ),
        pytest.param(
            raw(b'attachment; filename="' + "表示.csv".encode("cp932") + b'"'),
            "表示.csv",
            id="8-bit Shift_JIS with a backslash in a character",
        ),
        pytest.param(
            raw(b'attachment; filename="' + "辞書".encode("iso-2022-jp") + b'.csv"'),
            "辞書.csv",
            id="JIS, not encoded, with a quote in a character",
        ),
        pytest.param('attachment; filename="a;b.csv"', "a;b.csv", id="semicolon in quotes"),
        pytest.param('attachment; filename="a.csv', "a.csv", id="quote not closed"),
    ],
)
def test_names_of_attachments_come_out_readable(header: str, name: str) -> None:
    """The name of an attachment is read in every way it is written, legal or not."""
    assert mail_header.parameters(header)["filename"] == name


@given(st.text())
def test_any_header_is_read(header: str) -> None:
    """No header makes the reader fail."""
    mail_header.decode(header)
    mail_header.parameters(header)


@given(st.binary())
def test_base64_gives_back_what_was_put_in(data: bytes) -> None:
    """Whole base64 decodes to what it was, with or without padding and line breaks."""
    encoded = base64.encodebytes(data)
    assert mail_header.base64_decoded(encoded) == (data, False)
    assert mail_header.base64_decoded(encoded.replace(b"=", b"")) == (data, False)


@given(st.binary())
def test_any_base64_is_read(data: bytes) -> None:
    """Broken base64 gives what it can."""
    mail_header.base64_decoded(data)
