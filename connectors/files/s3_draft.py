"""A new content for an object of S3: put only if the object is still the one that was read.

The condition is S3's ``If-Match``. Not every server that speaks S3 keeps it; so each bucket is
asked once to refuse what it must refuse, and one that doesn't isn't written to. Source:
https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, BinaryIO
from urllib.parse import urlencode

from connectors.change import Why
from connectors.errors import SourceError
from connectors.files.hindered import Hindered
from connectors.files.swap import PREFIX, Draft

Ask = Callable[..., dict[str, Any]]

#: The most that one request may put.
LARGEST = 5 * 1024**3
_NEVER = '"00000000000000000000000000000000"'
_KEPT = (
    "CacheControl",
    "ContentDisposition",
    "ContentEncoding",
    "ContentLanguage",
    "ContentType",
    "Metadata",
    "ServerSideEncryption",
    "SSEKMSKeyId",
    "StorageClass",
    "WebsiteRedirectLocation",
)


class Conditions:
    """Knows of each bucket whether it keeps conditions."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._kept: dict[str, bool] = {}

    def check(self, bucket: str, key: str) -> None:
        """Raise ``Hindered`` for a bucket that doesn't, ``PermissionError`` without the right."""
        if bucket not in self._kept:
            folder = key.rpartition("/")[0]
            probe = f"{folder}/{PREFIX}probe" if folder else f"{PREFIX}probe"
            self._kept[bucket] = self._refuses(bucket, probe)
        if not self._kept[bucket]:
            sentence = "The S3 server overwrites without keeping conditions; change it by hand."
            raise Hindered(Why.UNSAFE_STORE, sentence)

    def _refuses(self, bucket: str, key: str) -> bool:
        try:
            self._ask("put_object", Bucket=bucket, Key=key, Body=b"", IfMatch=_NEVER)
        except (Hindered, FileNotFoundError):
            return True
        self._ask("delete_object", Bucket=bucket, Key=key)
        return False


class ObjectDraft(Draft):
    """What is to be put; until then it lies in a file without a name on this machine."""

    def __init__(self, ask: Ask, bucket: str, key: str, tag: str, file: BinaryIO) -> None:
        self._ask = ask
        self._where = {"Bucket": bucket, "Key": key}
        self._tag = tag
        self.file = file
        self._head: dict[str, Any] = {}
        self._tags = ""

    def ready(self) -> None:
        """Take over what the old object says of itself."""
        self.file.flush()
        if self.file.seek(0, os.SEEK_END) > LARGEST:
            raise Hindered(
                Why.UNSAFE_STORE, "S3 puts no more than 5 GiB at once; change it by hand."
            )
        self._head = self._ask("head_object", **self._where)
        self._tags = self._tagging()

    def swap(self, *, purge: bool) -> str:
        """Put it; S3 refuses if the old object was replaced."""
        self.file.seek(0)
        kept = {name: self._head[name] for name in _KEPT if self._head.get(name)}
        tags = {"Tagging": self._tags} if self._tags else {}
        self._ask("put_object", **self._where, Body=self.file, IfMatch=self._tag, **kept, **tags)
        return self._purged() if purge else self._told()

    def _tagging(self) -> str:
        try:
            found = self._ask("get_object_tagging", **self._where).get("TagSet", [])
        except (OSError, SourceError):
            return ""
        return urlencode([(each["Key"], each["Value"]) for each in found])

    def _purged(self) -> str:
        """Delete the version that was replaced."""
        version = self._head.get("VersionId")
        if not version or version == "null":
            return ""
        try:
            self._ask("delete_object", **self._where, VersionId=version)
        except (OSError, SourceError):
            return "the bucket still keeps the old version: the account may not delete it"
        return ""

    def _told(self) -> str:
        has_versions = self._head.get("VersionId") not in {None, "null"}
        return "the bucket keeps the old version until it is purged" if has_versions else ""
