"""A scan as a process: interrupted, refused, without a server, with a source that fails."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from flows import wiring
from flows.settings import load
from tests.flows import small
from tests.flows.command import Command, finish, interrupt, left_behind, start

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("run")]

#: Rows of a file whose scan takes long enough to be interrupted.
_LONG = 600_000


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return the settings of a small company that has been scanned."""
    return small.make(tmp_path / "company")


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return a state folder for all scans here: Prefect starts sooner in one that it knows."""
    return {"SHOZAI_STATE": str(tmp_path_factory.mktemp("state"))}


@pytest.mark.parametrize(
    ("when", "kind"), [("share: reading", signal.SIGINT), ("starting Prefect", signal.SIGTERM)]
)
def test_an_interrupted_scan_leaves_the_inventory_as_it_was(
    config: Path, state: dict[str, str], command: Command, when: str, kind: signal.Signals
) -> None:
    """Ctrl-C or `kill` in the midst: 130, one sentence, no process, and the last scan stands."""
    before = command("status", "--json", "--config", str(config)).out
    row = "山田太郎,taro{}@example.jp,1985-04-01\n"
    with (config.parent / "share" / "long.csv").open("w", encoding="utf-8") as file:
        file.write("氏名,メール,生年月日\n")
        file.writelines(row.format(number) for number in range(_LONG))
    process = start(config.parent, "scan", "share", env=state)
    ended = interrupt(process, when, after=0.3, kind=kind)
    assert ended.code == 130, ended.err
    assert "\nshozai: interrupted: the source under way is as it was" in ended.err
    assert "Traceback" not in ended.err
    assert "ERROR" not in ended.err
    assert ended.out == ""
    assert left_behind(process) == []
    assert command("status", "--json", "--config", str(config)).out == before
    assert list((config.parent / "inventory" / "staging").glob("*/*")) == []


def test_a_source_is_scanned_once_at_a_time(config: Path, state: dict[str, str]) -> None:
    """The second scan is refused in a sentence that names who holds the first."""
    with wiring.inventory(load(config)).scan("shop", who="somebody"):
        ended = finish(start(config.parent, "scan", "shop", env=state))
    assert ended.code == 4
    assert "somebody is scanning shop on " in ended.err.splitlines()[-1]
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/api", "nonsense"])
def test_a_server_that_is_not_there(config: Path, url: str) -> None:
    """Where `PREFECT_API_URL` leads nowhere the scan ends soon, in one sentence."""
    begun = time.monotonic()
    ended = finish(start(config.parent, "scan", "shop", env={"PREFECT_API_URL": url}))
    assert ended.code == 4
    assert ended.err.startswith(f"shozai: No Prefect server answers at {url} (")
    assert ended.err.count("\n") == 1
    assert time.monotonic() - begun < 60


def test_state_that_cannot_be_kept(config: Path) -> None:
    """Where Shozai's state folder can't be made the sentence names the variable that mends it."""
    env = {"SHOZAI_STATE": "/proc/nosuch"}
    ended = finish(start(config.parent, "scan", "shop", env=env))
    assert ended.code == 4
    assert "name a folder of yours in SHOZAI_STATE." in ended.err.splitlines()[-1]


def test_a_source_that_fails_does_not_stop_the_others(config: Path, state: dict[str, str]) -> None:
    """The others are scanned; the failure is told, in the answer too, and the exit code is 4."""
    text = config.read_text(encoding="utf-8")
    config.write_text(text + '\n[[source]]\nname = "gone"\nurl = "sqlite:///gone.db"\n')
    ended = finish(start(config.parent, "scan", "gone", "shop", "--json", env=state))
    assert ended.code == 4
    answer = json.loads(ended.out)
    assert answer["status"] == "failed"
    assert [one["source"] for one in answer["sources"]] == ["shop"]
    assert [(one["source"], one["dataset"], one["status"]) for one in answer["unread"]] == [
        ("gone", None, "failed")
    ]
    assert "shozai: gone: No file " in ended.err


def test_an_inventory_that_cannot_be_written(config: Path, state: dict[str, str]) -> None:
    """A folder that may not be written to is named, with the mend."""
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('path = "inventory"', 'path = "locked/inventory"'))
    (config.parent / "locked").mkdir(mode=0o500)
    ended = finish(start(config.parent, "scan", "shop", ordinary=True, env=state))
    assert ended.code == 2, ended.err
    assert "Can't write an inventory to" in ended.err.splitlines()[-1]
    assert "name a folder of yours under [inventory] path" in ended.err
