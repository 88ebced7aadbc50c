"""S3: objects in buckets, of Amazon or of any server that speaks its protocol.

URL: ``s3://KEY:SECRET@bucket/prefix?endpoint_url=https://…&region=…``; without keys those of the
environment, of ``profile=…`` or of the machine are taken, as by every tool for S3; ``anon=true``
asks as nobody. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import Any, BinaryIO

from connectors.errors import Refused
from connectors.files.address import Address, address
from connectors.files.backend import Backend, Info, unreachable
from connectors.files.hindered import changed
from connectors.files.ranges import ranged
from connectors.files.s3_access import BucketAccess
from connectors.files.s3_draft import Conditions, ObjectDraft
from connectors.files.swap import Draft, scratch
from connectors.place import Access

_PATIENCE = {"connect_timeout": 10, "retries": {"max_attempts": 2}}
_SECONDS = 60
_KEYS = frozenset(
    ("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "NotSignedUp")
)
_NO_KEYS = "No keys for S3: put them into the url, the environment or a profile."
_UNTRUSTED = "The S3 server's certificate isn't trusted; give its CA's file as ca."


class S3Backend(Backend):
    """One bucket, or what lies below a prefix in it."""

    tested_against = "SeaweedFS 4.48; rclone 1.75 serve s3 (reading)"

    def connected(self) -> tuple[Any, str]:
        """Take keys and endpoint from the URL; nothing is asked yet."""
        from s3fs import S3FileSystem

        where = address(self.url)
        found = S3FileSystem(
            **self._account(where),
            endpoint_url=where.options.get("endpoint_url"),
            client_kwargs=self._client(where),
            config_kwargs=_PATIENCE | {"read_timeout": self._seconds},
            use_listings_cache=False,
            skip_instance_cache=True,
        )
        # Its own pauses between tries add up to minutes.
        found.retries = 2
        return found, (where.host + where.path).rstrip("/")

    def open(self, at: str, info: Info) -> BinaryIO:
        """Open an object: a request for each block, none for opening."""
        return ranged(partial(self._part, at), int(info["size"]))

    def access(self, at: str, info: Info, *, open_to_all: bool) -> Access:
        """Return what the bucket's ACL and policy say, and the object's where it may have one."""
        bucket, key, _ = self.fs.split_path(at)
        return self._access.of(bucket, key)

    def encrypted(self, at: str, info: Info) -> bool | None:
        """Return whether the server says that it encrypts this object."""
        bucket, key, _ = self.fs.split_path(at)
        try:
            head = self.asked("head_object", Bucket=bucket, Key=key)
        except OSError:
            return None
        # A server that never says so may encrypt its disks, so that isn't a no.
        return (
            True if head.get("ServerSideEncryption") or head.get("SSECustomerAlgorithm") else None
        )

    @contextmanager
    def draft(self, at: str, info: Info) -> Iterator[Draft]:
        """Begin a new object, sent on condition that the old one is still the same."""
        bucket, key, _ = self.fs.split_path(at)
        self._conditions.check(bucket, key)
        with scratch() as file:
            yield ObjectDraft(self.asked, bucket, key, info.get("ETag", ""), file)

    def asked(self, method: str, **values: Any) -> dict[str, Any]:
        """Call S3's own method."""
        return self.tell(lambda: dict(self.fs.call_s3(method, **values)))

    def failure(self, error: Exception) -> Exception | None:
        """Read S3's code."""
        from botocore import exceptions as boto

        code = _code(error)
        if code in _KEYS:
            return Refused("S3 doesn't know these keys; correct them.")
        if code in {"PreconditionFailed", "412"}:
            return changed()
        if isinstance(error, boto.EndpointConnectionError | boto.ConnectTimeoutError):
            return unreachable("The S3 server")
        meant = {
            boto.SSLError: _UNTRUSTED,
            boto.NoCredentialsError: _NO_KEYS,
            boto.PartialCredentialsError: _NO_KEYS,
            boto.ProfileNotFound: "There is no such AWS profile; correct the source's url.",
        }
        sentence = next((meant[kind] for kind in meant if isinstance(error, kind)), None)
        return Refused(sentence) if sentence else super().failure(error)

    @cached_property
    def _access(self) -> BucketAccess:
        return BucketAccess(self.asked)

    @cached_property
    def _conditions(self) -> Conditions:
        return Conditions(self.asked)

    @property
    def _seconds(self) -> float:
        return self.options.statement_timeout or _SECONDS

    def _account(self, where: Address) -> dict[str, Any]:
        token = where.options.get("token")
        if where.user:
            return {"key": where.user, "secret": where.password, "token": token}
        if where.options.get("anon") == "true":
            return {"anon": True}
        return {"profile": where.options["profile"]} if "profile" in where.options else {}

    def _client(self, where: Address) -> dict[str, Any]:
        region = where.options.get("region")
        if self.options.ca and not Path(self.options.ca).is_file():
            raise Refused("The file of ca can't be read; correct the source's settings.")
        trusted = {"verify": self.options.ca} if self.options.ca else {}
        return ({"region_name": region} if region else {}) | trusted

    def _part(self, at: str, start: int, end: int) -> bytes:
        return self.tell(lambda: bytes(self.fs.cat_file(at, start=start, end=end)))


def _code(error: BaseException) -> str:
    """Return S3's code of an error, which the driver hides behind one of Python's."""
    found = getattr(error, "response", None) or getattr(error.__cause__, "response", None) or {}
    return str(found.get("Error", {}).get("Code", ""))
