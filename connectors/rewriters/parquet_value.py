"""One value of an Arrow table put in the place of another, of the column's own type."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
from pyarrow import types

from connectors.change import Why
from connectors.readers.arrow_columns import leaves
from connectors.readers.header import numbered_names
from connectors.rewriters.hindered import NO_FIELD, Hindered

_KIND = "The column's type can't hold the value."
_EMPTY = "The column may not be empty, and its type has nothing that stands for it."
_NESTED = "The field lies in a nested column; it can only be emptied as a whole column."


def replaced(table: pa.Table, row: int, values: Mapping[str, str | None]) -> pa.Table:
    """Return the table with new values in one row; raises ``Hindered``."""
    fields = [
        (at, leaf == field.name)
        for at, field in enumerate(table.schema)
        for leaf, _ in leaves(field.name, field.type)
    ]
    shown = [leaf for field in table.schema for leaf, _ in leaves(field.name, field.type)]
    places = dict(zip(numbered_names(shown), fields, strict=True))
    for name, value in values.items():
        if name not in places:
            raise Hindered(Why.NO_FIELD, NO_FIELD)
        at, is_flat = places[name]
        if not is_flat:
            raise Hindered(Why.BY_HAND, _NESTED)
        table = _put(table, at, row, value)
    return table


def _put(table: pa.Table, at: int, row: int, value: str | None) -> pa.Table:
    field, column = table.schema.field(at), table.column(at)
    plain = field.type.value_type if types.is_dictionary(field.type) else field.type
    one = pa.chunked_array([pa.array([_scalar(value, plain, nullable=field.nullable)], plain)])
    around = column.cast(plain)
    chunks = [*around.slice(0, row).chunks, *one.chunks, *around.slice(row + 1).chunks]
    return table.set_column(at, field.with_type(plain), pa.chunked_array(chunks, plain))


def _scalar(value: str | None, type_: pa.DataType, *, nullable: bool) -> pa.Scalar:
    if not value and nullable:
        return pa.scalar(None, type_)
    if not value and not (types.is_string(type_) or types.is_large_string(type_)):
        raise Hindered(Why.REQUIRED, _EMPTY)
    try:
        return pa.scalar(value or "", pa.string()).cast(type_)
    except (pa.ArrowException, ValueError):
        raise Hindered(Why.WRONG_TYPE, _KIND) from None
