"""A scan without settings, of a path or URL: what it makes, and what it leaves alone."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest

from flows import adhoc
from flows.faults import UsageError
from tests.conftest import PostgresServer
from tests.flows import small
from tests.flows.command import HOUSE, Command, Ended, finish, left_behind, start

#: Records every connection that Python makes, in a process and its children.
SPY = """
import os, socket
def _seen(what):
    with open(os.environ["SPY_LOG"], "a") as log:
        log.write(f"{what}\\n")
class _Socket(socket.socket):
    def connect(self, address):
        if self.family != socket.AF_UNIX: _seen(address[0])
        return super().connect(address)
    def connect_ex(self, address):
        if self.family != socket.AF_UNIX: _seen(address[0])
        return super().connect_ex(address)
socket.socket = _Socket
_ask = socket.getaddrinfo
def getaddrinfo(host, *args, **kwargs):
    _seen(host.decode() if isinstance(host, bytes) else host)
    return _ask(host, *args, **kwargs)
socket.getaddrinfo = getaddrinfo
"""
PASSWORD = "sEcret-9"


@dataclass(frozen=True)
class Scan:
    """A folder scanned by the real command, and how that ended."""

    folder: Path
    process: subprocess.Popen[str]
    ended: Ended


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Scan:
    """Scan a folder as people have them, with rights as people have them."""
    folder = tmp_path_factory.mktemp("adhoc")
    share = folder / "share"
    small.write_folder(share)
    (share / "gone.csv").symlink_to(folder / "nosuch.csv")
    (share / "secret.csv").write_text(small.NAMES, encoding="utf-8")
    (share / "secret.csv").chmod(0)
    (share / "locked").mkdir()
    (share / "locked" / "names.csv").write_text(small.NAMES, encoding="utf-8")
    (share / "locked").chmod(0)
    spy = folder / "spy"
    spy.mkdir()
    (spy / "sitecustomize.py").write_text(SPY, encoding="utf-8")
    env = {"PYTHONPATH": f"{spy}{os.pathsep}{HOUSE}", "SPY_LOG": str(folder / "spy.log")}
    process = start(folder, "scan", "share", "--json", ordinary=True, env=env)
    ended = finish(process)
    (share / "locked").chmod(0o700)
    return Scan(folder, process, ended)


@pytest.mark.slow
@pytest.mark.xdist_group("adhoc")
def test_what_cannot_be_read_is_told_with_its_reason(scan: Scan) -> None:
    """A broken PDF, an unreadable folder and file, a link to nowhere: 3, and each is named."""
    assert scan.ended.code == 3, scan.ended.err
    answer = json.loads(scan.ended.out)
    schema = json.loads((HOUSE / "reports/schemas/scan.json").read_text(encoding="utf-8"))
    jsonschema.validate(answer, schema)
    reasons = {one["dataset"]: one["reason"] for one in answer["unread"]}
    assert reasons.keys() == {"壊れた.pdf", "gone.csv", "secret.csv", "locked/"}
    assert "permission denied" in reasons["locked/"]
    assert answer["sources"][0]["findings"] > 0


@pytest.mark.slow
@pytest.mark.xdist_group("adhoc")
def test_prefect_is_silent_and_leaves_no_process(scan: Scan) -> None:
    """Only Shozai's own stages are on stderr; the server that was started has stopped."""
    stages = ("scan: ", "starting Prefect")
    assert [line for line in scan.ended.err.splitlines() if not line.startswith(stages)] == []
    assert left_behind(scan.process) == []


@pytest.mark.slow
@pytest.mark.xdist_group("adhoc")
def test_no_connection_leaves_the_machine(scan: Scan) -> None:
    """Neither the command nor the server it starts asks for or talks to anyone outside."""
    met = set((scan.folder / "spy.log").read_text(encoding="utf-8").split())
    assert "127.0.0.1" in met
    assert met <= {"127.0.0.1", "::1", "localhost", "None"}


@pytest.mark.slow
@pytest.mark.xdist_group("adhoc")
def test_settings_key_and_inventory_lie_beside_what_was_scanned(
    scan: Scan, command: Command
) -> None:
    """They are the owner's alone, and serve every other command."""
    home = scan.folder / "share.shozai"
    assert {path.name for path in home.iterdir()} == {"shozai.toml", "shozai.key", "inventory"}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    ended = command("find", "--config", str(home / "shozai.toml"), "--email", "taro@example.jp")
    assert ended.code == 0, ended.err


