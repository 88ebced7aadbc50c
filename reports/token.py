"""A token stands for a value without telling it: keyed BLAKE2b-128 of kind ‖ 0x00 ‖ normal form.

BLAKE2b is RFC 7693; its keyed mode is a MAC, so without the key nobody can try names or telephone
numbers against the inventory. The key is 32 random bytes, kept outside the inventory; each use
(tokens, sealing, digests, ids) has a key of its own, derived with HKDF (RFC 5869).
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reports.errors import KeyRefused
from reports.seal import Seal

KEY_BYTES = 32
TOKEN_BYTES = 16
OWNER_ONLY = 0o600


def derive(key: bytes, purpose: str, length: int = KEY_BYTES) -> bytes:
    """Return the key for one ``purpose`` (``token``, ``seal``, ``digest``, ``id``…)."""
    info = f"shozai {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(key)


class Tokens:
    """Makes tokens under one key. Has no ``repr`` of the key and refuses to be pickled.

    >>> tokens = Tokens(bytes(32))
    >>> tokens.token("email", "taro@example.jp") == tokens.token("email", "taro@example.jp")
    True
    >>> len(tokens.token("name", "山田太郎"))
    16
    """

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise KeyRefused(
                f"A key has {KEY_BYTES} bytes, this one {len(key)}: run `shozai init`."
            )
        self._key = key
        self._token_key = derive(key, "token")

    def token(self, kind: str, normal: str) -> bytes:
        """Return the 16 bytes that stand for a value in its normal form."""
        text = f"{kind}\0{normal}".encode()
        return blake2b(text, digest_size=TOKEN_BYTES, key=self._token_key).digest()

    def many(self, kind: str, normals: Iterable[str]) -> list[bytes]:
        """Return the tokens of many values, in their order."""
        # A state that has taken key and kind is copied in less time than a new one is made.
        begun = blake2b(f"{kind}\0".encode(), digest_size=TOKEN_BYTES, key=self._token_key).copy
        made = []
        for normal in normals:
            state = begun()
            state.update(normal.encode())
            made.append(state.digest())
        return made

    @cached_property
    def fingerprint(self) -> str:
        """Tells keys apart without telling the key: 16 hexadecimal digits."""
        return derive(self._key, "fingerprint", 8).hex()

    @cached_property
    def seal(self) -> Seal:
        """Seals names of places under a key apart."""
        return Seal(derive(self._key, "seal", 64))

    @cached_property
    def digest_key(self) -> bytes:
        """The key for digests of whole rows (records without a key of their own)."""
        return derive(self._key, "digest")

    @cached_property
    def id_key(self) -> bytes:
        """The key for the ids of fields and links."""
        return derive(self._key, "id")

    def __repr__(self) -> str:
        return f"Tokens({self.fingerprint})"

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("A key doesn't travel: each worker reads it from its own environment.")


def parse_key(text: str) -> bytes:
    """Read a key written as 64 hexadecimal digits; raise ``KeyRefused`` otherwise."""
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyRefused("The key isn't 64 hexadecimal digits: make one with `shozai init`.")
    return key


def read_key(path: Path) -> bytes:
    """Read a key file; raise ``KeyRefused`` unless only its owner can open it (mode 0600)."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        mend = "set SHOZAI_KEY or run `shozai init`"
        raise KeyRefused(f"Can't read the key file {path} ({error.strerror}): {mend}.") from None
    if mode & 0o077:
        raise KeyRefused(f"Others can read the key file {path}: run `chmod 600 {path}`.")
    return parse_key(text)


def new_key_file(path: Path) -> bytes:
    """Write a new random key that only its owner can read; never over an existing one."""
    key = secrets.token_bytes(KEY_BYTES)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        raise KeyRefused(f"There is a key in {path} already: keep it, or move it away.") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
    return key
