"""MariaDB over TLS: by either driver, verified, or refused in one sentence."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from connectors import mysql_fast, mysql_server
from connectors.change import Action, Change, Fetched, Receipt
from connectors.errors import Refused
from connectors.mysql import MysqlSource
from connectors.mysql_fast import Children, fast, is_fast
from connectors.mysql_reason import Broken
from connectors.mysql_server import Server
from connectors.mysql_stop import Running
from connectors.options import Options
from connectors.place import Batch, Dataset, Unread
from tests.servers.mariadb import MariadbServer

SECRET = "s3cr3t-7f3e"

pytestmark = pytest.mark.server


@pytest.fixture
def only_tls(mariadb_server: MariadbServer, mariadb_database: str) -> str:
    """Return the URL of a database whose account logs in only over TLS."""
    mariadb_server.execute(
        "CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(20))",
        "INSERT INTO customers VALUES (1, '山田'), (2, '田中')",
        "CREATE VIEW cipher AS SELECT variable_value AS v FROM information_schema.session_status"
        " WHERE variable_name = 'Ssl_cipher'",
        f"CREATE USER IF NOT EXISTS only_tls IDENTIFIED BY '{SECRET}' REQUIRE SSL",
        f"GRANT ALL ON {mariadb_database}.* TO only_tls",
        "GRANT PROCESS ON *.* TO only_tls",
        database=mariadb_database,
    )
    return mariadb_server.url(mariadb_database, "only_tls", SECRET)


@pytest.fixture
def ca(mariadb_server: MariadbServer, tmp_path: Path) -> str:
    """Return the authority's file, at a path that has to be quoted in a URL."""
    path = tmp_path / "社内 & CA.pem"
    path.write_bytes(mariadb_server.certificates.ca.read_bytes())
    return str(path)


@pytest.mark.parametrize("verified", [True, False])
def test_read_and_written_over_tls(
    only_tls: str,
    ca: str,
    monkeypatch: pytest.MonkeyPatch,
    verified: bool,
) -> None:
    """Tables, views and changes go over TLS: with ca verified, with ?ssl=true only encrypted."""
    monkeypatch.setattr(mysql_fast, "FEWEST_ROWS", 0)
    url = only_tls if verified else f"{only_tls}?ssl=true"
    with MysqlSource("x", url, Options(b"k", ca=ca if verified else "")) as source:
        found = {
            one.name.split(".")[1]: one for one in source.datasets() if isinstance(one, Dataset)
        }
        table = source.table(found["customers"].name)
        assert not isinstance(table, Unread)
        assert is_fast(table)
        (batch,) = source.read(found["customers"].partitions[0])
        (cipher,) = source.read(found["cipher"].partitions[0])
        (fetched,) = source.fetch(found["customers"].name, ['{"pk":{"id":1}}'])
        assert isinstance(fetched, Fetched)
        change = Change(
            found["customers"].name, '{"pk":{"id":1}}', fetched.versions[0].as_py(), Action.ERASE
        )
        (receipt,) = source.erase([change])
    assert isinstance(batch, Batch)
    assert isinstance(cipher, Batch)
    assert batch.values.column("name").to_pylist() == ["山田", "田中"]
    assert cipher.values.column("v")[0].as_py().startswith("TLS_")
    assert isinstance(receipt, Receipt)


def test_refused(only_tls: str, ca: str, mariadb_server: MariadbServer, tmp_path: Path) -> None:
    """Another authority, another name, no such file, no TLS asked for: each says what to mend."""
    stranger = str(mariadb_server.certificates.stranger)
    empty = tmp_path / "empty.pem"
    empty.write_text("")
    cases = [
        (only_tls, stranger, "doesn't vouch for"),
        (only_tls.replace("127.0.0.1", "localhost"), ca, "another name"),
        (only_tls, str(tmp_path / "nowhere.pem"), "can't be read"),
        (only_tls, str(empty), "no certificate in PEM"),
        (only_tls, "", "takes only TLS (set ca)"),
    ]
    for url, file, words in cases:
        with MysqlSource("x", url, Options(ca=file)) as source, pytest.raises(Refused) as told:
            source.check()
        assert words in str(told.value)
        assert SECRET not in str(told.value)
        assert str(told.value).count(". ") == 0


def test_a_server_that_takes_only_tls(
    only_tls: str, ca: str, mariadb_server: MariadbServer
) -> None:
    """It is told so, and how to mend it."""
    url = mariadb_server.url()
    mariadb_server.execute("SET GLOBAL require_secure_transport = ON")
    try:
        with MysqlSource("x", url) as source, pytest.raises(Refused) as told:
            source.check()
        with MysqlSource("x", only_tls, Options(ca=ca)) as source:
            assert source.check().endswith("1 table, 1 view")
    finally:
        mariadb_server.execute("SET GLOBAL require_secure_transport = OFF")
    assert "takes only TLS" in str(told.value)


@pytest.mark.slow
@pytest.mark.parametrize("wrong", ["authority", "name"])
def test_the_fast_driver_verifies_too(
    only_tls: str,
    ca: str,
    mariadb_server: MariadbServer,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    wrong: str,
) -> None:
    """Whoever came between after the login would get nothing: no row, no word on the terminal."""
    with MysqlSource("x", only_tls, Options(ca=ca)) as source:
        table = source.table(f"{urlsplit(only_tls).path[1:]}.customers")
    assert not isinstance(table, Unread)
    statement = "SELECT id AS c0, CAST(name AS CHAR CHARACTER SET utf8mb4) AS c1 FROM customers"
    with Children(Running()).lent() as child:
        assert len(list(fast(child, Server.of(only_tls, ca), table, statement, ()))) == 1
        child.ready = False
    monkeypatch.setattr(mysql_server, "THINKING", 2.0)
    url = only_tls.replace("127.0.0.1", "localhost") if wrong == "name" else only_tls
    file = ca if wrong == "name" else str(mariadb_server.certificates.stranger)
    with pytest.raises(Broken), Children(Running()).lent() as child:
        list(fast(child, Server.of(url, file), table, statement, ()))
    printed = capfd.readouterr()
    assert (printed.out, printed.err) == ("", "")
