"""Labels of character encodings, right and wrong."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.readers import charset, reader_for

# What is in JIS X 0208 and looks like prose; half-width kana alone are another story.
PROSE = st.text(
    st.sampled_from("山田太郎佐藤花子東京都様のをにはがですます電話番号ー・、。 0A"), min_size=4
)


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("Shift_JIS", "cp932"),
        (' "x-sjis" ', "cp932"),
        ("ISO-2022-JP", "iso-2022-jp"),
        ("EUC-JP", "euc-jp"),
        ("KS_C_5601-1987", "cp949"),
        ("unicode-1-1-utf-7", "utf-7"),
        ("koi8-r", "koi8-r"),
        ("us-ascii", None),
        ("base64", None),
        ("no such", None),
        (None, None),
    ],
)
def test_labels_are_known_by_what_is_meant(label: str | None, codec: str | None) -> None:
    """A label stands for what Japanese software means by it, or for nothing."""
    assert charset.known(label) == codec


@given(text=PROSE, codec=st.sampled_from(["utf-8", "cp932", "iso-2022-jp", "euc-jp"]))
def test_a_right_label_gives_the_text_back(text: str, codec: str) -> None:
    """Text under its own label comes back as it was."""
    assert charset.decode(text.encode(codec), codec).text == text


@given(text=PROSE, codec=st.sampled_from(["cp932", "iso-2022-jp", "euc-jp"]))
def test_a_wrong_label_costs_nothing(text: str, codec: str) -> None:
    """Japanese text labelled UTF-8 that isn't comes back as it was."""
    assert charset.decode(text.encode(codec), "utf-8").text == text


@given(st.binary(), st.sampled_from(["utf-8", "shift_jis", "iso-2022-jp", "euc-jp", "utf-7", ""]))
def test_any_bytes_decode(data: bytes, label: str) -> None:
    """No bytes under no label make it fail."""
    charset.decode(data, label)


def test_a_cut_text_stays_under_its_label() -> None:
    """UTF-8 cut within its last character is still UTF-8, and the cut is told."""
    found = charset.decode("山田".encode()[:-1], "utf-8")
    assert (found.text[0], found.codec, found.broken > 0) == ("山", "utf-8", True)


@pytest.mark.parametrize(
    ("kind", "data", "evidence"),
    [
        (
            "text/csv",
            "氏名,住所\n髙橋,東京\n".encode("cp932"),
            "15 of 15 bytes above ASCII fit CP932",
        ),
        ("text/plain", "山田".encode("utf-8-sig"), "byte order mark"),
        ("application/jsonl", '{"a":"山田"}\n{"a":"x"}\n'.encode(), "valid UTF-8"),
        ("application/json", '["山田"]'.encode("utf-16"), "byte order mark"),
        ("text/html", '<meta charset="Shift_JIS"><p>髙橋'.encode("cp932"), "its own label"),
        (
            "text/html",
            "<p>山田太郎の住所録です".encode("euc-jp"),
            "10 of 10 pairs are kana or everyday kanji",
        ),
        ("application/xml", "<?xml version='1.0'?><a>山</a>".encode(), "valid UTF-8"),
    ],
)
def test_the_evidence_is_kept(kind: str, data: bytes, evidence: str) -> None:
    """Why a file is believed to be in its encoding is told with its layout."""
    layout = reader_for(kind).layout(io.BytesIO(data), "a")
    assert layout.encoding_evidence == evidence
