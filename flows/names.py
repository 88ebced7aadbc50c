"""Names of places are data too: a file, sheet, column or attachment may be called after a person.

``山田太郎_履歴書.docx`` and the columns of a roster, one for each of the staff, are findings,
locations whose record is ``{"part":"name"}``, and names to be kept sealed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from connectors.place import Batch, Dataset, Partition
from reports.location import Sealed
from scanners.finding import FINDINGS, Entity, FieldFindings, Finding, Role
from scanners.naming import is_heading
from scanners.presidio import find_in_text
from scanners.verdict import TableVerdict

#: The field under which an identifier in a name is located, and the record.
NAME_FIELD = "name"
_NAME_RECORD = '{"part":"name"}'
#: The partition of names: they belong to the dataset, not to a part of it.
_NAME_PARTITION = -1
_ATTACHMENT = "attachment:"
_SUFFIX = re.compile(
    r"(\.(csv|tsv|jsonl?|parquet|xlsx?|xlsm|docx?|pptx?|pdf|txt|log|html?|eml|mbox|zip|gz|tar|xml|db))+$",
    re.IGNORECASE,
)


def in_dataset(dataset: Dataset) -> tuple[Finding, ...]:
    """Return what the names of a dataset hold: its fields, a file's path, partitions and sheets."""
    names: set[str] = set()
    if dataset.kind == "file":
        names |= {part for path in _paths(dataset) for part in _parts(path)}
        names |= _sheets(dataset)
    return (*_in_fields(dataset), *(found for name in sorted(names) for found in _in_name(name)))


def in_path(path: str) -> tuple[Finding, ...]:
    """Return what the parts of one path hold."""
    return tuple(found for part in _parts(path) for found in _in_name(part))


def in_records(records: pa.StringArray) -> list[Finding]:
    """Return what the names of attachments in a batch's records hold."""
    attached = records.filter(pc.match_substring(records, _ATTACHMENT))
    parts = [json.loads(record).get("part", "") for record in attached.unique().to_pylist()]
    return [found for part in parts for found in _in_name(part.removeprefix(_ATTACHMENT))]


def sealed(dataset: Dataset, verdict: TableVerdict | None, found: Iterable[Finding]) -> Sealed:
    """Return which names of the dataset hold an identifier: its own, its records', its fields'."""
    texts = {finding.text for finding in found}
    fields = [field.name for field in dataset.fields]
    own = _holds(_paths(dataset), texts)
    # A record also names its file where there are several, and its sheet.
    in_record = (own and len(dataset.partitions) > 1) or _holds(_sheets(dataset), texts)
    return Sealed(
        dataset=own,
        records=in_record or _personal_key(dataset, verdict),
        fields=frozenset(field for field in fields if _holds([field], texts)),
    )


def as_batch(dataset: Dataset, found: Sequence[Finding]) -> Batch:
    """Return what was found in a dataset's names as a batch of one record a finding."""
    return Batch(
        Partition(dataset.name, _NAME_PARTITION),
        0,
        pa.array([_NAME_RECORD] * len(found)),
        pa.record_batch({NAME_FIELD: [finding.text for finding in found]}),
    )


def is_attachment(records: pa.StringArray) -> bool:
    """Tell whether a batch came with a mail: its first record is an attachment's."""
    return len(records) > 0 and f'"part":"{_ATTACHMENT}' in records[0].as_py()


def as_field(found: Sequence[Finding]) -> FieldFindings:
    """Return findings in names as those of the field ``name``, one row each."""
    numbers = pa.array(range(len(found)), pa.int32())
    rows = [{name: getattr(one, name) for name in FINDINGS.names} for one in found]
    return FieldFindings(NAME_FIELD, numbers, numbers, pa.RecordBatch.from_pylist(rows, FINDINGS))


def _in_fields(dataset: Dataset) -> Iterator[Finding]:
    """Return what stands in columns' names; ｶﾅｼﾒｲ is a header, though it could be a name."""
    names = sorted({field.name.split("!", 1)[-1] for field in dataset.fields})
    return (found for name in names for found in _in_name(name) if not is_heading(found.text))


@lru_cache(4096)
def _in_name(name: str) -> tuple[Finding, ...]:
    # `taro@example.jp.csv` is an address and a suffix, not an address at jp.csv.
    return tuple(find_in_text(_SUFFIX.sub("", name)))


def _paths(dataset: Dataset) -> set[str]:
    return {dataset.name, *(partition.name for partition in dataset.partitions)}


def _parts(path: str) -> list[str]:
    """Return the names of a path: folders, archives, the file and what lies in it."""
    return path.replace("!/", "/").split("/")


def _sheets(dataset: Dataset) -> set[str]:
    return {field.name.split("!", 1)[0] for field in dataset.fields if "!" in field.name}


def _holds(names: Iterable[str], texts: Iterable[str]) -> bool:
    return any(text in name for name in names for text in texts)


def _personal_key(dataset: Dataset, verdict: TableVerdict | None) -> bool:
    """Tell whether the primary key is more than an opaque key: an e-mail address, a name."""
    if verdict is None:
        return False
    held = [entity for field in dataset.primary_key for entity in verdict.fields.get(field, ())]
    return any(one.role is Role.SELF and one.entity is not Entity.SUBJECT_KEY for one in held)
