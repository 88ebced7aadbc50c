"""Locations: findings lose their plain text and keep their place."""

from __future__ import annotations

import pyarrow as pa

from reports.kind import kind, normal
from reports.location import Sealed, field_id, locate
from reports.tables import LOCATIONS
from reports.token import Tokens
from scanners.finding import FINDINGS, Entity, FieldFindings

TOKENS = Tokens(bytes(range(32)))
RECORDS = pa.array([f'{{"row":{at}}}' for at in range(1, 5)], pa.string())


def _found(field: str, entity: str, placed: list[tuple[int, int, str]]) -> FieldFindings:
    rows = pa.array([row for row, _, _ in placed], pa.int32())
    index = pa.array(range(len(placed)), pa.int32())
    found = [
        {"entity": entity, "start": start, "end": start + len(text), "score": 0.5, "text": text}
        for _, start, text in placed
    ]
    return FieldFindings(field, rows, index, pa.RecordBatch.from_pylist(found, schema=FINDINGS))


def _locate(*findings: FieldFindings, sealed: Sealed | None = None) -> pa.RecordBatch:
    return locate(
        RECORDS,
        100,
        source="crm",
        dataset="customers",
        partition=2,
        generation="scan",
        findings=findings,
        tokens=TOKENS,
        sealed=sealed or Sealed(),
    )


def test_locations_lie_by_record() -> None:
    """Locations have the schema's columns, lie in the order of records, and know their place."""
    mails = _found("email", "EMAIL_ADDRESS", [(0, 0, "a@example.jp"), (2, 3, "b@example.jp")])
    keys = _found("id", "SUBJECT_KEY", [(2, 0, "7"), (0, 0, "5")])
    located = _locate(mails, keys)
    assert located.schema == LOCATIONS
    assert located.column("ordinal").to_pylist() == [100, 100, 102, 102]
    last = located.slice(2, 1).to_pylist()[0]
    assert last == {
        "token": TOKENS.token(kind(Entity.EMAIL_ADDRESS), "b@example.jp"),
        "entity": "EMAIL_ADDRESS",
        "source": "crm",
        "dataset": "customers",
        "partition": 2,
        "generation": "scan",
        "ordinal": 102,
        "record": '{"row":3}',
        "field": "email",
        "field_id": field_id(TOKENS, "crm", "customers", "email", "EMAIL_ADDRESS"),
        "start": 3,
        "end": 15,
        "score": 0.5,
    }


def test_forms_of_one_value_have_one_token() -> None:
    """What compares equal has equal tokens; a key of equal digits is compared as a key."""
    names = _found("n", "PERSON", [(0, 0, "髙橋 一郎"), (1, 0, "高橋一郎"), (2, 0, "高橋二郎")])
    first, second, third = _locate(names).column("token").to_pylist()
    assert first == second != third
    assert normal(Entity.SUBJECT_KEY, " 007 ") == "007"
    key = _locate(_found("k", "SUBJECT_KEY", [(0, 0, "高橋一郎")])).column("token")[0].as_py()
    assert key != first


def test_no_plain_text() -> None:
    """Sealed names and tokens are all that is left of what was found."""
    found = _found("山田の欄", "PERSON", [(0, 0, "山田太郎")])
    sealed = Sealed(dataset=True, records=True, fields=frozenset({"山田の欄"}))
    row = _locate(found, sealed=sealed).to_pylist()[0]
    assert "山田" not in str(row)
    assert TOKENS.seal.unseal(row["record"]) == '{"row":1}'
    assert row["field_id"] == field_id(TOKENS, "crm", "customers", "山田の欄", "PERSON")


def test_nothing_found() -> None:
    """No findings are no locations."""
    assert _locate().num_rows == 0
    assert _locate(_found("n", "PERSON", [])).schema == LOCATIONS


def test_field_ids() -> None:
    """An id is short, stable, and another for another entity, field or key."""
    one = field_id(TOKENS, "crm", "customers", "name", "PERSON")
    assert one == field_id(TOKENS, "crm", "customers", "name", "PERSON")
    assert len(one) == 10
    others = {
        field_id(TOKENS, "crm", "customers", "name", "EMAIL_ADDRESS"),
        field_id(TOKENS, "crm", "customer", "sname", "PERSON"),
        field_id(Tokens(bytes(32)), "crm", "customers", "name", "PERSON"),
    }
    assert len({one, *others}) == 4
