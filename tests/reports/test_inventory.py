"""The inventory: a scan's commit is all or nothing, and readers see whole scans."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

import reports
from reports import tables
from reports.commit import Store
from reports.decision import decide
from reports.errors import NewerFormat, NotAnInventory, ScanRunning, UnknownId, WrongUse
from reports.index import TokenIndex
from reports.inventory import Inventory
from reports.lease import Holder
from reports.location import Sealed
from reports.table import Table
from reports.token import Tokens
from tests.reports.town import KEY, Town

TOKENS = Tokens(KEY)


def _locations(
    scan_id: str, dataset: str, names: list[str], field_id: str = "f_1", score: float = 0.7
) -> pa.RecordBatch:
    rows = [
        {
            "token": TOKENS.token("name", name),
            "entity": "PERSON",
            "source": "crm",
            "dataset": dataset,
            "partition": 0,
            "generation": scan_id,
            "ordinal": at,
            "record": json.dumps({"row": at + 1}),
            "field": "name",
            "field_id": field_id,
            "score": score,
        }
        for at, name in enumerate(names)
    ]
    return pa.RecordBatch.from_pylist(rows, schema=tables.LOCATIONS)


def _scan(inventory: Inventory, source: str, *names: str) -> dict[str, object]:
    with inventory.scan(source) as scan:
        scan.stage("people", 0, [_locations(scan.id, "people", list(names))])
        field = {"id": "f_1", "dataset": "people", "field": "name", "entity": "PERSON"}
        return scan.commit(
            datasets=[{"dataset": "people", "kind": "table"}],
            fields=[field],
            coverage=[{"dataset": "people", "partition": 0, "status": "read"}],
        )


@pytest.fixture
def inventory(tmp_path: Path) -> Inventory:
    """An inventory of one scanned source."""
    made = Inventory(tmp_path / "inventory", TOKENS)
    _scan(made, "crm", "山田太郎", "佐藤花子")
    return made


def _counts(inventory: Inventory) -> dict[str, int]:
    view = inventory.view()
    return {name: view[name].count_rows() for name in view}


def test_scan_replaces_its_source_alone(inventory: Inventory) -> None:
    """A later scan replaces all that was known of its source, and nothing of another."""
    _scan(inventory, "shop", "山田太郎")
    before = inventory.view()
    _scan(inventory, "crm", "山田太郎", "佐藤花子", "鈴木一郎")
    view = inventory.view()
    found = view.locations.to_table().group_by("source").aggregate([("record", "count")])
    assert dict(zip(*found.to_pydict().values(), strict=True)) == {"shop": 1, "crm": 3}
    assert before.locations.count_rows() == 3
    assert view.scans.count_rows() == 3
    assert set(view.last_scans) == {"crm", "shop"}


def test_the_scans_row_names_every_version(inventory: Inventory) -> None:
    """The row tells who, when, how much and the version of every other table."""
    row = inventory.view().last_scans["crm"]
    versions = dict(row["versions"])  # type: ignore[call-overload]
    assert set(versions) == set(tables.TABLES)
    assert versions["locations"] == 1
    assert row["findings"] == 2
    assert row["key_fingerprint"] == TOKENS.fingerprint
    assert row["started"] < row["ended"]  # type: ignore[operator]


def test_nothing_is_seen_before_the_commit(inventory: Inventory) -> None:
    """A scan that fails leaves the last inventory and no staging folder."""

    def failing() -> Iterator[pa.RecordBatch]:
        yield _locations("scan", "people", ["誰か"])
        raise RuntimeError

    with pytest.raises(RuntimeError), inventory.scan("crm") as scan:
        scan.staging.write("people", 0, failing())
    assert _counts(inventory)["locations"] == 2
    assert not list((inventory.path / "staging").rglob("*.parquet"))


def test_a_task_tried_again(inventory: Inventory) -> None:
    """Staging a partition again replaces what the first try left."""
    with inventory.scan("crm") as scan:
        for names in (["a", "b", "c"], ["a", "b"]):
            scan.stage("people", 0, [_locations(scan.id, "people", names)])
        scan.commit()
    assert _counts(inventory)["locations"] == 2


def test_doubted_fields(inventory: Inventory) -> None:
    """Locations in doubted fields are left out under their score, of their index too."""
    with inventory.scan("crm") as scan:
        good = _locations(scan.id, "people", ["a", "b"])
        bad = _locations(scan.id, "things", ["c"], field_id="f_2")
        unsure = _locations(scan.id, "things", ["d"], field_id="f_3", score=0.6)
        scan.stage("people", 0, [good])
        scan.stage("things", 0, [bad, unsure])
        scan.commit(doubted={"f_1": 0.7, "f_2": math.inf, "f_3": 0.7})
    assert _counts(inventory)["locations"] == _counts(inventory)["token_index"] == 2


DIES = """
import os, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from reports.table import Table
from tests.reports import test_inventory as test

