"""Damage: bytes that aren't what their format promises, told in one sentence.

The libraries that unpack and parse raise many kinds of errors over broken bytes, some quoting
them; only a sentence of ours goes on. A failing disk or network is no damage and passes through.
"""

from __future__ import annotations

import errno
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError

from lxml.etree import LxmlError

from connectors.errors import Damaged

# bz2 and gzip raise OSError without a number over bad bytes; a seek to nowhere has EINVAL.
_OF_BYTES = (None, errno.EINVAL)
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    LZMAError,
    LxmlError,
    struct.error,
    EOFError,
    KeyError,
    RuntimeError,
    ValueError,
)


@contextmanager
def damage_told(sentence: str) -> Iterator[None]:
    """Raise ``Damaged(sentence)`` for whatever broken bytes raise inside."""
    try:
        yield
    except OSError as error:
        if error.errno in _OF_BYTES:
            raise Damaged(sentence) from None
        raise
    except _BROKEN:
        raise Damaged(sentence) from None
