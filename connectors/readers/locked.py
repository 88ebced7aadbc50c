"""An Office file under a password, opened with one of a list.

Agile and standard encryption (MS-OFFCRYPTO, since 2007) and RC4 and XOR of .xls. The passwords are
tried in their order; which one fitted is never told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from msoffcrypto import OfficeFile
from msoffcrypto.exceptions import DecryptionError

from connectors.options import Options
from connectors.place import Status
from connectors.readers import ole, reader_for
from connectors.readers.base import Gap, Layout, Piece, Reader
from connectors.readers.media import media_type
from connectors.readers.member import MEMORY

SHUT = "encrypted: no password of the list opens it"

#: With this one Excel itself encrypts a workbook of which only the structure is protected.
_BY_EXCEL = "VelvetSweatshop"


class LockedReader:
    """Reads an Office file with its own reader, once it is open."""

    def __init__(self, options: Options, inner: Reader | None = None) -> None:
        self._options = options
        self._inner = inner

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Read the layout of what is inside, if it opens."""
        opened = unlocked(file, self._options.passwords)
        reader = None if opened is None else self._reader(opened, file, hint)
        if opened is None or reader is None:
            return Layout(media_type(file, hint))
        return reader.layout(opened, hint)

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Read what is inside; one gap where no password opens it."""
        opened = unlocked(file, self._options.passwords)
        reader = None if opened is None else self._reader(opened, file, hint)
        if opened is None or reader is None:
            yield Gap(Status.SKIPPED, SHUT if self._options.passwords else "encrypted")
        else:
            yield from reader.read(opened, hint)

    def _reader(self, opened: BinaryIO, file: BinaryIO, hint: str) -> Reader | None:
        if opened is file:
            return self._inner
        return reader_for(media_type(opened, hint), self._options)


def unlocked(file: BinaryIO, passwords: Sequence[str]) -> BinaryIO | None:
    """Return an open copy, ``file`` itself where it isn't locked, ``None`` where none opens it.

    What is broken is given back as it is.
    """
    file.seek(0)
    is_ole = file.read(len(ole.MAGIC)) == ole.MAGIC
    file.seek(0)
    if not is_ole:
        return file
    try:
        office = OfficeFile(file)
        opened = _opened(office, passwords) if office.is_encrypted() else file
    except OSError as error:
        if error.errno is not None:
            raise
        opened = file
    except Exception:  # noqa: BLE001  # its parsers raise anything; the file's own reader tells
        opened = file
    file.seek(0)
    return opened


def _opened(office: OfficeFile, passwords: Sequence[str]) -> BinaryIO | None:
    for password in (*passwords, _BY_EXCEL):
        copy = cast("BinaryIO", SpooledTemporaryFile(max_size=MEMORY))  # noqa: SIM115  # the caller closes it
        try:
            _load(office, password)
            office.decrypt(copy)
        except (DecryptionError, UnicodeError):
            copy.close()
            continue
        copy.seek(0)
        return copy
    return None


def _load(office: OfficeFile, password: str) -> None:
    if office.format == "ooxml":
        office.load_key(password=password, verify_password=True)
    else:
        office.load_key(password=password)
