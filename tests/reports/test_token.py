"""Tokens: equal for equal values under one key, and telling nothing without it."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.errors import KeyRefused
from reports.token import Tokens, derive, new_key_file, parse_key, read_key

KEY = bytes(range(32))


@given(st.lists(st.text(), max_size=20))
def test_one_by_one_and_in_bulk(values: list[str]) -> None:
    """The tokens of many values are those of each."""
    tokens = Tokens(KEY)
    assert tokens.many("name", values) == [tokens.token("name", value) for value in values]


def test_what_makes_tokens_differ() -> None:
    """Another kind, value or key gives another token, and kind and value don't run together."""
    tokens, others = Tokens(KEY), Tokens(bytes(32))
    made = {
        tokens.token("name", "a"),
        tokens.token("name", "b"),
        tokens.token("key", "a"),
        tokens.token("nam", "ea"),
        others.token("name", "a"),
    }
    assert len(made) == 5
    assert {len(token) for token in made} == {16}


def test_keys_apart() -> None:
    """Each purpose has a key of its own, and the fingerprint tells none."""
    assert len({KEY, *(derive(KEY, purpose) for purpose in ("token", "seal", "digest", "id"))}) == 5
    assert Tokens(KEY).fingerprint not in KEY.hex()
    assert KEY.hex() not in repr(Tokens(KEY))


def test_a_key_does_not_travel() -> None:
    """Tokens refuse to be pickled: workers read the key from their own environment."""
    with pytest.raises(TypeError, match="travel"):
        pickle.dumps(Tokens(KEY))


def test_key_file(tmp_path: Path) -> None:
    """A new key file is 0600, is read back, and is never overwritten."""
    path = tmp_path / "key"
    key = new_key_file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_key(path) == key
    with pytest.raises(KeyRefused, match="already"):
        new_key_file(path)
    assert read_key(path) == key


def test_refused_keys(tmp_path: Path) -> None:
    """A key that others can read, a missing and a malformed one are refused in one sentence."""
    path = tmp_path / "key"
    with pytest.raises(KeyRefused, match="shozai init"):
        read_key(path)
    new_key_file(path)
    path.chmod(0o640)
    with pytest.raises(KeyRefused, match="chmod 600"):
        read_key(path)
    with pytest.raises(KeyRefused, match="64 hexadecimal") as refused:
        parse_key("secret-but-wrong")
    assert "secret-but-wrong" not in str(refused.value)
    with pytest.raises(KeyRefused, match="32 bytes"):
        Tokens(b"short")
