"""Hashes made beside the work are those that are made alone."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from connectors.files.beside import hashed, tee
from connectors.files.hashing import file_hash

LARGE = 9 * 1024 * 1024 + 5


@pytest.mark.parametrize("size", [0, 1, LARGE])
def test_while_it_is_read(tmp_path: Path, size: int) -> None:
    """A file's hash is the same, and who reads the file meanwhile isn't moved."""
    path = tmp_path / "a"
    path.write_bytes(_bytes(size))
    with path.open("rb") as file:
        alone = file_hash(file, b"key")
        with hashed(file, b"key") as told:
            assert file.read() == path.read_bytes()
            assert told() == told() == alone
        assert file_hash(file, b"another") != alone


@pytest.mark.parametrize("steps", [[3, 5], [LARGE], [7, LARGE, 1, 300_000, 2_000_000, 9], []])
def test_while_it_is_written(tmp_path: Path, steps: list[int]) -> None:
    """What is written in pieces of any size is written whole, and has the hash of the whole."""
    pieces = [_bytes(size) for size in steps]
    with (tmp_path / "a").open("w+b") as file, tee(file, b"key") as out:
        assert [out.write(piece) for piece in pieces] == steps
        told = out.hash()
        out.flush()
        assert told == file_hash(file, b"key")
        assert file.read() == b"".join(pieces)


def test_left_early(tmp_path: Path) -> None:
    """Whoever stops reading doesn't wait for the hash, and gets the reason why it stopped."""
    path = tmp_path / "a"
    path.touch()
    os.truncate(path, 1 << 40)
    with pytest.raises(KeyError), path.open("rb") as file, hashed(file, b"key"):
        raise KeyError


def _bytes(size: int) -> bytes:
    return hashlib.shake_128(b"any").digest(size)
