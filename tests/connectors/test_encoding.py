"""What an encoding is recognised by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.encoding import decode, detect

TABLE = "氏名,フリガナ,住所\n髙橋 一郎,タカハシ イチロウ,東京都千代田区丸の内1-2-3\n"
HALF_KANA = "ﾔﾏﾀﾞ ﾀﾛｳ\nｽｽﾞｷ ﾊﾅｺ\nﾀｶﾊｼ ｲﾁﾛｳ\nﾜﾀﾅﾍﾞ ｼﾞｭﾝ\n"


@pytest.mark.parametrize(
    ("text", "codec", "told"),
    [
        (TABLE, "utf-8", "utf-8"),
        (TABLE, "utf-8-sig", "utf-8"),
        (TABLE, "cp932", "cp932"),
        (TABLE, "utf-16", "utf-16-le"),
        (TABLE, "utf-16-be", "utf-16-be"),
        (TABLE.replace("髙", "高"), "euc_jp", "euc-jp"),
        (TABLE.replace("髙", "高"), "iso2022_jp", "iso-2022-jp"),
        ("山田太郎\n佐藤花子\n", "euc_jp", "euc-jp"),
        ("山田太郎", "cp932", "cp932"),
        (HALF_KANA, "cp932", "cp932"),
        ("id,name\n1,Taro\n", "ascii", "ascii"),
        ("①②㈱髙﨑", "cp932", "cp932"),
    ],
)
def test_detect(text: str, codec: str, told: str) -> None:
    """Each encoding of Japanese files is told, and with it the text comes out as it went in."""
    data = text.encode(codec)
    guess = detect(data)
    assert guess.codec == told
    assert guess.evidence
    assert decode(data[guess.bom :], guess.codec) == (text, 0)


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp"])
@pytest.mark.parametrize("at", [0, 7, -1])
def test_stray_zeros_are_no_utf16(codec: str, at: int) -> None:
    """A zero that a power cut left in a file doesn't turn all of it into Chinese."""
    text = TABLE.replace("髙", "高")
    torn = text[:at] + "\0" + text[at:]
    assert detect(torn.encode(codec)).codec == codec.replace("_", "-")


def test_double_mark() -> None:
    """Two byte order marks are both skipped."""
    guess = detect(b"\xef\xbb\xbf\xef\xbb\xbfa")
    assert (guess.codec, guess.bom) == ("utf-8", 6)


def test_cut_character() -> None:
    """A head that ends within a character is still what it is."""
    data = TABLE.encode()
    assert {detect(data[:size]).codec for size in range(40, 60)} == {"utf-8"}


def test_damaged_utf8_stays_utf8() -> None:
    """Text cut within characters, as fixed-width exports do, isn't taken for another encoding."""
    data = b"\n".join("東京都千代田区丸の内".encode()[:-1] for _ in range(50))
    assert detect(data).codec == "utf-8"
    assert decode(data, "utf-8")[1] == 100


@pytest.mark.parametrize(
    ("data", "codec"),
    [(b"\xad\xa1\xad\xea", "euc-jp"), (b"\x1b$B\x2d\x21\x2d\x6a\x1b(B", "iso-2022-jp")],
)
def test_vendor_characters(data: bytes, codec: str) -> None:
    """The rows that vendors added decode in the encodings Python knows only by the standard."""
    assert decode(data, codec) == ("①㈱", 0)


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "cp932", "euc-jp", "iso-2022-jp"]))
def test_decode_takes_anything(data: bytes, codec: str) -> None:
    """Any bytes become text that can be written as UTF-8 again."""
    text, bad = decode(data, codec)
    text.encode()
    assert 0 <= bad <= len(data)


@given(st.binary(max_size=300))
def test_detect_takes_anything(data: bytes) -> None:
    """Any bytes have a likeliest encoding, and it decodes."""
    guess = detect(data)
    decode(data[guess.bom :], guess.codec)
