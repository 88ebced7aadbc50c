"""Which connector opens a source: by the scheme of its URL, or by the file it names.

A connector of another package joins through the entry-point group ``shozai.connectors``, whose
names are schemes and whose values are classes with :class:`~connectors.base.Source`'s arguments.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import NamedTuple, Protocol, cast
from urllib.parse import unquote

from connectors.base import Source
from connectors.errors import Unsupported
from connectors.options import PLAIN, Options


class Opener(Protocol):
    """A class of :class:`Source`, as the registry calls it."""

    def __call__(
        self,
        name: str,
        url: str,
        options: Options = PLAIN,
    ) -> Source:
        """Make a source; nothing is opened yet."""
        ...


class Entry(NamedTuple):
    """Where a connector's class is, and what to install where its import fails."""

    path: str
    hint: str


# Strings, so that no driver is imported before a source needs it.
CONNECTORS: dict[str, Entry] = {
    "postgresql": Entry(
        "connectors.postgres:PostgresSource", "pip install 'psycopg[binary]' adbc-driver-postgresql"
    ),
    "postgres": Entry(
        "connectors.postgres:PostgresSource", "pip install 'psycopg[binary]' adbc-driver-postgresql"
    ),
    "mysql": Entry("connectors.mysql:MysqlSource", "pip install pymysql connectorx"),
    "mariadb": Entry("connectors.mysql:MysqlSource", "pip install pymysql connectorx"),
    "sqlite": Entry("connectors.sqlite:SqliteSource", "pip install sqlalchemy"),
    "duckdb": Entry("connectors.duckdb:DuckdbSource", "pip install duckdb"),
    "file": Entry("connectors.files:FileSource", "pip install fsspec"),
    "s3": Entry("connectors.files.remote:S3Source", "pip install s3fs"),
    "sftp": Entry("connectors.files.remote:SftpSource", "pip install paramiko"),
    "smb": Entry("connectors.files.remote:SmbSource", "pip install smbprotocol"),
}
#: Whatever else SQLAlchemy has a dialect for.
_ANY_TABLES = Entry("connectors.dialect:DialectSource", "pip install sqlalchemy")
#: Whatever else fsspec opens.
_ANY_FILES = Entry("connectors.files.remote:AnySource", "pip install fsspec")
GROUP = "shozai.connectors"


def open_source(
    name: str,
    url: str,
    options: Options = PLAIN,
) -> Source:
    """Make the source a URL or path names; nothing is connected yet.

    Raise ``Unsupported`` where no connector
    knows the URL or where its driver isn't installed.
    """
    return _opener(_scheme(url))(name, url, options)


def _scheme(url: str) -> str:
    scheme, colon, _ = url.partition("://")
    if colon and scheme != "file":
        return scheme.partition("+")[0].lower()
    return "sqlite" if _is_sqlite(Path(unquote(url[7:]) if colon else url)) else "file"


def _is_sqlite(path: Path) -> bool:
    """Look at the first bytes: https://www.sqlite.org/fileformat2.html#magic_header_string."""
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def _opener(scheme: str) -> Opener:
    others = {one.name: one for one in entry_points(group=GROUP)}
    if scheme in CONNECTORS:
        return _imported(CONNECTORS[scheme])
    if scheme in others:
        return _loaded(others[scheme])
    if _is_of_tables(scheme):
        return _imported(_ANY_TABLES)
    if _is_of_files(scheme):
        return _imported(_ANY_FILES)
    known = ", ".join(f"{one}://" for one in sorted({*CONNECTORS, *others}))
    raise Unsupported(f"No connector for {scheme}://. Known are {known} and the path of a folder.")


def _is_of_tables(scheme: str) -> bool:
    from sqlalchemy.dialects import registry
    from sqlalchemy.exc import NoSuchModuleError

    try:
        registry.load(scheme)
    except NoSuchModuleError:
        return False
    return True


def _is_of_files(scheme: str) -> bool:
    from fsspec.registry import known_implementations

    return scheme in known_implementations


def _imported(entry: Entry) -> Opener:
    module, _, name = entry.path.partition(":")
    try:
        return cast(Opener, getattr(import_module(module), name))
    except ImportError as error:
        raise Unsupported(f"{error.name} isn't installed: {entry.hint}.") from error


def _loaded(entry: EntryPoint) -> Opener:
    try:
        return cast(Opener, entry.load())
    except (ImportError, AttributeError) as error:
        package = entry.dist.name if entry.dist else "its package"
        raise Unsupported(
            f"The connector {entry.name} doesn't load: reinstall {package}."
        ) from error