seen = 0
def dying(self, *given, **named):
    global seen
    seen += 1
    if seen > {after}:
        os._exit(9)
    return really(self, *given, **named)

really, Table._commit = Table._commit, dying
test._scan(test.Inventory(Path({path!r}), test.TOKENS), "crm", "新しい人", "二人目", "三人目")
"""


@pytest.mark.slow
@pytest.mark.parametrize("after", [0, 5, 7])
def test_killed_between_tables(inventory: Inventory, after: int) -> None:
    """A commit that dies after any table leaves the old inventory, and the next one mends it."""
    script = DIES.format(root=str(Path.cwd()), after=after, path=str(inventory.path))
    died = subprocess.run([sys.executable, "-c", script], check=False)
    assert died.returncode == 9
    assert _counts(inventory)["locations"] == 2
    _scan(inventory, "shop", "山田太郎")
    counts = _counts(inventory)
    assert counts["locations"] == counts["token_index"] == 3
    assert counts["datasets"] == counts["fields"] == counts["scans"] == 2
    _scan(inventory, "crm", "一人")
    assert _counts(inventory)["locations"] == 2


def test_one_scan_a_source(inventory: Inventory) -> None:
    """A second scan of the same source is refused with who and since when; another isn't."""
    refused = pytest.raises(ScanRunning, match=r"yamada is scanning crm .* since 20")
    with inventory.scan("crm", who="yamada"), inventory.scan("shop"), refused:
        inventory.scan("crm").__enter__()
    with inventory.scan("crm"):
        pass


