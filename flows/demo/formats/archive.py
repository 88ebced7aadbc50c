"""書庫 (ZIP) as Japanese Windows writes it: names in Shift_JIS without a label; some encrypted."""

from __future__ import annotations

import io
import zipfile
from typing import BinaryIO, cast

import pyzipper
from Cryptodome.Cipher import AES
from Cryptodome.Hash import HMAC, SHA1
from Cryptodome.Protocol.KDF import PBKDF2
from Cryptodome.Util import Counter

_MADE = (2019, 3, 31, 18, 0, 0)
_UTF8_NAME = 0x800


class _ShiftJisName(zipfile.ZipInfo):
    """A member whose name stands there in code page 932, with nothing that says so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile asks for it
        return self.filename.encode("cp932"), self.flag_bits & ~_UTF8_NAME


def member(archive: zipfile.ZipFile, name: str) -> BinaryIO:
    """Open a new member for writing."""
    info = _ShiftJisName(name, _MADE)
    info.compress_type = zipfile.ZIP_DEFLATED
    return cast("BinaryIO", archive.open(info, "w"))


class _Encrypter(pyzipper.zipfile_aes.AESZipEncrypter):  # type: ignore[misc]
    """WinZip's AES-256 with a salt that is always the same, so that the file is too."""

    def __init__(self, pwd: bytes, **options: object) -> None:
        super().__init__(pwd, **options)
        self.salt = bytes(self.salt_length)
        keys = PBKDF2(pwd.decode(), self.salt, 66, count=1000)
        self.encpwdverify = keys[64:]
        counter = Counter.new(nbits=128, little_endian=True)
        self.encrypter = AES.new(keys[:32], AES.MODE_CTR, counter=counter)
        self.hmac = HMAC.new(keys[32:64], digestmod=SHA1)


class _Encrypted(pyzipper.AESZipFile):  # type: ignore[misc]
    def get_encrypter(self) -> _Encrypter:
        return _Encrypter(self.pwd)


def encrypted(file: BinaryIO, name: str, content: bytes, password: bytes) -> None:
    """Write an archive with one member that needs a password."""
    with _Encrypted(file, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password)
        info = archive.zipinfo_cls(name, _MADE)
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, content)


def packed(name: str, content: bytes) -> bytes:
    """Return an archive with one member."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive, member(archive, name) as file:
        file.write(content)
    return held.getvalue()
