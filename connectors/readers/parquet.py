"""Apache Parquet: a table in columns, with its schema; one record a row, ``{"row":n}``.

Types stay as they are, dictionaries too, but for a few that hardly any program handles, which
become text. Nested columns become ``a.b[].c``, the values of a list one a line, as in JSON
(:mod:`connectors.readers.nested`). Source: https://parquet.apache.org/docs/file-format/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
from pyarrow import parquet as pq

from connectors.errors import Damaged, Unsupported
from connectors.place import Field
from connectors.readers.arrow_columns import columns, leaves
from connectors.readers.base import Gap, Layout, Piece
from connectors.readers.header import numbered_names
from connectors.readers.record import counted

_ROWS = 16_384
#: Bytes of each column held ahead: else all of a row group's are, however large it is.
_BUFFER = 1 << 20
_ENCRYPTED = b"PARE"


class ParquetReader:
    """Reads row groups one by one."""

    def layout(self, file: BinaryIO, hint: str) -> Layout:
        """Read the footer; a field's type is Arrow's word for it."""
        schema = _open(file).schema_arrow
        found = [
            (name, type_) for field in schema for name, type_ in leaves(field.name, field.type)
        ]
        names = numbered_names(name for name, _ in found)
        fields = [Field(name, _word(type_)) for name, (_, type_) in zip(names, found, strict=True)]
        return Layout("application/vnd.apache.parquet", tuple(fields))

    def read(self, file: BinaryIO, hint: str) -> Iterator[Piece | Gap]:
        """Read all rows in order."""
        first = 1
        try:
            for batch in _open(file).iter_batches(_ROWS):
                yield Piece(counted("row", first, batch.num_rows), _flat(batch))
                first += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise Damaged("A part of this Parquet file can't be decoded; restore it.") from None


def _open(file: BinaryIO) -> pq.ParquetFile:
    file.seek(0)
    if file.read(4) == _ENCRYPTED:
        raise Unsupported("This Parquet file is encrypted; scan the table it was made from.")
    file.seek(0)
    try:
        return pq.ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise Damaged("This Parquet file's footer can't be read; restore it.") from None


def _word(type_: pa.DataType) -> str:
    return str(type_.value_type if pa.types.is_dictionary(type_) else type_)


def _flat(batch: pa.RecordBatch) -> pa.RecordBatch:
    found = [
        each
        for field, column in zip(batch.schema, batch.columns, strict=True)
        for each in columns(field.name, column)
    ]
    names = numbered_names(name for name, _ in found)
    return pa.RecordBatch.from_arrays([column for _, column in found], list(names))
