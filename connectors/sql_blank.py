"""What a column holds once it is blanked: NULL, else what its type has for nothing.

Where a value must be there and be the only one, a neutral word stands for it, always the same for
the same record: ``消去-3f2a9c0d11ab``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from warnings import catch_warnings, simplefilter

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import SAWarning
from sqlalchemy.types import (
    Boolean,
    Date,
    DateTime,
    Enum,
    Float,
    Integer,
    NullType,
    Numeric,
    String,
    Time,
    TypeEngine,
)

from connectors.change import Why
from connectors.sql import Table
from connectors.sql_dialect import Cause

_NOTHING: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Boolean, "false"),
    (Integer, "0"),
    (Numeric, "0"),
    (Float, "0"),
    (DateTime, "0001-01-01 00:00:00"),
    (Date, "0001-01-01"),
    (Time, "00:00:00"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """What its catalogue says of a column; ``type`` is SQLAlchemy's."""

    type: TypeEngine[Any]
    nullable: bool
    unique: bool
    computed: bool


def columns(connection: Connection, table: Table) -> Mapping[str, Column]:
    """Ask the catalogue for a table's columns."""
    with catch_warnings():
        simplefilter("ignore", SAWarning)  # types that only this server has
        return _columns(connection, table)


def nothing(column: Column, record: str, key: bytes) -> str | Cause | None:
    """Return the text to write, ``None`` for NULL, or why there is none."""
    if column.nullable:
        return None
    if _is_text(column.type):
        return _neutral(column.type, record, key) if column.unique else ""
    for kind, text in _NOTHING:
        if isinstance(column.type, kind) and not column.unique:
            return text
    return Cause(
        Why.REQUIRED, "The field needs a value, and its type has none for nothing: give one."
    )


def _columns(connection: Connection, table: Table) -> Mapping[str, Column]:
    catalogue, schema = inspect(connection), table.schema or None
    unique = {
        name
        # SQLite's own indexes tell what parsing the schema's text may miss.
        for index in catalogue.get_indexes(table.name, schema, include_auto_indexes=True)
        if index["unique"]
        for name in index["column_names"]
    }
    for one in catalogue.get_unique_constraints(table.name, schema):
        unique.update(one["column_names"])
    return {
        one["name"]: Column(
            one["type"], one["nullable"], one["name"] in unique, bool(one.get("computed"))
        )
        for one in catalogue.get_columns(table.name, schema)
    }


def _is_text(kind: TypeEngine[Any]) -> bool:
    return isinstance(kind, String | NullType) and not isinstance(kind, Enum)


def _neutral(kind: TypeEngine[Any], record: str, key: bytes) -> str:
    digest = blake2b(record.encode(), digest_size=6, key=key).hexdigest()
    length = getattr(kind, "length", None) or 32
    word = f"消去-{digest}"
    return word if len(word) <= length else digest[:length]
