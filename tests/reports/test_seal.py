"""Seals: names of places that only a key opens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.errors import WrongKey
from reports.seal import Seal, is_sealed, masked_name

SEAL = Seal(bytes(range(64)))


@given(st.text())
def test_round_trip(name: str) -> None:
    """What is sealed opens to the same name, and equal names have equal seals."""
    sealed = SEAL.seal(name)
    assert SEAL.unseal(sealed) == name
    assert sealed == SEAL.seal(name) == SEAL.seal(sealed)
    assert is_sealed(sealed) or name == ""


def test_only_its_key_opens() -> None:
    """Another key opens nothing and says so without the name."""
    with pytest.raises(WrongKey, match="another key"):
        Seal(bytes(64)).unseal(SEAL.seal("山田太郎.docx"))
    with pytest.raises(WrongKey):
        SEAL.unseal('{"enc":"nonsense"}')


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("人事/山田太郎_履歴書.docx", "人＊＊＊/山＊＊＊.docx"),
        ("報告書.山田太郎", "報＊＊＊"),
        ("taro@example.jp", "t＊＊＊.jp"),
        ("旧.tar.gz", "旧＊＊＊.tar.gz"),
        (
            '{"pk":{"email":"taro@example.jp","no":123}}',
            '{"pk":{"email":"t＊＊＊","no":"＊＊＊"}}',
        ),
        ('{"sheet":"山田太郎","row":12}', '{"sheet":"山＊＊＊","row":12}'),
        ('{"part":"attachment:山田太郎.pdf"}', '{"part":"attachment:山＊＊＊.pdf"}'),
        ('{"rowid":7}', '{"rowid":7}'),
    ],
)
def test_masked(name: str, masked: str) -> None:
    """A masked name keeps where in a file it is and what kind of file, and no more."""
    assert masked_name(name) == masked
    assert SEAL.shown(SEAL.seal(name)) == masked
    assert SEAL.shown(SEAL.seal(name), opened=True) == name
    assert SEAL.shown("public.customers") == "public.customers"
