"""One row group of a Parquet file, written again as its writer would have, and nothing kept.

A dictionary is made anew from the values that stay, so that it holds none that went.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import pyarrow as pa
from pyarrow import parquet as pq
from pyarrow import types

from connectors.change import Why
from connectors.rewriters.hindered import Hindered
from connectors.rewriters.parquet_file import (
    BLOOM,
    CODEC,
    COLUMNS,
    DATA_PAGE,
    META,
    SORTING,
    Group,
    footer,
    integer,
    struct,
    structs,
)
from connectors.rewriters.thrift import Reading, Struct

_CODECS = {"UNCOMPRESSED": "NONE", "LZ4_RAW": "LZ4"}
_ENCODINGS = (
    "DELTA_BINARY_PACKED",
    "DELTA_LENGTH_BYTE_ARRAY",
    "DELTA_BYTE_ARRAY",
    "BYTE_STREAM_SPLIT",
)
_GROUPS, _SCHEMA = 4, 2
_V2 = 3
_SIZES, _NAME, _CONVERTED, _LOGICAL = (1, 2, 3, 5), 4, (6, 7, 8), 10
_FOREIGN = "Its types or its codec can't be written as they are; change it where it was made."


def again(file: pq.ParquetFile, source: Group, number: int, table: pa.Table, old: Struct) -> Group:
    """Write ``table`` in the place of row group ``number``; raises ``Hindered``."""
    out = io.BytesIO()
    plain = _decoded(table)
    with _writer(file, source, number, plain.schema, out) as writer:
        writer.write_table(plain, row_group_size=max(table.num_rows, 1))
    new = footer(out)
    group = structs(new, _GROUPS)[0]
    if not _is_alike(structs(old, _SCHEMA), structs(new, _SCHEMA)) or _codecs(group) != _codecs(
        source.fields
    ):
        raise Hindered(Why.BY_HAND, _FOREIGN)
    if SORTING in source.fields:
        group[SORTING] = source.fields[SORTING]
    return Group(out, group)


def has_filter(group: Group) -> bool:
    """Say whether a column has a bloom filter, which a group written again hasn't."""
    return any(BLOOM in struct(column, META) for column in structs(group.fields, COLUMNS))


def _decoded(table: pa.Table) -> pa.Table:
    """Put values for dictionaries; raises ``Hindered`` where one is nested."""
    for at, field in enumerate(table.schema):
        if types.is_dictionary(field.type):
            plain = field.with_type(field.type.value_type)
            table = table.set_column(at, plain, table.column(at).cast(plain.type))
        elif any(types.is_dictionary(each) for each in _inner(field.type)):
            raise Hindered(Why.BY_HAND, _FOREIGN)
    return table


def _inner(type_: pa.DataType) -> Iterator[pa.DataType]:
    for at in range(type_.num_fields):
        inner = type_.field(at).type
        yield inner
        yield from _inner(inner)


def _writer(
    file: pq.ParquetFile, source: Group, number: int, schema: pa.Schema, out: BinaryIO
) -> pq.ParquetWriter:
    columns = [
        file.metadata.row_group(number).column(at) for at in range(file.metadata.num_columns)
    ]
    names = [each.path_in_schema for each in columns]
    coded = [each.path_in_schema for each in columns if each.has_dictionary_page]
    leaves = [file.schema.column(at) for at in range(len(columns))]
    return pq.ParquetWriter(
        out,
        schema,
        version=file.metadata.format_version if file.metadata.format_version != "1.0" else "1.0",
        compression={
            name: _codec(each.compression) for name, each in zip(names, columns, strict=True)
        },
        use_dictionary=coded,
        column_encoding=_encodings(columns, set(coded)),
        write_statistics=[each.path_in_schema for each in columns if each.is_stats_set],
        data_page_version="2.0" if _is_v2(source) else "1.0",
        use_deprecated_int96_timestamps=any(each.physical_type == "INT96" for each in columns),
        store_decimal_as_integer=any(
            each.logical_type.type == "DECIMAL" and each.physical_type in {"INT32", "INT64"}
            for each in leaves
        ),
        use_compliant_nested_type=any(".list.element" in each.path for each in leaves),
        write_page_index=any(each.has_offset_index for each in columns),
        store_schema=False,
    )


def _codec(name: str) -> str:
    return _CODECS.get(name, name)


def _encodings(columns: Sequence[pq.ColumnChunkMetaData], coded: set[str]) -> dict[str, str]:
    return {
        each.path_in_schema: encoding
        for each in columns
        for encoding in _ENCODINGS
        if each.path_in_schema not in coded and encoding in each.encodings
    }


def _is_v2(source: Group) -> bool:
    """Look at the first data page's header."""
    columns = structs(source.fields, COLUMNS)
    if not columns:
        return False
    source.file.seek(integer(struct(columns[0], META), DATA_PAGE))
    head = source.file.read(1 << 16)
    return integer(Reading(head).struct(), 1) == _V2


def _codecs(group: Struct) -> list[int]:
    return [integer(struct(column, META), CODEC) for column in structs(group, COLUMNS)]


def _is_alike(old: Sequence[Struct], new: Sequence[Struct]) -> bool:
    """Tell whether values mean the same under both schemas; the root's own name is free."""
    if len(old) != len(new):
        return False
    return all(
        all(a.get(each) == b.get(each) for each in _SIZES if at or each != _SIZES[2])
        and (not at or a.get(_NAME) == b.get(_NAME))
        and (_meaning(a) == _meaning(b))
        for at, (a, b) in enumerate(zip(old, new, strict=True))
    )


def _meaning(element: Struct) -> object:
    if _LOGICAL in element:
        return element[_LOGICAL]
    return [element.get(each) for each in _CONVERTED]