def test_a_place_scanned_again_keeps_its_settings_and_key(tmp_path: Path) -> None:
    """The second scan of a path finds the settings and key of the first."""
    small.write_folder(tmp_path / "share")
    config, first = adhoc.settings(str(tmp_path / "share"))
    key = (config.parent / "shozai.key").read_text()
    again, second = adhoc.settings(f"{tmp_path}/share/../share/")
    assert (again, second) == (config, first)
    assert (config.parent / "shozai.key").read_text() == key


@pytest.mark.parametrize("place", ["own.db", "sqlite:///own.db", "share/名簿.csv"])
def test_a_single_file_is_a_place(tmp_path: Path, command: Command, place: str) -> None:
    """An SQLite file, by path or URL, or one CSV: found in it is what is in it."""
    small.write_folder(tmp_path / "share")
    small.write_database(tmp_path / "own.db")
    config, settings = adhoc.settings(place)
    assert config.parent.name == f"{place.rpartition('/')[2]}.shozai"
    assert len(settings.source) == 1
    small.scan(config)
    ended = command("find", "--config", str(config), "--email", "taro@example.jp")
    assert ended.code == 0, ended.err


def test_shozais_own_files_are_not_scanned(tmp_path: Path, command: Command) -> None:
    """Inventories and keys that lie in a folder, its own or of places in it, are no data."""
    small.write_folder(tmp_path / "share")
    small.scan(adhoc.settings(str(tmp_path / "share" / "名簿.csv"))[0])
    inside = tmp_path / "share" / "shozai.toml"
    inside.write_text('[[source]]\nname = "here"\nurl = "."\n', encoding="utf-8")
    (tmp_path / "share" / "shozai.key").write_text("ab" * 32)
    (tmp_path / "share" / "shozai.key").chmod(0o600)
    for _ in range(2):
        small.scan(inside)
    ended = command("inventory", "coverage", "--config", str(inside), "--json")
    named = {one["dataset"] for one in json.loads(ended.out)["coverage"]}
    ours = ("inventory", ".key", "名簿.csv.shozai")
    assert {name for name in named if any(one in name for one in ours)} == set()
    assert "名簿.csv" in named


def test_another_place_of_the_same_name_is_not_taken_for_it(tmp_path: Path) -> None:
    """Settings that are about another place are refused, never scanned instead."""
    small.write_folder(tmp_path / "share")
    config, _ = adhoc.settings(str(tmp_path / "share"))
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("/share", "/elsewhere"), encoding="utf-8")
    with pytest.raises(UsageError, match="is about another place than"):
        adhoc.settings(str(tmp_path / "share"))


@pytest.fixture
def locked(postgres_server: PostgresServer) -> Iterator[Callable[[str], str]]:
    """Return the URL, by password, of a table without a key and of a reader who needs one."""
    database = postgres_server.create()
    user = f"locked_{database}"
    postgres_server.execute(
        f"CREATE ROLE {user} LOGIN PASSWORD '{PASSWORD}'",
        "CREATE TABLE people (name text, mail text)",
        "INSERT INTO people VALUES ('山田太郎', 'taro@example.jp')",
        f"GRANT SELECT ON people TO {user}",
        database=database,
    )
    yield lambda password: postgres_server.url(database, user, password)
    postgres_server.drop(database)
    postgres_server.execute(f"DROP ROLE {user}")


def test_a_wrong_password_leaves_nothing_behind(
    command: Command, locked: Callable[[str], str]
) -> None:
    """The sentence names user and mend, not the password; no settings are written."""
    ended = command("scan", locked("wr0ng-sEcret"))
    assert ended.code == 4
    assert "wrong password or no such user" in ended.err
    assert "wr0ng-sEcret" not in ended.err + ended.out
    assert list(command.folder.iterdir()) == []


@pytest.mark.slow
@pytest.mark.xdist_group("adhoc")
def test_a_password_in_a_url_is_written_nowhere(
    tmp_path: Path, locked: Callable[[str], str]
) -> None:
    """A database, its table without a key, is scanned; no file holds the password."""
    ended = finish(start(tmp_path, "scan", locked(PASSWORD), "--json"))
    assert ended.code == 0, ended.err
    assert json.loads(ended.out)["sources"][0]["findings"] > 0
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in written if PASSWORD.encode() in path.read_bytes()] == []
    assert [path for path in written if PASSWORD in str(path)] == []
    assert PASSWORD not in ended.out + ended.err
    config = next(tmp_path.glob("*.shozai/shozai.toml"))
    asked = finish(start(tmp_path, "find", "--config", str(config), "--email", "taro@example.jp"))
    assert asked.code == 0, asked.err
