"""Which connector opens what."""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path

import pytest

from connectors.base import Source
from connectors.errors import Unsupported
from connectors.options import Options
from connectors.postgres import PostgresSource
from connectors.registry import CONNECTORS, open_source
from connectors.sqlite import SqliteSource


@pytest.mark.parametrize("scheme", CONNECTORS)
def test_every_entry_is_a_source(scheme: str) -> None:
    """Each row of the table names a class of sources, with a hint what to install."""
    module, _, name = CONNECTORS[scheme].path.partition(":")
    assert issubclass(getattr(import_module(module), name), Source)
    assert CONNECTORS[scheme].hint.startswith("pip install ")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("postgresql://scanner@db/crm", PostgresSource),
        ("postgres://scanner@db/crm", PostgresSource),
        ("postgresql+psycopg://scanner@db/crm", PostgresSource),
        ("sqlite:///crm.db", SqliteSource),
    ],
)
def test_schemes(url: str, kind: type[Source]) -> None:
    """A URL's scheme decides; nothing is opened yet."""
    source = open_source("crm", url, Options(b"key", include=("public.*",), exclude=("public.x",)))
    assert isinstance(source, kind)
    assert (source.name, source.url, source.digest_key) == ("crm", url, b"key")


@pytest.mark.parametrize("name", ["crm.db", "顧客 台帳", "a%20b?.db", "x.csv"])
def test_an_sqlite_file_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    """A path to an SQLite file opens as one, whatever it is called."""
    path = tmp_path / name
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    source = open_source("crm", str(path))
    assert isinstance(source, SqliteSource)
    assert source.check().endswith(", 1 table")
    assert isinstance(open_source("crm", path.as_uri()), SqliteSource)


def test_other_paths_are_files(tmp_path: Path) -> None:
    """Any other path or ``file:`` URL is a folder or file."""
    (tmp_path / "a.csv").write_text("id\n1\n")
    for url in (str(tmp_path), str(tmp_path / "a.csv"), tmp_path.as_uri()):
        assert type(open_source("share", url)).__name__ == "FileSource"


def test_unknown_scheme() -> None:
    """An unknown scheme is refused in a sentence that names the known ones and nothing secret."""
    with pytest.raises(Unsupported, match=r"postgresql://.*sqlite://") as failure:
        open_source("x", "gopher://user:s3cr3t@host/db")
    assert "s3cr3t" not in str(failure.value)


def test_a_connector_joins_by_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package outside adds a scheme through the group ``shozai.connectors``."""
    (tmp_path / "ours.py").write_text(
        "from connectors.sqlite import SqliteSource\nclass Ours(SqliteSource): pass\n"
    )
    info = tmp_path / "ours-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: ours\nVersion: 1\n")
    (info / "entry_points.txt").write_text(
        "[shozai.connectors]\nours = ours:Ours\nlost = ours:No\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert type(open_source("x", "ours://here")).__name__ == "Ours"
    with pytest.raises(Unsupported, match="reinstall ours"):
        open_source("x", "lost://here")
