"""PostgreSQL over TLS: a server is believed only as ``ca`` says, and each doubt is one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from connectors.base import WritableSource
from connectors.change import Action, Change, Fetched, Outcome, Receipt
from connectors.errors import Refused, SourceError
from connectors.options import Options
from connectors.place import Batch, Dataset
from connectors.postgres import PostgresSource
from connectors.postgres_server import Server
from connectors.postgres_stream import Stream
from connectors.registry import open_source
from flows.secrets import with_secret
from tests.servers import certificate
from tests.servers.cut import cutting
from tests.servers.postgres import tls_postgres

pytestmark = [pytest.mark.server, pytest.mark.slow]

SECRET = "s3cr3t-pa55"
HOST = "localhost"
_ENCRYPTED = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
_CONTENT = f"""
CREATE ROLE keeper LOGIN PASSWORD '{SECRET}';
CREATE TABLE person (id int PRIMARY KEY, name text, safe bool);
INSERT INTO person VALUES (1, '山田', false);
CREATE VIEW session AS {_ENCRYPTED};
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS
  $$BEGIN NEW.safe := ({_ENCRYPTED}); RETURN NEW; END$$;
CREATE TRIGGER t BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION noted();
GRANT SELECT, UPDATE, DELETE ON person TO keeper;
GRANT SELECT ON session TO keeper;
"""  # noqa: S608 (ours)


@dataclass(frozen=True)
class Place:
    """A running server: its owner's URL, its port, and whom to trust."""

    owner: str
    port: int
    ca: Path

    def url(self, host: str = HOST, more: str = "") -> str:
        """Return a URL over TCP."""
        return f"postgresql://keeper:{SECRET}@{host}:{self.port}/postgres{more}"

    def source(self, url: str = "", ca: Path | None = None) -> WritableSource:
        """Open it."""
        options = Options(b"key", ca=str(ca or self.ca))
        found = open_source("crm", url or self.url(), options)
        assert isinstance(found, WritableSource)
        return found


@pytest.fixture(scope="module")
def server() -> Iterator[Place]:
    """Start a server whose view tells whether the session that reads it is encrypted."""
    with tls_postgres(HOST) as (owner, port, ca), psycopg.connect(owner, autocommit=True) as one:
        one.execute(_CONTENT.encode())
        yield Place(owner, port, ca)


def test_reading_and_writing_are_encrypted(server: Place) -> None:
    """With the server's own authority both ways in are encrypted, as the server itself says."""
    with server.source() as source:
        assert _values(source, "public.session") == [{"ssl": True}]
        assert _values(source, "public.person") == [{"id": 1, "name": "山田", "safe": False}]
        receipt = _renamed(source)
        assert (receipt.action, receipt.outcome) == (Action.CORRECT, Outcome.DONE)
        assert _values(source, "public.person") == [{"id": 1, "name": "佐藤", "safe": True}]


@pytest.mark.parametrize("more", ["", "?sslmode=verify-ca", "?sslmode=verify-full"])
def test_another_authority(server: Place, tmp_path: Path, more: str) -> None:
    """A certificate that another authority signed is no proof, and is told so."""
    stranger = certificate.made(tmp_path).stranger
    source = server.source(server.url(more=more), stranger)
    _is_refused(source, "nobody trusted has signed: set ca to its authority's file")


def test_another_host(server: Place) -> None:
    """Nor is one for another host."""
    _is_refused(server.source(server.url("127.0.0.1")), "shows another host's certificate")


def test_no_file(server: Place, tmp_path: Path) -> None:
    """A file that isn't there is named as what it is."""
    _is_refused(server.source(ca=tmp_path / "none.pem"), "can't be read; check its path")


def test_without_tls(server: Place) -> None:
    """Where the url forbids TLS and the server asks for it, that is what is told."""
    source = server.source(server.url(more="?sslmode=disable"))
    _is_refused(source, "lets nobody in without TLS")


def test_a_server_without_tls(server: Place, postgres_url: str) -> None:
    """One that speaks no TLS can't show who it is; over a socket of this machine it needn't."""
    folder = postgres_url.partition("host=")[2]
    with cutting(f"{folder}/.s.PGSQL.5432") as proxy:
        url = f"postgresql://keeper:{SECRET}@localhost:{proxy.port}/postgres"
        _is_refused(server.source(url), "speaks no TLS")
    with server.source(postgres_url) as source:
        assert source.check().startswith("PostgreSQL ")


def test_what_it_is_tested_against(server: Place, postgres_url: str) -> None:
    """The versions that the README names are those of the servers that run here."""
    versions = []
    for url in (server.owner, postgres_url):
        with psycopg.connect(url) as one:
            versions.append(one.info.server_version // 10_000)
    assert PostgresSource.tested_against == "PostgreSQL {} and {}".format(*versions)


def test_the_url_decides(server: Place, tmp_path: Path) -> None:
    """What the url says of TLS stays: ``require`` asks for no proof of who it is."""
    told = f"?sslmode=require&sslrootcert={tmp_path / 'none.pem'}"
    with server.source(server.url("127.0.0.1", told)) as source:
        assert _values(source, "public.session") == [{"ssl": True}]


def test_a_token_of_rds(server: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token signed for RDS goes over TLS in both drivers, long as it is."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "an example of a key")
    url = with_secret(server.url().replace("keeper", "iam"), "rds-iam:ap-northeast-1")
    token = unquote(urlsplit(url).password or "")
    with psycopg.connect(server.owner, autocommit=True) as owner:
        owner.execute(f"CREATE ROLE iam LOGIN PASSWORD '{token}'".encode())
        owner.execute("GRANT SELECT ON session TO iam")
    with server.source(url) as source:
        assert _values(source, "public.session") == [{"ssl": True}]


def _is_refused(source: WritableSource, words: str) -> None:
    """Both drivers are refused in one sentence without the password."""
    arrow = Stream(Server.of(source.url, source.options), "", {})
    for refused in (source.check, lambda: _renamed(source), lambda: arrow.value("SELECT 1")):
        with pytest.raises(Refused) as told:
            refused()
        _is_one_sentence(told.value, words)


def _is_one_sentence(error: SourceError, words: str) -> None:
    said = str(error)
    assert words in said
    assert said.startswith("PostgreSQL at ")
    assert said.endswith(".")
    assert SECRET not in said
    assert "\n" not in said
    assert error.__cause__ is None


def _values(source: WritableSource, dataset: str) -> list[dict[str, object]]:
    found = {one.name: one for one in source.datasets() if isinstance(one, Dataset)}
    items = list(source.read(found[dataset].partitions[0]))
    assert all(isinstance(one, Batch) for one in items), items
    return [row for one in items if isinstance(one, Batch) for row in one.values.to_pylist()]


def _renamed(source: WritableSource) -> Receipt:
    (found,) = source.fetch("public.person", ['{"pk":{"id":1}}'])
    assert isinstance(found, Fetched)
    version = found.versions[0].as_py()
    change = Change("public.person", '{"pk":{"id":1}}', version, Action.CORRECT, {"name": "佐藤"})
    (receipt,) = source.correct([change])
    assert isinstance(receipt, Receipt)
    return receipt
