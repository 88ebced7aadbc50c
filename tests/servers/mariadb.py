"""MariaDB: a server of Debian's, in a folder of its own, for nobody but these tests.

It takes TLS from whoever wants it, and can encrypt tables (``ENCRYPTED=YES``).
"""

from __future__ import annotations

import getpass
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from shutil import rmtree
from typing import Any
from urllib.parse import quote

import pymysql

from tests.servers import certificate
from tests.servers.find import binary, free_port

_PATIENCE = 60
_OPTIONS = (
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_general_ci",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--innodb-buffer-pool-size=64M",
    "--innodb-lock-wait-timeout=5",
    "--max-allowed-packet=64M",
    "--skip-name-resolve",
    "--skip-log-bin",
    "--local-infile=1",
)


class MariadbServer:
    """A running server; ``root`` has no password and may do everything."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "s"
        self.port = free_port()
        self.certificates = certificate.made(folder)
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = "", user: str = "root", password: str = "") -> str:
        """Return a URL over TCP."""
        secret = f":{quote(password, safe='')}" if password else ""
        return f"mysql://{user}{secret}@127.0.0.1:{self.port}/{quote(database, safe='')}"

    def connect(self, database: str = "", user: str = "root", **more: Any) -> pymysql.Connection:
        """Return a connection over the socket that commits by itself."""
        given = {"charset": "utf8mb4", "autocommit": True, "database": database or None, **more}
        return pymysql.connect(unix_socket=str(self.socket), user=user, **given)

    def execute(self, *statements: str, database: str = "") -> None:
        """Run statements as root."""
        with self.connect(database) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Ask as root."""
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute(query, tuple(values) or None)
            return list(cursor.fetchall())

    def create(self) -> str:
        """Create an empty database and return its name."""
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return name

    def drop(self, database: str) -> None:
        """Drop a database."""
        self.execute(f"DROP DATABASE IF EXISTS {database}")

    def start(self) -> None:
        """Start it on its folder and wait until it answers."""
        where = ["--no-defaults", f"--datadir={self.folder / 'data'}"]
        where += [f"--user={getpass.getuser()}"]
        where += [f"--tmpdir={self.folder}"]  # a server that starts tidies up its own
        net = [f"--socket={self.socket}", f"--port={self.port}", "--bind-address=127.0.0.1"]
        command = [str(binary("mariadbd", "mariadb-server")), *where, *net, *_OPTIONS]
        command += [*self._safety()]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        self._wait(self._process)

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End it and wait until it is gone."""
        if self._process:
            os.kill(self._process.pid, how)
            self._process.wait(_PATIENCE)
            self._process = None

    def _safety(self) -> Iterator[str]:
        """Tell it of its certificate, and of a key to encrypt with."""
        keys = self.folder / "keys"
        keys.write_text(f"1;{'5a' * 32}\n")
        yield f"--ssl-cert={self.certificates.certificate}"
        yield f"--ssl-key={self.certificates.key}"
        yield "--plugin-load-add=file_key_management"
        yield f"--file-key-management-filename={keys}"

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end and process.poll() is None:
            with suppress(pymysql.OperationalError), self.connect():
                return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:])


@contextmanager
def running() -> Iterator[MariadbServer]:
    """Make a server in a temporary folder, short enough for a socket's path, and end it."""
    install = binary("mariadb-install-db", "mariadb-server")
    folder = Path(tempfile.mkdtemp(prefix="shozai-"))
    server = MariadbServer(folder)
    how = ["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]
    user = ["--skip-name-resolve", f"--user={getpass.getuser()}", f"--datadir={folder / 'data'}"]
    subprocess.run([str(install), *how, *user], check=True, capture_output=True)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        rmtree(folder, ignore_errors=True)