@pytest.mark.slow
def test_a_dead_scan_holds_nothing(inventory: Inventory) -> None:
    """The lease and staging of a process that died are taken over."""
    script = (
        f"import sys; sys.path.insert(0, {str(Path.cwd())!r})\n"
        "import time\nfrom tests.reports import test_inventory as test\n"
        f"with test.Inventory({str(inventory.path)!r}, test.TOKENS).scan('crm') as scan:\n"
        "    scan.stage('people', 0, [test._locations(scan.id, 'people', ['a'])])\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"ready\n"
        with pytest.raises(ScanRunning, match=f"process {other.pid}"):
            inventory.scan("crm").__enter__()
        os.kill(other.pid, signal.SIGKILL)
    assert list((inventory.path / "staging").rglob("*.parquet"))
    _scan(inventory, "crm", "山田太郎")
    assert not list((inventory.path / "staging").rglob("*.parquet"))


def test_a_lease_from_another_machine_expires() -> None:
    """A holder elsewhere keeps its lease until it is over."""
    since, until = "2026-01-01T00:00:00+00:00", "2026-01-01T00:10:00+00:00"
    holder = Holder("yamada", "elsewhere", 1, since, until, "scan")
    assert holder.alive(datetime(2026, 1, 1, 0, 9, tzinfo=UTC))
    assert not holder.alive(datetime(2026, 1, 1, 0, 11, tzinfo=UTC))


def test_no_statistics_in_the_log(inventory: Inventory) -> None:
    """Delta's log counts rows and tells no least or greatest value of any column."""
    logs = list(inventory.path.rglob("_delta_log/*.json"))
    adds = [
        json.loads(line)["add"]
        for log in logs
        for line in log.read_text(encoding="utf-8").splitlines()
        if line.startswith('{"add"')
    ]
    assert len(adds) >= 5
    assert {tuple(json.loads(add["stats"])) for add in adds} == {("numRecords",)}


def test_everyone_reads_it(inventory: Inventory) -> None:
    """pandas, DuckDB and pyarrow read every table of a view."""
    view = reports.open_inventory(inventory.path)
    for name in view:
        dataset = view[name]
        frame = dataset.to_table().to_pandas()
        assert isinstance(frame, pd.DataFrame)
        count = duckdb.from_arrow(dataset).aggregate("count(*)").fetchall()
        assert count == [(len(frame),)] == [(dataset.count_rows(),)]
    locations = view["locations"]
    found = duckdb.sql("SELECT entity, count(*) FROM locations GROUP BY 1").fetchall()
    assert found == [("PERSON", 2)]
    assert locations.schema == tables.LOCATIONS


def test_decisions_lie_over_later_scans(inventory: Inventory) -> None:
    """The latest decision counts, and scans that follow keep it."""
    decide(inventory, "f_1", "is", entity="EMAIL_ADDRESS", who="officer", reason="見た")
    decide(inventory, "f_1", "confirm", who="officer")
    assert inventory.view().rows("fields")[0]["decision"] == "confirmed"
    decide(inventory, "f_1", "is", entity="GENDER", who="officer")
    _scan(inventory, "crm", "山田太郎")
    field = inventory.view().rows("fields")[0]
    assert (field["entity"], field["decision"]) == ("GENDER", "changed")
    assert len(inventory.view().rows("decisions")) == 3


def test_refused_decisions(inventory: Inventory) -> None:
    """A decision on nothing, an unknown word and an entity out of place are refused."""
    with pytest.raises(UnknownId, match="f_none"):
        decide(inventory, "f_none", "confirm", who="officer")
    with pytest.raises(WrongUse, match="confirm, reject, is"):
        decide(inventory, "f_1", "maybe", who="officer")
    with pytest.raises(WrongUse, match="`is`"):
        decide(inventory, "f_1", "is", who="officer")
    with pytest.raises(WrongUse, match="JP_NOTHING"):
        decide(inventory, "f_1", "is", entity="JP_NOTHING", who="officer")


def test_a_newer_format_is_refused(inventory: Inventory, monkeypatch: pytest.MonkeyPatch) -> None:
    """An inventory of a later version is refused in one sentence, for reading and writing."""
    monkeypatch.setattr("reports.commit.FORMAT_VERSION", tables.FORMAT_VERSION + 1)
    _scan(inventory, "shop", "山田太郎")
    monkeypatch.undo()
    with pytest.raises(NewerFormat, match="upgrade shozai"):
        inventory.view()
    with pytest.raises(NewerFormat, match="upgrade shozai"):
        _scan(inventory, "crm", "山田太郎")


def test_no_inventory(tmp_path: Path) -> None:
    """Where there is none, or can't be one, that is said with the mend."""
    with pytest.raises(NotAnInventory, match="shozai scan"):
        reports.open_inventory(tmp_path)
    with pytest.raises(NotAnInventory, match="local folder"):
        Inventory("s3://bucket/inventory", TOKENS)
    (tmp_path / "file").write_text("")
    with pytest.raises(NotAnInventory, match="name a folder"):
        _scan(Inventory(tmp_path / "file", TOKENS), "crm", "山田太郎")


def test_an_empty_inventory(tmp_path: Path) -> None:
    """An inventory of an empty source opens, with every table empty."""
    inventory = Inventory(tmp_path / "inventory", TOKENS)
    with inventory.scan("crm") as scan:
        scan.commit()
    counts = _counts(inventory)
    assert counts.pop("scans") == 1
    assert set(counts.values()) == {0}


def test_token_index(tmp_path: Path) -> None:
    """Every token is found at all its places, across row groups and files, and nowhere else."""
    inventory = Inventory(tmp_path / "inventory", TOKENS)
    names = [f"人{at % 70}" for at in range(40_000)]
    with inventory.scan("crm") as scan:
        scan.stage("people", 0, [_locations(scan.id, "people", names)])
        scan.commit()
    index = TokenIndex(inventory.view().files("token_index"))
    for at in (0, 33, 69):
        entries = index.lookup(TOKENS.token("name", f"人{at}"), 10_000)
        assert sorted(entry.ordinal for entry in entries) == list(range(at, 40_000, 70))
    assert index.lookup(TOKENS.token("name", "誰でもない"), 10) == []
    assert index.lookup(TOKENS.token("name", "人1"), 10_000, {"f_2"}) == []


def test_old_files_are_swept_and_new_ones_kept(inventory: Inventory) -> None:
    """Files long replaced are removed; those replaced today stay for who still reads them."""
    table = Store(inventory.path).table("locations")
    for _ in range(2):
        _scan(inventory, "crm", "山田太郎")
    assert len(list(table.folder.glob("*.parquet"))) == 3
    Table(table.folder, table.schema).sweep(hours=0)
    assert len(list(table.folder.glob("*.parquet"))) == 1
    _scan(inventory, "shop", "山田太郎")
    assert _counts(inventory)["locations"] == 2


def test_names_stay_sealed(tmp_path: Path) -> None:
    """No value of anyone stands in any file of an inventory."""
    town = Town(tmp_path)
    columns = {"氏名": "PERSON self", "mail": "EMAIL_ADDRESS self"}
    rows = [{"氏名": "山田太郎", "mail": "canary@example.jp"}]
    town.table("share.山田太郎.csv", columns, rows, Sealed(dataset=True, records=True))
    town.commit()
    for path in _files(town.inventory.path):
        content = path.read_bytes()
        assert "山田".encode() not in content, path.name
        assert b"canary" not in content, path.name
        assert "山田" not in str(path.relative_to(tmp_path))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
