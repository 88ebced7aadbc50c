"""What scans tell of themselves: a row a scan, a row for every unit that one read or did not."""

from __future__ import annotations

import pyarrow as pa

_TIME = pa.timestamp("us", tz="UTC")
_TEXT = pa.string()

SCANS = pa.schema(
    {
        "scan_id": _TEXT,
        "source": _TEXT,
        "started": _TIME,
        "ended": _TIME,
        "rules_version": pa.map_(_TEXT, _TEXT),
        "settings_hash": _TEXT,
        "key_fingerprint": _TEXT,
        "versions": pa.map_(_TEXT, pa.int64()),
        "status": _TEXT,  # complete, incomplete
        "one_moment": pa.bool_(),  # whether all was read as it stood at one moment; null: unknown
        "rows": pa.int64(),
        "bytes": pa.int64(),
        "findings": pa.int64(),
        "format_version": pa.int32(),
    }
)
COVERAGE = pa.schema(
    {
        "source": _TEXT,
        "dataset": _TEXT,
        "partition": pa.int32(),
        "partition_name": _TEXT,
        "status": _TEXT,
        "reason": _TEXT,
        "units": pa.int64(),
        "missed_at_most": pa.float64(),
        "generation": _TEXT,  # the scan that read it
        "read_at": _TIME,  # the time that it was read as of
        "fingerprint": _TEXT,  # what it was like before; null where nothing honest tells
        "doubt": _TEXT,  # what that can't see, where a later scan relied on it and read nothing
        "rows": pa.int64(),
        "format_version": pa.int32(),
    }
)
