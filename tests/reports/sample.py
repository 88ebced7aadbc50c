"""A made-up inventory for the tests of reports: three sources, twenty datasets each, no person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from hashlib import blake2b
from itertools import cycle
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from reports import tables
from reports.business import (
    Business,
    Company,
    Desk,
    ManualPlace,
    Policy,
    Purpose,
    Rule,
    SourceTerms,
)
from reports.holdings import Tables
from reports.seal import Seal

MADE = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
SCANNED = datetime(2026, 11, 18, 17, 5, tzinfo=UTC)
REVIEWED = datetime(2026, 11, 19, 20, 0, tzinfo=UTC)  # the 20th in Japan
SEAL = Seal(bytes(range(64)))

Row = dict[str, Any]
_SAMPLE = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))


def inventory() -> Tables:
    """Return the whole sample as tables."""
    return Tables(
        scans=_table(tables.SCANS, _scans()),
        datasets=_table(tables.DATASETS, _datasets()),
        fields=_table(tables.FIELDS, _fields()),
        coverage=_table(tables.COVERAGE, _coverage()),
        links=_table(tables.LINKS, _links()),
        decisions=_table(tables.DECISIONS, _decisions()),
    )


def business() -> Business:
    """Return what the made-up company says of itself."""
    told = _SAMPLE["business"]
    policy = Policy("個人情報保護方針", "第4版", date(2026, 4, 1), "https://mihon.example/privacy")
    return Business(
        company=Company(*told["company"]),
        desk=Desk(*told["desk"]),
        policies=(policy,),
        purposes=tuple(Purpose(id_, text) for id_, text in told["purposes"].items()),
        sources=tuple(_terms(name, source) for name, source in told["sources"].items()),
        places=(ManualPlace("申込書（2015年以前）", "紙", "総務部", look_up="五十音順"),),
    )


def _terms(name: str, told: Mapping[str, Any]) -> SourceTerms:
    rules = (
        Rule(**{**rule, "purposes": tuple(rule.get("purposes", ()))})
        for rule in told.get("rules", ())
    )
    return SourceTerms(name, told["url"], told.get("on_behalf_of", ""), rules=tuple(rules))


def _table(schema: pa.Schema, rows: Iterable[Row]) -> pa.Table:
    blank = dict.fromkeys(schema.names)
    return pa.Table.from_pylist([{**blank, **row} for row in rows], schema=schema)


def _name(dataset: str) -> str:
    return SEAL.seal(dataset) if dataset in _SAMPLE["sealed"] else dataset


def _scans() -> Iterator[Row]:
    for number, source in enumerate(("crm", "shop", "share")):
        yield {
            "scan_id": f"s{number}",
            "source": source,
            "started": SCANNED,
            "ended": SCANNED.replace(hour=19),
            "status": "incomplete" if source == "share" else "complete",
            "rows": 1_000_000 * (number + 1),
            "bytes": 734_003_200 * (number + 1),
        }


def _datasets() -> Iterator[Row]:
    for source, dataset, kind, about, rows, _ in _SAMPLE["datasets"]:
        is_csv = dataset.endswith("csv")
        open_to = _SAMPLE["open"].get(dataset)
        yield {
            "source": source,
            "dataset": _name(dataset),
            "kind": kind,
            "about": about,
            "about_evidence": [_evidence("neighbours", "氏名・住所・電話番号", 3, 3)],
            "media_type": "text/csv" if is_csv else None,
            "encoding": "CP932" if is_csv else None,
            "bytes": rows and rows * 212,
            "rows": rows,
            "files": 12 if "*" in dataset else 1,
            "primary_key": ["customer_id"] if kind == "table" else [],
            "modified_at": SCANNED.replace(day=17),
            "access": _access(open_to),
            "encrypted": None if kind == "file" else True,
        }
    yield from _quiet()


def _quiet() -> Iterator[Row]:
    for source, count in _SAMPLE["quiet"].items():
        for number in range(count):
            name = f"master_{number:02}"
            row = {"source": source, "dataset": name, "kind": "table", "about": "thing"}
            yield {**row, "rows": 10 ** (number % 6)}


def _access(open_to: str | None) -> Row:
    public = open_to == "public"
    return {"owner": "app", "groups": ["sales"], "everyone": bool(open_to), "public": public}


def _fields() -> Iterator[Row]:
    decisions = cycle(_SAMPLE["decisions"])
    for source, dataset, kind, about, rows, entities in _SAMPLE["datasets"]:
        for entity in entities:
            place = (source, dataset, kind, about, rows or 7)
            yield _field(*place, entity=entity, decision=next(decisions))


def _field(
    source: str, dataset: str, kind: str, about: str, rows: int, *, entity: str, decision: str
) -> Row:
    name, short, score, evidence, sample = _SAMPLE["kinds"][entity]
    digest = blake2b(f"{source}/{dataset}/{entity}".encode(), digest_size=4)
    hits = rows if score > 0.9 else rows * 83 // 100
    return {
        "id": f"f_{digest.hexdigest()}",
        "source": source,
        "dataset": _name(dataset),
        "field": short if source == "shop" else name,
        "type": "VARCHAR(255)" if kind == "table" else "text",
        "entity": entity,
        "detected": "JP_POSTAL_CODE" if decision == "changed" else entity,
        "about": about,
        "role": "mention" if dataset == "public.reviews" else "self",
        "values": rows,
        "hits": hits,
        "distinct": hits * 9 // 10 + 1,
        "score": score,
        "evidence": [_evidence(by, detail, 998, 1000) for by, detail in evidence],
        "masked_sample": sample,
        "decision": decision,
    }


def _evidence(by: str, detail: str, count: int, of: int) -> Row:
    return {"by": by, "detail": detail, "count": count, "of": of}


def _coverage() -> Iterator[Row]:
    names = [
        "source",
        "dataset",
        "partition",
        "partition_name",
        "status",
        "reason",
        "units",
        "missed_at_most",
    ]
    for row in _SAMPLE["unread"]:
        yield dict(zip(names, row, strict=True))
    for source, dataset, *_ in _SAMPLE["datasets"]:
        yield {"source": source, "dataset": _name(dataset), "partition": 0, "status": "read"}


def _links() -> Iterator[Row]:
    for number, (source, start, end, status) in enumerate(_SAMPLE["links"]):
        yield {
            "id": f"l_{number:04}",
            "source": source,
            "from": {"source": source, "dataset": start, "fields": ["customer_id"]},
            "to": {"source": source, "dataset": end, "fields": ["customer_id"]},
            "evidence": [_evidence("declared key", f"{start}_fk", 1, 1)],
            "status": status,
        }


def _decisions() -> Iterator[Row]:
    words = {"confirmed": "confirm", "rejected": "reject", "changed": "is"}
    for row in _fields():
        if row["decision"]:
            decision = words[row["decision"]]
            yield {"who": "u1", "when": REVIEWED, "id": row["id"], "decision": decision}
