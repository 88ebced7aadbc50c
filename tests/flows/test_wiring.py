"""Wiring: what the settings of a source say reaches its connector, and the inventory."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from flows import template, wiring
from flows.faults import UsageError
from flows.settings import Settings, load
from reports.inventory import Inventory
from reports.table import Table
from reports.tables import DATASETS
from tests.flows import small

SOURCE = """
[[source]]
name = "share"
url = "file:away"
read_url = "file:share"
write_url = "file:share"
sample = 1
passwords_file = "passwords"
ocr = true
ca = "ca.pem"
[source.load]
rows_per_second = 5000
connections = 7
statement_timeout = 1.5
hours = "00:00-23:59"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Write a folder and settings with everything in them."""
    small.write_folder(tmp_path / "share")
    (tmp_path / "passwords").write_text("one\n")
    (tmp_path / "passwords").chmod(0o600)
    (tmp_path / "ca.pem").touch()
    template.write(tmp_path / "shozai.toml", SOURCE)
    return load(tmp_path / "shozai.toml")


def test_what_is_set_reaches_the_connector(settings: Settings) -> None:
    """Every setting of reading is in the options, and reading is of the replica."""
    source = wiring.source(settings, settings.source[0], b"key")
    options = source.options
    assert source.url.endswith("/share")
    assert (options.digest_key, options.sample, options.ocr) == (b"key", 1, True)
    assert (options.connections, options.statement_timeout) == (7, 1.5)
    assert (options.passwords, options.ca) == (("one",), str(settings.folder / "ca.pem"))


def test_who_vouches_must_be_there(settings: Settings) -> None:
    """A ca that no file has is told before anything is connected to."""
    (settings.folder / "ca.pem").unlink()
    with pytest.raises(UsageError, match=r"There is no file .*ca\.pem: name under ca of share"):
        wiring.source(settings, settings.source[0], b"key")


def test_who_has_no_account_to_write_cannot(settings: Settings) -> None:
    """Writing needs a ``write_url``, and a connector that can."""
    without = settings.source[0].model_copy(update={"write_url": type(settings.source[0].url)("")})
    with pytest.raises(UsageError, match="has no write_url"):
        wiring.writer(settings, without, b"key")


def test_a_sample_is_a_row_of_coverage(settings: Settings) -> None:
    """What a sample may have missed is kept with the scan."""
    small.scan(settings.folder / "shozai.toml")
    told = wiring.inventory(settings).view().rows("coverage")
    (row,) = [row for row in told if str(row["dataset"]) == "名簿.csv"]
    assert (row["status"], row["missed_at_most"]) == ("partial", None)
    assert "only the first 1 records" in str(row["reason"])


def test_an_older_inventory_opens(tmp_path: Path) -> None:
    """One whose tables lack a later column is read, with null there, and scanned anew."""
    config = small.make(tmp_path)
    inventory = wiring.inventory(load(config))
    _make_older(inventory)
    assert {row["encoding_evidence"] for row in inventory.view().rows("datasets")} == {None}
    small.scan(config)
    found = inventory.view()["datasets"]
    assert "encoding_evidence" in found.schema.names
    assert found.count_rows() > 1


def _make_older(inventory: Inventory) -> None:
    """Let the table be as it was made before the column."""
    older = pa.schema([one for one in DATASETS if one.name != "encoding_evidence"])
    view = inventory.view()
    rows = view["datasets"].to_table(columns=older.names)
    folder = inventory.path / "datasets"
    version = Table(folder, DATASETS).version
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    table = Table.create(folder, older, by_source=True)
    for source in sorted(set(rows.column("source").to_pylist())):
        part = rows.filter(pa.compute.equal(rows.column("source"), source))
        table.replace(source, table.write(part.drop_columns(["source"]).to_batches()))
    assert table.version == version
