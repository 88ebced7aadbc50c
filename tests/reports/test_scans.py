"""Every source has one last scan, or is said to have none."""

from __future__ import annotations

from datetime import timedelta

import pyarrow as pa

from reports import tables
from reports.scans import last_scans
from tests.reports import sample


def test_the_last_scan_counts() -> None:
    """Of several scans of a source the latest is told, whatever their order in the table."""
    row = sample.inventory().scans.to_pylist()[0]
    later = {**row, "scan_id": "later", "started": row["started"] + timedelta(days=1)}
    scans = pa.Table.from_pylist([later, row], schema=tables.SCANS)
    assert [scan.scan_id for scan in last_scans(scans)] == ["later"]


def test_a_source_never_scanned_is_among_them() -> None:
    """Sources stand in the settings' order, those that only the inventory knows last."""
    found = last_scans(sample.inventory().scans, ["paper", "shop"])
    assert [scan.source for scan in found] == ["paper", "shop", "crm", "share"]
    assert found[0].as_of is None


def test_an_answer_is_as_old_as_the_beginning_of_its_scan() -> None:
    """What changed while a scan ran may have been missed."""
    [first, *_] = last_scans(sample.inventory().scans)
    assert first.as_of == sample.SCANNED
