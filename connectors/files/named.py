"""Names of records in files: of one file, or with the file's path first where there are many."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping


def parted(dataset: str, record: str) -> tuple[str, str]:
    """Return a record's file and its reader's own name for it.

    >>> parted("売上_*.csv", '{"file":"売上_1.csv","row":2}')
    ('売上_1.csv', '{"row":2}')
    >>> parted("名簿.csv", '{"row":2}')
    ('名簿.csv', '{"row":2}')
    """
    try:
        found = json.loads(record)
    except ValueError:
        return dataset, record
    if not isinstance(found, dict) or not isinstance(found.get("file"), str):
        return dataset, record
    path = found.pop("file")
    return path, json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def by_file(dataset: str, records: Iterable[str]) -> Mapping[str, dict[str, str]]:
    """Return for each file the reader's names of records, each with its full name."""
    found: dict[str, dict[str, str]] = {}
    for record in records:
        path, name = parted(dataset, record)
        found.setdefault(path, {})[name] = record
    return found
