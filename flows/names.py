"""Names of places are data too: a file, sheet, column or attachment may be called after a person.

``山田太郎_履歴書.docx`` and the columns of a roster, one for each of the staff, are findings,
locations whose record is ``{"part":"name"}``, and names to be kept sealed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyarrow as pa

from connectors.place import Dataset
from reports.location import Sealed
from scanners.columns import is_heading
from scanners.finding import FINDINGS, FieldFindings, Finding, Role
from scanners.presidio import find_in_text
from scanners.verdict import TableVerdict

#: The field under which an identifier in a name is located.
NAME_FIELD = "name"
NAME_RECORD = '{"part":"name"}'
#: The partition of names: they belong to the dataset, not to a part of it.
NAME_PARTITION = -1
_ATTACHMENT = "attachment:"
_SUFFIX = re.compile(
    r"(\.(csv|tsv|jsonl?|parquet|xlsx?|xlsm|docx?|pptx?|pdf|txt|log|html?|eml|mbox|zip|gz|tar|xml|db))+$",
    re.IGNORECASE,
)


def in_dataset(dataset: Dataset) -> tuple[Finding, ...]:
    """Return what the names of a dataset hold: its fields, a file's path, partitions and sheets."""
    names: set[str] = set()
    if dataset.kind == "file":
        paths = {dataset.name, *(part.name for part in dataset.partitions)}
        names |= {name for path in paths for name in path.replace("!/", "/").split("/")}
        names |= _sheets(dataset)
    return (*_in_fields(dataset), *(found for name in sorted(names) for found in _in_name(name)))


def sealed(dataset: Dataset, verdict: TableVerdict | None, found: Iterable[Finding]) -> Sealed:
    """Return which names of the dataset hold an identifier: its own, its records', its fields'."""
    texts = {finding.text for finding in found}
    fields = frozenset(
        field.name for field in dataset.fields if any(text in field.name for text in texts)
    )
    paths = [dataset.name, *(part.name for part in dataset.partitions)]
    own = any(text in path for text in texts for path in paths)
    listed = len(dataset.partitions) > 1 and own
    sheets = any(text in sheet for text in texts for sheet in _sheets(dataset))
    return Sealed(own, sheets or listed or _personal_key(dataset, verdict), fields)


def in_records(records: pa.StringArray) -> list[Finding]:
    """Return what the names of attachments in a batch's records hold."""
    attached = {record for record in records.to_pylist() if _ATTACHMENT in record}
    parts = [json.loads(record).get("part", "") for record in sorted(attached)]
    return [found for part in parts for found in _in_name(part.removeprefix(_ATTACHMENT))]


def as_field(found: Iterable[Finding]) -> FieldFindings:
    """Return findings in names as those of the field ``name``, one row each."""
    listed = list(found)
    numbers = pa.array(range(len(listed)), pa.int32())
    batch = pa.RecordBatch.from_pylist(
        [
            {
                "entity": f.entity.value,
                "start": f.start,
                "end": f.end,
                "score": f.score,
                "text": f.text,
            }
            for f in listed
        ],
        schema=FINDINGS,
    )
    return FieldFindings(NAME_FIELD, numbers, numbers, batch)


def in_path(path: str) -> tuple[Finding, ...]:
    """Return what the parts of one path hold."""
    return tuple(found for part in path.replace("!/", "/").split("/") for found in _in_name(part))


def _in_fields(dataset: Dataset) -> Iterator[Finding]:
    """Return what stands in columns' names; ｶﾅｼﾒｲ is a header, though it could be a name."""
    names = sorted({field.name.split("!", 1)[-1] for field in dataset.fields})
    return (found for name in names for found in _in_name(name) if not is_heading(found.text))


@lru_cache(4096)
def _in_name(name: str) -> tuple[Finding, ...]:
    # `taro@example.jp.csv` is an address and a suffix, not an address at jp.csv.
    return tuple(find_in_text(_SUFFIX.sub("", name)))


def _sheets(dataset: Dataset) -> set[str]:
    return {field.name.split("!", 1)[0] for field in dataset.fields if "!" in field.name}


def _personal_key(dataset: Dataset, verdict: TableVerdict | None) -> bool:
    """Tell whether the primary key is more than an opaque key: an e-mail address, a name."""
    if verdict is None:
        return False
    keys = (verdict.fields.get(field, ()) for field in dataset.primary_key)
    return any(
        held.role is Role.SELF and held.entity != "SUBJECT_KEY" for key in keys for held in key
    )
