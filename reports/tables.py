"""The inventory's tables, as Arrow schemas: the words of everything that is kept.

No column holds a plain value of anyone. ``token`` is 16 bytes keyed; ``dataset``, ``field`` and
``record`` are names of places, sealed (``{"enc":"…"}``) where an identifier lies in one.
"""

from __future__ import annotations

import pyarrow as pa

from reports.tables_scanned import COVERAGE, SCANS

__all__ = [
    "COVERAGE",
    "DATASETS",
    "DECISIONS",
    "FIELDS",
    "FORMAT_VERSION",
    "KEYS",
    "LINKS",
    "LOCATIONS",
    "PROFILES",
    "SCANS",
    "TABLES",
    "TOKEN_INDEX",
]

FORMAT_VERSION = 1

_TIME = pa.timestamp("us", tz="UTC")
_TEXT = pa.string()


def _struct(**columns: pa.DataType) -> pa.StructType:
    return pa.struct(list(columns.items()))


_EVIDENCE = pa.list_(_struct(by=_TEXT, detail=_TEXT, count=pa.int64(), of=pa.int64()))
_END = _struct(source=_TEXT, dataset=_TEXT, fields=pa.list_(_TEXT))
_FOUND = _struct(
    entity=_TEXT,
    cells=pa.int64(),
    hits=pa.int64(),
    sure=pa.int64(),
    bare=pa.int64(),
    dummies=pa.int64(),
    whole=pa.float64(),  # the verdict's score, where values as such are it
    belief=_TEXT,  # nothing, sure, all: which were believed, and so located
)

DATASETS = pa.schema(
    {
        "source": _TEXT,
        "dataset": _TEXT,
        "kind": _TEXT,
        "about": _TEXT,
        "about_evidence": _EVIDENCE,
        "media_type": _TEXT,
        "encoding": _TEXT,
        "encoding_evidence": _TEXT,  # why that one; null in inventories made before it was kept
        "bytes": pa.int64(),
        "rows": pa.int64(),
        "files": pa.int64(),
        "primary_key": pa.list_(_TEXT),
        "foreign_keys": pa.list_(
            _struct(fields=pa.list_(_TEXT), dataset=_TEXT, refers_to=pa.list_(_TEXT))
        ),
        "fingerprint": _TEXT,
        "modified_at": _TIME,
        "judged": _TEXT,  # a keyed digest of all that was known of it before it was read
        "access": _struct(
            owner=_TEXT, groups=pa.list_(_TEXT), everyone=pa.bool_(), public=pa.bool_()
        ),
        "encrypted": pa.bool_(),
        "scan_id": _TEXT,
        "format_version": pa.int32(),
    }
)
FIELDS = pa.schema(
    {
        "id": _TEXT,
        "source": _TEXT,
        "dataset": _TEXT,
        "field": _TEXT,
        "type": _TEXT,
        "entity": _TEXT,  # as decided, if it was
        "detected": _TEXT,  # as the scan found it
        "about": _TEXT,
        "role": _TEXT,
        "values": pa.int64(),
        "hits": pa.int64(),
        "distinct": pa.int64(),
        "score": pa.float32(),
        "evidence": _EVIDENCE,
        "masked_sample": pa.list_(_TEXT),
        "decision": _TEXT,  # "", confirmed, rejected, changed
        "scan_id": _TEXT,
        "format_version": pa.int32(),
    }
)
LOCATIONS = pa.schema(
    {
        "token": pa.binary(),
        "entity": _TEXT,
        "source": _TEXT,
        "dataset": _TEXT,
        "partition": pa.int32(),
        "generation": _TEXT,  # the scan that wrote it
        "ordinal": pa.int64(),  # the record's number within its partition, from 0
        "record": _TEXT,
        "field": _TEXT,
        "field_id": _TEXT,
        "start": pa.int32(),
        "end": pa.int32(),
        "score": pa.float32(),
    }
)
TOKEN_INDEX = pa.schema(
    {
        "token": pa.binary(),
        "source": _TEXT,
        "field_id": _TEXT,
        "partition": pa.int32(),
        "ordinal": pa.int64(),
        "generation": _TEXT,
    }
)
KEYS = pa.schema(
    {
        "source": _TEXT,
        "dataset": _TEXT,
        "field": _TEXT,
        "type": _TEXT,
        "distinct": pa.int64(),
        "sketch": pa.list_(pa.binary()),  # the least 256 tokens
        "format_version": pa.int32(),
    }
)
LINKS = pa.schema(
    {
        "id": _TEXT,
        "source": _TEXT,
        "from": _END,
        "to": _END,
        "evidence": _EVIDENCE,
        "status": _TEXT,  # declared, discovered, confirmed, rejected
        "format_version": pa.int32(),
    }
)
#: What judging rests on, so that it can be done again without reading: a column of a head each.
PROFILES = pa.schema(
    {
        "source": _TEXT,
        "dataset": _TEXT,
        "head": pa.int32(),  # sets of columns of one dataset (sheets) are judged apart; null: none
        "field": _TEXT,
        "profile": _TEXT,  # JSON of counts and shares; null where no column was judged
        "treatment": _TEXT,  # JSON: what its tokens were made for
        "found": pa.list_(_FOUND),
        "format_version": pa.int32(),
    }
)
DECISIONS = pa.schema(
    {
        "who": _TEXT,
        "when": _TIME,
        "id": _TEXT,  # of the field or link
        "decision": _TEXT,  # confirm, reject, is
        "entity": _TEXT,
        "reason": _TEXT,
        "format_version": pa.int32(),
    }
)

#: Every table but ``scans``, whose row is the commit.
TABLES = {
    "datasets": DATASETS,
    "fields": FIELDS,
    "locations": LOCATIONS,
    "token_index": TOKEN_INDEX,
    "keys": KEYS,
    "links": LINKS,
    "profiles": PROFILES,
    "coverage": COVERAGE,
    "decisions": DECISIONS,
}
