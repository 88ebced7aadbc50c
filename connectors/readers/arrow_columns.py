r"""Nested Arrow columns as flat ones: ``a.b[].c``; the values of a list stand one a line.

The same rule as for JSON (:mod:`connectors.readers.nested`), worked on whole columns.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import types


def leaves(name: str, type_: pa.DataType) -> Iterator[tuple[str, pa.DataType]]:
    """Yield the fields that a column of ``type_`` becomes."""
    for leaf, column in columns(name, pa.nulls(0, type_)):
        yield leaf, column.type


def columns(name: str, column: pa.Array) -> Iterator[tuple[str, pa.Array]]:
    """Yield the flat columns of one column, as long as it."""
    if isinstance(column, pa.ExtensionArray):
        column = _text(column) if column.type.extension_name == "arrow.uuid" else column.storage
    type_ = column.type
    if types.is_struct(type_):
        for field, inner in zip(type_, column.flatten(), strict=True):
            yield from columns(f"{name}.{field.name}", inner)
    elif types.is_map(type_):
        yield from _of_map(name, column)
    elif _is_list(type_):
        yield from _of_list(f"{name}[]", column)
    else:
        yield name, _plain(column)


def _is_list(type_: pa.DataType) -> bool:
    return isinstance(
        type_,
        pa.ListType
        | pa.LargeListType
        | pa.FixedSizeListType
        | pa.ListViewType
        | pa.LargeListViewType,
    )


def _of_map(name: str, column: pa.MapArray) -> Iterator[tuple[str, pa.Array]]:
    entry = pa.struct([("key", column.type.key_type), ("value", column.type.item_type)])
    yield from _of_list(f"{name}[]", column.cast(pa.list_(entry)))


def _of_list(name: str, column: pa.ListArray) -> Iterator[tuple[str, pa.Array]]:
    lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False)
    parents = np.repeat(np.arange(len(column)), lengths)
    for leaf, values in columns(name, column.flatten()):
        yield leaf, _joined(values, parents, len(column))


def _joined(
    values: pa.Array, parents: np.ndarray[tuple[int], np.dtype[np.int64]], rows: int
) -> pa.Array:
    """Join the values of each row with line breaks, nulls left out; a row with none is null."""
    texts = _text(values)
    there = texts.is_valid().to_numpy(zero_copy_only=False)
    lengths = np.bincount(parents[there], minlength=rows)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    lists = pa.LargeListArray.from_arrays(pa.array(offsets), texts.drop_null())
    joined = pc.binary_join(lists, "\n")
    return pc.if_else(pa.array(lengths > 0), joined, pa.scalar(None, pa.string()))


def _plain(column: pa.Array) -> pa.Array:
    """Leave a column as it is unless its type is one that few programs handle."""
    if types.is_dictionary(column.type):
        known = column.type.value_type
        return column if types.is_string(known) else _plain(column.dictionary_decode())
    return _text(column) if _is_exotic(column.type) else column


def _is_exotic(type_: pa.DataType) -> bool:
    return not (
        types.is_primitive(type_)
        or types.is_decimal(type_)
        or types.is_string(type_)
        or types.is_binary(type_)
        or types.is_boolean(type_)
        or types.is_null(type_)
    ) or (types.is_duration(type_) or types.is_interval(type_) or types.is_float16(type_))


def _text(column: pa.Array) -> pa.Array:
    """Cast to text; bytes as hex, and by Python's word what Arrow can't cast."""
    if types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if types.is_binary(column.type) or types.is_large_binary(column.type) or _is_fixed(column.type):
        return pa.array([each and each.hex() for each in column.to_pylist()], pa.string())
    try:
        return column.cast(pa.string())
    except pa.ArrowException:
        return pa.array(
            [None if each is None else str(each) for each in column.to_pylist()], pa.string()
        )


def _is_fixed(type_: pa.DataType) -> bool:
    return bool(types.is_fixed_size_binary(type_))
