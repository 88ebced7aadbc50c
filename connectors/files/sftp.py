"""SFTP (SSH File Transfer Protocol): files of a server that one may log in to.

URL: ``sftp://user:password@host:22/folder?known_hosts=FILE&key=FILE``. The server's key must be
known (``ssh-keyscan``): a server that nobody vouches for gets no password. Without a password the
keys of the agent and of ``~/.ssh`` are tried, as ssh does. Source:
https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-02
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from connectors.errors import Refused
from connectors.files.access import access
from connectors.files.address import Address, address
from connectors.files.backend import Backend, Info, unreachable
from connectors.files.ranges import ranged
from connectors.files.sftp_draft import SftpDraft
from connectors.files.swap import Draft, scratch
from connectors.place import Access

_PIECE = 32 * 1024
_TIMEOUT = 30
_ANOTHER = (
    "The SFTP server's key is another than the known one; find out why, then correct known_hosts."
)
_FILE = "The file of {} can't be read; correct the source's url."


class SftpBackend(Backend):
    """A folder or file on a server; paths are absolute there."""

    tested_against = "rclone 1.75 serve sftp; OpenSSH 9.2"

    def connected(self) -> tuple[Any, str]:
        """Log in; the file system is paramiko's client."""
        import paramiko

        where = address(self.url)
        client = paramiko.SSHClient()
        client.set_missing_host_key_policy(paramiko.RejectPolicy())
        client.load_system_host_keys()
        self._load(client, where)
        client.connect(
            where.host,
            port=where.port or 22,
            username=where.user or None,
            password=where.password or None,
            key_filename=where.options.get("key"),
            allow_agent=not where.password,
            look_for_keys=not where.password and "key" not in where.options,
            timeout=_TIMEOUT,
            banner_timeout=_TIMEOUT,
            auth_timeout=_TIMEOUT,
        )
        self._client = client
        found = client.open_sftp()
        found.get_channel().settimeout(self.options.statement_timeout or 2 * _TIMEOUT)
        return found, where.path.rstrip("/") or "/"

    def info(self, at: str) -> Info:
        """Return what the server says, of what a link leads to."""
        return self.tell(lambda: _info(at, self.fs.stat(_raw(at))))

    def listed(self, at: str) -> list[Info]:
        """List a folder; links are told as links."""
        below = at.rstrip("/")
        found = self.tell(lambda: list(self.fs.listdir_iter(_raw(at))))
        return [_info(f"{below}/{_text(each.filename)}", each) for each in found]

    def open(self, at: str, info: Info) -> BinaryIO:
        """Open a file, read by many requests at once."""
        file = self.tell(lambda: self.fs.open(_raw(at), "rb", 0))
        return ranged(lambda start, end: self._many(file, start, end), info["size"], file.close)

    def access(self, at: str, info: Info, *, open_to_all: bool) -> Access:
        """Return owner, group and mode; numbers, for names are the server's own."""
        return access(info, open_to_all=open_to_all, named=False)

    @contextmanager
    def draft(self, at: str, info: Info) -> Iterator[Draft]:
        """Begin a new file, sent beside the old one when it is whole."""
        with scratch() as file:
            draft = SftpDraft(self.fs, _raw(at), file)
            try:
                yield draft
            finally:
                draft.discard()

    def failure(self, error: Exception) -> Exception | None:
        """Tell a key that isn't known from a password that isn't right."""
        import paramiko

        if isinstance(error, paramiko.AuthenticationException):
            return Refused("The SFTP server refuses this account; correct user, password or key.")
        if isinstance(error, paramiko.BadHostKeyException):
            return Refused(_ANOTHER)
        if isinstance(error, paramiko.SSHException) and "known_hosts" in str(error):
            return Refused(
                "The SFTP server's key isn't known; check it, then add it to known_hosts."
            )
        if isinstance(error, Refused):
            return None
        if "opened" not in self.__dict__:
            return unreachable("The SFTP server")
        return super().failure(error)

    def close(self) -> None:
        """Log out."""
        if "opened" in self.__dict__:
            self._client.close()
            del self.__dict__["opened"]

    def _load(self, client: Any, where: Address) -> None:
        """Load known keys of servers, and look whether the account's own is there."""
        for name, load in (("known_hosts", client.load_host_keys), ("key", _read)):
            if path := where.options.get(name):
                try:
                    load(path)
                except OSError:
                    raise Refused(_FILE.format(name)) from None

    def _many(self, file: Any, start: int, end: int) -> bytes:
        pieces = [(at, min(_PIECE, end - at)) for at in range(start, end, _PIECE)]
        return self.tell(lambda: b"".join(file.readv(pieces)))


def _read(path: str) -> None:
    with open(path, "rb"):  # noqa: PTH123  # only to see that it can be
        pass


def _raw(at: str) -> bytes:
    """Return a path as the server keeps it, whatever its bytes."""
    return at.encode("utf-8", "surrogateescape")


def _text(name: str | bytes) -> str:
    return name if isinstance(name, str) else name.decode("utf-8", "surrogateescape")


def _info(at: str, found: Any) -> Info:
    mode = found.st_mode or 0
    kind = "directory" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"
    return {
        "name": at,
        "type": "file" if stat.S_ISLNK(mode) else kind,
        "islink": stat.S_ISLNK(mode),
        "size": found.st_size or 0,
        "mtime": found.st_mtime,
        "mode": mode,
        "uid": found.st_uid,
        "gid": found.st_gid,
    }
