"""Passwords of a ZIP: ZipCrypto (APPNOTE 6.1) and AES (WinZip's AE-1 and AE-2), member by member.

In Japan a file is often sent as a locked ZIP and the password after it. A password in Japanese is
bytes of whatever the packer ran on, so both UTF-8 and code page 932 are tried. ZipCrypto lets one
wrong password of 256 pass at first; the checksum then tells.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO, cast

import pyzipper

from connectors.errors import Damaged
from connectors.readers.member import spool

SHUT = "encrypted: no password of the list opens it"

_BROKEN = "This member of the ZIP is damaged; restore or replace it."
#: What a wrong password leads to, sooner or later; the second is of an own copy of the library.
_WRONG = (RuntimeError, zipfile.BadZipFile, pyzipper.BadZipFile, zlib.error, EOFError)


class Keys:
    """The passwords to try on one ZIP, the one that fitted last first."""

    def __init__(self, file: BinaryIO, passwords: Sequence[str]) -> None:
        self._file = file
        self._keys = list(dict.fromkeys(key for each in passwords for key in _bytes(each)))
        self._archive: pyzipper.AESZipFile | None = None

    def refusal(self, info: zipfile.ZipInfo) -> str | None:
        """Tell why a locked member can't be opened; ``None`` where it can."""
        if not self._keys:
            return "encrypted"
        try:
            return None if any(self._fits(info, key) for key in self._keys) else SHUT
        except NotImplementedError:
            return "encrypted in a way that can't be opened here"

    def unpacked(self, info: zipfile.ZipInfo) -> BinaryIO:
        """Unpack a locked member; raises ``Damaged``."""
        for key in [each for each in self._keys if self._fits(info, each)]:
            with suppress(*_WRONG):
                copy = spool(self._member(info, key))
                self._keys.sort(key=lambda each: each != key)
                return copy
        raise Damaged(_BROKEN)

    def _fits(self, info: zipfile.ZipInfo, key: bytes) -> bool:
        try:
            self._member(info, key).close()
        except NotImplementedError:
            raise
        except _WRONG:
            return False
        return True

    def _member(self, info: zipfile.ZipInfo, key: bytes) -> BinaryIO:
        if self._archive is None:
            self._archive = pyzipper.AESZipFile(self._file)
        infos = (each for each in self._archive.infolist())
        found = next(each for each in infos if each.header_offset == info.header_offset)
        return cast("BinaryIO", self._archive.open(found, pwd=key))


def _bytes(password: str) -> Iterator[bytes]:
    yield password.encode()
    with suppress(UnicodeEncodeError):
        yield password.encode("cp932")
