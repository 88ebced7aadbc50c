"""Sources of files on other machines: S3, SFTP, SMB, and whatever else fsspec opens."""

from __future__ import annotations

from typing import ClassVar

from connectors.files.backend import Backend
from connectors.files.s3 import S3Backend
from connectors.files.sftp import SftpBackend
from connectors.files.smb import SmbBackend
from connectors.files.source import FileSource


class S3Source(FileSource):
    """A bucket, or what lies below a prefix in it."""

    tested_against = S3Backend.tested_against
    backend: ClassVar[type[Backend]] = S3Backend


class SftpSource(FileSource):
    """A folder of an SFTP server."""

    tested_against = SftpBackend.tested_against
    backend: ClassVar[type[Backend]] = SftpBackend


class SmbSource(FileSource):
    """A share of Windows or Samba."""

    tested_against = SmbBackend.tested_against
    backend: ClassVar[type[Backend]] = SmbBackend


class AnySource(FileSource):
    """Any other protocol of fsspec, untested."""

    tested_against = ""
    backend: ClassVar[type[Backend]] = Backend
